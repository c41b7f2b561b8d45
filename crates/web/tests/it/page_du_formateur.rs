//! « Vérifier la session »: results in part, all at once, handed over, sent back; who comes too late is told.

use forprev_domain::id::SessionId;
use forprev_domain::session::NomEtat;
use forprev_domain::stagiaire::Resultat;
use jiff::civil::date;

use crate::app::App;
use crate::equipe::Equipe;

/// The fields of the form, with these results in the order of the list.
async fn formulaire(equipe: &Equipe<'_>, id: SessionId, resultats: &[&str]) -> Vec<(String, String)> {
    let session = equipe.session(id).await;
    let mut champs = vec![("version".to_owned(), session.version.to_string())];
    for (stagiaire, resultat) in session.stagiaires.iter().zip(resultats) {
        champs.push((format!("r-{}", stagiaire.id), (*resultat).to_owned()));
    }
    champs
}

fn paires(champs: &[(String, String)]) -> Vec<(&str, &str)> {
    champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect()
}

#[tokio::test]
async fn tout_le_monde_a_reussi_puis_on_transmet() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 11, 19), date(2026, 11, 20), 10).await;
    let mut karim = equipe.karim().await;
    karim
        .get(&format!("/sessions/{id}"))
        .await
        .expect(200)
        .shows("C’est à vous, Karim Benali")
        .shows("Claire Lemoine (Ardoise Formation) attend vos résultats depuis le 23 novembre")
        .shows("0 résultat sur 10")
        .shows("du jeudi 19 au vendredi 20 novembre 2026");
    app.clock("2026-11-23T09:24:00Z");
    let mut champs = formulaire(&equipe, id, &[]).await;
    champs.push(("tous".to_owned(), "reussite".to_owned()));
    champs.push(("commentaire".to_owned(), "Bravo à tous".to_owned()));
    karim
        .post(&format!("/sessions/{id}/resultats"), &paires(&champs))
        .await
        .expect(200)
        .shows("10 résultats sur 10")
        .shows("enregistrés à 10:24")
        .shows("Bravo à tous");
    let champs = formulaire(&equipe, id, &["reussite"; 10]).await;
    let answer = karim.post(&format!("/sessions/{id}/transmission"), &paires(&champs)).await.expect(303);
    assert_eq!(answer.header("location"), format!("/sessions/{id}?fait=transmission"));
    assert_eq!(equipe.session(id).await.etat.nom(), NomEtat::ATraiter);
    karim
        .get(&format!("/sessions/{id}?fait=transmission"))
        .await
        .expect(200)
        .shows("Les résultats sont transmis.");
}

#[tokio::test]
async fn des_resultats_incomplets_s_enregistrent_et_ne_se_transmettent_pas() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 11, 19), date(2026, 11, 20), 4).await;
    let mut karim = equipe.karim().await;
    karim.get(&format!("/sessions/{id}")).await.expect(200);
    let champs = formulaire(&equipe, id, &["reussite", "echec"]).await;
    karim.post(&format!("/sessions/{id}/resultats"), &paires(&champs)).await.expect(303);
    assert_eq!(equipe.session(id).await.stagiaires[1].resultat, Some(Resultat::Echec));
    let champs = formulaire(&equipe, id, &["reussite", "echec", "reussite"]).await;
    karim
        .post(&format!("/sessions/{id}/transmission"), &paires(&champs))
        .await
        .expect(422)
        .shows("<title>Erreur : ")
        .shows("Gaëlle Ferrand : choisissez réussite ou échec.")
        .shows("3 résultats sur 4")
        .shows("pas encore enregistrés");
    assert_eq!(equipe.session(id).await.etat.nom(), NomEtat::Soumise);
}

#[tokio::test]
async fn transmettre_avant_la_fin_se_confirme_en_toutes_lettres() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 11, 23), date(2026, 11, 24), 4).await;
    let mut karim = equipe.karim().await;
    karim.get(&format!("/sessions/{id}")).await.expect(200).shows("La session finit le 24 novembre 2026");
    let champs = formulaire(&equipe, id, &["reussite"; 4]).await;
    karim
        .post(&format!("/sessions/{id}/transmission"), &paires(&champs))
        .await
        .expect(200)
        .shows("Transmettre avant la fin de la session ?")
        .shows("Transmettre maintenant 4 réussites");
    let mut champs = formulaire(&equipe, id, &[]).await;
    champs.push(("confirme".to_owned(), "oui".to_owned()));
    karim.post(&format!("/sessions/{id}/transmission"), &paires(&champs)).await.expect(303);
    assert_eq!(equipe.session(id).await.etat.nom(), NomEtat::ATraiter);
}

#[tokio::test]
async fn avant_le_premier_jour_la_page_dit_quand_revenir() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 12, 3), date(2026, 12, 4), 4).await;
    let mut karim = equipe.karim().await;
    karim
        .get(&format!("/sessions/{id}"))
        .await
        .expect(200)
        .shows("Les résultats ne sont pas encore possibles")
        .shows("le jeudi 3 décembre 2026");
    let champs = formulaire(&equipe, id, &["reussite"; 4]).await;
    karim.post(&format!("/sessions/{id}/resultats"), &paires(&champs)).await.expect(422);
}

