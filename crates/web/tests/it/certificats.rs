//! Generating, downloading, holding certificates, as people do it.

use std::io::Read as _;

use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::IdentiteBrute;
use forprev_domain::session::Session;
use forprev_domain::utilisateur::Profil;
use forprev_store::{certificats, habilitations, personnes};
use jiff::civil::date;

use crate::app::{Answer, App, Browser};
use crate::chaine::{Chaine, FIN};

const GROUPE: [&str; 3] = ["Camille Aubry", "Łukasz Kowalczyk", "Ronan Le Bihan!"];

/// A gestionnaire with a session to generate.
async fn alix<'a>(chaine: &Chaine<'a>, niveau: Niveau, groupe: &[&str]) -> (Browser<'a>, Session) {
    let compte = chaine.compte;
    let alix = chaine.app.personne("Alix", &[Profil::Gestionnaire { compte }]).await;
    let session = chaine.a_traiter(&alix, niveau, groupe).await;
    (chaine.app.signed_in(&alix).await, session)
}

async fn generer(browser: &mut Browser<'_>, session: &Session) -> Answer {
    let chemin = format!("/sessions/{}/generation", session.id);
    browser.get(&chemin).await.expect(200);
    browser.post(&chemin, &[("version", &session.version.to_string())]).await
}

/// The numbers of a download page, in its order.
fn numeros(page: &Answer) -> Vec<String> {
    let html = page.text();
    html.split("href=\"/certificats/")
        .skip(1)
        .filter_map(|suite| suite.split_once(".pdf\""))
        // Not the pocket card, whose address begins alike.
        .filter(|(n, _)| !n.contains('/'))
        .map(|(n, _)| n.to_owned())
        .collect()
}

#[tokio::test]
async fn generer_dit_ce_qui_sera_emis_puis_mene_au_telechargement() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &GROUPE).await;
    let chemin = format!("/sessions/{}/generation", session.id);
    let page = alix.get(&chemin).await.expect(200);
    let page = page.shows("Générer 2 certificats ?").shows("valables jusqu’au 23 novembre 2028 inclus");
    let page = page.shows("KOWALCZYK Łukasz").shows("Aucun, en échec").shows("Générer les 2 certificats");
    let page = page.shows("Le 8 décembre").shows("Jusqu’au 7 décembre").shows("Lundi 7 est le dernier jour");
    insta::assert_snapshot!(sans_identifiants(&page, &session));
    let suite = format!("/sessions/{}/certificats", session.id);
    for _ in 0..2 {
        let fait = alix.post(&chemin, &[("version", &session.version.to_string())]).await.expect(303);
        assert_eq!(fait.header("location"), suite);
    }
    let page =
        alix.get(&suite).await.expect(200).shows("2 certificats générés").shows("lundi 7 décembre 2026");
    let page = page.shows("Aucun duplicata ne sera délivré pour le niveau acteur").shows("par Alix Essai");
    let numeros = numeros(&page);
    assert_eq!(numeros.len(), 2);
    let pdf = alix.get(&format!("/certificats/{}.pdf", numeros[1])).await.expect(200);
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(
        pdf.header("content-disposition").contains("KOWALCZYK%20%C5%81ukasz") || {
            pdf.header("content-disposition").contains("kowalczyk-lukasz")
        }
    );
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let tous = alix.get(&format!("{suite}.pdf")).await.expect(200);
    assert!(tous.bytes.starts_with(b"%PDF-"));
    // The confirm page now leads to what was generated.
    assert_eq!(alix.get(&chemin).await.expect(303).header("location"), suite);
}

/// What the page holds within its frame, without what is drawn at random.
fn sans_identifiants(page: &Answer, session: &Session) -> String {
    let golden = page.golden();
    let (_, contenu) = golden.split_once("<main").expect("a page");
    let (contenu, _) = contenu.split_once("</main>").expect("whole");
    contenu.replace(&session.id.to_string(), "ID").replace(session.numero.as_str(), "S-2026-NUMERO")
}

