//! Who may do what with a session, role and state; the rules are judged after.

use jiff::civil::Date;

use super::{Requester, portee};
use crate::refus::{Manquement, Refus};
use crate::session::{Etat, Faits, NomEtat, Session, manquements};

/// What somebody may want to do with a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Acte {
    /// Change what was entered, trainees included.
    Modifier,
    /// Delete it.
    Supprimer,
    /// Hand it to the formateur.
    Soumettre,
    /// Take it back.
    Reprendre,
    /// Send it back to be corrected.
    Retourner,
    /// Record results.
    EnregistrerResultats,
    /// Hand them over.
    TransmettreResultats,
    /// Send it back to the formateur.
    Renvoyer,
    /// Issue the certificates.
    Generer,
    /// Download them.
    Telecharger,
}

impl Acte {
    /// All of them, in the order of the course.
    pub const TOUS: [Self; 10] = [
        Self::Modifier,
        Self::Supprimer,
        Self::Soumettre,
        Self::Reprendre,
        Self::Retourner,
        Self::EnregistrerResultats,
        Self::TransmettreResultats,
        Self::Renvoyer,
        Self::Generer,
        Self::Telecharger,
    ];

    /// Its code, as in the session object.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Modifier => "modifier",
            Self::Supprimer => "supprimer",
            Self::Soumettre => "soumettre",
            Self::Reprendre => "reprendre",
            Self::Retourner => "retourner",
            Self::EnregistrerResultats => "enregistrer_resultats",
            Self::TransmettreResultats => "transmettre_resultats",
            Self::Renvoyer => "renvoyer",
            Self::Generer => "generer",
            Self::Telecharger => "telecharger",
        }
    }

    /// True when it belongs to the declared formateur; the others to the compte's side.
    #[must_use]
    pub fn du_formateur(self) -> bool {
        match self {
            Self::Retourner | Self::EnregistrerResultats | Self::TransmettreResultats => true,
            Self::Modifier
            | Self::Supprimer
            | Self::Soumettre
            | Self::Reprendre
            | Self::Renvoyer
            | Self::Generer
            | Self::Telecharger => false,
        }
    }

    /// The states in which it can be done.
    #[must_use]
    pub fn depuis(self) -> &'static [NomEtat] {
        match self {
            Self::Modifier | Self::Supprimer | Self::Soumettre => &[NomEtat::Brouillon, NomEtat::Retournee],
            Self::Reprendre | Self::Retourner | Self::EnregistrerResultats | Self::TransmettreResultats => {
                &[NomEtat::Soumise]
            }
            Self::Renvoyer | Self::Generer => &[NomEtat::ATraiter],
            Self::Telecharger => &[NomEtat::Terminee],
        }
    }
}

/// Says whether this person may do this with a session that he sees: first his role, then the state.
///
/// # Errors
///
/// [`Refus::PasVotreRole`], or [`Refus::MauvaisEtat`].
pub fn peut(requester: &Requester, acte: Acte, session: &Session) -> Result<(), Refus> {
    let portee = portee(requester);
    let role = if acte.du_formateur() {
        portee.certifie(session) || portee.a_ete_reprise(session)
    } else {
        portee.declare(session)
    };
    if !role {
        return Err(Refus::PasVotreRole);
    }
    let etat = session.etat.nom();
    if !acte.depuis().contains(&etat) {
        return Err(Refus::MauvaisEtat { etat });
    }
    Ok(())
}

/// As [`peut`], for somebody who has the session as it was at `version` before his eyes (none: he does not say): first
/// his role, then the version, then the state.
///
/// # Errors
///
/// [`Refus::PasVotreRole`], [`Refus::VersionDepassee`] or [`Refus::MauvaisEtat`].
pub fn peut_sur_cette_version(
    requester: &Requester,
    acte: Acte,
    session: &Session,
    version: Option<i64>,
) -> Result<(), Refus> {
    match peut(requester, acte, session) {
        Err(Refus::PasVotreRole) => Err(Refus::PasVotreRole),
        verdict => session.exiger_version(version).and(verdict),
    }
}

/// What this person may do now with this session, rules apart; nothing to download where nobody passed (R13).
#[must_use]
pub fn actes(requester: &Requester, session: &Session) -> Vec<Acte> {
    let sans_objet = |acte: Acte| acte == Acte::Telecharger && session.sans_reussite();
    Acte::TOUS
        .into_iter()
        .filter(|acte| !sans_objet(*acte) && peut(requester, *acte, session).is_ok())
        .collect()
}

/// The act that this session waits for; none once it is closed without a certificate.
#[must_use]
pub fn acte_attendu(session: &Session) -> Option<Acte> {
    match session.etat {
        Etat::Brouillon | Etat::Retournee { .. } => Some(Acte::Soumettre),
        Etat::Soumise { .. } => Some(Acte::TransmettreResultats),
        Etat::ATraiter { .. } => Some(Acte::Generer),
        Etat::Terminee { .. } => Some(Acte::Telecharger).filter(|_| !session.sans_reussite()),
    }
}

/// True when what this session waits for is this person's to do.
#[must_use]
pub fn est_a_son_tour(requester: &Requester, session: &Session) -> bool {
    acte_attendu(session).is_some_and(|acte| peut(requester, acte, session).is_ok())
}

/// What this person's role lets him do with this session, now or in another state.
#[must_use]
pub fn actes_du_role(requester: &Requester, session: &Session) -> Vec<Acte> {
    let role = |acte: &Acte| !matches!(peut(requester, *acte, session), Err(Refus::PasVotreRole));
    Acte::TOUS.into_iter().filter(role).collect()
}

/// True when results recorded so far may be shown: to the formateur at once, to the others once handed over (R12).
#[must_use]
pub fn voit_les_resultats(requester: &Requester, session: &Session) -> bool {
    match session.etat {
        Etat::ATraiter { .. } | Etat::Terminee { .. } => true,
        Etat::Brouillon | Etat::Soumise { .. } | Etat::Retournee { .. } => {
            portee(requester).certifie(session)
        }
    }
}

/// All that the next step of this session lacks, as this person may read it: whose result is missing is the
/// formateur's to know until he hands them over (R12).
#[must_use]
pub fn manquements_lus(
    requester: &Requester,
    session: &Session,
    faits: &Faits,
    aujourdhui: Date,
) -> Vec<Manquement> {
    let mut points = manquements(session, faits, aujourdhui);
    if !voit_les_resultats(requester, session) {
        for point in &mut points {
            if let Manquement::ResultatsIncomplets { stagiaires } = point {
                stagiaires.clear();
            }
        }
    }
    points
}
