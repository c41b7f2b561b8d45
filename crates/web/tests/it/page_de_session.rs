//! `/sessions/{id}`: whose turn it is, what each may do, who sees what.

use jiff::civil::date;

use crate::app::App;

#[tokio::test]
async fn la_page_dit_a_qui_c_est_le_tour_et_jusqu_a_quand() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.a_traiter(date(2026, 11, 19), date(2026, 11, 20), 10, 1).await;
    let page = equipe.claire().await.get(&format!("/sessions/{id}")).await.expect(200);
    page.shows("<h1>SST acteur, formation initiale</h1>")
        .shows("du 19 au 20 novembre 2026 à Angers, 10 stagiaires")
        .shows("C’est à vous : vérifiez les résultats, puis générez les certificats")
        .shows("Karim Benali a indiqué 9 réussites et 1 échec. Neuf certificats seront émis.")
        .shows("Générer les 9 certificats")
        .shows(&format!("/sessions/{id}/generation"))
        .shows("Dernier jour pour générer")
        .shows("le mercredi 19 mai 2027")
        .shows("Groupe attentif.")
        .shows("n° H-4907, valide à la date de fin (jusqu’au 14 janvier 2027)")
        .shows("Qualification valide à la date de fin (jusqu’au 9 février 2027)")
        .shows("a modifié la session, 10 fois");
}

#[tokio::test]
async fn un_brouillon_dit_ce_qui_manque_et_avant_quand() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.brouillon(date(2026, 8, 25), date(2026, 8, 26), 0).await;
    let page = equipe.claire().await.get(&format!("/sessions/{id}")).await.expect(200);
    page.shows("Plus que 3 jours. Vendredi, la session ne pourra plus être soumise.")
        .shows("Aucun stagiaire n’est inscrit.")
        .shows("Compléter la session")
        .shows("Après la génération, pendant 15 jours.")
        .shows("Supprimer la session");
}

#[tokio::test]
async fn chez_le_formateur_la_session_peut_etre_reprise() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.soumise(date(2026, 11, 19), date(2026, 11, 20), 4).await;
    let page = equipe.claire().await.get(&format!("/sessions/{id}")).await.expect(200);
    let page = page.shows("Au tour de Karim Benali").shows("Reprendre la session");
    assert!(!page.text().contains("Générer les 4 certificats"));
}

#[tokio::test]
async fn chacun_ne_voit_que_ce_qui_est_dans_sa_portee() {
    let app = App::start();
    let equipe = app.equipe().await;
    let brouillon = equipe.brouillon(date(2026, 11, 19), date(2026, 11, 20), 4).await;
    equipe.hugo().await.get(&format!("/sessions/{brouillon}")).await.expect(404);
    equipe.karim().await.get(&format!("/sessions/{brouillon}")).await.expect(404);
    app.visitor().get(&format!("/sessions/{brouillon}")).await.expect(303);
    let page = app.administrateur("Ada").await.get(&format!("/sessions/{brouillon}")).await.expect(200);
    page.shows("en lecture seule").shows("Au tour de Claire Lemoine");
    let lues = app
        .write(|tx| {
            Ok(forprev_store::journal::lister(
                tx,
                &forprev_store::journal::FiltreJournal {
                    acte: Some("session.consultee".to_owned()),
                    ..Default::default()
                },
                forprev_store::Pagination::premiere(10),
            )?)
        })
        .await;
    assert_eq!(lues.total, 1, "the reading is in the journal");
}

#[tokio::test]
async fn une_session_terminee_dit_le_dernier_jour_du_telechargement() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.terminee(date(2026, 11, 19), date(2026, 11, 20), 5, 0).await;
    app.clock("2026-12-06T09:00:00Z");
    let page = equipe.claire().await.get(&format!("/sessions/{id}")).await.expect(200);
    page.shows("C’est à vous : téléchargez les 5 certificats")
        .shows("Dernier jour demain. Mardi, la session sera supprimée et aucun duplicata ne sera délivré.")
        .shows(&format!("/sessions/{id}/certificats"));
    app.clock("2026-12-08T09:00:00Z");
    equipe.claire().await.get(&format!("/sessions/{id}")).await.expect(404);
}
