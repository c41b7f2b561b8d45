//! Comptes, habilitations, users, formateurs, catalogue: what the network keeps.

use serde_json::{Value, json};

use super::acteurs::{Reseau, siret, texte};
use super::seances::{Scene, chemin, resultats, saisie};

#[tokio::test]
async fn seul_l_administrateur_ouvre_un_compte_et_l_habilite() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let racine = reseau.administrateur();
    let corps = json!({ "raison_sociale": "Nouvelle", "siret": siret(4242), "genre": "entreprise" });
    let compte = racine.post("/comptes", corps.clone()).await.expect(201).json();
    assert_eq!(compte["siret"], json!(siret(4242)));
    assert_eq!(compte["genre"], "entreprise");
    let route = format!("/comptes/{}", texte(&compte, "id"));
    assert_eq!(racine.get(&route).await.expect(200).json(), compte);
    scene.alix.get(&route).await.refuse(404, "introuvable");
    scene.alix.post("/comptes", corps.clone()).await.refuse(403, "interdit");
    scene.alix.get("/comptes").await.refuse(403, "interdit");
    scene.alix.get(&format!("/comptes/{}", reseau.compte)).await.expect(200);
    for (champ, valeur, status, code) in [
        ("siret", json!("12345678901234"), 422, "informations_incompletes"),
        ("siret", json!("123"), 422, "informations_incompletes"),
        ("siret", Value::Null, 400, "demande_illisible"),
        ("raison_sociale", json!("  "), 400, "demande_illisible"),
        ("raison_sociale", json!("deux\nlignes"), 400, "demande_illisible"),
        ("raison_sociale", json!("x".repeat(201)), 400, "demande_illisible"),
        ("genre", json!("association"), 400, "demande_illisible"),
    ] {
        let mut corps = corps.clone();
        corps[champ] = valeur;
        racine.post("/comptes", corps).await.refuse(status, code);
    }

    let route = format!("/comptes/{}/habilitations", reseau.compte);
    let accordee =
        json!({ "dispositif": "SST", "niveau": "acteur", "debut": "2026-01-01", "fin": "2026-12-31" });
    scene.alix.post(&route, accordee.clone()).await.refuse(403, "interdit");
    let habilitation = racine.post(&route, accordee.clone()).await.expect(201).json();
    let la = format!("/habilitations/{}", texte(&habilitation, "id"));
    scene.alix.patch(&la, json!({ "fin": "2030-01-01" })).await.refuse(403, "interdit");
    scene.karim.patch(&la, json!({ "fin": "2030-01-01" })).await.refuse(404, "introuvable");
    let changee =
        racine.patch(&la, json!({ "fin": "2026-11-30", "motif": "Erreur" })).await.expect(200).json();
    assert_eq!((&changee["fin"], &changee["motif"]), (&json!("2026-11-30"), &json!("Erreur")));
    for change in [
        json!({ "fin": "2025-12-31" }),
        json!({ "suspendue_au": "2026-03-01" }),
        json!({ "suspendue_du": "2026-03-02", "suspendue_au": "2026-03-01" }),
    ] {
        racine.patch(&la, change).await.refuse(422, "dates_incoherentes");
    }
    racine.patch(&la, json!({ "fin": null })).await.refuse(400, "demande_illisible");
    racine.patch(&la, json!({ "motif": null })).await.expect(200);
    for empechement in [
        json!({ "retiree_le": "2026-11-01" }),
        json!({ "retiree_le": "2026-11-01", "motif": "  " }),
        json!({ "suspendue_du": "2026-03-01", "suspendue_au": "2026-03-31" }),
    ] {
        racine.patch(&la, empechement).await.refuse(422, "motif_requis");
    }
    racine.patch(&la, json!({ "suspendue_du": "2026-03-01", "motif": "Contrôle" })).await.expect(200);
    racine.patch(&la, json!({ "motif": null })).await.refuse(422, "motif_requis");
    racine.patch(&la, json!({ "suspendue_du": null, "motif": null })).await.expect(200);
    let mut ailleurs = accordee.clone();
    ailleurs["dispositif"] = json!("ZZZ");
    racine.post(&route, ailleurs).await.refuse(422, "dispositif_inconnu");
    let mut envers = accordee;
    envers["fin"] = json!("2025-01-01");
    racine.post(&route, envers).await.refuse(422, "dates_incoherentes");
    assert_eq!(scene.alix.get(&route).await.expect(200).json()["total"], 3);
}

