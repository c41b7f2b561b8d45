//! Step 1. « Saisir les informations de session »: dispositif, dates, lieu, entreprise cliente.

mod lecture;
mod offre;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::calendrier::plus_jours;
use forprev_domain::compte::CompteId;
use forprev_domain::refus::Manquement;
use forprev_domain::regles::delai_de_saisie::{dates_de_fin_possibles, delai_de_saisie};
use forprev_domain::regles::habilitation_valide::habilitation_valide;
use forprev_domain::session::{ChampDeSession, Saisie as Informations, Session};
use forprev_store::{comptes, dispositifs, habilitations};
use jiff::civil::Date;

use super::conflit::{Conflit, Ecart};
use super::dossier::{Dossier, ouvrir};
use super::explication::{Explication, dates_qui_levent_tout, expliquer};
use super::tete::{Etape, Tete};
use super::{Obstacle, avec_statut, communes, identifiant, trier, trop_tard, vers, version};
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Champ, FauteResumee, Resume};
use crate::layout::{Page, render};
use crate::messages;
use crate::saisie::{Requete, Saisie};
use crate::sessions::declaration;
use crate::sign_in::SignedVisit;
use crate::typographie::{date, date_chiffree, liste};
use crate::une_fois::Effet;
use lecture::{CHAMPS, lire, lire_choix, remplir};
use offre::Offre;

const ENREGISTRER: &str = "Enregistrer";
const QUAND_MEME: &str = "Enregistrer quand même ma saisie";

#[derive(Template)]
#[template(path = "sessions/saisie/informations/page.html")]
struct Formulaire {
    page: Page,
    tete: Tete,
    resume: Resume,
    saisie: Saisie,
    vers: String,
    version: Option<i64>,
    suite: &'static str,
    organisme: Option<String>,
    plusieurs_profils: bool,
    offre: Offre,
    regles: Vec<Explication>,
    communes: Vec<&'static str>,
    doute_sur_la_commune: Option<String>,
    fenetre: (String, String),
    exemple: String,
    manque: Option<String>,
}

impl Formulaire {
    /// The field that the rules under it explain: they are its message.
    fn date_fin_expliquee(&self) -> Champ {
        let champ = self.saisie.champ("date_fin", "Date de fin").date().decrit_par("dates-aide");
        self.regles.iter().fold(champ.refuse(), |champ, regle| champ.decrit_par(regle.id))
    }

    fn champ_commune(&self) -> Champ {
        let champ = self.saisie.champ("commune", "Commune").large("l-nom").decrit_par("commune-doute");
        if self.communes.is_empty() { champ } else { champ.avec("list", "communes") }
    }
}

/// What the compte's side of the form needs.
struct Cote {
    offre: Offre,
    organisme: Option<String>,
}

/// `GET /sessions/nouvelle`
///
/// # Errors
///
/// *Forbidden* to who declares for no compte.
pub(super) async fn nouvelle(visit: SignedVisit) -> Result<Response, Error> {
    let compte = declaration::compte_declarant(&Demande::from(&visit), None)?;
    let cote = cote(&visit, compte, None).await?;
    page(&visit, None, Saisie::vide(), &[], cote, None)
}

/// `POST /sessions/nouvelle`
///
/// # Errors
///
/// As [`nouvelle`].
pub(super) async fn declarer(visit: SignedVisit, mut saisie: Saisie) -> Result<Response, Error> {
    let compte = declaration::compte_declarant(&Demande::from(&visit), None)?;
    let aujourdhui = visit.moment.aujourdhui;
    let lue = lire(&mut saisie, aujourdhui);
    let points = match lue {
        Some(informations) if saisie.est_valide() => {
            let (voulues, suite) = (informations.clone(), suite(&saisie));
            let faite = visit
                .une_fois(&saisie, move |tx, demande| {
                    let session = declaration::declarer(tx, demande, compte, voulues.clone(), &[])?;
                    Ok(Effet::de_la_session(session.id, suite))
                })
                .await;
            match trier(faite)? {
                Ok(adresse) => return Ok(vers(&adresse)),
                Err(Obstacle::Points(points)) => points,
                Err(Obstacle::Doublons(_) | Obstacle::Perimee) => Vec::new(),
            }
        }
        Some(informations) => regles(&visit, compte, &informations, None).await?,
        None => Vec::new(),
    };
    let cote = cote(&visit, compte, None).await?;
    avec_statut(StatusCode::UNPROCESSABLE_ENTITY, page(&visit, None, saisie, &points, cote, None))
}

