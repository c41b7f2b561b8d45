//! Lists: pages, cursors, filters.

use serde_json::json;

use super::acteurs::{Reseau, texte};
use super::seances::{Scene, saisie};

#[tokio::test]
async fn une_liste_se_lit_page_par_page() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let lots = ["Ancre", "Bouée", "Cabestan", "Drisse", "Étrave", "Foc", "Gouvernail"];
    for (jour, lot) in (10..17).zip(lots) {
        let mut corps = saisie(&scene.karim.numero);
        corps["date_debut"] = json!(format!("2026-11-{jour}"));
        corps["date_fin"] = json!(format!("2026-11-{jour}"));
        corps["reference"] = json!(format!("Lot {lot}"));
        scene.alix.post("/sessions", corps).await.expect(201);
    }
    let mut fins = Vec::new();
    let mut suite = String::new();
    loop {
        let page = scene.alix.get(&format!("/sessions?limite=3{suite}")).await.expect(200).json();
        assert_eq!(page["total"], 7);
        let elements = page["elements"].as_array().expect("a list");
        assert!(elements.len() <= 3);
        fins.extend(elements.iter().map(|s| texte(s, "date_fin")));
        let Some(curseur) = page["suivant"].as_str() else { break };
        suite = format!("&apres={curseur}");
    }
    assert_eq!(fins.len(), 7);
    assert!(fins.is_sorted_by(|a, b| a > b), "{fins:?}");
    for (requete, total) in [
        ("etat=brouillon", 7),
        ("etat=soumise", 0),
        ("etat=soumise,brouillon", 7),
        ("etat=soumise&etat=brouillon", 7),
        ("dispositif=SST", 7),
        ("dispositif=PRAP-2S", 0),
        ("du=2026-11-12", 5),
        ("au=2026-11-12", 3),
        ("du=2026-11-12&au=2026-11-12", 1),
        ("q=LOT+etrave", 1),
        ("q=nantes", 7),
        ("q=KARIM", 7),
        ("q=personne", 0),
        ("q=%25", 0),
        ("etat=&dispositif=&q=", 7),
    ] {
        let page = scene.alix.get(&format!("/sessions?{requete}")).await.expect(200).json();
        assert_eq!(page["total"], total, "{requete}");
    }
    let par_auteur = format!("/sessions?auteur={}", scene.alix.numero);
    assert_eq!(scene.alix.get(&par_auteur).await.expect(200).json()["total"], 7);
    let par_autre = format!("/sessions?auteur={}", scene.karim.numero);
    assert_eq!(scene.alix.get(&par_autre).await.expect(200).json()["total"], 0);
    for requete in [
        "limite=0",
        "limite=101",
        "limite=x",
        "apres=x",
        "etat=x",
        "dispositif=sst!",
        "du=x",
        "au=20261101",
        "du=2026-02-30",
        "auteur=x",
        "q=%01",
    ] {
        let reponse = scene.alix.get(&format!("/sessions?{requete}")).await;
        assert_eq!(reponse.status.as_u16(), 400, "{requete}");
        reponse.refuse(400, "demande_illisible");
    }
    let loin = scene.alix.get("/sessions?apres=pzzzz").await.expect(200).json();
    assert_eq!((&loin["elements"], &loin["suivant"]), (&json!([]), &json!(null)));
    let comptes = reseau.administrateur().get("/comptes?limite=1").await.expect(200).json();
    assert_eq!(comptes["elements"].as_array().map(Vec::len), Some(1));
}
