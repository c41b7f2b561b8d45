//! The pages of an import: sent or pasted, tried, decided, confirmed; nothing written before.

mod aller_retour;
mod reponses;

use axum::body::Body;
use axum::http::{Request, header};

use crate::api::import::fichiers::{rangee, xlsx};
use crate::app::{Answer, App, Browser};
use crate::saisie::{app, cache, declarer};

const TITRES: &str = "Nom de naissance;Prénom;Date de naissance\r\n";

/// Sends a file by the form of the page just opened.
async fn envoyer(app: &App, qui: &mut Browser<'_>, adresse: &str, nom: &str, octets: &[u8]) -> Answer {
    let page = qui.get(adresse).await.expect(200);
    let csrf = cache(&page, "csrf");
    let mut corps = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--b\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{nom}\"\r\n\r\n"
    )
    .into_bytes();
    corps.extend_from_slice(octets);
    corps.extend_from_slice(b"\r\n--b--\r\n");
    let mut request = Request::post(adresse)
        .header(header::HOST, "forprev.test")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header("sec-fetch-site", "same-origin");
    for (nom, valeur) in qui.cookies() {
        request = request.header(header::COOKIE, format!("{nom}={valeur}"));
    }
    app.send(request.body(Body::from(corps)).expect("a request")).await
}

#[tokio::test]
async fn une_liste_se_verifie_puis_se_confirme() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let session = declarer(&mut alix).await;
    let adresse = format!("{session}/stagiaires/import");
    alix.get(&format!("{session}/stagiaires")).await.expect(200).shows(&format!("href=\"{adresse}\""));
    let liste = format!("{TITRES}Ruiz;Zoé;01/01/1980\r\nD'Août;Jean-Pierre;3/7/88\r\n");
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", liste.as_bytes())
        .await
        .expect(200)
        .shows("<h1>Vérifier la liste</h1>")
        .shows("Deux stagiaires prêts à être importés")
        .shows("D&#39;AOÛT Jean-Pierre");
    alix.get(&format!("{session}/stagiaires")).await.expect(200).shows("Aucun stagiaire pour le moment");
    let envoi = cache(&page, "liste");
    let version = cache(&page, "version");
    let cle = cache(&page, "cle");
    let forme = [("liste", envoi.as_str()), ("version", &version), ("cle", &cle)];
    let fait = alix.post(&format!("{adresse}/confirmation"), &forme).await.expect(303);
    let encore = alix.post(&format!("{adresse}/confirmation"), &forme).await.expect(303);
    assert_eq!(encore.header("location"), fait.header("location"), "sent twice, imported once");
    alix.get(fait.header("location"))
        .await
        .expect(200)
        .shows("2 stagiaires importés, ajoutés à la liste.")
        .shows("RUIZ Zoé");
}

#[tokio::test]
async fn des_lignes_collees_sans_titres_se_lisent_aussi() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    alix.get(&adresse).await.expect(200).shows("Ou coller des lignes");
    alix.post(&format!("{adresse}/lignes"), &[("lignes", "Ruiz\tZoé\t01/01/1980\r\nDupont\tJean\t2/2/82")])
        .await
        .expect(200)
        .shows("Deux stagiaires prêts à être importés");
    alix.post(&format!("{adresse}/lignes"), &[("lignes", "Ruiz Zoé, née en 80")])
        .await
        .expect(422)
        .shows("<a href=\"#lignes\">Copiez aussi la ligne des titres")
        .shows("Ruiz Zoé, née en 80</textarea>");
}

#[tokio::test]
async fn chaque_faute_est_dite_et_la_liste_revient_avec_ses_anomalies() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let liste = format!("{TITRES}Ruiz;Zoé;31/02/1990\r\n\r\nDup0nt;Jean;3/7/88\r\nPetit;;1/1/80\r\n");
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", liste.as_bytes())
        .await
        .expect(422)
        .shows("Deux points à corriger dans la liste")
        .shows("À corriger, Date de naissance :</strong> Ce jour n’existe pas dans le calendrier.")
        .shows("À vérifier, Prénom :</strong> Il manque le prénom.");
    assert!(!page.text().contains("Confirmer l’import"));
    let envoi = cache(&page, "liste");
    let fichier = alix.post(&format!("{adresse}/anomalies"), &[("liste", &envoi)]).await.expect(200);
    assert_eq!(fichier.header("content-type"), "text/csv; charset=utf-8");
    let texte = fichier.text();
    let lignes: Vec<&str> = texte.lines().collect();
    assert_eq!(lignes[0], "\u{feff}Nom de naissance;Prénom;Date de naissance;Anomalies");
    assert!(lignes[1].starts_with("Ruiz;Zoé;31/02/1990;Date de naissance : Ce jour n’existe pas"), "{texte}");
    assert_eq!(lignes[2], "", "the blank row stays, and the numbers with it");
    // Mended, it imports as it is.
    let corrigee = texte.replace("31/02", "28/02").replace("Dup0nt", "Dupont");
    envoyer(&app, &mut alix, &adresse, "corrigee.csv", corrigee.as_bytes())
        .await
        .expect(200)
        .shows("Trois stagiaires prêts à être importés");
}

