//! Entering a session, from step 2 to the submission.

use forprev_domain::numero::Numero;
use forprev_domain::utilisateur::Profil;

use crate::app::{Answer, App, Browser};
use crate::chaine::Chaine;
use crate::saisie::cache;

/// The formateur of these stories, and a session that Alix has begun for the 30th of November.
async fn commencer(app: &App) -> (Numero, Browser<'_>, String) {
    let chaine = Chaine::new(app).await;
    let karim = chaine.formateur.clone();
    let mut alix = app.gestionnaire("Alix").await;
    alix.get("/sessions/nouvelle").await.expect(200);
    let values = [
        ("dispositif", "SST.acteur"),
        ("action", "initiale"),
        ("date_debut", "29/11/2026"),
        ("date_fin", "30/11/2026"),
        ("adresse", "14 rue du Port"),
        ("code_postal", "49100"),
    ];
    let answer = alix.post("/sessions/nouvelle", &values).await.expect(303);
    let adresse = answer.header("location").trim_end_matches("/informations?enregistrees").to_owned();
    (karim, alix, adresse)
}

async fn envoyer(qui: &mut Browser<'_>, page: &str, values: &[(&str, &str)]) -> Answer {
    let version = cache(&qui.get(page).await, "version");
    qui.post(page, &[&[("version", version.as_str())], values].concat()).await
}

async fn ajouter(qui: &mut Browser<'_>, adresse: &str, nom: &str, prenom: &str, jour: &str) -> Answer {
    let values = [("nom_naissance", nom), ("prenom", prenom), ("date_naissance", jour)];
    envoyer(qui, &format!("{adresse}/stagiaires"), &values).await
}

#[tokio::test]
async fn le_formateur_est_nomme_avec_sa_qualification() {
    let app = App::start();
    let (karim, mut alix, adresse) = commencer(&app).await;
    let page = format!("{adresse}/formateur");
    let numero = karim.to_string().to_lowercase();
    let answer = envoyer(&mut alix, &page, &[("numero", &numero), ("suite", "stagiaires")]).await.expect(303);
    assert_eq!(answer.header("location"), format!("{adresse}/stagiaires"));
    alix.get(&page)
        .await
        .expect(200)
        .shows("<title>Étape 2 sur 3 : Formateur animateur – Session S-2026-")
        .shows(&format!("Karim Essai, {karim}"))
        .shows("Qualification SST valide à la date de fin, jusqu’au 9 janvier 2028.");
    alix.get(&format!("{adresse}/stagiaires")).await.expect(200).shows("Karim Essai</li>");
}

#[tokio::test]
async fn un_numero_inconnu_et_celui_de_qui_n_est_pas_formateur_recoivent_les_memes_mots() {
    let app = App::start();
    let (_, mut alix, adresse) = commencer(&app).await;
    let denis = app.personne("Denis", &[]).await.to_string();
    let page = format!("{adresse}/formateur");
    for numero in ["ZZZ99999", denis.as_str()] {
        envoyer(&mut alix, &page, &[("numero", numero), ("suite", "stagiaires")]).await.expect(303);
        let answer = alix.get(&page).await.expect(200).shows(&format!(
            "Le numéro {numero} n’est pas celui d’un formateur SST à jour de sa qualification le 30 novembre 2026"
        ));
        assert!(!answer.text().contains("Denis"));
    }
    envoyer(&mut alix, &page, &[("numero", "12")]).await.expect(422).shows("value=\"12\"");
}

