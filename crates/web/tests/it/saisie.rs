//! Entering a session, step 1: what may be saved, what is refused and how it is said.

use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau, NiveauDuCatalogue};
use forprev_domain::habilitation::{Habilitation, HabilitationId};
use forprev_store::{dispositifs, habilitations, nouvel_id};
use jiff::civil::{Date, date};

use crate::app::{Answer, App, Browser};

/// A register with a catalogue, and a compte with some habilitations, on 23 November 2026.
pub(crate) async fn app() -> App {
    let app = App::start();
    app.write(|tx| {
        for (code, libelle) in
            [("SST", "Sauveteur secouriste du travail"), ("PRAP-2S", "PRAP – sanitaire et social")]
        {
            let niveau = |niveau, groupe_min| NiveauDuCatalogue {
                niveau,
                groupe_min,
                groupe_max: 10,
                validite_mois: Some(24),
                heures_initiale: Some(14),
                heures_mac: Some(7),
            };
            let dispositif = Dispositif {
                code: CodeDispositif::parse(code).expect("a code"),
                libelle: libelle.to_owned(),
                a_partir_du: date(2020, 1, 1),
                niveaux: vec![niveau(Niveau::Acteur, 4), niveau(Niveau::Formateur, 5)],
            };
            dispositifs::ajouter(tx, &dispositif)?;
        }
        Ok(())
    })
    .await;
    habiliter(&app, "SST", Niveau::Acteur, date(2023, 12, 15), date(2026, 12, 14)).await;
    app
}

/// Gives the compte of the actors an habilitation n° H-4907.
pub(crate) async fn habiliter(app: &App, code: &'static str, niveau: Niveau, debut: Date, fin: Date) {
    let compte = app.ardoise().await;
    app.write(move |tx| {
        let habilitation = Habilitation {
            id: HabilitationId(nouvel_id()?),
            compte,
            dispositif: CodeDispositif::parse(code).expect("a code"),
            niveau,
            debut,
            fin,
            numero: Some("H-4907".to_owned()),
            retiree_le: None,
            suspendue_du: None,
            suspendue_au: None,
            motif: None,
        };
        Ok(habilitations::creer(tx, &habilitation)?)
    })
    .await;
}

/// Declares a session that ends on 30 November; gives its address back.
pub(crate) async fn declarer(qui: &mut Browser<'_>) -> String {
    qui.get("/sessions/nouvelle").await.expect(200);
    let values = [("dispositif", "SST.acteur"), ("date_fin", "30/11/2026"), ("suite", "formateur")];
    let answer = qui.post("/sessions/nouvelle", &values).await.expect(303);
    let adresse = answer.header("location").to_owned();
    adresse.strip_suffix("/formateur").expect("the next step").to_owned()
}

/// The value of a hidden field of a page.
pub(crate) fn cache(page: &Answer, nom: &str) -> String {
    let html = page.text();
    let apres = html.split_once(&format!("name=\"{nom}\" value=\"")).map_or("", |(_, apres)| apres);
    apres.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn une_session_se_declare_avec_dispositif_et_date_de_fin() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    alix.get("/sessions/nouvelle")
        .await
        .expect(200)
        .shows("<title>Étape 1 sur 3 : Informations de session – Nouvelle session – Forprev</title>")
        .shows("SST, acteur")
        .shows("Habilitation jusqu’au 14 décembre 2026")
        .shows("Votre compte n’a pas d’habilitation pour ")
        .shows("<strong>23 août 2026</strong> et le <strong>23 février 2027</strong>");
    let adresse = declarer(&mut alix).await;
    alix.get(&format!("{adresse}/informations"))
        .await
        .expect(200)
        .shows("value=\"30/11/2026\"")
        .shows("value=\"SST.acteur\" checked")
        .shows("Pour la soumettre, il manque encore : le type d’action, la date de début");
}

