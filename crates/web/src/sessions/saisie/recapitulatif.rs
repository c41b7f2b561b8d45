//! « Cliquer sur « soumettre » pour transmettre la session »: everything on one page, all that is missing first (R14, R15).

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::identite::ChampIdentite;
use forprev_domain::refus::Manquement;
use forprev_domain::regles::habilitation_valide::habilitation_valide;
use forprev_domain::session::{Action, ChampDeSession};
use forprev_domain::stagiaire::StagiaireId;

use super::conflit::Conflit;
use super::dossier::{Dossier, ouvrir};
use super::formateur::qualification;
use super::stagiaires::{Ligne, lignes, places};
use super::tete::{Etape, Tete};
use super::{Obstacle, avec_statut, identifiant, trier, trop_tard, vers, version};
use crate::error::Error;
use crate::layout::{Page, render};
use crate::messages::{self, Noms};
use crate::saisie::Saisie;
use crate::sessions::passages::{self, Passage};
use crate::sessions::presentation::{dates, lieu};
use crate::sign_in::SignedVisit;
use crate::typographie::{accord, capitale, date, nombre};
use crate::une_fois::Effet;

/// One point with what mends it and the field where it is mended.
struct Point {
    fait: String,
    remede: String,
    href: String,
}

/// One line of the description list.
struct Fait {
    nom: &'static str,
    valeur: Option<String>,
}

#[derive(Template)]
#[template(path = "sessions/saisie/recapitulatif.html")]
struct Recapitulatif {
    page: Page,
    tete: Tete,
    points: Vec<Point>,
    titre_des_points: String,
    avertissements: Vec<String>,
    informations: Vec<Fait>,
    formateur: Option<String>,
    qualification: String,
    lignes: Vec<Ligne>,
    legende: String,
    saisie: Saisie,
    base: String,
    version: i64,
    destinataire: String,
}

/// `GET /sessions/{id}/recapitulatif`
///
/// # Errors
///
/// *Not found*, *forbidden*.
pub(super) async fn montrer(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(&id)?)));
    };
    page(&visit, &dossier, Saisie::vide(), None)
}

/// `POST /sessions/{id}/soumission`
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states.
pub(super) async fn soumettre(
    visit: SignedVisit,
    Path(id): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    let session_id = identifiant(&id)?;
    let passage =
        Passage { version: version(&saisie), commentaire: saisie.option("commentaire").map(str::to_owned) };
    let faite = visit
        .une_fois(&saisie, move |tx, demande| {
            passages::soumettre(tx, demande, session_id, &passage)?;
            Ok(Effet::de_la_session(session_id, ""))
        })
        .await;
    let obstacle = match trier(faite)? {
        Ok(adresse) => return Ok(vers(&adresse)),
        Err(obstacle) => obstacle,
    };
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return trop_tard(&visit, session_id, saisie, &[]).await;
    };
    match obstacle {
        Obstacle::Perimee => {
            let conflit = Conflit::new(&dossier, Vec::new(), "Soumettre", &visit);
            avec_statut(StatusCode::CONFLICT, page(&visit, &dossier, saisie, Some(conflit)))
        }
        Obstacle::Points(_) | Obstacle::Doublons(_) => {
            avec_statut(StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &dossier, saisie, None))
        }
    }
}

/// The lines of the summary for one point: one for each field that is missing.
fn points_de(dossier: &Dossier, point: &Manquement) -> Vec<Point> {
    let noms = Noms::de(&dossier.session);
    let dire = |href: String| {
        vec![Point { fait: messages::manquement(point, noms), remede: messages::remede(point, noms), href }]
    };
    let ligne = |id: &StagiaireId, suite: &str| dossier.adresse(&format!("stagiaires/{id}{suite}"));
    match point {
        Manquement::InformationsIncompletes { champs } => champs
            .iter()
            .map(|champ| Point {
                fait: format!("Il manque {}.", messages::information(*champ)),
                remede: String::new(),
                href: dossier.adresse(&format!("informations#{}", champ_de_la_page(*champ))),
            })
            .collect(),
        Manquement::DatesIncoherentes { .. } => dire(dossier.adresse("informations#date_debut")),
        Manquement::HabilitationInvalide { .. } | Manquement::HorsDelaiDeSaisie { .. } => {
            dire(dossier.adresse("informations#date_fin"))
        }
        Manquement::FormateurAbsent
        | Manquement::FormateurPasAJour { .. }
        | Manquement::FormateurParmiLesStagiaires { .. } => dire(dossier.adresse("formateur#numero")),
        Manquement::AucunStagiaire => dire(dossier.adresse("stagiaires#nom_naissance")),
        Manquement::StagiaireEnDouble { stagiaires } => match stagiaires.last() {
            Some(derniere) => dire(ligne(derniere, "/retrait")),
            None => dire(dossier.adresse("stagiaires#liste")),
        },
        Manquement::IdentiteIncomplete { stagiaire: Some(id), champs } => {
            if champs.as_slice() == [ChampIdentite::Numero] {
                let qui = noms.stagiaire(*id);
                return vec![Point {
                    fait: format!("L’identité de {qui} est complète, mais n’a pas encore été vérifiée."),
                    remede: "Ouvrez la ligne et enregistrez-la : un numéro lui sera attribué.".to_owned(),
                    href: ligne(id, "#nom_naissance"),
                }];
            }
            let champ = champs.first().map_or("nom_naissance", |champ| champ.code());
            dire(ligne(id, &format!("#{champ}")))
        }
        Manquement::IdentiteInvalide { stagiaire: Some(id), fautes } => {
            let champ = fautes.first().map_or("date_naissance", |(champ, _)| champ.code());
            let mut points = dire(ligne(id, &format!("#{champ}")));
            for point in &mut points {
                point.fait = format!("{} : {}", capitale(&noms.stagiaire(*id)), point.fait);
            }
            points
        }
        _ => dire(dossier.adresse("stagiaires#liste")),
    }
}

