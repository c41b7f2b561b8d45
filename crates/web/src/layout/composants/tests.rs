//! Every component rendered once.

use forprev_domain::session::NomEtat;
use jiff::civil::date;

use super::*;
use crate::saisie::Saisie;

#[test]
fn un_champ_dit_son_nom_son_aide_et_son_erreur() {
    let mut saisie = Saisie::avec([("siret", "812 345 678 0001"), ("mot", "<b>\"é\"</b>\n")]);
    saisie.refuser("siret", "Le numéro saisi compte 13 chiffres. Ajoutez celui qui manque.");
    let html = saisie.champ("siret", "SIRET").aide("14 chiffres.").chiffres("l-14").facultatif().to_string();
    insta::assert_snapshot!(html);
    let html = saisie.champ("mot", "Commentaire").zone().to_string();
    insta::assert_snapshot!(html);
}

#[test]
fn un_mot_de_passe_n_est_jamais_renvoye() {
    let saisie = Saisie::avec([("mot_de_passe", "un secret bien gardé")]);
    let html = saisie.champ("mot_de_passe", "Mot de passe").mot_de_passe("current-password").to_string();
    assert!(!html.contains("secret"));
}

#[test]
fn une_liste_et_un_choix_gardent_la_valeur() {
    let saisie = Saisie::avec([("civilite", "Madame"), ("dispositif", "SST")]);
    let choix = saisie.choix("civilite", "Civilité").mot("Madame", "Madame").mot("Monsieur", "Monsieur");
    insta::assert_snapshot!(choix.facultatif().to_string());
    let liste = saisie.champ("dispositif", "Dispositif").parmi([("", "Tous"), ("SST", "SST")]);
    assert!(liste.to_string().contains("<option value=\"SST\" selected>SST</option>"));
    let detaille = saisie.choix("dispositif", "Dispositif").options([OptionDeChoix {
        valeur: "SST".to_owned(),
        libelle: "SST, acteur".to_owned(),
        details: vec!["Sauveteur".to_owned(), "Habilitation jusqu’au 14 décembre 2026".to_owned()],
    }]);
    assert!(detaille.to_string().contains("class=\"option\""));
}

#[test]
fn le_resume_mene_aux_champs() {
    let mut saisie = Saisie::vide();
    assert_eq!(saisie.resume("avant d’enregistrer").to_string(), "");
    saisie.refuser("date_fin", "Donnez la date de fin.");
    saisie.refuser("", "Autre chose.");
    insta::assert_snapshot!(saisie.resume("avant d’enregistrer").to_string());
}

#[test]
fn une_echeance_de_l_an_prochain_montre_l_annee() {
    let aujourdhui = date(2026, 11, 23);
    insta::assert_snapshot!(Jour::new(date(2026, 11, 24), aujourdhui).to_string());
    insta::assert_snapshot!(Jour::new(date(2027, 5, 1), aujourdhui).to_string());
}

#[test]
fn le_relais_dit_ou_l_on_en_est() {
    let etapes = vec![
        EtapeDeRelais::faite("Déclarée").ligne("Claire Lemoine").ligne("9 novembre"),
        EtapeDeRelais::courante("Générer : à vous"),
        EtapeDeRelais::a_venir("Télécharger").vers("/x"),
        EtapeDeRelais::en_defaut("Stagiaires"),
    ];
    insta::assert_snapshot!(Relais::new("Parcours", etapes.clone()).to_string());
    assert!(Relais::etapes("Étapes", etapes).to_string().contains("relais court"));
}

#[test]
fn la_frise_est_a_l_echelle() {
    let frise = Frise::new(
        date(2023, 12, 15)..=date(2026, 12, 14),
        &[
            Repere::new(date(2026, 11, 23), "aujourd’hui", Place::Dessus),
            Repere::new(date(2026, 12, 14), "fin d’habilitation", Place::Dessous),
            Repere::new(date(2027, 3, 12), "fin de session", Place::Dessous).refuse(),
        ],
    );
    insta::assert_snapshot!(frise.to_string());
}

#[test]
fn chaque_etat_a_son_mot() {
    for (etat, mot) in [
        (NomEtat::Brouillon, "Brouillon"),
        (NomEtat::Soumise, "Soumise"),
        (NomEtat::Retournee, "Retournée"),
        (NomEtat::ATraiter, "À traiter"),
        (NomEtat::Terminee, "Terminée"),
    ] {
        assert_eq!(Etat::new(etat).mots(), mot);
    }
    assert!(Etat::new(NomEtat::Terminee).en_clair("À télécharger").to_string().contains("e-terminee"));
    assert!(Resultat::Reussite.to_string().contains("Réussite"));
    assert!(Resultat::Attendu.to_string().contains("Pas encore"));
}
