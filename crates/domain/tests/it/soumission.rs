//! R14, R15 and R16: what a draft may lack, and what a submission may not.

use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::{ChampIdentite, FauteIdentite, IdentiteSaisie};
use forprev_domain::refus::{Manquement, Refus};
use forprev_domain::session::ChampDeSession::{
    Action, Adresse, CodePostal, Commune, DateDebut, Dispositif, Niveau as NiveauDeSession,
};
use forprev_domain::session::{Faits, Lieu, NomEtat, Saisie, Session, manquements};
use forprev_domain::stagiaire::Stagiaire;
use jiff::civil::date;

use crate::construire::{
    FIN, alix, avec_stagiaires, brouillon, catalogue, creer, dans, faits, geste, identite, karim, ligne,
    numero, qualification, reponse, saisie, stagiaire,
};

fn soumettre(session: Session, faits: &Faits) -> String {
    reponse(session.soumettre(faits, geste(&alix(), FIN, None)))
}

/// The least that a draft holds: dispositif, niveau, last day.
fn minimale() -> Saisie {
    Saisie { action: None, date_debut: None, lieu: Lieu::default(), formateur: None, ..saisie() }
}

#[test]
fn un_brouillon_peut_manquer_de_tout_sauf_de_r1_et_r3() {
    assert_eq!(reponse(creer(minimale(), &faits(), FIN)), "oui");
}

#[test]
fn tout_ce_qui_manque_se_dit_d_un_coup_avant_le_bouton() {
    let vide = creer(minimale(), &faits(), FIN).expect("a draft");
    let points = manquements(&vide, &faits(), FIN);
    let champs = [Action, DateDebut, Adresse, CodePostal, Commune].to_vec();
    assert_eq!(points[0], Manquement::InformationsIncompletes { champs });
    let attendu = "informations_incompletes formateur_absent aucun_stagiaire";
    assert_eq!(reponse::<()>(Err(Refus::Manquements(points))), attendu);
    assert_eq!(soumettre(vide, &faits()), attendu);
}

#[test]
fn ce_qui_enfreint_plusieurs_regles_les_nomme_toutes() {
    let mut session = avec_stagiaires(11);
    session.saisie.date_debut = Some(date(2026, 5, 6));
    session.saisie.action = None;
    session.stagiaires[1].numero = session.stagiaires[0].numero.clone();
    session.stagiaires[2].numero = Some(karim());
    session.stagiaires[3].numero = None;
    session.stagiaires[3].identite.prenom = None;
    let obtenu = reponse(session.soumettre(
        &Faits { dispositif: Some(catalogue(None)), ..Faits::default() },
        geste(&alix(), date(2026, 8, 6), None),
    ));
    assert_eq!(
        obtenu,
        "habilitation_invalide hors_delai_de_saisie informations_incompletes dates_incoherentes trop_de_stagiaires \
         identite_incomplete stagiaire_en_double formateur_parmi_les_stagiaires formateur_pas_a_jour"
    );
}

#[test]
fn chaque_information_requise_est_nommee() {
    let sans = |retirer: fn(&mut Saisie)| {
        let mut session = brouillon();
        retirer(&mut session.saisie);
        session
    };
    for (session, champ) in [
        (sans(|s| s.action = None), Action),
        (sans(|s| s.date_debut = None), DateDebut),
        (sans(|s| s.lieu.adresse = None), Adresse),
        (sans(|s| s.lieu.code_postal = None), CodePostal),
        (sans(|s| s.lieu.commune = None), Commune),
    ] {
        let points = manquements(&session, &faits(), FIN);
        assert_eq!(points, [Manquement::InformationsIncompletes { champs: vec![champ] }]);
        assert_eq!(soumettre(session, &faits()), "informations_incompletes", "{champ:?}");
    }
    let sans_rien_d_optionnel = sans(|s| {
        s.lieu.nom = None;
        s.reference = None;
        s.entreprise_cliente = None;
    });
    assert_eq!(soumettre(sans_rien_d_optionnel, &faits()), "oui");
    assert_eq!(soumettre(sans(|s| s.formateur = None), &faits()), "formateur_absent");
}

