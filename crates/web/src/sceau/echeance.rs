//! The end of the certificate of the seal: said at the start and to the administrateur, before readers of files
//! say it.

use forprev_domain::calendrier::{jour_de_paris, jours_entre};
use forprev_pdf::sceau::Chaine;
use jiff::civil::Date;

use crate::typographie::date;

/// From so many days before its end on, it is said.
const PREAVIS_JOURS: i32 = 30;

/// A certificate of the seal that has ended, or will soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echeance {
    /// Still valid, up to and on that day.
    Proche(Date),
    /// That day was the last one.
    Passee(Date),
}

impl Echeance {
    /// What is to be said of this certificate today; `None`: nothing.
    #[must_use]
    pub fn de(chaine: &Chaine, aujourdhui: Date) -> Option<Self> {
        let fin = jour_de_paris(chaine.fin());
        if fin < aujourdhui {
            return Some(Self::Passee(fin));
        }
        (jours_entre(aujourdhui, fin) <= PREAVIS_JOURS).then_some(Self::Proche(fin))
    }

    /// What to say of it, and what to do.
    #[must_use]
    pub fn phrase(self) -> String {
        match self {
            Self::Proche(fin) => format!(
                "Le certificat du sceau expire le {} : renouvelez-le avant, avec « forprev cles renouveler sceau ».",
                date(fin)
            ),
            Self::Passee(fin) => format!(
                "Le certificat du sceau a expiré le {} : les lecteurs de PDF le disent de chaque fichier scellé depuis. \
                 Renouvelez-le avec « forprev cles renouveler sceau ».",
                date(fin)
            ),
        }
    }
}
