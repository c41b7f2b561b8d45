//! Sessions brought to a state, by those whose act it is.

use serde_json::{Map, Value, json};

use super::acteurs::{Acteur, Reseau, texte};

/// The people of most stories: a gestionnaire and the formateur that she declares.
pub(crate) struct Scene<'a> {
    pub(crate) reseau: &'a Reseau,
    pub(crate) alix: Acteur<'a>,
    pub(crate) karim: Acteur<'a>,
}

/// A complete entry, ended on the Friday before the Monday on which tests begin.
pub(crate) fn saisie(formateur: &str) -> Value {
    json!({
        "dispositif": "SST", "niveau": "acteur", "action": "initiale",
        "date_debut": "2026-11-19", "date_fin": "2026-11-20",
        "lieu": { "nom": null, "adresse": "12 quai de la Fosse", "code_postal": "44000", "commune": "Nantes" },
        "entreprise_cliente": { "raison_sociale": "Chantiers Réunis", "siret": "73282932000074" },
        "reference": "2026-SST-12", "formateur": formateur,
    })
}

/// The path of a session.
pub(crate) fn chemin(session: &Value) -> String {
    format!("/sessions/{}", texte(session, "id"))
}

/// The lines of a session, by their identifiers.
pub(crate) fn lignes(session: &Value) -> Vec<String> {
    session["stagiaires"].as_array().expect("a list").iter().map(|s| texte(s, "id")).collect()
}

/// Réussite for all, échec for the last `echecs`.
pub(crate) fn resultats(session: &Value, echecs: usize) -> Value {
    let lignes = lignes(session);
    let reussites = lignes.len() - echecs;
    let un = |(rang, ligne)| (ligne, json!(if rang < reussites { "reussite" } else { "echec" }));
    Value::Object(lignes.into_iter().enumerate().map(un).collect::<Map<_, _>>())
}

impl<'a> Scene<'a> {
    pub(crate) async fn sur(reseau: &'a Reseau) -> Self {
        let alix = reseau.gestionnaire("Alix").await;
        let karim = reseau.formateur("Karim").await;
        Self { reseau, alix, karim }
    }

    /// A complete draft with this many trainees, by Alix.
    pub(crate) async fn brouillon(&self, nombre: usize) -> Value {
        self.brouillon_de(&self.alix, nombre).await
    }

    pub(crate) async fn brouillon_de(&self, par: &Acteur<'_>, nombre: usize) -> Value {
        let mut corps = saisie(&self.karim.numero);
        corps["stagiaires"] = json!(self.reseau.stagiaires(nombre));
        par.post("/sessions", corps).await.expect(201).json()
    }

    pub(crate) async fn soumise(&self, nombre: usize) -> Value {
        let session = self.brouillon(nombre).await;
        self.faire(&self.alix, &session, "soumission", json!({})).await
    }

    pub(crate) async fn retournee(&self, nombre: usize) -> Value {
        let session = self.soumise(nombre).await;
        self.faire(&self.karim, &session, "retour", json!({ "commentaire": "La date est fausse." })).await
    }

    pub(crate) async fn a_traiter(&self, nombre: usize, echecs: usize) -> Value {
        let session = self.soumise(nombre).await;
        self.faire(&self.karim, &session, "resultats", resultats(&session, echecs)).await
    }

    /// A generated session, with the list of its certificates.
    pub(crate) async fn terminee(&self, nombre: usize, echecs: usize) -> (Value, Value) {
        let session = self.a_traiter(nombre, echecs).await;
        let route = format!("{}/certificats", chemin(&session));
        let certificats = self.alix.post(&route, json!({})).await.expect(201).json();
        (self.alix.get(&chemin(&session)).await.expect(200).json(), certificats)
    }

    /// Makes a move that succeeds.
    pub(crate) async fn faire(
        &self,
        qui: &Acteur<'_>,
        session: &Value,
        passage: &str,
        corps: Value,
    ) -> Value {
        qui.post(&format!("{}/{passage}", chemin(session)), corps).await.expect(200).json()
    }
}
