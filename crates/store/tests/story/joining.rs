//! Two persons who are one: joined, then parted, each with his own again.

use forprev_domain::calendrier::Moment;
use forprev_domain::fusion::{Obstacle, Vigilance};
use forprev_domain::numero::Numero;
use forprev_domain::utilisateur::Profil;
use forprev_store::acces::SignIn;
use forprev_store::copie::copier;
use forprev_store::{
    Db, Moteur, Pagination, StoreError, acces, balayage, certificats, courrier, fusions, idempotence, jetons,
    personnes, utilisateurs,
};
use jiff::SignedDuration;
use jiff::civil::date;

use crate::fresh::{Fresh, on_both, postgres, sqlite};
use crate::world::{FIN, World, connu_avant, email, identite, moment};

/// Everything in the database, table by table, as the copy to the other engine sums it up.
fn photo(db: &Db) -> Vec<(&'static str, u64, String)> {
    let autre: Fresh = match db.moteur() {
        Moteur::Sqlite => postgres(),
        Moteur::Postgres => sqlite(),
    };
    let copiees = copier(db, autre.db()).expect("copies");
    // Whom the sweep is to look at is nothing that anybody has.
    let tenues = copiees.into_iter().filter(|c| c.table != "personnes_a_revoir");
    tenues.map(|c| (c.table, c.lignes, c.somme)).collect()
}

/// Somebody known twice: as the gestionnaire's colleague with an account, and as a certified trainee.
fn connu_deux_fois(w: &World<'_>) -> (Numero, Numero) {
    let le = moment(FIN).instant;
    let session = w.brouillon(&w.alix, 4, date(2026, 5, 20));
    w.generer(&session, FIN);
    let ancien = session.stagiaires[0].numero.clone().expect("known");
    w.brouillon(&w.alix, 2, date(2026, 5, 20));
    let written: Result<Numero, StoreError> = w.db.write(|tx| {
        let nouveau =
            personnes::creer(tx, &identite("Léa", "Martin-Duval", date(1990, 1, 1)), None, le)?.numero;
        let profil = Profil::Delegataire { compte: w.compte };
        for numero in [&ancien, &nouveau] {
            utilisateurs::donner_profil(tx, numero, profil, le)?;
        }
        utilisateurs::donner_profil(tx, &ancien, Profil::Gestionnaire { compte: w.compte }, le)?;
        personnes::changer_email(tx, &ancien, Some(&email("Lea@exemple.fr")))?;
        acces::ouvrir(tx, &ancien, le)?;
        acces::choisir_mot_de_passe(tx, &ancien, "$argon2id$essai", le)?;
        Ok(nouveau)
    });
    (ancien, written.expect("writes"))
}

/// What a person may have before a merge.
#[derive(Debug, Clone, Copy)]
enum A {
    Acces,
    Lien,
    Jeton,
    Courrier,
    Reponse,
    Formateur,
    Gestionnaire,
    AdresseCommune,
}

/// Somebody born on this day of May 1990 who has these.
fn quelqu_un(w: &World<'_>, jour: i8, tenus: &[A]) -> Numero {
    let le = moment(FIN).instant;
    let identite = identite("Inês", "Da Silva", date(1990, 5, jour));
    let written: Result<Numero, StoreError> = w.db.write(|tx| {
        let numero = personnes::creer(tx, &identite, None, le)?.numero;
        let expire_le = le + SignedDuration::from_hours(48);
        for tenu in tenus {
            match tenu {
                A::Acces => {
                    acces::ouvrir(tx, &numero, le)?;
                    acces::choisir_mot_de_passe(tx, &numero, &format!("$argon2id${numero}"), le)?;
                }
                A::Lien => {
                    acces::creer_lien(tx, &format!("lien {numero}"), &numero, "activation", expire_le)?
                }
                A::Jeton => {
                    jetons::creer(tx, &format!("jeton {numero}"), &numero, "Essai", le, expire_le)?;
                }
                A::Courrier => {
                    let invitation = courrier::NouveauCourrier {
                        genre: "invitation".to_owned(),
                        destinataire: numero.clone(),
                        adresse: email("ines@exemple.fr"),
                        donnees: serde_json::json!({}),
                        session: None,
                    };
                    courrier::deposer(tx, &invitation, le)?;
                }
                A::Reponse => {
                    let cle = format!("cle {numero}");
                    let demande = idempotence::Demande {
                        numero: &numero,
                        route: "POST /sessions",
                        cle: &cle,
                        corps: "c",
                    };
                    idempotence::prendre(tx, demande, moment(FIN))?;
                    idempotence::garder(tx, demande, 201, "{}", None)?;
                }
                A::Formateur => {
                    let tenu = connu_avant(tx, &numero)?;
                    certificats::inscrire(tx, &[tenu])?;
                }
                A::Gestionnaire => {
                    let profil = Profil::Gestionnaire { compte: w.compte };
                    utilisateurs::donner_profil(tx, &numero, profil, le)?;
                }
                A::AdresseCommune => personnes::changer_email(tx, &numero, Some(&email("ines@exemple.fr")))?,
            }
        }
        Ok(numero)
    });
    written.expect("writes")
}