#[tokio::test]
async fn un_utilisateur_connu_est_propose_puis_invite() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let denis = reseau.delegataire("Denis").await;
    let route = format!("/comptes/{}/utilisateurs", reseau.compte);
    let mut nour = reseau.identite("Nour");
    nour["profil"] = json!("delegataire");
    let refus = scene.alix.post(&route, nour.clone()).await.refuse(422, "identite_incomplete");
    assert_eq!(refus.json()["manquements"][0]["champs"], json!(["email"]));
    nour["email"] = json!("nour@exemple.fr");
    let cree = scene.alix.post(&route, nour.clone()).await.expect(201).json();
    assert_eq!(reseau.invites().await.iter().filter(|n| **n == texte(&cree, "numero")).count(), 1);

    // Again, and in another compte: known, so she is proposed; chosen, she gets one more profile.
    scene.alix.post(&route, nour.clone()).await.refuse(409, "doublon_a_trancher");
    nour["numero"] = cree["numero"].clone();
    nour["profil"] = json!("gestionnaire");
    assert_eq!(scene.alix.post(&route, nour.clone()).await.expect(201).json()["numero"], cree["numero"]);
    let elle = reseau.acteur(&texte(&cree, "numero")).await;
    let moi = elle.get("/moi").await.expect(200).json();
    let profils: Vec<_> =
        moi["profils"].as_array().expect("a list").iter().map(|p| texte(p, "profil")).collect();
    assert_eq!(profils, ["gestionnaire", "delegataire"]);
    assert_eq!(moi["email"], "nour@exemple.fr");

    let mut sans_profil = reseau.identite("Ines");
    sans_profil["email"] = json!("i@exemple.fr");
    scene.alix.post(&route, sans_profil.clone()).await.refuse(400, "demande_illisible");
    sans_profil["profil"] = json!("administrateur");
    scene.alix.post(&route, sans_profil.clone()).await.refuse(400, "demande_illisible");
    sans_profil["profil"] = json!("delegataire");
    denis.post(&route, sans_profil.clone()).await.refuse(403, "interdit");
    scene.karim.post(&route, sans_profil).await.refuse(404, "introuvable");
}

#[tokio::test]
async fn un_formateur_connu_avant_est_inscrit_avec_ce_qu_il_tient() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let racine = reseau.administrateur();
    let mut fatou = reseau.identite("Fatou");
    fatou["email"] = json!("fatou@exemple.fr");
    fatou["certificats"] = json!([
        { "dispositif": "SST", "niveau": "formateur", "debut": "2025-01-01", "fin": "2027-12-31" },
        { "dispositif": "PRAP-2S", "niveau": "formateur", "debut": "2025-01-01", "fin": null },
    ]);
    scene.alix.post("/formateurs", fatou.clone()).await.refuse(403, "interdit");
    let cree = racine.post("/formateurs", fatou.clone()).await.expect(201).json();
    assert_eq!(reseau.invites().await.iter().filter(|n| **n == texte(&cree, "numero")).count(), 1);
    racine.post("/formateurs", fatou.clone()).await.refuse(409, "doublon_a_trancher");
    let elle = reseau.acteur(&texte(&cree, "numero")).await;
    let tenus = elle.get("/moi/certificats").await.expect(200).json();
    assert_eq!(tenus["total"], 2);
    for tenu in tenus["elements"].as_array().expect("a list") {
        assert_eq!((&tenu["telechargeable"], &tenu["pdf"]), (&json!(false), &Value::Null), "no file of ours");
        let numero = texte(tenu, "numero");
        for qui in [elle.clone(), racine.clone(), scene.alix.clone()] {
            qui.get(&format!("/certificats/{numero}.pdf")).await.refuse(404, "introuvable");
        }
        reseau.personne().get(&format!("/verification/{numero}")).await.refuse(404, "inconnu");
    }
    fatou["numero"] = cree["numero"].clone();
    fatou["certificats"][0]["fin"] = json!("2024-01-01");
    racine.post("/formateurs", fatou.clone()).await.refuse(422, "dates_incoherentes");
    fatou["certificats"] = json!([{ "dispositif": "SST", "niveau": "expert", "debut": "2025-01-01" }]);
    racine.post("/formateurs", fatou).await.refuse(400, "demande_illisible");
}

