//! The lines of a list, with all that is wrong with how they are written.

use std::borrow::Cow;
use std::collections::BTreeSet;

use encoding_rs::WINDOWS_1252;
use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::{ChampIdentite, IdentiteBrute};

use super::anomalie::Anomalie;
use super::colonnes::{Colonnes, citer, entete, est_un_entete};
use super::decision::est_une_autre_personne;
use super::envoi::Envoi;
use super::masquees::masquees;
use crate::feuilles::lecture::{Feuille, Fusion, Illisible, RANGEES, Rangee};
use crate::feuilles::{Cellule, FauteDeCellule, Format, lettre};
use crate::typographie::pluriel;

/// Lines that a list may have.
pub const LIGNES: usize = RANGEES - 2;

/// A list of trainees, as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Liste {
    /// Its lines, in their order.
    pub lignes: Vec<Ligne>,
    /// What is wrong with how they are written.
    pub anomalies: Vec<Anomalie>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Ligne {
    /// Its number, as the spreadsheet shows it.
    pub ligne: u32,
    /// What its cells say.
    pub identite: IdentiteBrute,
    /// Whether its cell « Numéro FORPREV » says that it is somebody else than those proposed (R17).
    pub autre_personne: bool,
    /// Fields whose cells cannot be read, and were said.
    pub illisibles: BTreeSet<ChampIdentite>,
}

impl Liste {
    /// Reads the lines of what was sent, for a session of this niveau.
    ///
    /// # Errors
    ///
    /// No list: its columns, no line, or too many.
    pub fn lire(envoi: &Envoi, niveau: Niveau) -> Result<Self, Illisible> {
        let feuille = &envoi.feuille;
        let colonnes = Colonnes::lire(feuille, niveau)?;
        // What was said of a line stays beside it once the line was emptied: no line is left.
        let remplie = |rangee: &&Rangee| {
            let mut cellules = rangee.cellules.iter();
            cellules.any(|(place, cellule)| colonnes.anomalies != Some(*place) && !cellule.est_vide())
        };
        let rangees: Vec<&Rangee> = feuille.rangees.iter().skip(1).filter(remplie).collect();
        if rangees.is_empty() {
            return Err(Illisible::PasUneListe {
                code: "liste_sans_ligne",
                phrase:
                    "Ce fichier ne contient que les titres des colonnes. Ajoutez une ligne par stagiaire."
                        .to_owned(),
            });
        }
        if LIGNES < rangees.len() {
            return Err(Illisible::PasUneListe {
                code: "trop_de_lignes",
                phrase: "Une liste compte 1 000 lignes au plus. Partagez-la en plusieurs fichiers."
                    .to_owned(),
            });
        }
        let mut anomalies = generales(envoi, feuille, &colonnes);
        let lignes = rangees.into_iter().map(|rangee| une(rangee, &colonnes, &mut anomalies)).collect();
        for fusion in &feuille.fusions {
            anomalies.extend(fusionnees(fusion, feuille, &colonnes));
        }
        Ok(Self { lignes, anomalies })
    }
}

/// What is to be said of the file and of its columns.
fn generales(envoi: &Envoi, feuille: &Feuille, colonnes: &Colonnes) -> Vec<Anomalie> {
    let mut anomalies = Vec::new();
    if let Some(nom) = envoi.nom_trompeur() {
        let nature = match envoi.format {
            Format::Csv => "un fichier texte (CSV)",
            Format::Xlsx => "un classeur XLSX",
            Format::Ods => "un classeur ODS",
        };
        let message = format!("Malgré son nom, {} est {nature} ; il a été lu comme tel.", citer(nom));
        anomalies.push(Anomalie::de_la_liste("nom_trompeur", message));
    }
    for nom in &envoi.non_lues {
        let message = format!(
            "La feuille {} n’est pas lue : vérifiez qu’elle ne contient pas de stagiaires.",
            citer(nom)
        );
        anomalies.push(Anomalie::de_la_liste("feuille_non_lue", message));
    }
    anomalies.extend(masquees(feuille, colonnes));
    let ligne = feuille.rangees.first().map(|premiere| premiere.ligne);
    for (colonne, nom) in colonnes.inconnues.iter().filter(|(_, nom)| !nom.is_empty()) {
        let message = format!(
            "La colonne {} ({}) n’est pas du modèle : ce qu’elle contient n’est pas importé.",
            citer(nom),
            lettre(*colonne)
        );
        anomalies.push(Anomalie {
            ligne,
            colonne: Some(Cow::Owned(nom.clone())),
            ..Anomalie::de_la_liste("colonne_inconnue", message)
        });
    }
    anomalies
}

fn une(rangee: &Rangee, colonnes: &Colonnes, anomalies: &mut Vec<Anomalie>) -> Ligne {
    let mut ligne = Ligne {
        ligne: rangee.ligne,
        identite: IdentiteBrute::default(),
        autre_personne: false,
        illisibles: BTreeSet::new(),
    };
    if est_un_entete(rangee) {
        let message = "Cette ligne répète les titres des colonnes. Retirez-la.".to_owned();
        anomalies.push(Anomalie::de_la_ligne(rangee.ligne, "titres_repetes", message));
        ligne.illisibles.extend(ChampIdentite::TOUS);
        return ligne;
    }
    for (colonne, cellule) in &rangee.cellules {
        if let Some(champ) = colonnes.champs.get(colonne) {
            match lire(*champ, cellule) {
                Ok(texte) if *champ == ChampIdentite::Numero && est_une_autre_personne(&texte) => {
                    ligne.autre_personne = true;
                }
                Ok(texte) => {
                    *ligne.identite.champ_mut(*champ) = Some(texte).filter(|texte| !texte.is_empty())
                }
                Err((code, message)) => {
                    ligne.illisibles.insert(*champ);
                    anomalies.push(Anomalie::bloquante(rangee.ligne, *champ, code, message));
                }
            }
        } else if colonnes.anomalies != Some(*colonne)
            && colonnes.inconnues.get(colonne).is_none_or(String::is_empty)
        {
            let message = format!(
                "La cellule {}{} n’est sous aucun titre. Retirez-la, ou remettez la ligne en face de ses colonnes.",
                lettre(*colonne),
                rangee.ligne
            );
            anomalies.push(Anomalie::de_la_ligne(rangee.ligne, "cellule_en_trop", message));
        }
    }
    ligne
}