#[tokio::test]
async fn dix_stagiaires_se_saisissent_a_la_suite() {
    let app = App::start();
    let (_, mut alix, adresse) = commencer(&app).await;
    alix.get(&format!("{adresse}/stagiaires"))
        .await
        .expect(200)
        .shows("Aucun stagiaire pour le moment")
        .shows("vous pouvez encore en ajouter 10.");
    for (nom, prenom, jour) in [
        ("Aubry", "Camille", "14/2/91"),
        ("N’Guessan", "Adjoua", "08.08.1994"),
        ("Kowalczyk", "Łukasz", "1986-05-19"),
    ] {
        let answer = ajouter(&mut alix, &adresse, nom, prenom, jour).await.expect(303);
        let suite = answer.header("location").to_owned();
        alix.get(&suite)
            .await
            .expect(200)
            .shows(&format!("Ajouté à la liste : {prenom} {}.", nom.to_uppercase()))
            .shows("autofocus");
    }
    let liste = alix.get(&format!("{adresse}/stagiaires")).await.expect(200);
    let liste = liste
        .shows("<h2>3 stagiaires</h2>")
        .shows("AUBRY Camille")
        .shows("14/02/1991")
        .shows("Modifier<span class=\"vh\"> Łukasz KOWALCZYK</span>")
        .shows("3 ajoutés");
    assert!(!liste.text().contains("name=\"email\""), "an acteur is not asked for an e-mail");
}

#[tokio::test]
async fn une_identite_incomplete_se_garde_une_valeur_fausse_se_refuse() {
    let app = App::start();
    let (_, mut alix, adresse) = commencer(&app).await;
    ajouter(&mut alix, &adresse, "Aubry", "", "").await.expect(303);
    alix.get(&format!("{adresse}/stagiaires"))
        .await
        .shows("Incomplet : il manque le prénom et la date de naissance")
        .shows("1 ajouté, 1 à compléter");
    ajouter(&mut alix, &adresse, "Roy", "Zoé", "31/02/1990")
        .await
        .expect(422)
        .shows("<title>Erreur : Étape 3 sur 3")
        .shows("Ce jour n’existe pas dans le calendrier")
        .shows("value=\"31/02/1990\"")
        .shows("value=\"Roy\"");
    ajouter(&mut alix, &adresse, "", "", "")
        .await
        .expect(422)
        .shows("Saisissez au moins le nom de naissance");
}

#[tokio::test]
async fn une_personne_connue_est_proposee_dans_le_meme_formulaire() {
    let app = App::start();
    let (_, mut alix, adresse) = commencer(&app).await;
    let connue = app.personne("Jean", &[]).await.to_string();
    let page = format!("{adresse}/stagiaires");
    let identite = [("nom_naissance", "essai"), ("prenom", "Jean"), ("date_naissance", "3/7/88")];
    let proposee = envoyer(&mut alix, &page, &identite).await.expect(409);
    let proposee = proposee
        .shows("Cette personne est peut-être déjà connue")
        .shows("C’est cette personne : Jean ESSAI, naissance en 1988")
        .shows("C’est quelqu’un d’autre")
        .shows("value=\"3/7/88\"");
    let (version, pour) = (cache(&proposee, "version"), cache(&proposee, "propose_pour"));
    let avec = |connu: &str| {
        let mut values: Vec<(String, String)> =
            identite.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        for (nom, valeur) in
            [("version", version.as_str()), ("propose_pour", pour.as_str()), ("connu", connu)]
        {
            values.push((nom.to_owned(), valeur.to_owned()));
        }
        values.into_iter().filter(|(_, valeur)| !valeur.is_empty()).collect::<Vec<_>>()
    };
    async fn poster(qui: &mut Browser<'_>, page: &str, values: Vec<(String, String)>) -> Answer {
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        qui.post(page, &values).await
    }
    poster(&mut alix, &page, avec(""))
        .await
        .expect(409)
        .shows("Dites si c’est cette personne, ou quelqu’un d’autre.");
    // A choice made for one identity does not hold for another.
    let mut change = avec("autre");
    change[1].1 = "Jeann".to_owned();
    poster(&mut alix, &page, change).await.expect(409).shows("C’est quelqu’un d’autre");
    // Who was chosen is held against what is typed now.
    let mut change = avec(&connue);
    change[1].1 = "Gaëlle".to_owned();
    poster(&mut alix, &page, change).await.expect(422).shows(&connue);
    poster(&mut alix, &page, avec(&connue)).await.expect(303);
    alix.get(&page).await.shows(&connue).shows("ESSAI Jean");
    envoyer(&mut alix, &page, &identite)
        .await
        .expect(422)
        .shows("figure deux fois dans la session, ou y est déjà");
    // One difference: it is asked, and said where he already is.
    let voisine = [("nom_naissance", "essai"), ("prenom", "Jeann"), ("date_naissance", "3/7/88")];
    envoyer(&mut alix, &page, &voisine).await.expect(409).shows("Déjà dans cette session");
}

