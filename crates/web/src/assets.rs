//! Style sheet, fonts and mark: inside the program, under names that hold their hash, so that
//! browsers keep them for a year; the style sheet is compressed once, at start.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use axum::body::Bytes;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::error::Error;

const LATIN: &str = "atkinson-latin.woff2";
const LATIN_EXT: &str = "atkinson-latin-ext.woff2";

const FILES: [(&str, &[u8]); 5] = [
    (LATIN, include_bytes!("assets/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2")),
    (LATIN_EXT, include_bytes!("assets/fonts/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2")),
    ("marque.svg", include_bytes!("assets/marque.svg")),
    ("enonce.js", include_bytes!("assets/enonce.js")),
    ("OFL.txt", include_bytes!("assets/fonts/OFL.txt")),
];

/// The style sheets, in the order in which they are joined.
const SHEETS: [&str; 4] = [
    include_str!("assets/base.css"),
    include_str!("assets/cadre.css"),
    include_str!("assets/composants.css"),
    include_str!("assets/formulaires.css"),
];

/// Files of a theme that stand in for ours, or beside them.
const THEME: [&str; 2] = ["theme.css", "marque.svg"];

#[derive(Debug, Clone)]
struct Asset {
    content_type: &'static str,
    bytes: Bytes,
    gzip: Option<Bytes>,
}

/// The files by the name under which they are served.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    served: BTreeMap<String, Asset>,
    hrefs: BTreeMap<String, String>,
}

impl Assets {
    /// Our files, then those of the theme's folder.
    #[must_use]
    pub fn load(theme: Option<&Path>) -> Self {
        let mut assets = Self::default();
        for (nom, bytes) in FILES {
            assets.add(nom, Bytes::from_static(bytes));
        }
        for nom in THEME {
            if let Some(bytes) = theme.and_then(|dossier| std::fs::read(dossier.join(nom)).ok()) {
                assets.add(nom, bytes.into());
            }
        }
        let css = SHEETS
            .concat()
            .replace("{latin}", &assets.href(LATIN))
            .replace("{latin-ext}", &assets.href(LATIN_EXT));
        assets.add("forprev.css", compact(&css).into());
        assets
    }

    /// Address of a file by its plain name; of nothing when there is none.
    #[must_use]
    pub fn href(&self, nom: &str) -> String {
        self.hrefs.get(nom).cloned().unwrap_or_default()
    }

    /// Whether there is a file with this plain name.
    #[must_use]
    pub fn has(&self, nom: &str) -> bool {
        self.hrefs.contains_key(nom)
    }

    fn add(&mut self, nom: &str, bytes: Bytes) {
        let (racine, extension) = nom.rsplit_once('.').unwrap_or((nom, ""));
        let empreinte = Sha256::digest(&bytes);
        let hexa: String = empreinte.iter().take(6).map(|octet| format!("{octet:02x}")).collect();
        let servi = format!("{racine}.{hexa}.{extension}");
        let content_type = match extension {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            _ => "text/plain; charset=utf-8",
        };
        let gzip = (extension != "woff2").then(|| gzip(&bytes));
        self.hrefs.insert(nom.to_owned(), format!("/actifs/{servi}"));
        self.served.insert(servi, Asset { content_type, bytes, gzip });
    }
}

/// `GET /actifs/{nom}`: one file, for a year.
///
/// # Errors
/// Not found when no file has this hashed name.
pub(crate) async fn serve(
    State(app): State<App>,
    UrlPath(nom): UrlPath<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asset = app.assets.served.get(&nom).ok_or(Error::NotFound)?;
    let accepts_gzip = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|valeur| valeur.to_str().ok())
        .is_some_and(|valeur| valeur.contains("gzip"));
    let (bytes, encoding) = match &asset.gzip {
        Some(gzip) if accepts_gzip => (gzip.clone(), Some("gzip")),
        _ => (asset.bytes.clone(), None),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// `GET /favicon.ico`: the mark, for browsers that ask without reading the page.
pub(crate) async fn favicon(State(app): State<App>) -> impl IntoResponse {
    axum::response::Redirect::permanent(&app.cadre.marque)
}

fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing into memory does not fail.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map(Bytes::from).unwrap_or_else(|_| Bytes::copy_from_slice(bytes))
}

/// The sheet without its comments and its indentation.
fn compact(css: &str) -> String {
    let mut sortie = String::with_capacity(css.len());
    let mut reste = css;
    while let Some((avant, suite)) = reste.split_once("/*") {
        sortie.push_str(avant);
        reste = suite.split_once("*/").map_or("", |(_, apres)| apres);
    }
    sortie.push_str(reste);
    sortie.lines().map(str::trim).filter(|ligne| !ligne.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_feuille_de_style_tient_en_25_ko() {
        let assets = Assets::load(None);
        let css = &assets.served[assets.href("forprev.css").trim_start_matches("/actifs/")];
        assert!(css.bytes.len() <= 25 * 1024, "{} bytes", css.bytes.len());
        let texte = std::str::from_utf8(&css.bytes).expect("UTF-8");
        assert!(!texte.contains("{latin"), "fonts are named by their hash");
        assert_eq!(texte.matches('{').count(), texte.matches('}').count());
    }
}
