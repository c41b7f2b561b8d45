//! Whatever comes from outside: a 4xx that says why, never a 5xx.

use axum::http::Method;
use serde_json::{Value, json};

use super::acteurs::{Moteur, Reseau};
use super::seances::{Scene, chemin, lignes, saisie};

#[tokio::test]
async fn chaque_faute_a_son_document() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let alix = &scene.alix;
    let json_ = Some("application/json");
    let deux_mega = format!("{{\"reference\":\"{}\"}}", "a".repeat(2 << 20)).into_bytes();
    for (methode, route, genre, corps, status, code) in [
        ("POST", "/sessions", json_, b"{".to_vec(), 400, "demande_illisible"),
        ("POST", "/sessions", json_, b"[]".to_vec(), 400, "demande_illisible"),
        ("POST", "/sessions", json_, b"\"\xff\"".to_vec(), 400, "demande_illisible"),
        ("POST", "/sessions", json_, vec![b'['; 200_000], 400, "demande_illisible"),
        ("POST", "/sessions", json_, b"{\"version\":1e999}".to_vec(), 400, "demande_illisible"),
        ("POST", "/sessions", json_, b"{}".to_vec(), 422, "informations_incompletes"),
        ("POST", "/sessions", None, Vec::new(), 422, "informations_incompletes"),
        ("POST", "/sessions", json_, deux_mega, 413, "trop_volumineux"),
        ("POST", "/sessions", Some("text/plain"), b"{}".to_vec(), 415, "type_non_pris_en_charge"),
        (
            "POST",
            "/sessions",
            Some("application/x-www-form-urlencoded"),
            b"a=1".to_vec(),
            415,
            "type_non_pris_en_charge",
        ),
        (
            "POST",
            "/sessions",
            Some("multipart/form-data; boundary=json"),
            b"x".to_vec(),
            415,
            "type_non_pris_en_charge",
        ),
        ("PUT", "/sessions", json_, b"{}".to_vec(), 405, "methode_non_permise"),
        ("GET", "/sessions/pas-un-identifiant", None, Vec::new(), 404, "introuvable"),
        ("GET", "/sessions/%00", None, Vec::new(), 404, "introuvable"),
        ("GET", "/sessions/%ff%fe", None, Vec::new(), 400, "demande_illisible"),
        ("GET", "/nulle-part", None, Vec::new(), 404, "introuvable"),
        ("GET", "/certificats/%2e%2e%2f.pdf", None, Vec::new(), 404, "introuvable"),
        ("GET", "/certificats/SST-A-26-7F3K9-QXMW2", None, Vec::new(), 404, "introuvable"),
    ] {
        let methode: Method = methode.parse().expect("a method");
        alix.brut(methode, route, genre, corps).await.refuse(status, code);
    }
    let refus = alix.brut(Method::PUT, "/sessions", json_, b"{}".to_vec()).await;
    assert_eq!(refus.header("allow"), "GET,HEAD,POST");
}

#[tokio::test]
async fn sans_jeton_rien_que_le_public() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let session = scene.brouillon(1).await;
    let mut faux = scene.alix.clone();
    faux.jeton = "x".repeat(43);
    for qui in [reseau.personne(), faux] {
        for route in ["/moi", "/moi/certificats", "/comptes", "/sessions", &chemin(&session), "/dispositifs"]
        {
            let refus = qui.get(route).await.refuse(401, "jeton_absent_ou_invalide");
            assert_eq!(refus.header("www-authenticate"), "Bearer");
        }
        qui.post("/sessions", json!({})).await.refuse(401, "jeton_absent_ou_invalide");
        qui.post("/doublons", json!({})).await.refuse(401, "jeton_absent_ou_invalide");
    }
    reseau.app.clock("2100-01-01T00:00:00Z");
    scene.alix.get("/moi").await.refuse(401, "jeton_absent_ou_invalide");
}

/// Values that nobody sends in good faith.
fn hostiles() -> Vec<Value> {
    let mut profond = json!(1);
    for _ in 0..100 {
        profond = json!([profond]);
    }
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e308),
        json!(0.1),
        json!(""),
        json!(" "),
        json!("\u{0}"),
        json!("a\u{0}b"),
        json!("\u{feff}\u{202e}"),
        json!("\u{1f4a9}"),
        json!("é".repeat(20_000)),
        json!("' OR 1=1 --"),
        json!("%_\\"),
        json!("0000-01-01"),
        json!("0001-01-01"),
        json!("9999-12-31"),
        json!("-009999-01-01"),
        json!("+012026-01-01"),
        json!("2026-02-30"),
        json!("2026-11-20T00:00:00Z"),
        json!("00000000-0000-0000-0000-000000000000"),
        json!("AAA00000"),
        json!([]),
        json!([null]),
        json!([{}]),
        json!({}),
        json!({ "nom": { "nom": {} } }),
        profond,
    ]
}

