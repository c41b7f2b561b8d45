//! The seal of a file: a PAdES signature, baseline B (ETSI EN 319 142-1).
//!
//! Bytes only: who holds the key signs what [`a_signer`] gives, and [`Cms`] puts the container together. There
//! is one encoding of it, so that a container that differs from it by one byte is no seal of ours.

mod asn1;
mod chaine;
mod cms;
mod horodatage;

pub use chaine::{Algorithme, Chaine};
pub use cms::{Cms, a_signer};
pub use horodatage::{Condensat, Horodatage, demande};

/// SHA-256 of what a seal covers.
pub type Empreinte = [u8; 32];

/// Why bytes are no seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Defaut {
    /// A certificate that cannot be read, or whose key is neither P-256 nor RSA.
    #[error("not a certificate with a P-256 or RSA key")]
    Certificat,
    /// A time-stamp that was not granted, or that is not one of this signature.
    #[error("not a time-stamp of this signature")]
    Horodatage,
    /// A container that differs from the one form of its content.
    #[error("the container of the seal is not in its one form")]
    Forme,
}
