//! ODS: the one part that holds the sheets, read from its beginning to its end.
//!
//! Not with calamine, which makes as many copies of a cell as the file says that it is repeated: a few hundred bytes
//! could ask for gigabytes.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::{Fusion, Illisible, Moisson, archive};
use crate::feuilles::{Cellule, FauteDeCellule};

/// Copies of one cell that are kept: more than any list has columns.
const COPIES: u32 = 64;

/// Reads the sheets of a workbook that `archive` has found sound.
///
/// # Errors
///
/// Damaged.
pub(super) fn lire(octets: &[u8]) -> Result<Moisson, Illisible> {
    let mut archive = archive::ouvrir(octets)?;
    let contenu = archive::partie(&mut archive, "content.xml")?.ok_or(Illisible::Abime)?;
    let mut lecteur = Reader::from_str(&contenu);
    lecteur.config_mut().expand_empty_elements = true;
    let mut lecture = Lecture::default();
    loop {
        match lecteur.read_event().map_err(|_| Illisible::Abime)? {
            Event::Start(balise) => lecture.ouvrir(&balise)?,
            Event::End(balise) => lecture.fermer(balise.local_name().as_ref())?,
            Event::Text(texte) => lecture.ecrire(&texte.xml10_content()),
            Event::CData(texte) => lecture.ecrire(&texte.xml10_content()),
            Event::GeneralRef(reference) => {
                let nommee = match &*reference.xml10_content() {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().map_err(|_| Illisible::Abime)?,
                };
                lecture.ecrire(nommee.ok_or(Illisible::Abime)?.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(Illisible::XmlInterdit),
            Event::Eof => return Ok(lecture.moisson),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Where the reading stands.
#[derive(Default)]
struct Lecture {
    moisson: Moisson,
    style: String,
    styles_caches: BTreeSet<String>,
    /// Tables within cells and within tables: only the outer ones are sheets.
    profondeur: u32,
    /// The number of the row being read, and how often it is repeated.
    ligne: u32,
    lignes_repetees: u32,
    rangee: Vec<(u32, Cellule)>,
    masquee: bool,
    /// The column being read; those that are not shown.
    colonne: u32,
    colonnes_masquees: Vec<RangeInclusive<u32>>,
    cellule: Option<EnCours>,
    /// Within a note or a tracked change, whose text is not the cell's.
    a_part: u32,
    dans_un_paragraphe: u32,
}

/// The cell being read.
struct EnCours {
    repetee: u32,
    formule: bool,
    genre: String,
    valeur: String,
    texte: String,
    paragraphes: u32,
    fusion: (u32, u32),
}

impl Lecture {
    fn ouvrir(&mut self, balise: &BytesStart<'_>) -> Result<(), Illisible> {
        match balise.local_name().as_ref() {
            "style" => self.style = attribut(balise, "name")?.unwrap_or_default(),
            "table-properties" if attribut(balise, "display")?.as_deref() == Some("false") => {
                self.styles_caches.insert(self.style.clone());
            }
            "annotation" | "tracked-changes" | "shapes" => self.a_part += 1,
            _ if 0 < self.a_part => {}
            "table" => {
                self.profondeur += 1;
                if self.profondeur == 1 {
                    let style = attribut(balise, "style-name")?.unwrap_or_default();
                    let nom = attribut(balise, "name")?.unwrap_or_default();
                    self.moisson.feuille(nom, self.styles_caches.contains(&style))?;
                    self.ligne = 0;
                    self.lignes_repetees = 1;
                    self.colonne = 0;
                    self.colonnes_masquees.clear();
                }
            }
            "table-column" if self.profondeur == 1 => {
                let suivante = self.colonne.saturating_add(nombre(balise, "number-columns-repeated")?);
                if est_masquee(balise)? {
                    self.colonnes_masquees.push(self.colonne..=suivante - 1);
                }
                self.colonne = suivante;
            }
            "table-row" if self.profondeur == 1 => {
                self.masquee = est_masquee(balise)?;
                self.ligne = self.ligne.saturating_add(1);
                self.lignes_repetees = nombre(balise, "number-rows-repeated")?;
                self.colonne = 0;
                self.rangee.clear();
            }
            "table-cell" | "covered-table-cell" if self.profondeur == 1 => self.ouvrir_cellule(balise)?,
            nom => {
                if let Some(cellule) = self.cellule.as_mut() {
                    match nom {
                        "p" | "h" => {
                            if 0 < cellule.paragraphes {
                                cellule.texte.push('\n');
                            }
                            cellule.paragraphes += 1;
                            self.dans_un_paragraphe += 1;
                        }
                        "s" => {
                            let combien = nombre(balise, "c")?.min(1_000);
                            cellule.texte.extend(std::iter::repeat_n(' ', combien as usize));
                        }
                        "tab" => cellule.texte.push('\t'),
                        "line-break" => cellule.texte.push('\n'),
                        _ => {}
                    }
                }
            }
        }
        Ok(())
    }

    fn ouvrir_cellule(&mut self, balise: &BytesStart<'_>) -> Result<(), Illisible> {
        let genre = attribut(balise, "value-type")?.unwrap_or_default();
        let valeur = match genre.as_str() {
            "date" => attribut(balise, "date-value")?,
            "time" => attribut(balise, "time-value")?,
            "boolean" => attribut(balise, "boolean-value")?,
            "string" => attribut(balise, "string-value")?,
            _ => attribut(balise, "value")?,
        };
        self.cellule = Some(EnCours {
            repetee: nombre(balise, "number-columns-repeated")?,
            formule: attribut(balise, "formula")?.is_some(),
            genre,
            valeur: valeur.unwrap_or_default(),
            texte: String::new(),
            paragraphes: 0,
            fusion: (nombre(balise, "number-rows-spanned")?, nombre(balise, "number-columns-spanned")?),
        });
        Ok(())
    }

    fn ecrire(&mut self, texte: &str) {
        if self.a_part == 0
            && 0 < self.dans_un_paragraphe
            && let Some(cellule) = self.cellule.as_mut()
        {
            cellule.texte.push_str(texte);
        }
    }

    fn fermer(&mut self, nom: &str) -> Result<(), Illisible> {
        match nom {
            "annotation" | "tracked-changes" | "shapes" => self.a_part = self.a_part.saturating_sub(1),
            _ if 0 < self.a_part => {}
            "table" => self.fermer_table(),
            "table-row" if self.profondeur == 1 => self.fermer_rangee()?,
            "table-cell" | "covered-table-cell" if self.profondeur == 1 => self.fermer_cellule(),
            "p" | "h" => self.dans_un_paragraphe = self.dans_un_paragraphe.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    fn fermer_cellule(&mut self) {
        let Some(cellule) = self.cellule.take() else { return };
        let (lignes, colonnes) = cellule.fusion;
        if 1 < lignes || 1 < colonnes {
            self.moisson.fusion(Fusion {
                lignes: (self.ligne, self.ligne.saturating_add(lignes - 1)),
                colonnes: (self.colonne, self.colonne.saturating_add(colonnes - 1)),
            });
        }
        let repetee = cellule.repetee;
        if let Some(valeur) = cellule.valeur() {
            for rang in 0..repetee.min(COPIES) {
                self.rangee.push((self.colonne.saturating_add(rang), valeur.clone()));
            }
        }
        self.colonne = self.colonne.saturating_add(repetee);
    }

    fn fermer_table(&mut self) {
        if self.profondeur == 1
            && let Some(feuille) = self.moisson.feuilles.last_mut()
        {
            for colonnes in &self.colonnes_masquees {
                feuille.masquer_les_colonnes(colonnes);
            }
        }
        self.profondeur = self.profondeur.saturating_sub(1);
    }

    fn fermer_rangee(&mut self) -> Result<(), Illisible> {
        let derniere = self.ligne.saturating_add(self.lignes_repetees - 1);
        'rangees: for ligne in self.ligne..=derniere {
            if self.rangee.is_empty() {
                break;
            }
            for (colonne, cellule) in &self.rangee {
                if !self.moisson.poser(ligne, *colonne, cellule.clone())? {
                    break 'rangees;
                }
            }
            if let Some(feuille) = self.moisson.feuilles.last_mut().filter(|_| self.masquee) {
                feuille.masquer_la_ligne(ligne);
            }
        }
        self.ligne = derniere;
        Ok(())
    }
}

impl EnCours {
    /// The value that the cell shows; a formula's is the one that was saved with it.
    fn valeur(self) -> Option<Cellule> {
        let pas_un_jour = |texte: String| Cellule::Fautive(FauteDeCellule::PasUnJour(texte));
        let cellule = match self.genre.as_str() {
            "date" => {
                let jour = self.valeur.get(..10).and_then(|debut| debut.parse().ok());
                jour.map_or_else(|| pas_un_jour(self.texte), Cellule::Jour)
            }
            "time" => pas_un_jour(self.texte),
            "boolean" => Cellule::Fautive(FauteDeCellule::Booleen(self.valeur == "true")),
            "float" | "percentage" | "currency" => match self.valeur.parse() {
                Ok(nombre) => Cellule::nombre(nombre),
                Err(_) => Cellule::de(&self.texte),
            },
            _ if self.formule && (self.texte.starts_with('#') || self.texte.starts_with("Err:")) => {
                Cellule::Fautive(FauteDeCellule::Erreur(self.texte))
            }
            _ if self.paragraphes == 0 && !self.valeur.is_empty() => Cellule::de(&self.valeur),
            _ if self.formule && self.genre.is_empty() && self.texte.is_empty() => {
                Cellule::Fautive(FauteDeCellule::FormuleSansValeur)
            }
            _ => Cellule::de(&self.texte),
        };
        (!cellule.est_vide()).then_some(cellule)
    }
}

/// Whether a row or a column is hidden, or filtered away.
fn est_masquee(balise: &BytesStart<'_>) -> Result<bool, Illisible> {
    Ok(attribut(balise, "visibility")?
        .is_some_and(|visible| ["collapse", "filter"].contains(&visible.as_str())))
}

/// The value of an attribute by its local name.
pub(super) fn attribut(balise: &BytesStart<'_>, nom: &str) -> Result<Option<String>, Illisible> {
    for attribut in balise.attributes().with_checks(false) {
        let attribut = attribut.map_err(|_| Illisible::Abime)?;
        if attribut.key.local_name().as_ref() == nom {
            let valeur = attribut.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Illisible::Abime)?;
            return Ok(Some(valeur.into_owned()));
        }
    }
    Ok(None)
}

/// How often: 1 when nothing is said.
fn nombre(balise: &BytesStart<'_>, nom: &str) -> Result<u32, Illisible> {
    match attribut(balise, nom)? {
        None => Ok(1),
        Some(texte) => texte.trim().parse().ok().filter(|nombre| 0 < *nombre).ok_or(Illisible::Abime),
    }
}
