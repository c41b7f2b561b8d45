//! How the domain's values stand in columns: one place for writing and reading each of them.

use forprev_domain::certificat::EtatCertificat;
use forprev_domain::compte::Genre;
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::evenement::Quoi;
use forprev_domain::id::{CompteId, FusionId, HabilitationId, SessionId, StagiaireId};
use forprev_domain::identite::{Civilite, Email, Nom};
use forprev_domain::numero::{Numero, NumeroCertificat, NumeroSession};
use forprev_domain::rappel::GenreDeRappel;
use forprev_domain::session::{Action, NomEtat};
use forprev_domain::stagiaire::Resultat;
use rusqlite::types::Value as Cell;
use serde::Serialize;
use uuid::Uuid;

use crate::StoreError;
use crate::cles::Emploi;
use crate::db::{Column, Value};

macro_rules! column {
    ($($type:ty as $raw:ty: |$r:ident| $read:expr, |$w:ident| $write:expr;)*) => {$(
        impl Column for $type {
            fn from_sqlite(cell: &Cell) -> Option<Self> {
                let $r = <$raw>::from_sqlite(cell)?;
                $read
            }
            fn from_postgres(row: &tokio_postgres::Row, index: usize) -> Option<Self> {
                let $r = <$raw>::from_postgres(row, index)?;
                $read
            }
        }
        impl Column for Option<$type> {
            fn from_sqlite(cell: &Cell) -> Option<Self> {
                match Option::<$raw>::from_sqlite(cell)? {
                    None => Some(None),
                    Some(_) => <$type>::from_sqlite(cell).map(Some),
                }
            }
            fn from_postgres(row: &tokio_postgres::Row, index: usize) -> Option<Self> {
                match Option::<$raw>::from_postgres(row, index)? {
                    None => Some(None),
                    Some(_) => <$type>::from_postgres(row, index).map(Some),
                }
            }
        }
        impl From<&$type> for Value {
            fn from($w: &$type) -> Self { Self::from($write) }
        }
        impl From<Option<&$type>> for Value {
            fn from(value: Option<&$type>) -> Self { Self::from(value.map(|$w| $write)) }
        }
    )*};
}

column! {
    Numero as String: |r| Self::parse(&r), |w| w.as_str();
    NumeroSession as String: |r| Self::parse(&r), |w| w.as_str();
    NumeroCertificat as String: |r| Self::parse(&r), |w| w.as_str();
    CodeDispositif as String: |r| Self::parse(&r), |w| w.as_str();
    Nom as String: |r| Self::parse(&r).ok(), |w| w.as_str();
    Email as String: |r| Self::parse(&r).ok(), |w| w.as_str();
    Civilite as String: |r| Self::from_libelle(&r), |w| w.libelle();
    Niveau as String: |r| Self::from_code(&r), |w| w.code();
    Action as String: |r| Self::from_code(&r), |w| w.code();
    Resultat as String: |r| Self::from_code(&r), |w| w.code();
    Genre as String: |r| Self::from_code(&r), |w| w.code();
    NomEtat as String: |r| Self::from_code(&r), |w| w.code();
    Quoi as String: |r| Self::from_code(&r), |w| w.code();
    EtatCertificat as String: |r| Self::from_code(&r), |w| w.code();
    GenreDeRappel as String: |r| Self::from_code(&r), |w| w.code();
    Emploi as String: |r| Self::from_code(&r), |w| w.code();
    CompteId as Uuid: |r| Some(Self(r)), |w| w.0;
    SessionId as Uuid: |r| Some(Self(r)), |w| w.0;
    StagiaireId as Uuid: |r| Some(Self(r)), |w| w.0;
    HabilitationId as Uuid: |r| Some(Self(r)), |w| w.0;
    FusionId as Uuid: |r| Some(Self(r)), |w| w.0;
}

/// Returns a structure as a JSON parameter.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Value, StoreError> {
    serde_json::to_value(value)
        .map(Value::from)
        .map_err(|e| StoreError::Interne(format!("a value cannot be written as JSON: {e}")))
}

/// Returns 64 bits drawn by the operating system.
pub(crate) fn tirage() -> Result<u64, StoreError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::Interne(format!("no randomness to be had: {e}")))?;
    Ok(u64::from_le_bytes(bytes))
}

/// Returns a new identifier that cannot be guessed.
///
/// # Errors
/// [`StoreError::Interne`] when the system gives no randomness.
pub fn nouvel_id() -> Result<Uuid, StoreError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::Interne(format!("no randomness to be had: {e}")))?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}
