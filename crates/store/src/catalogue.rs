//! The catalogue that a new installation starts with, from one readable file inside the program.

use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau, NiveauDuCatalogue};
use jiff::civil::Date;
use serde::Deserialize;

use crate::{Db, StoreError, dispositifs};

const FICHIER: &str = include_str!("../catalogue.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    dispositif: Vec<Entree>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entree {
    code: String,
    libelle: String,
    a_partir_du: Date,
    acteur: Option<Valeurs>,
    formateur: Option<Valeurs>,
    formateur_de_formateurs: Option<Valeurs>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Valeurs {
    groupe: [u16; 2],
    validite_mois: Option<u16>,
    heures_initiale: Option<u16>,
    heures_mac: Option<u16>,
}

/// Fills the catalogue of an empty database; true when it was empty. What an administrateur has
/// changed since is never touched.
///
/// # Errors
/// [`StoreError`].
pub fn amorcer(db: &Db) -> Result<bool, StoreError> {
    let premiers = premiers()?;
    db.write(|tx| dispositifs::amorcer(tx, &premiers))
}

/// Returns the dispositifs of the file.
///
/// # Errors
/// [`StoreError::Interne`] when the file inside the program cannot be read, which a test excludes.
pub fn premiers() -> Result<Vec<Dispositif>, StoreError> {
    let fichier: Fichier =
        toml::from_str(FICHIER).map_err(|e| StoreError::Interne(format!("catalogue.toml: {e}")))?;
    fichier.dispositif.into_iter().map(dispositif).collect()
}

fn dispositif(entree: Entree) -> Result<Dispositif, StoreError> {
    let code = CodeDispositif::parse(&entree.code)
        .ok_or_else(|| StoreError::Interne(format!("catalogue.toml: « {} » is no code", entree.code)))?;
    let niveaux = [
        (Niveau::Acteur, entree.acteur),
        (Niveau::Formateur, entree.formateur),
        (Niveau::FormateurDeFormateurs, entree.formateur_de_formateurs),
    ];
    let niveaux = niveaux.into_iter().filter_map(|(niveau, valeurs)| Some(du_niveau(niveau, valeurs?)));
    Ok(Dispositif {
        code,
        libelle: entree.libelle,
        a_partir_du: entree.a_partir_du,
        niveaux: niveaux.collect(),
    })
}

fn du_niveau(niveau: Niveau, valeurs: Valeurs) -> NiveauDuCatalogue {
    let [groupe_min, groupe_max] = valeurs.groupe;
    NiveauDuCatalogue {
        niveau,
        groupe_min,
        groupe_max,
        validite_mois: valeurs.validite_mois,
        heures_initiale: valeurs.heures_initiale,
        heures_mac: valeurs.heures_mac,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_catalogue_du_depot_se_lit() {
        let lignes: Vec<String> = premiers()
            .expect("reads")
            .iter()
            .flat_map(|d| d.niveaux.iter().map(move |n| (d, n)))
            .map(|(d, n)| {
                let heures =
                    [n.heures_initiale, n.heures_mac].map(|h| h.map_or("–".into(), |h| format!("{h} h")));
                let validite = n.validite_mois.map_or("–".into(), |mois| format!("{mois} mois"));
                let groupe = format!("{}–{}", n.groupe_min, n.groupe_max);
                format!("{} {} | {groupe} | {validite} | {}", d.code, n.niveau.code(), heures.join(" | "))
            })
            .collect();
        insta::assert_snapshot!(lignes.join("\n"));
    }
}
