//! The whole chain: declared, submitted, results, certificates, verified.

use std::cell::Cell;
use std::slice;
use std::sync::atomic::{AtomicUsize, Ordering};

use forprev_domain::certificat::{Certificat, EtatCertificat, Valeur};
use forprev_domain::dispositif::Niveau;
use forprev_domain::evenement::Quoi;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::session::{Etat, NomEtat};
use forprev_domain::utilisateur::Profil;
use forprev_store::{Moteur, StoreError, certificats, sessions, utilisateurs};
use jiff::civil::date;

use crate::fresh::on_both;
use crate::world::{FIN, World, emettre, identite, ligne, moment, sst};

#[test]
fn une_session_va_de_la_declaration_aux_certificats() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.denis, 5, date(2026, 5, 20));
        assert_eq!(w.session(&w.denis, session.id, FIN), Some(session.clone()));

        let emis = w.generer(&session, FIN);
        assert_eq!(emis.len(), 5);
        let terminee = w.session(&w.alix, session.id, FIN).expect("visible");
        assert_eq!(terminee.etat, Etat::Terminee { par: w.karim.clone(), generee_le: FIN });
        assert_eq!(terminee.disparait_le(), date(2026, 6, 13));

        let histoire = w.db.read(|tx| sessions::historique(tx, session.id)).expect("reads");
        let quoi: Vec<Quoi> = histoire.iter().map(|e| e.quoi).collect();
        assert_eq!(quoi, [Quoi::Creee, Quoi::Soumise, Quoi::ResultatsTransmis, Quoi::CertificatsGeneres]);
        assert_eq!(histoire[1].commentaire.as_deref(), Some("Bien reçu"));

        let lus = w.db.read(|tx| certificats::de_la_session(tx, session.id)).expect("reads");
        assert_eq!(lus, emis, "in the order of the trainees");
        let tape = emis[0].numero.as_str().to_lowercase().replace('-', "");
        let numero = NumeroCertificat::parse(&tape).expect("a number");
        let trouve = w.db.read(|tx| certificats::charger(tx, &numero)).expect("reads");
        let trouve = trouve.expect("is in the register");
        assert_eq!(trouve.valeur_le(date(2028, 5, 29)), Valeur::Valide);
        assert_eq!(trouve.valeur_le(date(2028, 5, 30)), Valeur::Expire);
    });
}

#[test]
fn une_version_depassee_n_ecrit_rien() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 4, date(2026, 5, 20));
        w.soumettre(&session, date(2026, 5, 20));
        let stale: Result<(), StoreError> =
            w.db.write(|tx| sessions::enregistrer(tx, session.version, &session, &[], moment(FIN).instant));
        assert_eq!(stale, Err(StoreError::VersionDepassee));
        let deleted: Result<(), StoreError> =
            w.db.write(|tx| sessions::supprimer(tx, session.id, session.version));
        assert_eq!(deleted, Err(StoreError::VersionDepassee));
        let encore = w.session(&w.alix, session.id, FIN).expect("visible");
        assert_eq!(encore.etat.nom(), NomEtat::Soumise);
    });
}

#[test]
fn generer_a_huit_en_meme_temps_donne_un_certificat_par_reussite() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 6, date(2026, 5, 20));
        w.soumettre(&session, FIN);
        let resultats = session
            .stagiaires
            .iter()
            .map(|s| (s.id, forprev_domain::stagiaire::Resultat::Reussite))
            .collect();
        w.fait(&w.karim, &session, FIN, |tx, lue, geste| {
            let faits = forprev_store::faits::de_la_session(tx, &lue)?;
            let version = lue.version;
            let (apres, quoi) = lue.transmettre_resultats(&resultats, &faits, geste).expect("complete");
            sessions::enregistrer(tx, version, &apres, &[quoi], geste.moment.instant)
        })
        .expect("hands over");

        let effects = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let emis = w.fait(&w.alix, &session, FIN, |tx, lue, geste| match lue.etat.nom() {
                        NomEtat::ATraiter => emettre(tx, lue, geste).map(|emis| emis.len()),
                        _ => Ok(0),
                    });
                    effects.fetch_add(emis.expect("answers"), Ordering::Relaxed);
                });
            }
        });
        assert_eq!(effects.into_inner(), 6);
        let lus = w.db.read(|tx| certificats::de_la_session(tx, session.id)).expect("reads");
        assert_eq!(lus.len(), 6);
    });
}

#[test]
fn un_stagiaire_n_a_qu_un_certificat_et_une_ligne() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 4, date(2026, 5, 20));
        let emis = w.generer(&session, FIN);
        let numero = |tx: &mut forprev_store::Tx<'_>| {
            let modele = &emis[0];
            certificats::nouveau_numero(tx, &modele.dispositif, modele.niveau, 2026)
        };
        let second = w.db.write(|tx| {
            let mut second = emis[0].clone();
            second.numero = numero(tx)?;
            certificats::inscrire(tx, &[second])
        });
        assert!(second.is_err_and(|e| e.is_contrainte("un_certificat_par_stagiaire")));
        let meme_numero = w.db.write(|tx| {
            let mut second = emis[0].clone();
            second.stagiaire = None;
            certificats::inscrire(tx, &[second])
        });
        assert!(meme_numero.is_err_and(|e| e.is_contrainte("numero_de_certificat_unique")));

        let autre = w.brouillon(&w.alix, 2, date(2026, 5, 20));
        let deux_fois: Result<(), StoreError> = w.db.write(|tx| {
            let mut double = autre.clone();
            let identite = identite("Léa", "Martin", date(1990, 1, 1));
            double.stagiaires.push(ligne(&identite, autre.stagiaires[0].numero.clone())?);
            double.version += 1;
            sessions::enregistrer(tx, autre.version, &double, &[], moment(FIN).instant)
        });
        assert!(deux_fois.is_err_and(|e| e.is_contrainte("un_stagiaire_une_fois_par_session")));
        assert_eq!(w.session(&w.alix, autre.id, FIN), Some(autre));
    });
}

