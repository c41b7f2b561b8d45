//! The seal of files and the signature of what codes say: keys, public keys, sealing, checking.
//!
//! Keys live in files (`dossier`); the database knows their public halves (`registre`), so that two instances
//! cannot issue with different ones unseen, and every key that ever served stays published (`publiques`).

mod cle_des_enonces;
mod cle_du_sceau;
mod controle;
mod dossier;
mod echeance;
mod horodateur;
mod pem;
pub mod publiques;
mod registre;
mod sceller;

pub use cle_des_enonces::CleDesEnonces;
pub use cle_du_sceau::{CleDuSceau, CleRefusee};
pub use controle::{Constat, Doute, Horodate, lire_enonce, verifier};
pub use dossier::{chemin_des_publiques, trop_ouverts};
pub use echeance::Echeance;
pub use horodateur::{Horodateur, Panne};
pub use publiques::Publiques;
pub use registre::{ephemere, ouvrir, renouveler};
pub(crate) use sceller::LOT;
pub use sceller::{sceller, sceller_aussitot, sceller_ensemble};

/// The two keys of a running program.
#[derive(Debug)]
pub struct Trousseau {
    /// Seals files.
    pub sceau: CleDuSceau,
    /// Signs what codes say.
    pub enonces: CleDesEnonces,
}