#[tokio::test]
async fn un_retour_demande_un_motif_et_garde_les_resultats() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 11, 19), date(2026, 11, 20), 4).await;
    let mut karim = equipe.karim().await;
    karim.get(&format!("/sessions/{id}")).await.expect(200);
    let mut champs = formulaire(&equipe, id, &["reussite"]).await;
    champs.push(("precisions".to_owned(), "Il manque Jean Lefèvre.".to_owned()));
    karim
        .post(&format!("/sessions/{id}/retour"), &paires(&champs))
        .await
        .expect(422)
        .shows("Choisissez le motif du retour.")
        .shows("Il manque Jean Lefèvre.");
    champs.push(("motif".to_owned(), "Stagiaire absent ou en trop".to_owned()));
    karim.post(&format!("/sessions/{id}/retour"), &paires(&champs)).await.expect(303);
    let session = equipe.session(id).await;
    assert_eq!(session.etat.nom(), NomEtat::Retournee);
    assert_eq!(session.stagiaires[0].resultat, Some(Resultat::Reussite));
    equipe
        .claire()
        .await
        .get(&format!("/sessions/{id}"))
        .await
        .expect(200)
        .shows("Karim Benali l’a retournée : stagiaire absent ou en trop.")
        .shows("Il manque Jean Lefèvre.");
    equipe.soumettre(id).await;
    karim.get(&format!("/sessions/{id}")).await.expect(200).shows("C’est à vous");
}

#[tokio::test]
async fn une_session_reprise_entre_temps_le_dit_et_montre_ce_qui_etait_saisi() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 11, 19), date(2026, 11, 20), 4).await;
    let mut karim = equipe.karim().await;
    karim.get(&format!("/sessions/{id}")).await.expect(200);
    let mut champs = formulaire(&equipe, id, &["reussite", "echec"]).await;
    let ligne = champs[1].0.clone();
    champs.push((format!("n{ligne}"), "Camille AUBRY".to_owned()));
    equipe.reprendre(id).await;
    for page in ["resultats", "transmission"] {
        karim
            .post(&format!("/sessions/{id}/{page}"), &paires(&champs))
            .await
            .expect(409)
            .shows("La session a changé entre-temps")
            .shows("a été reprise par celui")
            .shows("Camille AUBRY")
            .shows("Réussite");
    }
    equipe.soumettre(id).await;
    karim
        .post(&format!("/sessions/{id}/resultats"), &paires(&champs))
        .await
        .expect(409)
        .shows("vos résultats sont restés cochés");
    karim.post("/sessions/0198c0de-0000-7000-8000-000000000000/resultats", &[]).await.expect(404);
}

#[tokio::test]
async fn reprise_et_renvoi_se_confirment_en_toutes_lettres() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 11, 19), date(2026, 11, 20), 4).await;
    let mut claire = equipe.claire().await;
    claire
        .get(&format!("/sessions/{id}/reprise"))
        .await
        .expect(200)
        .shows("Reprendre la session ?")
        .shows("Karim Benali ne la verra plus");
    claire.post(&format!("/sessions/{id}/reprise"), &[]).await.expect(303);
    assert_eq!(equipe.session(id).await.etat.nom(), NomEtat::Brouillon);
    claire.get(&format!("/sessions/{id}/reprise")).await.expect(409).shows("La session a changé entre-temps");

    let id = equipe.a_traiter(date(2026, 11, 19), date(2026, 11, 20), 4, 1).await;
    claire.get(&format!("/sessions/{id}/renvoi")).await.expect(200).shows("Ce que Karim Benali doit revoir");
    claire
        .post(&format!("/sessions/{id}/renvoi"), &[])
        .await
        .expect(422)
        .shows("Un commentaire est nécessaire");
    claire.post(&format!("/sessions/{id}/renvoi"), &[("commentaire", "Êtes-vous sûr ?")]).await.expect(303);
    assert_eq!(equipe.session(id).await.etat.nom(), NomEtat::Soumise);
    equipe.karim().await.post(&format!("/sessions/{id}/reprise"), &[]).await.expect(403);
}

#[tokio::test]
async fn ce_qui_est_corrige_apres_un_retour_se_montre_au_formateur() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 11, 19), date(2026, 11, 20), 4).await;
    equipe.retourner(id, "Identité à vérifier\nIl y a un stagiaire de trop.").await;
    let dernier = equipe.session(id).await.stagiaires[3].id;
    let claire = equipe.claire.clone();
    equipe
        .acte(&claire, move |tx, d| forprev_web::sessions::stagiaires::retirer(tx, d, id, dernier, None))
        .await;
    equipe.soumettre(id).await;
    let page = equipe.karim().await.get(&format!("/sessions/{id}")).await.expect(200);
    page.shows("Corrigé depuis votre retour").shows("Stagiaire retiré");
}