#[tokio::test]
async fn une_session_sans_reussite_se_clot_sans_certificat() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &["Ronan Le Bihan!"]).await;
    let page = alix.get(&format!("/sessions/{}/generation", session.id)).await.expect(200);
    page.shows("Clore la session sans certificat ?").shows("n’a indiqué aucune réussite");
    let fait = generer(&mut alix, &session).await.expect(303);
    let suite = fait.header("location").to_owned();
    alix.get(&suite).await.expect(200).shows("Session close sans certificat");
    alix.get(&format!("{suite}.zip")).await.expect(404);
}

#[tokio::test]
async fn ce_qui_s_oppose_a_la_generation_est_dit_avec_son_remede() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &GROUPE).await;
    app.clock("2026-11-22T22:59:59Z");
    let chemin = format!("/sessions/{}/generation", session.id);
    let page = alix.get(&chemin).await.expect(200);
    let page = page.shows("Les 2 certificats ne peuvent pas encore être générés");
    assert!(!page.text().contains("Générer les 2 certificats"), "no button");
    alix.post(&chemin, &[("version", &session.version.to_string())])
        .await
        .expect(422)
        .shows("lundi 23 novembre 2026");
    app.clock("2026-11-22T23:00:00Z");
    let compte = chaine.compte;
    app.write(move |tx| {
        for mut habilitation in habilitations::du_compte(tx, compte)? {
            habilitation.retiree_le = Some(date(2026, 11, 23));
            habilitations::modifier(tx, &habilitation)?;
        }
        Ok(())
    })
    .await;
    alix.get(&chemin).await.expect(200).shows("a été retirée le 23 novembre 2026").shows("Pour continuer :");
}

#[tokio::test]
async fn une_version_depassee_ne_genere_rien() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &GROUPE).await;
    let chemin = format!("/sessions/{}/generation", session.id);
    alix.get(&chemin).await.expect(200);
    let page = alix.post(&chemin, &[("version", "1")]).await.expect(409);
    page.shows("Modifiée par Karim Essai").shows("rien n’a été généré").shows("Générer les 2 certificats");
}

#[tokio::test]
async fn seuls_ceux_qui_declarent_generent_et_telechargent() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &GROUPE).await;
    let mut denis = app.delegataire("Denis").await;
    let mut karim = app.signed_in(&chaine.formateur).await;
    let mut root = app.administrateur("Root").await;
    let (generation, suite) =
        (format!("/sessions/{}/generation", session.id), format!("/sessions/{}/certificats", session.id));
    for (qui, attendu) in [(&mut denis, 404), (&mut karim, 403), (&mut root, 403)] {
        qui.get(&generation).await.expect(attendu);
    }
    generer(&mut alix, &session).await.expect(303);
    let numero = numeros(&alix.get(&suite).await)[0].clone();
    for (qui, attendu) in [(&mut denis, 404), (&mut karim, 403), (&mut root, 403)] {
        for chemin in [&suite, &format!("{suite}.pdf"), &format!("{suite}.zip")] {
            qui.get(chemin).await.expect(attendu);
        }
        qui.get(&format!("/certificats/{numero}.pdf")).await.expect(attendu);
    }
    app.visitor().get(&suite).await.expect(303);
}

#[tokio::test]
async fn apres_le_dernier_jour_seul_qui_peut_savoir_apprend_pourquoi() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &GROUPE).await;
    generer(&mut alix, &session).await.expect(303);
    let suite = format!("/sessions/{}/certificats", session.id);
    let numero = numeros(&alix.get(&suite).await)[0].clone();
    let fichier = format!("/certificats/{numero}.pdf");
    app.clock("2026-12-07T22:59:00Z");
    let mut alix = reconnecte(&app, "Alix").await;
    alix.get(&fichier).await.expect(200);
    app.clock("2026-12-07T23:00:00Z");
    alix.get(&suite).await.expect(404).shows("n’existe pas ou n’existe plus");
    alix.get(&format!("{suite}.zip")).await.expect(404);
    alix.get(&fichier)
        .await
        .expect(404)
        .shows("Aucun duplicata")
        .shows("Le téléchargement de ce certificat est terminé");
    let mut denis = app.delegataire("Denis").await;
    let page = denis.get(&fichier).await.expect(404);
    assert!(!page.text().contains("duplicata"));
}