/// What a cell says, or its code and what is wrong with it.
fn lire(champ: ChampIdentite, cellule: &Cellule) -> Result<String, (&'static str, String)> {
    match cellule {
        Cellule::Texte(texte) if mal_decode(texte) => Err((
            "accents_abimes",
            format!("Les accents de « {} » se sont perdus en route. Enregistrez le fichier en « CSV UTF-8 », ou au format XLSX ou ODS.", texte.trim()),
        )),
        Cellule::Texte(texte) if est_une_erreur(texte.trim()) => Err(en_erreur(texte.trim())),
        Cellule::Texte(_) => Ok(cellule.texte()),
        Cellule::Nombre(_) if champ == ChampIdentite::DateNaissance => Err((
            "identite_invalide",
            format!("Cette cellule contient le nombre {} au lieu d’une date. Écrivez la date au format JJ/MM/AAAA, par exemple 28/02/1990.", cellule.texte()),
        )),
        Cellule::Nombre(_) => Err((
            "identite_invalide",
            format!("Cette cellule contient le nombre {} au lieu d’un texte. Corrigez-la.", cellule.texte()),
        )),
        Cellule::Jour(_) if champ == ChampIdentite::DateNaissance => Ok(cellule.texte()),
        Cellule::Jour(_) => Err((
            "identite_invalide",
            format!("Cette cellule contient une date ({}) au lieu d’un texte. Corrigez-la.", cellule.texte()),
        )),
        Cellule::Fautive(FauteDeCellule::FormuleSansValeur) => Err((
            "formule_sans_valeur",
            "Cette cellule est une formule dont le résultat n’est pas dans le fichier. Remplacez-la par sa valeur (copier, puis collage spécial).".to_owned(),
        )),
        Cellule::Fautive(FauteDeCellule::Erreur(erreur)) => Err(en_erreur(erreur)),
        Cellule::Fautive(FauteDeCellule::Booleen(_)) => Err((
            "identite_invalide",
            "Cette cellule contient une valeur logique (VRAI ou FAUX) au lieu d’un texte. Écrivez la valeur voulue.".to_owned(),
        )),
        Cellule::Fautive(FauteDeCellule::TropLong { longueur, .. }) => Err((
            "identite_invalide",
            format!("Cette cellule compte {} ; il en faut 80 au plus. Corrigez-la.", pluriel(*longueur, "caractère", "caractères")),
        )),
        Cellule::Fautive(FauteDeCellule::PasUnJour(texte)) => Err((
            "identite_invalide",
            format!("Cette cellule ({texte}) n’est pas un jour du calendrier. Écrivez la date au format JJ/MM/AAAA, par exemple 28/02/1990."),
        )),
    }
}

fn en_erreur(erreur: &str) -> (&'static str, String) {
    let phrase =
        format!("Cette cellule affiche l’erreur « {erreur} ». Corrigez la formule, ou écrivez la valeur.");
    ("cellule_en_erreur", phrase)
}

/// « #N/A », « #REF! », « #NOM? », « ##### », « Err:502 »: what a spreadsheet shows in place of a value, once it is saved as text.
fn est_une_erreur(texte: &str) -> bool {
    let diese = texte.starts_with('#');
    diese && (texte.ends_with(['!', '?', '#']) || ["#N/A", "#N/D"].contains(&texte))
        || texte.strip_prefix("Err:").is_some_and(|suite| suite.bytes().all(|c| c.is_ascii_digit()))
}

/// « LefÃ¨vre »: UTF-8 that was once read as Windows-1252.
fn mal_decode(texte: &str) -> bool {
    let (octets, _, inconnus) = WINDOWS_1252.encode(texte);
    !inconnus && !octets.is_ascii() && std::str::from_utf8(&octets).is_ok()
}

/// Merged cells of the columns that are read: the spreadsheet keeps one value, the others are lost.
fn fusionnees(fusion: &Fusion, feuille: &Feuille, colonnes: &Colonnes) -> Option<Anomalie> {
    let (premiere, derniere) = fusion.lignes;
    let rangee = feuille.rangees.iter().find(|rangee| (premiere..=derniere).contains(&rangee.ligne))?;
    let (de, a) = fusion.colonnes;
    let (_, champ) = colonnes.champs.range(de..=a.max(de)).next()?;
    let place = format!("{}{premiere}:{}{derniere}", lettre(de), lettre(a));
    let message = format!(
        "Les cellules {place} sont fusionnées à partir de la colonne {} : une seule valeur y tient. Défusionnez-les, et remplissez chacune.",
        citer(entete(*champ))
    );
    Some(Anomalie::bloquante(rangee.ligne, *champ, "cellules_fusionnees", message))
}