#[test]
fn quoi_que_chacun_ait_eu_il_le_retrouve_exactement() {
    use A::*;
    const TOUT: &[A] = &[Acces, Lien, Jeton, Courrier, Reponse, Formateur, Gestionnaire, AdresseCommune];
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        let couples: [(&[A], &[A]); 10] = [
            (&[], &[]),
            (&[], TOUT),
            (TOUT, &[]),
            (TOUT, TOUT),
            (&[Acces, AdresseCommune], &[Acces, AdresseCommune]),
            (&[Acces, Lien], &[Formateur, AdresseCommune]),
            (&[Formateur, AdresseCommune], &[Formateur]),
            (&[Lien, Acces, Reponse], &[Acces, Reponse]),
            (&[Gestionnaire, Jeton], &[Gestionnaire]),
            (&[Courrier], &[Acces, Lien]),
        ];
        let deux: Vec<(Numero, Numero)> = (1..)
            .step_by(2)
            .zip(couples)
            .map(|(jour, (ancien, nouveau))| (quelqu_un(&w, jour, ancien), quelqu_un(&w, jour + 1, nouveau)))
            .collect();
        let avant = photo(w.db);
        let fusionner = |ancien: &Numero, nouveau: &Numero| {
            w.db.write(|tx| fusions::fusionner(tx, ancien, nouveau, Some(&w.root), le)).expect("joins")
        };
        let mut faites: Vec<_> = deux.iter().map(|(a, b)| fusionner(a, b)).collect();
        // And all of them into one: each link of the chain is undone in its turn.
        faites.extend(deux.windows(2).map(|paire| fusionner(&paire[0].1, &paire[1].1)));
        assert_ne!(photo(w.db), avant);
        for fusion in faites.iter().rev() {
            w.db.write(|tx| fusions::defaire(tx, fusion)).expect("parts");
        }
        for (apres, avant) in photo(w.db).iter().zip(&avant) {
            assert_eq!(apres, avant);
        }
    });
}

#[test]
fn un_lien_suit_l_acces_et_les_connexions_fermees_le_restent() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let Moment { instant: le, .. } = moment(FIN);
        let ancien = quelqu_un(&w, 1, &[A::Acces, A::Lien]);
        let nouveau = quelqu_un(&w, 2, &[]);
        let expire_le = le + SignedDuration::from_hours(12);
        let connecte = |numero: &Numero| SignIn {
            empreinte: format!("connexion {numero}"),
            numero: numero.clone(),
            profil: None,
            appareil: None,
            ouvert_le: le,
            vu_le: le,
            expire_le,
        };
        w.db.write(|tx| acces::ouvrir_sign_in(tx, &connecte(&ancien))).expect("signs in");
        let fusion = w.db.write(|tx| fusions::fusionner(tx, &ancien, &nouveau, None, le)).expect("joins");
        let lien = format!("lien {ancien}");
        let a_qui = || w.db.read(|tx| acces::lire_lien(tx, &lien, "activation", le)).expect("reads");
        let ouvertes =
            |numero: &Numero| w.db.read(|tx| acces::sign_ins(tx, numero, le)).expect("reads").len();
        assert_eq!((a_qui(), ouvertes(&nouveau)), (Some(nouveau.clone()), 0));
        // Signed in meanwhile, with the account that goes back.
        w.db.write(|tx| acces::ouvrir_sign_in(tx, &connecte(&nouveau))).expect("signs in");
        w.db.write(|tx| fusions::defaire(tx, &fusion)).expect("parts");
        assert_eq!(a_qui(), Some(ancien.clone()));
        assert_eq!((ouvertes(&ancien), ouvertes(&nouveau)), (0, 0));
    });
}