/// Somebody already known, signed in again.
async fn reconnecte<'a>(app: &'a App, prenom: &str) -> Browser<'a> {
    let prenom = prenom.to_owned();
    let numero = app
        .write(move |tx| {
            let liste =
                forprev_store::personnes::lister(tx, Some(&prenom), forprev_store::Pagination::premiere(1))?;
            Ok(liste.elements[0].numero.clone())
        })
        .await;
    app.signed_in(&numero).await
}

#[tokio::test]
async fn l_archive_porte_des_noms_lisibles_avec_toutes_leurs_lettres() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let long = format!("Anne-{} {}", "Éléonore-".repeat(7) + "Zoé", "Ŵ".repeat(80));
    let groupe = ["Łukasz Kowalczyk", "Adjoua N’Guessan", "Łukasz Kowalczyk", "Ğizem Œuvrard-Şahin", &long];
    let (mut alix, session) = alix(&chaine, Niveau::Formateur, &groupe).await;
    generer(&mut alix, &session).await.expect(303);
    let zip = alix.get(&format!("/sessions/{}/certificats.zip", session.id)).await.expect(200);
    assert_eq!(zip.header("content-type"), "application/zip");
    assert_eq!(
        zip.header("content-disposition"),
        format!("attachment; filename=\"certificats-{}.zip\"", session.numero)
    );
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip.bytes)).expect("an archive");
    assert_eq!(archive.len(), 5);
    let mut noms = Vec::new();
    for rang in 0..archive.len() {
        let mut fichier = archive.by_index(rang).expect("a file");
        noms.push(fichier.name().expect("UTF-8").into_owned());
        let mut octets = Vec::new();
        fichier.read_to_end(&mut octets).expect("whole, its digest checked");
        assert!(octets.starts_with(b"%PDF-"));
    }
    for (nom, debut) in noms.iter().zip([
        "01 KOWALCZYK Łukasz SST-F-26-",
        "02 N’GUESSAN Adjoua SST-F-26-",
        "03 KOWALCZYK Łukasz SST-F-26-",
        "04 ŒUVRARD-ŞAHIN Ğizem SST-F-26-",
        "05 ŴŴŴ",
    ]) {
        assert!(nom.starts_with(debut) && nom.ends_with(".pdf") && nom.len() < 255, "{nom}");
    }
    noms.sort_unstable();
    noms.dedup();
    assert_eq!(noms.len(), 5);
}

#[tokio::test]
async fn le_formateur_garde_son_certificat_jusqu_au_dernier_jour() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Formateur, &["Inês Da Silva"]).await;
    generer(&mut alix, &session).await.expect(303);
    let numero = session.stagiaires[0].numero.clone().expect("known");
    let cle = numero.clone();
    let tenu = app.write(move |tx| Ok(certificats::du_titulaire(tx, &cle)?.remove(0))).await.numero;
    let fichier = format!("/certificats/{tenu}.pdf");
    let mut ines = app.signed_in(&numero).await;
    let page = ines.get("/mes-certificats").await.expect(200);
    page.shows("Sauveteur secouriste du travail (SST)")
        .shows("depuis le 23 novembre 2026, jusqu’au 23 novembre 2029");
    let premier = ines.get(&fichier).await.expect(200);
    app.clock("2029-11-23T22:45:00Z");
    let mut ines = app.signed_in(&numero).await;
    ines.get("/mes-certificats").await.expect(200).shows("dernier jour aujourd’hui");
    assert_eq!(ines.get(&fichier).await.expect(200).bytes, premier.bytes, "the same bytes");
    app.clock("2029-11-23T23:00:00Z");
    ines.get(&fichier).await.expect(404);
    ines.get("/mes-certificats")
        .await
        .expect(200)
        .shows("Vous ne tenez aucun certificat valable")
        .shows("Passés");
    let mut karim = app.signed_in(&chaine.formateur).await;
    karim.get("/mes-certificats").await.expect(200).shows("du 10 janvier 2025 au 9 janvier 2028");
    app.clock("2027-01-01T09:00:00Z");
    let mut karim = app.signed_in(&chaine.formateur).await;
    karim.get("/mes-certificats").await.expect(200).shows("Délivré ailleurs, sans fichier ici");
}

