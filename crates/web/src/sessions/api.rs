//! The sessions of the interface: each handler reads, calls its action, and shows what came out.

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use forprev_domain::compte::CompteId;
use forprev_domain::dispositif::CodeDispositif;
use forprev_domain::numero::Numero;
use forprev_domain::session::{NomEtat, Session, SessionId};
use forprev_domain::stagiaire::{Resultat, StagiaireId};
use forprev_store::Tx;
use forprev_store::sessions::{self, Filtre, Tri};

use super::objet::{objet, objets};
use super::passages::{self, Passage};
use super::presence::presences;
use super::{charger, declaration, entree, resultats, stagiaires};
use crate::api::corps::{Corps, Objet, lire_jour};
use crate::api::ecriture::{Fait, ecrire};
use crate::api::listes::{Requete, liste};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::journal;

/// The routes of sessions.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sessions", get(lister).post(declarer))
        .route("/sessions/{id}", get(montrer).patch(modifier).delete(supprimer))
        .route("/sessions/{id}/stagiaires", post(ajouter_stagiaire))
        .route(
            "/sessions/{id}/stagiaires/{ligne}",
            axum::routing::patch(modifier_stagiaire).delete(retirer_stagiaire),
        )
        .route("/sessions/{id}/soumission", post(soumettre))
        .route("/sessions/{id}/reprise", post(reprendre))
        .route("/sessions/{id}/renvoi", post(renvoyer))
        .route("/sessions/{id}/retour", post(retourner))
        .route("/sessions/{id}/resultats", put(enregistrer_resultats).post(transmettre_resultats))
}

async fn lister(
    State(app): State<App>,
    demande: Demande,
    RawQuery(requete): RawQuery,
) -> Result<Response, Error> {
    let requete = Requete::lire(requete.as_deref());
    let (filtre, pagination) = (filtre(&requete)?, requete.pagination()?);
    if demande.portee().administrateur {
        let qui = demande.clone();
        app.write(move |tx| Ok(journal::noter(tx, &qui, "sessions.listees", "sessions")?)).await?;
    }
    let page = app
        .read(move |tx| {
            let aujourdhui = demande.moment.aujourdhui;
            let page =
                sessions::lister(tx, &demande.portee(), &filtre, Tri::default(), pagination, aujourdhui)?;
            let total = page.total;
            let suivant = page.suivant.clone();
            let vues: Vec<_> = page.elements.iter().map(|fiche| &fiche.session).collect();
            let elements = objets(tx, &demande, &vues)?;
            Ok(forprev_store::Liste { elements, total, suivant })
        })
        .await?;
    Ok(liste(page).into_response())
}

fn filtre(requete: &Requete) -> Result<Filtre, Error> {
    let illisible =
        |champ: &str| Error::Malformed(format!("Le filtre « {champ} » n’a pas une valeur connue."));
    let jour = |champ: &str| match requete.valeur(champ) {
        None => Ok(None),
        Some(texte) => lire_jour(texte).map(Some).ok_or_else(|| illisible(champ)),
    };
    let etats = requete.valeurs("etat").map(|code| NomEtat::from_code(code).ok_or_else(|| illisible("etat")));
    Ok(Filtre {
        etats: etats.collect::<Result<_, _>>()?,
        dispositif: requete
            .valeur("dispositif")
            .map(|code| CodeDispositif::parse(code).ok_or_else(|| illisible("dispositif")))
            .transpose()?,
        du: jour("du")?,
        au: jour("au")?,
        auteur: requete
            .valeur("auteur")
            .map(|numero| Numero::parse(numero).ok_or_else(|| illisible("auteur")))
            .transpose()?,
        q: requete.mots()?,
        ..Filtre::default()
    })
}

