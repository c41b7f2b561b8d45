//! An habilitation: what a compte may declare, for a dispositif and a niveau, from a day to another.

use jiff::civil::Date;
use serde::Serialize;

use crate::compte::CompteId;
use crate::dispositif::{CodeDispositif, Niveau};
pub use crate::id::HabilitationId;

/// The right of a compte to declare sessions of one dispositif and niveau.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Habilitation {
    /// Its identifier.
    pub id: HabilitationId,
    /// Who holds it.
    pub compte: CompteId,
    /// For which dispositif.
    pub dispositif: CodeDispositif,
    /// For which niveau.
    pub niveau: Niveau,
    /// First valid day.
    pub debut: Date,
    /// Last valid day.
    pub fin: Date,
    /// Number given by the network, printed on certificates.
    pub numero: Option<String>,
    /// First day without it, when withdrawn.
    pub retiree_le: Option<Date>,
    /// First day of a suspension.
    pub suspendue_du: Option<Date>,
    /// Last day of the suspension; `None` with a first day: until further notice.
    pub suspendue_au: Option<Date>,
    /// Why it was last changed.
    pub motif: Option<String>,
}

impl Habilitation {
    /// True when it holds on that day: within its dates, neither suspended nor withdrawn.
    #[must_use]
    pub fn valide_le(&self, jour: Date) -> bool {
        let retiree = self.retiree_le.is_some_and(|le| le <= jour);
        self.debut <= jour && jour <= self.fin && !retiree && !self.suspendue_le(jour)
    }

    /// True when a suspension covers that day.
    #[must_use]
    pub fn suspendue_le(&self, jour: Date) -> bool {
        self.suspendue_du.is_some_and(|du| du <= jour) && self.suspendue_au.is_none_or(|au| jour <= au)
    }

    /// True when it is withdrawn or suspended, and nothing says why: the compte is to read it.
    #[must_use]
    pub fn motif_manque(&self) -> bool {
        let empechee = self.retiree_le.is_some() || self.suspendue_du.is_some();
        empechee && self.motif.as_ref().is_none_or(|motif| motif.trim().is_empty())
    }

    /// The last day on which it can still hold, a withdrawal taken into account.
    #[must_use]
    pub fn dernier_jour(&self) -> Date {
        match self.retiree_le {
            Some(le) => self.fin.min(crate::calendrier::plus_jours(le, -1)),
            None => self.fin,
        }
    }

    /// True when another of the same compte, dispositif and niveau goes on after it ends.
    #[must_use]
    pub fn est_relayee(&self, du_compte: &[Self]) -> bool {
        du_compte.iter().any(|autre| {
            autre.compte == self.compte
                && autre.dispositif == self.dispositif
                && autre.niveau == self.niveau
                && self.dernier_jour() < autre.dernier_jour()
        })
    }
}
