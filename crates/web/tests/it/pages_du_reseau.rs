//! The administrateur's pages: nobody else's; each form refused with all that was typed, then done, then written down.

use forprev_store::habilitations;
use jiff::civil::date;

use crate::app::App;

/// A form: its page, what is typed, what the refusal shows.
type Cas<'a> = (String, &'a [(&'a str, &'a str)], &'a [&'a str]);

#[tokio::test]
async fn les_pages_du_reseau_ne_sont_que_pour_lui() {
    let app = App::start();
    let equipe = app.equipe().await;
    let compte = equipe.compte;
    let habilitation =
        app.write(move |tx| Ok(habilitations::du_compte(tx, compte)?.pop())).await.expect("one").id;
    let karim = &equipe.karim;
    let pages = [
        "/comptes".to_owned(),
        "/comptes/nouveau".to_owned(),
        format!("/comptes/{compte}"),
        "/comptes/rien".to_owned(),
        format!("/comptes/{compte}/invitation"),
        format!("/comptes/{compte}/habilitations/nouvelle"),
        format!("/comptes/{compte}/utilisateurs/{}/retrait?profil=delegataire", equipe.hugo),
        "/habilitations".to_owned(),
        format!("/habilitations/{habilitation}"),
        "/personnes".to_owned(),
        "/personnes/formateur".to_owned(),
        format!("/personnes/{karim}"),
        "/dispositifs".to_owned(),
        "/dispositifs/nouveau".to_owned(),
        "/dispositifs/SST".to_owned(),
        "/journal".to_owned(),
        "/statistiques".to_owned(),
        "/courrier".to_owned(),
    ];
    let mut sacha = app.administrateur("Sacha").await;
    for page in &pages {
        let statut = if page.ends_with("/rien") { 404 } else { 200 };
        sacha.get(page).await.expect(statut);
        for mut autre in [equipe.claire().await, equipe.hugo().await, equipe.karim().await] {
            autre.get(page).await.expect(403).shows("Cette action ne vous revient pas");
        }
        app.visitor().get(page).await.expect(303);
    }
    for mut autre in [equipe.claire().await, equipe.hugo().await, equipe.karim().await] {
        autre.get("/aide").await.expect(200);
        for page in pages.iter().filter(|page| page.contains("nouve") || page.contains("invitation")) {
            autre.post(page, &[("raison_sociale", "Atlantique")]).await.expect(403);
        }
    }
}

#[tokio::test]
async fn chaque_formulaire_refuse_garde_ce_qui_est_saisi() {
    let app = App::start();
    let equipe = app.equipe().await;
    let compte = format!("/comptes/{}", equipe.compte);
    let mut sacha = app.administrateur("Sacha").await;
    let cas: [Cas<'_>; 5] = [
        (
            "/comptes/nouveau".to_owned(),
            &[("raison_sociale", "L’Écluse & fils"), ("siret", "7328293200007")],
            &["value=\"L’Écluse &#38; fils\"", "la saisie en compte 13", "Choisissez organisme de formation"],
        ),
        (
            format!("{compte}/habilitations/nouvelle"),
            &[("dispositif", "SST"), ("niveau", "acteur"), ("debut", "1/1/2027"), ("fin", "31/12/2026")],
            &["L’habilitation finit avant de commencer", "value=\"1/1/2027\"", "value=\"SST\" selected"],
        ),
        (
            format!("{compte}/invitation"),
            &[("profil", "gestionnaire"), ("prenom", "Zoé"), ("email", "zoe")],
            &["value=\"Zoé\"", "Indiquez le nom de naissance.", "href=\"#email\""],
        ),
        (
            "/personnes/formateur".to_owned(),
            &[("nom_naissance", "Le Goff"), ("dispositif-1", "SST"), ("fin-1", "jamais")],
            &["value=\"Le Goff\"", "value=\"jamais\"", "Indiquez le premier jour de validité"],
        ),
        (
            "/dispositifs/nouveau".to_owned(),
            &[("code", "G E P"), ("libelle", "Gestes"), ("acteur-min", "dix"), ("acteur-max", "2")],
            &["value=\"G E P\"", "Un code compte de 2 à 12 lettres", "href=\"#acteur-min\"", "value=\"dix\""],
        ),
    ];
    for (page, valeurs, attendus) in cas {
        sacha.get(&page).await.expect(200);
        let refus = sacha.post(&page, valeurs).await.expect(422).shows("<title>Erreur : ");
        let refus = attendus.iter().fold(refus, |refus, attendu| refus.shows(attendu));
        refus.shows("Rien de ce que vous avez saisi n’est perdu.");
    }
}

