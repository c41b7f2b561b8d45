//! The sweep: what is due is gone everywhere, nothing else is.

use forprev_domain::id::SessionId;
use forprev_domain::session::Session;
use forprev_domain::utilisateur::Profil;
use forprev_store::balayage::{Balaye, balayer};
use forprev_store::courrier::Boite;
use forprev_store::{
    Db, Moteur, Pagination, StoreError, acces, certificats, courrier, essais, fusions, idempotence, jetons,
    params, personnes, sessions, utilisateurs,
};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan};

use crate::fresh::on_both;
use crate::world::{FIN, World, email, moment};

fn sweep(db: &Db, jour: Date) -> Balaye {
    balayer(db, moment(jour)).expect("sweeps")
}

fn count(db: &Db, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    db.read(|tx| tx.query_one(&sql, &[])?.get("n")).expect("counts")
}

fn write_about(w: &World<'_>, session: SessionId) {
    let le = moment(FIN).instant;
    let written: Result<(), StoreError> = w.db.write(|tx| {
        let mail = courrier::NouveauCourrier {
            genre: "session_soumise".to_owned(),
            destinataire: w.karim.clone(),
            adresse: email("karim@exemple.fr"),
            donnees: serde_json::json!({"stagiaire": "Léa MARTIN"}),
            session: Some(session),
        };
        courrier::deposer(tx, &mail, le)?;
        let cle = session.to_string();
        let demande = idempotence::Demande { numero: &w.alix, route: "POST /x", cle: &cle, corps: "c" };
        assert_eq!(idempotence::prendre(tx, demande, moment(FIN))?, idempotence::Connue::Nouvelle);
        idempotence::garder(tx, demande, 201, "{\"nom\":\"MARTIN\"}", Some(session))
    });
    written.expect("writes");
}

#[test]
fn la_session_disparait_et_le_registre_reste() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let generee = w.brouillon(&w.alix, 4, date(2026, 5, 20));
        let emis = w.generer(&generee, FIN);
        let brouillon = w.brouillon(&w.denis, 6, date(2026, 5, 20));
        write_about(&w, generee.id);
        let personnes_avant = count(w.db, "personnes");

        // Gone at once, before any sweep: its waiting mails and kept answers too.
        let bail = SignedDuration::from_mins(5);
        let tard = moment(date(2026, 6, 13));
        let pris = w.db.write(|tx| courrier::prendre(tx, 9, bail, tard)).expect("takes");
        assert_eq!(pris, []);
        let page = Pagination::premiere(9);
        let listes = w.db.read(|tx| courrier::lister(tx, Boite::Tout, page, tard.aujourdhui));
        assert_eq!(listes.expect("lists").total, 0);
        assert!(sweep(w.db, date(2026, 6, 12)).sessions == 0);
        assert_eq!(count(w.db, "sessions"), 2);
        let done = sweep(w.db, date(2026, 6, 13));
        assert_eq!((done.sessions, done.imprimes, done.inscriptions, done.personnes), (1, 4, 0, 0));
        assert_eq!(sweep(w.db, date(2026, 6, 13)), Balaye::default());
        assert_eq!(count(w.db, "sessions"), 1);
        assert_eq!(count(w.db, "stagiaires"), 6);
        assert_eq!(count(w.db, "courrier"), 0);
        assert_eq!(count(w.db, "idempotence"), 0);
        assert_eq!(count(w.db, "historique"), 1);
        assert_eq!(count(w.db, "personnes"), personnes_avant);
        let reste = w.db.read(|tx| certificats::charger(tx, &emis[0].numero)).expect("reads");
        let reste = reste.expect("the entry survives");
        assert_eq!((reste.session, reste.stagiaire, &reste.imprime), (None, None, &None));
        assert_eq!(reste.auteur, Some(w.alix.clone()));

        // The draft goes six months after its last day, and with it those whom nothing holds.
        assert_eq!(sweep(w.db, date(2026, 11, 28)).sessions, 0);
        let done = sweep(w.db, date(2026, 11, 29));
        assert_eq!((done.sessions, done.personnes), (1, 2));
        assert_eq!(w.session(&w.denis, brouillon.id, date(2026, 11, 29)), None);

        // Two years of validity, three in the register.
        assert_eq!(sweep(w.db, date(2031, 5, 28)).inscriptions, 1, "Karim's own, ended 2028-02-29");
        let done = sweep(w.db, date(2031, 5, 29));
        assert_eq!((done.inscriptions, done.personnes), (4, 4));
        assert_eq!(count(w.db, "certificats"), 0);
        let used = count(w.db, "numeros_utilises");
        assert_eq!(used, personnes_avant, "a numéro stays used");
    });
}

