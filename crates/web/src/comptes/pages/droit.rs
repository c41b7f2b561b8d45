//! An habilitation in words: what it is for, its dates, what it is worth today.

use forprev_domain::calendrier::jours_entre;
use forprev_domain::habilitation::Habilitation;
use forprev_domain::regles::habilitation_valide::JOURS_D_ALERTE;
use jiff::civil::Date;

use crate::messages;
use crate::typographie::{date, reste};

/// One line of a list of habilitations.
#[derive(Debug, Clone)]
pub(crate) struct Droit {
    pub(crate) id: String,
    pub(crate) intitule: String,
    pub(crate) numero: String,
    pub(crate) debut: String,
    pub(crate) fin: String,
    pub(crate) classe: &'static str,
    pub(crate) etat: String,
    pub(crate) motif: String,
}

impl Droit {
    /// This habilitation, seen today.
    pub(crate) fn de(habilitation: &Habilitation, aujourdhui: Date) -> Self {
        let h = habilitation;
        let (classe, etat) = etat(h, aujourdhui);
        Self {
            id: h.id.to_string(),
            intitule: format!("{} {}", h.dispositif, messages::niveau(h.niveau)),
            numero: h.numero.clone().unwrap_or_default(),
            debut: date(h.debut),
            fin: date(h.fin),
            classe,
            etat,
            motif: h.motif.clone().unwrap_or_default(),
        }
    }
}

/// What it is worth today, and the class of its words.
fn etat(h: &Habilitation, aujourdhui: Date) -> (&'static str, String) {
    let dernier_jour = h.dernier_jour();
    let jours = jours_entre(aujourdhui, dernier_jour);
    if let Some(le) = h.retiree_le.filter(|le| *le <= aujourdhui) {
        return ("echec", format!("Retirée le {}", date(le)));
    }
    if jours < 0 {
        return ("doux", format!("Terminée le {}", date(dernier_jour)));
    }
    if h.suspendue_le(aujourdhui) {
        return (
            "echec",
            h.suspendue_au.map_or_else(
                || "Suspendue jusqu’à nouvel ordre".to_owned(),
                |au| format!("Suspendue jusqu’au {}", date(au)),
            ),
        );
    }
    if aujourdhui < h.debut {
        return ("doux", format!("À partir du {}", date(h.debut)));
    }
    if let Some(du) = h.suspendue_du.filter(|du| aujourdhui < *du) {
        return ("reste", format!("Valide, suspendue à partir du {}", date(du)));
    }
    if jours <= JOURS_D_ALERTE {
        return ("reste", format!("Valide, {}", reste(jours)));
    }
    ("reussite", "Valide".to_owned())
}