/// The form of a correction, as the page fills it, with these values instead.
fn identite<'v>(valeurs: &[(&'v str, &'v str)]) -> Vec<(&'v str, &'v str)> {
    let mut tout = vec![("nom_naissance", "Aubry"), ("prenom", "Camille"), ("date_naissance", "28/02/1990")];
    for (champ, valeur) in valeurs {
        tout.retain(|(connu, _)| connu != champ);
        tout.push((champ, valeur));
    }
    tout
}

#[tokio::test]
async fn le_gestionnaire_corrige_une_faute_apres_avoir_vu_ce_qui_change() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &GROUPE).await;
    generer(&mut alix, &session).await.expect(303);
    let suite = format!("/sessions/{}/certificats", session.id);
    let page =
        alix.get(&suite).await.expect(200).shows("Corriger<span class=\"vh\"> l’identité de Camille AUBRY");
    let ancien = numeros(&page)[0].clone();
    let chemin = format!("/certificats/{ancien}/correction");
    let page = alix.get(&chemin).await.expect(200).shows("Corriger l’identité de Camille AUBRY");
    let jour = page.text().split("name=\"date_naissance\"").nth(1).expect("a field").to_owned();
    let jour = jour.split("value=\"").nth(1).and_then(|v| v.split('"').next()).expect("a day").to_owned();
    insta::assert_snapshot!(sans_numeros(&page, &[&ancien], &session));
    let corps = identite(&[("date_naissance", &jour), ("prenom", "Camile")]);
    let page =
        alix.post(&chemin, &corps).await.expect(200).shows("Corriger le certificat de Camille AUBRY ?");
    insta::assert_snapshot!(sans_numeros(&page, &[&ancien], &session));
    alix.get(&format!("/verifier/{ancien}")).await.expect(200).shows("Camille AUBRY");
    let mut revenir = corps.clone();
    revenir.push(("revenir", "oui"));
    alix.post(&chemin, &revenir).await.expect(200).shows("value=\"Camile\"");
    for (valeurs, phrase) in [
        (identite(&[("date_naissance", &jour)]), "Cette identité est déjà celle du certificat."),
        (
            identite(&[("date_naissance", &jour), ("prenom", "Camélia")]),
            "revient à l’administrateur du réseau",
        ),
        (identite(&[("date_naissance", &jour), ("prenom", "")]), "Indiquez le prénom."),
        (identite(&[("date_naissance", "31/02/1990"), ("prenom", "Camile")]), "Date de naissance"),
    ] {
        let page = alix.post(&chemin, &valeurs).await.expect(422).shows(phrase);
        page.shows("Erreur :").shows("value=\"Aubry\"");
    }
    let mut confirme = corps.clone();
    confirme.push(("confirme", "oui"));
    let fait = alix.post(&chemin, &confirme).await.expect(303);
    let page = alix.get(fait.header("location")).await.expect(200).shows("L’identité est corrigée");
    let page = page.shows("AUBRY Camile").shows("Ne valent plus").shows("remplacé par");
    let nouveau = numeros(&page)[0].clone();
    assert_ne!(nouveau, ancien);
    assert_eq!(numeros(&page).len(), 2);
    alix.post(&chemin, &confirme).await.expect(409).shows(&format!("est remplacé par {nouveau}"));
    alix.get(&format!("/certificats/{ancien}.pdf")).await.expect(404).shows(&nouveau);
    alix.get(&format!("/verifier/{ancien}"))
        .await
        .expect(200)
        .shows(&format!("href=\"/verifier/{nouveau}\""));
}

