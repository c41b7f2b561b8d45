//! Persons of the register: numéros, doubles, merges.

use forprev_domain::certificat::Certificat;
use forprev_domain::dispositif::Niveau;
use forprev_domain::habilitation::Habilitation;
use forprev_domain::identite::IdentiteSaisie;
use forprev_domain::numero::Numero;
use forprev_domain::regles::doublons::{Verdict, verdict};
use forprev_domain::theme::Logo;
use forprev_domain::utilisateur::Profil;
use forprev_store::{
    Pagination, StoreError, acces, certificats, comptes, dispositifs, fusions, habilitations, personnes,
    sessions, utilisateurs,
};
use jiff::civil::date;

use crate::fresh::on_both;
use crate::world::{FIN, World, catalogue, email, identite, moment, nom, sst};

#[test]
fn les_doublons_se_trouvent_par_leurs_cles() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let connue = identite("Anne-Sophie", "Lefèvre", date(1990, 2, 28));
        let le = moment(FIN).instant;
        let numero = w.db.write(|tx| personnes::creer(tx, &connue, None, le)).expect("adds").numero;
        for (prenom, nom_naissance, jour, attendu) in [
            ("anne sophie", "LEFEVRE", date(1990, 2, 28), Verdict::Certain),
            ("Anne", "Lefèvre", date(1990, 2, 28), Verdict::Possible),
            ("Anne-Sophie", "Lefèvr", date(1990, 2, 28), Verdict::Possible),
            ("Lefèvre", "Anne-Sophie", date(1990, 2, 28), Verdict::Possible),
            ("Anne-Sophie", "Lefèvre", date(1990, 2, 26), Verdict::Possible),
            ("Anne-Sophie", "Lefèvre", date(1971, 7, 1), Verdict::Non),
        ] {
            let saisie = identite(prenom, nom_naissance, jour);
            let trouves = w.db.read(|tx| personnes::candidats(tx, &saisie)).expect("reads");
            let meilleur = trouves.iter().map(|p| verdict(&saisie, &p.identite)).min();
            assert_eq!(meilleur.unwrap_or(Verdict::Non), attendu, "{saisie:?}");
        }
        let corrigee = identite("Anne-Sophie", "Lefèbvre-Roux", date(1990, 2, 28));
        w.db.write(|tx| personnes::modifier(tx, &numero, &corrigee)).expect("corrects");
        let trouves = w.db.read(|tx| personnes::candidats(tx, &corrigee)).expect("reads");
        assert_eq!(trouves.len(), 1);
        assert_eq!(trouves[0].identite, corrigee);
    });
}

#[test]
fn une_adresse_se_cherche_sans_la_casse_et_se_partage() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let adresse = email("Alix.Morel@exemple.fr");
        w.db.write(|tx| {
            personnes::changer_email(tx, &w.alix, Some(&adresse))?;
            personnes::donner_email(tx, &w.denis, &adresse)?;
            // He has one already: it stays.
            personnes::donner_email(tx, &w.denis, &email("autre@exemple.fr"))
        })
        .expect("writes");
        let tape = email("ALIX.MOREL@EXEMPLE.FR");
        let trouves = w.db.read(|tx| personnes::par_email(tx, &tape)).expect("reads");
        let mut numeros: Vec<&Numero> = trouves.iter().map(|p| &p.numero).collect();
        let mut attendus = vec![&w.alix, &w.denis];
        numeros.sort_unstable();
        attendus.sort_unstable();
        assert_eq!(numeros, attendus);
        assert!(trouves.iter().all(|p| p.email.as_ref() == Some(&adresse)));
    });
}

