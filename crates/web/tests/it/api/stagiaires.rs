//! R16 and R17: what is asked of a trainee, and whom he turns out to be.

use serde_json::{Value, json};

use super::acteurs::{Reseau, texte};
use super::import::fichiers::csv;
use super::seances::{Scene, chemin, lignes, saisie};

/// A person of the register, known by a draft of another compte.
async fn connue(reseau: &Reseau) -> Value {
    let compte = reseau.nouveau_compte("Ailleurs Formation").await;
    let zoe = reseau.utilisateur("Zoé", "gestionnaire", &compte).await;
    let mut corps = saisie("KLM00042");
    corps["stagiaires"] = json!([{
        "civilite": "Madame", "nom_naissance": "Lefèvre", "nom_usage": "Da Silva", "prenom": "Anaïs",
        "date_naissance": "1990-02-28", "email": "anais@exemple.fr",
    }]);
    zoe.post("/sessions", corps).await.expect(201).json()["stagiaires"][0].clone()
}

fn anais() -> Value {
    json!({ "nom_naissance": "LEFEVRE", "prenom": "anais", "date_naissance": "1990-02-28" })
}

fn avec(mut objet: Value, champ: &str, valeur: Value) -> Value {
    objet[champ] = valeur;
    objet
}

#[tokio::test]
async fn une_personne_connue_est_proposee_avec_le_minimum() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let connue = connue(&reseau).await;
    let session = scene.brouillon(0).await;
    let route = format!("{}/stagiaires", chemin(&session));

    let refus = scene.alix.post(&route, anais()).await.refuse(409, "doublon_a_trancher").json();
    let certaine = json!([{
        "numero": connue["numero"], "nom_naissance": "Lefèvre", "nom_usage": "Da Silva", "prenom": "Anaïs",
        "annee_naissance": 1990, "verdict": "certain",
    }]);
    assert_eq!(refus["propositions"], certaine);
    assert_eq!(scene.alix.post("/doublons", anais()).await.expect(200).json()["propositions"], certaine);

    // One typo: what differs is an initial only.
    let proche = avec(anais(), "nom_naissance", json!("Lefevra"));
    let refus = scene.alix.post(&route, proche).await.refuse(409, "doublon_a_trancher").json();
    let possible = &refus["propositions"][0];
    assert_eq!(possible["verdict"], "possible");
    assert_eq!(possible["prenom"], "Anaïs");
    assert_ne!(possible["nom_naissance"], "Lefèvre");
    assert!(!refus.to_string().contains("02-28"), "{refus:#}");
    assert!(!refus.to_string().contains("exemple.fr"), "{refus:#}");

    // Nobody.
    let autre = avec(anais(), "date_naissance", json!("1971-07-13"));
    assert_eq!(scene.alix.post("/doublons", autre).await.expect(200).json()["propositions"], json!([]));
    let session = scene.alix.get(&chemin(&session)).await.expect(200).json();
    assert_eq!(lignes(&session).len(), 0, "a refused entry writes nothing");
}

#[tokio::test]
async fn on_choisit_la_personne_ou_on_dit_que_c_est_une_autre() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let connue = connue(&reseau).await;
    let session = scene.brouillon(0).await;
    let route = format!("{}/stagiaires", chemin(&session));

    // Her numéro: the register's identity, never the register's e-mail.
    let choisie = avec(anais(), "numero", connue["numero"].clone());
    let choisie = avec(choisie, "email", json!("autre@exemple.fr"));
    let ligne = scene.alix.post(&route, choisie).await.expect(201).json();
    for (champ, attendu) in [
        ("numero", connue["numero"].clone()),
        ("nom_naissance", json!("Lefèvre")),
        ("nom_usage", json!("Da Silva")),
        ("civilite", json!("Madame")),
        ("email", json!("autre@exemple.fr")),
    ] {
        assert_eq!(ligne[champ], attendu, "{champ}");
    }

    // In the same session: certain is refused, whatever is said; possible asks.
    let encore = avec(anais(), "autre_personne", json!(true));
    let refus = scene.alix.post(&route, encore).await.refuse(422, "stagiaire_en_double");
    assert_eq!(refus.json()["manquements"][0]["regle"], "R15");
    let par_numero = avec(anais(), "numero", connue["numero"].clone());
    scene.alix.post(&route, par_numero).await.refuse(422, "stagiaire_en_double");
    let proche = avec(anais(), "prenom", json!("Anaia"));
    scene.alix.post(&route, proche.clone()).await.refuse(409, "doublon_a_trancher");
    let ligne = scene.alix.post(&route, avec(proche, "autre_personne", json!(true))).await.expect(201).json();
    assert_ne!(ligne["numero"], connue["numero"]);

    // Elsewhere somebody else may have the very same identity.
    let ailleurs = scene.brouillon(0).await;
    let homonyme = avec(anais(), "autre_personne", json!(true));
    let route = format!("{}/stagiaires", chemin(&ailleurs));
    let ligne = scene.alix.post(&route, homonyme).await.expect(201).json();
    assert_ne!(ligne["numero"], connue["numero"]);
}

