//! R1 to R4 and R12 to R15, to the day, as outside software meets them.

use serde_json::{Value, json};

use super::acteurs::{Reseau, codes};
use super::seances::{Scene, chemin, lignes, resultats, saisie};

fn le(jour: &str) -> String {
    format!("{jour}T10:00:00Z")
}

fn finissant(formateur: &str, jour: &str) -> Value {
    let mut corps = saisie(formateur);
    corps["date_debut"] = json!(jour);
    corps["date_fin"] = json!(jour);
    corps
}

#[tokio::test]
async fn une_session_se_saisit_trois_mois_avant_ou_apres() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    for (fin, instant, possible) in [
        ("2026-05-31", "2026-02-27T22:59:59Z", false),
        ("2026-05-31", "2026-02-27T23:00:00Z", true),
        ("2026-05-31", "2026-08-31T21:59:59Z", true),
        ("2026-05-31", "2026-08-31T22:00:00Z", false),
        ("2026-11-30", "2026-08-29T21:59:59Z", false),
        ("2026-11-30", "2026-08-29T22:00:00Z", true),
        ("2026-11-30", "2027-02-28T22:59:59Z", true),
        ("2026-11-30", "2027-02-28T23:00:00Z", false),
    ] {
        reseau.app.clock(instant);
        let reponse = scene.alix.post("/sessions", finissant(&scene.karim.numero, fin)).await;
        if possible {
            reponse.expect(201);
            continue;
        }
        let refus = reponse.refuse(422, "hors_delai_de_saisie").json();
        let point = &refus["manquements"][0];
        assert_eq!(point["regle"], "R3");
        let attendus = match fin {
            "2026-05-31" => ("2026-02-28", "2026-08-31"),
            _ => ("2026-08-30", "2027-02-28"),
        };
        assert_eq!(
            (&point["premier_jour"], &point["dernier_jour"]),
            (&json!(attendus.0), &json!(attendus.1))
        );
    }
}

#[tokio::test]
async fn une_session_retournee_le_dernier_jour_n_est_pas_perdue() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    reseau.app.clock(&le("2027-02-20"));
    let session = scene.retournee(2).await;
    let (route, jamais) = (chemin(&session), chemin(&scene.brouillon(1).await));
    reseau.app.clock(&le("2027-02-21"));
    let refus = scene.alix.patch(&jamais, json!({ "reference": "x" })).await;
    refus.refuse(422, "hors_delai_de_saisie");
    scene.alix.post(&format!("{jamais}/soumission"), json!({})).await.refuse(422, "hors_delai_de_saisie");
    let ajoute = scene.alix.post(&format!("{jamais}/stagiaires"), reseau.identite("Paul")).await;
    ajoute.refuse(422, "hors_delai_de_saisie");

    scene.alix.patch(&route, json!({ "reference": "corrigée" })).await.expect(200);
    let change = json!({ "date_fin": "2026-11-19" });
    scene.alix.patch(&route, change).await.refuse(422, "hors_delai_de_saisie");
    scene.alix.post(&format!("{route}/stagiaires"), reseau.identite("Lila")).await.expect(201);
    let session = scene.alix.post(&format!("{route}/soumission"), json!({})).await.expect(200).json();
    scene.karim.post(&format!("{route}/resultats"), resultats(&session, 0)).await.expect(200);
    scene.alix.post(&format!("{route}/certificats"), json!({})).await.expect(201);
}

