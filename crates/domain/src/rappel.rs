//! Reminders: what a person is written again before it is too late, or when nothing comes; in one mail a day.
//!
//! A reminder has steps, counted in days before a last day or from a day of silence. The step reached last is due
//! until the next one is: a service that was down on its day sends it on the next. Nothing is due of what has passed.

use jiff::civil::Date;

use crate::calendrier::{plus_jours, plus_mois};
use crate::formateur::Qualification;
use crate::habilitation::Habilitation;
use crate::regles::delai_de_saisie::{MOIS, fenetre};
use crate::regles::duree_de_vie::est_disparue;
use crate::regles::habilitation_valide::JOURS_D_ALERTE;
use crate::session::{Etat, Session};
use crate::utilisateur::Profil;

/// Days of silence of a formateur after which he is reminded.
pub const JOURS_DE_SILENCE: [i32; 2] = [3, 10];
/// Days of silence after which the author is told too: he may take the session back.
const JOURS_AVANT_L_AUTEUR: [i32; 1] = [10];
/// Days before the last one on which a draft may be submitted (R3), or files downloaded (R5).
pub const JOURS_AVANT_LA_FIN: [i32; 3] = [30, 7, 1];
/// Days before the last one of a session never generated (R6b).
pub const JOURS_AVANT_LA_SUPPRESSION: [i32; 2] = [30, 7];
/// Days before the last one of an habilitation or of a qualification.
pub const JOURS_AVANT_L_ECHEANCE: [i32; 2] = [JOURS_D_ALERTE, 30];

/// The kinds of reminders, among which each person chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GenreDeRappel {
    /// A session that its formateur is to check, and does not.
    Verification,
    /// A draft that can soon no longer be submitted.
    Soumission,
    /// Files that can soon no longer be downloaded.
    Telechargement,
    /// A session never generated that is soon deleted.
    Suppression,
    /// An habilitation that ends.
    Habilitation,
    /// One's own qualification of formateur that ends.
    Qualification,
}

impl GenreDeRappel {
    /// All of them, in the order in which they are shown.
    pub const TOUS: [Self; 6] = [
        Self::Verification,
        Self::Soumission,
        Self::Telechargement,
        Self::Suppression,
        Self::Habilitation,
        Self::Qualification,
    ];

    /// Its code, as in forms and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Soumission => "soumission",
            Self::Telechargement => "telechargement",
            Self::Suppression => "suppression",
            Self::Habilitation => "habilitation",
            Self::Qualification => "qualification",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|genre| genre.code() == code)
    }

    /// Those that somebody with these profiles may be sent.
    #[must_use]
    pub fn des_profils(profils: &[Profil]) -> Vec<Self> {
        let concerne = |genre: &Self| profils.iter().any(|profil| genre.concerne(*profil));
        Self::TOUS.into_iter().filter(concerne).collect()
    }

    fn concerne(self, profil: Profil) -> bool {
        let declare = matches!(profil, Profil::Gestionnaire { .. } | Profil::Delegataire { .. });
        match self {
            Self::Verification => declare || profil == Profil::Formateur,
            Self::Soumission | Self::Telechargement | Self::Suppression => declare,
            Self::Habilitation => matches!(profil, Profil::Gestionnaire { .. }),
            Self::Qualification => profil == Profil::Formateur,
        }
    }
}

/// To whom a reminder goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destinataires {
    /// The formateur to whom the session was submitted.
    Formateur,
    /// Its author; the gestionnaires of the compte when he sees it no more.
    Auteur,
    /// Its author and the gestionnaires of the compte.
    AuteurEtGestionnaires,
    /// The gestionnaires of the compte.
    Gestionnaires,
    /// Who holds the qualification.
    Titulaire,
}

/// A reminder that is due on the day asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rappel {
    /// Its kind.
    pub genre: GenreDeRappel,
    /// To whom it goes.
    pub a: Destinataires,
    /// The day it is counted from, or to: a new one makes it due anew.
    pub repere: Date,
    /// Which step was reached, in days.
    pub palier: i32,
}

/// When a session was declared and last changed, as days in Paris.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JoursDeSession {
    /// The day on which it was declared.
    pub creee: Date,
    /// The day of its last change: a move, what the author entered, results that the formateur recorded.
    pub modifiee: Date,
}