#[tokio::test]
async fn des_jumelles_aux_prenoms_voisins_entrent_dans_la_meme_session() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let session = scene.brouillon(0).await;
    let route = format!("{}/stagiaires", chemin(&session));
    let jumelle = |prenom: &str| avec(anais(), "prenom", json!(prenom));
    scene.alix.post(&route, jumelle("Marie Claude")).await.expect(201);
    for prenom in ["Marie Sophie", "Marie"] {
        scene.alix.post(&route, jumelle(prenom)).await.refuse(409, "doublon_a_trancher");
        let autre = avec(jumelle(prenom), "autre_personne", json!(true));
        scene.alix.post(&route, autre).await.expect(201);
    }
    let encore = avec(jumelle("Marie-Claude"), "autre_personne", json!(true));
    scene.alix.post(&route, encore).await.refuse(422, "stagiaire_en_double");
}

#[tokio::test]
async fn ou_une_personne_proposee_est_deja_inscrite_se_dit_a_qui_le_voit() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let la = scene.brouillon(0).await;
    let inscrite = scene.alix.post(&format!("{}/stagiaires", chemin(&la)), anais()).await.expect(201).json();
    let bela = reseau.delegataire("Bela").await;
    let ailleurs = reseau.nouveau_compte("Ailleurs Formation").await;
    let zoe = reseau.utilisateur("Zoé", "gestionnaire", &ailleurs).await;
    let attendues = json!([{
        "numero": inscrite["numero"], "session": la["id"], "numero_de_session": la["numero"],
        "date_debut": la["date_debut"], "date_fin": la["date_fin"],
    }]);
    for (qui, presences) in [(&scene.alix, attendues), (&bela, json!(null)), (&zoe, json!(null))] {
        let ici = qui.post("/sessions", saisie(&scene.karim.numero)).await.expect(201).json();
        let route = format!("{}/stagiaires", chemin(&ici));
        let refus = qui.post(&route, anais()).await.refuse(409, "doublon_a_trancher").json();
        assert_eq!(refus["propositions"][0]["numero"], inscrite["numero"]);
        assert_eq!(refus["presences"], presences);
        // The same when a session is declared with its trainees, and when a list is imported.
        let entiere = avec(saisie(&scene.karim.numero), "stagiaires", json!([anais()]));
        let refus = qui.post("/sessions", entiere).await.refuse(409, "doublon_a_trancher").json();
        assert_eq!(refus["doublons"][0]["propositions"][0]["numero"], inscrite["numero"]);
        assert_eq!(refus["presences"], presences);
        let import = format!("{}/import", chemin(&ici));
        let liste = csv(&["Nom de naissance;Prénom;Date de naissance", "Lefevre;Anaïs;28/02/1990"]);
        let essai =
            qui.importer(&format!("{import}?essai=true"), "l.csv", &liste, &[]).await.expect(200).json();
        let refus = qui.importer(&import, "l.csv", &liste, &[]).await.refuse(422, "liste_a_corriger").json();
        assert_eq!([&essai["presences"], &refus["presences"]], [&presences, &presences]);
    }
}