#[tokio::test]
async fn l_habilitation_compte_au_jour_de_fin() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let compte = reseau.administrateur();
    let corps =
        json!({ "raison_sociale": "Brève Formation", "siret": "73282932000074", "genre": "entreprise" });
    let id = super::acteurs::texte(&compte.post("/comptes", corps).await.expect(201).json(), "id");
    let nina = reseau.utilisateur("Nina", "gestionnaire", &id).await;
    let essai = |fin: &str| finissant(&scene.karim.numero, fin);
    nina.post("/sessions", essai("2026-11-20")).await.refuse(422, "habilitation_invalide");
    let habilitation = reseau.habiliter(&id, "acteur", "2026-11-02", "2026-11-20").await;
    for (fin, status) in [("2026-11-01", 422), ("2026-11-02", 201), ("2026-11-20", 201), ("2026-11-21", 422)]
    {
        let reponse = nina.post("/sessions", essai(fin)).await;
        assert_eq!(reponse.status.as_u16(), status, "{fin}: {}", reponse.text());
    }
    let mut prap = essai("2026-11-20");
    prap["dispositif"] = json!("PRAP-2S");
    let refus = nina.post("/sessions", prap).await.refuse(422, "habilitation_invalide").json();
    assert_eq!(refus["manquements"][0]["dispositif"], "PRAP-2S");
    let mut formateur = essai("2026-11-20");
    formateur["niveau"] = json!("formateur");
    nina.post("/sessions", formateur).await.refuse(422, "habilitation_invalide");
    // Both at once.
    let refus = nina.post("/sessions", essai("2027-12-01")).await;
    assert_eq!(refus.manquements(), ["habilitation_invalide", "hors_delai_de_saisie"]);

    // Withdrawn between submission and generation: refused, and the session kept.
    let mut corps = essai("2026-11-20");
    corps["stagiaires"] = json!(reseau.stagiaires(1));
    let session = nina.post("/sessions", corps).await.expect(201).json();
    let route = chemin(&session);
    nina.post(&format!("{route}/soumission"), json!({})).await.expect(200);
    scene.karim.post(&format!("{route}/resultats"), resultats(&session, 0)).await.expect(200);
    let retrait = json!({ "retiree_le": "2026-11-20", "motif": "Contrôle" });
    let changee = compte.patch(&format!("/habilitations/{habilitation}"), retrait).await.expect(200).json();
    assert_eq!(changee["retiree_le"], "2026-11-20");
    nina.post(&format!("{route}/certificats"), json!({})).await.refuse(422, "habilitation_invalide");
    let gardee = nina.get(&route).await.expect(200).json();
    assert_eq!(
        (&gardee["etat"], codes(&gardee["manquements"])),
        (&json!("a_traiter"), vec!["habilitation_invalide".to_owned()])
    );
    let retrait = json!({ "retiree_le": null, "suspendue_du": "2026-11-21", "suspendue_au": null });
    compte.patch(&format!("/habilitations/{habilitation}"), retrait).await.expect(200);
    nina.post(&format!("{route}/certificats"), json!({})).await.expect(201);
}

#[tokio::test]
async fn le_formateur_est_a_jour_au_jour_de_fin() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let sans = reseau.gestionnaire("Sans").await;
    let echu = reseau.formateur_du("Hier", "formateur", "2023-01-01", "2026-11-19").await;
    let juste = reseau.formateur_du("Juste", "formateur", "2023-01-01", "2026-11-20").await;
    let demain = reseau.formateur_du("Demain", "formateur", "2026-11-21", "2029-01-01").await;
    let acteur = reseau.formateur_du("Acteur", "acteur", "2023-01-01", "2029-01-01").await;
    let dessus = reseau.formateur_de_formateurs("Dessus").await;
    for (numero, a_jour) in [
        ("ZZZ99999", false),
        (&*sans.numero, false),
        (&*echu.numero, false),
        (&*juste.numero, true),
        (&*demain.numero, false),
        (&*acteur.numero, false),
        (&*dessus.numero, true),
    ] {
        let mut corps = saisie(numero);
        corps["stagiaires"] = json!(reseau.stagiaires(1));
        let session = scene.alix.post("/sessions", corps).await.expect(201).json();
        let manques = codes(&session["manquements"]);
        let attendus: &[&str] = if a_jour { &[] } else { &["formateur_pas_a_jour"] };
        assert_eq!(manques, attendus, "{numero}");
        let reponse = scene.alix.post(&format!("{}/soumission", chemin(&session)), json!({})).await;
        assert_eq!(reponse.status.as_u16(), if a_jour { 200 } else { 422 }, "{numero}");
        if !a_jour {
            let message = session["manquements"][0]["message"].as_str().expect("words").replace(numero, "N");
            insta::allow_duplicates! { insta::assert_snapshot!("formateur_pas_a_jour", message); }
        }
    }
}

