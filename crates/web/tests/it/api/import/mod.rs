//! `POST /sessions/{id}/import`: a list is imported whole or not at all, and nothing that is sent is ever lost silently.

pub(crate) mod douze_fautes;
pub(crate) mod fichiers;
mod hostiles;

use axum::http::Method;
use serde_json::{Value, json};

use self::fichiers::csv;
use super::acteurs::{Acteur, Moteur, Reseau, texte};
use crate::app::Answer;

const BORD: &str = "bord-du-formulaire";

impl Acteur<'_> {
    /// Declares a session SST that ends on 30 November 2026.
    pub(super) async fn session_a_remplir(&self) -> String {
        let corps = json!({ "dispositif": "SST", "niveau": "acteur", "date_fin": "2026-11-30" });
        texte(&self.post("/sessions", corps).await.expect(201).json(), "id")
    }

    /// Sends a file, with other fields if any.
    pub(super) async fn importer(
        &self,
        chemin: &str,
        nom: &str,
        octets: &[u8],
        champs: &[(&str, &str)],
    ) -> Answer {
        let mut corps = Vec::new();
        for (champ, valeur) in champs {
            let partie =
                format!("--{BORD}\r\nContent-Disposition: form-data; name=\"{champ}\"\r\n\r\n{valeur}\r\n");
            corps.extend(partie.into_bytes());
        }
        let tete = format!(
            "--{BORD}\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{nom}\"\r\n\r\n"
        );
        corps.extend(tete.into_bytes());
        corps.extend_from_slice(octets);
        corps.extend(format!("\r\n--{BORD}--\r\n").into_bytes());
        let genre = format!("multipart/form-data; boundary={BORD}");
        self.brut(Method::POST, chemin, Some(&genre), corps).await
    }

    async fn stagiaires_inscrits(&self, session: &str) -> Vec<Value> {
        let objet = self.get(&format!("/sessions/{session}")).await.expect(200).json();
        objet["stagiaires"].as_array().expect("trainees").clone()
    }
}

/// « 4 Prénom identite_invalide » for each anomaly.
pub(super) fn anomalies(reponse: &Value) -> Vec<String> {
    let une = |anomalie: &Value| {
        let ligne = anomalie["ligne"].as_u64().map_or_else(|| "-".to_owned(), |ligne| ligne.to_string());
        format!("{ligne} {} {}", anomalie["colonne"].as_str().unwrap_or("-"), texte(anomalie, "code"))
    };
    reponse["anomalies"].as_array().expect("anomalies").iter().map(une).collect()
}

const TITRES: &str = "Civilité;Nom de naissance;Nom d'usage;Prénom;Date de naissance;E-mail;Numéro FORPREV";

#[tokio::test]
async fn un_essai_n_ecrit_rien_puis_la_liste_s_importe_en_entier() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let alix = reseau.gestionnaire("Alix").await;
        let session = alix.session_a_remplir().await;
        let liste = csv(&[
            TITRES,
            "Mme;Lefèvre;;Anaïs;28/02/1990;;",
            "M.;N’Guessan;;Yao;1988-03-07;yao@exemple.fr;",
            ";Durand;Petit;Léa;3/7/1991;;",
        ]);
        let essai = format!("/sessions/{session}/import?essai=true");
        let bilan = alix.importer(&essai, "liste.csv", &liste, &[]).await.expect(200).json();
        assert_eq!(bilan, json!({ "lignes": 3, "anomalies": [], "importees": 0 }));
        assert!(alix.stagiaires_inscrits(&session).await.is_empty());
        let chemin = format!("/sessions/{session}/import");
        let bilan = alix.importer(&chemin, "liste.csv", &liste, &[]).await.expect(200).json();
        assert_eq!(bilan, json!({ "lignes": 3, "anomalies": [], "importees": 3 }));
        let inscrits = alix.stagiaires_inscrits(&session).await;
        assert_eq!(inscrits.len(), 3);
        assert_eq!(inscrits[2]["nom_usage"], "Petit");
        assert_eq!(inscrits[2]["date_naissance"], "1991-07-03");
        assert!(inscrits.iter().all(|stagiaire| stagiaire["numero"].is_string()));
        // Twice the same list: everybody is there already.
        let refus = alix.importer(&chemin, "liste.csv", &liste, &[]).await.refuse(422, "liste_a_corriger");
        assert_eq!(
            anomalies(&refus.json()),
            [
                "2 Nom de naissance stagiaire_en_double",
                "3 Nom de naissance stagiaire_en_double",
                "4 Nom de naissance stagiaire_en_double"
            ]
        );
        assert_eq!(alix.stagiaires_inscrits(&session).await.len(), 3);
    }
}

