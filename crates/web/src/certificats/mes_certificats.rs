//! `/mes-certificats`: what one holds and held; the file as long as it is valid (R7).

use askama::Template;
use axum::response::Response;
use forprev_domain::calendrier::jours_entre;
use forprev_domain::certificat::{Certificat, Valeur};
use forprev_domain::dispositif::Niveau;
use forprev_domain::regles::habilitation_valide::JOURS_D_ALERTE;
use forprev_store::{Tx, certificats, dispositifs};
use jiff::civil::Date;

use crate::error::Error;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::messages;
use crate::moi::telechargeable;
use crate::sign_in::SignedVisit;
use crate::typographie::{date, pluriel, reste};

#[derive(Template)]
#[template(path = "certificats/mes_certificats.html")]
struct MesCertificats {
    page: Page,
    valables: Vec<Ligne>,
    passes: Vec<Ligne>,
    avec_badge: bool,
}

/// One certificate, as its holder reads it.
struct Ligne {
    intitule: String,
    niveau: &'static str,
    numero: String,
    validite: String,
    bientot: Option<String>,
    suite: Suite,
}

/// What can be had of it, or why nothing.
enum Suite {
    Fichier,
    Phrase(&'static str),
}

/// `GET /mes-certificats`
///
/// # Errors
/// Unavailable when the database does not answer.
pub(super) async fn show(visit: SignedVisit) -> Result<Response, Error> {
    let numero = visit.numero().clone();
    let aujourdhui = visit.moment.aujourdhui;
    let (valables, passes) = visit
        .app
        .read(move |tx| {
            let tenus = certificats::du_titulaire(tx, &numero)?;
            let (valables, passes): (Vec<_>, Vec<_>) =
                tenus.iter().partition(|certificat| certificat.valeur_le(aujourdhui) == Valeur::Valide);
            let mut lire = |liste: Vec<&Certificat>| {
                liste
                    .into_iter()
                    .map(|certificat| ligne(tx, certificat, aujourdhui))
                    .collect::<Result<_, _>>()
            };
            Ok((lire(valables)?, lire(passes)?))
        })
        .await?;
    let (valables, passes): (Vec<Ligne>, Vec<Ligne>) = (valables, passes);
    let titre = match valables.len() {
        0 => "Mes certificats".to_owned(),
        n => format!("Mes certificats : {}", pluriel(n, "valable", "valables")),
    };
    let avec_badge = valables.iter().any(|ligne| matches!(ligne.suite, Suite::Fichier));
    render(&MesCertificats { page: visit.page(titre), valables, passes, avec_badge })
}

fn ligne(tx: &mut Tx<'_>, certificat: &Certificat, aujourdhui: Date) -> Result<Ligne, Error> {
    let c = certificat;
    let dispositif = dispositifs::charger(tx, &c.dispositif, c.debut)?;
    let intitule =
        dispositif.map_or_else(|| c.dispositif.to_string(), |d| format!("{} ({})", d.libelle, c.dispositif));
    let valeur = c.valeur_le(aujourdhui);
    let fin =
        c.fin.map_or_else(|| "sans limite de durée".to_owned(), |fin| format!("jusqu’au {}", date(fin)));
    let validite = match valeur {
        Valeur::Valide => format!("depuis le {}, {fin}", date(c.debut)),
        Valeur::Expire => format!("du {} au {}", date(c.debut), date(c.fin.unwrap_or(c.debut))),
        Valeur::Revoque => "révoqué".to_owned(),
        Valeur::Remplace => match &c.remplace_par {
            Some(numero) => format!("remplacé par {numero}"),
            None => "remplacé".to_owned(),
        },
    };
    let bientot =
        c.fin.filter(|fin| valeur == Valeur::Valide && jours_entre(aujourdhui, *fin) <= JOURS_D_ALERTE);
    let suite = if telechargeable(c, aujourdhui) {
        Suite::Fichier
    } else if valeur != Valeur::Valide {
        Suite::Phrase("Plus de téléchargement")
    } else if c.compte.is_none() {
        Suite::Phrase("Délivré ailleurs, sans fichier ici")
    } else if c.niveau == Niveau::Acteur {
        Suite::Phrase("Remis par l’organisme, sans duplicata")
    } else {
        Suite::Phrase("Sans fichier")
    };
    Ok(Ligne {
        intitule,
        niveau: messages::niveau(c.niveau),
        // A qualification entered by the network bears no number that anybody was given.
        numero: c.compte.map_or_else(String::new, |_| c.numero.to_string()),
        validite,
        bientot: bientot.map(|fin| reste(jours_entre(aujourdhui, fin))),
        suite,
    })
}
