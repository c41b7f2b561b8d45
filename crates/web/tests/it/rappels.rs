//! Reminders: one mail a day, each thing told once, to whom it is of use and who wants it.

use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::Email;
use forprev_domain::numero::Numero;
use forprev_domain::stagiaire::Resultat;
use forprev_domain::utilisateur::Profil;
use forprev_store::courrier::{Boite, envoye, lister, prendre};
use forprev_store::{Pagination, personnes, utilisateurs};
use forprev_web::courrier::{Genre, render};
use forprev_web::rappels::envoyer;
use forprev_web::sessions::declaration::supprimer;
use forprev_web::sessions::passages::{Passage, reprendre};
use forprev_web::sessions::resultats::{Resultats, transmettre};
use jiff::SignedDuration;

use crate::app::{App, Moteur};
use crate::chaine::Chaine;

/// « SST acteur » with one trainee.
const GROUPE: [&str; 1] = ["Camille Aubry"];

impl App {
    /// Writes what is due at this instant and returns how many mails that makes.
    async fn rappels_le(&self, instant: &str) -> usize {
        self.clock(instant);
        envoyer(&self.program).await.expect("runs")
    }

    /// The reminders that wait to be sent: to whom, subject and text.
    async fn rappels(&self) -> Vec<(Numero, String)> {
        let aujourdhui = self.program.clock.moment().aujourdhui;
        let page = Pagination::premiere(100);
        let liste = self.write(move |tx| Ok(lister(tx, Boite::EnAttente, page, aujourdhui)?)).await;
        let rappels = liste.elements.into_iter().filter(|pli| pli.courrier.genre == Genre::Rappels.code());
        rappels
            .map(|pli| {
                let lettre = render(&self.program.config, Genre::Rappels, &pli.courrier.donnees);
                let lettre = lettre.expect("renders");
                let tout = format!("{}\n{}", lettre.sujet, lettre.texte).replace(['\u{a0}', '\u{202f}'], " ");
                (pli.courrier.destinataire, tout)
            })
            .collect()
    }

    /// The reminders of a person that wait to be sent.
    async fn rappel_a(&self, qui: &Numero) -> String {
        let rappels = self.rappels().await;
        rappels.into_iter().find(|(a, _)| a == qui).map(|(_, texte)| texte).unwrap_or_default()
    }