/// Enters Anaïs Lefèvre in another session, and returns her numéro.
async fn connaitre_anais(qui: &Acteur<'_>) -> String {
    let ailleurs = qui.session_a_remplir().await;
    let anais = json!({ "nom_naissance": "Lefèvre", "prenom": "Anaïs", "date_naissance": "1990-02-28" });
    texte(&qui.post(&format!("/sessions/{ailleurs}/stagiaires"), anais).await.expect(201).json(), "numero")
}

#[tokio::test]
async fn une_personne_connue_est_proposee_et_la_liste_attend_la_decision() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let numero = connaitre_anais(&alix).await;
    let session = alix.session_a_remplir().await;
    let chemin = format!("/sessions/{session}/import");
    let liste =
        csv(&[TITRES, ";Ruiz;;Zoé;01/01/1980;;", ";Lefebvre;;Anaïs;28/02/1990;;", ";Ruis;;Zoé;01/01/1980;;"]);
    let essai = alix.importer(&format!("{chemin}?essai=true"), "l.csv", &liste, &[]).await.expect(200).json();
    assert_eq!(
        anomalies(&essai),
        ["3 Numéro FORPREV doublon_a_trancher", "4 Numéro FORPREV doublon_a_trancher"]
    );
    assert_eq!(essai["anomalies"][0]["propositions"][0]["numero"], json!(numero));
    assert_eq!(essai["anomalies"][0]["propositions"][0]["nom_naissance"], "L.", "of a stranger, the minimum");
    assert_eq!(essai["anomalies"][1]["propositions"], json!([]));
    let refus = alix.importer(&chemin, "l.csv", &liste, &[]).await.refuse(422, "liste_a_corriger").json();
    assert_eq!(refus["anomalies"], essai["anomalies"]);
    assert!(alix.stagiaires_inscrits(&session).await.is_empty());

    let decisions = json!({ "3": { "numero": numero }, "4": { "autre_personne": true } }).to_string();
    let bilan =
        alix.importer(&chemin, "l.csv", &liste, &[("decisions", &decisions)]).await.expect(200).json();
    assert_eq!(bilan["importees"], 3);
    let inscrits = alix.stagiaires_inscrits(&session).await;
    assert_eq!(inscrits[1]["numero"], json!(numero));
    assert_eq!(inscrits[1]["nom_naissance"], "Lefèvre", "the register's names");

    // The column « Numéro FORPREV » decides too; somebody else's numéro does not.
    let session = alix.session_a_remplir().await;
    let chemin = format!("/sessions/{session}/import");
    let liste = csv(&[
        TITRES,
        &format!(";Ruiz;;Luc;01/01/1980;;{numero}"),
        &format!(";Lefebvre;;Anaïs;28/02/1990;;{numero}"),
    ]);
    let refus = alix.importer(&chemin, "l.csv", &liste, &[]).await.refuse(422, "liste_a_corriger").json();
    assert_eq!(anomalies(&refus), ["2 Numéro FORPREV identite_differente"]);
    assert_eq!(refus["manquements"][0]["regle"], "R17");
}