async fn declarer(demande: Demande, corps: Corps) -> Result<Response, Error> {
    ecrire(demande, corps, |tx, demande, recu| {
        let voulu = recu.code("compte", CompteId::parse, "l’identifiant d’un compte")?;
        let compte = declaration::compte_declarant(demande, voulu)?;
        let saisie = entree::saisie(recu)?;
        let entrees =
            recu.objets("stagiaires")?.iter().map(entree::stagiaire).collect::<Result<Vec<_>, _>>()?;
        let session = declaration::declarer(tx, demande, compte, saisie, &entrees)?;
        Ok(Fait::cree(objet(tx, demande, &session)?).sur(session.id))
    })
    .await
}

async fn montrer(
    State(app): State<App>,
    demande: Demande,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    let lu = if demande.portee().administrateur {
        // What the network reads goes into the journal.
        app.write(move |tx| {
            let session = charger(tx, &demande, id)?;
            journal::noter(tx, &demande, "session.consultee", &format!("session:{id}"))?;
            objet(tx, &demande, &session)
        })
        .await?
    } else {
        app.read(move |tx| {
            let session = charger(tx, &demande, id)?;
            objet(tx, &demande, &session)
        })
        .await?
    };
    Ok(Json(lu).into_response())
}

async fn modifier(demande: Demande, Path(id): Path<String>, corps: Corps) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        let session = declaration::modifier(tx, demande, id, recu.version()?, |saisie| {
            entree::fusionner(saisie, recu)
        })?;
        Ok(Fait::ok(objet(tx, demande, &session)?))
    })
    .await
}

async fn supprimer(
    demande: Demande,
    Path(id): Path<String>,
    RawQuery(requete): RawQuery,
    corps: Corps,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    let version = version(&Requete::lire(requete.as_deref()))?;
    ecrire(demande, corps, move |tx, demande, recu| {
        declaration::supprimer(tx, demande, id, recu.version()?.or(version))?;
        Ok(Fait::vide())
    })
    .await
}

async fn ajouter_stagiaire(
    demande: Demande,
    Path(id): Path<String>,
    corps: Corps,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    let pour = demande.clone();
    let issue = ecrire(demande, corps, move |tx, demande, recu| {
        let (session, ligne) =
            stagiaires::ajouter(tx, demande, id, recu.version()?, &entree::stagiaire(recu)?)?;
        Ok(Fait::cree(une_ligne(&session, ligne)?).sur(id))
    });
    avec_presences(pour, id, issue.await).await
}

async fn modifier_stagiaire(
    demande: Demande,
    Path((id, ligne)): Path<(String, String)>,
    corps: Corps,
) -> Result<Response, Error> {
    let (id, ligne) = (identifiant(&id)?, StagiaireId::parse(&ligne).ok_or(Error::NotFound)?);
    let pour = demande.clone();
    let issue = ecrire(demande, corps, move |tx, demande, recu| {
        let changer = |ancien: &_| entree::fusionner_stagiaire(ancien, recu);
        let session = stagiaires::modifier(tx, demande, id, ligne, recu.version()?, changer)?;
        Ok(Fait::ok(une_ligne(&session, ligne)?))
    });
    avec_presences(pour, id, issue.await).await
}

/// Adds to known persons who are proposed what they are already in; the same answer when they are in nothing.
async fn avec_presences(
    demande: Demande,
    id: SessionId,
    issue: Result<Response, Error>,
) -> Result<Response, Error> {
    let Err(Error::Doublons(propositions)) = issue else { return issue };
    let (app, liste) = (demande.app.clone(), propositions.clone());
    let trouvees = app.read(move |tx| {
        let session = charger(tx, &demande, id)?;
        presences(tx, &demande, &session, &liste)
    });
    match trouvees.await? {
        aucune if aucune.is_empty() => Err(Error::Doublons(propositions)),
        trouvees => Err(Error::DoublonsEnSession(propositions, trouvees)),
    }
}

