//! The one internal error type. Handlers return it; only the edge turns it into something that
//! people or programs read: a French page, or `application/problem+json` under `/api`.
//!
//! How to choose: *not found* also when the thing exists but is not visible; *forbidden* when it
//! is visible but not this person's to do; *refused* when a rule is not met; *conflict* when the
//! state or the version is another one; *internal* for faults of the program, which are logged.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use forprev_domain::refus::Manquement;
use forprev_domain::regles::doublons::Proposition;
use forprev_store::StoreError;
use forprev_store::sessions::Presence;
use serde_json::{Map, Value, json};

use crate::feuilles::lecture::Illisible;
use crate::personnes::propositions_json;
use crate::sessions::import::{Anomalie, Examen, bilan};
use crate::sessions::presence::presences_json;
use crate::typographie::attente;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A line of a list on which somebody decides (R17).
#[derive(Debug, Clone)]
pub struct LigneATrancher {
    /// Its rank in the list, from 0.
    pub rang: usize,
    /// Known persons who may be the one entered.
    pub propositions: Vec<Proposition>,
    /// Ranks of other lines of the same list that may be the same person, not known before.
    pub lignes: Vec<usize>,
}

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not there, or not visible: never told apart.
    #[error("not found")]
    NotFound,
    /// Visible, but not this person's to do.
    #[error("forbidden")]
    Forbidden,
    /// Nobody is signed in: pages lead to the sign-in.
    #[error("not signed in")]
    SignedOut,
    /// The form's token or origin is not ours.
    #[error("forged or outdated form")]
    ForgedForm,
    /// Another state or version than the one acted on, with its stable code.
    #[error("conflict: {code}")]
    Conflict {
        /// `version_depassee`, `etat_incompatible`…
        code: &'static str,
        /// French sentence for who asked.
        detail: String,
    },
    /// A rule is not met, with facts for programs.
    #[error("refused: {code}")]
    Refused {
        /// Stable code of the first point.
        code: &'static str,
        /// French sentence for who asked.
        detail: String,
        /// Objects `{ regle, code, message, … }` of the interface.
        manquements: Vec<Value>,
        /// The same points, for pages that explain each at its field.
        points: Vec<Manquement>,
    },
    /// Somebody else's to do, and why: 403 with its code.
    #[error("reserved: {code}")]
    Reserved {
        /// `correction_reservee`, `correction_fermee`.
        code: &'static str,
        /// French sentence for who asked.
        detail: String,
        /// Facts for programs.
        manquements: Vec<Value>,
    },
    /// Known persons may be the one entered: somebody decides (R17).
    #[error("known persons to decide on")]
    Doublons(Vec<Proposition>),
    /// The same, for a trainee, with what they are already in, as far as the requester sees it.
    #[error("known persons to decide on, some of them in a session")]
    DoublonsEnSession(Vec<Proposition>, Vec<Presence>),
    /// The same, for several lines of a list, each with its rank, from 0; with what they are already in.
    #[error("known persons to decide on, in a list")]
    DoublonsDeListe(Vec<LigneATrancher>, Vec<Presence>),
    /// A file that cannot be read as a list.
    #[error("not a list: {0:?}")]
    Illisible(Illisible),
    /// A list with something that stops its import, and all that its examination found.
    #[error("a list to mend")]
    ListeRefusee(Box<Examen>),
    /// The file is no longer handed out, said to who may know that it was (R5, R7, R8).
    #[error("too late: {code}")]
    TropTard {
        /// `telechargement_termine` or `duplicata_refuse`.
        code: &'static str,
        /// French sentence for who asked.
        detail: String,
    },
    /// No token, or one that opens nothing.
    #[error("no token")]
    SansJeton,
    /// An idempotency key came back with another body.
    #[error("idempotency key used with another body")]
    CleReutilisee,
    /// What came is not what the route takes.
    #[error("malformed: {0}")]
    Malformed(String),
    /// Body too large.
    #[error("too large")]
    TooLarge,
    /// Body of a type that the route does not take.
    #[error("unsupported media type")]
    UnsupportedMedia,
    /// Too many tries; again after so many seconds.
    #[error("too many requests")]
    TooMany {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// The database or something else does not answer now.
    #[error("unavailable")]
    Unavailable(#[source] Option<Cause>),
    /// A fault of the program.
    #[error("internal")]
    Internal(#[source] Cause),
}

impl From<StoreError> for Error {
    /// The store's refusals are faults, unless the database does not answer now: a handler that
    /// expects a constraint asks [`StoreError::is_contrainte`] first.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Indisponible { .. } => Self::unavailable(error),
            StoreError::VersionDepassee => Self::stale(),
            StoreError::Contrainte { .. }
            | StoreError::Illisible { .. }
            | StoreError::Adresse(_)
            | StoreError::Interne(_) => Self::internal(error),
        }
    }
}