#[tokio::test]
async fn un_stagiaire_se_modifie_et_se_retire() {
    let app = App::start();
    let (_, mut alix, adresse) = commencer(&app).await;
    let answer = ajouter(&mut alix, &adresse, "Aubri", "Camille", "14/2/91").await.expect(303);
    let id = answer.header("location").split_once("ajoute=").expect("a line").1.to_owned();
    let ligne = format!("{adresse}/stagiaires/{id}");
    alix.get(&ligne).await.expect(200).shows("Modifier Camille AUBRI").shows("value=\"14/02/1991\"");
    let corrigee = [("nom_naissance", "Aubry"), ("prenom", "Camille"), ("date_naissance", "14/02/1991")];
    envoyer(&mut alix, &ligne, &corrigee).await.expect(303);
    alix.get(&format!("{adresse}/stagiaires")).await.shows("AUBRY Camille");
    let mut denis = app.gestionnaire("Denis").await;
    let version = cache(&alix.get(&ligne).await, "version");
    envoyer(
        &mut denis,
        &ligne,
        &[("nom_naissance", "Aubrie"), ("prenom", "Camille"), ("date_naissance", "14/02/1991")],
    )
    .await
    .expect(303);
    let mut values = corrigee.to_vec();
    values.push(("version", version.as_str()));
    alix.post(&ligne, &values)
        .await
        .expect(409)
        .shows("Modifiée par Denis Essai à 10:00")
        .shows("data-l=\"Enregistré\">Aubrie</td>");
    alix.get(&format!("{ligne}/retrait")).await.expect(200).shows("Retirer Camille AUBRIE de la session ?");
    envoyer(&mut alix, &format!("{ligne}/retrait"), &[]).await.expect(303);
    alix.get(&format!("{adresse}/stagiaires?retire")).await.shows("Aucun stagiaire pour le moment");
    alix.get(&ligne).await.expect(404);
}

#[tokio::test]
async fn le_recapitulatif_mene_aux_champs_puis_soumet() {
    let app = App::start();
    let (karim, mut alix, adresse) = commencer(&app).await;
    let page = format!("{adresse}/recapitulatif");
    ajouter(&mut alix, &adresse, "Aubry", "", "14/2/91").await.expect(303);
    let incomplet = alix.get(&page).await.expect(200);
    let incomplet = incomplet
        .shows("Deux points à corriger avant de soumettre")
        .shows(&format!("<a href=\"{adresse}/formateur#numero\">Aucun formateur n’est indiqué.</a>"))
        .shows("#prenom\">Il manque pour Aubry : le prénom.</a>")
        .shows("disabled aria-describedby=\"pourquoi\"");
    let version = cache(&incomplet, "version");
    let soumission = format!("{adresse}/soumission");
    let values = [("version", version.as_str()), ("commentaire", "Groupe du matin")];
    alix.post(&soumission, &values).await.expect(422).shows("Groupe du matin</textarea>");

    let ligne = alix.get(&format!("{adresse}/stagiaires")).await.text();
    let ligne = ligne
        .split("/stagiaires/")
        .nth(1)
        .and_then(|suite| suite.split('"').next())
        .expect("a line")
        .to_owned();
    let ligne = format!("{adresse}/stagiaires/{ligne}");
    envoyer(
        &mut alix,
        &ligne,
        &[("nom_naissance", "Aubry"), ("prenom", "Camille"), ("date_naissance", "14/2/91")],
    )
    .await
    .expect(303);
    envoyer(&mut alix, &format!("{adresse}/formateur"), &[("numero", karim.as_str())]).await.expect(303);
    let pret = alix.get(&page).await.expect(200).shows("Tout est prêt à être soumis").shows("49100 Angers");
    let perimee = [("version", version.as_str()), ("commentaire", "Groupe du matin")];
    alix.post(&soumission, &perimee)
        .await
        .expect(409)
        .shows("Modifiée par vous-même")
        .shows("Groupe du matin</textarea>");
    let version = cache(&pret, "version");
    let values = [("version", version.as_str()), ("commentaire", "Groupe du matin")];
    let answer = alix.post(&soumission, &values).await.expect(303);
    assert_eq!(answer.header("location"), adresse);
    // Once submitted, the pages of entry lead to the session.
    for etape in ["informations", "formateur", "stagiaires", "recapitulatif", "suppression"] {
        let answer = alix.get(&format!("{adresse}/{etape}")).await.expect(303);
        assert_eq!(answer.header("location"), adresse, "{etape}");
    }
}