async fn retirer_stagiaire(
    demande: Demande,
    Path((id, ligne)): Path<(String, String)>,
    RawQuery(requete): RawQuery,
    corps: Corps,
) -> Result<Response, Error> {
    let (id, ligne) = (identifiant(&id)?, StagiaireId::parse(&ligne).ok_or(Error::NotFound)?);
    let version = version(&Requete::lire(requete.as_deref()))?;
    ecrire(demande, corps, move |tx, demande, recu| {
        stagiaires::retirer(tx, demande, id, ligne, recu.version()?.or(version))?;
        Ok(Fait::vide())
    })
    .await
}

async fn soumettre(demande: Demande, Path(id): Path<String>, corps: Corps) -> Result<Response, Error> {
    passer(demande, &id, corps, passages::soumettre).await
}

async fn reprendre(demande: Demande, Path(id): Path<String>, corps: Corps) -> Result<Response, Error> {
    passer(demande, &id, corps, passages::reprendre).await
}

async fn renvoyer(demande: Demande, Path(id): Path<String>, corps: Corps) -> Result<Response, Error> {
    passer(demande, &id, corps, passages::renvoyer).await
}

async fn retourner(demande: Demande, Path(id): Path<String>, corps: Corps) -> Result<Response, Error> {
    passer(demande, &id, corps, passages::retourner).await
}

type Mouvement = fn(&mut Tx<'_>, &Demande, SessionId, &Passage) -> Result<Session, Error>;

async fn passer(demande: Demande, id: &str, corps: Corps, mouvement: Mouvement) -> Result<Response, Error> {
    let id = identifiant(id)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        let session = mouvement(tx, demande, id, &passage(recu)?)?;
        Ok(Fait::ok(objet(tx, demande, &session)?).sur(id))
    })
    .await
}

async fn enregistrer_resultats(
    demande: Demande,
    Path(id): Path<String>,
    corps: Corps,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        let session = resultats::enregistrer(tx, demande, id, recu.version()?, &resultats_recus(recu)?)?;
        Ok(Fait::ok(objet(tx, demande, &session)?))
    })
    .await
}

async fn transmettre_resultats(
    demande: Demande,
    Path(id): Path<String>,
    corps: Corps,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        let session = resultats::transmettre(tx, demande, id, &passage(recu)?, &resultats_recus(recu)?)?;
        Ok(Fait::ok(objet(tx, demande, &session)?).sur(id))
    })
    .await
}

/// `{ "STAGIAIRE_ID": "reussite" | "echec" }`; `version` and `commentaire` may stand beside them.
fn resultats_recus(recu: &Objet) -> Result<resultats::Resultats, Error> {
    let mut lus = resultats::Resultats::new();
    for champ in recu.0.keys().filter(|champ| !matches!(champ.as_str(), "version" | "commentaire")) {
        let ligne = StagiaireId::parse(champ).ok_or_else(|| {
            Error::Malformed(format!("« {champ} » n’est pas l’identifiant d’un stagiaire."))
        })?;
        if let Some(resultat) = recu.code(champ, Resultat::from_code, "« reussite » ou « echec »")? {
            lus.insert(ligne, resultat);
        }
    }
    Ok(lus)
}

fn passage(recu: &Objet) -> Result<Passage, Error> {
    Ok(Passage { version: recu.version()?, commentaire: recu.commentaire("commentaire")? })
}

fn une_ligne(session: &Session, ligne: StagiaireId) -> Result<serde_json::Value, Error> {
    session.stagiaire(ligne).map(|s| super::objet::stagiaire(s, false)).ok_or(Error::NotFound)
}

fn identifiant(texte: &str) -> Result<SessionId, Error> {
    SessionId::parse(texte).ok_or(Error::NotFound)
}

fn version(requete: &Requete) -> Result<Option<i64>, Error> {
    let lire =
        |texte: &str| texte.parse().map_err(|_| Error::Malformed("« version » est un nombre.".to_owned()));
    requete.valeur("version").map(lire).transpose()
}
