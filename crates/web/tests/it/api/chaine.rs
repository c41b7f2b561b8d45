//! The whole chain, as outside software goes through it, on both engines.

use serde_json::{Value, json};

use super::acteurs::{Moteur, Reseau, codes, texte};
use super::seances::{Scene, chemin, lignes, resultats, saisie};

#[tokio::test]
async fn de_la_saisie_aux_certificats() {
    for moteur in Moteur::TOUS {
        raconter(&Reseau::sur(moteur).await).await;
    }
}

async fn raconter(reseau: &Reseau) {
    let scene = Scene::sur(reseau).await;
    let Scene { alix, karim, .. } = &scene;

    // A draft needs three values, and says all that it lacks.
    let nue = json!({ "dispositif": "SST", "niveau": "acteur", "date_fin": "2026-11-20" });
    let session = alix.post("/sessions", nue).await.expect(201).json();
    let route = chemin(&session);
    assert_eq!(session["version"], 1);
    assert_eq!(session["etat"], "brouillon");
    assert_eq!(session["auteur"], json!(alix.numero));
    assert_eq!(session["compte"], json!(reseau.compte));
    assert_eq!(
        codes(&session["manquements"]),
        ["informations_incompletes", "formateur_absent", "aucun_stagiaire"]
    );
    assert_eq!(
        session["manquements"][0]["champs"],
        json!(["action", "date_debut", "lieu.adresse", "lieu.code_postal", "lieu.commune"])
    );
    assert_eq!(session["actions"], json!(["modifier", "supprimer", "soumettre"]));
    assert_eq!(session["historique"][0]["evenement"], "creee");

    // A change is merged: null empties, what is not sent stays.
    let session = alix.patch(&route, saisie(&karim.numero)).await.expect(200).json();
    assert_eq!(session["version"], 2);
    let change = json!({ "lieu": { "nom": "Salle B" }, "reference": null, "version": 2 });
    let session = alix.patch(&route, change).await.expect(200).json();
    assert_eq!(session["lieu"]["nom"], "Salle B");
    assert_eq!(session["lieu"]["commune"], "Nantes");
    assert_eq!(session["reference"], Value::Null);
    assert_eq!(session["entreprise_cliente"]["siret"], "73282932000074");
    assert_eq!(codes(&session["manquements"]), ["aucun_stagiaire"]);

    // Trainees, one by one.
    for identite in reseau.stagiaires(4) {
        let ligne = alix.post(&format!("{route}/stagiaires"), identite.clone()).await.expect(201).json();
        assert_eq!(ligne["nom_naissance"], identite["nom_naissance"]);
        assert_eq!(texte(&ligne, "numero").len(), 8);
        assert_eq!(ligne["resultat"], Value::Null);
    }
    let session = alix.get(&route).await.expect(200).json();
    assert_eq!(lignes(&session).len(), 4);
    assert_eq!(session["manquements"], json!([]));
    karim.get(&route).await.refuse(404, "introuvable");

    // Handed to the formateur, who returns it; corrected; handed again.
    let mot = json!({ "commentaire": "À vérifier avant vendredi." });
    let session = scene.faire(alix, &session, "soumission", mot).await;
    assert_eq!(session["etat"], "soumise");
    assert_eq!(session["actions"], json!(["reprendre"]));
    let vue = karim.get(&route).await.expect(200).json();
    assert_eq!(vue["actions"], json!(["retourner", "enregistrer_resultats", "transmettre_resultats"]));
    karim.post(&format!("{route}/retour"), json!({})).await.refuse(422, "commentaire_requis");
    karim.post(&format!("{route}/retour"), json!({ "commentaire": " \n " })).await.expect(422);
    let mot = json!({ "commentaire": "La commune est Rezé." });
    let session = scene.faire(karim, &session, "retour", mot).await;
    assert_eq!(session["etat"], "retournee");
    alix.patch(&route, json!({ "lieu": { "commune": "Rezé" } })).await.expect(200);
    let session = scene.faire(alix, &session, "soumission", json!({})).await;
    let derniere = session["historique"].as_array().and_then(|h| h.last()).expect("a history");
    assert_eq!(derniere["changements"][0]["avant"], "Nantes");
    assert_eq!(derniere["changements"][0]["apres"], "Rezé");

    // Results, in part and then whole.
    let ids = lignes(&session);
    let un = json!({ ids[0].clone(): "reussite" });
    let vue = karim.put(&format!("{route}/resultats"), un).await.expect(200).json();
    assert_eq!(vue["stagiaires"][0]["resultat"], "reussite");
    let chez_alix = alix.get(&route).await.expect(200).json();
    assert_eq!(chez_alix["stagiaires"][0]["resultat"], Value::Null, "none counts until handed over");
    let incomplets = karim.post(&format!("{route}/resultats"), json!({})).await;
    let incomplets = incomplets.refuse(422, "resultats_incomplets");
    assert_eq!(incomplets.json()["manquements"][0]["stagiaires"], json!(ids[1..]));
    let session = scene.faire(karim, &session, "resultats", resultats(&session, 1)).await;
    assert_eq!(session["etat"], "a_traiter");
    assert_eq!(session["actions"], json!([]));

    // Sent back, handed over again as they are, generated.
    alix.post(&format!("{route}/renvoi"), json!({})).await.refuse(422, "commentaire_requis");
    scene.faire(alix, &session, "renvoi", json!({ "commentaire": "Et Mme Ruiz ?" })).await;
    let session = karim.post(&format!("{route}/resultats"), json!({})).await.expect(200).json();
    assert_eq!(session["etat"], "a_traiter");
    let liste = alix.post(&format!("{route}/certificats"), json!({})).await.expect(201).json();
    assert_eq!(liste.as_array().expect("a list").len(), 3);
    assert_eq!(alix.post(&format!("{route}/certificats"), json!({})).await.expect(200).json(), liste);
    assert_eq!(alix.get(&format!("{route}/certificats")).await.expect(200).json(), liste);
    let session = alix.get(&route).await.expect(200).json();
    assert_eq!(session["etat"], "terminee");
    assert_eq!(session["generee_le"], "2026-11-23");
    assert_eq!(session["disparait_le"], "2026-12-08");
    assert_eq!(session["actions"], json!(["telecharger"]));
    let evenements: Vec<_> =
        session["historique"].as_array().expect("a list").iter().map(|e| texte(e, "evenement")).collect();
    assert_eq!(
        evenements,
        [
            "creee",
            "modifiee",
            "modifiee",
            "modifiee",
            "modifiee",
            "modifiee",
            "modifiee",
            "soumise",
            "retournee",
            "modifiee",
            "soumise",
            "resultats_transmis",
            "renvoyee",
            "resultats_transmis",
            "certificats_generes"
        ]
    );

    // Files, and what the public is told.
    let premier = &liste[0];
    assert_eq!(premier["valable_jusqu_au"], "2028-11-20");
    let pdf = texte(premier, "pdf");
    let fichier = alix.get(pdf.strip_prefix("/api/v1").expect("a path")).await.expect(200);
    assert_eq!(fichier.header("content-type"), "application/pdf");
    assert!(fichier.bytes.starts_with(b"%PDF-"));
    let tous = alix.get(&format!("{route}/certificats.pdf")).await.expect(200);
    assert!(tous.bytes.starts_with(b"%PDF-") && tous.bytes.len() > fichier.bytes.len());
    assert!(alix.get(&format!("{route}/certificats.zip")).await.expect(200).bytes.starts_with(b"PK"));
    let numero = texte(premier, "numero");
    let public = reseau.personne().get(&format!("/verification/{numero}")).await.expect(200).json();
    assert_eq!(public["etat"], "valide");
    assert_eq!(public["compte"], "Prévention Atlantique");
    assert_eq!(public["titulaire"], premier["titulaire"]);
}
