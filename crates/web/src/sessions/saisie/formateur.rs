//! Step 2. « Choisir un formateur »: by numéro, or among those who already worked for the compte (R2).

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::formateur::Qualification;
use forprev_domain::identite::{ChampIdentite, FauteIdentite};
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_domain::regles::formateur_a_jour::formateur_a_jour;
use forprev_domain::session::{Saisie as Informations, Session};
use forprev_store::{certificats, faits};

use super::conflit::{Conflit, Ecart};
use super::dossier::{Dossier, ouvrir};
use super::explication::dessiner;
use super::tete::{Etape, Tete};
use super::{Obstacle, avec_statut, identifiant, trier, trop_tard, vers, version};
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Choix, Frise, OptionDeChoix, Resume};
use crate::layout::{Page, render};
use crate::messages::{self, Noms};
use crate::saisie::{Requete, Saisie};
use crate::sessions::declaration;
use crate::sign_in::SignedVisit;
use crate::typographie::date;
use crate::une_fois::Effet;

/// Choices shown as radio buttons; beyond, a list.
const AU_PLUS_EN_BOUTONS: usize = 8;
/// « Quelqu’un d’autre », among the known ones.
const AUTRE: &str = "autre";
const QUAND_MEME: &str = "Enregistrer quand même mon choix";

/// What is known of the declared formateur on `date_fin`.
enum Avis {
    /// Up to date: his name, what he holds.
    AJour { qui: String, mots: String },
    /// Not: the fact, and the dates when he is known as a formateur.
    PasAJour { fait: String, precision: Option<String>, frise: Option<Frise> },
}

#[derive(Template)]
#[template(path = "sessions/saisie/formateur.html")]
struct Formulaire {
    page: Page,
    tete: Tete,
    resume: Resume,
    saisie: Saisie,
    vers: String,
    version: i64,
    connus: Vec<OptionDeChoix>,
    avis: Option<Avis>,
    quand_meme: Option<&'static str>,
    date_fin: String,
    quoi: String,
}

impl Formulaire {
    fn en_boutons(&self) -> bool {
        self.connus.len() <= AU_PLUS_EN_BOUTONS
    }

    fn boutons(&self) -> Choix {
        let autre = OptionDeChoix {
            valeur: AUTRE.to_owned(),
            libelle: "Quelqu’un d’autre".to_owned(),
            details: vec!["Par son numéro Forprev, ci-dessous".to_owned()],
        };
        let choix = self.saisie.choix("formateur", "Formateurs qui ont déjà travaillé pour votre compte");
        choix.options(self.connus.iter().cloned().chain([autre]))
    }

    /// The same as words of a list: `(numéro, « Karim BENALI, BNL40217, … »)`.
    fn lignes(&self) -> Vec<(String, String)> {
        let autre = (AUTRE.to_owned(), "Quelqu’un d’autre, par son numéro".to_owned());
        let connus = self
            .connus
            .iter()
            .map(|connu| (connu.valeur.clone(), format!("{}, {}", connu.libelle, connu.details.join(". "))));
        connus.chain([autre]).collect()
    }
}

/// `GET /sessions/{id}/formateur`
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
    let connus = connus(&visit, &dossier.session).await?;
    let saisie = remplir(&dossier.session, &connus);
    let fait = requete.contient("enregistre").then(|| "Choix enregistré.".to_owned());
    page(&visit, &dossier, saisie, connus, fait, None)
}

