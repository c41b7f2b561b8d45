//! What a session waits for, and until which day: R3 as long as it was never submitted, the day of its deletion
//! (R6, R6b) from then on.

use jiff::civil::Date;

use super::{Etat, Session};
use crate::calendrier::{jours_entre, plus_jours};
use crate::regles::delai_de_saisie::fenetre;

/// Days before the last one from which a deadline is said to be near.
const JOURS_PROCHES: i32 = 3;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendu {
    /// That it be handed to the formateur.
    Soumission,
    /// That it be corrected, and submitted again.
    Correction,
    /// That the formateur hand over the results.
    Resultats,
    /// That the certificates be generated.
    Generation,
    /// That they be downloaded.
    Telechargement,
    /// Nothing but its deletion: too late to be submitted, or closed without a certificate.
    Suppression,
}

/// What the day after the last one takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perte {
    /// The session can no longer be submitted (R3).
    Saisie,
    /// The session is deleted (R6, R6b).
    Session,
}

/// What a session waits for, and the last day on which it can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Echeance {
    /// What comes next.
    pub attendu: Attendu,
    /// Last day on which it can be done.
    pub dernier_jour: Date,
    /// What the next day takes away.
    pub perte: Perte,
}

impl Echeance {
    /// The deadline of a session on this day.
    #[must_use]
    pub fn de(session: &Session, aujourdhui: Date) -> Self {
        let fin_de_saisie = fenetre(session.saisie.date_fin).1;
        let jamais_soumise = session.etat == Etat::Brouillon && !session.deja_soumise();
        if jamais_soumise && aujourdhui <= fin_de_saisie {
            return Self { attendu: Attendu::Soumission, dernier_jour: fin_de_saisie, perte: Perte::Saisie };
        }
        let attendu = match session.etat {
            Etat::Brouillon if jamais_soumise => Attendu::Suppression,
            Etat::Brouillon => Attendu::Soumission,
            Etat::Retournee { .. } => Attendu::Correction,
            Etat::Soumise { .. } => Attendu::Resultats,
            Etat::ATraiter { .. } => Attendu::Generation,
            Etat::Terminee { .. } if session.sans_reussite() => Attendu::Suppression,
            Etat::Terminee { .. } => Attendu::Telechargement,
        };
        Self { attendu, dernier_jour: plus_jours(session.disparait_le(), -1), perte: Perte::Session }
    }

    /// True when nothing can be done any more but wait for the deletion, or correct a wrong date.
    #[must_use]
    pub fn est_passee(&self) -> bool {
        self.attendu == Attendu::Suppression
    }

    /// The day that takes away what `perte` says.
    #[must_use]
    pub fn lendemain(&self) -> Date {
        plus_jours(self.dernier_jour, 1)
    }

    /// Days until the last one: 0 on that day.
    #[must_use]
    pub fn jours_restants(&self, aujourdhui: Date) -> i32 {
        jours_entre(aujourdhui, self.dernier_jour)
    }

    /// True when there is something to do, and three days or fewer to do it.
    #[must_use]
    pub fn est_proche(&self, aujourdhui: Date) -> bool {
        !self.est_passee() && self.jours_restants(aujourdhui) <= JOURS_PROCHES
    }
}
