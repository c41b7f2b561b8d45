//! R18: a generated session of niveau formateur makes formateurs, who find their certificate in their account.

use serde_json::{Value, json};

use super::acteurs::{Moteur, Reseau, texte};
use super::seances::{Scene, chemin, resultats, saisie};

#[tokio::test]
async fn une_session_de_formateurs_fait_des_formateurs() {
    for moteur in Moteur::TOUS {
        raconter(&Reseau::sur(moteur).await).await;
    }
}

async fn raconter(reseau: &Reseau) {
    let scene = Scene::sur(reseau).await;
    let samira = reseau.formateur_de_formateurs("Samira").await;
    let mut corps = saisie(&samira.numero);
    corps["niveau"] = json!("formateur");
    let mut stagiaires = reseau.stagiaires(3);
    for stagiaire in &mut stagiaires {
        // One address for all: it never fails for that.
        stagiaire["email"] = json!("atelier@exemple.fr");
    }
    corps["stagiaires"] = json!(stagiaires);
    let session = scene.alix.post("/sessions", corps).await.expect(201).json();
    let route = chemin(&session);
    let avertis = super::acteurs::codes(&session["avertissements"]);
    assert_eq!(
        avertis.iter().filter(|code| *code == "formateur_sans_certificat_acteur").count(),
        3,
        "{avertis:?}"
    );
    scene.alix.post(&format!("{route}/soumission"), json!({})).await.expect(200);
    samira.post(&format!("{route}/resultats"), resultats(&session, 1)).await.expect(200);
    let liste = scene.alix.post(&format!("{route}/certificats"), json!({})).await.expect(201).json();
    assert_eq!(liste.as_array().map(Vec::len), Some(2));
    assert_eq!(liste[0]["valable_jusqu_au"], "2029-11-20");

    // Invitations to the two who succeeded, to no other.
    let invites = reseau.invites().await;
    let numeros: Vec<String> =
        session["stagiaires"].as_array().expect("a list").iter().map(|s| texte(s, "numero")).collect();
    let invite: Vec<bool> = numeros.iter().map(|numero| invites.contains(numero)).collect();
    assert_eq!(invite, [true, true, false]);

    // Their account, now and after the purge.
    let nouveau = reseau.acteur(&numeros[0]).await;
    let recale = reseau.acteur(&numeros[2]).await;
    assert_eq!(recale.get("/moi").await.expect(200).json()["profils"], json!([]));
    for instant in ["2026-11-23T10:00:00Z", "2026-12-30T10:00:00Z"] {
        reseau.app.clock(instant);
        let moi = nouveau.get("/moi").await.expect(200).json();
        assert_eq!(moi["profils"][0]["profil"], "formateur");
        let tenus = nouveau.get("/moi/certificats").await.expect(200).json();
        let tenu = &tenus["elements"][0];
        assert_eq!((&tenu["etat"], &tenu["telechargeable"]), (&json!("valide"), &json!(true)));
        let pdf = texte(tenu, "pdf");
        let fichier = nouveau.get(pdf.strip_prefix("/api/v1").expect("a path")).await.expect(200);
        assert!(fichier.bytes.starts_with(b"%PDF-"));
        recale.get(pdf.strip_prefix("/api/v1").expect("a path")).await.refuse(404, "introuvable");
    }

    // It is the qualification that R2 reads, for acteurs; not for formateurs.
    let mut corps = saisie(&numeros[0]);
    corps["date_debut"] = json!("2026-12-28");
    corps["date_fin"] = json!("2026-12-29");
    let suivante = scene.alix.post("/sessions", corps.clone()).await.expect(201).json();
    assert_eq!(super::acteurs::codes(&suivante["manquements"]), ["aucun_stagiaire"]);
    corps["niveau"] = json!("formateur");
    let suivante = scene.alix.post("/sessions", corps).await.expect(201).json();
    assert_eq!(super::acteurs::codes(&suivante["manquements"]), ["aucun_stagiaire", "formateur_pas_a_jour"]);
    assert_ne!(suivante["formateur"], Value::Null);
}