#[test]
fn ce_qui_vient_d_une_session_la_suit_le_reste_est_au_numero_conserve() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let Moment { instant: le, .. } = moment(FIN);
        let jour = date(2026, 5, 20);
        // A draft declared by Denis, led by Karim, in which the old numéro is a trainee.
        let session = w.brouillon(&w.denis, 4, jour);
        let ancien = session.stagiaires[0].numero.clone().expect("known");
        let nouveau = quelqu_un(&w, 1, &[]);
        let karim_bis = quelqu_un(&w, 2, &[A::Formateur]);
        let denis_bis = quelqu_un(&w, 3, &[]);
        let faites = [(&ancien, &nouveau), (&w.denis, &denis_bis), (&w.karim, &karim_bis)]
            .map(|(a, b)| w.db.write(|tx| fusions::fusionner(tx, a, b, None, le)).expect("joins"));

        // While they are one: this session is generated, another one is declared.
        let fondu = World { denis: denis_bis.clone(), karim: karim_bis.clone(), ..w.clone() };
        let lue = fondu.session(&fondu.denis, session.id, jour).expect("his");
        fondu.generer(&lue, FIN);
        let autre = fondu.brouillon(&fondu.denis, 5, jour);
        let tenus = |numero: &Numero| w.db.read(|tx| certificats::du_titulaire(tx, numero)).expect("reads");
        assert_eq!(tenus(&nouveau).len(), 1);
        let trouves = |q: &Numero| {
            let page = Pagination::premiere(10);
            let q = Some(q.as_str());
            let gens = w.db.read(|tx| personnes::lister(tx, q, page)).expect("lists").elements;
            gens.into_iter().map(|personne| personne.numero).collect::<Vec<_>>()
        };
        assert_eq!(trouves(&ancien), std::slice::from_ref(&nouveau), "an old numéro finds whom it leads to");

        for fusion in faites.iter().rev() {
            w.db.write(|tx| fusions::defaire(tx, fusion)).expect("parts");
        }
        let rendu = tenus(&ancien).remove(0);
        assert_eq!(tenus(&nouveau), []);
        assert_eq!((rendu.auteur, rendu.formateur), (Some(w.denis.clone()), Some(w.karim.clone())));
        let lue = w.session(&w.karim, session.id, FIN).expect("submitted to him");
        assert_eq!(lue.stagiaires[0].numero.as_ref(), Some(&ancien));
        assert!(w.session(&w.denis, session.id, FIN).is_some());
        assert!(w.session(&karim_bis, session.id, FIN).is_none());
        assert!(w.session(&w.denis, autre.id, jour).is_none(), "declared since: it stays");
        let declaree = w.session(&w.alix, autre.id, jour).expect("of the compte");
        assert_eq!(declaree.auteur, denis_bis);
    });
}

#[test]
fn une_fusion_defaite_rend_a_chacun_exactement_ce_qu_il_avait() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let (ancien, nouveau) = connu_deux_fois(&w);
        let avant = photo(w.db);
        let Moment { instant: le, aujourdhui } = moment(FIN);
        let apercu = w.db.read(|tx| fusions::apercu(tx, &ancien, &nouveau, aujourdhui)).expect("reads");
        let apercu = apercu.expect("both are known");
        assert_eq!(apercu.obstacles(), []);
        assert_eq!((apercu.suit.certificats, apercu.suit.stagiaire), (1, 2));
        assert!(apercu.suit.acces && !apercu.suit.acces_des_deux);

        let fusion =
            w.db.write(|tx| {
                fusions::verrouiller(tx, [&ancien, &nouveau])?;
                fusions::fusionner(tx, &ancien, &nouveau, Some(&w.alix), le)
            })
            .expect("joins");
        let tenus = |numero| w.db.read(|tx| certificats::du_titulaire(tx, numero)).expect("reads").len();
        assert_eq!((tenus(&nouveau), tenus(&ancien)), (1, 0), "all is the new one’s");
        let lue = w.db.read(|tx| personnes::charger(tx, &ancien)).expect("reads").expect("leads there");
        assert_eq!((&lue.numero, lue.email), (&nouveau, Some(email("Lea@exemple.fr"))));
        let connu = w.db.read(|tx| acces::charger(tx, &nouveau)).expect("reads").expect("has followed");
        assert_eq!(connu.mot_de_passe.as_deref(), Some("$argon2id$essai"));
        let profils = w.db.read(|tx| utilisateurs::profils(tx, &nouveau)).expect("reads");
        assert_eq!(profils.len(), 2, "each once: {profils:?}");
        let connue = identite("Léa", "Martin", date(1990, 1, 1));
        let candidats = w.db.read(|tx| personnes::candidats(tx, &connue)).expect("reads");
        assert!(candidats.iter().all(|p| p.numero != ancien), "the old one is proposed no more");
        assert_ne!(photo(w.db), avant);

        assert_eq!(w.db.read(|tx| fusions::menant_a(tx, &nouveau)), Ok(vec![fusion.clone()]));
        w.db.write(|tx| fusions::defaire(tx, &fusion)).expect("parts");
        for (apres, avant) in photo(w.db).iter().zip(&avant) {
            assert_eq!(apres, avant);
        }
        assert_eq!(w.db.read(|tx| fusions::charger(tx, fusion.id)), Ok(None));
    });
}

