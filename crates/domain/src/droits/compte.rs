//! Who may do what for a compte, apart from its sessions.

use super::Requester;
use crate::compte::CompteId;

/// What somebody may want to do with a compte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActeDuCompte {
    /// Read what the network knows of it, its habilitations included.
    Consulter,
    /// Declare sessions for it, look for known persons, read the list of those it certified.
    Declarer,
    /// Invite its users, withdraw their profiles.
    GererLesUtilisateurs,
    /// Grant, suspend and withdraw its habilitations.
    Habiliter,
}

impl ActeDuCompte {
    /// All of them.
    pub const TOUS: [Self; 4] =
        [Self::Consulter, Self::Declarer, Self::GererLesUtilisateurs, Self::Habiliter];
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusDeCompte {
    /// He has nothing to do with it: it does not exist for him.
    Inconnu,
    /// He knows it; this is others' to do.
    PasVotreRole,
}

/// Says whether this person may do this with this compte.
///
/// # Errors
///
/// [`RefusDeCompte`].
pub fn peut_pour(requester: &Requester, acte: ActeDuCompte, compte: CompteId) -> Result<(), RefusDeCompte> {
    let reseau = requester.est_administrateur();
    let gere = requester.gestionnaire_de().contains(&compte);
    let declare = gere || requester.delegataire_de().contains(&compte);
    if !(reseau || declare) {
        return Err(RefusDeCompte::Inconnu);
    }
    let permis = match acte {
        ActeDuCompte::Consulter => true,
        ActeDuCompte::Declarer => declare,
        ActeDuCompte::GererLesUtilisateurs => reseau || gere,
        ActeDuCompte::Habiliter => reseau,
    };
    if permis { Ok(()) } else { Err(RefusDeCompte::PasVotreRole) }
}

/// The comptes of this person for which he may do this, gestionnaire first; empty for who is of none, the administrateur
/// too.
#[must_use]
pub fn comptes_pour(requester: &Requester, acte: ActeDuCompte) -> Vec<CompteId> {
    let mut comptes = requester.declare_pour();
    comptes.retain(|compte| peut_pour(requester, acte, *compte).is_ok());
    comptes
}
