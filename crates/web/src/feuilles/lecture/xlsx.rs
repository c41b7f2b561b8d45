//! XLSX: each sheet cell by cell, so that one cell at the far end of a sheet costs no more than another.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};
use jiff::civil::Date;

use super::{Fusion, Illisible, Moisson, masquees};
use crate::feuilles::{Cellule, FauteDeCellule, SANS_VALEUR};

/// Reads the sheets of a workbook that `archive` has found sound.
///
/// # Errors
///
/// Damaged, or protected.
pub(super) fn lire(octets: &[u8]) -> Result<Moisson, Illisible> {
    let mut classeur: Xlsx<_> = Xlsx::new(Cursor::new(octets)).map_err(|faute| dire(&faute))?;
    let feuilles = classeur.sheets_metadata().iter().filter(|feuille| feuille.typ == SheetType::WorkSheet);
    let feuilles: Vec<(String, bool)> =
        feuilles.map(|feuille| (feuille.name.clone(), feuille.visible != SheetVisible::Visible)).collect();
    let mut moisson = Moisson::default();
    for (nom, cachee) in feuilles {
        moisson.feuille(nom.clone(), cachee)?;
        une(&mut classeur, &nom, &mut moisson).map_err(|faute| match faute {
            Faute::Lecture(faute) => dire(&faute),
            Faute::Mesure(illisible) => illisible,
        })?;
    }
    masquees::noter(octets, &mut moisson.feuilles)?;
    Ok(moisson)
}

/// What stops the reading of a sheet.
enum Faute {
    Lecture(XlsxError),
    Mesure(Illisible),
}

impl From<XlsxError> for Faute {
    fn from(faute: XlsxError) -> Self {
        Self::Lecture(faute)
    }
}

fn une(classeur: &mut Xlsx<Cursor<&[u8]>>, nom: &str, moisson: &mut Moisson) -> Result<(), Faute> {
    for fusion in classeur.merge_cells_by_sheet_name(nom)? {
        moisson.fusion(Fusion {
            lignes: (fusion.start.0.saturating_add(1), fusion.end.0.saturating_add(1)),
            colonnes: (fusion.start.1, fusion.end.1),
        });
    }
    let mut cellules = classeur.worksheet_cells_reader(nom)?;
    while let Some(lue) = cellules.next_cell_with_formula_metadata()? {
        let Some(cellule) = cellule(lue.value, lue.formula.as_ref()) else { continue };
        let (ligne, colonne) = lue.pos;
        if !moisson.poser(ligne.saturating_add(1), colonne, cellule).map_err(Faute::Mesure)? {
            break;
        }
    }
    Ok(())
}

/// The value of a cell; of a formula, the result that was saved with it.
fn cellule(valeur: DataRef<'_>, formule: Option<&XlsxFormulaMetadata>) -> Option<Cellule> {
    let pas_un_jour = |texte: String| Cellule::Fautive(FauteDeCellule::PasUnJour(texte));
    Some(match valeur {
        DataRef::Empty if formule.is_some() => Cellule::Fautive(FauteDeCellule::FormuleSansValeur),
        DataRef::Empty => return None,
        DataRef::String(texte) if texte.is_empty() && formule.is_some_and(est_sans_valeur) => {
            Cellule::Fautive(FauteDeCellule::FormuleSansValeur)
        }
        DataRef::String(texte) => Cellule::de(&texte),
        DataRef::SharedString(texte) => Cellule::de(texte),
        DataRef::Int(nombre) => Cellule::de(&nombre.to_string()),
        DataRef::Float(nombre) => Cellule::nombre(nombre),
        DataRef::Bool(vrai) => Cellule::Fautive(FauteDeCellule::Booleen(vrai)),
        DataRef::DateTime(moment) if moment.is_duration() || !(1.0..f64::MAX).contains(&moment.as_f64()) => {
            pas_un_jour(moment.as_f64().to_string())
        }
        DataRef::DateTime(moment) => {
            let (annee, mois, jour, ..) = moment.to_ymd_hms_milli();
            le_jour(annee, mois, jour).map_or_else(|| pas_un_jour(moment.as_f64().to_string()), Cellule::Jour)
        }
        DataRef::DateTimeIso(texte) => {
            let jour = texte.get(..10).and_then(|debut| debut.parse().ok());
            jour.map_or_else(|| pas_un_jour(texte), Cellule::Jour)
        }
        DataRef::DurationIso(texte) => pas_un_jour(texte),
        DataRef::Error(erreur) => Cellule::Fautive(FauteDeCellule::Erreur(erreur.to_string())),
    })
}

/// Whether a formula is the one that never has a value: a blank result of it is none.
fn est_sans_valeur(formule: &XlsxFormulaMetadata) -> bool {
    matches!(formule, XlsxFormulaMetadata::Normal { formula } if formula == SANS_VALEUR)
}

fn le_jour(annee: u16, mois: u8, jour: u8) -> Option<Date> {
    Date::new(i16::try_from(annee).ok()?, i8::try_from(mois).ok()?, i8::try_from(jour).ok()?).ok()
}

fn dire(faute: &XlsxError) -> Illisible {
    match faute {
        XlsxError::Password => Illisible::Protege,
        _ => Illisible::Abime,
    }
}
