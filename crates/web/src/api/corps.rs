//! The body of a request: JSON, read field by field; a wrong shape is said with its field.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use forprev_domain::identite::IdentiteBrute;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::app::App;
use crate::error::Error;

/// Characters that a text of one line may have.
const TEXTE_COURT: usize = 200;
/// Characters that a comment may have.
const COMMENTAIRE: usize = 4000;

/// A JSON object as received, with its bytes and the headers that came with it.
#[derive(Debug, Clone)]
pub struct Corps {
    /// The object; empty when there was no body.
    pub objet: Objet,
    /// Its bytes, as received.
    pub octets: Bytes,
    /// `Idempotency-Key`, when sent.
    pub cle: Option<String>,
    /// Path of the request.
    pub route: String,
}

impl FromRequest<App> for Corps {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let cle = cle_d_idempotence(request.headers())?;
        let genre =
            request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let route = format!("{} {}", request.method(), request.uri().path());
        let octets = Bytes::from_request(request, app).await.map_err(|_| Error::TooLarge)?;
        if !octets.is_empty() && !est_du_json(&genre) {
            return Err(Error::UnsupportedMedia);
        }
        let valeur = if octets.iter().all(u8::is_ascii_whitespace) {
            Value::Object(Map::new())
        } else {
            serde_json::from_slice(&octets).map_err(|faute| {
                Error::Malformed(format!(
                    "Le corps de la demande n’est pas du JSON : ligne {}, colonne {}.",
                    faute.line(),
                    faute.column()
                ))
            })?
        };
        Ok(Self { objet: Objet::de(valeur)?, octets, cle, route })
    }
}

/// `application/json`, `application/merge-patch+json`…; a body whose type is not said is read as JSON.
fn est_du_json(genre: &str) -> bool {
    let essence = genre.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.is_empty() || essence == "application/json" || essence.ends_with("+json")
}

/// `Idempotency-Key`, when sent.
///
/// # Errors
///
/// *Malformed* when it is empty, too long or not ASCII.
pub fn cle_d_idempotence(entetes: &HeaderMap) -> Result<Option<String>, Error> {
    let Some(cle) = entetes.get("idempotency-key") else { return Ok(None) };
    let cle = cle.to_str().ok().map(str::trim).filter(|cle| (1..=255).contains(&cle.len()));
    cle.map(|cle| Some(cle.to_owned())).ok_or_else(|| {
        Error::Malformed("L’en-tête Idempotency-Key compte de 1 à 255 caractères ASCII.".to_owned())
    })
}

/// A day as programs write it, `AAAA-MM-JJ`, from year 1 to year 9999; `None` for anything else.
#[must_use]
pub fn lire_jour(texte: &str) -> Option<Date> {
    let tiret = |i: usize| i == 4 || i == 7;
    let forme = texte.len() == 10
        && texte.bytes().enumerate().all(|(i, c)| if tiret(i) { c == b'-' } else { c.is_ascii_digit() });
    texte.parse::<Date>().ok().filter(|jour| forme && jour.year() >= 1)
}

/// A JSON object whose fields are read one by one.
#[derive(Debug, Clone, Default)]
pub struct Objet(pub Map<String, Value>);

fn mauvaise_forme<T>(champ: &str, attendu: &str) -> Result<T, Error> {
    Err(Error::Malformed(format!("Le champ « {champ} » n’a pas la forme attendue : {attendu}.")))
}

impl Objet {
    /// Takes a value that must be an object.
    ///
    /// # Errors
    ///
    /// *Malformed* for anything else.
    pub fn de(valeur: Value) -> Result<Self, Error> {
        match valeur {
            Value::Object(objet) => Ok(Self(objet)),
            _ => Err(Error::Malformed("Un objet JSON est attendu.".to_owned())),
        }
    }

    /// True when the field is there, null included.
    #[must_use]
    pub fn a(&self, champ: &str) -> bool {
        self.0.contains_key(champ)
    }

