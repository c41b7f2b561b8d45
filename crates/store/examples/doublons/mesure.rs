//! Times look-ups, as an entry makes them: candidates from the register, then graded.

use std::time::{Duration, Instant};

use forprev_domain::identite::Identite;
use forprev_domain::regles::doublons::propositions;
use forprev_store::{Db, StoreError, personnes};
use jiff::civil::{Date, date};

use crate::Cause;
use crate::fautes::{FAUTES, fauter};
use crate::population::{Population, nom};

/// One look-up.
struct Releve {
    duree: Duration,
    candidats: usize,
}

/// Times each look-up twice: the first time its pages may have to be read from the disk, the second time not.
pub(crate) fn mesurer(url: &str, recherches: u64, graine: u64) -> Result<(), Cause> {
    let db = Db::open(url)?;
    println!("| Looked up | first p50 ms | p95 | again p50 | p95 | max | candidates p50 | p95 | max |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (titre, gens) in echantillons(&db, recherches, graine)? {
        afficher(titre, &releve(&db, &gens)?, &releve(&db, &gens)?);
    }
    Ok(())
}

/// Writes those who are looked up as JSON, by kind, for a measure of the interface.
pub(crate) fn ecrire(url: &str, recherches: u64, graine: u64) -> Result<(), Cause> {
    let genres = echantillons(&Db::open(url)?, recherches, graine)?;
    let objet: serde_json::Map<_, _> = genres
        .into_iter()
        .map(|(titre, gens)| (titre.to_owned(), gens.iter().map(corps).collect()))
        .collect();
    println!("{}", serde_json::Value::Object(objet));
    Ok(())
}

fn corps(identite: &Identite) -> serde_json::Value {
    serde_json::json!({
        "nom_naissance": identite.nom_naissance.as_str(),
        "nom_usage": identite.nom_usage.as_ref().map(|nom| nom.as_str()),
        "prenom": identite.prenom.as_str(),
        "date_naissance": identite.date_naissance,
    })
}

/// Those who are looked up, by kind.
fn echantillons(db: &Db, recherches: u64, graine: u64) -> Result<[(&'static str, Vec<Identite>); 5], Cause> {
    let mut autres = Population::new(graine);
    let connus = connus(db, recherches)?;
    let inconnus = (0..recherches).map(|_| autres.suivante()).collect();
    let fautifs = connus
        .iter()
        .rev()
        .enumerate()
        .filter_map(|(rang, connu)| fauter(connu, FAUTES[rang % FAUTES.len()], &mut autres))
        .collect();
    Ok([
        ("strangers", inconnus),
        ("known, as registered", connus),
        ("known, with an error", fautifs),
        ("frequent names, 13 May", frequents(|annee| date(annee, 5, 13))),
        ("frequent names, 1 January", frequents(|annee| date(annee, 1, 1))),
    ])
}

/// The most frequent names of each origin, born in each year on one day.
fn frequents(jour: impl Fn(i16) -> Date) -> Vec<Identite> {
    const NOMS: [(&str, &str); 6] = [
        ("Martin", "Marie"),
        ("Martin", "Jean"),
        ("Bernard", "Michel"),
        ("Nguyen", "Thi Mai"),
        ("Diallo", "Mamadou"),
        ("Ben Ali", "Mohamed"),
    ];
    let nes = |annee| {
        NOMS.map(|(naissance, prenom)| Identite {
            civilite: None,
            nom_naissance: nom(naissance),
            nom_usage: None,
            prenom: nom(prenom),
            date_naissance: jour(annee),
        })
    };
    (1948..=2010).flat_map(nes).collect()
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
            std::hint::black_box(propositions(saisie, &candidats));
            Ok(Releve { duree: debut.elapsed(), candidats: candidats.len() })
        })
        .collect()
}

fn afficher(titre: &str, premieres: &[Releve], encore: &[Releve]) {
    let rang = |part: usize| (encore.len() * part / 100).min(encore.len() - 1);
    let durees = |releves: &[Releve]| {
        let mut durees: Vec<f64> = releves.iter().map(|r| r.duree.as_secs_f64() * 1_000.0).collect();
        durees.sort_by(f64::total_cmp);
        [50, 95, 100].map(|part| durees[rang(part)])
    };
    let mut candidats: Vec<usize> = encore.iter().map(|r| r.candidats).collect();
    candidats.sort_unstable();
    let [froid_50, froid_95, _] = durees(premieres);
    let [chaud_50, chaud_95, maximum] = durees(encore);
    let [c_50, c_95, c_max] = [50, 95, 100].map(|part| candidats[rang(part)]);
    println!(
        "| {titre} | {froid_50:.2} | {froid_95:.2} | {chaud_50:.2} | {chaud_95:.2} | {maximum:.2} | {c_50} | {c_95} | {c_max} |"
    );
}
