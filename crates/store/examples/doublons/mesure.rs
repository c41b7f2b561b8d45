//! Times look-ups, as an entry makes them: candidates from the register, then graded.

use std::time::{Duration, Instant};

use forprev_domain::identite::Identite;
use forprev_domain::regles::doublons::{Verdict, verdict};
use forprev_store::{Db, StoreError, personnes};
use jiff::civil::date;

use crate::Cause;
use crate::fautes::{FAUTES, fauter};
use crate::population::{Population, nom};

/// One look-up.
struct Releve {
    duree: Duration,
    candidats: usize,
    proposes: usize,
}

pub(crate) fn mesurer(url: &str, recherches: u64, graine: u64) -> Result<(), Cause> {
    let db = Db::open(url)?;
    let total: Result<i64, StoreError> = db.read(|tx| {
        tx.patiently()?;
        tx.query_one("SELECT count(*) AS n FROM personnes", &[])?.get("n")
    });
    println!("{} persons, {recherches} look-ups of a kind\n", total?);
    println!("| Looked up | p50 ms | p95 ms | max ms | candidates p50 | p95 | max | proposed, mean |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    // The same seed as the register's gives people who are in it, another one strangers.
    let mut autres = Population::new(graine);
    let inconnus: Vec<Identite> = (0..recherches).map(|_| autres.suivante()).collect();
    let connus = connus(&db, recherches)?;
    let fautifs: Vec<Identite> = connus
        .iter()
        .enumerate()
        .filter_map(|(rang, connu)| fauter(connu, FAUTES[rang % FAUTES.len()], &mut autres))
        .collect();
    let lourds: Vec<Identite> = (1948..=2010)
        .flat_map(|annee| {
            [
                ("Martin", "Marie"),
                ("Martin", "Jean"),
                ("Nguyen", "Thi Mai"),
                ("Diallo", "Mamadou"),
                ("Ben Ali", "Mohamed"),
            ]
            .map(|(naissance, prenom)| Identite {
                civilite: None,
                nom_naissance: nom(naissance),
                nom_usage: None,
                prenom: nom(prenom),
                date_naissance: date(annee, 1, 1),
            })
        })
        .collect();
    for (titre, gens) in [
        ("strangers", &inconnus),
        ("known, as registered", &connus),
        ("known, with an error", &fautifs),
        ("Martin, Nguyen, Diallo, Ben Ali born on 1 January", &lourds),
    ] {
        releve(&db, gens)?;
        afficher(titre, releve(&db, gens)?);
    }
    Ok(())
}

/// Known people, spread over the register.
fn connus(db: &Db, nombre: u64) -> Result<Vec<Identite>, Cause> {
    let mut population = Population::new(7);
    let mut trouves = Vec::new();
    while (trouves.len() as u64) < nombre {
        let debut = forprev_domain::numero::Numero::from_random(rand::RngExt::random(&mut population.tirage));
        let lu = db.read(|tx| personnes::a_partir_de(tx, &debut, 1))?;
        trouves.extend(lu.into_iter().map(|personne| personne.identite));
    }
    Ok(trouves)
}

fn releve(db: &Db, gens: &[Identite]) -> Result<Vec<Releve>, StoreError> {
    gens.iter()
        .map(|saisie| {
            let debut = Instant::now();
            let candidats = db.read(|tx| personnes::candidats(tx, saisie))?;
            let proposes = candidats.iter().filter(|c| verdict(saisie, &c.identite) != Verdict::Non).count();
            Ok(Releve { duree: debut.elapsed(), candidats: candidats.len(), proposes })
        })
        .collect()
}

fn afficher(titre: &str, releves: Vec<Releve>) {
    let rang = |part: usize| (releves.len() * part / 100).min(releves.len() - 1);
    let mut durees: Vec<f64> = releves.iter().map(|r| r.duree.as_secs_f64() * 1_000.0).collect();
    durees.sort_by(f64::total_cmp);
    let mut candidats: Vec<usize> = releves.iter().map(|r| r.candidats).collect();
    candidats.sort_unstable();
    let proposes: usize = releves.iter().map(|r| r.proposes).sum();
    println!(
        "| {titre} | {:.2} | {:.2} | {:.2} | {} | {} | {} | {:.2} |",
        durees[rang(50)],
        durees[rang(95)],
        durees[rang(100)],
        candidats[rang(50)],
        candidats[rang(95)],
        candidats[rang(100)],
        proposes as f64 / releves.len() as f64,
    );
}