#[tokio::test]
async fn une_ligne_qui_ressemble_a_quelqu_un_se_tranche_sur_la_page() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let session = declarer(&mut alix).await;
    let adresse = format!("{session}/stagiaires/import");
    let liste = format!("{TITRES}Ruiz;Zoé;01/01/1980\r\nRuis;Zoé;01/01/1980\r\n");
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", liste.as_bytes())
        .await
        .expect(422)
        .shows("Une ligne à trancher")
        .shows("Cette ligne ressemble à la ligne 2.");
    let (envoi, version) = (cache(&page, "liste"), cache(&page, "version"));
    let confirmation = format!("{adresse}/confirmation");
    alix.post(&confirmation, &[("liste", &envoi), ("version", &version)])
        .await
        .expect(422)
        .shows("<a href=\"#ligne-3\">Ligne 3 : dites si c’est quelqu’un d’autre");
    alix.post(&confirmation, &[("liste", &envoi), ("version", "0"), ("ligne-3", "autre")])
        .await
        .expect(409)
        .shows("value=\"autre\" checked");
    alix.post(&confirmation, &[("liste", &envoi), ("version", &version), ("ligne-3", "autre")])
        .await
        .expect(303);
    alix.post(&confirmation, &[("liste", "abîmée")]).await.expect(400);
}

#[tokio::test]
async fn deux_lignes_a_qui_l_on_repond_la_meme_personne_se_repondent_a_nouveau() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let ailleurs = declarer(&mut alix).await;
    let connue = [("nom_naissance", "Ollagnier"), ("prenom", "Jean"), ("date_naissance", "21/09/1979")];
    alix.post(&format!("{ailleurs}/stagiaires"), &connue).await.expect(303);
    let session = declarer(&mut alix).await;
    let adresse = format!("{session}/stagiaires/import");
    let liste = format!("{TITRES}Olagnier;Jean;21/09/1979\r\nOllagnié;Jean;21/09/1979\r\n");
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", liste.as_bytes())
        .await
        .expect(422)
        .shows("Deux lignes à trancher");
    let texte = page.text();
    let debut = texte.find("name=\"ligne-2\" value=\"").expect("a known person") + 22;
    let numero = &texte[debut..debut + 8];
    let (envoi, version) = (cache(&page, "liste"), cache(&page, "version"));
    let confirmation = format!("{adresse}/confirmation");
    let (liste, version) = (("liste", envoi.as_str()), ("version", version.as_str()));
    let meme = [liste, version, ("ligne-2", numero), ("ligne-3", numero)];
    alix.post(&confirmation, &meme)
        .await
        .expect(422)
        .shows("Deux lignes à trancher")
        .shows("<a href=\"#ligne-2\">Ligne 2 : la même personne est choisie à la ligne 3.")
        .shows("<a href=\"#ligne-3\">Ligne 3 : la même personne est choisie à la ligne 2.")
        .shows(&format!("name=\"ligne-2\" value=\"{numero}\" checked"))
        .shows(&format!("name=\"ligne-3\" value=\"{numero}\" checked"))
        .shows("Confirmer l’import");
    let change = [liste, version, ("ligne-2", numero), ("ligne-3", "autre")];
    alix.post(&confirmation, &change).await.expect(303);
}

#[tokio::test]
async fn qui_est_deja_inscrit_ailleurs_ces_jours_la_est_dit_a_qui_voit_cette_session() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let ailleurs = declarer(&mut alix).await;
    let connue = [("nom_naissance", "Ruis"), ("prenom", "Zoé"), ("date_naissance", "01/01/1980")];
    let faite = alix.post(&format!("{ailleurs}/stagiaires"), &connue).await.expect(303);
    let page = alix.get(faite.header("location")).await.expect(200).text();
    let debut = page.find("S-2026-").expect("its number");
    let numero = &page[debut..debut + 13];
    let mut bela = app.delegataire("Bela").await;
    let deja = format!("Déjà dans la session {numero}, le 30 novembre 2026");
    for (qui, voit) in [(&mut alix, true), (&mut bela, false)] {
        let session = declarer(qui).await;
        let voisine = [("nom_naissance", "Ruiz"), ("prenom", "Zoé"), ("date_naissance", "01/01/1980")];
        let formulaire = qui.post(&format!("{session}/stagiaires"), &voisine).await.expect(409);
        let lignes = format!("{TITRES}Ruiz;Zoé;01/01/1980\r\n");
        let import = format!("{session}/stagiaires/import/lignes");
        let liste = qui.post(&import, &[("lignes", &lignes)]).await.expect(422);
        for page in [formulaire.shows("C’est cette personne"), liste.shows("C’est cette personne")] {
            assert_eq!(page.text().contains(&deja), voit, "{deja}");
            assert_eq!(page.text().contains("Déjà dans"), voit);
        }
    }
}

