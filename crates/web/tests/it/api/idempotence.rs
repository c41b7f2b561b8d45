//! `Idempotency-Key`: one effect, the same answer; and generation, once whatever happens.

use serde_json::{Value, json};

use super::acteurs::{Moteur, Reseau};
use super::seances::{Scene, chemin, resultats, saisie};

#[tokio::test]
async fn une_cle_fait_un_seul_effet() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let corps = saisie(&scene.karim.numero);
    let cle = scene.alix.avec_cle("a1");
    let session = cle.post("/sessions", corps.clone()).await.expect(201).json();
    assert_eq!(cle.post("/sessions", corps.clone()).await.expect(201).json(), session);
    let mut autre = corps.clone();
    autre["reference"] = json!("autre");
    cle.post("/sessions", autre).await.refuse(422, "cle_reutilisee");

    // Another person, another route, another day: another call.
    let denis = reseau.delegataire("Denis").await;
    denis.avec_cle("a1").post("/sessions", corps.clone()).await.expect(201);
    let route = format!("{}/stagiaires", chemin(&session));
    cle.post(&route, reseau.stagiaires(1).remove(0)).await.expect(201);
    assert_eq!(scene.alix.get("/sessions").await.expect(200).json()["total"], 2);
    reseau.app.clock("2026-11-24T08:59:59Z");
    assert_eq!(cle.post("/sessions", corps.clone()).await.expect(201).json(), session);
    reseau.app.clock("2026-11-24T09:00:01Z");
    assert_ne!(cle.post("/sessions", corps).await.expect(201).json()["id"], session["id"]);
}

#[tokio::test]
async fn un_refus_n_use_pas_la_cle() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let session = scene.brouillon(0).await;
    let cle = scene.alix.avec_cle("b");
    let route = format!("{}/soumission", chemin(&session));
    cle.post(&route, json!({})).await.refuse(422, "aucun_stagiaire");
    let un = reseau.stagiaires(1).remove(0);
    cle.post(&format!("{}/stagiaires", chemin(&session)), un).await.expect(201);
    cle.post(&route, json!({})).await.expect(200);
    let vide = scene.alix.avec_cle("");
    vide.post(&route, json!({})).await.refuse(400, "demande_illisible");
    let longue = scene.alix.avec_cle(&"k".repeat(256));
    longue.post(&route, json!({})).await.refuse(400, "demande_illisible");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deux_a_la_fois_font_un_seul_effet() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let corps = saisie(&scene.karim.numero);
        for tour in 0..5 {
            let cle = scene.alix.avec_cle(&format!("tour {tour}"));
            let (a, b, c) = tokio::join!(
                cle.post("/sessions", corps.clone()),
                cle.post("/sessions", corps.clone()),
                cle.post("/sessions", corps.clone())
            );
            let [a, b, c] = [a, b, c].map(|r| r.expect(201).json());
            assert!(a == b && b == c, "{moteur:?}");
        }
        assert_eq!(scene.alix.get("/sessions").await.expect(200).json()["total"], 5, "{moteur:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn generer_deux_fois_a_la_fois_donne_un_certificat_par_reussite() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let bea = reseau.gestionnaire("Béa").await;
        let session = scene.a_traiter(4, 1).await;
        let route = format!("{}/certificats", chemin(&session));
        let (a, b, c) = tokio::join!(
            scene.alix.post(&route, json!({})),
            bea.post(&route, json!({ "version": session["version"] })),
            scene.alix.post(&route, json!({}))
        );
        let mut statuts = [&a, &b, &c].map(|r| r.status.as_u16());
        statuts.sort_unstable();
        assert_eq!(statuts, [200, 200, 201], "{moteur:?}: {} {} {}", a.text(), b.text(), c.text());
        assert!(a.json() == b.json() && b.json() == c.json(), "{moteur:?}");
        assert_eq!(a.json().as_array().map(Vec::len), Some(3), "{moteur:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn une_personne_nouvelle_saisie_deux_fois_a_la_fois_n_a_qu_un_numero() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let (un, deux) = (scene.brouillon(0).await, scene.brouillon(0).await);
        let identite = reseau.stagiaires(1).remove(0);
        let (un, deux) = (format!("{}/stagiaires", chemin(&un)), format!("{}/stagiaires", chemin(&deux)));
        let (a, b) =
            tokio::join!(scene.alix.post(&un, identite.clone()), scene.alix.post(&deux, identite.clone()));
        let mut statuts = [a.status.as_u16(), b.status.as_u16()];
        statuts.sort_unstable();
        assert_eq!(statuts, [201, 409], "{moteur:?}: {} {}", a.text(), b.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deux_gestes_contraires_a_la_fois_n_en_font_qu_un() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        for _ in 0..5 {
            let session = scene.soumise(1).await;
            let route = chemin(&session);
            let (vers_reprise, vers_resultats) = (format!("{route}/reprise"), format!("{route}/resultats"));
            let (reprise, transmis) = tokio::join!(
                scene.alix.post(&vers_reprise, json!({ "version": session["version"] })),
                scene.karim.post(&vers_resultats, resultats(&session, 0))
            );
            let statuts = (reprise.status.as_u16(), transmis.status.as_u16());
            assert!(matches!(statuts, (200, 409) | (409, 200)), "{moteur:?} {statuts:?}");
            let perdant = if statuts.0 == 409 { reprise } else { transmis };
            assert!(
                matches!(perdant.json()["code"].as_str(), Some("version_depassee" | "etat_incompatible")),
                "{}",
                perdant.text()
            );
        }
    }
}

#[tokio::test]
async fn une_version_depassee_se_dit_avant_l_etat() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let session = scene.soumise(2).await;
    let route = chemin(&session);
    let perimee = json!({ "version": 1 });
    let juste = json!({ "version": session["version"] });
    let la = format!("{route}/stagiaires/{}", super::seances::lignes(&session)[0]);
    for (methode, chemin, qui) in [
        ("PATCH", route.clone(), &scene.alix),
        ("POST", format!("{route}/soumission"), &scene.alix),
        ("POST", format!("{route}/renvoi"), &scene.alix),
        ("POST", format!("{route}/certificats"), &scene.alix),
        ("POST", format!("{route}/stagiaires"), &scene.alix),
        ("PATCH", la.clone(), &scene.alix),
        ("DELETE", la, &scene.alix),
        ("DELETE", route.clone(), &scene.alix),
    ] {
        let methode: axum::http::Method = methode.parse().expect("a method");
        let refus = qui.envoyer(methode.clone(), &chemin, Some(perimee.clone())).await;
        refus.refuse(409, "version_depassee");
        qui.envoyer(methode, &chemin, Some(juste.clone())).await.refuse(409, "etat_incompatible");
    }
    for suite in ["retour", "resultats"] {
        let refus = scene.karim.post(&format!("{route}/{suite}"), perimee.clone()).await;
        refus.refuse(409, "version_depassee");
    }
    scene.karim.put(&format!("{route}/resultats"), perimee).await.refuse(409, "version_depassee");
    scene.alix.delete(&format!("{route}?version=1")).await.refuse(409, "version_depassee");
    let apres = scene.alix.get(&route).await.expect(200).json();
    assert_eq!(apres["version"], session["version"], "nothing was changed");
    assert_ne!(apres, Value::Null);
}