/// The known persons of an error, as programs read them, with what they are already in.
fn suite(error: &Error) -> Map<String, Value> {
    let (nom, valeur, presences) = match error {
        Error::Doublons(liste) => ("propositions", propositions_json(liste), [].as_slice()),
        Error::DoublonsEnSession(liste, presences) => {
            ("propositions", propositions_json(liste), presences.as_slice())
        }
        Error::DoublonsDeListe(lignes, presences) => {
            let ligne = |ligne: &LigneATrancher| {
                json!({
                    "rang": ligne.rang, "propositions": propositions_json(&ligne.propositions), "lignes": ligne.lignes,
                })
            };
            ("doublons", lignes.iter().map(ligne).collect(), presences.as_slice())
        }
        Error::ListeRefusee(examen) => return bilan(examen, 0),
        _ => return Map::new(),
    };
    let mut suite = presences_json(presences);
    suite.insert(nom.to_owned(), valeur);
    suite
}

/// What both faces say of an error: status, stable code, French title and sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable code.
    pub code: &'static str,
    /// Title, in French.
    pub title: &'static str,
    /// One sentence, in French.
    pub detail: String,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
    /// Facts for programs.
    pub manquements: Vec<Value>,
    /// What the document says besides: known persons to choose from.
    pub suite: Map<String, Value>,
}