#[tokio::test]
async fn des_lignes_masquees_s_importent_et_se_disent() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let titres = rangee(1, &["Nom de naissance", "Prénom", "Date de naissance"]);
    let filtree = |ligne: u32, nom: &str| {
        let rangee = rangee(ligne, &[nom, "Zoé", "01/01/1980"]);
        if nom == "Vidal" { rangee } else { rangee.replacen("<row", "<row hidden=\"1\"", 1) }
    };
    let noms = ["Ruiz", "Lenoir", "Petit", "Vidal", "Morel"];
    let lignes: String = (2..).zip(noms).map(|(ligne, nom)| filtree(ligne, nom)).collect();
    let fichier = xlsx(&format!("{titres}{lignes}"));
    envoyer(&app, &mut alix, &adresse, "liste.xlsx", &fichier)
        .await
        .expect(200)
        .shows("Cinq stagiaires prêts à être importés")
        .shows("Les lignes 2 à 4 et 6 sont masquées ou filtrées dans le classeur ; elles font pourtant partie de la liste.");
}

#[tokio::test]
async fn un_fichier_d_une_autre_nature_est_nomme_a_son_champ() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    envoyer(&app, &mut alix, &adresse, "liste.csv", b"%PDF-1.7")
        .await
        .expect(422)
        .shows("<title>Erreur : Importer une liste")
        .shows("<a href=\"#fichier\">Ce fichier est un document PDF, quel que soit son nom.");
    envoyer(&app, &mut alix, &adresse, "", b"").await.expect(422).shows("Choisissez un fichier");
}

#[tokio::test]
async fn le_modele_se_telecharge_en_trois_formats() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    for fin in ["csv", "xlsx", "ods"] {
        let modele = alix.get(&format!("/modeles/stagiaires.{fin}")).await.expect(200);
        let lu = forprev_web::feuilles::lecture::lire(&modele.bytes).expect("reads");
        let titres = lu.feuilles[0].rangees[0].cellules.values().map(forprev_web::feuilles::Cellule::texte);
        assert_eq!(
            titres.collect::<Vec<_>>().join(";"),
            "Civilité;Nom de naissance;Nom d'usage;Prénom;Date de naissance;E-mail;Numéro FORPREV"
        );
    }
    alix.get("/modeles/stagiaires.pdf").await.expect(404);
}

#[tokio::test]
async fn les_lignes_a_trancher_trop_nombreuses_se_montrent_page_apres_page() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let meme_jour = |rang: u8| {
        let lettre = |n: u8| char::from(b'a' + n);
        format!("Nom{}{};Jean;01/02/1980\r\n", lettre(rang / 26), lettre(rang % 26))
    };
    let lignes: String = (0..250).map(meme_jour).collect();
    let liste = format!("{TITRES}{lignes}");
    let mut page = envoyer(&app, &mut alix, &adresse, "liste.csv", liste.as_bytes())
        .await
        .expect(422)
        .shows("200 lignes sur 250 ; les autres vous seront montrées ensuite");
    let (envoi, version) = (cache(&page, "liste"), cache(&page, "version"));
    for derniere in [false, true] {
        assert!(page.bytes.len() < 200_000, "{}", page.bytes.len());
        let texte = page.text();
        let champs = (3..252).map(|ligne| format!("ligne-{ligne}"));
        let champs: Vec<String> =
            champs.filter(|champ| texte.contains(&format!("name=\"{champ}\""))).collect();
        let mut forme = vec![("liste", envoi.as_str()), ("version", version.as_str())];
        forme.extend(champs.iter().map(|champ| (champ.as_str(), "autre")));
        page = alix.post(&format!("{adresse}/confirmation"), &forme).await;
        if derniere {
            assert_eq!(champs.len(), 249, "answers to lines that are not shown are kept");
            page.expect(303);
            return;
        }
        assert_eq!(champs.len(), 200);
        page = page
            .expect(422)
            .shows("<a href=\"#ligne-251\">Ligne 251 : dites si c’est quelqu’un d’autre")
            .shows("type=\"hidden\" name=\"ligne-201\" value=\"autre\"");
    }
}