/// What the page holds within its frame, these numbers named by their rank.
fn sans_numeros(page: &Answer, numeros: &[&str], session: &Session) -> String {
    let contenu = sans_identifiants(page, session);
    numeros
        .iter()
        .enumerate()
        .fold(contenu, |texte, (rang, numero)| texte.replace(numero, &format!("NUMERO-{rang}")))
}

#[tokio::test]
async fn une_identite_corrigee_qui_ressemble_a_quelqu_un_se_confirme() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &["Camille Aubry"]).await;
    generer(&mut alix, &session).await.expect(303);
    let jour = session.stagiaires[0].identite.date_naissance.expect("a day");
    let voisine = IdentiteBrute {
        nom_naissance: Some("Aubry".to_owned()),
        prenom: Some("Camile".to_owned()),
        date_naissance: Some(jour.to_string()),
        ..IdentiteBrute::default()
    };
    let voisine = voisine.lire(FIN).expect("valid").complete().expect("complete");
    let instant = app.program.clock.moment().instant;
    let voisine = app.write(move |tx| Ok(personnes::creer(tx, &voisine, None, instant)?.numero)).await;
    let ancien = numeros(&alix.get(&format!("/sessions/{}/certificats", session.id)).await)[0].clone();
    let chemin = format!("/certificats/{ancien}/correction");
    let jour = jour.strftime("%d/%m/%Y").to_string();
    let mut corps = identite(&[("date_naissance", &jour), ("prenom", "Camile")]);
    let page = alix.post(&chemin, &corps).await.expect(200).shows("Une personne connue ressemble à celle-ci");
    page.shows(&format!("numéro {voisine}")).shows("C’est quelqu’un d’autre");
    corps.push(("confirme", "oui"));
    alix.post(&chemin, &corps).await.expect(422).shows("aucune de ces personnes").shows("value=\"Camile\"");
    corps.push(("connue", "autre"));
    alix.post(&chemin, &corps).await.expect(303);
}