#[test]
fn le_catalogue_doit_connaitre_le_dispositif_a_la_date_de_fin() {
    let inconnu = Faits { dispositif: None, ..faits() };
    let mut sans_niveau = faits();
    sans_niveau.dispositif.as_mut().expect("a dispositif").niveaux.clear();
    for (faits, champ) in [(inconnu, Dispositif), (sans_niveau, NiveauDeSession)] {
        let attendu = Refus::from(Manquement::InformationsIncompletes { champs: vec![champ] });
        let alix = alix();
        assert_eq!(brouillon().soumettre(&faits, geste(&alix, FIN, None)).err().as_ref(), Some(&attendu));
        let generation = dans(NomEtat::ATraiter).generer(&faits, geste(&alix, FIN, None));
        assert_eq!(generation.err(), Some(attendu), "pas de certificat sans fin par oubli");
    }
}

#[test]
fn le_groupe_va_de_un_au_maximum_du_catalogue() {
    for (nombre, attendu) in
        [(0, "aucun_stagiaire"), (1, "oui"), (3, "oui"), (10, "oui"), (11, "trop_de_stagiaires")]
    {
        assert_eq!(soumettre(avec_stagiaires(nombre), &faits()), attendu, "{nombre} stagiaires");
    }
}

#[test]
fn la_session_commence_au_plus_tard_le_jour_de_fin() {
    for (debut, attendu) in
        [(FIN, "oui"), (date(2026, 5, 6), "dates_incoherentes"), (date(2025, 5, 6), "oui")]
    {
        let mut session = brouillon();
        session.saisie.date_debut = Some(debut);
        assert_eq!(soumettre(session, &faits()), attendu, "début le {debut}");
    }
}

#[test]
fn une_personne_n_est_qu_une_fois_dans_la_session() {
    let alix = alix();
    let meme = Stagiaire { id: ligne(9), ..stagiaire(0) };
    let doubles = |stagiaires| Some(Refus::from(Manquement::StagiaireEnDouble { stagiaires }));
    let entree = brouillon().ajouter_stagiaire(meme.clone(), geste(&alix, FIN, None));
    assert_eq!(entree.err(), doubles(vec![ligne(0)]), "refusée à l’entrée");
    let devenue = Stagiaire { id: ligne(1), ..stagiaire(0) };
    let devenue = brouillon().modifier_stagiaire(devenue, geste(&alix, FIN, None));
    assert_eq!(devenue.err(), doubles(vec![ligne(0)]), "refusée à la correction");
    let mut session = brouillon();
    session.stagiaires.extend([meme.clone(), Stagiaire { id: ligne(10), ..meme }]);
    let soumission = session.soumettre(&faits(), geste(&alix, FIN, None));
    assert_eq!(
        soumission.err(),
        doubles(vec![ligne(0), ligne(9), ligne(10)]),
        "dite une fois, avec ses lignes"
    );
}

#[test]
fn le_formateur_n_est_pas_parmi_les_stagiaires() {
    let mut session = brouillon();
    session.stagiaires[2].numero = Some(karim());
    assert_eq!(soumettre(session, &faits()), "formateur_parmi_les_stagiaires");
}

#[test]
fn chaque_identite_est_complete_pour_le_niveau() {
    use ChampIdentite::{DateNaissance, Email, NomNaissance, Numero, Prenom};
    let sans = |retirer: fn(&mut Stagiaire)| {
        let mut session = brouillon();
        retirer(&mut session.stagiaires[1]);
        session
    };
    let de_niveau_formateur = |mut session: Session| {
        session.saisie.niveau = Niveau::Formateur;
        session
    };
    let mut faits = faits();
    faits.habilitations.push({
        let mut autre = faits.habilitations[0].clone();
        autre.niveau = Niveau::Formateur;
        autre
    });
    faits.qualifications.push(qualification(
        Niveau::FormateurDeFormateurs,
        date(2020, 1, 1),
        date(2030, 1, 1),
    ));
    let sans_email = || sans(|s| s.identite.email = None);
    for (cas, session, champs) in [
        ("sans nom", sans(|s| s.identite.nom_naissance = None), vec![NomNaissance]),
        ("vide", sans(|s| s.identite = IdentiteSaisie::default()), vec![NomNaissance, Prenom, DateNaissance]),
        ("acteur sans adresse électronique", sans_email(), vec![]),
        ("formateur sans adresse électronique", de_niveau_formateur(sans_email()), vec![Email]),
        ("formateur complet", de_niveau_formateur(brouillon()), vec![]),
        ("complète, jamais cherchée au registre", sans(|s| s.numero = None), vec![Numero]),
    ] {
        let obtenu = session.soumettre(&faits, geste(&alix(), FIN, None)).err();
        let attendu =
            Refus::from(Manquement::IdentiteIncomplete { stagiaire: Some(ligne(1)), champs: champs.clone() });
        assert_eq!(obtenu, (!champs.is_empty()).then_some(attendu), "{cas}");
    }
}