#[tokio::test]
async fn toute_faute_est_dite_meme_au_dela_de_deux_cents_lignes() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let lettre = |n: u16| char::from(b'a' + u8::try_from(n % 26).expect("a letter"));
    let nom = |rang: u16| format!("Nom{}{}", lettre(rang / 26), lettre(rang));
    // A fault below two hundred lines that only resemble one another.
    let semblables: String = (0..230).map(|rang| format!("{};Jean;01/02/1980\r\n", nom(rang))).collect();
    let liste = format!("{TITRES}{semblables}Fautif;Jean;31/02/1980\r\n");
    envoyer(&app, &mut alix, &adresse, "liste.csv", liste.as_bytes())
        .await
        .expect(422)
        .shows("Un point à corriger dans la liste, 229 lignes à trancher")
        .shows("FAUTIF Jean");
    // More faults than one page has lines.
    let fautives: String =
        (0..250).map(|rang| format!("{};Jean;31/02/19{}\r\n", nom(rang), 50 + rang / 5)).collect();
    let page =
        envoyer(&app, &mut alix, &adresse, "liste.csv", format!("{TITRES}{fautives}").as_bytes()).await;
    let page = page.expect(422).shows("200 lignes sur 250").shows("Plus loin dans la liste");
    let texte = page.text();
    let (_, plus_loin) = texte.split_once("Plus loin dans la liste").expect("a second part");
    for ligne in 202..=251 {
        assert!(plus_loin.contains(&ligne.to_string()), "line {ligne}");
    }
    // Nothing wrong: as many lines as a page has are there to be read again.
    let justes: String = (0..201)
        .map(|rang| format!("{};Jean;{:02}/01/{}\r\n", nom(rang), rang % 28 + 1, 1950 + rang / 5))
        .collect();
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", format!("{TITRES}{justes}").as_bytes()).await;
    page.shows("200 lignes sur 201 ; les autres n’appellent aucune remarque");
}

#[tokio::test]
async fn une_ligne_videe_n_est_plus_une_ligne() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let liste = "Nom de naissance;Prénom;Date de naissance;Anomalies\r\nRuiz;Zoé;01/01/1980;\r\n;;;Gardez une seule des deux lignes.\r\n";
    envoyer(&app, &mut alix, &adresse, "liste.csv", liste.as_bytes())
        .await
        .expect(200)
        .shows("Un stagiaire prêt à être importé");
}

#[tokio::test]
async fn qui_est_deja_dans_la_session_ne_se_choisit_pas() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let importer = format!("{TITRES}Ruiz;Zoé;01/01/1980\r\n");
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", importer.as_bytes()).await.expect(200);
    let (envoi, version) = (cache(&page, "liste"), cache(&page, "version"));
    let confirmation = format!("{adresse}/confirmation");
    alix.post(&confirmation, &[("liste", &envoi), ("version", &version)]).await.expect(303);
    let proche = format!("{TITRES}Ruis;Zoé;01/01/1980\r\n");
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", proche.as_bytes())
        .await
        .expect(422)
        .shows("Déjà dans cette session")
        .shows("Si c’est la même personne, retirez la ligne de la liste.");
    assert!(!page.text().contains("C’est cette personne"));
}

#[tokio::test]
async fn quelqu_un_d_autre_qui_est_connu_pourtant_se_verifie() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let titres = "Nom de naissance;Prénom;Date de naissance;Numéro FORPREV\r\n";
    let liste = format!("{titres}Ruiz;Zoé;01/01/1980;Quelqu’un d’autre\r\n");
    for (remarque, titre) in
        [("", "Un stagiaire prêt"), ("un second numéro sera attribué", "Un stagiaire prêt")]
    {
        let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
        let page = envoyer(&app, &mut alix, &adresse, "liste.csv", liste.as_bytes()).await;
        let page = page.expect(200).shows(titre).shows(remarque);
        let (envoi, version) = (cache(&page, "liste"), cache(&page, "version"));
        let confirmation = format!("{adresse}/confirmation");
        alix.post(&confirmation, &[("liste", &envoi), ("version", &version)]).await.expect(303);
    }
}

#[tokio::test]
async fn deux_cents_lignes_tiennent_sur_une_page_legere() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let ligne = |rang: u8| {
        let lettre = |n: u8| char::from(b'a' + n % 26);
        format!(
            "Nom{}{}x;Jean-Pierre;{:02}/02/19{}\r\n",
            lettre(rang),
            lettre(rang / 26),
            rang % 31,
            50 + rang / 4
        )
    };
    let liste: String = (0..200).map(ligne).collect();
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", format!("{TITRES}{liste}").as_bytes()).await;
    assert!(page.expect(422).bytes.len() < 150_000);
}
