//! R5 to R8, to the second in Paris, sweep or not.

use forprev_store::balayage::balayer;
use serde_json::{Value, json};

use super::acteurs::{Acteur, Reseau, texte};
use super::seances::{Scene, chemin, saisie};

/// A session of this niveau, ended and generated today, with the path of its first certificate.
async fn generee(scene: &Scene<'_>, jour: &str, niveau: &str) -> (String, String, String) {
    let mut corps = saisie(&scene.karim.numero);
    corps["niveau"] = json!(niveau);
    corps["date_debut"] = json!(jour);
    corps["date_fin"] = json!(jour);
    let mut stagiaires = scene.reseau.stagiaires(2);
    for (rang, stagiaire) in stagiaires.iter_mut().enumerate() {
        stagiaire["email"] = json!(format!("s{rang}@exemple.fr"));
    }
    corps["stagiaires"] = json!(stagiaires);
    let session = scene.alix.avec_cle("creation").post("/sessions", corps).await.expect(201).json();
    let route = chemin(&session);
    let cle = scene.alix.avec_cle("soumission");
    cle.post(&format!("{route}/soumission"), json!({})).await.expect(200);
    let tous = super::seances::resultats(&session, 0);
    scene.karim.post(&format!("{route}/resultats"), tous).await.expect(200);
    let cle = scene.alix.avec_cle("generation");
    let liste = cle.post(&format!("{route}/certificats"), json!({})).await.expect(201).json();
    (route, texte(&liste[0], "numero"), texte(&session["stagiaires"][0], "numero"))
}

/// Every way to the session and to what was kept of it.
async fn chemins(qui: &Acteur<'_>, route: &str) -> Vec<(String, u16)> {
    let mut vus = Vec::new();
    for suite in ["", "/certificats", "/certificats.pdf", "/certificats.zip"] {
        vus.push((format!("GET {suite}"), qui.get(&format!("{route}{suite}")).await.status.as_u16()));
    }
    for (cle, suite) in [("soumission", "/soumission"), ("generation", "/certificats")] {
        let reponse = qui.avec_cle(cle).post(&format!("{route}{suite}"), json!({})).await;
        vus.push((format!("POST {suite}"), reponse.status.as_u16()));
    }
    vus
}

