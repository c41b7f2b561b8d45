//! What a gestionnaire and a délégataire see of their compte: people certified, users, habilitations.

use forprev_domain::dispositif::Niveau;
use forprev_domain::utilisateur::Profil;
use forprev_store::{habilitations, utilisateurs};
use forprev_web::feuilles::lecture::lire;
use forprev_web::feuilles::{Cellule, Format};
use forprev_web::sessions::generation::generer;
use jiff::civil::date;

use crate::app::App;
use crate::chaine::Chaine;

#[tokio::test]
async fn les_stagiaires_certifies_se_filtrent_et_s_exportent() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let compte = chaine.compte;
    let alix = app.personne("Alix", &[Profil::Gestionnaire { compte }]).await;
    let denis = app.personne("Denis", &[Profil::Delegataire { compte }]).await;
    let groupes: [(_, &[&str]); 2] =
        [(&alix, &["Camille Aubry", "Ronan Le Bihan!"]), (&denis, &["Łukasz Kowalczyk"])];
    for (qui, groupe) in groupes {
        let session = chaine.a_traiter(qui, Niveau::Acteur, groupe).await;
        let demande = chaine.demande(qui).await;
        app.write(move |tx| generer(tx, &demande, session.id, None)).await;
    }
    let (mut alix, mut denis) = (app.signed_in(&alix).await, app.signed_in(&denis).await);
    let page = alix.get("/stagiaires").await.expect(200).shows("2 certificats").shows("KOWALCZYK Łukasz");
    assert!(!page.text().contains("1981"), "no birth date");
    assert!(!page.text().contains("BIHAN"), "who failed is not certified");
    let page = denis.get("/stagiaires").await.expect(200).shows("1 certificat").shows("KOWALCZYK");
    assert!(!page.text().contains("AUBRY"), "R10");
    let page = alix.get("/stagiaires?q=aubry&dispositif=SST").await.expect(200);
    let page = page.shows("<title>Stagiaires certifiés – 1 certificat, SST et recherche « aubry »");
    assert!(!page.text().contains("KOWALCZYK"));
    alix.get("/stagiaires?mois=3").await.expect(200).shows("Aucun certificat ne répond");
    app.clock("2028-10-01T09:00:00Z");
    let mut plus_tard = app.gestionnaire("Ines").await;
    let page = plus_tard.get("/stagiaires?mois=3").await.expect(200);
    page.shows("2 certificats, à recycler d’ici 3 mois").shows("plus que 53 jours");
    let csv = plus_tard.get("/stagiaires/export.csv?q=aubry").await.expect(200);
    assert!(csv.bytes.starts_with("\u{feff}Nom de naissance;".as_bytes()));
    let csv = csv.text();
    assert_eq!(csv.lines().count(), 2);
    assert!(csv.contains(";23/11/2026;23/11/2028;valide"), "{csv}");
    let xlsx = plus_tard.get("/stagiaires/export.xlsx?mois=3").await.expect(200);
    let lu = lire(&xlsx.bytes).expect("a workbook");
    let rangees = &lu.feuilles[0].rangees;
    assert_eq!((lu.format, rangees.len()), (Format::Xlsx, 3));
    assert_eq!(rangees[1].cellules[&8], Cellule::Jour(date(2028, 11, 23)), "a real date");
    plus_tard.get("/stagiaires/export.pdf").await.expect(404);
    app.administrateur("Root").await.get("/stagiaires").await.expect(403);
}

