//! The administrateur's pages: two numéros of one person compared, joined, parted again.

use crate::app::App;

#[tokio::test]
async fn l_administrateur_compare_fusionne_et_separe() {
    let app = App::start();
    let ancien = app.personne("Lea", &[]).await;
    let nouveau = app.personne("Leah", &[]).await;
    let autre = app.personne("Paul", &[]).await;
    let mut root = app.administrateur("Root").await;
    let fiche = format!("/personnes/{nouveau}");
    let comparer = format!("{fiche}/fusion?avec={ancien}");
    root.get(&fiche).await.expect(200).shows("À une différence près").shows(&format!("href=\"{comparer}\""));
    root.get(&comparer)
        .await
        .expect(200)
        .shows("Ce qui passe de")
        .shows("Chacune a un accès")
        .shows(&format!("Ce qui arrive entre-temps reste à {nouveau}"))
        .shows(&format!("Fusionner : conserver {nouveau}"));
    let inconnu = root.get(&format!("{fiche}/fusion?avec=ZZZ99999")).await.expect(303);
    root.get(inconnu.header("location")).await.expect(200).shows("Personne n’a ce numéro");

    // Names far apart are confirmed in words.
    let loin = format!("/personnes/{autre}/fusion");
    root.get(&format!("{loin}?avec={ancien}")).await.expect(200).shows("ne se ressemblent pas");
    let refus = root.post(&loin, &[("ancien", ancien.as_str())]).await.expect(409);
    refus.shows("Confirmez qu’il s’agit de la même personne");

    let faite = root.post(&format!("{fiche}/fusion"), &[("ancien", ancien.as_str())]).await.expect(303);
    assert_eq!(faite.header("location"), format!("{fiche}?fusionnee"));
    // Merged once more, one with the other or with himself: they are one already.
    for avec in [&ancien, &nouveau] {
        let refus = root.get(&format!("{fiche}/fusion?avec={avec}")).await.expect(200);
        refus.shows("La fusion n’est pas possible").shows("déjà ceux d’une même personne");
        root.post(&format!("{fiche}/fusion"), &[("ancien", avec.as_str())]).await.expect(409);
    }
    let vue = root.get(&format!("/personnes/{ancien}")).await.expect(200);
    let vue = vue.shows("Leah").shows("Numéros qui mènent à cette fiche");
    let texte = vue.text();
    let debut = texte.find("/personnes/fusions/").expect("a link to part them");
    let separer = texte[debut..].split('"').next().expect("an address").to_owned();
    root.get(&separer)
        .await
        .expect(200)
        .shows("retrouve son identité")
        .shows("reste au numéro")
        .shows("Les connexions fermées par la fusion ne se rouvrent pas");
    let defaite = root.post(&separer, &[]).await.expect(303);
    assert_eq!(defaite.header("location"), format!("/personnes/{ancien}?separee"));
    root.get(&format!("/personnes/{ancien}")).await.expect(200).shows("Lea ESSAI");
    root.get(&separer).await.expect(404);

    let mut alix = app.gestionnaire("Alix").await;
    alix.get(&comparer).await.expect(403);
    alix.get(&separer).await.expect(403);
}

#[tokio::test]
async fn l_administrateur_voit_aussi_qui_se_prononce_pareil() {
    let app = App::start();
    let philippe = app.personne("Philippe", &[]).await;
    let filip = app.personne("Filip", &[]).await;
    let mut root = app.administrateur("Root").await;
    let fiche = root.get(&format!("/personnes/{philippe}")).await.expect(200);
    fiche.shows("Se prononce pareil").shows(&format!("/personnes/{filip}"));
}