/// `GET /sessions/{id}/informations`
///
/// # Errors
///
/// *Not found*, *forbidden*.
pub(super) async fn montrer(
    visit: SignedVisit,
    Path(id): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(&id)?)));
    };
    let mut saisie = remplir(&dossier.session.saisie);
    if requete.contient("enregistrees") {
        saisie.poser("enregistrees", "oui");
    }
    let points: Vec<Manquement> = dossier.points_de(Etape::Informations).cloned().collect();
    let cote = cote(&visit, dossier.session.compte, Some(&dossier.session.saisie)).await?;
    page(&visit, Some(&dossier), saisie, &points, cote, None)
}

/// `POST /sessions/{id}/informations`
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states.
pub(super) async fn enregistrer(
    visit: SignedVisit,
    Path(id): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let session_id = identifiant(&id)?;
    let lue_en = version(&saisie);
    let lue = lire(&mut saisie, visit.moment.aujourdhui);
    let mut obstacle = None;
    if let Some(informations) = lue.clone().filter(|_| saisie.est_valide()) {
        let suite = suite(&saisie);
        let faite = visit
            .une_fois(&saisie, move |tx, demande| {
                declaration::modifier(tx, demande, session_id, lue_en, |ancienne| {
                    Ok(Informations { formateur: ancienne.formateur.clone(), ..informations.clone() })
                })?;
                Ok(Effet::de_la_session(session_id, suite))
            })
            .await;
        match trier(faite)? {
            Ok(adresse) => return Ok(vers(&adresse)),
            Err(trouve) => obstacle = Some(trouve),
        }
    }
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return trop_tard(&visit, session_id, saisie, &CHAMPS).await;
    };
    let session = &dossier.session;
    let cote = cote(&visit, session.compte, Some(&session.saisie)).await?;
    match (obstacle, lue) {
        (Some(Obstacle::Perimee), _) => {
            let conflit = Conflit::new(&dossier, ecarts(session, &saisie), QUAND_MEME, &visit);
            avec_statut(StatusCode::CONFLICT, page(&visit, Some(&dossier), saisie, &[], cote, Some(conflit)))
        }
        (Some(Obstacle::Points(points)), _) => avec_statut(
            StatusCode::UNPROCESSABLE_ENTITY,
            page(&visit, Some(&dossier), saisie, &points, cote, None),
        ),
        (Some(Obstacle::Doublons(_)) | None, lue) => {
            let points = match lue {
                Some(informations) => regles(&visit, session.compte, &informations, Some(session)).await?,
                None => Vec::new(),
            };
            avec_statut(
                StatusCode::UNPROCESSABLE_ENTITY,
                page(&visit, Some(&dossier), saisie, &points, cote, None),
            )
        }
    }
}

/// Where the button pressed leads.
fn suite(saisie: &Saisie) -> &'static str {
    if saisie.texte("suite") == "formateur" { "/formateur" } else { "/informations?enregistrees" }
}

