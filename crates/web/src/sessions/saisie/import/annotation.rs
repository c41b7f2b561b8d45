//! The list as it comes back to who sent it: every cell at its place, with the answers and a column « Anomalies ».

use std::collections::{BTreeMap, BTreeSet};

use forprev_domain::identite::ChampIdentite;

use super::fichiers::FEUILLE;
use crate::feuilles::ecriture::Tableau;
use crate::feuilles::lecture::Feuille;
use crate::feuilles::{Cellule, FauteDeCellule};
use crate::sessions::import::colonnes::{ANOMALIES, Colonnes, entete};
use crate::sessions::import::{Anomalie, Decision, Decisions, Envoi};

/// Empty rows that are kept between two lines, at most: a list is no place for millions.
const VIDES: u32 = 100;
/// Columns that a spreadsheet has.
const COLONNES: u32 = 16_384;
/// Columns of a list, most generously.
const PROCHES: u32 = 256;
/// Places of a sheet, blank ones included, up to which cells stay in far columns.
const PLACES: u32 = 500_000;

/// The column « Numéro FORPREV » of a list, or one where nothing stands; none when there is no room for it.
pub(super) fn colonne_des_reponses(feuille: &Feuille, colonnes: &Colonnes) -> Option<u32> {
    colonnes.de(ChampIdentite::Numero).or_else(|| colonne_libre(feuille, None))
}

/// The sheet as it was sent, each row at its place, with what was answered in the column `reponses`, which is added if
/// there is something to answer, and what is to be said of each line in one more column.
pub(super) fn annoter(
    envoi: &Envoi,
    colonnes: &Colonnes,
    reponses: Option<u32>,
    anomalies: &[Anomalie],
    decisions: &Decisions,
) -> Tableau {
    let rangees = &envoi.feuille.rangees;
    let demandee = !decisions.is_empty() || anomalies.iter().any(|anomalie| anomalie.a_trancher);
    let ajoutee = reponses.filter(|_| demandee && colonnes.de(ChampIdentite::Numero).is_none());
    let siennes = colonnes.anomalies.filter(|c| *c < PROCHES);
    let colonne = siennes.or_else(|| colonne_libre(&envoi.feuille, ajoutee));
    let mut dites: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for anomalie in anomalies {
        if let Some(ligne) = anomalie.ligne {
            dites.entry(ligne).or_default().push(dire(anomalie));
        }
    }
    // Pasted lines without headers begin on line 1: their headers are put above them.
    let decalage = u32::from(rangees.first().is_some_and(|premiere| premiere.ligne == 0));
    let mut reste = PLACES;
    let mut tableau = Tableau { nom: FEUILLE.to_owned(), ..Tableau::default() };
    for (rang, rangee) in rangees.iter().enumerate() {
        let place = (rangee.ligne + decalage).saturating_sub(1).min(rangees_de(&tableau) + VIDES);
        tableau.rangees.resize(place as usize, Vec::new());
        let (reponse, remarque) = match rang {
            0 => (ajoutee.map(|_| Cellule::de(entete(ChampIdentite::Numero))), Some(ANOMALIES.to_owned())),
            _ => (
                decisions.get(&rangee.ligne).map(Decision::en_cellule),
                dites.get(&rangee.ligne).map(|dites| dites.join("\n")),
            ),
        };
        let mut cellules = rangee.cellules.clone();
        cellules.retain(|place, _| colonnes.anomalies != Some(*place));
        cellules.extend(reponses.zip(reponse));
        if 0 < rang {
            defusionner(&mut cellules, rangee.ligne, &envoi.feuille, colonnes);
        }
        if COLONNES.min(reste) < largeur(&cellules) {
            rapprocher(&mut cellules, colonnes, [ajoutee, colonne]);
        }
        cellules.extend(colonne.zip(remarque.map(Cellule::Texte)));
        let derniere = largeur(&cellules).min(COLONNES);
        reste = reste.saturating_sub(derniere);
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
fn rapprocher(cellules: &mut BTreeMap<u32, Cellule>, colonnes: &Colonnes, ajoutees: [Option<u32>; 2]) {
    let lointaines = cellules.split_off(&PROCHES);
    let titres = colonnes.champs.keys().chain(colonnes.inconnues.keys());
    let prises: BTreeSet<u32> =
        titres.chain(cellules.keys()).chain(ajoutees.iter().flatten()).copied().collect();
    let libres = (0..COLONNES).filter(|place| !prises.contains(place));
    cellules.extend(libres.zip(lointaines.into_values()));
}

/// The first column after the headers in which nothing is written, or before them if they go far.
fn colonne_libre(feuille: &Feuille, sauf: Option<u32>) -> Option<u32> {
    let ecrites = feuille.rangees.iter().flat_map(|rangee| rangee.cellules.keys().copied());
    let prises: BTreeSet<u32> = ecrites.chain(sauf).collect();
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
