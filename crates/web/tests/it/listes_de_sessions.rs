//! The dashboard and the list: what waits, by deadline; filters, order, pages, files; each within his portée.

use jiff::civil::date;

use crate::app::App;
use crate::equipe::Equipe;

/// One session in each state, declared on the day on which tests begin.
async fn une_de_chaque(equipe: &Equipe<'_>) {
    equipe.brouillon(date(2026, 8, 25), date(2026, 8, 26), 7).await;
    equipe.soumise(date(2026, 11, 23), date(2026, 11, 24), 9).await;
    let retournee = equipe.soumise(date(2026, 12, 1), date(2026, 12, 2), 5).await;
    equipe.retourner(retournee, "Stagiaire absent ou en trop\nIl manque Jean Lefèvre.").await;
    equipe.a_traiter(date(2026, 11, 19), date(2026, 11, 20), 10, 1).await;
    equipe.terminee(date(2026, 10, 29), date(2026, 10, 30), 8, 0).await;
}

#[tokio::test]
async fn le_tableau_de_bord_va_de_l_echeance_la_plus_proche_a_la_plus_lointaine() {
    let app = App::start();
    let equipe = app.equipe().await;
    une_de_chaque(&equipe).await;
    let page = equipe.claire().await.get("/tableau-de-bord").await.expect(200);
    let texte = page
        .shows("<title>Tableau de bord : quatre sessions vous attendent – Forprev</title>")
        .shows("dont <strong>une cette semaine</strong>")
        .shows("Rien ne manque : vérifiez, puis soumettez. Vendredi, la session ne pourra plus être soumise.")
        .shows("8 certificats SST acteur")
        .shows("9 réussites et 1 échec")
        .shows("« Il manque Jean Lefèvre »")
        .shows("Habilitation SST acteur")
        .shows("Qualification de Karim Benali")
        .shows("Chez les formateurs")
        .text();
    let ordre: Vec<usize> = ["Brouillon</span>", "À télécharger", "À traiter</span>", "Retournée</span>"]
        .map(|mots| texte.find(mots).expect(mots))
        .into();
    assert!(ordre.is_sorted(), "{ordre:?}");
}

#[tokio::test]
async fn chacun_a_son_tableau_de_bord() {
    let app = App::start();
    let equipe = app.equipe().await;
    une_de_chaque(&equipe).await;
    let page = equipe.karim().await.get("/tableau-de-bord").await.expect(200);
    let page = page
        .shows("Une session vous attend")
        .shows("À vérifier")
        .shows("Claire Lemoine (Ardoise Formation) attend vos résultats depuis aujourd’hui.")
        .shows("Certificat de formateur SST")
        .shows("Déjà transmises ou retournées");
    assert!(!page.text().contains("Nouvelle session"));
    let page = equipe.hugo().await.get("/tableau-de-bord").await.expect(200);
    let page = page.shows("Rien ne vous attend").shows("trois mois");
    assert!(!page.text().contains("Karim"), "a délégataire sees nothing of the others");
    let page = app.administrateur("Ada").await.get("/tableau-de-bord").await.expect(200);
    page.shows("Le réseau compte 1 compte.").shows("Ardoise Formation, jusqu’au");
}

#[tokio::test]
async fn la_liste_se_filtre_et_se_trie_par_l_adresse() {
    let app = App::start();
    let equipe = app.equipe().await;
    une_de_chaque(&equipe).await;
    let mut claire = equipe.claire().await;
    claire
        .get("/sessions")
        .await
        .expect(200)
        .shows("<title>5 sessions, toutes – Forprev</title>")
        .shows("Sessions 1 à 5 sur 5, de l’échéance la plus proche à la plus lointaine")
        .shows("aria-sort=\"ascending\"")
        .shows("5 sessions, dont trois à compléter, à corriger ou à générer.")
        .shows("À traiter <b>1</b>");
    for (adresse, titre) in [
        ("/sessions?etat=a_traiter", "1 session, à traiter"),
        ("/sessions?q=angers+karim", "5 sessions, toutes, filtrées"),
        ("/sessions?du=01/12/2026", "1 session, toutes, filtrées"),
        ("/sessions?au=30.10.26", "2 sessions, toutes, filtrées"),
        ("/sessions?dispositif=PRAP-2S", "0 session, toutes, filtrées"),
        ("/sessions?etat=brouillon&tri=fin-ancienne", "1 session, brouillons"),
    ] {
        claire.get(adresse).await.expect(200).shows(&format!("<title>{titre} – Forprev</title>"));
    }
    claire.get("/sessions?tri=fin-recente").await.expect(200).shows("aria-sort=\"descending\"");
    claire.get("/sessions?du=bient%C3%B4t").await.expect(200).shows("« bientôt » n’est pas une date.");
    claire.get("/sessions?page=9").await.expect(303);
    equipe.hugo().await.get("/sessions").await.expect(200).shows("Aucune session n’est déclarée");
    let karim = equipe.karim().await.get("/sessions").await.expect(200);
    karim.shows("4 sessions, dont une attend vos résultats.");
    app.administrateur("Ada").await.get("/sessions").await.expect(200).shows("en lecture seule");
}

#[tokio::test]
async fn la_liste_a_des_pages() {
    let app = App::start();
    let equipe = app.equipe().await;
    for jour in 1..=21 {
        let jour = date(2026, 10, 1).saturating_add(jiff::Span::new().days(jour));
        equipe.brouillon(jour, jour, 0).await;
    }
    let mut claire = equipe.claire().await;
    for tri in ["echeance", "etat"] {
        claire
            .get(&format!("/sessions?tri={tri}"))
            .await
            .expect(200)
            .shows("Sessions 1 à 20 sur 21")
            .shows("Sessions suivantes");
        claire
            .get(&format!("/sessions?tri={tri}&page=2"))
            .await
            .expect(200)
            .shows("Sessions 21 à 21 sur 21")
            .shows("Sessions précédentes");
    }
}

#[tokio::test]
async fn la_liste_s_exporte_sans_formule() {
    let app = App::start();
    let equipe = app.equipe().await;
    une_de_chaque(&equipe).await;
    let answer = equipe.claire().await.get("/sessions.csv?etat=a_traiter").await.expect(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.bytes.starts_with("\u{feff}Session;Dispositif;".as_bytes()));
    let answer = answer.shows(";SST;acteur;formation initiale;19/11/2026;20/11/2026;Angers;Karim Benali;");
    assert_eq!(answer.text().lines().count(), 2);
    let xlsx = equipe.claire().await.get("/sessions.xlsx?etat=a_traiter").await.expect(200);
    let lu = forprev_web::feuilles::lecture::lire(&xlsx.bytes).expect("a workbook");
    let cellules = &lu.feuilles[0].rangees[1].cellules;
    assert!(matches!(cellules[&5], forprev_web::feuilles::Cellule::Jour(_)), "a real date");
    assert!(matches!(cellules[&13], forprev_web::feuilles::Cellule::Nombre(_)), "a real number");
    let vide = equipe.hugo().await.get("/sessions.csv").await.expect(200);
    assert_eq!(vide.text().lines().count(), 1, "a délégataire exports his own sessions only");
}