impl Rappel {
    /// All reminders of a session that are due on this day.
    #[must_use]
    pub fn de_la_session(session: &Session, jours: JoursDeSession, aujourdhui: Date) -> Vec<Self> {
        use Destinataires::{Auteur, AuteurEtGestionnaires, Formateur};
        use GenreDeRappel::{Soumission, Suppression, Telechargement, Verification};
        let disparait_le = session.disparait_le();
        if est_disparue(disparait_le, aujourdhui) {
            return Vec::new();
        }
        let dernier_jour = plus_jours(disparait_le, -1);
        let avant = |genre, a, paliers: &[i32], depuis, repere| {
            let palier = palier_avant(paliers, depuis, repere, aujourdhui)?;
            Some(Self { genre, a, repere, palier })
        };
        let silence = |a, paliers: &[i32]| {
            // Results come at the end of a session: before, nobody is silent.
            let repere = jours.modifiee.max(session.saisie.date_fin);
            let palier = palier_apres(paliers, repere, aujourdhui)?;
            Some(Self { genre: Verification, a, repere, palier })
        };
        let suppression = || {
            avant(Suppression, AuteurEtGestionnaires, &JOURS_AVANT_LA_SUPPRESSION, jours.creee, dernier_jour)
        };
        let dus = match session.etat {
            Etat::Brouillon if !session.deja_soumise() => {
                let fin_de_saisie = fenetre(session.saisie.date_fin).1;
                let soumission = avant(Soumission, Auteur, &JOURS_AVANT_LA_FIN, jours.creee, fin_de_saisie);
                vec![soumission, suppression()]
            }
            Etat::Brouillon | Etat::Retournee { .. } | Etat::ATraiter { .. } => vec![suppression()],
            Etat::Soumise { .. } => vec![
                silence(Formateur, &JOURS_DE_SILENCE),
                silence(Auteur, &JOURS_AVANT_L_AUTEUR),
                suppression(),
            ],
            Etat::Terminee { .. } if session.sans_reussite() => Vec::new(),
            Etat::Terminee { generee_le, .. } => {
                vec![avant(Telechargement, Auteur, &JOURS_AVANT_LA_FIN, generee_le, dernier_jour)]
            }
        };
        dus.into_iter().flatten().collect()
    }

    /// The reminder of an habilitation that is due on this day; none when another of the compte takes over from it.
    #[must_use]
    pub fn de_l_habilitation(
        habilitation: &Habilitation,
        du_compte: &[Habilitation],
        aujourdhui: Date,
    ) -> Option<Self> {
        let repere = habilitation.dernier_jour();
        let palier = palier_avant(&JOURS_AVANT_L_ECHEANCE, habilitation.debut, repere, aujourdhui)?;
        let (genre, a) = (GenreDeRappel::Habilitation, Destinataires::Gestionnaires);
        (!habilitation.est_relayee(du_compte)).then_some(Self { genre, a, repere, palier })
    }

    /// The reminder of a qualification of formateur that is due on this day; none when another that its holder has
    /// takes over from it.
    #[must_use]
    pub fn de_la_qualification(
        qualification: &Qualification,
        du_titulaire: &[Qualification],
        aujourdhui: Date,
    ) -> Option<Self> {
        let repere = qualification.fin?;
        let palier = palier_avant(&JOURS_AVANT_L_ECHEANCE, qualification.debut, repere, aujourdhui)?;
        let (genre, a) = (GenreDeRappel::Qualification, Destinataires::Titulaire);
        let due = qualification.fait_un_formateur() && !qualification.est_relayee(du_titulaire);
        due.then_some(Self { genre, a, repere, palier })
    }
}

/// Where the sessions lie of which a reminder may be due on a day: wide enough to hold them all, for whoever looks them
/// up before asking [`Rappel::de_la_session`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// Any session that is gone on this day or before.
    pub disparait_avant: Date,
    /// A submitted one whose last day is this one or before.
    pub soumise_finie_avant: Date,
    /// A draft never submitted whose last day is between these two.
    pub brouillon_finissant: (Date, Date),
}