#[test]
fn apres_une_fusion_l_ancien_numero_mene_au_nouveau() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 1, date(2026, 5, 20));
        let ancien = session.stagiaires[0].numero.clone().expect("known");
        let le = moment(FIN).instant;
        let done: Result<Numero, StoreError> = w.db.write(|tx| {
            let vraie = identite("Léa", "Martin-Duval", date(1990, 1, 1));
            let nouveau = personnes::creer(tx, &vraie, None, le)?.numero;
            let profil = Profil::Delegataire { compte: w.compte };
            utilisateurs::donner_profil(tx, &ancien, profil, le)?;
            utilisateurs::donner_profil(tx, &nouveau, profil, le)?;
            acces::ouvrir(tx, &ancien, le)?;
            fusions::fusionner(tx, &ancien, &nouveau, None, le)?;
            Ok(nouveau)
        });
        let nouveau = done.expect("merges");
        let trouvee = w.db.read(|tx| personnes::charger(tx, &ancien)).expect("reads");
        assert_eq!(trouvee.expect("leads to the new one").numero, nouveau);
        let apres = w.session(&w.alix, session.id, FIN).expect("visible");
        assert_eq!(apres.stagiaires[0].numero, Some(nouveau.clone()));
        assert_eq!(apres.stagiaires[0].identite.nom_naissance, Some(nom("Martin-Duval")));
        let profils = w.db.read(|tx| utilisateurs::profils(tx, &nouveau)).expect("reads");
        assert_eq!(profils, [Profil::Delegataire { compte: w.compte }]);
    });
}

#[test]
fn une_identite_incomplete_reste_sur_sa_ligne() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let jour = date(2026, 5, 20);
        let mut session = w.brouillon(&w.alix, 1, jour);
        let lue = session.version;
        let connue = session.stagiaires[0].clone();
        let mut incomplete = crate::world::ligne(&identite("Inès", "Petit", jour), None).expect("a line");
        incomplete.identite = IdentiteSaisie {
            prenom: Some(nom("Inès")),
            email: Some(email("ines@exemple.fr")),
            ..IdentiteSaisie::default()
        };
        session.stagiaires.insert(0, incomplete);
        session.stagiaires[1].identite.email = Some(email("lea@exemple.fr"));
        session.version += 1;
        w.db.write(|tx| sessions::enregistrer(tx, lue, &session, &[], moment(jour).instant)).expect("saves");
        assert_eq!(w.session(&w.alix, session.id, jour), Some(session.clone()));
        // The names of a known person are the register's, wherever he is.
        let numero = connue.numero.expect("known");
        let lies = |session| {
            w.db.read(|tx| personnes::appartient_au_registre(tx, &numero, session, jour)).expect("reads")
        };
        assert!(!lies(session.id));
        let autre = w.brouillon(&w.alix, 1, jour);
        assert_eq!(autre.stagiaires[0].numero, Some(numero.clone()));
        assert!(lies(session.id));
        let corrigee = identite("Léa", "Martín", date(1990, 1, 1));
        w.db.write(|tx| personnes::modifier(tx, &numero, &corrigee)).expect("corrects");
        let relue = w.session(&w.alix, session.id, jour).expect("visible");
        assert_eq!(relue.stagiaires[1].identite.nom_naissance, Some(nom("Martín")));
        assert_eq!(relue.stagiaires[1].identite.email, Some(email("lea@exemple.fr")));
    });
}

#[test]
fn le_catalogue_vaut_selon_le_jour() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let nouveau = catalogue(date(2026, 7, 1), 36);
        w.db.write(|tx| dispositifs::ajouter(tx, &nouveau)).expect("adds");
        for (le, mois) in [
            (date(2019, 12, 31), None),
            (date(2020, 1, 1), Some(24)),
            (date(2026, 6, 30), Some(24)),
            (date(2026, 7, 1), Some(36)),
        ] {
            let lu = w.db.read(|tx| dispositifs::charger(tx, &sst(), le)).expect("reads");
            let trouve = lu.and_then(|d| d.niveau(Niveau::Acteur)?.validite_mois);
            assert_eq!(trouve, mois, "{le}");
            let tous = w.db.read(|tx| dispositifs::en_vigueur(tx, le)).expect("reads");
            assert_eq!(tous.len(), usize::from(mois.is_some()), "{le}");
        }
        let vide = w.db.write(|tx| dispositifs::amorcer(tx, std::slice::from_ref(&nouveau)));
        assert_eq!(vide, Ok(false));
    });
}

#[test]
fn une_habilitation_se_lit_comme_elle_fut_ecrite() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let lues = w.db.read(|tx| habilitations::du_compte(tx, w.compte)).expect("reads");
        let modifiee = Habilitation {
            fin: date(2027, 6, 30),
            retiree_le: Some(date(2027, 1, 1)),
            suspendue_du: Some(date(2026, 8, 1)),
            suspendue_au: None,
            motif: Some("Contrôle".to_owned()),
            ..lues[0].clone()
        };
        w.db.write(|tx| habilitations::modifier(tx, &modifiee)).expect("changes");
        let relue = w.db.read(|tx| habilitations::charger(tx, modifiee.id)).expect("reads");
        assert_eq!(relue.as_ref(), Some(&modifiee));
        let pour = |niveau| w.db.read(|tx| habilitations::pour(tx, w.compte, &sst(), niveau));
        assert_eq!(pour(Niveau::Acteur), Ok(vec![modifiee]));
        assert_eq!(pour(Niveau::Formateur), Ok(vec![]));
    });
}

