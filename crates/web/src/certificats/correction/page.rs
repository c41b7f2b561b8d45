//! `/certificats/{numero}/correction`: the identity as it should be, then what will change, then done.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::droits::Correcteur;
use forprev_domain::identite::Identite;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::regles::doublons::Proposition;
use forprev_store::Tx;

use super::{ACorriger, Correction, corriger, juger, ouvrir};
use crate::certificats::fiche;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Champ, Icone};
use crate::layout::{Page, render};
use crate::personnes::formulaire::{CONNUE, entree, refuser};
use crate::personnes::{avant_de_proposer, montrer, propositions};
use crate::saisie::Saisie;
use crate::sessions::stagiaires::Entree;
use crate::sign_in::SignedVisit;
use crate::typographie::{date, date_chiffree};
use crate::une_fois::{CHAMP_CLE, Effet};

const CONFIRME: &str = "confirme";
const REVENIR: &str = "revenir";

#[derive(Template)]
#[template(path = "certificats/correction/formulaire.html")]
struct Formulaire {
    page: Page,
    saisie: Saisie,
    nom: String,
    numero: String,
    retour: String,
    declarant: bool,
}

#[derive(Template)]
#[template(path = "certificats/correction/confirmation.html")]
struct Confirmation {
    page: Page,
    saisie: Saisie,
    nom: String,
    numero: String,
    retour: String,
    lignes: Vec<Ligne>,
    caches: Vec<(String, String)>,
    semblables: Vec<String>,
}

/// One line of the comparison.
struct Ligne {
    libelle: &'static str,
    avant: String,
    apres: String,
}

/// `GET /certificats/{numero}/correction`
///
/// # Errors
/// As [`ouvrir`].
pub(in crate::certificats) async fn show(
    visit: SignedVisit,
    Path(numero): Path<String>,
) -> Result<Response, Error> {
    let ouvert = ouvert(&visit, &numero).await?;
    let saisie = remplie(ouvert.ligne.identite.complete().as_ref());
    formulaire(&visit, &ouvert, saisie)
}

/// `POST /certificats/{numero}/correction`: shows what will change; with `confirme`, makes it.
///
/// # Errors
/// As [`ouvrir`].
pub(in crate::certificats) async fn correct(
    visit: SignedVisit,
    Path(numero): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let confirmee = saisie.contient(CONFIRME) && !saisie.contient(REVENIR);
    let faite = if confirmee { Some(faire(&visit, lire(&numero)?, &saisie).await) } else { None };
    if let Some(Ok(adresse)) = faite {
        return Ok(Redirect::to(&adresse).into_response());
    }
    let ouvert = ouvert(&visit, &numero).await?;
    if saisie.contient(REVENIR) {
        return formulaire(&visit, &ouvert, saisie);
    }
    let jugee = match faite {
        Some(Err(error)) if !matches!(error, Error::Doublons(_)) => Err(error),
        _ => demander(&visit, &ouvert, entree(&saisie)).await,
    };
    match jugee {
        Ok((correction, semblables)) => {
            if confirmee {
                saisie.refuser(CONNUE, "Dites que ce n’est aucune de ces personnes, ou revenez à la saisie.");
            }
            confirmation(&visit, &correction, saisie, &semblables)
        }
        Err(Error::Reserved { detail, .. }) => {
            saisie.refuser("", detail);
            formulaire(&visit, &ouvert, saisie)
        }
        Err(error) => {
            refuser(&mut saisie, error)?;
            formulaire(&visit, &ouvert, saisie)
        }
    }
}

/// Makes the correction, once for each form, and returns the address that follows.
async fn faire(visit: &SignedVisit, numero: NumeroCertificat, saisie: &Saisie) -> Result<String, Error> {
    let voulue = entree(saisie);
    let faite = visit.une_fois(saisie, move |tx, demande| {
        let (correction, nouveau) = corriger(tx, demande, &numero, |_| Ok(voulue.clone()))?;
        let ouvert = &correction.ouvert;
        Ok(Effet { adresse: suite(ouvert, &nouveau.numero), session: Some(ouvert.session.id) })
    });
    avant_de_proposer(&Demande::from(visit), faite.await).await
}

/// Judges a correction, to be confirmed, with the known persons who look like the corrected one.
async fn demander(
    visit: &SignedVisit,
    ouvert: &ACorriger,
    entree: Entree,
) -> Result<(Correction, Vec<Proposition>), Error> {
    let (demande, numero) = (Demande::from(visit), ouvert.certificat.numero.clone());
    visit.app.write(move |tx| comparer(tx, &demande, &numero, &entree)).await
}

/// Judges a correction as if the known persons who look like the corrected one were somebody else, and shows them.
fn comparer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    numero: &NumeroCertificat,
    entree: &Entree,
) -> Result<(Correction, Vec<Proposition>), Error> {
    let autre = Entree { autre_personne: true, ..entree.clone() };
    let correction = juger(tx, demande, numero, |_| Ok(autre))?;
    let mut semblables = propositions(tx, &correction.apres)?;
    semblables.retain(|p| p.numero != correction.ouvert.certificat.titulaire);
    montrer(tx, demande, &semblables)?;
    Ok((correction, semblables))
}