#[tokio::test]
async fn une_session_se_supprime_apres_une_question() {
    let app = App::start();
    let (_, mut alix, adresse) = commencer(&app).await;
    ajouter(&mut alix, &adresse, "Aubry", "Camille", "14/2/91").await.expect(303);
    let page = format!("{adresse}/suppression");
    let version = cache(&alix.get(&page).await.expect(200).shows("avec 1 stagiaire saisi"), "version");
    ajouter(&mut alix, &adresse, "Roy", "Zoé", "14/2/92").await.expect(303);
    alix.post(&page, &[("version", &version)]).await.expect(409).shows("avec 2 stagiaires saisis");
    envoyer(&mut alix, &page, &[]).await.expect(303);
    alix.get(&page).await.expect(404);
}

#[tokio::test]
async fn une_session_retournee_montre_ce_que_demande_le_formateur() {
    let app = App::start();
    let (karim, mut alix, adresse) = commencer(&app).await;
    ajouter(&mut alix, &adresse, "Aubry", "Camille", "14/2/91").await.expect(303);
    envoyer(&mut alix, &format!("{adresse}/formateur"), &[("numero", karim.as_str())]).await.expect(303);
    let version = cache(&alix.get(&format!("{adresse}/recapitulatif")).await, "version");
    alix.post(&format!("{adresse}/soumission"), &[("version", &version)]).await.expect(303);
    let id = adresse.trim_start_matches("/sessions/").to_owned();
    let demande = {
        let chaine = Chaine { app: &app, compte: app.ardoise().await, formateur: karim.clone() };
        chaine.demande(&karim).await
    };
    assert!(demande.requester.profils.contains(&Profil::Formateur));
    app.write(move |tx| {
        let id = forprev_domain::session::SessionId::parse(&id).expect("an id");
        let passage = forprev_web::sessions::passages::Passage {
            version: None,
            commentaire: Some("Il manque Jean Lefèvre.".to_owned()),
        };
        forprev_web::sessions::passages::retourner(tx, &demande, id, &passage)
    })
    .await;
    for etape in ["informations", "formateur", "stagiaires", "recapitulatif"] {
        alix.get(&format!("{adresse}/{etape}"))
            .await
            .expect(200)
            .shows("Karim Essai a retourné la session")
            .shows("« Il manque Jean Lefèvre. »");
    }
}