/// R1 and R3 of what was typed, beside the faults of other fields, so that all is said at once.
async fn regles(
    visit: &SignedVisit,
    compte: CompteId,
    informations: &Informations,
    session: Option<&Session>,
) -> Result<Vec<Manquement>, Error> {
    let i = informations;
    let (dispositif, niveau, date_fin) = (i.dispositif.clone(), i.niveau, i.date_fin);
    let siennes = visit.app.read(move |tx| Ok(habilitations::pour(tx, compte, &dispositif, niveau)?)).await?;
    let habilitation = habilitation_valide(&siennes, &i.dispositif, niveau, date_fin).err();
    let tenue = session.is_none_or(|s| !s.deja_soumise() || s.saisie.date_fin != date_fin);
    let delai = delai_de_saisie(date_fin, visit.moment.aujourdhui).err().filter(|_| tenue);
    Ok(habilitation.into_iter().chain(delai).collect())
}

async fn cote(visit: &SignedVisit, compte: CompteId, deja: Option<&Informations>) -> Result<Cote, Error> {
    let aujourdhui = visit.moment.aujourdhui;
    let deja = deja.map(|i| (i.dispositif.clone(), i.niveau));
    visit
        .app
        .read(move |tx| {
            let siennes = habilitations::du_compte(tx, compte)?;
            let catalogue = dispositifs::en_vigueur(tx, aujourdhui)?;
            Ok(Cote {
                offre: Offre::de(&siennes, &catalogue, deja.as_ref(), aujourdhui),
                organisme: comptes::charger(tx, compte)?.map(|compte| compte.raison_sociale),
            })
        })
        .await
}

/// The values that somebody else saved and that differ from those typed.
fn ecarts(session: &Session, saisie: &Saisie) -> Vec<Ecart> {
    let enregistree = remplir(&session.saisie);
    let mots = |nom: &str, valeur: &str| match nom {
        "dispositif" => lire_choix(valeur).map_or_else(
            || valeur.to_owned(),
            |(dispositif, niveau)| format!("{dispositif} {}", messages::niveau(niveau)),
        ),
        "action" if valeur == "initiale" => "Formation initiale".to_owned(),
        "action" if valeur == "mac" => "MAC".to_owned(),
        _ => valeur.to_owned(),
    };
    CHAMPS
        .iter()
        .filter(|(nom, _)| enregistree.texte(nom) != saisie.texte(nom))
        .map(|(nom, libelle)| Ecart {
            libelle: (*libelle).to_owned(),
            enregistre: mots(nom, enregistree.texte(nom)),
            saisi: mots(nom, saisie.texte(nom)),
        })
        .collect()
}

fn page(
    visit: &SignedVisit,
    dossier: Option<&Dossier>,
    mut saisie: Saisie,
    points: &[Manquement],
    cote: Cote,
    conflit: Option<Conflit>,
) -> Result<Response, Error> {
    let aujourdhui = visit.moment.aujourdhui;
    let regles = expliquer(points, aujourdhui);
    // Rules come first in the summary, then the fields in the order of the form.
    let resumes = regles.iter().map(|regle| ("date_fin".to_owned(), regle.resume.clone()));
    let mut fautes: Vec<(String, String)> = resumes.collect();
    fautes.extend(saisie.fautes().iter().map(|faute| (faute.champ.clone(), faute.message.clone())));
    for point in points {
        dire_au_champ(point, &mut saisie, &mut fautes);
    }
    let en_erreur = !fautes.is_empty();
    let avant = if dossier.is_some() && saisie.est_valide() && regles.is_empty() {
        "avant de soumettre"
    } else {
        "avant d’enregistrer"
    };
    let fautes = fautes.into_iter().map(|(champ, message)| FauteResumee { champ, message });
    let resume = Resume::new(avant, fautes.collect()).cle(&phrase(points, aujourdhui));
    let fait = saisie.contient("enregistrees").then(|| "Informations enregistrées.".to_owned());
    let (titre_de_page, tete) = match dossier {
        Some(dossier) => (
            dossier.page(visit, &Etape::Informations.titre(), Etape::Informations.nom()),
            Tete::de(dossier, Etape::Informations, en_erreur).fait(fait),
        ),
        None => (
            visit
                .page(format!("{} – Nouvelle session", Etape::Informations.titre()))
                .fil("Sessions", "/sessions")
                .ici("Nouvelle session"),
            Tete::nouvelle(en_erreur),
        ),
    };
    let (premiere, derniere) = dates_de_fin_possibles(aujourdhui);
    let quand_meme = conflit.is_some();
    render(&Formulaire {
        page: Page { erreur: en_erreur, ..titre_de_page },
        tete: tete.conflit(conflit),
        resume,
        vers: dossier.map_or_else(|| "/sessions/nouvelle".to_owned(), |d| d.adresse("informations")),
        version: dossier.map(|dossier| dossier.session.version),
        suite: if quand_meme { QUAND_MEME } else { ENREGISTRER },
        organisme: cote.organisme,
        plusieurs_profils: visit.signed_in.as_ref().is_some_and(|qui| qui.profils.len() > 1),
        offre: cote.offre,
        regles,
        communes: communes::du_code_postal(saisie.texte("code_postal")),
        doute_sur_la_commune: doute(saisie.texte("code_postal"), saisie.texte("commune")),
        fenetre: (date(premiere), date(derniere)),
        exemple: date_chiffree(plus_jours(aujourdhui, 7)),
        manque: manque(points),
        saisie,
    })
}

