//! R9 to R11 and the rights matrix, as HTTP answers.

use std::fmt::Write as _;

use axum::http::Method;
use serde_json::{Value, json};

use super::acteurs::{Acteur, Reseau, texte};
use super::seances::{Scene, chemin, lignes, resultats, saisie};

/// An identifier that nobody has.
const INCONNU: &str = "6f1c1c1e-0f7e-4c36-9d0a-3a5d5b0e9b11";

#[tokio::test]
async fn ce_qu_on_ne_voit_pas_repond_comme_ce_qui_n_existe_pas() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let ailleurs = reseau.nouveau_compte("Ailleurs Formation").await;
    let zoe = reseau.utilisateur("Zoé", "gestionnaire", &ailleurs).await;
    let denis = reseau.delegataire("Denis").await;
    let autre = reseau.formateur("Fatou").await;
    let (terminee, certificats) = scene.terminee(2, 0).await;
    let soumise = scene.soumise(1).await;
    let brouillon = scene.brouillon(1).await;
    let certificat = texte(&certificats[0], "numero");
    let pdf_inconnu = "/certificats/SST-A-26-00000-00000.pdf";
    for qui in [&zoe, &denis, &autre] {
        for session in [&terminee, &soumise, &brouillon] {
            let (vrai, faux) = (chemin(session), format!("/sessions/{INCONNU}"));
            let ligne = &lignes(session)[0];
            for (methode, suite, corps) in [
                ("GET", String::new(), None),
                ("PATCH", String::new(), Some(json!({ "reference": "x", "version": 99 }))),
                ("DELETE", String::new(), None),
                ("POST", "/stagiaires".to_owned(), Some(reseau.identite("Paul"))),
                ("PATCH", format!("/stagiaires/{ligne}"), Some(json!({ "prenom": "Paul" }))),
                ("DELETE", format!("/stagiaires/{ligne}"), None),
                ("POST", "/soumission".to_owned(), Some(json!({}))),
                ("POST", "/reprise".to_owned(), Some(json!({}))),
                ("POST", "/renvoi".to_owned(), Some(json!({ "commentaire": "x" }))),
                ("POST", "/retour".to_owned(), Some(json!({ "commentaire": "x" }))),
                ("PUT", "/resultats".to_owned(), Some(resultats(session, 0))),
                ("POST", "/resultats".to_owned(), Some(json!({}))),
                ("POST", "/certificats".to_owned(), Some(json!({}))),
                ("GET", "/certificats".to_owned(), None),
                ("GET", "/certificats.pdf".to_owned(), None),
                ("GET", "/certificats.zip".to_owned(), None),
            ] {
                let methode: Method = methode.parse().expect("a method");
                let reel = qui.envoyer(methode.clone(), &format!("{vrai}{suite}"), corps.clone()).await;
                let reel = reel.refuse(404, "introuvable");
                let fictif = qui.envoyer(methode.clone(), &format!("{faux}{suite}"), corps).await;
                assert_eq!(reel.bytes, fictif.bytes, "{methode} {suite}");
                assert_eq!(reel.headers, fictif.headers, "{methode} {suite}");
            }
        }
        let reel = qui.get(&format!("/certificats/{certificat}.pdf")).await.refuse(404, "introuvable");
        assert_eq!(reel.bytes, qui.get(pdf_inconnu).await.bytes);
        let vide = qui.get("/sessions").await.expect(200).json();
        assert_eq!(vide, json!({ "elements": [], "total": 0, "suivant": null }));
        let reference = qui.get("/sessions?q=2026-SST-12").await.expect(200).json();
        assert_eq!(reference["total"], 0);
    }
    for route in [format!("/comptes/{}", reseau.compte), format!("/comptes/{}/habilitations", reseau.compte)]
    {
        let reel = zoe.get(&route).await.refuse(404, "introuvable");
        let fictif = zoe.get(&route.replace(&reseau.compte, INCONNU)).await;
        assert_eq!(reel.bytes, fictif.bytes);
    }
    let corps = json!({ "profil": "gestionnaire" });
    zoe.post(&format!("/comptes/{}/utilisateurs", reseau.compte), corps).await.refuse(404, "introuvable");
    let mut pour_autrui = saisie(&scene.karim.numero);
    pour_autrui["compte"] = json!(reseau.compte);
    zoe.post("/sessions", pour_autrui).await.refuse(404, "introuvable");
}

#[tokio::test]
async fn le_delegataire_ne_voit_que_ses_sessions_les_gestionnaires_les_voient_toutes() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let bea = reseau.gestionnaire("Béa").await;
    let denis = reseau.delegataire("Denis").await;
    let celle_d_alix = scene.brouillon(1).await;
    let celle_de_denis = scene.brouillon_de(&denis, 1).await;
    for (qui, total) in [(&scene.alix, 2), (&bea, 2), (&denis, 1), (&scene.karim, 0)] {
        assert_eq!(qui.get("/sessions").await.expect(200).json()["total"], total);
    }
    denis.get(&chemin(&celle_d_alix)).await.refuse(404, "introuvable");
    bea.patch(&chemin(&celle_de_denis), json!({ "reference": "vue" })).await.expect(200);
    denis.post(&format!("{}/soumission", chemin(&celle_de_denis)), json!({})).await.expect(200);
    assert_eq!(scene.karim.get("/sessions").await.expect(200).json()["total"], 1);
    assert_eq!(reseau.administrateur().get("/sessions").await.expect(200).json()["total"], 2);
}