#[test]
fn des_fusions_en_chaine_se_defont_dans_l_ordre() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let (premier, deuxieme) = connu_deux_fois(&w);
        let le = moment(FIN).instant;
        let troisieme = identite("Léa", "Martin-Duval", date(1990, 1, 2));
        let troisieme = w.db.write(|tx| personnes::creer(tx, &troisieme, None, le)).expect("adds").numero;
        let avant = photo(w.db);
        let joindre = |ancien: &Numero, nouveau: &Numero| {
            w.db.write(|tx| fusions::fusionner(tx, ancien, nouveau, None, le)).expect("joins")
        };
        let faites = [joindre(&premier, &deuxieme), joindre(&deuxieme, &troisieme)];
        for numero in [&premier, &deuxieme] {
            let lue = w.db.read(|tx| personnes::charger(tx, numero)).expect("reads");
            assert_eq!(lue.map(|p| p.numero).as_ref(), Some(&troisieme));
        }
        for fusion in faites.iter().rev() {
            w.db.write(|tx| fusions::defaire(tx, fusion)).expect("parts");
        }
        assert_eq!(photo(w.db), avant);
    });
}

#[test]
fn l_apercu_dit_ce_qui_empeche() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 2, date(2026, 5, 20));
        let [a, b] = [0, 1].map(|rang| session.stagiaires[rang].numero.clone().expect("known"));
        let apercu = |a: &Numero, b: &Numero| {
            w.db.read(|tx| fusions::apercu(tx, a, b, date(2026, 5, 20))).expect("reads").expect("known")
        };
        assert_eq!(apercu(&a, &a).obstacles()[0], Obstacle::DejaUne);
        assert_eq!(apercu(&a, &b).obstacles(), [Obstacle::Ensemble(vec![session.numero.clone()])]);
        assert_eq!(apercu(&w.karim, &a).obstacles(), [Obstacle::FaceAFace(vec![session.numero.clone()])]);
        assert_eq!(apercu(&a, &w.karim).obstacles(), [Obstacle::FaceAFace(vec![session.numero.clone()])]);
        assert_eq!(apercu(&w.alix, &w.zoe).vigilances(), [Vigilance::IdentitesEloignees]);
        let personne = Numero::from_random(7);
        assert_eq!(w.db.read(|tx| fusions::apercu(tx, &a, &personne, FIN)), Ok(None));
    });
}

#[test]
fn ce_qu_une_fusion_garde_s_efface_avec_la_personne() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        let nee = date(1990, 1, 1);
        let [a, b] = ["Ana", "Anna"].map(|prenom| {
            w.db.write(|tx| personnes::creer(tx, &identite(prenom, "Seule", nee), None, le))
                .expect("adds")
                .numero
        });
        let fusion = w.db.write(|tx| fusions::fusionner(tx, &a, &b, None, le)).expect("joins");
        let c =
            w.db.write(|tx| personnes::creer(tx, &identite("Anne", "Seule", nee), None, le))
                .expect("adds")
                .numero;
        let suivante = w.db.write(|tx| fusions::fusionner(tx, &b, &c, None, le)).expect("joins");
        // Somebody who is held again meanwhile stays.
        let profil = Profil::Gestionnaire { compte: w.compte };
        w.db.write(|tx| utilisateurs::donner_profil(tx, &c, profil, le)).expect("gives");
        let effacees = || balayage::balayer(w.db, moment(FIN)).expect("sweeps").personnes;
        assert_eq!(effacees(), 0);
        w.db.write(|tx| utilisateurs::retirer_profil(tx, &c, profil)).expect("withdraws");
        assert_eq!(effacees(), 1);
        assert_eq!(w.db.read(|tx| personnes::charger(tx, &a)), Ok(None));
        for chaine in [fusion.id, suivante.id] {
            assert_eq!(w.db.read(|tx| fusions::charger(tx, chaine)), Ok(None));
        }
    });
}
