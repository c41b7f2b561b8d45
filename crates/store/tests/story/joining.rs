//! Two persons who are one: joined, then parted, each with his own again.

use forprev_domain::calendrier::Moment;
use forprev_domain::fusion::{Obstacle, Vigilance};
use forprev_domain::numero::Numero;
use forprev_domain::utilisateur::Profil;
use forprev_store::copie::copier;
use forprev_store::{Db, Moteur, StoreError, acces, balayage, certificats, fusions, personnes, utilisateurs};
use jiff::civil::date;

use crate::fresh::{Fresh, on_both, postgres, sqlite};
use crate::world::{FIN, World, email, identite, moment};

/// Everything in the database, table by table, as the copy to the other engine sums it up.
fn photo(db: &Db) -> Vec<(&'static str, u64, String)> {
    let autre: Fresh = match db.moteur() {
        Moteur::Sqlite => postgres(),
        Moteur::Postgres => sqlite(),
    };
    let copiees = copier(db, autre.db()).expect("copies");
    copiees.into_iter().map(|c| (c.table, c.lignes, c.somme)).collect()
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
        w.db.write(|tx| balayage::balayer(tx, moment(FIN))).expect("sweeps");
        assert_eq!(w.db.read(|tx| personnes::charger(tx, &a)), Ok(None));
        assert_eq!(w.db.read(|tx| fusions::charger(tx, fusion.id)), Ok(None));
    });
}