#[tokio::test]
async fn le_formateur_voit_ce_qui_lui_est_soumis() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let fatou = reseau.formateur("Fatou").await;
    let session = scene.soumise(2).await;
    let route = chemin(&session);
    scene.karim.get(&route).await.expect(200);

    // Taken back: absent, and said so to who acts on it.
    scene.alix.post(&format!("{route}/reprise"), json!({})).await.expect(200);
    scene.karim.get(&route).await.refuse(404, "introuvable");
    assert_eq!(scene.karim.get("/sessions").await.expect(200).json()["total"], 0);
    let acte = scene.karim.put(&format!("{route}/resultats"), resultats(&session, 0)).await;
    assert!(acte.refuse(409, "etat_incompatible").text().contains("reprise"));
    scene.karim.patch(&route, json!({ "reference": "x" })).await.refuse(404, "introuvable");

    // Another is declared.
    scene.alix.patch(&route, json!({ "formateur": fatou.numero })).await.expect(200);
    for qui in [&scene.karim, &fatou] {
        qui.get(&route).await.refuse(404, "introuvable");
    }
    scene
        .karim
        .post(&format!("{route}/retour"), json!({ "commentaire": "x" }))
        .await
        .refuse(404, "introuvable");
    scene.alix.post(&format!("{route}/soumission"), json!({})).await.expect(200);
    fatou.get(&route).await.expect(200);
    scene.karim.get(&route).await.refuse(404, "introuvable");

    // Returned, and another declared while it is corrected.
    fatou.post(&format!("{route}/retour"), json!({ "commentaire": "Pas moi." })).await.expect(200);
    fatou.get(&route).await.expect(200);
    scene.alix.patch(&route, json!({ "formateur": scene.karim.numero })).await.expect(200);
    fatou.get(&route).await.refuse(404, "introuvable");
}

/// One call of the matrix.
struct Appel {
    nom: &'static str,
    methode: Method,
    suite: &'static str,
    corps: Option<Value>,
}

fn appels() -> Vec<Appel> {
    let un = |nom, methode, suite, corps| Appel { nom, methode, suite, corps };
    vec![
        un("voir", Method::GET, "", None),
        un("modifier", Method::PATCH, "", Some(json!({ "reference": "autre" }))),
        un("ajouter un stagiaire", Method::POST, "/stagiaires", Some(json!({ "prenom": "Paul" }))),
        un("soumettre", Method::POST, "/soumission", Some(json!({}))),
        un("reprendre", Method::POST, "/reprise", Some(json!({}))),
        un("retourner", Method::POST, "/retour", Some(json!({ "commentaire": "x" }))),
        un("enregistrer", Method::PUT, "/resultats", Some(json!({}))),
        un("transmettre", Method::POST, "/resultats", Some(json!({}))),
        un("renvoyer", Method::POST, "/renvoi", Some(json!({ "commentaire": "x" }))),
        un("liste", Method::GET, "/certificats", None),
        un("pdf", Method::GET, "/certificats.pdf", None),
        un("zip", Method::GET, "/certificats.zip", None),
        un("générer", Method::POST, "/certificats", Some(json!({}))),
        un("supprimer", Method::DELETE, "", None),
    ]
}

/// A session in this state, with all results recorded as far as the state lets them be.
async fn dans(scene: &Scene<'_>, etat: &str) -> Value {
    match etat {
        "brouillon" => scene.brouillon(1).await,
        "soumise" => {
            let session = scene.soumise(1).await;
            let route = format!("{}/resultats", chemin(&session));
            scene.karim.put(&route, resultats(&session, 0)).await.expect(200).json()
        }
        "retournee" => scene.retournee(1).await,
        "a_traiter" => scene.a_traiter(1, 0).await,
        _ => scene.terminee(1, 0).await.0,
    }
}

#[tokio::test]
async fn qui_peut_quoi_dans_quel_etat() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let ailleurs = reseau.nouveau_compte("Ailleurs Formation").await;
    let acteurs: Vec<(&str, Acteur<'_>)> = vec![
        ("gestionnaire", reseau.gestionnaire("Béa").await),
        ("délégataire, autre", reseau.delegataire("Denis").await),
        ("gestionnaire, ailleurs", reseau.utilisateur("Zoé", "gestionnaire", &ailleurs).await),
        ("formateur déclaré", scene.karim.clone()),
        ("formateur, autre", reseau.formateur("Fatou").await),
        ("administrateur", reseau.administrateur()),
    ];
    let etats = ["brouillon", "soumise", "retournee", "a_traiter", "terminee"];
    let mut tableau = String::new();
    for appel in appels() {
        writeln!(tableau, "\n{} {}{}", appel.nom, appel.methode, appel.suite).expect("writes");
        for (nom, qui) in &acteurs {
            write!(tableau, "  {nom:24}").expect("writes");
            for etat in etats {
                let session = dans(&scene, etat).await;
                let route = format!("{}{}", chemin(&session), appel.suite);
                let reponse = qui.envoyer(appel.methode.clone(), &route, appel.corps.clone()).await;
                write!(tableau, " {etat} {}", reponse.status.as_u16()).expect("writes");
            }
            tableau.push('\n');
        }
    }
    insta::assert_snapshot!(tableau);
}