#[test]
fn une_correction_remplace_et_une_revocation_retire() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 4, date(2026, 5, 20));
        let emis = w.generer(&session, FIN);
        let corrige = w.db.write(|tx| {
            let mut corrige = emis[1].clone();
            corrige.numero = certificats::nouveau_numero(tx, &corrige.dispositif, corrige.niveau, 2026)?;
            assert!(certificats::remplacer(tx, &emis[1].numero, &corrige)?);
            assert!(!certificats::remplacer(tx, &emis[1].numero, &corrige)?, "only once");
            Ok::<_, StoreError>(corrige)
        });
        let corrige = corrige.expect("corrects");
        let ancien = w.db.read(|tx| certificats::charger(tx, &emis[1].numero)).expect("reads");
        let ancien = ancien.expect("still answers");
        assert_eq!(ancien.etat, EtatCertificat::Remplace);
        assert_eq!(ancien.remplace_par, Some(corrige.numero.clone()));
        let lus = w.db.read(|tx| certificats::de_la_session(tx, session.id)).expect("reads");
        let attendus = [&emis[0], &corrige, &emis[2], &emis[3]].map(|c| c.numero.clone());
        assert_eq!(lus.iter().map(|c| c.numero.clone()).collect::<Vec<_>>(), attendus);

        let le = moment(FIN).instant;
        let revoque = |numero| w.db.write(|tx| certificats::revoquer(tx, numero, "Erreur", le));
        assert_eq!(revoque(&emis[2].numero), Ok(true));
        assert_eq!(revoque(&emis[2].numero), Ok(false));
        assert_eq!(revoque(&emis[1].numero), Ok(false), "a replaced one is not valid any more");
        let restent = w.db.read(|tx| certificats::de_la_session(tx, session.id)).expect("reads");
        let attendus = [&emis[0], &corrige, &emis[3]].map(|c| c.numero.clone());
        assert_eq!(restent.iter().map(|c| c.numero.clone()).collect::<Vec<_>>(), attendus);
        let ligne = corrige.stagiaire.expect("of a line");
        let premier = w.db.read(|tx| certificats::premier_de_la_ligne(tx, ligne)).expect("reads");
        assert_eq!(premier.map(|c| c.numero), Some(emis[1].numero.clone()));
    });
}

#[test]
fn un_numero_deja_donne_se_tire_a_nouveau() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let former = |tirage| NumeroCertificat::from_random(&sst(), Niveau::Acteur, 2026, tirage);
        let session = w.brouillon(&w.alix, 2, date(2026, 5, 20));
        let mut emis = w.generer(&session, FIN);
        let pris = Certificat { numero: former(7), stagiaire: None, session: None, ..emis.remove(0) };
        w.db.write(|tx| certificats::inscrire(tx, slice::from_ref(&pris))).expect("enters");
        let libre = w.db.read(|tx| {
            let mut tirages = [7, 7, 8].into_iter();
            certificats::numero_libre(tx, former, || Ok(tirages.next().expect("three draws are enough")))
        });
        assert_eq!(libre, Ok(former(8)));

        // Two instances draw the same free number: the index refuses one of them, whose transaction runs again.
        let essais = Cell::new(0);
        let ecrit = w.db.write(|tx| {
            essais.set(essais.get() + 1);
            let tirage = if essais.get() == 1 { 7 } else { 9 };
            let numero = former(tirage);
            certificats::inscrire(tx, &[Certificat { numero: numero.clone(), ..pris.clone() }])?;
            Ok::<_, StoreError>(numero)
        });
        match w.db.moteur() {
            Moteur::Postgres => assert_eq!((ecrit, essais.get()), (Ok(former(9)), 2)),
            // One writer: nobody takes it between the look and the write.
            Moteur::Sqlite => {
                assert!(ecrit.is_err_and(|e| e.is_contrainte("numero_de_certificat_unique")));
            }
        }
    });
}

#[test]
fn le_formateur_l_est_par_son_certificat() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let profils = |numero| w.db.read(|tx| utilisateurs::profils(tx, numero)).expect("reads");
        assert_eq!(profils(&w.karim), [Profil::Formateur]);
        assert_eq!(profils(&w.alix), [Profil::Gestionnaire { compte: w.compte }]);
        let tenus = w.db.read(|tx| certificats::du_titulaire(tx, &w.karim)).expect("reads");
        let le = moment(FIN).instant;
        w.db.write(|tx| certificats::revoquer(tx, &tenus[0].numero, "Fraude", le)).expect("revokes");
        assert_eq!(profils(&w.karim), []);
        let acquis = w.db.read(|tx| certificats::qualifications(tx, &w.karim)).expect("reads");
        assert!(acquis[0].retiree);
    });
}