/// Says a point that no note explains at the field that mends it.
fn dire_au_champ(point: &Manquement, saisie: &mut Saisie, fautes: &mut Vec<(String, String)>) {
    let mut dire = |champ: &str, message: String| {
        if saisie.erreur(champ).is_none() {
            fautes.push((champ.to_owned(), message.clone()));
            saisie.refuser(champ, message);
        }
    };
    match point {
        Manquement::DatesIncoherentes { .. } => {
            let mots = messages::manquement(point, messages::Noms::default());
            dire("date_debut", format!("{mots} {}", messages::remede(point, messages::Noms::default())));
        }
        Manquement::InformationsIncompletes { champs } if champs.iter().copied().any(hors_catalogue) => {
            dire("dispositif", "Ce dispositif ou ce niveau n’est pas au catalogue à la date de fin. Choisissez-en un autre, ou vérifiez la date.".to_owned());
        }
        _ => {}
    }
}

fn hors_catalogue(champ: ChampDeSession) -> bool {
    matches!(champ, ChampDeSession::Dispositif | ChampDeSession::Niveau)
}

/// What a draft may lack and its submission may not: « le type d’action et l’adresse ».
fn manque(points: &[Manquement]) -> Option<String> {
    let champs = points.iter().find_map(|point| match point {
        Manquement::InformationsIncompletes { champs } => Some(champs),
        _ => None,
    })?;
    let noms: Vec<&str> =
        champs.iter().copied().filter(|champ| !hors_catalogue(*champ)).map(messages::information).collect();
    (!noms.is_empty()).then(|| liste(&noms))
}

/// What mends both points of `date_fin` at once; empty when nothing does.
fn phrase(points: &[Manquement], aujourdhui: Date) -> String {
    match dates_qui_levent_tout(points, aujourdhui) {
        Some((debut, fin)) if debut == fin => {
            format!("Une date de fin le {} lève les deux premiers points.", date(fin))
        }
        Some((debut, fin)) => {
            format!(
                "Une date de fin entre le {} et le {} lève les deux premiers points.",
                date(debut),
                date(fin)
            )
        }
        None => String::new(),
    }
}

/// A commune that is not one of its code postal's: worth a look, never refused.
fn doute(code_postal: &str, commune: &str) -> Option<String> {
    let connues = communes::du_code_postal(code_postal);
    if commune.is_empty() || connues.is_empty() || communes::reconnaitre(code_postal, commune).is_some() {
        return None;
    }
    let noms = if connues.len() <= 4 { liste(&connues) } else { format!("{}…", connues[..4].join(", ")) };
    Some(format!(
        "Le code postal {code_postal} est connu pour : {noms}. Vérifiez le code postal ou la commune."
    ))
}
