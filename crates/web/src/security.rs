//! What protects every answer and every form: headers, origin, tokens, cookies.

use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::config::Config;

const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const FIXED: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// Sets the protective headers of an answer; pages are not stored unless they say so.
pub fn protect(config: &Config, headers: &mut HeaderMap) {
    for (nom, valeur) in FIXED {
        headers.entry(nom).or_insert(HeaderValue::from_static(valeur));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if config.https() {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
}

/// Whether a form comes from our own pages: what the browser tells, or `None` when it tells
/// nothing and the form's token alone decides.
///
/// `Sec-Fetch-Site` decides when present, else `Origin`.
#[must_use]
pub fn same_origin(config: &Config, headers: &HeaderMap) -> Option<bool> {
    let text = |nom: &str| headers.get(nom).and_then(|valeur| valeur.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return Some(matches!(site, "same-origin" | "none"));
    }
    let origin = text("origin")?;
    let host = text("host").unwrap_or("");
    Some(origin == config.public_url || origin.split_once("://").is_some_and(|(_, o)| o == host))
}

/// A fresh secret of 256 bits, in letters and digits.
///
/// # Errors
/// When the system gives no randomness.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut octets = [0_u8; 32];
    getrandom::fill(&mut octets)?;
    Ok(URL_SAFE_NO_PAD.encode(octets))
}

/// What is stored of a secret: its digest, in hexadecimal.
#[must_use]
pub fn digest(secret: impl AsRef<[u8]>) -> String {
    Sha256::digest(secret.as_ref()).iter().map(|octet| format!("{octet:02x}")).collect()
}

/// The token that forms carry, derived from the secret of the cookie; it tells nothing of it.
#[must_use]
pub fn csrf_token(cookie: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("forprev csrf 1\0{cookie}")))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |ecart, (x, y)| ecart | (x ^ y)) == 0
}

/// The two cookies: that of the sign-in, and that of a visitor who is about to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Holds the secret of the sign-in.
    SignIn,
    /// Holds a secret from which the token of the sign-in form is derived.
    Visitor,
}

impl Cookie {
    /// Its name: with `__Host-` on https, plain on http, where browsers refuse the prefix.
    #[must_use]
    pub fn name(self, config: &Config) -> &'static str {
        match (self, config.https()) {
            (Self::SignIn, true) => "__Host-forprev",
            (Self::SignIn, false) => "forprev",
            (Self::Visitor, true) => "__Host-forprev-visite",
            (Self::Visitor, false) => "forprev-visite",
        }
    }

    /// The value that the request bears.
    #[must_use]
    pub fn read<'a>(self, config: &Config, headers: &'a HeaderMap) -> Option<&'a str> {
        let nom = self.name(config);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|valeur| valeur.to_str().ok())
            .flat_map(|valeur| valeur.split(';'))
            .filter_map(|paire| paire.trim().split_once('='))
            .find_map(|(n, valeur)| (n == nom).then_some(valeur))
            .filter(|valeur| !valeur.is_empty())
    }

    /// The header that sets it, for the time that the browser stays open.
    #[must_use]
    pub fn set(self, config: &Config, valeur: &str) -> HeaderValue {
        let secure = if config.https() { "; Secure" } else { "" };
        let texte = format!("{}={valeur}; Path=/; HttpOnly; SameSite=Lax{secure}", self.name(config));
        HeaderValue::try_from(texte).unwrap_or(HeaderValue::from_static(""))
    }

    /// The header that removes it.
    #[must_use]
    pub fn clear(self, config: &Config) -> HeaderValue {
        let secure = if config.https() { "; Secure" } else { "" };
        let texte = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}", self.name(config));
        HeaderValue::try_from(texte).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_formulaire_d_ailleurs_est_reconnu() {
        let config = Config::check(&crate::config::Values::new()).expect("defaults");
        let check = |entetes: &[(&'static str, &'static str)], attendu: Option<bool>| {
            let mut headers = HeaderMap::new();
            for (nom, valeur) in entetes {
                headers.insert(*nom, HeaderValue::from_static(valeur));
            }
            assert_eq!(same_origin(&config, &headers), attendu, "{entetes:?}");
        };
        check(&[("sec-fetch-site", "same-origin")], Some(true));
        check(&[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:8080")], Some(false));
        check(&[("sec-fetch-site", "same-site")], Some(false));
        check(&[("origin", "http://127.0.0.1:8080")], Some(true));
        check(&[("origin", "http://localhost:9"), ("host", "localhost:9")], Some(true));
        check(&[("origin", "null")], Some(false));
        check(&[("origin", "https://ailleurs.example"), ("host", "127.0.0.1:8080")], Some(false));
        check(&[], None);
    }

    #[test]
    fn le_temoin_ne_se_lit_que_sous_son_nom() {
        let config = Config::check(&crate::config::Values::new()).expect("defaults");
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; xforprev=non; forprev=oui"));
        assert_eq!(Cookie::SignIn.read(&config, &headers), Some("oui"));
        assert_eq!(Cookie::Visitor.read(&config, &headers), None);
    }
}