#[tokio::test]
async fn un_numero_n_ouvre_jamais_une_personne() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let connue = connue(&reseau).await;
    let session = scene.brouillon(0).await;
    let route = format!("{}/stagiaires", chemin(&session));
    let inconnu = json!("ZZZ99999");
    for (corps, status, code) in [
        (
            avec(avec(anais(), "prenom", json!("Paul")), "numero", connue["numero"].clone()),
            422,
            "identite_differente",
        ),
        (
            avec(avec(anais(), "date_naissance", json!("1970-01-09")), "numero", connue["numero"].clone()),
            422,
            "identite_differente",
        ),
        (avec(anais(), "numero", inconnu), 422, "identite_differente"),
        (json!({ "numero": connue["numero"] }), 422, "identite_differente"),
        (json!({ "numero": connue["numero"], "nom_naissance": "Lefèvre" }), 422, "identite_differente"),
        (avec(anais(), "numero", json!("pas un numéro")), 422, "identite_invalide"),
        (avec(anais(), "prenom", json!("4naïs")), 422, "identite_invalide"),
        (avec(anais(), "nom_usage", json!("x".repeat(81))), 422, "identite_invalide"),
        (avec(anais(), "date_naissance", json!("1990-02-30")), 422, "identite_invalide"),
        (avec(anais(), "date_naissance", json!("2013-01-01")), 422, "identite_invalide"),
        (avec(anais(), "date_naissance", json!("0000-01-01")), 422, "identite_invalide"),
        (avec(anais(), "date_naissance", json!("9999-12-31")), 422, "identite_invalide"),
        (avec(anais(), "email", json!("sans-arobase")), 422, "identite_invalide"),
        (avec(anais(), "civilite", json!("Docteur")), 422, "identite_invalide"),
        (avec(anais(), "prenom", json!(12)), 400, "demande_illisible"),
        (avec(anais(), "autre_personne", json!("oui")), 400, "demande_illisible"),
    ] {
        let refus = scene.alix.post(&route, corps.clone()).await.refuse(status, code);
        assert!(!refus.text().contains("Da Silva"), "{corps}: {}", refus.text());
    }
    let tout = json!({ "nom_naissance": "4", "prenom": "<b>", "date_naissance": "hier", "email": "x" });
    let refus = scene.alix.post(&route, tout).await.refuse(422, "identite_invalide").json();
    assert_eq!(
        refus["manquements"][0]["champs"],
        json!(["nom_naissance", "prenom", "date_naissance", "email"])
    );
}

#[tokio::test]
async fn une_identite_incomplete_attend_sans_numero() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let session = scene.brouillon(4).await;
    let route = chemin(&session);
    let ligne = scene.alix.post(&format!("{route}/stagiaires"), json!({ "prenom": "Anaïs" })).await;
    let ligne = ligne.expect(201).json();
    assert_eq!(ligne["numero"], Value::Null);
    let session = scene.alix.get(&route).await.expect(200).json();
    let manque = &session["manquements"][0];
    assert_eq!(manque["code"], "identite_incomplete");
    assert_eq!(manque["regle"], "R16");
    assert_eq!(manque["stagiaire"], ligne["id"]);
    assert_eq!(manque["champs"], json!(["nom_naissance", "date_naissance"]));
    scene.alix.post(&format!("{route}/soumission"), json!({})).await.refuse(422, "identite_incomplete");

    // Completed: looked up then.
    let connue = connue(&reseau).await;
    let la = format!("{route}/stagiaires/{}", texte(&ligne, "id"));
    let reste = json!({ "nom_naissance": "Lefèvre", "date_naissance": "1990-02-28" });
    scene.alix.patch(&la, reste.clone()).await.refuse(409, "doublon_a_trancher");
    let choisi = avec(reste, "numero", connue["numero"].clone());
    let ligne = scene.alix.patch(&la, choisi).await.expect(200).json();
    assert_eq!(ligne["numero"], connue["numero"]);

    // Of somebody who is in another session: his identity is the register's.
    let refus = scene.alix.patch(&la, json!({ "prenom": "Anaelle" })).await;
    refus.refuse(422, "identite_du_registre");
    let ligne = scene.alix.patch(&la, json!({ "email": "a@exemple.fr" })).await.expect(200).json();
    assert_eq!(ligne["email"], "a@exemple.fr");
    scene.alix.delete(&la).await.expect(204);
    scene.alix.delete(&la).await.refuse(404, "introuvable");
}

#[tokio::test]
async fn l_identite_d_une_personne_de_cette_session_seule_se_corrige() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let session = scene.brouillon(4).await;
    let ligne = session["stagiaires"][0].clone();
    let la = format!("{}/stagiaires/{}", chemin(&session), texte(&ligne, "id"));
    let corrigee = scene.alix.patch(&la, json!({ "nom_usage": "Durand" })).await.expect(200).json();
    assert_eq!(corrigee["nom_usage"], "Durand");
    assert_eq!(corrigee["numero"], ligne["numero"]);

    // Into somebody known: asks, and the choice leads the line there.
    let connue = connue(&reseau).await;
    scene.alix.patch(&la, anais()).await.refuse(409, "doublon_a_trancher");
    let choisi = avec(anais(), "numero", connue["numero"].clone());
    let menee = scene.alix.patch(&la, choisi).await.expect(200).json();
    assert_eq!(menee["numero"], connue["numero"]);
    assert_eq!(menee["nom_naissance"], "Lefèvre");

    // Emptied: without a numéro again.
    let autre = session["stagiaires"][1].clone();
    let la = format!("{}/stagiaires/{}", chemin(&session), texte(&autre, "id"));
    let videe = scene.alix.patch(&la, json!({ "date_naissance": null })).await.expect(200).json();
    assert_eq!(videe["numero"], Value::Null);
    let remplie = json!({ "date_naissance": "1985-05-05" });
    let remplie = scene.alix.patch(&la, remplie).await.expect(200).json();
    assert_eq!(texte(&remplie, "numero").len(), 8);
    let troisieme = lignes(&session)[2].clone();
    let la = format!("{}/stagiaires/{troisieme}", chemin(&session));
    let double = json!({
        "nom_naissance": remplie["nom_naissance"], "prenom": remplie["prenom"], "date_naissance": "1985-05-05",
    });
    scene.alix.patch(&la, double).await.refuse(422, "stagiaire_en_double");
}