#[tokio::test]
async fn l_administrateur_trouve_un_certificat_le_corrige_et_le_revoque() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Formateur, &["Inês Da Silva", "Camille Aubry"]).await;
    generer(&mut alix, &session).await.expect(303);
    let numero = numeros(&alix.get(&format!("/sessions/{}/certificats", session.id)).await)[0].clone();
    let titulaire = session.stagiaires[0].numero.clone().expect("known");
    let fiche = format!("/certificats/{numero}");
    alix.get(&fiche).await.expect(403);
    alix.get(&format!("{fiche}/revocation")).await.expect(403);
    let mut root = app.administrateur("Root").await;
    let trouve = root.get(&format!("/personnes?q={}", numero.to_lowercase())).await.expect(303);
    assert_eq!(trouve.header("location"), fiche);
    root.get(&format!("/personnes/{titulaire}")).await.expect(200).shows(&format!("href=\"{fiche}\""));
    let page =
        root.get(&fiche).await.expect(200).shows("Valide").shows("Inês DA SILVA").shows("Ardoise Formation");
    page.shows(&format!("{fiche}/correction")).shows(&format!("{fiche}/revocation"));
    let jour = session.stagiaires[0].identite.date_naissance.expect("a day").strftime("%d/%m/%Y").to_string();
    let corps = [
        ("nom_naissance", "Da Silva Melo"),
        ("prenom", "Inês"),
        ("date_naissance", &jour),
        ("confirme", "oui"),
    ];
    let fait = root.post(&format!("{fiche}/correction"), &corps).await.expect(303);
    let page = root.get(fait.header("location")).await.expect(200).shows("L’identité est corrigée");
    page.shows("Inês DA SILVA MELO");
    let nouvelle = fait.header("location").trim_end_matches("?corrige").to_owned();
    root.get(&fiche).await.expect(200).shows("Remplacé").shows(&format!("href=\"{nouvelle}\""));
    let mut ines = app.signed_in(&titulaire).await;
    let page = ines.get("/mes-certificats").await.expect(200).shows("remplacé par");
    page.shows(&format!("href=\"{nouvelle}.pdf\""));
    ines.get(&format!("{fiche}.pdf")).await.expect(404).shows("est remplacé par");
    let revocation = format!("{nouvelle}/revocation");
    root.get(&revocation).await.expect(200).shows("Une révocation ne se défait pas");
    root.post(&revocation, &[("motif", " ")]).await.expect(422).shows("Indiquez le motif");
    root.post(&revocation, &[("motif", &"x".repeat(501))]).await.expect(422).shows("dépasse 500 caractères");
    let fait = root.post(&revocation, &[("motif", "Épreuves non passées <b>")]).await.expect(303);
    let page = root.get(fait.header("location")).await.expect(200).shows("Révoqué le lundi 23 novembre 2026");
    page.shows("Épreuves non passées &#60;b&#62;");
    root.post(&revocation, &[("motif", "encore")]).await.expect(409).shows("a été révoqué");
    // Nothing else made her a formateur: no profile is left, and she is signed out.
    ines.get("/mes-certificats").await.expect(303);
    let page = alix.get(&format!("/sessions/{}/certificats", session.id)).await.expect(200);
    page.shows("1 certificat généré").shows("révoqué par le réseau");
    root.get("/certificats/SST-A-26-00000-00000").await.expect(404);
    root.get("/certificats/x/revocation").await.expect(404);
}

#[tokio::test]
async fn la_correction_se_ferme_par_un_reglage() {
    let app = App::start_with(|config| config.corrections = false);
    let chaine = Chaine::new(&app).await;
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &GROUPE).await;
    generer(&mut alix, &session).await.expect(303);
    let page = alix.get(&format!("/sessions/{}/certificats", session.id)).await.expect(200);
    assert!(!page.text().contains("/correction"));
    let chemin = format!("/certificats/{}/correction", numeros(&page)[0]);
    let mut root = app.administrateur("Root").await;
    for qui in [&mut alix, &mut root] {
        qui.get(&chemin).await.expect(403).shows("ne corrige pas les certificats délivrés");
    }
}

#[tokio::test]
async fn les_cartes_de_poche_suivent_les_droits_des_certificats() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let groupe = ["Anaïs Lefèvre", "Karim Ardent", "Zoé Morel", "Łucja Kowalczyk"];
    let (mut alix, session) = alix(&chaine, Niveau::Acteur, &groupe).await;
    let cartes = format!("/sessions/{}/cartes.pdf", session.id);
    alix.get(&cartes).await.expect(409);
    generer(&mut alix, &session).await.expect(303);
    let planche = alix.get(&cartes).await.expect(200);
    assert_eq!(planche.header("content-type"), "application/pdf");
    let page = alix.get(&format!("/sessions/{}/certificats", session.id)).await.expect(200);
    assert!(page.text().contains(&format!("href=\"{cartes}\"")));
    let carte = page.text().split("href=\"").find_map(|suite| {
        let adresse = suite.split('"').next()?;
        adresse.starts_with("/cartes/").then(|| adresse.to_owned())
    });
    let carte = alix.get(&carte.expect("a link to a card")).await.expect(200);
    assert!(planche.bytes.starts_with(b"%PDF-") && carte.bytes.starts_with(b"%PDF-"));
    assert!(carte.bytes.len() < planche.bytes.len());
}