#[test]
fn quiconque_n_est_plus_tenu_est_efface_au_balayage_suivant() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        let effacees = || sweep(w.db, FIN).personnes;
        let nouvelle = |prenom| {
            let identite = crate::world::identite(prenom, "Passager", date(1990, 1, 1));
            w.db.write(|tx| personnes::creer(tx, &identite, None, le)).expect("adds").numero
        };
        let session = w.brouillon(&w.alix, 2, FIN).id;
        let modifier = |quoi: &dyn Fn(&mut Session)| {
            let avant = w.session(&w.alix, session, FIN).expect("is there");
            let mut apres = avant.clone();
            quoi(&mut apres);
            apres.version += 1;
            w.db.write(|tx| sessions::enregistrer(tx, avant.version, &apres, &[], le)).expect("writes");
        };
        assert_eq!(effacees(), 0, "everybody is held");

        // Entered, and never held.
        nouvelle("Personne");
        assert_eq!(effacees(), 1);

        let formateur = nouvelle("Formateur");
        modifier(&|session| session.saisie.formateur = Some(formateur.clone()));
        assert_eq!(effacees(), 0);
        modifier(&|session| session.saisie.formateur = Some(w.karim.clone()));
        assert_eq!(effacees(), 1);

        modifier(&|session| session.stagiaires.truncate(1));
        assert_eq!(effacees(), 1);

        let (profil, gestionnaire) = (Profil::Gestionnaire { compte: w.compte }, nouvelle("Gestionnaire"));
        w.db.write(|tx| utilisateurs::donner_profil(tx, &gestionnaire, profil, le)).expect("gives");
        assert_eq!(effacees(), 0);
        w.db.write(|tx| utilisateurs::retirer_profil(tx, &gestionnaire, profil)).expect("withdraws");
        assert_eq!(effacees(), 1);

        // Parted from another: held by nothing, as before.
        let (a, b) = (nouvelle("Ana"), nouvelle("Anna"));
        w.db.write(|tx| utilisateurs::donner_profil(tx, &b, profil, le)).expect("gives");
        let fusion = w.db.write(|tx| fusions::fusionner(tx, &a, &b, None, le)).expect("joins");
        assert_eq!(effacees(), 0);
        w.db.write(|tx| fusions::defaire(tx, &fusion)).expect("parts");
        assert_eq!(effacees(), 1);

        let version = w.session(&w.alix, session, FIN).expect("is there").version;
        w.db.write(|tx| sessions::supprimer(tx, session, version)).expect("deletes");
        assert_eq!(effacees(), 1);
        assert_eq!(count(w.db, "personnes_a_revoir"), 0);
    });
}

#[test]
fn deux_balayages_a_la_fois_font_le_travail_une_fois() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        for _ in 0..6 {
            w.brouillon(&w.alix, 2, date(2026, 5, 20));
        }
        let jour = date(2027, 1, 1);
        let total: u64 = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| sweep(w.db, jour).sessions)).collect();
            runs.into_iter().map(|run| run.join().expect("sweeps")).sum()
        });
        assert_eq!(total, 6);
        assert_eq!(count(w.db, "sessions"), 0);
    });
}

#[test]
fn ce_qui_a_une_duree_s_efface_a_son_heure() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        let written: Result<(), StoreError> = w.db.write(|tx| {
            acces::ouvrir(tx, &w.alix, le)?;
            acces::creer_lien(tx, "lien", &w.alix, "activation", le + 1.hour())?;
            jetons::creer(tx, "jeton", &w.alix, "Essai", le, le + 2.hours())?;
            essais::compter(tx, "compte:1", 1, SignedDuration::from_mins(1), le)?;
            Ok(())
        });
        written.expect("writes");
        assert_eq!(sweep(w.db, FIN).divers, 0);
        assert_eq!(sweep(w.db, date(2026, 5, 30)).divers, 2);
        assert_eq!(sweep(w.db, date(2026, 6, 1)).divers, 1);
        assert_eq!(count(w.db, "acces"), 1);
    });
}

#[test]
fn rien_d_une_session_supprimee_ne_reste_dans_le_fichier() {
    let fresh = crate::fresh::sqlite();
    assert_eq!(fresh.db().moteur(), Moteur::Sqlite);
    let w = World::new(fresh.db());
    let session = w.brouillon(&w.alix, 3, date(2026, 5, 20));
    let temoin = "Zygomatique-Introuvable";
    let identite = crate::world::identite("Léon", temoin, date(1991, 5, 6));
    let written: Result<(), StoreError> = w.db.write(|tx| {
        let numero = personnes::creer(tx, &identite, None, moment(FIN).instant)?.numero;
        let mut avec = session.clone();
        avec.stagiaires.push(crate::world::ligne(&identite, Some(numero))?);
        avec.saisie.reference = Some(temoin.to_owned());
        avec.version += 1;
        sessions::enregistrer(tx, session.version, &avec, &[], moment(FIN).instant)
    });
    written.expect("writes");
    let path = fresh.url.trim_start_matches("sqlite://").to_owned();
    let traces = || {
        let mut found = 0;
        for file in [path.clone(), format!("{path}-wal")] {
            let bytes = std::fs::read(file).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            found += text.matches("zygomatique").count();
        }
        found
    };
    assert!(traces() > 0, "the search finds what is there");
    sweep(w.db, date(2026, 11, 29));
    w.db.effacer_les_traces().expect("truncates");
    assert_eq!(traces(), 0);
    let gone: Result<i64, StoreError> = w.db.read(|tx| {
        let sql = "SELECT count(*) AS n FROM personnes WHERE nom_naissance = $1";
        tx.query_one(sql, params![temoin])?.get("n")
    });
    assert_eq!(gone, Ok(0));
}
