//! What a gestionnaire and a délégataire see of their compte: people certified, users, habilitations.

use forprev_domain::certificat::Certificat;
use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::{Identite, Nom};
use forprev_domain::utilisateur::Profil;
use forprev_store::{certificats, habilitations, personnes, utilisateurs};
use forprev_web::feuilles::lecture::{RANGEES, lire};
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

/// As many people certified as a large compte has, each by a certificate like this one.
async fn certifier(app: &App, modele: &Certificat, nombre: i16) {
    let modele = modele.clone();
    let le = app.program.clock.moment().instant;
    app.write(move |tx| {
        let mut tous = Vec::new();
        for rang in 0..nombre {
            let lettre = |n: i16| char::from(b'a' + u8::try_from(n % 26).expect("a letter"));
            let nom = format!("-Nom{}{}{}", lettre(rang / 676), lettre(rang / 26), lettre(rang));
            let identite = Identite {
                civilite: None,
                nom_naissance: Nom::parse(&nom).expect("a name"),
                nom_usage: None,
                prenom: Nom::parse("Zoé").expect("a name"),
                date_naissance: date(1950 + rang % 50, 1, 1),
            };
            tous.push(Certificat {
                numero: certificats::nouveau_numero(tx, &modele.dispositif, modele.niveau, 2026)?,
                titulaire: personnes::creer(tx, &identite, None, le)?.numero,
                stagiaire: None,
                session: None,
                imprime: None,
                ..modele.clone()
            });
        }
        Ok(certificats::inscrire(tx, &tous)?)
    })
    .await;
}

#[tokio::test]
async fn deux_mille_stagiaires_se_parcourent_et_s_exportent_en_entier() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let alix = app.personne("Alix", &[Profil::Gestionnaire { compte: chaine.compte }]).await;
    let session = chaine.a_traiter(&alix, Niveau::Acteur, &["Camille Aubry"]).await;
    let demande = chaine.demande(&alix).await;
    app.write(move |tx| generer(tx, &demande, session.id, None)).await;
    let modele = app.write(move |tx| Ok(certificats::de_la_session(tx, session.id)?)).await.remove(0);
    certifier(&app, &modele, 2_000).await;
    let mut alix = app.signed_in(&alix).await;
    let page = alix.get("/stagiaires").await.expect(200).shows("Certificats 1 à 50 sur 2001");
    assert!(page.bytes.len() < 150_000 && !page.text().contains("rel=\"prev\""));
    let page = alix.get("/stagiaires?page=41&niveau=acteur").await.expect(200);
    let page = page.shows("Certificats 2001 à 2001 sur 2001, niveau acteur").shows("rel=\"prev\"");
    assert!(!page.text().contains("rel=\"next\""));
    let loin = alix.get("/stagiaires?niveau=acteur&page=42").await.expect(303);
    assert_eq!(loin.header("location"), "/stagiaires?niveau=acteur");
    alix.get("/stagiaires?niveau=formateur").await.expect(200).shows("Aucun certificat ne répond");
    alix.get("/stagiaires?mois=25")
        .await
        .expect(200)
        .shows("à recycler d’ici 25 mois")
        .shows("D’ici 25 mois");
    for format in Format::TOUS {
        let fichier = alix.get(&format!("/stagiaires/export.{}", format.extension())).await.expect(200);
        let texte = fichier.text();
        if format == Format::Csv {
            assert_eq!(texte.lines().count(), 2_002);
            assert_eq!(texte.matches("\r\n'-Nom").count(), 2_000, "what would be a formula is none");
        } else {
            let lu = lire(&fichier.bytes).expect("a workbook");
            // The reader stops where no list of trainees goes on.
            assert_eq!(lu.feuilles[0].rangees.len(), RANGEES, "{format:?}");
        }
    }
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
