//! What was sent: a file or pasted lines, of which one sheet is the list.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use forprev_domain::identite::ChampIdentite;
use serde::{Deserialize, Serialize};

use super::colonnes::{citer, entete, est_un_entete};
use crate::feuilles::lecture::{self, Classeur, Feuille, Illisible, Rangee};
use crate::feuilles::{Cellule, Format};
use crate::typographie::liste;

/// Bytes that the list of a form may unpack to.
const OUVERT: u64 = 8 * 1024 * 1024;
/// Columns of pasted lines without headers, when there are three of them.
const TROIS: [ChampIdentite; 3] =
    [ChampIdentite::NomNaissance, ChampIdentite::Prenom, ChampIdentite::DateNaissance];

/// A list as it was sent, not yet understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envoi {
    /// The name of the file, as sent; empty for pasted lines.
    pub nom: String,
    /// What the file was.
    pub format: Format,
    /// The sheet that is the list.
    pub feuille: Feuille,
    /// Sheets with something in them that are not read.
    pub non_lues: Vec<String>,
}

impl Envoi {
    /// Reads a file and finds the list in it.
    ///
    /// # Errors
    ///
    /// A file that holds no list, or several.
    pub fn du_fichier(nom: &str, octets: &[u8]) -> Result<Self, Illisible> {
        let Classeur { format, feuilles } = lecture::lire(octets)?;
        let (feuille, non_lues) = choisir(feuilles)?;
        Ok(Self { nom: nom.chars().take(100).collect(), format, feuille, non_lues })
    }

    /// Reads lines pasted from a spreadsheet; without headers they are the model's, or the three that an acteur needs.
    ///
    /// # Errors
    ///
    /// Nothing in them.
    pub fn colle(texte: &str) -> Result<Self, Illisible> {
        let Classeur { format, feuilles } = lecture::coller(&texte.replace('\0', "\u{fffd}"))?;
        let mut feuille = feuilles.into_iter().next().unwrap_or_default();
        if feuille.rangees.first().is_some_and(|premiere| !est_un_entete(premiere)) {
            ajouter_entetes(&mut feuille)?;
        }
        Ok(Self { nom: String::new(), format, feuille, non_lues: Vec::new() })
    }

    /// The list as a form carries it from one page to the next: nothing of it is kept on the server.
    #[must_use]
    pub fn plier(&self) -> String {
        let mut serre = DeflateEncoder::new(Vec::new(), Compression::best());
        let json = serde_json::to_vec(self).unwrap_or_default();
        let serre = serre.write_all(&json).and_then(|()| serre.finish());
        STANDARD.encode(serre.unwrap_or_default())
    }

    /// The list that a form carries; none when it was tampered with.
    #[must_use]
    pub fn deplier(texte: &str) -> Option<Self> {
        let serre = STANDARD.decode(texte.trim()).ok()?;
        let mut json = Vec::new();
        DeflateDecoder::new(&serre[..]).take(OUVERT).read_to_end(&mut json).ok()?;
        serde_json::from_slice(&json).ok()
    }

    /// The name of the file when it says another format than the one that the file is in.
    #[must_use]
    pub fn nom_trompeur(&self) -> Option<&str> {
        let (_, extension) = self.nom.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        let textes = ["csv", "txt", "tsv", "tab"];
        let convient = match self.format {
            Format::Csv => textes.contains(&extension.as_str()),
            Format::Xlsx => ["xlsx", "xlsm", "xltx", "xltm"].contains(&extension.as_str()),
            Format::Ods => ["ods", "ots"].contains(&extension.as_str()),
        };
        let connue = textes.contains(&extension.as_str())
            || ["xls", "xlsx", "xlsm", "xlsb", "ods", "pdf", "doc", "docx"].contains(&extension.as_str());
        (connue && !convient).then_some(&self.nom)
    }
}

/// The sheet that is the list, and the names of the others that have something in them.
fn choisir(feuilles: Vec<Feuille>) -> Result<(Feuille, Vec<String>), Illisible> {
    let remplies = || feuilles.iter().filter(|feuille| !feuille.rangees.is_empty());
    let est_une_liste = |feuille: &&Feuille| feuille.rangees.first().is_some_and(est_un_entete);
    let listes: Vec<&Feuille> = remplies().filter(|f| !f.cachee).filter(est_une_liste).collect();
    let choisie = match listes.as_slice() {
        [seule] => *seule,
        [] => match remplies().find(|f| !f.cachee) {
            Some(premiere) => premiere,
            None => return Err(remplies().next().map_or(Illisible::Vide, feuille_cachee)),
        },
        plusieurs => return Err(plusieurs_listes(plusieurs)),
    };
    let autres = remplies().filter(|f| !std::ptr::eq(*f, choisie) && (!f.cachee || est_une_liste(f)));
    let non_lues = autres.map(|f| f.nom.clone()).collect();
    Ok((choisie.clone(), non_lues))
}

fn feuille_cachee(feuille: &Feuille) -> Illisible {
    Illisible::PasUneListe {
        code: "feuille_cachee",
        phrase: format!(
            "La feuille {} est masquée, et le reste du classeur est vide. Affichez-la, enregistrez, et envoyez le classeur à nouveau.",
            citer(&feuille.nom)
        ),
    }
}

fn plusieurs_listes(feuilles: &[&Feuille]) -> Illisible {
    let noms: Vec<String> = feuilles.iter().map(|feuille| citer(&feuille.nom)).collect();
    Illisible::PasUneListe {
        code: "plusieurs_listes",
        phrase: format!(
            "Ce classeur contient plusieurs listes : les feuilles {}. Gardez celle qui est à importer, et envoyez-le à nouveau.",
            liste(&noms)
        ),
    }
}

/// Puts the headers that were not pasted on line 0, above the first one.
fn ajouter_entetes(feuille: &mut Feuille) -> Result<(), Illisible> {
    let colonnes =
        feuille.rangees.iter().flat_map(|rangee| rangee.cellules.keys()).max().map_or(0, |c| c + 1);
    let champs: &[ChampIdentite] = match colonnes {
        3 => &TROIS,
        5..=7 => &ChampIdentite::TOUS,
        _ => {
            return Err(Illisible::PasUneListe {
                code: "en_tetes_absents",
                phrase: "Copiez aussi la ligne des titres : Nom de naissance, Prénom, Date de naissance… Sans elle, on ne sait pas ce que contient chaque colonne.".to_owned(),
            });
        }
    };
    let cellules = (0..)
        .zip(champs.iter().take(colonnes as usize))
        .map(|(rang, champ)| (rang, Cellule::de(entete(*champ))));
    feuille.rangees.insert(0, Rangee { ligne: 0, cellules: cellules.collect(), masquee: false });
    Ok(())
}