#[test]
fn une_qualification_revoquee_ne_fait_plus_un_formateur() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let siennes = || w.db.read(|tx| certificats::du_titulaire(tx, &w.karim)).expect("reads");
        let registre = || {
            let listes =
                w.db.read(|tx| personnes::formateurs(tx, None, Pagination::premiere(10))).expect("lists");
            let profils = w.db.read(|tx| utilisateurs::profils(tx, &w.karim)).expect("reads");
            (listes.total, profils)
        };
        for attendu in [true, false] {
            assert_eq!(siennes().iter().any(|c| c.qualification().fait_un_formateur()), attendu);
            assert_eq!(registre(), if attendu { (1, vec![Profil::Formateur]) } else { (0, vec![]) });
            let le = moment(FIN).instant;
            let numero = &siennes()[0].numero;
            w.db.write(|tx| certificats::revoquer(tx, numero, "Fraude", le)).expect("writes");
        }
    });
}

#[test]
fn les_listes_du_reseau_se_cherchent() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let page = Pagination::premiere(10);
        for (q, attendu) in [(None, 2), (Some("oeuvres"), 1), (Some("732829"), 2), (Some("rien"), 0)] {
            let lus = w.db.read(|tx| comptes::lister(tx, q, page)).expect("lists");
            assert_eq!(lus.total, attendu, "{q:?}");
        }
        for (q, attendu) in
            [(Some("zoe autre"), 1), (Some(w.karim.as_str()), 1), (Some("zoe introuvable"), 0)]
        {
            let lus = w.db.read(|tx| personnes::lister(tx, q, page)).expect("lists");
            assert_eq!(lus.total, attendu, "{q:?}");
        }
        let formateurs = w.db.read(|tx| personnes::formateurs(tx, None, page)).expect("lists");
        assert_eq!(formateurs.elements[0].numero, w.karim);
        let du_compte = w.db.read(|tx| utilisateurs::du_compte(tx, w.compte)).expect("lists");
        let noms: Vec<&str> = du_compte.iter().map(|u| u.personne.identite.prenom.as_str()).collect();
        assert_eq!(noms, ["Alix", "Denis"]);
        let toutes = w.db.read(|tx| personnes::toutes(tx, [&w.alix, &w.zoe])).expect("reads");
        assert_eq!(toutes.len(), 2);
        assert!(w.db.read(utilisateurs::a_un_administrateur).expect("reads"));
    });
}

#[test]
fn le_logo_d_un_certificat_est_garde_une_fois_et_revient_avec_lui() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 4, FIN);
        let emis = w.generer(&session, FIN);
        let logo = Logo { empreinte: "ab".repeat(32), largeur: 3, hauteur: 2, pixels: [1, 2, 250].into() };
        let mut avec_logo = Vec::new();
        for certificat in &emis {
            let numero = w.db.write(|tx| certificats::nouveau_numero(tx, &sst(), Niveau::Acteur, 2026));
            let mut imprime = certificat.imprime.clone().expect("printed");
            imprime.logo = Some(logo.clone());
            avec_logo.push(Certificat {
                numero: numero.expect("draws"),
                stagiaire: None,
                imprime: Some(imprime),
                ..certificat.clone()
            });
        }
        w.db.write(|tx| certificats::inscrire(tx, &avec_logo)).expect("enters");
        let lu = |c: &Certificat| c.imprime.as_ref().and_then(|imprime| imprime.logo.clone());
        let tous = w.db.read(|tx| certificats::de_la_session(tx, session.id)).expect("reads");
        assert_eq!(tous.iter().filter(|c| lu(c).as_ref() == Some(&logo)).count(), emis.len());
        assert_eq!(tous.iter().filter(|c| lu(c).is_none()).count(), emis.len());
        let un = w.db.read(|tx| certificats::charger(tx, &avec_logo[0].numero));
        assert_eq!(lu(&un.expect("reads").expect("is there")), Some(logo.clone()));
    });
}