async fn ouvert(visit: &SignedVisit, numero: &str) -> Result<ACorriger, Error> {
    let (demande, numero) = (Demande::from(visit), lire(numero)?);
    visit.app.read(move |tx| ouvrir(tx, &demande, &numero)).await
}

fn lire(numero: &str) -> Result<NumeroCertificat, Error> {
    NumeroCertificat::parse(numero).ok_or(Error::NotFound)
}

/// Where the corrector came from: the download page, or what the register says of the certificate.
fn retour(ouvert: &ACorriger) -> String {
    match ouvert.correcteur {
        Correcteur::Declarant => format!("/sessions/{}/certificats", ouvert.session.id),
        Correcteur::Administrateur => fiche::adresse(&ouvert.certificat.numero),
    }
}

fn suite(ouvert: &ACorriger, nouveau: &NumeroCertificat) -> String {
    match ouvert.correcteur {
        Correcteur::Declarant => format!("{}?corrige={nouveau}", retour(ouvert)),
        Correcteur::Administrateur => format!("{}?corrige", fiche::adresse(nouveau)),
    }
}

fn formulaire(visit: &SignedVisit, ouvert: &ACorriger, saisie: Saisie) -> Result<Response, Error> {
    let valide = saisie.est_valide();
    let page = page(visit, ouvert, "Corriger une identité").en_erreur(&saisie);
    let mut reponse = render(&Formulaire {
        page,
        saisie,
        nom: nom(ouvert),
        numero: ouvert.certificat.numero.to_string(),
        retour: retour(ouvert),
        declarant: ouvert.correcteur == Correcteur::Declarant,
    })?;
    if !valide {
        *reponse.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(reponse)
}

fn confirmation(
    visit: &SignedVisit,
    correction: &Correction,
    saisie: Saisie,
    semblables: &[Proposition],
) -> Result<Response, Error> {
    let ouvert = &correction.ouvert;
    let valide = saisie.est_valide();
    let page = page(visit, ouvert, "Confirmer la correction").en_erreur(&saisie);
    let propres = |nom: &str| ![CONFIRME, REVENIR, CONNUE, CHAMP_CLE].contains(&nom);
    let mut reponse = render(&Confirmation {
        page,
        caches: saisie
            .paires()
            .filter(|(nom, _)| propres(nom))
            .map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned()))
            .collect(),
        nom: nom(ouvert),
        numero: ouvert.certificat.numero.to_string(),
        retour: retour(ouvert),
        lignes: comparaison(&correction.avant, &correction.apres),
        semblables: semblables.iter().map(qui).collect(),
        saisie,
    })?;
    if !valide {
        *reponse.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(reponse)
}

fn page(visit: &SignedVisit, ouvert: &ACorriger, titre: &str) -> Page {
    let numero = &ouvert.certificat.numero;
    let page = visit.page(format!("{titre} – Certificat {numero}"));
    let page = match ouvert.correcteur {
        Correcteur::Declarant => page
            .fil("Sessions", "/sessions")
            .fil(format!("Session {}", ouvert.session.numero), format!("/sessions/{}", ouvert.session.id))
            .fil("Télécharger", retour(ouvert)),
        Correcteur::Administrateur => {
            page.fil("Personnes", "/personnes").fil(format!("Certificat {numero}"), retour(ouvert))
        }
    };
    page.ici("Corriger")
}

fn nom(ouvert: &ACorriger) -> String {
    ouvert.ligne.identite.complete().map(|identite| identite.prenom_nom()).unwrap_or_default()
}

fn qui(p: &Proposition) -> String {
    format!("{} {}, naissance en {}, numéro {}", p.prenom, p.nom_naissance, p.annee_naissance, p.numero)
}

/// The form that an identity fills.
fn remplie(identite: Option<&Identite>) -> Saisie {
    let Some(identite) = identite else { return Saisie::vide() };
    let usage = identite.nom_usage.as_ref().map(ToString::to_string).unwrap_or_default();
    Saisie::avec([
        ("civilite", identite.civilite.map_or("", |civilite| civilite.libelle()).to_owned()),
        ("nom_naissance", identite.nom_naissance.to_string()),
        ("prenom", identite.prenom.to_string()),
        ("date_naissance", date_chiffree(identite.date_naissance)),
        ("nom_usage", usage),
    ])
}

fn comparaison(avant: &Identite, apres: &Identite) -> Vec<Ligne> {
    let valeurs = |i: &Identite| {
        [
            i.civilite.map_or("", |civilite| civilite.libelle()).to_owned(),
            i.nom_naissance.to_string(),
            i.prenom.to_string(),
            date(i.date_naissance),
            i.nom_usage.as_ref().map(ToString::to_string).unwrap_or_default(),
        ]
    };
    let libelles = ["Civilité", "Nom de naissance", "Prénom", "Date de naissance", "Nom d’usage"];
    let paires = libelles.into_iter().zip(valeurs(avant)).zip(valeurs(apres));
    let lignes = paires.map(|((libelle, avant), apres)| Ligne { libelle, avant, apres });
    lignes.filter(|ligne| !ligne.avant.is_empty() || !ligne.apres.is_empty()).collect()
}

impl Formulaire {
    fn nom_propre(&self, nom: &str, libelle: &str) -> Champ {
        let champ = self.saisie.champ(nom, libelle).large("l-nom");
        champ.avec("autocomplete", "off").avec("autocapitalize", "words").avec("spellcheck", "false")
    }
}
