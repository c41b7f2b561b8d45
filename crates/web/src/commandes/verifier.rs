//! `forprev verifier FICHIER.pdf`: checks a certificate without register nor network.

use std::path::{Path, PathBuf};

use forprev_domain::calendrier::jour_de_paris;
use forprev_domain::certificat::Enonce;

use super::Phrase;
use crate::config::Config;
use crate::sceau::{self, Publiques};
use crate::typographie::{date, date_longue, heure};

/// What is checked, against which keys.
#[derive(Debug, clap::Args)]
pub struct Quoi {
    /// Certificat à vérifier, en PDF
    #[arg(required_unless_present = "code")]
    fichier: Option<PathBuf>,
    /// Adresse lue dans le code du certificat, à vérifier à la place d’un fichier
    #[arg(long, value_name = "ADRESSE", conflicts_with = "fichier")]
    code: Option<String>,
    /// Clés publiques : cles.json d’une installation, ou certificats PEM ; sinon celles du dossier des données
    #[arg(long, value_name = "FICHIER")]
    cles: Option<PathBuf>,
}

/// Says what is proven.
///
/// # Errors
/// A sentence: why the file or the code is not to be relied on, or that there are no keys to check it with.
pub fn run(config: &Config, quoi: &Quoi) -> Result<(), Phrase> {
    let publiques = cles(config, quoi.cles.as_deref())?;
    if let Some(code) = &quoi.code {
        let enonce = sceau::lire_enonce(code, &publiques).map_err(|doute| doute.to_string())?;
        avertir(enonce.specimen);
        println!("L’énoncé de ce code est authentique.\n{}", en_mots(&enonce));
        return Ok(());
    }
    let fichier = quoi.fichier.as_deref().unwrap_or_else(|| Path::new(""));
    let octets =
        std::fs::read(fichier).map_err(|cause| format!("{} ne se lit pas : {cause}.", fichier.display()))?;
    let constat = sceau::verifier(&octets, &publiques).map_err(|doute| doute.to_string())?;
    avertir(constat.specimen);
    println!("Ce fichier est intact, tel qu’il a été scellé.");
    println!("Sceau : {} (certificat {})", constat.scelle_par, constat.empreinte);
    if let Some(horodate) = &constat.horodatage {
        let (jour, heure) = (date_longue(jour_de_paris(horodate.instant)), heure(horodate.instant));
        println!("Horodatage : le {jour} à {heure} (heure de Paris), selon {}", horodate.par);
    }
    if let Some(enonce) = &constat.enonce {
        println!("L’énoncé du code est authentique.\n{}", en_mots(enonce));
    }
    if constat.enonce_en_suspens {
        println!("L’énoncé du code n’a pas été vérifié : sa clé n’est pas parmi celles qui sont données.");
    }
    Ok(())
}

/// Says first of all that what is intact may still certify nothing.
fn avertir(specimen: bool) {
    if specimen {
        println!("SPÉCIMEN, sans valeur : fait pour un essai ou une démonstration, il n’atteste rien.");
    }
}

fn cles(config: &Config, donnees: Option<&Path>) -> Result<Publiques, Phrase> {
    let chemin = donnees.map_or_else(|| sceau::chemin_des_publiques(config), Path::to_path_buf);
    let texte = std::fs::read_to_string(&chemin).map_err(|cause| match donnees {
        Some(_) => format!("--cles : {} ne se lit pas : {cause}.", chemin.display()),
        None => format!(
            "Il n’y a pas de clés publiques dans FORPREV_DATA_DIR ({}) : donnez avec --cles le fichier que \
             l’installation publie à l’adresse {}.",
            chemin.display(),
            sceau::publiques::ADRESSE
        ),
    })?;
    Publiques::lire(&texte)
        .ok_or_else(|| format!("{} ne contient ni clés publiques ni certificats.", chemin.display()))
}

/// What a statement says, one fact a line.
fn en_mots(enonce: &Enonce) -> String {
    let usage = match enonce.nom_usage.as_str() {
        "" => String::new(),
        nom => format!(", nom d’usage {nom}"),
    };
    let fin = enonce
        .valable_jusqu_au
        .map_or_else(|| "sans limite de durée".to_owned(), |fin| format!("valable jusqu’au {}", date(fin)));
    format!(
        "  {} {}{usage}\n  Certificat {}, délivré le {}, {fin}",
        enonce.prenom,
        enonce.nom_naissance.to_uppercase(),
        enonce.numero,
        date(enonce.delivre_le)
    )
}
