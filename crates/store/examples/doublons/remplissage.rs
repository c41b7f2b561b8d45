//! Fills an empty database with a population, in bulk: rows first, indexes after.

use std::io::Write as _;

use forprev_domain::identite::Identite;
use forprev_domain::numero::Numero;
use forprev_domain::regles::doublons::cles;
use forprev_store::{Db, personnes};
use rand::RngExt;

use crate::Cause;
use crate::population::Population;

const LE: &str = "2026-01-01T00:00:00.000000Z";
/// The keys and their way back, dropped while rows come in.
const CLES: &str = "CREATE INDEX cles_de_la_personne ON personne_cles (numero)";

pub(crate) fn remplir(url: &str, nombre: u64, graine: u64) -> Result<(), Cause> {
    let db = Db::open(url)?;
    db.migrate()?;
    drop(db);
    let mut population = Population::new(graine);
    let numeros = numeros(&mut population, nombre);
    let gens = numeros.into_iter().map(move |numero| (numero, population.suivante()));
    match url.strip_prefix("sqlite://") {
        Some(fichier) => sqlite(fichier, gens),
        None => postgres(url, gens),
    }
}

/// Numéros in their order, so that rows are appended.
fn numeros(population: &mut Population, nombre: u64) -> Vec<Numero> {
    let mut numeros: Vec<Numero> = Vec::new();
    while (numeros.len() as u64) < nombre {
        let manquants = nombre - numeros.len() as u64;
        numeros.extend((0..manquants).map(|_| Numero::from_random(population.tirage.random())));
        numeros.sort_unstable();
        numeros.dedup();
    }
    numeros
}

fn sqlite(fichier: &str, gens: impl Iterator<Item = (Numero, Identite)>) -> Result<(), Cause> {
    let base = rusqlite::Connection::open(fichier)?;
    base.execute_batch(
        "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA journal_mode = OFF;
         PRAGMA foreign_keys = OFF; DROP INDEX cles_de_la_personne; BEGIN;
         CREATE TEMP TABLE tampon (cle TEXT NOT NULL, numero TEXT NOT NULL, nom_naissance TEXT NOT NULL,
                                   nom_usage TEXT, prenom TEXT NOT NULL, date_naissance TEXT NOT NULL);",
    )?;
    {
        let mut utilise = base.prepare("INSERT INTO numeros_utilises (numero) VALUES (?1)")?;
        let mut personne = base.prepare(
            "INSERT INTO personnes (numero, civilite, nom_naissance, nom_usage, prenom, date_naissance,
                                    recherche, creee_le)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let mut cle = base.prepare("INSERT INTO tampon VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for (numero, i) in gens {
            utilise.execute([numero.as_str()])?;
            personne.execute((
                numero.as_str(),
                i.civilite.map(|civilite| civilite.libelle()),
                i.nom_naissance.as_str(),
                i.nom_usage.as_ref().map(|nom| nom.as_str()),
                i.prenom.as_str(),
                i.date_naissance.to_string(),
                personnes::texte(&numero, &i),
                LE,
            ))?;
            for texte in cles(&i) {
                cle.execute((
                    texte,
                    numero.as_str(),
                    i.nom_naissance.as_str(),
                    i.nom_usage.as_ref().map(|nom| nom.as_str()),
                    i.prenom.as_str(),
                    i.date_naissance.to_string(),
                ))?;
            }
        }
    }
    base.execute_batch(&format!(
        "INSERT INTO personne_cles SELECT * FROM tampon ORDER BY cle, numero;
         DROP TABLE tampon; {CLES}; COMMIT; PRAGMA optimize; ANALYZE; PRAGMA journal_mode = WAL;"
    ))?;
    Ok(())
}

fn postgres(url: &str, gens: impl Iterator<Item = (Numero, Identite)>) -> Result<(), Cause> {
    let mut base = postgres::Client::connect(url, postgres::NoTls)?;
    // Three files of COPY at once: one pass over the population for each table would draw it three times.
    let [mut utilises, mut lignes, mut index] = [tempfile()?, tempfile()?, tempfile()?];
    for (numero, i) in gens {
        let numero_texte = numero.as_str();
        writeln!(utilises.0, "{numero_texte}")?;
        writeln!(
            lignes.0,
            "{numero_texte}\t{}\t{}\t{}\t{}\t{}\t{}\t{LE}",
            i.civilite.map_or("\\N", |civilite| civilite.libelle()),
            i.nom_naissance,
            i.nom_usage.as_ref().map_or("\\N", |nom| nom.as_str()),
            i.prenom,
            i.date_naissance,
            personnes::texte(&numero, &i),
        )?;
        for cle in cles(&i) {
            writeln!(
                index.0,
                "{cle}\t{numero_texte}\t{}\t{}\t{}\t{}",
                i.nom_naissance,
                i.nom_usage.as_ref().map_or("\\N", |nom| nom.as_str()),
                i.prenom,
                i.date_naissance,
            )?;
        }
    }
    base.batch_execute(
        "SET session_replication_role = replica; SET maintenance_work_mem = '512MB';
         ALTER TABLE personne_cles DROP CONSTRAINT personne_cles_pkey; DROP INDEX cles_de_la_personne;",
    )?;
    for (table, fichier) in [
        ("numeros_utilises (numero)", utilises),
        (
            "personnes (numero, civilite, nom_naissance, nom_usage, prenom, date_naissance, recherche, creee_le)",
            lignes,
        ),
        ("personne_cles", index),
    ] {
        let (mut ecrit, chemin) = fichier;
        ecrit.flush()?;
        let mut copie = base.copy_in(&format!("COPY {table} FROM STDIN"))?;
        std::io::copy(&mut std::fs::File::open(&chemin)?, &mut copie)?;
        copie.finish()?;
        std::fs::remove_file(&chemin)?;
    }
    base.batch_execute(&format!(
        "ALTER TABLE personne_cles ADD CONSTRAINT personne_cles_pkey PRIMARY KEY (cle, numero)
           INCLUDE (nom_naissance, nom_usage, prenom, date_naissance); {CLES};"
    ))?;
    // As the server does by itself in time: an index answers alone once its pages are known to be visible to all.
    base.batch_execute("VACUUM (ANALYZE)")?;
    Ok(())
}

type Tampon = (std::io::BufWriter<std::fs::File>, std::path::PathBuf);

fn tempfile() -> Result<Tampon, Cause> {
    let rang = forprev_store::nouvel_id()?;
    let chemin = std::env::temp_dir().join(format!("forprev-{rang}.copy"));
    Ok((std::io::BufWriter::new(std::fs::File::create(&chemin)?), chemin))
}