#[tokio::test]
async fn un_formateur_qui_a_deja_travaille_pour_le_compte_se_choisit_par_son_nom() {
    let app = App::start();
    let (karim, mut alix, adresse) = commencer(&app).await;
    let chaine = Chaine { app: &app, compte: app.ardoise().await, formateur: karim.clone() };
    let denis = app.personne("Denis", &[Profil::Delegataire { compte: chaine.compte }]).await;
    chaine.a_traiter(&denis, forprev_domain::dispositif::Niveau::Acteur, &["Zoé Roy"]).await;
    let page = format!("{adresse}/formateur");
    alix.get(&page)
        .await
        .expect(200)
        .shows("Formateurs qui ont déjà travaillé pour votre compte")
        .shows("<b>Karim ESSAI</b>")
        .shows("Qualification SST valide à la date de fin, jusqu’au 9 janvier 2028");
    let deux = [("formateur", karim.as_str()), ("numero", "ZZZ99999")];
    envoyer(&mut alix, &page, &deux).await.expect(422).shows("saisi un autre numéro").shows("ZZZ99999");
    envoyer(&mut alix, &page, &[("formateur", "autre")])
        .await
        .expect(422)
        .shows("Saisissez le numéro Forprev");
    envoyer(&mut alix, &page, &[("formateur", karim.as_str())]).await.expect(303);
    alix.get(&page).await.shows(&format!("value=\"{karim}\" checked"));
    // A délégataire knows only those who worked with himself (R10).
    let mut zoe = app.delegataire("Zoe").await;
    zoe.get("/sessions/nouvelle").await.expect(200);
    let values = [("dispositif", "SST.acteur"), ("date_fin", "30/11/2026"), ("suite", "formateur")];
    let answer = zoe.post("/sessions/nouvelle", &values).await.expect(303);
    let sienne = zoe.get(answer.header("location")).await.expect(200);
    assert!(!sienne.text().contains("Karim"));
}

#[tokio::test]
async fn le_niveau_formateur_demande_une_adresse_electronique() {
    let app = App::start();
    let (_, mut alix, _) = commencer(&app).await;
    alix.get("/sessions/nouvelle").await.expect(200);
    let values = [("dispositif", "SST.formateur"), ("date_fin", "30/11/2026"), ("suite", "formateur")];
    let answer = alix.post("/sessions/nouvelle", &values).await.expect(303);
    let adresse = answer.header("location").trim_end_matches("/formateur").to_owned();
    ajouter(&mut alix, &adresse, "Aubry", "Camille", "14/2/91").await.expect(303);
    alix.get(&format!("{adresse}/stagiaires"))
        .await
        .shows("name=\"email\"")
        .shows("Incomplet : il manque l’adresse électronique");
}

#[tokio::test]
async fn hors_delai_rien_ne_s_ajoute_et_rien_de_saisi_n_est_perdu() {
    let app = App::start();
    let (karim, _, adresse) = commencer(&app).await;
    app.clock("2027-03-01T09:00:00Z");
    let mut denis = app.gestionnaire("Denis").await;
    ajouter(&mut denis, &adresse, "Aubry", "Camille", "14/2/91")
        .await
        .expect(422)
        .shows("du 30 août 2026 au 28 février 2027")
        .shows("value=\"Camille\"");
    envoyer(&mut denis, &format!("{adresse}/formateur"), &[("numero", karim.as_str())])
        .await
        .expect(422)
        .shows(&format!("value=\"{karim}\""));
    denis
        .get(&format!("{adresse}/informations"))
        .await
        .expect(200)
        .shows("La saisie est close pour cette date")
        .shows("à corriger");
}

#[tokio::test]
async fn un_stagiaire_saisi_apres_la_fin_de_la_connexion_est_propose_a_nouveau() {
    let app = App::start();
    let (_, mut alix, adresse) = commencer(&app).await;
    let page = format!("{adresse}/stagiaires");
    alix.get(&page).await.expect(200);
    app.clock("2026-11-23T12:00:00Z");
    let values = [("nom_naissance", "Aubry"), ("prenom", "Camille")];
    alix.post(&page, &values).await.expect(401).shows("ce que vous aviez saisi vous sera proposé à nouveau");
}