/// `POST /sessions/{id}/formateur`
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
    let choisi = lire(&mut saisie);
    let mut perimee = false;
    if saisie.est_valide() {
        let ensuite = saisie.texte("suite") == "stagiaires";
        let faite = visit
            .une_fois(&saisie, move |tx, demande| {
                let session = declaration::modifier(tx, demande, session_id, lue_en, |ancienne| {
                    Ok(Informations { formateur: choisi.clone(), ..ancienne.clone() })
                })?;
                let faits = faits::de_la_session(tx, &session)?;
                // A formateur who is not up to date is saved, and said at once.
                let a_jour =
                    session.saisie.formateur.is_none() || a_jour(&session, &faits.qualifications).is_some();
                let page = if ensuite && a_jour { "/stagiaires" } else { "/formateur?enregistre" };
                Ok(Effet::de_la_session(session_id, page))
            })
            .await;
        match trier(faite)? {
            Ok(adresse) => return Ok(vers(&adresse)),
            Err(Obstacle::Points(points)) => {
                for point in &points {
                    saisie.refuser("", en_une_phrase(point));
                }
            }
            Err(Obstacle::Doublons(_)) => {}
            Err(Obstacle::Perimee) => perimee = true,
        }
    }
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return trop_tard(&visit, session_id, saisie, &[]).await;
    };
    let connus = connus(&visit, &dossier.session).await?;
    if !perimee {
        let page = page(&visit, &dossier, saisie, connus, None, None);
        return avec_statut(StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    let conflit = Conflit::new(&dossier, ecarts(&dossier, &mut saisie), QUAND_MEME, &visit);
    avec_statut(StatusCode::CONFLICT, page(&visit, &dossier, saisie, connus, None, Some(conflit)))
}

/// The numéro chosen or typed; none when nobody is.
fn lire(saisie: &mut Saisie) -> Option<Numero> {
    let tape = saisie.option("numero").map(str::to_owned);
    let connu = saisie.option("formateur").filter(|connu| *connu != AUTRE).and_then(Numero::parse);
    let numero = tape.as_deref().map(|tape| Numero::parse(tape).ok_or(()));
    match (connu, numero) {
        (_, Some(Err(()))) => {
            saisie.refuser("numero", messages::faute(ChampIdentite::Numero, &FauteIdentite::NumeroMalForme));
            None
        }
        (Some(connu), Some(Ok(numero))) if connu != numero => {
            saisie.refuser(
                "numero",
                format!("Vous avez choisi {connu} et saisi un autre numéro. Videz ce champ, ou choisissez « Quelqu’un d’autre »."),
            );
            None
        }
        (Some(connu), _) => Some(connu),
        (None, Some(Ok(numero))) => Some(numero),
        (None, None) if saisie.texte("formateur") == AUTRE => {
            saisie.refuser("numero", "Saisissez le numéro Forprev de ce formateur.");
            None
        }
        (None, None) => None,
    }
}

fn remplir(session: &Session, connus: &[OptionDeChoix]) -> Saisie {
    let Some(numero) = &session.saisie.formateur else { return Saisie::vide() };
    if connus.iter().any(|connu| connu.valeur == numero.as_str()) {
        return Saisie::avec([("formateur", numero.as_str())]);
    }
    Saisie::avec([("formateur", AUTRE), ("numero", numero.as_str())])
}

/// Those who already worked for the compte, each with what he holds on `date_fin`.
async fn connus(visit: &SignedVisit, session: &Session) -> Result<Vec<OptionDeChoix>, Error> {
    let demande = Demande::from(visit);
    let session = session.clone();
    visit
        .app
        .read(move |tx| {
            let gens = certificats::formateurs_connus(tx, &demande.portee(), "", demande.moment.aujourdhui)?;
            let numeros: Vec<&Numero> = gens.iter().map(|personne| &personne.numero).collect();
            let acquis = certificats::acquis(tx, &numeros)?;
            let option = |personne: &Personne| {
                let siens: Vec<Qualification> = acquis
                    .iter()
                    .filter(|(qui, _)| *qui == personne.numero)
                    .map(|(_, q)| q.clone())
                    .collect();
                OptionDeChoix {
                    valeur: personne.numero.to_string(),
                    libelle: personne.identite.prenom_nom(),
                    details: vec![personne.numero.to_string(), qualification(&session, &siens)],
                }
            };
            Ok(gens.iter().map(option).collect())
        })
        .await
}

/// The qualification that lets him certify this session (R2).
fn a_jour<'a>(session: &Session, qualifications: &'a [Qualification]) -> Option<&'a Qualification> {
    let i = &session.saisie;
    let numero = i.formateur.as_ref()?;
    formateur_a_jour(qualifications, numero, &i.dispositif, i.niveau, i.date_fin).ok()
}

/// What he holds of this dispositif, of the niveau required or not, valid or past: the latest.
fn derniere<'a>(session: &Session, qualifications: &'a [Qualification]) -> Option<&'a Qualification> {
    qualifications
        .iter()
        .filter(|q| q.fait_un_formateur() && q.dispositif == session.saisie.dispositif)
        .max_by_key(|q| (session.saisie.niveau < q.niveau, q.fin.is_none(), q.fin))
}