#[tokio::test]
async fn la_colonne_du_numero_dit_aussi_que_c_est_quelqu_un_d_autre() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let numero = connaitre_anais(&alix).await;
    let chemin = format!("/sessions/{}/import", alix.session_a_remplir().await);
    let liste = |cellule: &str, email: &str| {
        csv(&[TITRES, &format!(";Lefebvre;;Anaïs;28/02/1990;{email};{cellule}")])
    };
    let essai = format!("{chemin}?essai=true");
    let check = async |cellule: &str, email: &str, decision: Value, attendues: &[&str]| {
        let decisions = decision.to_string();
        let champs: &[(&str, &str)] = if decision.is_null() { &[] } else { &[("decisions", &decisions)] };
        let bilan = alix.importer(&essai, "l.csv", &liste(cellule, email), champs).await.expect(200).json();
        assert_eq!(anomalies(&bilan), attendues, "{cellule} {email} {decisions}");
    };
    let question = "2 Numéro FORPREV doublon_a_trancher";
    let email = "2 E-mail identite_invalide";
    check("", "", Value::Null, &[question]).await;
    check("quelqu'un d'autre", "", Value::Null, &[]).await;
    check("QUELQU’UN D’AUTRE", "", Value::Null, &[]).await;
    check(&numero, "", Value::Null, &[]).await;
    // With another fault it is asked at once, unless the numéro is what is wrong.
    check("", "nom@exemple", Value::Null, &[email, question]).await;
    check("quelqu'un d'autre", "nom@exemple", Value::Null, &[email]).await;
    check("ABC12", "", Value::Null, &["2 Numéro FORPREV identite_invalide"]).await;
    // So is a formateur whose e-mail, which he needs, is what is wrong.
    let corps = json!({ "dispositif": "SST", "niveau": "formateur", "date_fin": "2026-11-30" });
    let formateurs = texte(&alix.post("/sessions", corps).await.expect(201).json(), "id");
    let de_formateurs = format!("/sessions/{formateurs}/import?essai=true");
    let bilan =
        alix.importer(&de_formateurs, "l.csv", &liste("", "nom@exemple"), &[]).await.expect(200).json();
    assert_eq!(anomalies(&bilan), [email, question]);

    // What is said beside the list goes before what its cell says.
    let (autre, elle) = (json!({ "2": { "autre_personne": true } }), json!({ "2": { "numero": numero } }));
    check("ABC12", "", autre.clone(), &[]).await;
    check("quelqu'un d'autre", "", elle, &[]).await;
    let etrangere = json!({ "2": { "numero": "ZZZ99999" } });
    check("quelqu'un d'autre", "", etrangere, &["2 Numéro FORPREV identite_differente"]).await;

    let decisions = autre.to_string();
    let champs = [("decisions", decisions.as_str())];
    alix.importer(&chemin, "l.csv", &liste(&numero, ""), &champs).await.expect(200);
    let session = chemin.split('/').nth(2).expect("its id");
    let inscrits = alix.stagiaires_inscrits(session).await;
    assert_eq!(inscrits[0]["nom_naissance"], "Lefebvre");
    assert_ne!(inscrits[0]["numero"], json!(numero), "somebody else");
}

#[tokio::test]
async fn qui_ne_voit_pas_la_session_n_y_importe_rien() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let bela = reseau.delegataire("Bela").await;
    let session = alix.session_a_remplir().await;
    let liste = csv(&[TITRES, ";Ruiz;;Zoé;01/01/1980;;"]);
    for suite in ["", "?essai=true"] {
        let chemin = format!("/sessions/{session}/import{suite}");
        bela.importer(&chemin, "l.csv", &liste, &[]).await.refuse(404, "introuvable");
        reseau.administrateur().importer(&chemin, "l.csv", &liste, &[]).await.refuse(403, "interdit");
        alix.importer(&chemin, "l.csv", &liste, &[("version", "7")]).await.refuse(409, "version_depassee");
    }
    let chemin = format!("/sessions/{session}/import");
    for essai in ["oui", "", "1", "%20", "TRUE", "true&essai=false", "true&essai="] {
        let chemin = format!("{chemin}?essai={essai}");
        alix.importer(&chemin, "l.csv", &liste, &[]).await.refuse(400, "demande_illisible");
    }
    alix.importer(&format!("{chemin}?essai"), "l.csv", &liste, &[]).await.refuse(400, "demande_illisible");
    assert!(alix.stagiaires_inscrits(&session).await.is_empty());
    alix.importer(&chemin, "l.csv", &liste, &[("decisions", "[1]")]).await.refuse(400, "demande_illisible");
    let inconnue = [("decisions", "{\"40\":{\"autre_personne\":true}}")];
    alix.importer(&chemin, "l.csv", &liste, &inconnue).await.refuse(400, "demande_illisible");
    alix.brut(Method::POST, &chemin, Some("text/csv"), liste.clone())
        .await
        .refuse(415, "type_non_pris_en_charge");
    alix.brut(Method::POST, &chemin, Some("multipart/form-data; boundary=x"), liste)
        .await
        .refuse(400, "demande_illisible");
}

#[tokio::test]
async fn une_liste_envoyee_deux_fois_avec_la_meme_cle_est_importee_une_fois() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let session = alix.session_a_remplir().await;
    let chemin = format!("/sessions/{session}/import");
    let liste = csv(&[TITRES, ";Ruiz;;Zoé;01/01/1980;;"]);
    let avec_cle = alix.avec_cle("import-1");
    let premiere = avec_cle.importer(&chemin, "l.csv", &liste, &[]).await.expect(200).json();
    let seconde = avec_cle.importer(&chemin, "l.csv", &liste, &[]).await.expect(200).json();
    assert_eq!(premiere, seconde);
    assert_eq!(alix.stagiaires_inscrits(&session).await.len(), 1);
    avec_cle.importer(&chemin, "l.csv", b"autre", &[]).await.expect(422);
}