/// The identifier of the field on the first step.
fn champ_de_la_page(champ: ChampDeSession) -> &'static str {
    if champ == ChampDeSession::Niveau {
        return ChampDeSession::Dispositif.code();
    }
    champ.code().strip_prefix("lieu.").unwrap_or(champ.code())
}

fn informations(dossier: &Dossier) -> Vec<Fait> {
    let session = &dossier.session;
    let i = &session.saisie;
    let libelle = dossier.faits.dispositif.as_ref().map(|d| format!(", {}", d.libelle)).unwrap_or_default();
    let heures = dossier.groupe().and_then(|groupe| match i.action {
        Some(Action::Initiale) => groupe.heures_initiale,
        Some(Action::Mac) => groupe.heures_mac,
        None => None,
    });
    let heures = heures.map(|heures| format!(", {heures} h")).unwrap_or_default();
    let action = i.action.map(|action| match action {
        Action::Initiale => format!("Formation initiale{heures}"),
        Action::Mac => format!("Maintien et actualisation des compétences (MAC){heures}"),
    });
    let habilitation = habilitation_valide(&dossier.faits.habilitations, &i.dispositif, i.niveau, i.date_fin)
        .ok()
        .map(|h| {
            let numero = h.numero.as_ref().map(|n| format!("n° {n}, ")).unwrap_or_default();
            format!("{numero}valide à la date de fin (jusqu’au {})", date(h.dernier_jour()))
        });
    let client = i.entreprise_cliente.as_ref().map(|client| {
        let siret = client.siret.as_ref().map(|siret| format!("SIRET {siret}"));
        [client.raison_sociale.clone(), siret].into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let mut faits = vec![
        Fait {
            nom: "Dispositif et niveau",
            valeur: Some(format!("{}{libelle} : {}", i.dispositif, messages::niveau(i.niveau))),
        },
        Fait { nom: "Type d’action", valeur: action },
        Fait { nom: "Dates", valeur: Some(capitale(&dates(i))) },
        Fait { nom: "Habilitation", valeur: habilitation },
        Fait { nom: "Lieu", valeur: lieu(&i.lieu) },
    ];
    let facultatifs = [("Entreprise cliente", client), ("Votre référence", i.reference.clone())];
    faits.extend(
        facultatifs
            .into_iter()
            .filter(|(_, valeur)| valeur.is_some())
            .map(|(nom, valeur)| Fait { nom, valeur }),
    );
    faits
}

fn page(
    visit: &SignedVisit,
    dossier: &Dossier,
    saisie: Saisie,
    conflit: Option<Conflit>,
) -> Result<Response, Error> {
    let session = &dossier.session;
    let points: Vec<Point> = dossier.points.iter().flat_map(|point| points_de(dossier, point)).collect();
    let combien = points.len();
    let noms = Noms::de(session);
    let formateur = session.saisie.formateur.as_ref().map(|numero| match dossier.nom_du_formateur() {
        Some(nom) => format!("{nom}, {numero}"),
        None => numero.to_string(),
    });
    render(&Recapitulatif {
        page: dossier.page(visit, Etape::Recapitulatif.nom(), Etape::Recapitulatif.nom()),
        tete: Tete::de(dossier, Etape::Recapitulatif, false).conflit(conflit),
        titre_des_points: format!(
            "{} {} à corriger avant de soumettre",
            capitale(&nombre(combien)),
            accord(combien, "point", "points")
        ),
        points,
        avertissements: dossier.avertissements.iter().map(|a| messages::avertissement(a, noms)).collect(),
        informations: informations(dossier),
        formateur,
        qualification: qualification(session, &dossier.faits.qualifications),
        lignes: lignes(dossier),
        legende: places(dossier),
        saisie,
        base: format!("/sessions/{}", session.id),
        version: session.version,
        destinataire: match dossier.nom_du_formateur() {
            Some(nom) => format!("{nom}, formateur animateur,"),
            None => "Le formateur animateur".to_owned(),
        },
    })
}
