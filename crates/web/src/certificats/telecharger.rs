//! `/sessions/{id}/certificats`: what was generated, to be downloaded until its last day (R5, R8); and the files.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::calendrier::{jour_de_paris, plus_jours};
use forprev_domain::certificat::{Certificat, EtatCertificat};
use forprev_domain::dispositif::Niveau;
use forprev_domain::droits::{Acte, peut};
use forprev_domain::evenement::Quoi;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::refus::Refus;
use forprev_domain::session::{Session, SessionId};
use forprev_store::{certificats, sessions};
use jiff::civil::Date;

use super::api::imprimes;
use super::fichiers;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Icone, Jour};
use crate::layout::{Page, render};
use crate::saisie::Requete;
use crate::sessions::presentation::{Gens, dernier, titre_dates_et_lieu};
use crate::sessions::telechargement::{d_un_certificat, de_la_session};
use crate::sign_in::SignedVisit;
use crate::typographie::{capitale, date_longue, heure, pluriel};

#[derive(Template)]
#[template(path = "certificats/telecharger.html")]
struct Telecharger {
    page: Page,
    id: SessionId,
    titre: String,
    sous_titre: String,
    quand: Option<String>,
    certificats: Vec<Ligne>,
    retires: Vec<Retire>,
    corrige: Option<String>,
    corrections: bool,
    formateurs: bool,
    dernier_jour: Date,
    disparait_le: Date,
    aujourdhui: Date,
}

/// A certificate, as it is printed.
struct Ligne {
    numero: String,
    nom: String,
    prenom_nom: String,
}

/// A certificate that stands no more.
struct Retire {
    numero: String,
    nom: String,
    raison: String,
}

/// `GET /sessions/{id}/certificats`
///
/// # Errors
/// Not found from the day on which the session is gone; forbidden for who may not download.
pub(super) async fn show(
    visit: SignedVisit,
    Path(id): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    let id = SessionId::parse(&id).ok_or(Error::NotFound)?;
    let demande = Demande::from(&visit);
    let lue = visit.app.read(move |tx| {
        let session = crate::sessions::charger(tx, &demande, id)?;
        if let Err(Refus::MauvaisEtat { .. }) = peut(&demande.requester, Acte::Telecharger, &session) {
            return Ok(None);
        }
        let (session, certificats) = de_la_session(tx, &demande, id)?;
        let historique = sessions::historique(tx, id)?;
        let gens = Gens::de(tx, &[&session], &historique)?;
        let quand = dernier(&historique, Quoi::CertificatsGeneres).map(|evenement| {
            let jour = capitale(&date_longue(jour_de_paris(evenement.le)));
            format!("{jour} à {}, par {}.", heure(evenement.le), gens.nom(&evenement.par))
        });
        let retires = certificats::retires_de_la_session(tx, id)?;
        Ok(Some((session, certificats, retires, quand)))
    });
    let Some((session, certificats, retires, quand)) = lue.await? else {
        return Ok(Redirect::to(&format!("/sessions/{id}")).into_response());
    };
    let corrige = NumeroCertificat::parse(requete.texte("corrige"));
    let corrige = corrige.filter(|numero| certificats.iter().any(|certificat| certificat.numero == *numero));
    render(&Telecharger {
        retires: retires.iter().filter_map(retire).collect(),
        corrige: corrige.map(|numero| numero.to_string()),
        ..page(&visit, &session, &certificats, quand)
    })
}

fn page(
    visit: &SignedVisit,
    session: &Session,
    certificats: &[Certificat],
    quand: Option<String>,
) -> Telecharger {
    let numero = &session.numero;
    let combien = pluriel(certificats.len(), "certificat", "certificats");
    let (titre, onglet) = match certificats.len() {
        0 => ("Session close sans certificat".to_owned(), "Session close sans certificat".to_owned()),
        1 => ("1 certificat généré".to_owned(), "1 certificat à télécharger".to_owned()),
        _ => (format!("{combien} générés"), format!("{combien} à télécharger")),
    };
    Telecharger {
        page: visit
            .page(format!("{onglet} – Session {numero}"))
            .fil("Sessions", "/sessions")
            .fil(format!("Session {numero}"), format!("/sessions/{}", session.id))
            .ici("Télécharger"),
        id: session.id,
        titre,
        sous_titre: titre_dates_et_lieu(&session.saisie),
        quand,
        certificats: certificats.iter().filter_map(ligne).collect(),
        retires: Vec::new(),
        corrige: None,
        corrections: visit.app.config.corrections,
        formateurs: session.niveau() > Niveau::Acteur,
        dernier_jour: plus_jours(session.disparait_le(), -1),
        disparait_le: session.disparait_le(),
        aujourdhui: visit.moment.aujourdhui,
    }
}

fn ligne(certificat: &Certificat) -> Option<Ligne> {
    let imprime = certificat.imprime.as_ref()?;
    let nom = imprime.nom_naissance.to_uppercase();
    Some(Ligne {
        numero: certificat.numero.to_string(),
        nom: format!("{nom} {}", imprime.prenom),
        prenom_nom: format!("{} {nom}", imprime.prenom),
    })
}

fn retire(certificat: &Certificat) -> Option<Retire> {
    let raison = match (certificat.etat, &certificat.remplace_par) {
        (EtatCertificat::Valide, _) => return None,
        (EtatCertificat::Revoque, _) => "révoqué par le réseau".to_owned(),
        (EtatCertificat::Remplace, Some(numero)) => format!("remplacé par {numero}"),
        (EtatCertificat::Remplace, None) => "remplacé".to_owned(),
    };
    let Ligne { numero, nom, .. } = ligne(certificat)?;
    Some(Retire { numero, nom, raison })
}

/// `GET /sessions/{id}/certificats.pdf`
///
/// # Errors
/// As [`show`].
pub(super) async fn tous_en_un(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let (session, certificats) = generes(&visit, &id).await?;
    fichiers::tous_en_un(&visit.app, imprimes(certificats), session.numero.to_string()).await
}

/// `GET /sessions/{id}/certificats.zip`
///
/// # Errors
/// As [`show`].
pub(super) async fn archive(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let (session, certificats) = generes(&visit, &id).await?;
    fichiers::archive(&visit.app, imprimes(certificats), session.numero.as_str())
}

/// `GET /certificats/{numero}.pdf`
///
/// # Errors
/// Not found; too late, said to who may know the certificate.
pub(super) async fn un_fichier(visit: SignedVisit, numero: &str) -> Result<Response, Error> {
    let numero = NumeroCertificat::parse(numero).ok_or(Error::NotFound)?;
    let demande = Demande::from(&visit);
    let imprime = visit.app.read(move |tx| d_un_certificat(tx, &demande, &numero)).await?;
    fichiers::pdf(&visit.app, imprime).await
}

/// The session with its certificates, for who may download them.
pub(super) async fn generes(visit: &SignedVisit, id: &str) -> Result<(Session, Vec<Certificat>), Error> {
    let id = SessionId::parse(id).ok_or(Error::NotFound)?;
    let demande = Demande::from(visit);
    visit.app.read(move |tx| de_la_session(tx, &demande, id)).await
}
