//! The session object, as `docs/openapi.json` describes it: the answer of every move.

use forprev_domain::certificat::Certificat;
use forprev_domain::droits::{actes, manquements_lus, voit_les_resultats};
use forprev_domain::evenement::Evenement;
use forprev_domain::session::{Etat, Faits, Session, avertissements};
use forprev_domain::stagiaire::Stagiaire;
use forprev_store::{Tx, sessions};
use serde_json::{Value, json};

use crate::demande::Demande;
use crate::error::Error;
use crate::messages::{Noms, avertissement_json, manquement_json};

/// The whole object of a session, as this requester may see it.
///
/// # Errors
///
/// The store's.
pub fn objet(tx: &mut Tx<'_>, demande: &Demande, session: &Session) -> Result<Value, Error> {
    let faits = forprev_store::faits::de_la_session(tx, session)?;
    let historique = sessions::historique(tx, session.id)?;
    Ok(composer(demande, session, &faits, &historique))
}

/// The whole objects of several sessions, in their order; few statements, however many they are.
///
/// # Errors
///
/// The store's.
pub fn objets(tx: &mut Tx<'_>, demande: &Demande, liste: &[&Session]) -> Result<Vec<Value>, Error> {
    let faits = forprev_store::faits::de_toutes(tx, liste)?;
    let ids: Vec<_> = liste.iter().map(|session| session.id).collect();
    let histoires = sessions::historiques(tx, &ids)?;
    let histoire = |session: &Session| histoires.get(&session.id).map(Vec::as_slice).unwrap_or_default();
    let un = |(session, faits): (&&Session, &Faits)| composer(demande, session, faits, histoire(session));
    Ok(liste.iter().zip(&faits).map(un).collect())
}

fn composer(demande: &Demande, session: &Session, faits: &Faits, historique: &[Evenement]) -> Value {
    let saisie = &session.saisie;
    let aujourdhui = demande.moment.aujourdhui;
    let noms = Noms::de(session);
    let avec_resultats = voit_les_resultats(&demande.requester, session);
    let manquements = manquements_lus(&demande.requester, session, faits, aujourdhui);
    let avertissements = avertissements(session, faits, aujourdhui);
    let disparait_le = matches!(session.etat, Etat::Terminee { .. }).then(|| session.disparait_le());
    json!({
        "id": session.id,
        "numero": session.numero,
        "version": session.version,
        "etat": session.etat.nom(),
        "compte": session.compte,
        "auteur": session.auteur,
        "dispositif": saisie.dispositif,
        "niveau": saisie.niveau,
        "action": saisie.action,
        "date_debut": saisie.date_debut,
        "date_fin": saisie.date_fin,
        "lieu": saisie.lieu,
        "entreprise_cliente": saisie.entreprise_cliente,
        "reference": saisie.reference,
        "formateur": saisie.formateur,
        "stagiaires": session.stagiaires.iter().map(|s| stagiaire(s, avec_resultats)).collect::<Vec<_>>(),
        "manquements": manquements.iter().map(|m| manquement_json(m, noms)).collect::<Vec<_>>(),
        "avertissements": avertissements.iter().map(|a| avertissement_json(a, noms)).collect::<Vec<_>>(),
        "actions": actes(&demande.requester, session).into_iter().map(|acte| acte.code()).collect::<Vec<_>>(),
        "historique": historique.iter().map(evenement).collect::<Vec<_>>(),
        "generee_le": session.etat.generee_le(),
        "disparait_le": disparait_le,
    })
}

/// One trainee as programs read him; his result only to those who may see it.
#[must_use]
pub fn stagiaire(stagiaire: &Stagiaire, avec_resultat: bool) -> Value {
    let identite = &stagiaire.identite;
    json!({
        "id": stagiaire.id,
        "numero": stagiaire.numero,
        "civilite": identite.civilite,
        "nom_naissance": identite.nom_naissance,
        "nom_usage": identite.nom_usage,
        "prenom": identite.prenom,
        "date_naissance": identite.date_naissance,
        "email": identite.email,
        "resultat": stagiaire.resultat.filter(|_| avec_resultat),
    })
}

fn evenement(evenement: &Evenement) -> Value {
    json!({
        "le": evenement.le,
        "par": evenement.par,
        "evenement": evenement.quoi,
        "commentaire": evenement.commentaire,
        "changements": evenement.changements,
    })
}

/// One certificate as the answer of a generation lists it.
#[must_use]
pub fn certificat(certificat: &Certificat, titulaire: &str) -> Value {
    json!({
        "numero": certificat.numero,
        "stagiaire": certificat.stagiaire,
        "titulaire": titulaire,
        "valable_jusqu_au": certificat.fin,
        "pdf": format!("/api/v1/certificats/{}.pdf", certificat.numero),
    })
}
