//! `/sessions/{id}`: where it stands, who acts next and until when, all that is known of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use forprev_domain::droits::{Acte, peut, voit_les_resultats};
use forprev_domain::evenement::Quoi;
use forprev_domain::regles::delai_de_saisie::fenetre;
use forprev_domain::session::{Etat, SessionId};
use forprev_domain::stagiaire::{Resultat, Stagiaire};

use super::actions::{PlusTard, maintenant, plus_tard};
use super::dossier::Dossier;
use super::histoire::Histoire;
use super::informations::{Fait, completes};
use super::panneau::{Bouton, Panneau, bilan, panneau};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Etat as PastilleEtat, Relais, Resultat as PastilleResultat};
use crate::layout::{Page, render};
use crate::saisie::Requete;
use crate::sessions::presentation::{depuis, etat, parcours, sous_titre, titre, titre_dates_et_lieu};
use crate::sign_in::SignedVisit;
use crate::typographie::{date, date_chiffree, date_longue, heure, pluriel};

#[derive(Template)]
#[template(path = "sessions/pages/session.html")]
struct PageSession {
    page: Page,
    fait: Option<&'static str>,
    etat: PastilleEtat,
    depuis: String,
    titre: String,
    sous_titre: String,
    relais: Relais,
    panneau: Panneau,
    titre_stagiaires: &'static str,
    legende: String,
    avec_resultats: bool,
    stagiaires: Vec<Ligne>,
    informations: Vec<Fait>,
    histoire: Histoire,
    echeances: Vec<Fait>,
    maintenant: Vec<Bouton>,
    plus_tard: Vec<PlusTard>,
}

/// One trainee of the table.
struct Ligne {
    nom: String,
    sous: Vec<String>,
    naissance: Option<String>,
    numero: Option<String>,
    resultat: PastilleResultat,
}

/// `GET /sessions/{id}`
///
/// # Errors
///
/// *Not found* when it does not exist or is not visible.
pub(super) async fn show(
    visit: SignedVisit,
    State(app): State<App>,
    Path(id): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    let id = SessionId::parse(&id).ok_or(Error::NotFound)?;
    let demande = Demande::from(&visit);
    let dossier = Dossier::ouvrir(&app, &demande, id).await?;
    let fait = fait(requete.texte("fait"));
    if peut(&demande.requester, Acte::TransmettreResultats, dossier.session()).is_ok() {
        return super::verification::montrer(&visit, &dossier, fait);
    }
    render(&page(&visit, &demande, &dossier, fait))
}

fn page(
    visit: &SignedVisit,
    demande: &Demande,
    dossier: &Dossier,
    fait: Option<&'static str>,
) -> PageSession {
    let session = dossier.session();
    let saisie = &session.saisie;
    let aujourdhui = dossier.aujourdhui;
    let requester = &demande.requester;
    let etat = etat(session);
    let avec_resultats =
        voit_les_resultats(requester, session) && session.stagiaires.iter().any(|s| s.resultat.is_some());
    let titre_page = format!("{}, {}", titre_dates_et_lieu(saisie), etat.mots().to_lowercase());
    PageSession {
        page: visit.page(titre_page).fil("Sessions", "/sessions").ici(format!("Session {}", session.numero)),
        fait,
        depuis: depuis(dossier.fiche.etat_depuis, aujourdhui),
        titre: titre(saisie),
        sous_titre: sous_titre(session),
        relais: parcours(session, &dossier.historique, &dossier.gens, dossier.a_lui, aujourdhui),
        panneau: panneau(dossier, requester),
        titre_stagiaires: if avec_resultats { "Stagiaires et résultats" } else { "Stagiaires" },
        legende: legende(dossier, avec_resultats),
        avec_resultats,
        stagiaires: session.stagiaires.iter().map(ligne).collect(),
        informations: completes(dossier),
        histoire: Histoire::new(&dossier.historique, &dossier.gens, &dossier.formateur()),
        echeances: echeances(dossier),
        maintenant: maintenant(dossier, requester),
        plus_tard: plus_tard(dossier, requester),
        etat,
    }
}