#[tokio::test]
async fn tout_ce_qui_manque_est_dit_d_un_coup() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let moi = reseau.identite("Fatou");
    let mut corps = moi.clone();
    corps["email"] = json!("fatou@exemple.fr");
    corps["certificats"] = json!([]);
    let fatou = reseau.administrateur().post("/formateurs", corps).await.expect(201).json();
    let mut stagiaires = reseau.stagiaires(10);
    stagiaires.push({
        let mut soi = moi;
        soi["numero"] = fatou["numero"].clone();
        soi
    });
    stagiaires.push(json!({ "prenom": "Paul" }));
    let corps = json!({
        "dispositif": "SST", "niveau": "acteur", "date_fin": "2026-11-20", "date_debut": "2026-11-21",
        "formateur": fatou["numero"], "stagiaires": stagiaires,
    });
    let session = scene.alix.post("/sessions", corps).await.expect(201).json();
    let attendus = [
        "informations_incompletes",
        "dates_incoherentes",
        "trop_de_stagiaires",
        "identite_incomplete",
        "formateur_parmi_les_stagiaires",
        "formateur_pas_a_jour",
    ];
    assert_eq!(codes(&session["manquements"]), attendus);
    let refus = scene.alix.post(&format!("{}/soumission", chemin(&session)), json!({})).await.expect(422);
    assert_eq!(refus.manquements(), attendus);
    let points = &refus.json()["manquements"];
    assert_eq!((&points[2]["nombre"], &points[2]["maximum"]), (&json!(12), &json!(10)));
    assert_eq!(points[4]["stagiaire"], session["stagiaires"][10]["id"]);
}

#[tokio::test]
async fn resultats_et_generation_ont_leur_premier_jour() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    reseau.app.clock(&le("2026-11-23"));
    let mut corps = saisie(&scene.karim.numero);
    corps["date_debut"] = json!("2026-11-30");
    corps["date_fin"] = json!("2026-12-01");
    corps["stagiaires"] = json!(reseau.stagiaires(2));
    let session = scene.alix.post("/sessions", corps).await.expect(201).json();
    let route = chemin(&session);
    scene.alix.post(&format!("{route}/soumission"), json!({})).await.expect(200);
    reseau.app.clock("2026-11-29T22:59:59Z");
    let trop_tot = scene.karim.put(&format!("{route}/resultats"), resultats(&session, 0)).await;
    let trop_tot = trop_tot.refuse(422, "avant_la_date_de_debut").json();
    assert_eq!(trop_tot["manquements"][0]["date_debut"], "2026-11-30");
    reseau.app.clock("2026-11-29T23:00:00Z");
    let vue = scene.karim.put(&format!("{route}/resultats"), resultats(&session, 2)).await.expect(200).json();
    assert!(codes(&vue["avertissements"]).contains(&"resultats_avant_la_fin".to_owned()), "{vue:#}");
    scene.karim.post(&format!("{route}/resultats"), json!({})).await.expect(200);
    reseau.app.clock("2026-11-30T22:59:59Z");
    scene.alix.post(&format!("{route}/certificats"), json!({})).await.refuse(422, "avant_la_date_de_fin");
    reseau.app.clock("2026-11-30T23:00:00Z");
    // All failed: closed without certificates, the same move.
    let liste = scene.alix.post(&format!("{route}/certificats"), json!({})).await.expect(201).json();
    assert_eq!(liste, json!([]));
    assert_eq!(scene.alix.post(&format!("{route}/certificats"), json!({})).await.expect(200).json(), liste);
    let session = scene.alix.get(&route).await.expect(200).json();
    assert_eq!((&session["etat"], &session["disparait_le"]), (&json!("terminee"), &json!("2026-12-16")));
    scene.alix.get(&format!("{route}/certificats.pdf")).await.refuse(404, "introuvable");
}

#[tokio::test]
async fn les_resultats_tiennent_sauf_quand_l_identite_change() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let session = scene.soumise(2).await;
    let route = chemin(&session);
    let ids = lignes(&session);
    scene.karim.put(&format!("{route}/resultats"), resultats(&session, 1)).await.expect(200);
    scene.karim.post(&format!("{route}/retour"), json!({ "commentaire": "Le nom." })).await.expect(200);
    let la = format!("{route}/stagiaires/{}", ids[0]);
    scene.alix.patch(&la, json!({ "prenom": "Maëlle" })).await.expect(200);
    scene.alix.post(&format!("{route}/soumission"), json!({})).await.expect(200);
    let vue = scene.karim.get(&route).await.expect(200).json();
    assert_eq!(vue["stagiaires"][0]["resultat"], Value::Null);
    assert_eq!(vue["stagiaires"][1]["resultat"], "echec");
    let inconnu = json!({ "6f1c1c1e-0f7e-4c36-9d0a-3a5d5b0e9b11": "reussite" });
    scene.karim.put(&format!("{route}/resultats"), inconnu).await.refuse(404, "introuvable");
    scene
        .karim
        .put(&format!("{route}/resultats"), json!({ "x": "reussite" }))
        .await
        .refuse(400, "demande_illisible");
    let mot = json!({ ids[0].clone(): "peut-être" });
    scene.karim.put(&format!("{route}/resultats"), mot).await.refuse(400, "demande_illisible");
}
