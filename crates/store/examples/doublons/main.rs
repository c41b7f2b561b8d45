//! Measures of R17, « En cas de doublon, les utilisateurs identifiés vous seront proposés »: a population at
//! national size, the time of a look-up, what is found and what is found wrongly. `bin/bench` runs it;
//! `docs/doublons.md` shows the figures.

mod evaluation;
mod fautes;
mod mesure;
mod population;
mod remplissage;

use std::process::ExitCode;

const USAGE: &str = "usage:
  doublons remplir sqlite://FILE|postgres://… --personnes N [--graine G]   fills an empty database
  doublons mesurer sqlite://FILE|postgres://… [--recherches N] [--graine G] times look-ups in it
  doublons echantillons sqlite://FILE|postgres://… [--recherches N] [--graine G]  who is looked up, as JSON
  doublons evaluer FOLDER [--personnes N] [--graine G]                      precision, recall; pairs as CSV";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |nom: &str, sinon: u64| {
        let rang = arguments.iter().position(|argument| argument == nom);
        rang.and_then(|rang| arguments.get(rang + 1)).map_or(Ok(sinon), |nombre| nombre.parse())
    };
    let fait = match (arguments.first().map(String::as_str), arguments.get(1)) {
        (Some("remplir"), Some(url)) => nombres([option("--personnes", 10_000), option("--graine", 1)])
            .and_then(|[personnes, graine]| remplissage::remplir(url, personnes, graine)),
        (Some("mesurer"), Some(url)) => nombres([option("--recherches", 2_000), option("--graine", 2)])
            .and_then(|[recherches, graine]| mesure::mesurer(url, recherches, graine)),
        (Some("echantillons"), Some(url)) => nombres([option("--recherches", 500), option("--graine", 2)])
            .and_then(|[recherches, graine]| mesure::ecrire(url, recherches, graine)),
        (Some("evaluer"), Some(dossier)) => nombres([option("--personnes", 100_000), option("--graine", 1)])
            .and_then(|[personnes, graine]| evaluation::evaluer(dossier.as_ref(), personnes, graine)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match fait {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}

/// What stops a command.
pub(crate) type Cause = Box<dyn std::error::Error>;

fn nombres(lus: [Result<u64, std::num::ParseIntError>; 2]) -> Result<[u64; 2], Cause> {
    let [premier, second] = lus;
    Ok([premier?, second?])
}