/// What has just been done, said once after the form that did it.
fn fait(code: &str) -> Option<&'static str> {
    Some(match code {
        "soumission" => "La session est soumise. Le formateur en est averti.",
        "reprise" => "La session est reprise : elle est de nouveau un brouillon. Le formateur en est averti.",
        "renvoi" => "La session est renvoyée au formateur, avec votre commentaire.",
        "retour" => "La session est retournée, avec votre commentaire.",
        "resultats" => "Les résultats sont enregistrés. Ils ne comptent qu’une fois transmis.",
        "transmission" => "Les résultats sont transmis.",
        "generation" => "Les certificats sont générés.",
        "modification" => "La session est enregistrée.",
        _ => return None,
    })
}

fn legende(dossier: &Dossier, avec_resultats: bool) -> String {
    let nombre = dossier.session().stagiaires.len();
    if !avec_resultats {
        return pluriel(nombre, "stagiaire", "stagiaires");
    }
    let bilan = bilan(dossier).replace(" et ", ", ");
    match dossier.dernier(Quoi::ResultatsTransmis) {
        Some(transmis) => format!(
            "{bilan}. Résultats de {}, transmis le {} à {}.",
            dossier.gens.nom(&transmis.par),
            date(forprev_domain::calendrier::jour_de_paris(transmis.le)),
            heure(transmis.le)
        ),
        None => format!("{bilan}."),
    }
}

fn ligne(stagiaire: &Stagiaire) -> Ligne {
    let identite = &stagiaire.identite;
    let nom = identite.nom_naissance.as_ref().map(|nom| nom.as_str().to_uppercase());
    let prenom = identite.prenom.as_ref().map(ToString::to_string);
    let nom = [nom, prenom].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let usage = identite.nom_usage.as_ref().map(|usage| format!("nom d’usage : {usage}"));
    let email = identite.email.as_ref().map(|email| email.as_str().to_owned());
    Ligne {
        nom: if nom.is_empty() { "Identité à compléter".to_owned() } else { nom },
        sous: usage.into_iter().chain(email).collect(),
        naissance: identite.date_naissance.map(date_chiffree),
        numero: stagiaire.numero.as_ref().map(ToString::to_string),
        resultat: match stagiaire.resultat {
            Some(Resultat::Reussite) => PastilleResultat::Reussite,
            Some(Resultat::Echec) => PastilleResultat::Echec,
            None => PastilleResultat::Attendu,
        },
    }
}

fn echeances(dossier: &Dossier) -> Vec<Fait> {
    let session = dossier.session();
    let aujourdhui = dossier.aujourdhui;
    let le = |jour| format!("le {}", date_longue(jour));
    let veille = forprev_domain::calendrier::plus_jours(session.disparait_le(), -1);
    let depuis_le = |jour| if jour <= aujourdhui { "depuis" } else { "à partir du" };
    let generation = match depuis_le(session.saisie.date_fin) {
        "depuis" => Fait::new("Génération possible depuis", le(session.saisie.date_fin)),
        _ => Fait::new("Génération possible à partir du", date_longue(session.saisie.date_fin)),
    };
    let generer = Fait::new("Dernier jour pour générer", le(veille));
    match session.etat {
        Etat::Brouillon if !session.deja_soumise() => {
            vec![
                Fait::new("Dernier jour pour soumettre", le(fenetre(session.saisie.date_fin).1)),
                generation,
                generer,
            ]
        }
        Etat::Brouillon | Etat::Retournee { .. } => vec![generation, generer],
        Etat::Soumise { .. } => {
            let debut = session.saisie.date_debut.unwrap_or(session.saisie.date_fin);
            let resultats = match depuis_le(debut) {
                "depuis" => Fait::new("Résultats possibles depuis", le(debut)),
                _ => Fait::new("Résultats possibles à partir du", date_longue(debut)),
            };
            vec![resultats, generation, generer]
        }
        Etat::ATraiter { .. } => vec![generation, generer],
        Etat::Terminee { generee_le, .. } => {
            let mut faits = vec![Fait::new("Générée", le(generee_le))];
            if !session.sans_reussite() {
                faits.push(Fait::new("Dernier jour pour télécharger", le(veille)));
            }
            faits.push(Fait::new("Suppression de la session", le(session.disparait_le())));
            faits
        }
    }
}
