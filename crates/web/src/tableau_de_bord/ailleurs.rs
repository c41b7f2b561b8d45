//! What is in other hands: sessions that formateurs check, or that were handed over.

use forprev_domain::calendrier::{jour_de_paris, jours_entre};
use forprev_domain::session::NomEtat;
use forprev_store::sessions::{Filtre, Tri};
use forprev_store::{Pagination, Tx, sessions};
use jiff::civil::Date;

use crate::demande::Demande;
use crate::error::Error;
use crate::sessions::presentation::{Gens, court, titre};
use crate::typographie::{distance, nombre};

/// Sessions shown; the list holds the others.
const LIGNES: u16 = 4;

/// Sessions in other hands.
#[derive(Debug, Clone, Default)]
pub(super) struct Ailleurs {
    pub(super) titre: &'static str,
    pub(super) lignes: Vec<Confiee>,
    pub(super) toutes: Option<(String, &'static str)>,
}

/// One session, who has it, since when.
#[derive(Debug, Clone)]
pub(super) struct Confiee {
    pub(super) qui: String,
    pub(super) verbe: &'static str,
    pub(super) titre: String,
    pub(super) numero: String,
    pub(super) href: String,
    pub(super) quand: String,
}

/// Reads what is in other hands.
///
/// # Errors
///
/// The store's.
pub(super) fn lire(tx: &mut Tx<'_>, demande: &Demande) -> Result<Ailleurs, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    let declare = !demande.requester.declare_pour().is_empty();
    let (etats, titre_, adresse, verbe) = if declare {
        (vec![NomEtat::Soumise], "Chez les formateurs", "/sessions?etat=soumise", "vérifie")
    } else {
        (vec![NomEtat::Retournee, NomEtat::ATraiter], "Déjà transmises ou retournées", "/sessions", "")
    };
    let filtre = Filtre { etats, ..Filtre::default() };
    let pagination = Pagination::premiere(LIGNES);
    let page = sessions::lister(tx, &demande.portee(), &filtre, Tri::Disparition, pagination, aujourdhui)?;
    let liste: Vec<_> = page.elements.iter().map(|fiche| &fiche.session).collect();
    let gens = Gens::de(tx, &liste, &[])?;
    let lignes: Vec<Confiee> = page
        .elements
        .iter()
        .filter(|fiche| fiche.session.etat.nom() != NomEtat::Soumise || declare)
        .map(|fiche| {
            let session = &fiche.session;
            let depuis = jour_de_paris(fiche.etat_depuis);
            let (qui, verbe, fait) = match session.etat.nom() {
                NomEtat::Soumise => (session.etat.soumise_a().unwrap_or(&session.auteur), verbe, "Soumise"),
                NomEtat::Retournee => (&session.auteur, "corrige", "Retournée"),
                NomEtat::Brouillon | NomEtat::ATraiter | NomEtat::Terminee => {
                    (&session.auteur, "contrôle", "Transmise")
                }
            };
            Confiee {
                qui: gens.nom(qui),
                verbe,
                titre: titre(&session.saisie),
                numero: session.numero.to_string(),
                href: format!("/sessions/{}", session.id),
                quand: format!("{fait} {}.", il_y_a(depuis, aujourdhui)),
            }
        })
        .collect();
    let total = usize::try_from(page.total).unwrap_or(0);
    let mots = if declare {
        format!("Les {} sessions soumises", nombre(total))
    } else {
        "Toutes vos sessions".to_owned()
    };
    Ok(Ailleurs { titre: titre_, toutes: (total > lignes.len()).then_some((mots, adresse)), lignes })
}

/// « aujourd’hui », « hier », « il y a 11 jours », « le 3 octobre ».
fn il_y_a(jour: Date, aujourdhui: Date) -> String {
    if jours_entre(jour, aujourdhui) <= 20 {
        return distance(jour, aujourdhui);
    }
    format!("le {}", court(jour, aujourdhui))
}