/// One line: « Qualification SST valide à la date de fin, jusqu’au 8 avril 2028 ».
pub(super) fn qualification(session: &Session, qualifications: &[Qualification]) -> String {
    let i = &session.saisie;
    let valide = qualifications
        .iter()
        .filter(|q| q.dispositif == i.dispositif && i.niveau < q.niveau && q.valide_le(i.date_fin))
        .max_by_key(|q| (q.fin.is_none(), q.fin));
    match (valide, derniere(session, qualifications)) {
        (Some(Qualification { fin: Some(fin), .. }), _) => {
            format!("Qualification {} valide à la date de fin, jusqu’au {}", i.dispositif, date(*fin))
        }
        (Some(_), _) => {
            format!("Qualification {} valide à la date de fin, sans limite de durée", i.dispositif)
        }
        (None, Some(autre)) => format!("Pas à jour le {} : {}", date(i.date_fin), ce_qu_il_a(session, autre)),
        (None, None) => format!("Pas de qualification {} connue", i.dispositif),
    }
}

/// « qualification SST du 9 avril 2023 au 8 avril 2026 », « niveau formateur, … » when that is what lacks.
fn ce_qu_il_a(session: &Session, q: &Qualification) -> String {
    let quoi = format!("qualification {} ({})", q.dispositif, messages::niveau(q.niveau));
    let dates = match q.fin {
        Some(fin) => format!("du {} au {}", date(q.debut), date(fin)),
        None => format!("depuis le {}", date(q.debut)),
    };
    if session.saisie.niveau < q.niveau {
        format!("{quoi} {dates}")
    } else {
        format!("{quoi} {dates} ; une session de ce niveau en demande une au-dessus")
    }
}

fn avis(dossier: &Dossier, aujourdhui: jiff::civil::Date) -> Option<Avis> {
    let session = &dossier.session;
    let numero = session.saisie.formateur.as_ref()?;
    let qualifications = &dossier.faits.qualifications;
    if a_jour(session, qualifications).is_some() {
        let qui = format!("{}, {numero}", dossier.gens.nom(numero));
        return Some(Avis::AJour { qui, mots: format!("{}.", qualification(session, qualifications)) });
    }
    let fait = dossier
        .points_de(Etape::Formateur)
        .next()
        .map(|point| messages::manquement(point, Noms::default()))
        .unwrap_or_default();
    let connue = derniere(session, qualifications);
    let precision = dossier.nom_du_formateur().map(|nom| match connue {
        Some(q) => format!("{nom} : {}.", ce_qu_il_a(session, q)),
        None => format!("{nom} est formateur d’un autre dispositif."),
    });
    let frise = connue.and_then(|q| {
        let (fin, date_fin) = (q.fin?, session.saisie.date_fin);
        let borne = if date_fin < q.debut {
            (q.debut, "début de qualification", false)
        } else {
            (fin, "fin de qualification", false)
        };
        let hors = date_fin < q.debut || fin < date_fin;
        hors.then(|| {
            let reperes = vec![(aujourdhui, "aujourd’hui", false), borne, (date_fin, "fin de session", true)];
            dessiner((q.debut, fin), reperes)
        })
    });
    Some(Avis::PasAJour { fait, precision, frise })
}

fn ecarts(dossier: &Dossier, saisie: &mut Saisie) -> Vec<Ecart> {
    let enregistre = dossier.session.saisie.formateur.as_ref().map(ToString::to_string).unwrap_or_default();
    let saisi = lire(saisie).map(|numero| numero.to_string()).unwrap_or_default();
    let ecart = Ecart { libelle: "Formateur animateur".to_owned(), enregistre, saisi };
    if ecart.enregistre == ecart.saisi { Vec::new() } else { vec![ecart] }
}

/// The fact and the remedy of a point that no field of this page mends.
pub(super) fn en_une_phrase(point: &forprev_domain::refus::Manquement) -> String {
    let mots = messages::manquement(point, Noms::default());
    format!("{mots} {}", messages::remede(point, Noms::default())).trim_end().to_owned()
}

fn page(
    visit: &SignedVisit,
    dossier: &Dossier,
    saisie: Saisie,
    connus: Vec<OptionDeChoix>,
    fait: Option<String>,
    conflit: Option<Conflit>,
) -> Result<Response, Error> {
    let en_erreur = !saisie.est_valide();
    let i = &dossier.session.saisie;
    render(&Formulaire {
        page: dossier.page(visit, &Etape::Formateur.titre(), Etape::Formateur.nom()).en_erreur(&saisie),
        resume: saisie.resume("avant d’enregistrer"),
        vers: dossier.adresse("formateur"),
        version: dossier.session.version,
        connus,
        avis: avis(dossier, visit.moment.aujourdhui),
        quand_meme: conflit.is_some().then_some(QUAND_MEME),
        date_fin: date(i.date_fin),
        quoi: format!("{} {}", i.dispositif, messages::niveau(i.niveau)),
        tete: Tete::de(dossier, Etape::Formateur, en_erreur).fait(fait).conflit(conflit),
        saisie,
    })
}
