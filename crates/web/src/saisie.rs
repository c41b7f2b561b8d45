//! What somebody typed into a form: every raw value kept, with the message that each deserves.

use std::convert::Infallible;

use axum::extract::{FromRequest, Request};
use forprev_domain::identite::lire_jour;
use jiff::civil::Date;

use crate::layout::composants::{Champ, Choix, FauteResumee, Resume};

/// Name of the hidden field that carries the token against forged forms.
pub const CHAMP_CSRF: &str = "csrf";

/// A year of two digits is of this century: days typed here are of the register's life, never of a birth.
const SIECLE: i16 = 2099;

/// Raw values of a form in the order in which they came, and what is wrong with them.
///
/// Nothing typed is ever lost: the same `Saisie` fills the form again when it is refused.
#[derive(Debug, Clone, Default)]
pub struct Saisie {
    valeurs: Vec<(String, String)>,
    fautes: Vec<Faute>,
}

/// What is wrong with one field, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faute {
    /// Name of the field; empty when the whole form is meant.
    pub champ: String,
    /// What was received and what to do.
    pub message: String,
}

impl Saisie {
    /// An empty form.
    #[must_use]
    pub fn vide() -> Self {
        Self::default()
    }

    /// A form filled with these values.
    #[must_use]
    pub fn avec<N: Into<String>, V: Into<String>>(valeurs: impl IntoIterator<Item = (N, V)>) -> Self {
        let valeurs = valeurs.into_iter().map(|(n, v)| (n.into(), v.into())).collect();
        Self { valeurs, fautes: Vec::new() }
    }

    /// The values of an `application/x-www-form-urlencoded` body.
    #[must_use]
    pub fn parse(corps: &[u8]) -> Self {
        Self { valeurs: form_pairs(corps), fautes: Vec::new() }
    }

    /// The first value of a field, without blanks at its ends; empty when absent.
    #[must_use]
    pub fn texte(&self, champ: &str) -> &str {
        self.brut(champ).trim()
    }

    /// The first value of a field, as typed: for passwords.
    #[must_use]
    pub fn brut(&self, champ: &str) -> &str {
        self.valeurs.iter().find(|(nom, _)| nom == champ).map_or("", |(_, valeur)| valeur)
    }

    /// The value of a field, or none when it is empty.
    #[must_use]
    pub fn option(&self, champ: &str) -> Option<&str> {
        Some(self.texte(champ)).filter(|valeur| !valeur.is_empty())
    }

    /// Whether the field was sent at all: a button, a box.
    #[must_use]
    pub fn contient(&self, champ: &str) -> bool {
        self.valeurs.iter().any(|(nom, _)| nom == champ)
    }

    /// All pairs, the token excepted, in the order in which they came.
    pub fn paires(&self) -> impl Iterator<Item = (&str, &str)> {
        self.valeurs
            .iter()
            .filter(|(nom, _)| nom != CHAMP_CSRF)
            .map(|(nom, valeur)| (nom.as_str(), valeur.as_str()))
    }

    /// Sets a field to this value, whatever it held.
    pub fn poser(&mut self, champ: &str, valeur: impl Into<String>) {
        self.valeurs.retain(|(nom, _)| nom != champ);
        self.valeurs.push((champ.to_owned(), valeur.into()));
    }

    /// Says what is wrong with a field; an empty name means the whole form.
    pub fn refuser(&mut self, champ: &str, message: impl Into<String>) {
        self.fautes.push(Faute { champ: champ.to_owned(), message: message.into() });
    }

    /// The day that a field holds, typed in any usual form; says what is wrong with it otherwise. `None` when
    /// empty.
    pub fn jour(&mut self, champ: &str) -> Option<Date> {
        let lu = self.option(champ).map(|texte| lire_jour(texte, SIECLE))?;
        if lu.is_err() {
            self.refuser(
                champ,
                "Cette date ne se lit pas. Écrivez-la au format JJ/MM/AAAA, par exemple 31/12/2027.",
            );
        }
        lu.ok()
    }