#[tokio::test]
async fn chaque_obstacle_est_dit_avec_ce_qui_le_leve() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    alix.get("/sessions/nouvelle").await.expect(200);
    let values = [
        ("dispositif", "SST.acteur"),
        ("date_debut", "11/3/27"),
        ("date_fin", "12.03.2027"),
        ("adresse", "14 rue du Port-de-l'Ancre"),
        ("siret", "812 345 678 0001"),
    ];
    alix.post("/sessions/nouvelle", &values)
        .await
        .expect(422)
        .shows("<title>Erreur : Étape 1 sur 3")
        .shows("Trois points à corriger avant d’enregistrer")
        .shows("L’habilitation SST acteur prend fin avant la session : le 14 décembre 2026, pour une fin de session le 12 mars 2027.")
        .shows("La session finit 88 jours plus tard")
        .shows("trop tôt pour saisir cette session : la saisie ouvre le 12 décembre 2026")
        .shows("Une date de fin entre le 23 août 2026 et le 14 décembre 2026 lève les deux premiers points.")
        .shows("aria-describedby=\"dates-aide regle-habilitation regle-delai\"")
        .shows("Le SIRET saisi compte 13 chiffres ; il en faut 14. Ajoutez le chiffre qui manque")
        .shows("value=\"12.03.2027\"")
        .shows("value=\"14 rue du Port-de-l&#39;Ancre\"");
}

#[tokio::test]
async fn sans_dispositif_ni_date_de_fin_la_page_le_dit_aux_champs() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    alix.get("/sessions/nouvelle").await.expect(200);
    alix.post("/sessions/nouvelle", &[("lieu_nom", "Atelier de Saint-Serge")])
        .await
        .expect(422)
        .shows("<a href=\"#dispositif\">Choisissez un dispositif et un niveau.</a>")
        .shows("<a href=\"#date_fin\">Donnez la date de fin")
        .shows("value=\"Atelier de Saint-Serge\"");
}

#[tokio::test]
async fn une_session_modifiee_entre_temps_n_est_pas_ecrasee() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let mut denis = app.gestionnaire("Denis").await;
    let adresse = format!("{}/informations", declarer(&mut alix).await);
    let version = cache(&alix.get(&adresse).await.expect(200), "version");
    denis.get(&adresse).await.expect(200);
    app.clock("2026-11-23T09:12:00Z");
    let commun = [("dispositif", "SST.acteur"), ("date_fin", "30/11/2026"), ("version", version.as_str())];
    let avec = |commune: &'static str| [&commun[..], &[("commune", commune)]].concat();
    denis.post(&adresse, &avec("Nantes")).await.expect(303);
    let page = alix.post(&adresse, &avec("Angers")).await.expect(409);
    let page = page
        .shows("Modifiée par Denis Essai à 10:12")
        .shows("data-l=\"Enregistré\">Nantes</td>")
        .shows("data-l=\"Votre saisie\">Angers</td>")
        .shows("Enregistrer quand même ma saisie");
    alix.get(&adresse).await.expect(200).shows("value=\"Nantes\"");
    let version = cache(&page, "version");
    let values = [
        ("dispositif", "SST.acteur"),
        ("date_fin", "30/11/2026"),
        ("version", version.as_str()),
        ("commune", "Angers"),
    ];
    alix.post(&adresse, &values).await.expect(303);
    alix.get(&adresse).await.expect(200).shows("value=\"Angers\"");
}

#[tokio::test]
async fn la_saisie_survit_a_la_fin_de_la_connexion() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    alix.get("/sessions/nouvelle").await.expect(200);
    app.clock("2026-11-23T10:42:00Z");
    alix.post("/sessions/nouvelle", &[("commune", "Angers")]).await.expect(401).shows("Rien n’est perdu");
}

#[tokio::test]
async fn seul_un_declarant_saisit_une_session_de_son_compte() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/informations", declarer(&mut alix).await);
    let mut ada = app.administrateur("Ada").await;
    ada.get("/sessions/nouvelle").await.expect(403);
    ada.get(&adresse).await.expect(403);
    let mut denis = app.delegataire("Denis").await;
    denis.get(&adresse).await.expect(404);
    denis.get("/sessions/nouvelle").await.expect(200);
    let connexion = app.visitor().get(&adresse).await.expect(303);
    assert!(connexion.header("location").starts_with("/connexion"));
    alix.get("/sessions/pas-un-identifiant/informations").await.expect(404);
}