impl Error {
    /// A fault of the program, with its cause.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Something that does not answer now, with its cause.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(Some(cause.into()))
    }

    /// Somebody else changed the session since it was read.
    #[must_use]
    pub fn stale() -> Self {
        Self::Conflict {
            code: "version_depassee",
            detail: "Quelqu’un d’autre a modifié cette session pendant que vous l’aviez à l’écran. Rien n’a été changé : rechargez la page pour voir où elle en est, puis recommencez.".to_owned(),
        }
    }

    /// Values that contradict a rule, outside of a session: `champs` names them.
    #[must_use]
    pub fn inexact(code: &'static str, phrase: &str, champs: &[&str]) -> Self {
        let point = json!({ "regle": "R15", "code": code, "message": phrase, "champs": champs });
        Self::Refused { code, detail: phrase.to_owned(), manquements: vec![point], points: Vec::new() }
    }

    /// One refusal made of those of several lines of a list, each point with its rank, from 0.
    #[must_use]
    pub fn reunir(refus: Vec<(usize, Self)>) -> Self {
        let mut reunis = (Vec::new(), Vec::new());
        let mut premier = None;
        for (rang, error) in refus {
            let Self::Refused { code, detail, mut manquements, points } = error else { return error };
            premier.get_or_insert((code, detail));
            for objet in manquements.iter_mut().filter_map(Value::as_object_mut) {
                objet.insert("rang".to_owned(), rang.into());
            }
            reunis.0.append(&mut manquements);
            reunis.1.extend(points);
        }
        let (code, detail) = premier.unwrap_or(("refus", String::new()));
        Self::Refused { code, detail, manquements: reunis.0, points: reunis.1 }
    }

    /// What is said of this error, on both faces.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let code_status = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "introuvable"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "interdit"),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, "non_connecte"),
            Self::Reserved { code, .. } => (StatusCode::FORBIDDEN, *code),
            Self::ForgedForm => (StatusCode::FORBIDDEN, "formulaire_perime"),
            Self::Doublons(_) | Self::DoublonsEnSession(..) | Self::DoublonsDeListe(..) => {
                (StatusCode::CONFLICT, "doublon_a_trancher")
            }
            Self::Illisible(illisible) => (illisible.status(), illisible.code()),
            Self::ListeRefusee(_) => (StatusCode::UNPROCESSABLE_ENTITY, "liste_a_corriger"),
            Self::TropTard { code, .. } => (StatusCode::NOT_FOUND, *code),
            Self::SansJeton => (StatusCode::UNAUTHORIZED, "jeton_absent_ou_invalide"),
            Self::CleReutilisee => (StatusCode::UNPROCESSABLE_ENTITY, "cle_reutilisee"),
            Self::Conflict { code, .. } => (StatusCode::CONFLICT, *code),
            Self::Refused { code, .. } => (StatusCode::UNPROCESSABLE_ENTITY, *code),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "demande_illisible"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "trop_volumineux"),
            Self::UnsupportedMedia => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "type_non_pris_en_charge"),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "trop_de_demandes"),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "indisponible"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "incident"),
        };
        let mut problem = Problem::of_status(code_status.0);
        problem.code = code_status.1;
        match self {
            Self::Conflict { detail, .. } => problem.detail.clone_from(detail),
            Self::TropTard { detail, .. } => {
                problem.title = "Le téléchargement de ce certificat est terminé";
                problem.detail.clone_from(detail);
            }
            Self::Doublons(_) | Self::DoublonsEnSession(..) | Self::DoublonsDeListe(..) => {
                problem.title = "Des personnes connues ressemblent à celle-ci";
                problem.detail = "Choisissez l’une d’elles par son « numero », ou indiquez « autre_personne » : true si c’est quelqu’un d’autre.".to_owned();
                problem.suite = suite(self);
            }
            Self::Illisible(illisible) => {
                problem.title = "Ce fichier ne peut pas être importé";
                problem.detail = illisible.phrase();
            }
            Self::ListeRefusee(examen) => {
                let bloquantes = examen.anomalies.iter().filter(|anomalie| anomalie.est_bloquante());
                problem.manquements = bloquantes.map(Anomalie::point).collect();
                problem.title = "La liste est à corriger";
                problem.detail = "Rien n’a été importé. Chaque point est donné avec sa ligne, sa colonne et ce qui permet de continuer.".to_owned();
                problem.suite = suite(self);
            }
            Self::SansJeton => {
                problem.title = "Un jeton est nécessaire";
                problem.detail = "Envoyez un jeton valide dans l’en-tête Authorization : Bearer.".to_owned();
            }
            Self::CleReutilisee => {
                problem.detail =
                    "Cette clé Idempotency-Key a déjà servi à une autre demande. Prenez-en une nouvelle."
                        .to_owned();
            }
            Self::Malformed(detail) if !detail.is_empty() => problem.detail.clone_from(detail),
            Self::Refused { detail, manquements, .. } | Self::Reserved { detail, manquements, .. } => {
                problem.detail.clone_from(detail);
                problem.manquements.clone_from(manquements);
            }
            Self::TooMany { retry_after } => {
                problem.retry_after = Some(*retry_after);
                problem.detail = format!("Recommencez dans {}.", attente(*retry_after));
            }
            Self::ForgedForm => {
                problem.title = "Cette page a été ouverte il y a trop longtemps";
                problem.detail = "Le formulaire n’a pas été pris en compte. Revenez à la page précédente, rechargez-la, puis envoyez-le à nouveau.".to_owned();
            }
            _ => {}
        }
        problem
    }
}

