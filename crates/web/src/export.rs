//! Lists as files that spreadsheets open: UTF-8 with its mark, semicolons, formulas neutralised.

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A CSV file with this name, its headers and its rows.
#[must_use]
pub fn csv<'a>(nom: &str, entetes: &[&str], lignes: impl IntoIterator<Item = &'a Vec<String>>) -> Response {
    let mut texte = String::from("\u{feff}");
    ligne(&mut texte, entetes.iter().copied());
    for cellules in lignes {
        ligne(&mut texte, cellules.iter().map(String::as_str));
    }
    let mut reponse = texte.into_response();
    let headers = reponse.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{nom}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    reponse
}

fn ligne<'a>(texte: &mut String, cellules: impl Iterator<Item = &'a str>) {
    for (rang, cellule) in cellules.enumerate() {
        if rang > 0 {
            texte.push(';');
        }
        let cellule = neutre(cellule);
        if cellule.contains([';', '"', '\n', '\r']) {
            texte.push('"');
            texte.push_str(&cellule.replace('"', "\"\""));
            texte.push('"');
        } else {
            texte.push_str(&cellule);
        }
    }
    texte.push_str("\r\n");
}

/// The cell as text: what a spreadsheet would take for a formula gets an apostrophe before it.
#[must_use]
pub fn neutre(cellule: &str) -> String {
    let formule = cellule.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formule { format!("'{cellule}") } else { cellule.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_cellule_n_est_jamais_une_formule() {
        for (cellule, attendu) in [
            ("=1+1", "'=1+1"),
            ("+33", "'+33"),
            ("-2", "'-2"),
            ("@a", "'@a"),
            ("\t=1", "'\t=1"),
            ("N’Guessan", "N’Guessan"),
            ("", ""),
        ] {
            assert_eq!(neutre(cellule), attendu);
        }
    }

    #[test]
    fn les_separateurs_sont_proteges() {
        let mut texte = String::new();
        ligne(&mut texte, ["a;b", "dit « \"oui\" »", "c"].into_iter());
        assert_eq!(texte, "\"a;b\";\"dit « \"\"oui\"\" »\";c\r\n");
    }
}
