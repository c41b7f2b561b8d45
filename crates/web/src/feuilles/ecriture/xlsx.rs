//! XLSX: texts are texts, whatever they begin with, and stay so when the sheet is saved as CSV.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Tableau, en_texte, est_une_formule};
use crate::feuilles::{Cellule, FauteDeCellule, SANS_VALEUR};

const JOUR: &str = "dd/mm/yyyy";

pub(super) fn ecrire(tableau: &Tableau) -> Result<Vec<u8>, XlsxError> {
    let mut classeur = Workbook::new();
    let feuille = classeur.add_worksheet();
    feuille.set_name(&tableau.nom)?;
    feuille.set_formula_result_default("");
    for (colonne, largeur) in (0..).zip(tableau.largeurs()) {
        feuille.set_column_width(colonne, u32::try_from(largeur).unwrap_or(60))?;
    }
    for colonne in &tableau.jours {
        let colonne = u16::try_from(*colonne).unwrap_or(u16::MAX);
        feuille.set_column_format(colonne, &Format::new().set_num_format(JOUR))?;
    }
    let titres = tableau.titres();
    feuille.set_freeze_panes(u32::try_from(titres + 1).unwrap_or(1), 0)?;
    for (rang, rangee) in tableau.rangees.iter().enumerate() {
        let ligne = u32::try_from(rang).unwrap_or(u32::MAX);
        for (colonne, cellule) in (0..).zip(rangee) {
            if let Some(cellule) = cellule {
                poser(feuille, (ligne, colonne), cellule, rang == titres)?;
            }
        }
    }
    classeur.save_to_buffer()
}

fn poser(
    feuille: &mut Worksheet,
    (ligne, colonne): (u32, u16),
    cellule: &Cellule,
    titre: bool,
) -> Result<(), XlsxError> {
    match cellule {
        Cellule::Nombre(nombre) => feuille.write_number(ligne, colonne, *nombre)?,
        Cellule::Jour(jour) => match le_jour(*jour) {
            Some(date) => feuille.write_datetime_with_format(
                ligne,
                colonne,
                date,
                &Format::new().set_num_format(JOUR),
            )?,
            None => feuille.write_string(ligne, colonne, cellule.texte())?,
        },
        Cellule::Texte(texte) if est_une_formule(texte) => {
            feuille.write_string_with_format(ligne, colonne, texte, &Format::new().set_quote_prefix())?
        }
        Cellule::Texte(texte) if titre => {
            feuille.write_string_with_format(ligne, colonne, texte, &Format::new().set_bold())?
        }
        Cellule::Texte(texte) => feuille.write_string(ligne, colonne, texte)?,
        Cellule::Fautive(FauteDeCellule::Booleen(vrai)) => feuille.write_boolean(ligne, colonne, *vrai)?,
        Cellule::Fautive(FauteDeCellule::FormuleSansValeur) => {
            feuille.write_formula(ligne, colonne, SANS_VALEUR)?
        }
        Cellule::Fautive(faute) => feuille.write_string(ligne, colonne, en_texte(faute, cellule))?,
    };
    Ok(())
}

/// The day as Excel counts it; none before 1900.
fn le_jour(jour: jiff::civil::Date) -> Option<ExcelDateTime> {
    let (annee, mois, jour) =
        (u16::try_from(jour.year()).ok()?, u8::try_from(jour.month()).ok()?, u8::try_from(jour.day()).ok()?);
    ExcelDateTime::from_ymd(annee, mois, jour).ok()
}