#[tokio::test]
async fn un_gestionnaire_invite_et_retire() {
    let app = App::start();
    let mut alix = app.gestionnaire("Alix").await;
    let denis = app.personne("Denis", &[]).await;
    let forme = "/utilisateurs/invitation";
    alix.get("/utilisateurs").await.expect(200).shows("1 utilisateur").shows("ESSAI Alix");
    alix.get(forme).await.expect(200).shows("Inviter cette personne");
    let vide = alix.post(forme, &[("profil", "delegataire"), ("prenom", "Zoé")]).await.expect(422);
    let vide = vide.shows("Indiquez le nom de naissance.").shows("value=\"Zoé\"").shows("Erreur : Inviter");
    vide.shows("Indiquez l’adresse électronique.");
    let zoe = [
        ("profil", "delegataire"),
        ("prenom", "Zoé"),
        ("nom_naissance", "Martin"),
        ("date_naissance", "3/7/1990"),
        ("email", "zoe@exemple.fr"),
    ];
    let fait = alix.post(forme, &zoe).await.expect(303);
    alix.get(fait.header("location"))
        .await
        .expect(200)
        .shows("Zoé MARTIN est sur la liste")
        .shows("Invitation envoyée");
    let connu = [
        ("profil", "gestionnaire"),
        ("prenom", "Denis"),
        ("nom_naissance", "Essai"),
        ("date_naissance", "1988-07-03"),
        ("email", "denis@exemple.fr"),
    ];
    let page = alix.post(forme, &connu).await.expect(422);
    page.shows("Cette personne est peut-être déjà connue").shows(denis.as_str()).shows("Quelqu’un d’autre");
    let mut lui = connu.to_vec();
    lui.push(("connue", denis.as_str()));
    alix.post(forme, &lui).await.expect(303);
    let retrait = format!("/utilisateurs/{denis}/retrait");
    let page = alix.get(&format!("{retrait}?profil=gestionnaire")).await.expect(200);
    page.shows("Retirer à Denis ESSAI le profil gestionnaire ?");
    let mut denis_signe = app.signed_in(&denis).await;
    denis_signe.get("/utilisateurs").await.expect(200);
    let fait = alix.post(&retrait, &[("profil", "gestionnaire")]).await.expect(303);
    alix.get(fait.header("location")).await.expect(200).shows("Le profil est retiré");
    denis_signe.get("/utilisateurs").await.expect(303);
    let cle = denis.clone();
    let profils = app.write(move |tx| Ok(utilisateurs::profils(tx, &cle)?)).await;
    assert_eq!(profils, []);
    alix.post(&retrait, &[("profil", "gestionnaire")]).await.expect(404);
}

#[tokio::test]
async fn personne_ne_retire_son_propre_profil() {
    let app = App::start();
    let compte = app.ardoise().await;
    let numero = app.personne("Alix", &[Profil::Gestionnaire { compte }]).await;
    let mut alix = app.signed_in(&numero).await;
    alix.get("/utilisateurs").await.expect(200);
    let refus = alix.post(&format!("/utilisateurs/{numero}/retrait"), &[("profil", "gestionnaire")]).await;
    refus.expect(409).shows("votre propre profil");
    let mut denis = app.delegataire("Denis").await;
    denis.get("/utilisateurs").await.expect(403);
    denis.get("/utilisateurs/invitation").await.expect(403);
}

#[tokio::test]
async fn le_compte_montre_ses_habilitations_et_leur_etat() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let compte = chaine.compte;
    let mut denis = app.delegataire("Denis").await;
    let page = denis.get("/compte").await.expect(200).shows("Ardoise Formation").shows("732 829 320 00074");
    let page = page.shows("SST formateur").shows("H-26-1");
    assert!(!page.text().contains("href=\"/utilisateurs\""));
    app.write(move |tx| {
        let mut toutes = habilitations::du_compte(tx, compte)?;
        toutes[0].fin = date(2026, 12, 23);
        toutes[1].suspendue_du = Some(date(2026, 11, 1));
        toutes[1].motif = Some("Dossier incomplet".to_owned());
        for habilitation in &toutes {
            habilitations::modifier(tx, habilitation)?;
        }
        Ok(())
    })
    .await;
    let page = denis.get("/compte").await.expect(200).shows("Valide, plus que 30 jours");
    page.shows("Suspendue jusqu’à nouvel ordre").shows("Dossier incomplet");
    app.administrateur("Root").await.get("/compte").await.expect(403);
}
