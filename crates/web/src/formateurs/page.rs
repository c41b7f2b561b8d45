//! `/personnes/formateur`: a formateur known before is entered with what he holds.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_store::dispositifs;

use crate::comptes::utilisateurs::{QualificationConnue, inscrire_formateur};
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::personnes::avant_de_proposer;
use crate::personnes::formulaire::{self, Propositions};
use crate::saisie::Saisie;
use crate::sign_in::SignedVisit;
use crate::une_fois::Effet;

/// Qualifications that one form takes.
const QUALIFICATIONS: usize = 3;

#[derive(Template)]
#[template(path = "formateurs/page.html")]
struct Formateur {
    page: Page,
    saisie: Saisie,
    propositions: Propositions,
    dispositifs: Vec<(String, String)>,
    niveaux: [(&'static str, &'static str); 3],
    rangs: std::ops::RangeInclusive<usize>,
}

/// `GET /personnes/formateur`
///
/// # Errors
/// Forbidden for anybody but the administrateur.
pub(crate) async fn form(visit: SignedVisit) -> Result<Response, Error> {
    page(&visit, Saisie::vide(), Propositions::default()).await
}

/// `POST /personnes/formateur`
///
/// # Errors
/// As [`form`].
pub(crate) async fn add(visit: SignedVisit, mut saisie: Saisie) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    demande.exiger_administrateur()?;
    let qualifications: Vec<_> =
        (1..=QUALIFICATIONS).filter_map(|rang| qualification(&mut saisie, rang)).collect();
    if qualifications.is_empty() && saisie.est_valide() {
        saisie.refuser("dispositif-1", "Indiquez au moins une qualification.");
    }
    let mut propositions = Propositions::default();
    if saisie.est_valide() {
        let entree = formulaire::entree(&saisie);
        let fait = visit
            .une_fois(&saisie, move |tx, demande| {
                let personne = inscrire_formateur(tx, demande, &entree, &qualifications)?;
                Ok(Effet::vers(format!("/personnes/{}?inscrite", personne.numero)))
            })
            .await;
        match avant_de_proposer(&demande, fait).await {
            Ok(adresse) => return Ok(Redirect::to(&adresse).into_response()),
            Err(error) => propositions = formulaire::refuser(&mut saisie, error)?,
        }
    }
    let mut response = page(&visit, saisie, propositions).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// One qualification of the form; `None` when it is left empty, or something is wrong.
fn qualification(saisie: &mut Saisie, rang: usize) -> Option<QualificationConnue> {
    let nom = |champ: &str| format!("{champ}-{rang}");
    if ["dispositif", "debut", "fin"].iter().all(|champ| saisie.option(&nom(champ)).is_none()) {
        return None;
    }
    let dispositif = CodeDispositif::parse(saisie.texte(&nom("dispositif")));
    if dispositif.is_none() {
        saisie.refuser(&nom("dispositif"), "Choisissez un dispositif.");
    }
    let niveau = Niveau::from_code(saisie.texte(&nom("niveau")));
    if niveau.is_none() {
        saisie.refuser(&nom("niveau"), "Choisissez un niveau.");
    }
    let debut = saisie.jour_requis(&nom("debut"), "le premier jour de validité");
    let fin = saisie.jour(&nom("fin"));
    if debut.zip(fin).is_some_and(|(debut, fin)| fin < debut) {
        saisie.refuser(&nom("fin"), "Cette qualification finit avant de commencer : vérifiez ses dates.");
    }
    Some(QualificationConnue { dispositif: dispositif?, niveau: niveau?, debut: debut?, fin })
}

async fn page(visit: &SignedVisit, saisie: Saisie, propositions: Propositions) -> Result<Response, Error> {
    Demande::from(visit).exiger_administrateur()?;
    let aujourdhui = visit.moment.aujourdhui;
    let catalogue = visit.app.read(move |tx| Ok(dispositifs::en_vigueur(tx, aujourdhui)?)).await?;
    let vide = [(String::new(), "Choisissez".to_owned())];
    let catalogue = catalogue.iter().map(|d| (d.code.to_string(), format!("{} – {}", d.code, d.libelle)));
    let page = visit.page("Inscrire un formateur").en_erreur(&saisie);
    render(&Formateur {
        page: page.fil("Personnes", "/personnes").ici("Inscrire un formateur"),
        saisie,
        propositions,
        dispositifs: vide.into_iter().chain(catalogue).collect(),
        niveaux: [
            ("formateur", "Formateur"),
            ("formateur_de_formateurs", "Formateur de formateurs"),
            ("acteur", "Acteur"),
        ],
        rangs: 1..=QUALIFICATIONS,
    })
}
