//! CSV as French spreadsheets open it: UTF-8 with its mark, semicolons. What would be a formula gets an apostrophe
//! before it, which [`crate::feuilles::lecture`] takes off again.

use super::{Tableau, en_texte, est_une_formule};
use crate::feuilles::Cellule;

pub(super) fn ecrire(tableau: &Tableau) -> Vec<u8> {
    let mut texte = String::from("\u{feff}");
    for rangee in &tableau.rangees {
        for (rang, cellule) in rangee.iter().enumerate() {
            if rang > 0 {
                texte.push(';');
            }
            texte.push_str(&proteger(&cellule.as_ref().map(neutre).unwrap_or_default()));
        }
        texte.push_str("\r\n");
    }
    texte.into_bytes()
}

fn neutre(cellule: &Cellule) -> String {
    match cellule {
        Cellule::Texte(texte) if est_une_formule(texte) => format!("'{texte}"),
        Cellule::Nombre(nombre) => nombre.to_string().replace('.', ","),
        Cellule::Fautive(faute) => en_texte(faute, cellule),
        Cellule::Texte(_) | Cellule::Jour(_) => cellule.texte(),
    }
}

fn proteger(texte: &str) -> String {
    if texte.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", texte.replace('"', "\"\""))
    } else {
        texte.to_owned()
    }
}
