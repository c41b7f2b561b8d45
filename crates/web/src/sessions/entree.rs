//! What a program sends of a session, read into what the domain takes; and back, so that a change can be
//! merged into what is there (RFC 7396).

use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::identite::Email;
use forprev_domain::numero::Numero;
use forprev_domain::refus::Manquement;
use forprev_domain::session::{Action, ChampDeSession, EntrepriseCliente, Lieu, Saisie};
use forprev_domain::siret::siret_valide;
use forprev_domain::stagiaire::Stagiaire;
use serde_json::{Map, Value, json};

use super::stagiaires::Entree;
use crate::api::corps::Objet;
use crate::error::Error;
use crate::messages::{self, Noms};

/// Characters that a text of a session may have.
const LONGUEUR: usize = 200;

/// Reads a whole entry.
///
/// # Errors
///
/// *Malformed* for a wrong shape; `informations_incompletes` with the fields that are missing or wrong.
pub fn saisie(objet: &Objet) -> Result<Saisie, Error> {
    let dispositif =
        objet.code("dispositif", CodeDispositif::parse, "le code d’un dispositif, par exemple SST")?;
    let niveau = objet.code("niveau", niveau_de_session, "« acteur » ou « formateur »")?;
    let date_fin = objet.jour("date_fin")?;
    let action = objet.code("action", Action::from_code, "« initiale » ou « mac »")?;
    let date_debut = objet.jour("date_debut")?;
    let formateur = objet.code("formateur", Numero::parse, "un numéro FORPREV, par exemple JKA37899")?;
    let mut fautifs = Vec::new();
    let lieu = lieu(&objet.objet("lieu")?.unwrap_or_default(), &mut fautifs)?;
    let entreprise_cliente = match objet.objet("entreprise_cliente")? {
        Some(entreprise) => entreprise_cliente(&entreprise, &mut fautifs)?,
        None => None,
    };
    let reference = court(objet, "reference", ChampDeSession::Reference, &mut fautifs)?;
    let requis = [
        (ChampDeSession::Dispositif, dispositif.is_none()),
        (ChampDeSession::Niveau, niveau.is_none()),
        (ChampDeSession::DateFin, date_fin.is_none()),
    ];
    fautifs.splice(0..0, requis.into_iter().filter_map(|(champ, manque)| manque.then_some(champ)));
    match (dispositif, niveau, date_fin) {
        (Some(dispositif), Some(niveau), Some(date_fin)) if fautifs.is_empty() => Ok(Saisie {
            dispositif,
            niveau,
            action,
            date_debut,
            date_fin,
            lieu,
            entreprise_cliente,
            reference,
            formateur,
        }),
        _ => {
            Err(messages::refuse(&[Manquement::InformationsIncompletes { champs: fautifs }], Noms::default()))
        }
    }
}

/// The entry changed by what was sent: a field given replaces, null empties, an absent one stays.
///
/// # Errors
///
/// As [`saisie`]; *malformed* when trainees are sent along.
pub fn fusionner(ancienne: &Saisie, objet: &Objet) -> Result<Saisie, Error> {
    if objet.a("stagiaires") {
        return Err(Error::Malformed(
            "Les stagiaires se changent un par un, sous /sessions/{id}/stagiaires.".to_owned(),
        ));
    }
    let mut tout = objet_de(ancienne);
    fusion(&mut tout, &objet.0);
    saisie(&Objet(tout))
}

/// The entry of a trainee as sent.
///
/// # Errors
///
/// *Malformed* for a wrong shape.
pub fn stagiaire(objet: &Objet) -> Result<Entree, Error> {
    Ok(Entree { identite: objet.identite()?, autre_personne: objet.vrai("autre_personne")? })
}

/// The line changed by what was sent.
///
/// # Errors
///
/// *Malformed* for a wrong shape.
pub fn fusionner_stagiaire(ancien: &Stagiaire, objet: &Objet) -> Result<Entree, Error> {
    let identite = &ancien.identite;
    let mut tout = match json!({
        "civilite": identite.civilite, "nom_naissance": identite.nom_naissance, "nom_usage": identite.nom_usage,
        "prenom": identite.prenom, "date_naissance": identite.date_naissance,
        "email": identite.email.as_ref().map(Email::as_str),
    }) {
        Value::Object(tout) => tout,
        _ => Map::new(),
    };
    fusion(&mut tout, &objet.0);
    stagiaire(&Objet(tout))
}

fn niveau_de_session(code: &str) -> Option<Niveau> {
    Niveau::from_code(code).filter(|niveau| Niveau::DES_SESSIONS.contains(niveau))
}

fn lieu(objet: &Objet, fautifs: &mut Vec<ChampDeSession>) -> Result<Lieu, Error> {
    let code_postal = objet.texte("code_postal")?;
    if code_postal.as_deref().is_some_and(|code| !code_postal_valide(code)) {
        fautifs.push(ChampDeSession::CodePostal);
    }
    Ok(Lieu {
        nom: court(objet, "nom", ChampDeSession::NomDuSite, fautifs)?,
        adresse: court(objet, "adresse", ChampDeSession::Adresse, fautifs)?,
        code_postal,
        commune: court(objet, "commune", ChampDeSession::Commune, fautifs)?,
    })
}

fn entreprise_cliente(
    objet: &Objet,
    fautifs: &mut Vec<ChampDeSession>,
) -> Result<Option<EntrepriseCliente>, Error> {
    let raison_sociale = court(objet, "raison_sociale", ChampDeSession::RaisonSociale, fautifs)?;
    let siret = match objet.texte("siret")?.as_deref().map(siret_valide) {
        None => None,
        Some(Ok(siret)) => Some(siret),
        Some(Err(_)) => {
            fautifs.push(ChampDeSession::Siret);
            None
        }
    };
    Ok((raison_sociale.is_some() || siret.is_some()).then_some(EntrepriseCliente { raison_sociale, siret }))
}

fn court(
    objet: &Objet,
    champ: &str,
    place: ChampDeSession,
    fautifs: &mut Vec<ChampDeSession>,
) -> Result<Option<String>, Error> {
    let texte = objet.texte(champ)?;
    if texte.as_ref().is_some_and(|texte| texte.chars().count() > LONGUEUR) {
        fautifs.push(place);
    }
    Ok(texte)
}

/// Five digits, overseas and Monaco included.
#[must_use]
pub fn code_postal_valide(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|c| c.is_ascii_digit()) && !code.starts_with("00")
}

fn objet_de(saisie: &Saisie) -> Map<String, Value> {
    match json!({
        "dispositif": saisie.dispositif, "niveau": saisie.niveau, "action": saisie.action,
        "date_debut": saisie.date_debut, "date_fin": saisie.date_fin, "lieu": saisie.lieu,
        "entreprise_cliente": saisie.entreprise_cliente, "reference": saisie.reference,
        "formateur": saisie.formateur,
    }) {
        Value::Object(objet) => objet,
        _ => Map::new(),
    }
}

fn fusion(dans: &mut Map<String, Value>, changement: &Map<String, Value>) {
    for (champ, valeur) in changement {
        match (dans.get_mut(champ), valeur) {
            (Some(Value::Object(ancien)), Value::Object(nouveau)) => fusion(ancien, nouveau),
            (_, valeur) => {
                dans.insert(champ.clone(), valeur.clone());
            }
        }
    }
}
