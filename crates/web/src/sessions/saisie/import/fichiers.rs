//! The files that go with an import: the model to fill, the list with a column « Anomalies ».

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::response::Response;
use forprev_domain::identite::ChampIdentite;

use super::super::dossier::ouvrir;
use super::super::{identifiant, vers};
use super::essai::envoi;
use crate::demande::Demande;
use crate::error::Error;
use crate::feuilles::ecriture::{Tableau, telecharger};
use crate::feuilles::lecture::Feuille;
use crate::feuilles::{Cellule, FauteDeCellule, Format};
use crate::saisie::Saisie;
use crate::sessions::import::colonnes::{ANOMALIES, Colonnes, entete};
use crate::sessions::import::recu::essayer_et_montrer;
use crate::sessions::import::{Anomalie, Decisions, Demandee, Envoi};
use crate::sign_in::SignedVisit;

const FEUILLE: &str = "Stagiaires";
/// Empty rows that are kept between two lines, at most: a list is no place for millions.
const VIDES: u32 = 100;
/// Columns that a spreadsheet has.
const COLONNES: u32 = 16_384;
/// Columns of a list, most generously.
const PROCHES: u32 = 256;
/// Places of a sheet, blank ones included, up to which cells stay in far columns.
const PLACES: u32 = 500_000;

/// `GET /modeles/stagiaires.xlsx`, `.ods`, `.csv`
///
/// # Errors
///
/// *Not found* for another file.
pub(super) async fn modele(_visit: SignedVisit, Path(fichier): Path<String>) -> Result<Response, Error> {
    let format =
        fichier.strip_prefix("stagiaires.").and_then(Format::from_extension).ok_or(Error::NotFound)?;
    let entetes = ChampIdentite::TOUS.map(entete);
    let jours = ChampIdentite::TOUS.iter().position(|champ| *champ == ChampIdentite::DateNaissance);
    let tableau = Tableau { jours: jours.into_iter().collect(), ..Tableau::new(FEUILLE, &entetes) };
    telecharger(format, "modele-stagiaires", &tableau)
}

/// `POST /sessions/{id}/stagiaires/import/anomalies`: the list as it was sent, with what is to be said of each line.
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states; *malformed* when the form was tampered with.
pub(super) async fn anomalies(
    visit: SignedVisit,
    Path(id): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    let envoi = envoi(&saisie)?;
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(&id)?)));
    };
    let demandee = Demandee {
        session: dossier.session.id,
        version: None,
        envoi: envoi.clone(),
        decisions: Decisions::new(),
    };
    let examen = essayer_et_montrer(&Demande::from(&visit), demandee).await?;
    let colonnes = Colonnes::lire(&envoi.feuille, dossier.session.niveau()).map_err(Error::Illisible)?;
    let tableau = annoter(&envoi, &colonnes, &examen.anomalies);
    telecharger(envoi.format, "stagiaires-anomalies", &tableau)
}

/// The sheet as it was sent, each row at its place, with one more column.
fn annoter(envoi: &Envoi, colonnes: &Colonnes, anomalies: &[Anomalie]) -> Tableau {
    let rangees = &envoi.feuille.rangees;
    let colonne = colonnes.anomalies.filter(|c| *c < PROCHES).or_else(|| colonne_libre(&envoi.feuille));
    let mut dites: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for anomalie in anomalies {
        if let Some(ligne) = anomalie.ligne {
            dites.entry(ligne).or_default().push(dire(anomalie));
        }
    }
    // Pasted lines without headers begin on line 1: their headers are put above them.
    let decalage = u32::from(rangees.first().is_some_and(|premiere| premiere.ligne == 0));
    let mut places = PLACES;
    let mut tableau = Tableau { nom: FEUILLE.to_owned(), ..Tableau::default() };
    for (rang, rangee) in rangees.iter().enumerate() {
        let place = (rangee.ligne + decalage).saturating_sub(1).min(rangees_de(&tableau) + VIDES);
        tableau.rangees.resize(place as usize, Vec::new());
        let remarque = match rang {
            0 => Some(ANOMALIES.to_owned()),
            _ => dites.get(&rangee.ligne).map(|dites| dites.join("\n")),
        };
        let mut cellules = rangee.cellules.clone();
        cellules.retain(|place, _| colonnes.anomalies != Some(*place));
        if 0 < rang {
            defusionner(&mut cellules, rangee.ligne, &envoi.feuille, colonnes);
        }
        if COLONNES.min(places) < largeur(&cellules) {
            rapprocher(&mut cellules, colonnes, colonne);
        }
        cellules.extend(colonne.zip(remarque.map(Cellule::Texte)));
        let derniere = largeur(&cellules).min(COLONNES);
        places = places.saturating_sub(derniere);
        tableau.rangees.push((0..derniere).map(|colonne| cellules.get(&colonne).cloned()).collect());
    }
    tableau
}

/// Shows as errors the cells of a row that a merge covers: what they should hold is not known.
fn defusionner(cellules: &mut BTreeMap<u32, Cellule>, ligne: u32, feuille: &Feuille, colonnes: &Colonnes) {
    for fusion in &feuille.fusions {
        let ((premiere, derniere), (de, a)) = (fusion.lignes, fusion.colonnes);
        if (premiere..=derniere).contains(&ligne) {
            for (colonne, _) in colonnes.champs.range(de..=a.max(de)) {
                let inconnue = FauteDeCellule::Erreur("#VALEUR!".to_owned());
                cellules.entry(*colonne).or_insert(Cellule::Fautive(inconnue));
            }
        }
    }
}

/// Columns that a row takes, from the first on.
fn largeur(cellules: &BTreeMap<u32, Cellule>) -> u32 {
    cellules.keys().next_back().map_or(0, |colonne| colonne.saturating_add(1))
}

/// Brings far cells, which no header of the model stands above, to places that are under no header either.
fn rapprocher(cellules: &mut BTreeMap<u32, Cellule>, colonnes: &Colonnes, anomalies: Option<u32>) {
    let lointaines = cellules.split_off(&PROCHES);
    let prises: BTreeSet<u32> =
        cellules.keys().chain(colonnes.champs.keys()).chain(colonnes.inconnues.keys()).copied().collect();
    let libres = (0..COLONNES).filter(|place| !prises.contains(place) && anomalies != Some(*place));
    cellules.extend(libres.zip(lointaines.into_values()));
}

/// The first column after the headers in which nothing is written, or before them if they go far.
fn colonne_libre(feuille: &Feuille) -> Option<u32> {
    let prises: BTreeSet<u32> = feuille.rangees.iter().flat_map(|r| r.cellules.keys().copied()).collect();
    let titres = feuille.rangees.first().and_then(|titres| titres.cellules.keys().next_back());
    let debut = titres.map_or(0, |colonne| colonne + 1);
    (debut..PROCHES).chain(0..PROCHES).find(|colonne| !prises.contains(colonne))
}

fn rangees_de(tableau: &Tableau) -> u32 {
    u32::try_from(tableau.rangees.len()).unwrap_or(u32::MAX)
}

/// « Date de naissance : elle ne se lit pas… », with the known persons if any.
fn dire(anomalie: &Anomalie) -> String {
    let colonne = anomalie.colonne.as_ref().map(|colonne| format!("{colonne} : ")).unwrap_or_default();
    let connues = anomalie.propositions.iter().map(|p| {
        format!(" {} : {} {}, {}.", p.numero, p.prenom, p.nom_naissance.to_uppercase(), p.annee_naissance)
    });
    format!("{colonne}{}{}", anomalie.message, connues.collect::<String>())
}