impl Problem {
    /// What is said of an answer of which only the status is known.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        let (code, title, detail) = match status.as_u16() {
            400 => (
                "demande_illisible",
                "Cette demande ne peut pas être lue",
                "L’adresse ou le formulaire envoyé n’a pas la forme attendue. Revenez à la page précédente et recommencez.",
            ),
            401 => {
                ("non_connecte", "Connectez-vous pour voir cette page", "Cette page demande d’être connecté.")
            }
            403 => (
                "interdit",
                "Cette action ne vous revient pas",
                "Vous pouvez voir cette page, mais l’action demandée revient à une autre personne ou à un autre profil.",
            ),
            404 => (
                "introuvable",
                "Cette page n’existe pas ou n’existe plus",
                "L’adresse est peut-être mal recopiée, ou ce qu’elle montrait a été supprimé, comme une session quelque temps après la génération de ses certificats.",
            ),
            405 => (
                "methode_non_permise",
                "Cette adresse ne s’ouvre pas de cette façon",
                "Revenez au tableau de bord et suivez les liens ou les boutons des pages.",
            ),
            409 => (
                "conflit",
                "La situation a changé entre-temps",
                "Quelqu’un d’autre a agi sur la même chose. Rechargez la page pour voir où elle en est.",
            ),
            413 => (
                "trop_volumineux",
                "Ce que vous avez envoyé est trop volumineux",
                "Un fichier peut peser 5 Mo au plus. Séparez-le en plusieurs fichiers, ou retirez ce qui n’est pas nécessaire.",
            ),
            414 | 431 => (
                "adresse_trop_longue",
                "L’adresse demandée est trop longue",
                "Revenez à la page précédente et recommencez.",
            ),
            415 => (
                "type_non_pris_en_charge",
                "Ce type de fichier n’est pas pris en charge",
                "Envoyez un fichier CSV, XLSX ou ODS, ou remplissez le formulaire.",
            ),
            422 => ("refus", "Une règle s’oppose à cette action", "Rien n’a été changé."),
            429 => {
                ("trop_de_demandes", "Trop de demandes en peu de temps", "Attendez un peu, puis recommencez.")
            }
            503 => (
                "indisponible",
                "Le service est momentanément indisponible",
                "Rien de ce que vous aviez déjà enregistré n’est perdu. Recommencez dans quelques instants : la page se rechargera normalement.",
            ),
            _ if status.is_client_error() => (
                "demande_refusee",
                "Cette demande n’a pas abouti",
                "Revenez à la page précédente et recommencez.",
            ),
            _ => (
                "incident",
                "Un incident est survenu",
                "L’action demandée n’a pas été faite, et l’incident est inscrit au journal du service. Ce que vous aviez déjà enregistré n’est pas perdu.",
            ),
        };
        let retry_after = match status {
            StatusCode::SERVICE_UNAVAILABLE => Some(10),
            StatusCode::TOO_MANY_REQUESTS => Some(60),
            _ => None,
        };
        Self {
            status,
            code,
            title,
            detail: detail.to_owned(),
            retry_after,
            manquements: Vec::new(),
            suite: serde_json::Map::new(),
        }
    }

    /// The problem document of the interface (RFC 9457).
    #[must_use]
    pub fn document(&self) -> Value {
        let mut document = json!({
            "type": "about:blank",
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
            "code": self.code,
            "manquements": self.manquements,
        });
        if let Some(objet) = document.as_object_mut() {
            objet.extend(self.suite.clone());
        }
        document
    }
}

/// The error of an answer, carried to the edge beside an empty body.
#[derive(Debug, Clone)]
pub struct Carried(pub Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.problem().status.into_response();
        if matches!(self, Self::SansJeton) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Carried(Arc::new(self)));
        response
    }
}
