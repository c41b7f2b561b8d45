//! One person with two numéros: joined, the old numéro leads to the new one everywhere; parted again.

use serde_json::{Value, json};

use super::acteurs::{Moteur, Reseau, texte};
use super::seances::{Scene, chemin, saisie};

/// The numéros of the trainees of a session.
fn numeros(session: &Value) -> Vec<String> {
    session["stagiaires"].as_array().expect("a list").iter().map(|ligne| texte(ligne, "numero")).collect()
}

#[tokio::test]
async fn l_ancien_numero_mene_partout_au_nouveau_puis_chacun_retrouve_le_sien() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let administrateur = reseau.administrateur();
        let session = scene.brouillon(4).await;
        let avant = scene.alix.get(&chemin(&session)).await.expect(200).json();
        let nouveau = numeros(&session)[0].clone();
        let double = reseau.gestionnaire("Béa").await;
        let demande = json!({ "ancien": double.numero, "nouveau": nouveau });

        // Names far apart: seen in the preview, then confirmed in words.
        let essai = administrateur.post("/fusions?essai=true", demande.clone()).await.expect(200).json();
        assert_eq!(essai["obstacles"], json!([]));
        assert_eq!(essai["avertissements"].as_array().map(Vec::len), Some(1), "{essai:#}");
        administrateur.post("/fusions", demande.clone()).await.refuse(409, "fusion_a_confirmer");
        let confirmee = json!({ "ancien": double.numero, "nouveau": nouveau, "confirmee": true });
        let fusion = administrateur.post("/fusions", confirmee.clone()).await.expect(201).json();

        // The token of the old numéro acts as the new one, with his profiles.
        let moi = double.get("/moi").await.expect(200).json();
        assert_eq!(moi["numero"], json!(nouveau));
        assert_eq!(moi["profils"].as_array().map(Vec::len), Some(1), "{moi:#}");
        administrateur.post("/fusions", confirmee).await.refuse(409, "fusion_impossible");
        // Typed as a trainee, the old numéro is the new one's too.
        let connue = &avant["stagiaires"][0];
        let corps = json!({
            "nom_naissance": connue["nom_naissance"], "prenom": connue["prenom"],
            "date_naissance": connue["date_naissance"], "numero": double.numero,
        });
        let autre = scene.brouillon(0).await;
        let route = format!("{}/stagiaires", chemin(&autre));
        let ligne = scene.alix.post(&route, corps).await.expect(201).json();
        assert_eq!(ligne["numero"], json!(nouveau));

        administrateur.delete(&format!("/fusions/{}", texte(&fusion, "id"))).await.expect(204);
        administrateur.delete(&format!("/fusions/{}", texte(&fusion, "id"))).await.refuse(404, "introuvable");
        assert_eq!(double.get("/moi").await.expect(200).json()["numero"], json!(double.numero));
        assert_eq!(scene.alix.get(&chemin(&session)).await.expect(200).json(), avant);
    }
}

#[tokio::test]
async fn le_formateur_fusionne_garde_ses_sessions_et_ses_qualifications() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let administrateur = reseau.administrateur();
    let session = scene.brouillon(4).await;
    let soumission = format!("{}/soumission", chemin(&session));
    scene.alix.post(&soumission, json!({})).await.expect(200);
    let double = reseau.formateur("Karima").await;
    let demande = json!({ "ancien": scene.karim.numero, "nouveau": double.numero, "confirmee": true });
    administrateur.post("/fusions", demande).await.expect(201);
    let vue = double.get(&chemin(&session)).await.expect(200).json();
    assert_eq!(vue["formateur"], json!(double.numero));
    let vue = scene.karim.get(&chemin(&session)).await.expect(200).json();
    assert!(
        vue["actions"].as_array().is_some_and(|actions| actions.contains(&json!("retourner"))),
        "{vue:#}"
    );
    // Declared by the old numéro, he is found under the new one.
    let nouvelle = scene.alix.post("/sessions", saisie(&scene.karim.numero)).await.expect(201).json();
    assert_eq!(nouvelle["formateur"], json!(double.numero));
}

#[tokio::test]
async fn une_fusion_est_gardee() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let administrateur = reseau.administrateur();
    let session = scene.brouillon(3).await;
    let [a, b] = [0, 1].map(|rang| numeros(&session)[rang].clone());
    let demande =
        |ancien: &str, nouveau: &str| json!({ "ancien": ancien, "nouveau": nouveau, "confirmee": true });
    for (ancien, nouveau, status, code) in [
        (a.as_str(), a.as_str(), 409, "fusion_impossible"),
        (a.as_str(), b.as_str(), 409, "fusion_impossible"),
        (scene.karim.numero.as_str(), a.as_str(), 409, "fusion_impossible"),
        (administrateur.numero.as_str(), a.as_str(), 409, "fusion_impossible"),
        (a.as_str(), "ZZZ99999", 404, "introuvable"),
        ("pas un numéro", a.as_str(), 404, "introuvable"),
    ] {
        administrateur.post("/fusions", demande(ancien, nouveau)).await.refuse(status, code);
    }
    administrateur.post("/fusions", json!({ "ancien": a })).await.refuse(400, "demande_illisible");
    for qui in [&scene.alix, &scene.karim] {
        qui.post("/fusions", demande(&a, &b)).await.refuse(403, "interdit");
        qui.post("/fusions?essai=true", demande(&a, &b)).await.refuse(403, "interdit");
        let inconnue = "/fusions/3fa85f64-5717-4562-b3fc-2c963f66afa6";
        qui.delete(inconnue).await.refuse(403, "interdit");
    }

    // Two at once in opposite ways: one is done, the other says that they are one already.
    let ailleurs = scene.brouillon(1).await;
    let c = numeros(&ailleurs)[0].clone();
    let nouvelle = reseau.gestionnaire("Zoé").await.numero.clone();
    let (aller, retour) = tokio::join!(
        administrateur.post("/fusions", demande(&c, &nouvelle)),
        administrateur.post("/fusions", demande(&nouvelle, &c)),
    );
    let mut statuts = [aller.status.as_u16(), retour.status.as_u16()];
    statuts.sort_unstable();
    assert_eq!(statuts, [201, 409]);

    // A merge under another one is not parted first.
    let premiere = if aller.status.as_u16() == 201 { aller } else { retour };
    let premiere = premiere.json();
    let (reste, premiere) = (texte(&premiere, "nouveau"), texte(&premiere, "id"));
    let seconde =
        administrateur.post("/fusions", demande(&reste, &scene.alix.numero)).await.expect(201).json();
    administrateur.delete(&format!("/fusions/{premiere}")).await.refuse(409, "fusion_recouverte");
    administrateur.delete(&format!("/fusions/{}", texte(&seconde, "id"))).await.expect(204);
    administrateur.delete(&format!("/fusions/{premiere}")).await.expect(204);
}
