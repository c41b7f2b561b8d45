//! The credential of one certificate: what is printed on it, without the birth day.

use forprev_domain::calendrier::{paris, plus_jours};
use forprev_domain::certificat::{Certificat, Imprime};
use forprev_store::statuts::Statut;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{CONTEXTE, CONTEXTE_OB, emetteur, reussite, statut};
use crate::config::Config;
use crate::error::Error;

/// What published schema the credential follows.
const SCHEMA: &str =
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

/// The credential, with the claims of its token (OB 3.0, « JWT Payload Format »).
///
/// # Errors
///
/// A day that no clock knows, which is a fault of the program.
pub(super) fn composer(
    config: &Config,
    certificat: &Certificat,
    imprime: &Imprime,
    place: Statut,
) -> Result<Value, Error> {
    let id = format!("{}/verifier/{}", config.public_url, certificat.numero);
    let sujet = format!("{id}#titulaire");
    let titulaire = format!("{} {}", imprime.prenom, imprime.nom_naissance.to_uppercase());
    let (dispositif, libelle) = (imprime.dispositif.as_str(), imprime.libelle.as_str());
    let nom = reussite::nom(dispositif, libelle, imprime.niveau);
    let du = minuit(certificat.debut)?;
    let mut badge = json!({
        "@context": [CONTEXTE, CONTEXTE_OB],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": if imprime.specimen { format!("SPÉCIMEN – sans valeur. {nom}") } else { nom },
        "issuer": emetteur::profil(config),
        "validFrom": du,
        "awardedDate": imprime.emis_a,
        "credentialSubject": {
            "id": sujet,
            "type": ["AchievementSubject"],
            "identifier": [identite("name", &titulaire), identite("accountId", certificat.titulaire.as_str())],
            "activityStartDate": minuit(imprime.date_debut)?,
            "activityEndDate": fin_du_jour(imprime.date_fin)?,
            "licenseNumber": certificat.numero,
            "achievement": reussite::composer(config, dispositif, libelle, imprime.niveau),
        },
        "credentialStatus": statut::entree(config, place),
        "credentialSchema": [{ "id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019" }],
        "iss": emetteur::adresse(config), "jti": id, "sub": sujet, "nbf": du.as_second(),
    });
    if let Some(fin) = certificat.fin {
        let au = fin_du_jour(fin)?;
        badge["validUntil"] = json!(au);
        badge["exp"] = json!(au.as_second());
    }
    Ok(badge)
}

fn identite(genre: &str, valeur: &str) -> Value {
    json!({ "type": "IdentityObject", "hashed": false, "identityHash": valeur, "identityType": genre })
}

/// The instant at which a day begins in Paris.
fn minuit(jour: Date) -> Result<Timestamp, Error> {
    jour.to_zoned(paris()).map(|instant| instant.timestamp()).map_err(Error::internal)
}

/// The last second of a day in Paris: a certificate holds through its last day.
fn fin_du_jour(jour: Date) -> Result<Timestamp, Error> {
    let lendemain = minuit(plus_jours(jour, 1))?;
    Timestamp::from_second(lendemain.as_second() - 1).map_err(Error::internal)
}
