//! A person known to the register: whoever has a numéro FORPREV.

use crate::identite::{Email, Identite};
use crate::numero::Numero;

/// A known person. He has a numéro from the moment a complete identity is saved (R17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personne {
    /// His numéro FORPREV, never reused.
    pub numero: Numero,
    /// Who he is.
    pub identite: Identite,
    /// His own address; never shown to those who enter sessions.
    pub email: Option<Email>,
}

/// Somebody of the register who may be the one whose identity was typed, to be graded (R17): what his keys say of him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidat {
    /// His numéro FORPREV.
    pub numero: Numero,
    /// Who he is, but for his civilité.
    pub identite: Identite,
}