#[tokio::test]
async fn rien_de_ce_qu_on_envoie_ne_fait_tomber_le_service() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let brouillon = scene.brouillon(1).await;
        let soumise = scene.soumise(1).await;
        let (route, soumise) = (chemin(&brouillon), chemin(&soumise));
        let la = format!("{route}/stagiaires/{}", lignes(&brouillon)[0]);
        let habilitation = reseau.habiliter(&reseau.compte, "acteur", "2020-01-01", "2030-12-31").await;
        let racine = reseau.administrateur();
        let stagiaire = reseau.identite("Paul");
        let mut utilisateur = reseau.identite("Nour");
        utilisateur["email"] = json!("nour@exemple.fr");
        utilisateur["profil"] = json!("delegataire");
        utilisateur["certificats"] = json!([{ "dispositif": "SST", "niveau": "formateur", "debut": "2024-01-01", "fin": "2027-01-01" }]);
        let dispositif = json!({ "code": "ESSAI", "libelle": "Essai", "a_partir_du": "2026-01-01", "niveaux": [
            { "niveau": "acteur", "groupe_min": 1, "groupe_max": 3, "validite_mois": 24 }] });
        let compte = json!({ "raison_sociale": "X", "siret": "73282932000074", "genre": "entreprise" });
        let mut entree = saisie(&scene.karim.numero);
        entree["compte"] = json!(reseau.compte);
        entree["stagiaires"] = json!([]);
        entree["version"] = json!(1);
        let accordee = json!({ "dispositif": "SST", "niveau": "acteur", "debut": "2020-01-01", "fin": "2030-12-31", "numero": "1" });
        let changee = json!({ "fin": "2030-12-31", "retiree_le": null, "suspendue_du": null, "suspendue_au": null, "motif": "x" });
        let cible = json!({ "commentaire": "x", "version": 1 });
        let cas: Vec<(&super::acteurs::Acteur<'_>, &str, String, Value)> = vec![
            (&scene.alix, "POST", "/sessions".to_owned(), entree.clone()),
            (&scene.alix, "PATCH", route.clone(), entree),
            (&scene.alix, "POST", format!("{route}/stagiaires"), stagiaire.clone()),
            (&scene.alix, "PATCH", la, stagiaire.clone()),
            (&scene.alix, "POST", "/doublons".to_owned(), stagiaire),
            (&scene.alix, "POST", format!("{route}/soumission"), cible.clone()),
            (&scene.karim, "POST", format!("{soumise}/retour"), cible.clone()),
            (&scene.karim, "PUT", format!("{soumise}/resultats"), cible.clone()),
            (&scene.alix, "POST", format!("{soumise}/certificats"), cible),
            (&racine, "POST", "/comptes".to_owned(), compte),
            (&racine, "POST", format!("/comptes/{}/habilitations", reseau.compte), accordee),
            (&racine, "PATCH", format!("/habilitations/{habilitation}"), changee),
            (&racine, "POST", format!("/comptes/{}/utilisateurs", reseau.compte), utilisateur.clone()),
            (&racine, "POST", "/formateurs".to_owned(), utilisateur),
            (&racine, "POST", "/dispositifs".to_owned(), dispositif),
        ];
        for (qui, methode, route, modele) in &cas {
            let methode: Method = methode.parse().expect("a method");
            for champ in modele.as_object().expect("an object").keys() {
                for hostile in hostiles() {
                    let mut corps = modele.clone();
                    corps[champ] = hostile;
                    let reponse = qui.envoyer(methode.clone(), route, Some(corps.clone())).await;
                    let status = reponse.status.as_u16();
                    let court: String = corps[champ].to_string().chars().take(60).collect();
                    assert!(
                        status < 500,
                        "{moteur:?} {methode} {route} {champ} = {court}: {}",
                        reponse.text()
                    );
                }
            }
        }
        for requete in [
            "limite=0",
            "limite=101",
            "limite=-1",
            "limite=1e9",
            "limite=",
            "apres=zz",
            "apres=p",
            "apres=pzzzzzz",
            "apres=p-1",
            "etat=x",
            "etat=brouillon,soumise",
            "dispositif=",
            "dispositif=%00",
            "du=0000-00-00",
            "du=-009999-01-01",
            "au=%2B012026-01-01",
            "au=9999-12-31",
            "auteur=x",
            "auteur=%F0%9F",
            "q=%00",
            "q=%25_%5C",
            "q=%ff%fe",
            "q=%u0041",
            "q='%20OR%201=1",
            "a=b&&&=&q=x",
            "du=2026-01-01&du=x",
            "%",
        ] {
            for chemin in ["/sessions", "/comptes", "/dispositifs"] {
                let reponse = racine.get(&format!("{chemin}?{requete}&le={requete}")).await;
                assert!(reponse.status.as_u16() < 500, "{moteur:?} {chemin}?{requete}: {}", reponse.text());
            }
        }
        let longue = format!("/sessions?q={}", "a".repeat(20_000));
        assert!(scene.alix.get(&longue).await.status.as_u16() < 500);
        for numero in ["%00", "x", "%ff", "SST-A-26-7F3K9-QXMW2", "🙂"] {
            let numero = if numero == "🙂" { "%F0%9F%99%82" } else { numero };
            let reponse = reseau.personne().get(&format!("/verification/{numero}")).await;
            assert!(reponse.status.as_u16() < 500, "{numero}: {}", reponse.text());
        }
    }
}
