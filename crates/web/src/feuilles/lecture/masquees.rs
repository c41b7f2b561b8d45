//! Rows and columns that a workbook of Excel does not show, which calamine does not say.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ods::attribut;
use super::{Feuille, Illisible, archive};

/// Notes the hidden rows and columns of sheets that were read.
///
/// # Errors
///
/// Damaged.
pub(super) fn noter(octets: &[u8], feuilles: &mut [Feuille]) -> Result<(), Illisible> {
    let classeur = relations(octets, "_rels/.rels")?;
    let classeur = classeur.values().find(|(genre, _)| genre.ends_with("/officeDocument"));
    let Some((_, classeur)) = classeur else { return Ok(()) };
    let (dossier, nom) = classeur.rsplit_once('/').unwrap_or(("", classeur));
    let liens = relations(octets, &format!("{dossier}/_rels/{nom}.rels"))?;
    let mut places = BTreeMap::new();
    parcourir(octets, classeur, "sheets", |balise| {
        if balise.local_name().as_ref() == "sheet"
            && let (Some(nom), Some(id)) = (attribut(balise, "name")?, attribut(balise, "id")?)
            && let Some((_, cible)) = liens.get(&id)
        {
            let place = if cible.starts_with('/') { cible.clone() } else { format!("{dossier}/{cible}") };
            places.entry(nom).or_insert(place);
        }
        Ok(())
    })?;
    for feuille in feuilles {
        if let Some(place) = places.get(&feuille.nom) {
            une(octets, place, feuille)?;
        }
    }
    Ok(())
}

fn une(octets: &[u8], place: &str, feuille: &mut Feuille) -> Result<(), Illisible> {
    let mut ligne: u32 = 0;
    parcourir(octets, place, "sheetData", |balise| {
        match balise.local_name().as_ref() {
            "row" => {
                ligne = nombre(balise, "r")?.unwrap_or_else(|| ligne.saturating_add(1));
                if est_masque(balise, "ht")? {
                    feuille.masquer_la_ligne(ligne);
                }
            }
            "col" if est_masque(balise, "width")? => {
                if let (Some(de), Some(a)) = (nombre(balise, "min")?, nombre(balise, "max")?) {
                    feuille.masquer_les_colonnes(&(de.saturating_sub(1)..=a.saturating_sub(1)));
                }
            }
            _ => {}
        }
        Ok(())
    })
}

/// Shows each opening tag of a part, up to the end of this element; none when there is no such part.
fn parcourir(
    octets: &[u8],
    place: &str,
    fin: &str,
    mut voir: impl FnMut(&BytesStart<'_>) -> Result<(), Illisible>,
) -> Result<(), Illisible> {
    let mut archive = archive::ouvrir(octets)?;
    let place = place.trim_start_matches('/');
    let nom = archive.file_names().flatten().find(|nom| nom.eq_ignore_ascii_case(place)).map(Into::into);
    let nom: String = nom.unwrap_or_default();
    let Some(texte) = archive::partie(&mut archive, &nom)? else { return Ok(()) };
    let mut lecteur = Reader::from_str(&texte);
    lecteur.config_mut().check_end_names = false;
    loop {
        match lecteur.read_event().map_err(|_| Illisible::Abime)? {
            Event::Start(balise) | Event::Empty(balise) => voir(&balise)?,
            Event::End(balise) if balise.local_name().as_ref() == fin => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The relations that a part lists: kind and target of each, by its id.
fn relations(octets: &[u8], place: &str) -> Result<BTreeMap<String, (String, String)>, Illisible> {
    let mut liens = BTreeMap::new();
    parcourir(octets, place, "Relationships", |balise| {
        if let (Some(id), Some(genre), Some(cible)) =
            (attribut(balise, "Id")?, attribut(balise, "Type")?, attribut(balise, "Target")?)
        {
            liens.insert(id, (genre, cible));
        }
        Ok(())
    })?;
    Ok(liens)
}

/// Whether a row or a column is hidden, or of no size, which shows no more of it.
fn est_masque(balise: &BytesStart<'_>, taille: &str) -> Result<bool, Illisible> {
    let masque = attribut(balise, "hidden")?.is_some_and(|dit| ["1", "true"].contains(&dit.as_str()));
    let nulle = attribut(balise, taille)?.and_then(|dite| dite.parse::<f64>().ok()).is_some_and(|t| t <= 0.0);
    Ok(masque || nulle)
}

fn nombre(balise: &BytesStart<'_>, nom: &str) -> Result<Option<u32>, Illisible> {
    Ok(attribut(balise, nom)?.and_then(|texte| texte.parse().ok()))
}