    /// The mail server takes all that waits.
    async fn tout_part(&self) {
        let moment = self.program.clock.moment();
        self.write(move |tx| {
            for pli in prendre(tx, 100, SignedDuration::ZERO, moment)? {
                envoye(tx, pli.id, moment.instant)?;
            }
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chacun_est_rappele_une_fois_de_ce_qui_l_attend() {
    for moteur in Moteur::TOUS {
        let app = App::start_on(moteur);
        let chaine = Chaine::new(&app).await;
        let compte = chaine.compte;
        let alix = app.personne("Alix", &[Profil::Gestionnaire { compte }]).await;
        let denis = app.personne("Denis", &[Profil::Delegataire { compte }]).await;
        let karim = chaine.formateur.clone();
        let soumise = chaine.soumise(&denis, Niveau::Acteur, &GROUPE).await;
        let brouillon = chaine.brouillon(&denis, Niveau::Acteur, &["Ronan Le Bihan"]).await;
        assert_eq!(app.rappels_le("2026-11-26T05:59:59Z").await, 0, "before seven in Paris");
        app.clock("2026-11-26T06:00:00Z");
        let (une, autre) = tokio::join!(envoyer(&app.program), envoyer(&app.program));
        assert_eq!(une.expect("runs") + autre.expect("runs"), 1, "two at once write one mail");
        assert_eq!(app.rappels_le("2026-11-26T12:00:00Z").await, 0);
        let texte = app.rappel_a(&karim).await;
        assert!(texte.contains(&format!("Rappel : session {} à vérifier", soumise.numero)), "{texte}");
        assert!(texte.contains(&format!("http://forprev.test/sessions/{}", soumise.id)), "{texte}");
        assert!(!texte.to_lowercase().contains("aubry"), "no trainee is named: {texte}");
        app.tout_part().await;
        assert_eq!(app.rappels_le("2026-11-27T06:00:00Z").await, 0, "told once");
        // The service was down on the tenth day: it is told on the next.
        assert_eq!(app.rappels_le("2026-12-04T06:00:00Z").await, 2);
        assert!(app.rappel_a(&denis).await.contains("n’a pas transmis les résultats"));
        app.tout_part().await;
        // The draft may be submitted until 23 February.
        assert_eq!(app.rappels_le("2027-01-23T06:00:00Z").await, 0);
        assert_eq!(app.rappels_le("2027-01-24T06:00:00Z").await, 1);
        assert!(app.rappel_a(&denis).await.contains("jusqu’au mardi 23 février 2027 inclus"));
        app.tout_part().await;
        // Both are deleted on 23 May: one mail to each who may do something about it.
        assert_eq!(app.rappels_le("2027-04-22T05:00:00Z").await, 2);
        for qui in [&alix, &denis] {
            let texte = app.rappel_a(qui).await;
            assert!(texte.starts_with("2 rappels : "), "{texte}");
            for session in [&soumise, &brouillon] {
                assert!(texte.contains(session.numero.as_str()), "{texte}");
            }
        }
        // What waits of a session that is deleted is gone, the rest of its mails stays.
        let (demande, id) = (chaine.demande(&alix).await, brouillon.id);
        app.write(move |tx| supprimer(tx, &demande, id, None)).await;
        let texte = app.rappel_a(&alix).await;
        assert!(
            texte.starts_with("Rappel : la session ") && texte.contains(soumise.numero.as_str()),
            "{texte}"
        );
        assert!(app.rappels().await.iter().all(|(_, texte)| !texte.contains(brouillon.numero.as_str())));
        app.tout_part().await;
        // Habilitations end on 31 December, Karim's qualification on 9 January.
        assert_eq!(app.rappels_le("2027-10-02T06:00:00Z").await, 1);
        assert!(app.rappel_a(&alix).await.contains("Habilitation SST acteur\nArdoise Formation\n"));
        app.tout_part().await;
        assert_eq!(app.rappels_le("2027-10-11T06:00:00Z").await, 1);
        assert!(app.rappel_a(&karim).await.contains("Votre certificat de formateur de formateurs SST"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ce_qui_n_a_pu_partir_est_mis_a_jour_chaque_matin() {
    for moteur in Moteur::TOUS {
        let app = App::start_on(moteur);
        let chaine = Chaine::new(&app).await;
        let denis = app.personne("Denis", &[Profil::Delegataire { compte: chaine.compte }]).await;
        let karim = chaine.formateur.clone();
        let premiere = chaine.soumise(&denis, Niveau::Acteur, &GROUPE).await;
        let seconde = chaine.soumise(&denis, Niveau::Acteur, &["Ronan Le Bihan"]).await;
        assert_eq!(app.rappels_le("2026-11-26T06:00:00Z").await, 1);
        assert!(app.rappel_a(&karim).await.starts_with("2 rappels : "));
        // No mail server answers. The next morning one of the two has its results.
        let demande = chaine.demande(&karim).await;
        let lus: Resultats = premiere.stagiaires.iter().map(|ligne| (ligne.id, Resultat::Reussite)).collect();
        let (passage, id) = (Passage { version: None, commentaire: None }, premiere.id);
        app.write(move |tx| transmettre(tx, &demande, id, &passage, &lus)).await;
        assert_eq!(app.rappels_le("2026-11-27T06:00:00Z").await, 1);
        assert_eq!(app.rappels_le("2026-11-27T07:00:00Z").await, 0);
        let rappels = app.rappels().await;
        assert_eq!(rappels.len(), 1, "the same mail, written anew");
        let texte = &rappels[0].1;
        assert!(texte.starts_with(&format!("Rappel : session {} à vérifier", seconde.numero)), "{texte}");
        // Then the other one is taken back: nothing is left to say.
        let (demande, id) = (chaine.demande(&denis).await, seconde.id);
        let passage = Passage { version: None, commentaire: None };
        app.write(move |tx| reprendre(tx, &demande, id, &passage)).await;
        assert_eq!(app.rappels_le("2026-11-28T06:00:00Z").await, 0);
        assert_eq!(app.rappels().await, []);
    }
}

#[tokio::test]
async fn deux_instances_ecrivent_un_courrier() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let claire = app.personne("Claire", &[Profil::Gestionnaire { compte: chaine.compte }]).await;
    chaine.soumise(&claire, Niveau::Acteur, &GROUPE).await;
    let seconde = app.second_instance();
    app.clock("2026-12-03T06:00:00Z");
    let (une, autre) = tokio::join!(envoyer(&app.program), envoyer(&seconde));
    assert_eq!((une.expect("runs") + autre.expect("runs"), app.rappels().await.len()), (2, 2));
}

#[tokio::test]
async fn qui_n_y_peut_plus_rien_n_est_pas_rappele() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let compte = chaine.compte;
    let denis = app.personne("Denis", &[Profil::Delegataire { compte }]).await;
    let alix = app.personne("Alix", &[Profil::Gestionnaire { compte }]).await;
    let sans_adresse = app.personne("Ines", &[Profil::Gestionnaire { compte }]).await;
    let session = chaine.soumise(&denis, Niveau::Acteur, &GROUPE).await;
    let (parti, muette) = (denis.clone(), sans_adresse.clone());
    // Somebody who has an address and a profile, but no account.
    let sans_compte = session.stagiaires[0].numero.clone().expect("is known");
    let (camille, adresse) = (sans_compte.clone(), Email::parse("camille@exemple.fr").expect("an address"));
    let le = app.program.clock.moment().instant;
    app.write(move |tx| {
        utilisateurs::donner_profil(tx, &camille, Profil::Gestionnaire { compte }, le)?;
        personnes::changer_email(tx, &camille, Some(&adresse))?;
        utilisateurs::retirer_profil(tx, &parti, Profil::Delegataire { compte })?;
        Ok(personnes::changer_email(tx, &muette, None)?)
    })
    .await;
    // Denis has left: his session is the gestionnaires' to mind.
    assert_eq!(app.rappels_le("2026-12-03T06:00:00Z").await, 2);
    for qui in [&denis, &sans_adresse, &sans_compte] {
        assert_eq!(app.rappel_a(qui).await, "");
    }
    assert!(app.rappel_a(&alix).await.contains(session.numero.as_str()));
}

#[tokio::test]
async fn chacun_choisit_ses_rappels() {
    let app = App::start();
    let chaine = Chaine::new(&app).await;
    let claire = app.personne("Claire", &[Profil::Gestionnaire { compte: chaine.compte }]).await;
    chaine.soumise(&claire, Niveau::Acteur, &GROUPE).await;
    let mut navigateur = app.signed_in(&claire).await;
    let page = navigateur.get("/mes-rappels").await.expect(200).shows("claire@exemple.fr");
    assert_eq!(page.text().matches(" checked>").count(), 5, "all, as long as nothing was chosen");
    insta::assert_snapshot!(page.golden());
    let voulus = [("rappel", "soumission"), ("rappel", "suppression"), ("rappel", "qualification")];
    let suite = navigateur.post("/mes-rappels", &voulus).await.expect(303);
    assert_eq!(suite.header("location"), "/mes-rappels?enregistres");
    let page = navigateur.get("/mes-rappels?enregistres").await.expect(200);
    let page = page.shows("Vos choix sont enregistrés.");
    assert_eq!(page.text().matches(" checked>").count(), 2);
    navigateur.forget_token();
    navigateur.post("/mes-rappels", &voulus).await.expect(403);
    // Karim is still told of his silence, Claire is not.
    assert_eq!(app.rappels_le("2026-12-03T06:00:00Z").await, 1);
    assert_eq!(app.rappel_a(&claire).await, "");
    let mut karim = app.signed_in(&chaine.formateur).await;
    karim.get("/mes-rappels").await.expect(200).shows("Votre certificat de formateur qui prend fin");
    let mut sacha = app.administrateur("Sacha").await;
    sacha.get("/mes-rappels").await.expect(200).shows("Aucun rappel n’est envoyé à votre profil.");
    app.visitor().get("/mes-rappels").await.expect(303);
}