#[tokio::test]
async fn le_catalogue_a_des_valeurs_datees() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let racine = reseau.administrateur();
    let valeurs = json!({ "code": "SST", "libelle": "Sauveteur", "a_partir_du": "2026-11-21", "niveaux": [
        { "niveau": "acteur", "groupe_min": 1, "groupe_max": 1, "validite_mois": null } ] });
    scene.alix.post("/dispositifs", valeurs.clone()).await.refuse(403, "interdit");
    racine.post("/dispositifs", valeurs.clone()).await.expect(201);
    for (requete, libelle) in [
        ("", "Sauveteur"),
        ("?le=2026-11-20", "Sauveteur secouriste du travail"),
        ("?le=2026-11-21", "Sauveteur"),
    ] {
        let catalogue = scene.karim.get(&format!("/dispositifs{requete}")).await.expect(200).json();
        let sst = catalogue["elements"].as_array().expect("a list").iter().find(|d| d["code"] == "SST");
        assert_eq!(sst.expect("SST")["libelle"], libelle, "{requete}");
    }
    assert_eq!(scene.alix.get("/dispositifs?le=1950-12-31").await.expect(200).json()["total"], 0);

    // A session is judged by the values in force on its last day; no end: no last valid day.
    let mut corps = saisie(&scene.karim.numero);
    corps["stagiaires"] = json!(reseau.stagiaires(2));
    let la_veille = scene.alix.post("/sessions", corps.clone()).await.expect(201).json();
    assert_eq!(la_veille["manquements"], json!([]));
    corps["date_fin"] = json!("2026-11-21");
    corps["stagiaires"] = json!(reseau.stagiaires(2));
    let ce_jour = scene.alix.post("/sessions", corps.clone()).await.expect(201).json();
    assert_eq!(ce_jour["manquements"][0]["code"], "trop_de_stagiaires");
    corps["stagiaires"] = json!(reseau.stagiaires(1));
    let session = scene.alix.post("/sessions", corps).await.expect(201).json();
    scene.faire(&scene.alix, &session, "soumission", json!({})).await;
    scene.faire(&scene.karim, &session, "resultats", resultats(&session, 0)).await;
    let liste =
        scene.alix.post(&format!("{}/certificats", chemin(&session)), json!({})).await.expect(201).json();
    assert_eq!(liste[0]["valable_jusqu_au"], Value::Null);

    for (champ, valeur) in [
        ("code", json!("sst minuscule")),
        ("code", Value::Null),
        ("niveaux", json!([])),
        ("niveaux", json!([valeurs["niveaux"][0], valeurs["niveaux"][0]])),
        ("niveaux", json!([{ "niveau": "acteur", "groupe_min": 5, "groupe_max": 4, "validite_mois": 1 }])),
        ("niveaux", json!([{ "niveau": "acteur", "groupe_min": 0, "groupe_max": 0, "validite_mois": 1 }])),
        (
            "niveaux",
            json!([{ "niveau": "acteur", "groupe_min": 1, "groupe_max": 70_000, "validite_mois": 1 }]),
        ),
        ("niveaux", json!([{ "niveau": "acteur", "groupe_min": 1, "groupe_max": 4, "validite_mois": -1 }])),
        ("a_partir_du", json!("21/11/2026")),
    ] {
        let mut corps = valeurs.clone();
        corps[champ] = valeur;
        racine.post("/dispositifs", corps).await.refuse(400, "demande_illisible");
    }
}

#[tokio::test]
async fn qui_declare_pour_plusieurs_comptes_dit_lequel() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let ailleurs = reseau.nouveau_compte("Ailleurs Formation").await;
    let moi = scene.alix.get("/moi").await.expect(200).json();
    let mut elle =
        json!({ "profil": "delegataire", "numero": scene.alix.numero, "email": "autre@exemple.fr" });
    for champ in ["nom_naissance", "prenom", "date_naissance"] {
        elle[champ] = moi[champ].clone();
    }
    let route = format!("/comptes/{ailleurs}/utilisateurs");
    reseau.administrateur().post(&route, elle).await.expect(201);
    let mut corps = saisie(&scene.karim.numero);
    let refus = scene.alix.post("/sessions", corps.clone()).await.refuse(422, "informations_incompletes");
    assert_eq!(refus.json()["manquements"][0]["champs"], json!(["compte"]));
    for compte in [&reseau.compte, &ailleurs] {
        corps["compte"] = json!(compte);
        let session = scene.alix.post("/sessions", corps.clone()).await.expect(201).json();
        assert_eq!(session["compte"], json!(compte));
    }
    assert_eq!(scene.alix.get("/sessions").await.expect(200).json()["total"], 2);
    scene.karim.post("/sessions", corps).await.refuse(403, "interdit");
}