#[test]
fn un_age_est_juge_de_nouveau_quand_la_date_de_fin_a_change() {
    let ne_le = |jour: &str| {
        let mut session = brouillon();
        session.stagiaires[0].identite = identite("Petit", jour, "");
        session
    };
    for (cas, date_fin, faute) in [
        ("quatorze ans ce jour-là", date(2026, 5, 5), None),
        ("treize ans la veille", date(2026, 5, 4), Some(FauteIdentite::AgeHorsBornes { age: 13 })),
    ] {
        let mut session = ne_le("2012-05-05");
        session.saisie = crate::construire::saisie_finissant(date_fin);
        let attendu = faute.map(|faute| {
            let fautes = vec![(ChampIdentite::DateNaissance, faute)];
            Refus::from(Manquement::IdentiteInvalide { stagiaire: Some(ligne(0)), fautes })
        });
        assert_eq!(session.soumettre(&faits(), geste(&alix(), FIN, None)).err(), attendu, "{cas}");
    }
}

#[test]
fn le_formateur_voit_ce_qui_a_change_depuis_le_retour() {
    let alix = alix();
    let mut corrigee = saisie();
    corrigee.lieu.commune = Some("Vitré".to_owned());
    corrigee.date_debut = Some(FIN);
    let retournee = dans(NomEtat::Retournee);
    let (session, _) = retournee.modifier(corrigee, &faits(), geste(&alix, FIN, None)).expect("changed");
    let autre = Stagiaire { identite: identite("Martin", "1990-02-28", ""), ..stagiaire(1) };
    let (session, _) = session.modifier_stagiaire(autre, geste(&alix, FIN, None)).expect("changed");
    let (session, _) = session.retirer_stagiaire(ligne(2), geste(&alix, FIN, None)).expect("taken off");
    let (session, _) = session.ajouter_stagiaire(stagiaire(8), geste(&alix, FIN, None)).expect("added");
    let (session, evenement) = session.soumettre(&faits(), geste(&alix, FIN, None)).expect("submitted");
    let dits: Vec<_> = evenement
        .changements
        .iter()
        .map(|c| {
            let qui = c.stagiaire.as_ref().map(|s| format!("{} : ", s.nom)).unwrap_or_default();
            let valeur = |valeur: &Option<String>| valeur.clone().unwrap_or_else(|| "–".to_owned());
            format!("{qui}{} {} → {}", c.champ, valeur(&c.avant), valeur(&c.apres))
        })
        .collect();
    assert_eq!(
        dits,
        [
            "date_debut 2026-05-04 → 2026-05-05",
            "lieu.commune Rennes → Vitré",
            "Léa MARTIN : nom_naissance DurandB → Martin",
            "Léa DURANDC : stagiaire Léa DURANDC → –",
            "Léa DURANDI : stagiaire – → Léa DURANDI",
        ]
    );
    let (session, _) = session.reprendre(geste(&alix, FIN, None)).expect("taken back");
    let (_, evenement) = session.soumettre(&faits(), geste(&alix, FIN, None)).expect("submitted");
    assert_eq!(evenement.changements, [], "rien n’a changé");
}

#[test]
fn un_champ_que_l_ancienne_version_ne_gardait_pas_ne_decale_rien() {
    let alix = alix();
    let mut session = dans(NomEtat::Retournee);
    session.contenu_soumis.as_mut().expect("submitted once").informations.remove(0);
    session.saisie.lieu.commune = Some("Vitré".to_owned());
    let (_, evenement) = session.soumettre(&faits(), geste(&alix, FIN, None)).expect("submitted");
    assert_eq!(evenement.changements.iter().map(|c| c.champ.as_str()).collect::<Vec<_>>(), ["lieu.commune"]);
}

#[test]
fn un_autre_numero_de_formateur_se_soumet_a_lui() {
    let autre = numero("NOR00007");
    let mut session = dans(NomEtat::Retournee);
    session.saisie.formateur = Some(autre.clone());
    let (session, _) = session.soumettre(&faits(), geste(&alix(), FIN, None)).expect("submitted");
    assert_eq!(session.etat.soumise_a(), Some(&autre));
}