#[tokio::test]
async fn une_liste_entre_en_entier_ou_pas_du_tout() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let connue = connue(&reseau).await;
    let mut corps = saisie(&scene.karim.numero);
    let mut liste = reseau.stagiaires(3);
    liste.insert(1, anais());
    corps["stagiaires"] = json!(liste);
    let refus = scene.alix.post("/sessions", corps.clone()).await.refuse(409, "doublon_a_trancher").json();
    assert_eq!(refus["doublons"].as_array().map(Vec::len), Some(1), "{refus:#}");
    assert_eq!(refus["doublons"][0]["rang"], 1);
    assert_eq!(refus["doublons"][0]["propositions"][0]["numero"], connue["numero"]);
    assert_eq!(scene.alix.get("/sessions").await.expect(200).json()["total"], 0);

    // Two lines of the list that may be one: no numéro is shown that nobody has.
    let mut jumelle = liste[0].clone();
    jumelle["nom_naissance"] = json!(format!("{}a", texte(&jumelle, "nom_naissance")));
    let mut avec_jumelle = corps.clone();
    avec_jumelle["stagiaires"] = json!([liste[0], liste[2], jumelle]);
    let refus = scene.alix.post("/sessions", avec_jumelle).await.refuse(409, "doublon_a_trancher").json();
    assert_eq!(refus["doublons"], json!([{ "rang": 2, "propositions": [], "lignes": [0] }]));

    // Refusals of all lines at once, each with its rank.
    let mut fausses = corps.clone();
    fausses["stagiaires"] = json!([{ "prenom": "4" }, liste[0], liste[0], { "email": "x" }]);
    let refus = scene.alix.post("/sessions", fausses).await.expect(422).json();
    let rangs: Vec<_> = refus["manquements"]
        .as_array()
        .expect("points")
        .iter()
        .map(|m| (m["rang"].clone(), texte(m, "code")))
        .collect();
    assert_eq!(
        rangs,
        [
            (json!(0), "identite_invalide".to_owned()),
            (json!(2), "stagiaire_en_double".to_owned()),
            (json!(3), "identite_invalide".to_owned())
        ]
    );

    corps["stagiaires"][1]["numero"] = connue["numero"].clone();
    let session = scene.alix.post("/sessions", corps).await.expect(201).json();
    assert_eq!(session["stagiaires"][1]["numero"], connue["numero"]);
    assert_eq!(session["manquements"], json!([]));
    assert_eq!(session["version"], 1);
}

#[tokio::test]
async fn au_niveau_formateur_l_adresse_complete_l_identite() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let mut corps = saisie(&scene.karim.numero);
    corps["niveau"] = json!("formateur");
    corps["stagiaires"] = json!(reseau.stagiaires(2));
    let session = scene.alix.post("/sessions", corps).await.expect(201).json();
    let route = chemin(&session);
    assert_eq!(session["stagiaires"][0]["numero"], Value::Null);
    assert_eq!(session["manquements"][0]["champs"], json!(["email"]));
    let la = format!("{route}/stagiaires/{}", lignes(&session)[0]);
    let ligne = scene.alix.patch(&la, json!({ "email": "a@exemple.fr" })).await.expect(200).json();
    assert_eq!(texte(&ligne, "numero").len(), 8);

    // At niveau acteur, no address is asked for: the other line is complete, and looked up.
    let session = scene.alix.patch(&route, json!({ "niveau": "acteur" })).await.expect(200).json();
    assert_eq!(texte(&session["stagiaires"][1], "numero").len(), 8);
    assert_eq!(session["manquements"], json!([]));
}
