//! Text with separators, numbered as the spreadsheet that opens it numbers its rows.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Feuille, Illisible, Moisson};
use crate::feuilles::Cellule;

/// Separators, the likeliest first.
const SEPARATEURS: [u8; 3] = [b';', b'\t', b','];
/// Lines that are looked at to find the separator.
const LIGNES_REGARDEES: usize = 20;

/// Reads a text; the separator is the one that parts its first rows most often.
///
/// # Errors
///
/// Nothing but blanks, or a quotation mark that nothing closes.
pub(super) fn lire(texte: &str) -> Result<Moisson, Illisible> {
    let texte = texte.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let (impose, texte) = declaration(&texte);
    if texte.trim().is_empty() {
        return Err(Illisible::Vide);
    }
    let separateur = impose.unwrap_or_else(|| deviner(texte));
    let mut lecteur = ReaderBuilder::new()
        .delimiter(separateur)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .from_reader(texte.as_bytes());
    let mut moisson = Moisson::default();
    moisson.feuille(String::new(), false)?;
    let mut record = StringRecord::new();
    let (mut ligne, mut colonnes) = (0, 0);
    while lecteur.read_record(&mut record).map_err(|_| Illisible::Abime)? {
        // The reader skips empty lines; the spreadsheet shows them.
        let debut = record.position().map_or(0, csv::Position::byte);
        let sautees =
            texte.as_bytes()[usize::try_from(debut).unwrap_or(0)..].iter().take_while(|o| **o == b'\n');
        ligne += 1 + u32::try_from(sautees.count()).unwrap_or(u32::MAX / 2);
        if colonnes == 0 {
            colonnes = record.len();
        }
        if record.iter().any(|cellule| tient_une_rangee(cellule, char::from(separateur), colonnes)) {
            return Err(Illisible::GuillemetOuvert { ligne });
        }
        for (colonne, cellule) in (0..).zip(record.iter()) {
            if !moisson.poser(ligne, colonne, Cellule::de(sans_apostrophe(cellule)))? {
                return Ok(moisson);
            }
        }
    }
    // On the last row, a quotation mark that nothing closes swallows less than a row.
    let ouvert = texte.matches('"').count() % 2 == 1
        && moisson.feuilles.last().is_some_and(|f| derniere_a_avale(f, char::from(separateur)));
    if ouvert { Err(Illisible::GuillemetOuvert { ligne }) } else { Ok(moisson) }
}

/// A text before which an apostrophe was put so that it is no formula.
fn sans_apostrophe(cellule: &str) -> &str {
    match cellule.strip_prefix('\'') {
        Some(formule) if formule.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => formule,
        _ => cellule,
    }
}

/// `sep=;`, by which a file tells Excel its separator: Excel does not show this line.
fn declaration(texte: &str) -> (Option<u8>, &str) {
    let (premiere, reste) = texte.split_once('\n').unwrap_or((texte, ""));
    match premiere.trim().trim_matches('"').strip_prefix("sep=").map(str::as_bytes) {
        Some([separateur]) => (Some(*separateur), reste),
        _ => (None, texte),
    }
}

/// The separator that parts the first rows most often, quoted cells left out; in each row it counts as often as in the
/// titles at most, so that neither a title nor a remark with many commas decides for the others.
fn deviner(texte: &str) -> u8 {
    let lignes = || texte.lines().filter(|ligne| !ligne.trim().is_empty()).take(LIGNES_REGARDEES);
    let combien = |ligne: &str, separateur: u8| {
        ligne.split('"').step_by(2).flat_map(str::bytes).filter(|octet| *octet == separateur).count()
    };
    let poids = |separateur: u8| {
        let titres = lignes().next().map_or(0, |titres| combien(titres, separateur));
        lignes().map(|ligne| combien(ligne, separateur).min(titres)).sum::<usize>()
    };
    let mut choisi = SEPARATEURS[0];
    for separateur in SEPARATEURS {
        if poids(choisi) < poids(separateur) {
            choisi = separateur;
        }
    }
    choisi
}

/// Whether a cell written on several lines holds a whole row: a quotation mark that is not closed has swallowed it.
fn tient_une_rangee(cellule: &str, separateur: char, colonnes: usize) -> bool {
    let une_rangee = |ligne: &str| 1 < colonnes && colonnes <= ligne.matches(separateur).count() + 1;
    cellule.contains('\n') && cellule.split('\n').any(une_rangee)
}

/// Whether a cell of the last row holds what parts cells and rows.
fn derniere_a_avale(feuille: &Feuille, separateur: char) -> bool {
    let avale =
        |cellule: &Cellule| matches!(cellule, Cellule::Texte(texte) if texte.contains(['\n', separateur]));
    feuille.rangees.last().is_some_and(|rangee| rangee.cellules.values().any(avale))
}