    /// The day that a field must hold; says so when it is empty.
    pub fn jour_requis(&mut self, champ: &str, quoi: &str) -> Option<Date> {
        if self.option(champ).is_none() {
            self.refuser(champ, format!("Indiquez {quoi}, par exemple 31/12/2027."));
            return None;
        }
        self.jour(champ)
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn est_valide(&self) -> bool {
        self.fautes.is_empty()
    }

    /// All that is wrong, in the order in which it was found.
    #[must_use]
    pub fn fautes(&self) -> &[Faute] {
        &self.fautes
    }

    /// The first message of a field.
    #[must_use]
    pub fn erreur(&self, champ: &str) -> Option<&str> {
        self.fautes.iter().find(|faute| faute.champ == champ).map(|faute| faute.message.as_str())
    }

    /// A text field of this form, with its value and its message.
    #[must_use]
    pub fn champ(&self, nom: &str, libelle: &str) -> Champ {
        Champ::new(nom, libelle, self.brut(nom), self.erreur(nom))
    }

    /// A group of radio buttons of this form.
    #[must_use]
    pub fn choix(&self, nom: &str, legende: &str) -> Choix {
        Choix::new(nom, legende, self.texte(nom), self.erreur(nom))
    }

    /// The summary of what is wrong, for the top of the form; it shows nothing when all is well.
    #[must_use]
    pub fn resume(&self, titre: &str) -> Resume {
        let fautes = self.fautes.iter();
        Resume::new(
            titre,
            fautes.map(|f| FauteResumee { champ: f.champ.clone(), message: f.message.clone() }).collect(),
        )
    }
}

impl<S: Send + Sync> FromRequest<S> for Saisie {
    type Rejection = Infallible;

    /// The body as a form. The edge has bounded it and checked its token already.
    async fn from_request(request: Request, _state: &S) -> Result<Self, Self::Rejection> {
        let corps = axum::body::to_bytes(request.into_body(), usize::MAX).await.unwrap_or_default();
        Ok(Self::parse(&corps))
    }
}

/// The pairs of a form body or of a query; what is not UTF-8 is replaced, never refused.
pub(crate) fn form_pairs(corps: &[u8]) -> Vec<(String, String)> {
    corps
        .split(|octet| *octet == b'&')
        .filter(|paire| !paire.is_empty())
        .map(|paire| {
            let egal = paire.iter().position(|octet| *octet == b'=').unwrap_or(paire.len());
            (decode(&paire[..egal]), decode(paire.get(egal + 1..).unwrap_or(&[])))
        })
        .collect()
}

/// The text that a part of an address or of a form encodes; what is not UTF-8 is replaced, never refused.
pub(crate) fn decode(octets: &[u8]) -> String {
    let mut sortie = Vec::with_capacity(octets.len());
    let mut i = 0;
    while i < octets.len() {
        let hexa = |j: usize| octets.get(j).and_then(|o| char::from(*o).to_digit(16));
        match (octets[i], hexa(i + 1), hexa(i + 2)) {
            (b'+', ..) => sortie.push(b' '),
            (b'%', Some(haut), Some(bas)) => {
                sortie.push(u8::try_from(haut * 16 + bas).unwrap_or(b'?'));
                i += 2;
            }
            (octet, ..) => sortie.push(octet),
        }
        i += 1;
    }
    // A NUL cannot be stored by PostgreSQL; nobody types one.
    String::from_utf8_lossy(&sortie).replace('\0', "")
}

/// Encodes a text for one value of a query.
#[must_use]
pub fn encode(texte: &str) -> String {
    texte.bytes().fold(String::with_capacity(texte.len()), |mut sortie, octet| {
        match octet {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                sortie.push(char::from(octet))
            }
            _ => {
                use std::fmt::Write as _;
                let _ = write!(sortie, "%{octet:02X}");
            }
        }
        sortie
    })
}

/// Query values of a list page, read as a form: a filter that cannot be read is no filter.
#[derive(Debug, Clone, Default)]
pub struct Requete(pub Saisie);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Requete {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _state: &S,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self(Saisie::parse(parts.uri.query().unwrap_or("").as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_formulaire_garde_tout_ce_qui_est_saisi() {
        let saisie = Saisie::parse(
            "nom=%C5%BB%C3%B3%C5%82%C4%87-D%E2%80%99Artagnan&prenom=+Anne+&a=1&a=2&csrf=x".as_bytes(),
        );
        assert_eq!(saisie.texte("nom"), "Żółć-D’Artagnan");
        assert_eq!(saisie.brut("prenom"), " Anne ");
        assert_eq!(saisie.texte("prenom"), "Anne");
        assert_eq!(saisie.paires().count(), 4);
        assert_eq!(saisie.option("absent"), None);
    }

    #[test]
    fn rien_de_ce_qui_arrive_ne_fait_echouer_la_lecture() {
        for corps in ["%", "%4", "=&=&&", "a=%zz", "a=%00b", "\u{0}"] {
            let saisie = Saisie::parse(corps.as_bytes());
            assert!(saisie.paires().all(|(n, v)| !n.contains('\0') && !v.contains('\0')), "{corps}");
        }
        assert_eq!(Saisie::parse(format!("a={}", encode("é &=+%")).as_bytes()).texte("a"), "é &=+%");
    }
}