    /// The text of a field; `None` when absent, null or blank.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is something else, or holds a control character.
    pub fn texte(&self, champ: &str) -> Result<Option<String>, Error> {
        match self.0.get(champ) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(texte)) => {
                let texte = texte.trim();
                if texte.chars().any(char::is_control) {
                    return mauvaise_forme(champ, "un texte d’une ligne, sans caractère de contrôle");
                }
                Ok((!texte.is_empty()).then(|| texte.to_owned()))
            }
            Some(_) => mauvaise_forme(champ, "un texte"),
        }
    }

    /// The text of a field, on one line and no longer than an address; `None` when absent, null or blank.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is something else, or longer.
    pub fn texte_court(&self, champ: &str) -> Result<Option<String>, Error> {
        let texte = self.texte(champ)?;
        if texte.as_ref().is_some_and(|texte| texte.chars().count() > TEXTE_COURT) {
            return mauvaise_forme(champ, &format!("un texte de {TEXTE_COURT} caractères au plus"));
        }
        Ok(texte)
    }

    /// A comment: several lines are welcome.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is no text, holds a control character, or is longer than a page.
    pub fn commentaire(&self, champ: &str) -> Result<Option<String>, Error> {
        match self.0.get(champ) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(texte)) if texte.chars().count() > COMMENTAIRE => {
                mauvaise_forme(champ, &format!("un texte de {COMMENTAIRE} caractères au plus"))
            }
            Some(Value::String(texte))
                if texte.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) =>
            {
                mauvaise_forme(champ, "un texte sans caractère de contrôle")
            }
            Some(Value::String(texte)) => Ok(Some(texte.trim().to_owned()).filter(|t| !t.is_empty())),
            Some(_) => mauvaise_forme(champ, "un texte"),
        }
    }

    /// The text of a field that must be there.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is missing, blank, too long or something else.
    pub fn texte_requis(&self, champ: &str) -> Result<String, Error> {
        self.texte_court(champ)?.map_or_else(|| mauvaise_forme(champ, "un texte non vide"), Ok)
    }

    /// The day of a field, `AAAA-MM-JJ`.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is no such day.
    pub fn jour(&self, champ: &str) -> Result<Option<Date>, Error> {
        let Some(texte) = self.texte(champ)? else { return Ok(None) };
        lire_jour(&texte).map_or_else(|| mauvaise_forme(champ, "un jour AAAA-MM-JJ"), |jour| Ok(Some(jour)))
    }

    /// The day of a field that must be there.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is missing or no such day.
    pub fn jour_requis(&self, champ: &str) -> Result<Date, Error> {
        self.jour(champ)?.map_or_else(|| mauvaise_forme(champ, "un jour AAAA-MM-JJ"), Ok)
    }

    /// A whole number that is not negative.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is something else.
    pub fn entier(&self, champ: &str) -> Result<Option<i64>, Error> {
        match self.0.get(champ) {
            None | Some(Value::Null) => Ok(None),
            Some(valeur) => match valeur.as_i64().filter(|n| *n >= 0) {
                Some(n) => Ok(Some(n)),
                None => mauvaise_forme(champ, "un nombre entier"),
            },
        }
    }

    /// True or false; absent and null are false.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is something else.
    pub fn vrai(&self, champ: &str) -> Result<bool, Error> {
        match self.0.get(champ) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(valeur)) => Ok(*valeur),
            Some(_) => mauvaise_forme(champ, "true ou false"),
        }
    }

    /// One of the codes of a closed list.
    ///
    /// # Errors
    ///
    /// *Malformed* for a code that is not in it.
    pub fn code<T>(
        &self,
        champ: &str,
        lire: impl Fn(&str) -> Option<T>,
        codes: &str,
    ) -> Result<Option<T>, Error> {
        match self.texte(champ)? {
            None => Ok(None),
            Some(code) => lire(&code).map_or_else(|| mauvaise_forme(champ, codes), |lu| Ok(Some(lu))),
        }
    }

    /// An object within the object; `None` when absent or null.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is something else.
    pub fn objet(&self, champ: &str) -> Result<Option<Self>, Error> {
        match self.0.get(champ) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(objet)) => Ok(Some(Self(objet.clone()))),
            Some(_) => mauvaise_forme(champ, "un objet"),
        }
    }

    /// A list of objects; empty when absent or null.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is something else, or longer than a thousand.
    pub fn objets(&self, champ: &str) -> Result<Vec<Self>, Error> {
        match self.0.get(champ) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(liste)) if liste.len() <= 1000 => liste.iter().cloned().map(Self::de).collect(),
            Some(_) => mauvaise_forme(champ, "une liste d’objets, mille au plus"),
        }
    }

    /// The fields of an identity, as typed: their rules are the domain's (R16).
    ///
    /// # Errors
    ///
    /// *Malformed* when one of them is not a text.
    pub fn identite(&self) -> Result<IdentiteBrute, Error> {
        let brut = |champ: &str| match self.0.get(champ) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(texte)) => Ok(Some(texte.clone())),
            Some(_) => mauvaise_forme(champ, "un texte"),
        };
        Ok(IdentiteBrute {
            civilite: brut("civilite")?,
            nom_naissance: brut("nom_naissance")?,
            nom_usage: brut("nom_usage")?,
            prenom: brut("prenom")?,
            date_naissance: brut("date_naissance")?,
            email: brut("email")?,
            numero: brut("numero")?,
        })
    }

    /// The version that the caller had before his eyes.
    ///
    /// # Errors
    ///
    /// *Malformed* when it is no number.
    pub fn version(&self) -> Result<Option<i64>, Error> {
        self.entier("version")
    }
}
