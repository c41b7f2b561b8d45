//! « Modifier » one trainee.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use forprev_domain::stagiaire::{Stagiaire, StagiaireId};

use super::identite::{CHAMPS, ChampsIdentite, entree, exiger_quelque_chose, remplir};
use super::{dire, nom_de};
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::Resume;
use crate::layout::{Page, render};
use crate::personnes::avant_de_proposer;
use crate::saisie::Saisie;
use crate::sessions::saisie::conflit::{Conflit, Ecart};
use crate::sessions::saisie::dossier::{Dossier, ouvrir};
use crate::sessions::saisie::presence::deja_inscrites;
use crate::sessions::saisie::tete::{Etape, Tete};
use crate::sessions::saisie::{avec_statut, identifiant, trier, trop_tard, vers, version};
use crate::sessions::stagiaires as actions;
use crate::sign_in::SignedVisit;
use crate::une_fois::Effet;

const ENREGISTRER: &str = "Enregistrer";
const QUAND_MEME: &str = "Enregistrer quand même ma saisie";

#[derive(Template)]
#[template(path = "sessions/saisie/stagiaires/ligne.html")]
struct Formulaire {
    page: Page,
    tete: Tete,
    resume: Resume,
    numero: Option<String>,
    champs: ChampsIdentite,
    vers: String,
    retour: String,
    version: i64,
    bouton: &'static str,
}

/// `GET /sessions/{id}/stagiaires/{ligne}`
///
/// # Errors
///
/// *Not found*, *forbidden*.
pub(crate) async fn montrer(
    visit: SignedVisit,
    Path((id, ligne)): Path<(String, String)>,
) -> Result<Response, Error> {
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(&id)?)));
    };
    let stagiaire = trouver(&dossier, &ligne)?;
    let saisie = remplir(&stagiaire.identite);
    let champs = ChampsIdentite::new(&saisie, dossier.session.niveau(), Vec::new());
    page(&visit, &dossier, stagiaire, &saisie, champs, None)
}

/// `POST /sessions/{id}/stagiaires/{ligne}`
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states.
pub(crate) async fn enregistrer(
    visit: SignedVisit,
    Path((id, ligne)): Path<(String, String)>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let (session_id, ligne_id) = (identifiant(&id)?, StagiaireId::parse(&ligne).ok_or(Error::NotFound)?);
    exiger_quelque_chose(&mut saisie);
    let mut obstacle = None;
    if saisie.est_valide() {
        let (lue_en, form) = (version(&saisie), saisie.clone());
        let faite = visit
            .une_fois(&saisie, move |tx, demande| {
                let niveau = crate::sessions::charger(tx, demande, session_id)?.niveau();
                actions::modifier(tx, demande, session_id, ligne_id, lue_en, |_| Ok(entree(&form, niveau)))?;
                Ok(Effet::de_la_session(session_id, &format!("/stagiaires?modifie={ligne_id}")))
            })
            .await;
        match trier(avant_de_proposer(&Demande::from(&visit), faite).await)? {
            Ok(adresse) => return Ok(vers(&adresse)),
            Err(trouve) => obstacle = Some(trouve),
        }
    }
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return trop_tard(&visit, session_id, saisie, &CHAMPS).await;
    };
    let (statut, propositions, perimee) = dire(&mut saisie, obstacle, &dossier.session);
    let stagiaire = trouver(&dossier, &ligne)?;
    let deja = deja_inscrites(&visit, &dossier.session, &propositions).await?;
    let champs = ChampsIdentite::new(&saisie, dossier.session.niveau(), propositions).deja(deja);
    let conflit = perimee.then(|| Conflit::new(&dossier, ecarts(stagiaire, &saisie), QUAND_MEME, &visit));
    avec_statut(statut, page(&visit, &dossier, stagiaire, &saisie, champs, conflit))
}

pub(super) fn trouver<'a>(dossier: &'a Dossier, ligne: &str) -> Result<&'a Stagiaire, Error> {
    let ligne = StagiaireId::parse(ligne).ok_or(Error::NotFound)?;
    dossier.session.stagiaire(ligne).ok_or(Error::NotFound)
}

fn ecarts(stagiaire: &Stagiaire, saisie: &Saisie) -> Vec<Ecart> {
    let enregistre = remplir(&stagiaire.identite);
    CHAMPS
        .iter()
        .filter(|(champ, _)| enregistre.texte(champ) != saisie.texte(champ))
        .map(|(champ, libelle)| Ecart {
            libelle: (*libelle).to_owned(),
            enregistre: enregistre.texte(champ).to_owned(),
            saisi: saisie.texte(champ).to_owned(),
        })
        .collect()
}

fn page(
    visit: &SignedVisit,
    dossier: &Dossier,
    stagiaire: &Stagiaire,
    saisie: &Saisie,
    champs: ChampsIdentite,
    conflit: Option<Conflit>,
) -> Result<Response, Error> {
    let nom = nom_de(&stagiaire.identite, true);
    let retour = dossier.adresse("stagiaires");
    let quand_meme = conflit.is_some();
    let page =
        dossier.page_de_stagiaire(visit, &format!("Modifier {nom} – {}", Etape::Stagiaires.titre()), &nom);
    render(&Formulaire {
        page: page.en_erreur(saisie),
        tete: Tete::de(dossier, Etape::Stagiaires, !saisie.est_valide())
            .h1(format!("Modifier {nom}"))
            .conflit(conflit),
        resume: saisie.resume("avant d’enregistrer"),
        numero: stagiaire.numero.as_ref().map(ToString::to_string),
        champs,
        vers: format!("{retour}/{}", stagiaire.id),
        retour,
        version: dossier.session.version,
        bouton: if quand_meme { QUAND_MEME } else { ENREGISTRER },
    })
}
