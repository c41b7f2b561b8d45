//! Two people at once: what the other one saved is shown beside what was typed; nothing is overwritten.

use askama::Template;
use forprev_domain::calendrier::jour_de_paris;

use super::dossier::Dossier;
use crate::sign_in::SignedVisit;
use crate::typographie::{date, heure};

/// One value that differs: its name, as saved by the other one, as typed.
pub(super) struct Ecart {
    pub(super) libelle: String,
    pub(super) enregistre: String,
    pub(super) saisi: String,
}

/// « Modifiée par Claire Lemoine à 10:42 », and both values.
#[derive(Template)]
#[template(path = "sessions/saisie/conflit.html")]
pub(super) struct Conflit {
    titre: String,
    ecarts: Vec<Ecart>,
    bouton: String,
}

impl askama::filters::HtmlSafe for Conflit {}

impl Conflit {
    /// Who changed this session last, and what differs from what was typed; `bouton` saves it anyway.
    pub(super) fn new(dossier: &Dossier, ecarts: Vec<Ecart>, bouton: &str, visit: &SignedVisit) -> Self {
        let aujourdhui = visit.moment.aujourdhui;
        let titre = match dossier.historique.last() {
            Some(dernier) => {
                let jour = jour_de_paris(dernier.le);
                let quand = if jour == aujourdhui { String::new() } else { format!(" le {}", date(jour)) };
                let qui = if dernier.par == *visit.numero() {
                    "vous-même".to_owned()
                } else {
                    dossier.gens.nom(&dernier.par)
                };
                format!("Modifiée par {qui}{quand} à {}", heure(dernier.le))
            }
            None => "Modifiée par quelqu’un d’autre".to_owned(),
        };
        Self { titre, ecarts, bouton: bouton.to_owned() }
    }
}