#[tokio::test]
async fn un_compte_s_ouvre_s_habilite_et_s_invite() {
    let app = App::start();
    app.equipe().await;
    let mut sacha = app.administrateur("Sacha").await;
    sacha.get("/comptes?q=atlantique").await.expect(200).shows("Aucun compte ne répond à cette recherche.");
    let nouveau = [("raison_sociale", "Atlantique"), ("siret", "732 829 320 00074"), ("genre", "entreprise")];
    let ouvert = sacha.post("/comptes/nouveau", &nouveau).await.expect(303);
    let fiche = ouvert.header("location").split('?').next().unwrap_or_default().to_owned();
    let page = sacha.get(ouvert.header("location")).await.expect(200).shows("Le compte est ouvert.");
    page.shows("Aucune habilitation n’est enregistrée.").shows("Personne ne déclare encore pour ce compte.");
    let debut = [("dispositif", "SST"), ("niveau", "acteur"), ("debut", "1/1/26"), ("fin", "31.12.2027")];
    let accordee = sacha.post(&format!("{fiche}/habilitations/nouvelle"), &debut).await.expect(303);
    let page = sacha.get(accordee.header("location")).await.expect(200);
    page.shows("L’habilitation est enregistrée.").shows("SST acteur").shows("31 décembre 2027");
    let zoe = [
        ("profil", "gestionnaire"),
        ("prenom", "Zoé"),
        ("nom_naissance", "Żółć-D’Artagnan"),
        ("date_naissance", "3/7/1990"),
        ("email", "zoe@exemple.fr"),
    ];
    let invitee = sacha.post(&format!("{fiche}/invitation"), &zoe).await.expect(303);
    let page = sacha.get(invitee.header("location")).await.expect(200).shows("ŻÓŁĆ-D’ARTAGNAN");
    let retrait = page.text();
    let retrait = retrait.split("href=\"").find(|lien| lien.contains("/retrait?")).unwrap_or_default();
    let retrait = retrait.split('"').next().unwrap_or_default().to_owned();
    sacha.get(&retrait).await.expect(200).shows("le profil gestionnaire ?");
    let chemin = retrait.split('?').next().unwrap_or_default();
    let fait = sacha.post(chemin, &[("profil", "gestionnaire")]).await.expect(303);
    sacha.get(fait.header("location")).await.expect(200).shows("Le profil est retiré");
    sacha.post(chemin, &[("profil", "gestionnaire")]).await.expect(404);
    let journal = sacha.get("/journal").await.expect(200);
    let journal = journal.shows("compte.ouvert").shows("habilitation.accordee").shows("profil.gestionnaire");
    assert!(!journal.text().contains("ARTAGNAN"), "ids only");
    sacha.get("/journal?controle").await.expect(200).shows("La chaîne est intacte");
    sacha.get("/journal?acte=compte.ouvert").await.expect(200).shows("1 inscription");
    sacha.get("/journal?acte=rien").await.expect(200).shows("Aucune inscription ne répond");
    sacha.get("/journal?depuis=hier&par=X").await.expect(200).shows("Erreur : ").shows("value=\"hier\"");
}