#[tokio::test]
async fn une_session_disparait_a_la_seconde_ou_son_jour_commence_a_paris() {
    // Generated on the last two: the clock changes lie between, or on the day itself.
    for (maintenant, jour, derniere, premiere) in [
        ("2026-11-23T09:00:00Z", "2026-11-23", "2026-12-07T22:59:59Z", "2026-12-07T23:00:00Z"),
        ("2026-03-14T12:00:00Z", "2026-03-14", "2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z"),
        ("2026-03-15T12:00:00Z", "2026-03-15", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"),
        ("2026-10-10T12:00:00Z", "2026-10-10", "2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z"),
        ("2026-10-11T12:00:00Z", "2026-10-11", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"),
        ("2026-12-20T12:00:00Z", "2026-12-20", "2027-01-03T22:59:59Z", "2027-01-03T23:00:00Z"),
    ] {
        let reseau = Reseau::ouvrir().await;
        reseau.app.clock(maintenant);
        let scene = Scene::sur(&reseau).await;
        let (route, certificat, _) = generee(&scene, jour, "acteur").await;
        let fichier = format!("/certificats/{certificat}.pdf");

        reseau.app.clock(derniere);
        for (chemin, status) in chemins(&scene.alix, &route).await {
            // A key is remembered for a day: later, the same call is a new one.
            let attendu = if chemin == "POST /soumission" { 409 } else { 200 };
            assert_eq!(status, attendu, "{chemin}, {derniere}");
        }
        scene.alix.get(&fichier).await.expect(200);

        reseau.app.clock(premiere);
        for balaye in [false, true] {
            for qui in [scene.alix.clone(), scene.karim.clone(), reseau.administrateur()] {
                for (chemin, status) in chemins(&qui, &route).await {
                    assert_eq!(status, 404, "{chemin}, {premiere}, swept: {balaye}");
                }
                assert_eq!(qui.get("/sessions").await.expect(200).json()["total"], 0);
            }
            scene.alix.get(&fichier).await.refuse(404, "duplicata_refuse");
            reseau.administrateur().get(&fichier).await.refuse(404, "duplicata_refuse");
            scene.karim.get(&fichier).await.refuse(404, "introuvable");
            let public = reseau.personne().get(&format!("/verification/{certificat}")).await;
            assert_eq!(public.expect(200).json()["etat"], "valide");
            balayer_tout(&reseau).await;
        }
    }
}

async fn balayer_tout(reseau: &Reseau) {
    let (app, moment) = (reseau.app.program.clone(), reseau.app.program.clock.moment());
    tokio::task::spawn_blocking(move || balayer(app.db(), moment)).await.expect("joins").expect("sweeps");
}

#[tokio::test]
async fn une_reponse_gardee_disparait_avec_sa_session() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let corps = saisie(&scene.karim.numero);
    let cle = scene.alix.avec_cle("une fois");
    let session = cle.post("/sessions", corps.clone()).await.expect(201).json();
    assert_eq!(cle.post("/sessions", corps.clone()).await.expect(201).json(), session);
    scene.alix.delete(&chemin(&session)).await.expect(204);
    let refaite = cle.post("/sessions", corps).await.expect(201).json();
    assert_ne!(refaite["id"], session["id"], "the kept answer went with the session");
}

#[tokio::test]
async fn qui_telecharge_quoi_et_jusqu_a_quand() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let ailleurs = reseau.nouveau_compte("Ailleurs Formation").await;
    let zoe = reseau.utilisateur("Zoé", "gestionnaire", &ailleurs).await;
    let denis = reseau.delegataire("Denis").await;
    let (_, acteur, titulaire) = generee(&scene, "2026-11-23", "acteur").await;
    let titulaire = reseau.acteur(&titulaire).await;
    let (_, formateur, nouvelle) = generee_formateur(&scene).await;
    let nouvelle = reseau.acteur(&nouvelle).await;
    let reseau_ = reseau.administrateur();
    let quatorze = "2026-12-07T22:59:59Z";
    let quinze = "2026-12-07T23:00:00Z";
    let trois_ans = "2029-11-23T22:59:59Z";
    let trois_ans_passes = "2029-11-23T23:00:00Z";
    let lignes: [(&str, &Acteur<'_>, &str, [&str; 4]); 12] = [
        (
            "acteur, gestionnaire",
            &scene.alix,
            &acteur,
            ["200", "duplicata_refuse", "duplicata_refuse", "introuvable"],
        ),
        (
            "acteur, formateur",
            &scene.karim,
            &acteur,
            ["interdit", "introuvable", "introuvable", "introuvable"],
        ),
        (
            "acteur, titulaire",
            &titulaire,
            &acteur,
            ["interdit", "duplicata_refuse", "duplicata_refuse", "introuvable"],
        ),
        (
            "acteur, administrateur",
            &reseau_,
            &acteur,
            ["interdit", "duplicata_refuse", "duplicata_refuse", "introuvable"],
        ),
        ("acteur, autre compte", &zoe, &acteur, ["introuvable", "introuvable", "introuvable", "introuvable"]),
        (
            "acteur, délégataire",
            &denis,
            &acteur,
            ["introuvable", "introuvable", "introuvable", "introuvable"],
        ),
        (
            "formateur, gestionnaire",
            &scene.alix,
            &formateur,
            ["200", "telechargement_termine", "telechargement_termine", "telechargement_termine"],
        ),
        (
            "formateur, formateur",
            &scene.karim,
            &formateur,
            ["introuvable", "introuvable", "introuvable", "introuvable"],
        ),
        ("formateur, titulaire", &nouvelle, &formateur, ["200", "200", "200", "telechargement_termine"]),
        (
            "formateur, administrateur",
            &reseau_,
            &formateur,
            ["interdit", "telechargement_termine", "telechargement_termine", "telechargement_termine"],
        ),
        (
            "formateur, autre compte",
            &zoe,
            &formateur,
            ["introuvable", "introuvable", "introuvable", "introuvable"],
        ),
        (
            "formateur, délégataire",
            &denis,
            &formateur,
            ["introuvable", "introuvable", "introuvable", "introuvable"],
        ),
    ];
    let mut premiers_octets = None;
    for (colonne, instant) in [quatorze, quinze, trois_ans, trois_ans_passes].into_iter().enumerate() {
        reseau.app.clock(instant);
        if colonne >= 2 {
            balayer_tout(&reseau).await;
        }
        for (cas, qui, numero, attendus) in &lignes {
            // The register forgets an acteur's entry three years after its end (R6b): not before 2031.
            let attendu = if attendus[colonne] == "introuvable" && colonne == 3 {
                attendus[2]
            } else {
                attendus[colonne]
            };
            let reponse = qui.get(&format!("/certificats/{numero}.pdf")).await;
            if attendu == "200" {
                let octets = reponse.expect(200).bytes;
                if cas.starts_with("formateur") {
                    let premiers = premiers_octets.get_or_insert_with(|| octets.clone());
                    assert!(*premiers == octets, "{cas}, {instant}: other bytes");
                }
            } else {
                let status = if attendu == "interdit" { 403 } else { 404 };
                reponse.refuse(status, attendu);
            }
        }
    }
    for (instant, telechargeable) in [(trois_ans, true), (trois_ans_passes, false)] {
        reseau.app.clock(instant);
        let tenus = nouvelle.get("/moi/certificats").await.expect(200).json();
        assert_eq!(tenus["elements"][0]["telechargeable"], json!(telechargeable));
        assert_eq!(tenus["elements"][0]["pdf"] == Value::Null, !telechargeable);
    }
}

pub(crate) async fn generee_formateur(scene: &Scene<'_>) -> (String, String, String) {
    let alix = scene.reseau.gestionnaire("Alice").await;
    let karim = scene.reseau.formateur_de_formateurs("Samira").await;
    let scene = Scene { reseau: scene.reseau, alix, karim };
    generee(&scene, "2026-11-23", "formateur").await
}
