//! R17: the same pair gets the same verdict whatever the entry point.

use forprev_domain::identite::{Identite, Nom};
use forprev_store::personnes;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::acteurs::Reseau;
use super::seances::{Scene, chemin};
use crate::app::DEBUT;

/// The table of the rule, as the domain's own test reads it.
const PAIRES: &str = include_str!("../../../../domain/src/regles/doublons/tests/paires.txt");

#[tokio::test]
async fn la_meme_paire_a_le_meme_verdict_a_la_recherche_et_a_la_saisie() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let route = format!("{}/stagiaires", chemin(&scene.brouillon(0).await));
    let debut: Timestamp = DEBUT.parse().expect("an instant");
    let (mut attendu, mut heure) = ("", debut);
    for ligne in PAIRES.lines() {
        if let Some((code, _)) = ligne.strip_prefix("== ").and_then(|titre| titre.split_once(" : ")) {
            attendu = code;
            continue;
        }
        let Some((saisie, connue)) = ligne.split_once(" ~ ").filter(|_| !ligne.starts_with('#')) else {
            continue;
        };
        // An hour for each pair: how many identities a day are shown is told elsewhere.
        heure += SignedDuration::from_hours(1);
        reseau.app.clock(&heure.to_string());
        let connue = connaitre(&reseau, &corps(connue)).await;
        let saisie = corps(saisie);
        let trouvees = scene.alix.post("/doublons", saisie.clone()).await.expect(200).json();
        assert_eq!(verdict(&trouvees, &connue), attendu, "{ligne}");
        let mut choisie = saisie.clone();
        choisie["numero"] = json!(connue);
        if attendu == "non" {
            scene.alix.post(&route, choisie).await.refuse(422, "identite_differente");
        } else {
            let refus = scene.alix.post(&route, saisie).await.refuse(409, "doublon_a_trancher").json();
            assert_eq!(verdict(&refus, &connue), attendu, "{ligne}");
        }
    }
}

/// « Nom (Nom d'usage), Prénom, 1990-02-28 » as a program sends it.
fn corps(texte: &str) -> Value {
    let mut parts = texte.split(',').map(str::trim);
    let noms = parts.next().unwrap_or_default().trim_end_matches(')');
    let (nom, usage) = noms.split_once('(').map_or((noms, None), |(nom, usage)| (nom, Some(usage)));
    json!({
        "nom_naissance": nom, "nom_usage": usage, "prenom": parts.next(),
        "date_naissance": parts.next().unwrap_or("1987-05-13"),
    })
}

/// Makes this person known to the register.
async fn connaitre(reseau: &Reseau, corps: &Value) -> String {
    let texte = |champ: &str| corps[champ].as_str();
    let nom = |champ: &str| texte(champ).map(|nom| Nom::parse(nom).expect("a name"));
    let identite = Identite {
        civilite: None,
        nom_naissance: nom("nom_naissance").expect("a name"),
        nom_usage: nom("nom_usage"),
        prenom: nom("prenom").expect("a name"),
        date_naissance: texte("date_naissance").and_then(|jour| jour.parse().ok()).expect("a day"),
    };
    let program = &reseau.app.program;
    let le = program.clock.moment().instant;
    let creee = program.write(move |tx| Ok(personnes::creer(tx, &identite, None, le)?)).await;
    creee.expect("adds").numero.to_string()
}

fn verdict(reponse: &Value, numero: &str) -> String {
    let propositions = reponse["propositions"].as_array().expect("a list");
    let trouvee = propositions.iter().find(|p| p["numero"] == numero);
    trouvee.and_then(|p| p["verdict"].as_str()).unwrap_or("non").to_owned()
}