#[tokio::test]
async fn une_habilitation_modifiee_entre_temps_n_est_pas_ecrasee() {
    let app = App::start();
    let equipe = app.equipe().await;
    let compte = equipe.compte;
    let id = app.write(move |tx| Ok(habilitations::du_compte(tx, compte)?.pop())).await.expect("one").id;
    let page = format!("/habilitations/{id}");
    let mut sacha = app.administrateur("Sacha").await;
    let mut lou = app.administrateur("Lou").await;
    let ouverte = sacha.get(&page).await.expect(200).shows("value=\"14/01/2027\"");
    let lue = ouverte.hidden("lue");
    let sans_motif = [("fin", "14/01/2027"), ("suspendue_du", "1/12/2026"), ("lue", lue.as_str())];
    sacha.post(&page, &sans_motif).await.expect(422).shows("Écrivez le motif").shows("value=\"1/12/2026\"");
    let a_l_envers = [&sans_motif[..], &[("suspendue_au", "1/11/2026"), ("motif", "Dossier")]].concat();
    sacha.post(&page, &a_l_envers).await.expect(422).shows("Ces dates se contredisent");
    lou.get(&page).await.expect(200);
    lou.post(&page, &[("fin", "31/12/2026"), ("lue", lue.as_str())]).await.expect(303);
    let voulue = [&sans_motif[..], &[("motif", "Dossier incomplet")]].concat();
    let refus = sacha.post(&page, &voulue).await.expect(409).shows("Quelqu’un d’autre a modifié");
    let refus =
        refus.shows("Dernier jour : enregistré maintenant « 31/12/2026 », votre saisie « 14/01/2027 ».");
    let encore = refus.hidden("lue");
    let voulue = [("fin", "14/01/2027"), ("suspendue_du", "1/12/2026"), ("motif", "Dossier incomplet")];
    let fait = sacha.post(&page, &[&voulue[..], &[("lue", encore.as_str())]].concat()).await.expect(303);
    sacha.get(fait.header("location")).await.expect(200).shows("Valide, suspendue à partir du 1er décembre");
    let tenue = app.write(move |tx| Ok(habilitations::charger(tx, id)?)).await.expect("one");
    assert_eq!((tenue.fin, tenue.suspendue_du), (date(2027, 1, 14), Some(date(2026, 12, 1))));
}

#[tokio::test]
async fn formateurs_dispositifs_et_nombres_du_reseau() {
    let app = App::start();
    let equipe = app.equipe().await;
    equipe.terminee(date(2026, 11, 19), date(2026, 11, 20), 4, 1).await;
    let mut sacha = app.administrateur("Sacha").await;
    sacha.get("/personnes?q=introuvable").await.expect(200).shows("Personne ne répond à cette recherche.");
    sacha.get("/personnes?q=benali").await.expect(200).shows("BENALI Karim").shows("1 personne");
    let yann = [
        ("nom_naissance", "Le Goff"),
        ("prenom", "Yann"),
        ("date_naissance", "3/8/1979"),
        ("email", "yann@exemple.fr"),
        ("dispositif-1", "SST"),
        ("niveau-1", "formateur"),
        ("debut-1", "1/1/2026"),
    ];
    sacha.get("/personnes/formateur").await.expect(200);
    let inscrit = sacha.post("/personnes/formateur", &yann).await.expect(303);
    let page = sacha.get(inscrit.header("location")).await.expect(200);
    page.shows("délivré ailleurs").shows("depuis le 1er janvier 2026, sans limite").shows("Formateur");
    sacha.get("/dispositifs").await.expect(200).shows("SST").shows("Acteur : de 4 à 10 stagiaires");
    let valeurs = sacha
        .get("/dispositifs/SST")
        .await
        .expect(200)
        .shows("name=\"acteur-max\" type=\"text\" class=\"l-5\" value=\"10\"");
    assert_eq!(valeurs.text().matches("depuis le").count(), 2);
    let nouvelles = [
        ("libelle", "Sauveteur secouriste du travail"),
        ("a_partir_du", "1/1/2028"),
        ("acteur-min", "5"),
        ("acteur-max", "12"),
    ];
    let fait = sacha.post("/dispositifs/SST", &nouvelles).await.expect(303);
    let page = sacha.get(fait.header("location")).await.expect(200);
    page.shows("Les valeurs sont enregistrées.").shows("à partir du 1er janvier 2028");
    sacha.get("/dispositifs/INCONNU").await.expect(404);
    let page = sacha.get("/statistiques").await.expect(200).shows("3 certificats émis en 24 mois");
    page.shows("Novembre 2026").shows("SST acteur");
    sacha.get("/habilitations").await.expect(200).shows("Ardoise Formation").shows("14 janvier 2027");
    sacha.get("/tableau-de-bord").await.expect(200).shows("href=\"/comptes/");
}