impl Horizon {
    /// That of this day.
    #[must_use]
    pub fn du(aujourdhui: Date) -> Self {
        let [loin, ..] = JOURS_AVANT_LA_SUPPRESSION;
        let [silence, _] = JOURS_DE_SILENCE;
        let [saisie, ..] = JOURS_AVANT_LA_FIN;
        // Months are clamped at their end: three days at most.
        let fin = |jour: Date, ecart: i32| plus_jours(plus_mois(jour, -MOIS), ecart);
        Self {
            disparait_avant: plus_jours(aujourdhui, loin + 1),
            soumise_finie_avant: plus_jours(aujourdhui, -silence),
            brouillon_finissant: (fin(aujourdhui, -3), fin(plus_jours(aujourdhui, saisie), 3)),
        }
    }

    /// True when a reminder of this session may be due.
    #[must_use]
    pub fn comprend(&self, session: &Session) -> bool {
        let date_fin = session.saisie.date_fin;
        let (du, au) = self.brouillon_finissant;
        let brouillon = session.etat == Etat::Brouillon && !session.deja_soumise();
        let soumise = matches!(session.etat, Etat::Soumise { .. });
        session.disparait_le() <= self.disparait_avant
            || soumise && date_fin <= self.soumise_finie_avant
            || brouillon && du <= date_fin && date_fin <= au
    }
}

/// The step reached before the last day; none before the first step, nor once the last day has passed. A step whose
/// day came no later than `depuis` was never ahead: who has just declared a session is not reminded of it.
fn palier_avant(paliers: &[i32], depuis: Date, dernier_jour: Date, aujourdhui: Date) -> Option<i32> {
    let jour = |palier: i32| plus_jours(dernier_jour, -palier);
    let atteint = paliers.iter().copied().filter(|palier| jour(*palier) <= aujourdhui).min()?;
    (aujourdhui <= dernier_jour && depuis < jour(atteint)).then_some(atteint)
}

/// The step reached since the first day of a silence.
fn palier_apres(paliers: &[i32], depuis: Date, aujourdhui: Date) -> Option<i32> {
    paliers.iter().copied().filter(|palier| plus_jours(depuis, *palier) <= aujourdhui).max()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn un_palier_est_du_de_son_jour_au_suivant() {
        let (fin, longtemps) = (date(2026, 12, 7), date(2026, 9, 1));
        for (jour, depuis, attendu) in [
            (date(2026, 11, 6), longtemps, None),
            (date(2026, 11, 7), longtemps, Some(30)),
            (date(2026, 11, 29), longtemps, Some(30)),
            (date(2026, 11, 30), longtemps, Some(7)),
            (date(2026, 12, 5), longtemps, Some(7)),
            (date(2026, 12, 6), longtemps, Some(1)),
            (date(2026, 12, 7), longtemps, Some(1)),
            (date(2026, 12, 8), longtemps, None),
            // What began after the day of a step is not reminded of by it.
            (date(2026, 11, 8), date(2026, 11, 6), Some(30)),
            (date(2026, 11, 8), date(2026, 11, 7), None),
            (date(2026, 11, 30), date(2026, 11, 29), Some(7)),
            (date(2026, 11, 30), date(2026, 11, 30), None),
            (date(2026, 12, 6), date(2026, 12, 5), Some(1)),
            (date(2026, 12, 7), date(2026, 12, 6), None),
        ] {
            let obtenu = palier_avant(&JOURS_AVANT_LA_FIN, depuis, fin, jour);
            assert_eq!(obtenu, attendu, "{jour}, depuis {depuis}");
        }
    }

    #[test]
    fn un_silence_se_compte_depuis_son_premier_jour() {
        for (jour, attendu) in [
            (date(2026, 10, 24), None),
            (date(2026, 10, 26), None),
            (date(2026, 10, 27), Some(3)),
            (date(2026, 11, 2), Some(3)),
            (date(2026, 11, 3), Some(10)),
            (date(2027, 2, 1), Some(10)),
        ] {
            // The clock changes on 25 October.
            assert_eq!(palier_apres(&JOURS_DE_SILENCE, date(2026, 10, 24), jour), attendu, "{jour}");
        }
    }

    #[test]
    fn un_code_se_relit() {
        for genre in GenreDeRappel::TOUS {
            assert_eq!(GenreDeRappel::from_code(genre.code()), Some(genre));
        }
        assert_eq!(GenreDeRappel::from_code("autre"), None);
    }
}
