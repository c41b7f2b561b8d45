//! R5b and revocation: what may still happen to a certificate, and what its number answers then.

use std::io::{Cursor, Read as _};

use forprev_domain::numero::Numero;
use forprev_store::acces;
use serde_json::{Value, json};

use super::acteurs::{Acteur, Moteur, Reseau, texte};
use super::seances::{Scene, chemin};

/// A generated session, its certificates and the line of the first holder.
async fn delivres(scene: &Scene<'_>, nombre: usize) -> (String, Vec<String>, Value) {
    let (session, liste) = scene.terminee(nombre, 0).await;
    let numeros = liste.as_array().expect("a list").iter().map(|c| texte(c, "numero")).collect();
    (chemin(&session), numeros, session["stagiaires"][0].clone())
}

async fn corriger(qui: &Acteur<'_>, numero: &str, corps: Value) -> crate::app::Answer {
    qui.post(&format!("/certificats/{numero}/correction"), corps).await
}

/// The name with its last letters changed: so many edits.
fn a_ecarts(nom: &str, ecarts: usize) -> String {
    let garde = nom.chars().count() - ecarts;
    nom.chars().take(garde).chain("qqqqqq".chars().take(ecarts)).collect()
}

#[tokio::test]
async fn un_certificat_corrige_en_remplace_un_autre_partout_a_la_fois() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let (route, numeros, ligne) = delivres(&scene, 3).await;
        let avant = scene.alix.get(&route).await.expect(200).json();
        let corps = json!({ "prenom": a_ecarts(&texte(&ligne, "prenom"), 1) });
        let cle = scene.alix.avec_cle("correction");
        let nouveau = corriger(&cle, &numeros[0], corps.clone()).await.expect(201).json();
        assert_eq!(
            corriger(&cle, &numeros[0], corps.clone()).await.expect(201).json(),
            nouveau,
            "the same answer"
        );
        let numero = texte(&nouveau, "numero");
        assert_ne!(numero, numeros[0]);
        assert_eq!(nouveau["stagiaire"], ligne["id"]);
        assert!(texte(&nouveau, "titulaire").starts_with(&texte(&corps, "prenom")));

        let ancien = reseau.personne().get(&format!("/verification/{}", numeros[0])).await.expect(200).json();
        assert_eq!((&ancien["etat"], &ancien["remplace_par"]), (&json!("remplace"), &json!(numero)));
        let actuel = reseau.personne().get(&format!("/verification/{numero}")).await.expect(200).json();
        assert_eq!((&actuel["etat"], &actuel["titulaire"]), (&json!("valide"), &nouveau["titulaire"]));

        let liste = scene.alix.get(&format!("{route}/certificats")).await.expect(200).json();
        assert_eq!(liste.as_array().expect("a list").len(), 3);
        assert_eq!(liste[0], nouveau, "at the place of the old one");
        let apres = scene.alix.get(&route).await.expect(200).json();
        assert_eq!(apres["stagiaires"][0]["numero"], ligne["numero"], "the same numéro");
        assert_eq!(apres["stagiaires"][0]["prenom"], corps["prenom"]);
        assert_eq!(apres["stagiaires"][0]["resultat"], "reussite");
        for champ in ["disparait_le", "generee_le", "etat", "version"] {
            assert_eq!(apres[champ], avant[champ], "{champ}");
        }

        scene.alix.get(&format!("/certificats/{numero}.pdf")).await.expect(200);
        let vieux = scene.alix.get(&format!("/certificats/{}.pdf", numeros[0])).await;
        assert!(vieux.refuse(404, "certificat_remplace").text().contains(&numero));
        assert_eq!(
            noms_du_zip(&scene.alix, &route).await.iter().filter(|nom| nom.contains(&numero)).count(),
            1
        );

        corriger(&scene.alix, &numeros[0], corps.clone()).await.refuse(409, "certificat_remplace");
        corriger(&scene.alix, &numero, corps).await.refuse(422, "identite_inchangee");
        let actes = journal(&reseau, &format!("certificat:{}", numeros[0])).await;
        assert_eq!(actes, ["certificat.emis", "certificat.remplace"]);
    }
}

async fn noms_du_zip(qui: &Acteur<'_>, route: &str) -> Vec<String> {
    let zip = qui.get(&format!("{route}/certificats.zip")).await.expect(200);
    let mut archive = zip::ZipArchive::new(Cursor::new(zip.bytes)).expect("an archive");
    let mut noms = Vec::new();
    for rang in 0..archive.len() {
        let mut fichier = archive.by_index(rang).expect("a file");
        noms.push(fichier.name().expect("UTF-8").into_owned());
        fichier.read_to_end(&mut Vec::new()).expect("whole");
    }
    noms
}

async fn journal(reseau: &Reseau, objet: &str) -> Vec<String> {
    let objet = objet.to_owned();
    let lu = reseau.app.program.read(move |tx| {
        let filtre =
            forprev_store::journal::FiltreJournal { objet: Some(objet.clone()), ..Default::default() };
        Ok(forprev_store::journal::lister(tx, &filtre, forprev_store::Pagination::premiere(20))?)
    });
    let mut actes: Vec<_> = lu.await.expect("reads").elements.into_iter().map(|e| e.entree.acte).collect();
    actes.reverse();
    actes
}

#[tokio::test]
async fn une_faute_de_saisie_est_au_compte_le_reste_a_l_administrateur() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let ailleurs = reseau.nouveau_compte("Ailleurs Formation").await;
    let zoe = reseau.utilisateur("Zoé", "gestionnaire", &ailleurs).await;
    let bea = reseau.gestionnaire("Béa").await;
    let denis = reseau.delegataire("Denis").await;
    let administrateur = reseau.administrateur();
    let (_, numeros, ligne) = delivres(&scene, 2).await;
    let nom = texte(&ligne, "nom_naissance");
    let titulaire = reseau.acteur(&texte(&ligne, "numero")).await;
    let mut numero = numeros[0].clone();
    for (qui, corps, status, code) in [
        (&zoe, json!({ "nom_naissance": a_ecarts(&nom, 1) }), 404, "introuvable"),
        (&denis, json!({ "nom_naissance": a_ecarts(&nom, 1) }), 404, "introuvable"),
        (&scene.karim, json!({ "nom_naissance": a_ecarts(&nom, 1) }), 403, "interdit"),
        (&titulaire, json!({ "nom_naissance": a_ecarts(&nom, 1) }), 403, "interdit"),
        (&bea, json!({ "nom_naissance": a_ecarts(&nom, 3) }), 403, "correction_reservee"),
        (&bea, json!({ "date_naissance": "1951-12-31" }), 403, "correction_reservee"),
        (&bea, json!({}), 422, "identite_inchangee"),
        (&bea, json!({ "prenom": null }), 422, "identite_incomplete"),
        (&bea, json!({ "prenom": "R2D2" }), 422, "identite_invalide"),
        (&bea, json!({ "date_naissance": "2025-01-01" }), 422, "identite_invalide"),
        (&bea, json!({ "prenom": 12 }), 400, "demande_illisible"),
        (&bea, json!({ "nom_naissance": a_ecarts(&nom, 1) }), 201, ""),
        (&bea, json!({ "nom_naissance": a_ecarts(&nom, 2) }), 201, ""),
        (&bea, json!({ "nom_naissance": a_ecarts(&nom, 3) }), 403, "correction_reservee"),
        (&administrateur, json!({ "nom_naissance": "Tout-Autre", "prenom": "Nom" }), 201, ""),
        (&bea, json!({ "nom_naissance": "Tout-Autr" }), 403, "correction_reservee"),
    ] {
        let reponse = corriger(qui, &numero, corps.clone()).await;
        if status == 201 {
            numero = texte(&reponse.expect(201).json(), "numero");
        } else {
            reponse.refuse(status, code);
        }
    }
    corriger(&reseau.administrateur(), "SST-A-26-00000-00000", json!({})).await.refuse(404, "introuvable");
}

#[tokio::test]
async fn une_personne_connue_ailleurs_est_a_l_administrateur() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let (_, numeros, ligne) = delivres(&scene, 1).await;
    let corps = json!({ "prenom": a_ecarts(&texte(&ligne, "prenom"), 1) });
    let titulaire = Numero::parse(&texte(&ligne, "numero")).expect("a numéro");
    let le = reseau.app.program.clock.moment().instant;
    let ecrit = reseau.app.program.write(move |tx| {
        acces::ouvrir(tx, &titulaire, le)?;
        Ok(acces::choisir_mot_de_passe(tx, &titulaire, "condensé", le)?)
    });
    ecrit.await.expect("activates");
    corriger(&scene.alix, &numeros[0], corps.clone()).await.refuse(403, "correction_reservee");
    corriger(&reseau.administrateur(), &numeros[0], corps).await.expect(201);
}

#[tokio::test]
async fn une_correction_ne_fait_pas_d_une_personne_une_autre() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let (_, numeros, ligne) = delivres(&scene, 2).await;
    let (prenom, jour) = (texte(&ligne, "prenom"), texte(&ligne, "date_naissance"));
    let sosie = json!({ "nom_naissance": a_ecarts(&texte(&ligne, "nom_naissance"), 2), "prenom": prenom,
        "date_naissance": jour, "autre_personne": true });
    let autre = scene.brouillon(0).await;
    let autre =
        scene.alix.post(&format!("{}/stagiaires", chemin(&autre)), sosie.clone()).await.expect(201).json();
    let corps = json!({ "nom_naissance": sosie["nom_naissance"] });
    let refus =
        corriger(&scene.alix, &numeros[0], corps.clone()).await.refuse(409, "doublon_a_trancher").json();
    assert_eq!(refus["propositions"][0]["numero"], autre["numero"]);
    assert_eq!(refus["propositions"][0]["verdict"], "certain");
    let lui = json!({ "nom_naissance": sosie["nom_naissance"], "numero": autre["numero"] });
    corriger(&scene.alix, &numeros[0], lui).await.refuse(422, "identite_differente");
    let deux = json!({ "nom_naissance": sosie["nom_naissance"], "autre_personne": true });
    let nouveau = corriger(&scene.alix, &numeros[0], deux).await.expect(201).json();
    let personne = journal(&reseau, &format!("personne:{}", texte(&ligne, "numero"))).await;
    assert_eq!(personne[personne.len() - 2..], ["personne.corrigee", "personne.autre"]);

    // Inside the session nobody is twice, whatever is said.
    let session = scene.alix.get("/sessions?etat=terminee").await.json()["elements"][0].clone();
    let voisin = &session["stagiaires"][1];
    let copie = json!({ "nom_naissance": voisin["nom_naissance"], "prenom": voisin["prenom"],
        "date_naissance": voisin["date_naissance"], "autre_personne": true });
    let numero = texte(&nouveau, "numero");
    corriger(&reseau.administrateur(), &numero, copie).await.refuse(422, "stagiaire_en_double");
}

#[tokio::test]
async fn une_correction_se_fait_tant_que_les_fichiers_se_telechargent() {
    let reseau = Reseau::ouvrir().await;
    let scene = Scene::sur(&reseau).await;
    let (_, numeros, ligne) = delivres(&scene, 2).await;
    let corps = json!({ "prenom": a_ecarts(&texte(&ligne, "prenom"), 1) });
    reseau.app.clock("2026-12-07T23:00:00Z");
    for qui in [scene.alix.clone(), reseau.administrateur()] {
        corriger(&qui, &numeros[0], corps.clone()).await.refuse(404, "duplicata_refuse");
    }
    corriger(&scene.karim, &numeros[0], corps.clone()).await.refuse(404, "introuvable");
    reseau.app.clock("2026-12-07T22:59:59Z");
    let nouveau = corriger(&scene.alix, &numeros[0], corps).await.expect(201).json();
    reseau.app.clock("2026-12-07T23:00:00Z");
    let fichier = texte(&nouveau, "pdf").replace("/api/v1", "");
    scene.alix.get(&fichier).await.refuse(404, "duplicata_refuse");
}

#[tokio::test]
async fn deux_corrections_ou_une_correction_et_une_revocation_en_meme_temps_n_en_font_qu_une() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let (route, numeros, _) = delivres(&scene, 4).await;
        let session = scene.alix.get(&route).await.json();
        let administrateur = reseau.administrateur();
        for (rang, numero) in numeros.iter().enumerate() {
            let nom = texte(&session["stagiaires"][rang], "nom_naissance");
            let (un, deux) = (
                json!({ "nom_naissance": a_ecarts(&nom, 1) }),
                json!({ "nom_naissance": a_ecarts(&nom, 2) }),
            );
            let premiere = corriger(&scene.alix, numero, un);
            let motif = json!({ "motif": "Fraude" });
            let chemin = format!("/certificats/{numero}/revocation");
            let (premiere, seconde) = if rang % 2 == 0 {
                tokio::join!(premiere, corriger(&scene.alix, numero, deux))
            } else {
                tokio::join!(premiere, administrateur.post(&chemin, motif))
            };
            let mut statuts = [premiere.status.as_u16(), seconde.status.as_u16()];
            statuts.sort_unstable();
            assert!(statuts == [201, 409] || statuts == [200, 409], "{statuts:?}, {moteur:?}");
        }
    }
}

#[tokio::test]
async fn une_revocation_vaut_aussitot_partout() {
    for moteur in Moteur::TOUS {
        let reseau = Reseau::sur(moteur).await;
        let scene = Scene::sur(&reseau).await;
        let (route, numeros, ligne) = delivres(&scene, 3).await;
        let administrateur = reseau.administrateur();
        let titulaire = reseau.acteur(&texte(&ligne, "numero")).await;
        let chemin = format!("/certificats/{}/revocation", numeros[0]);
        let motif = json!({ "motif": "Épreuves non passées,\nsignalé par l’organisme." });
        for (qui, corps, status, code) in [
            (&scene.alix, motif.clone(), 403, "interdit"),
            (&scene.karim, motif.clone(), 403, "interdit"),
            (&titulaire, motif.clone(), 403, "interdit"),
            (&administrateur, json!({}), 422, "motif_requis"),
            (&administrateur, json!({ "motif": " \n" }), 422, "motif_requis"),
            (&administrateur, json!({ "motif": 3 }), 400, "demande_illisible"),
        ] {
            qui.post(&chemin, corps).await.refuse(status, code);
        }
        let revoque = administrateur.post(&chemin, motif.clone()).await.expect(200).json();
        assert_eq!(revoque["etat"], "revoque");
        let public = reseau.personne().get(&format!("/verification/{}", numeros[0])).await.expect(200).json();
        assert_eq!(public, revoque);
        assert!(!public.to_string().contains("signalé"), "the reason is not public");
        let tenus = titulaire.get("/moi/certificats").await.expect(200).json();
        assert_eq!(tenus["elements"][0]["etat"], "revoque");
        scene.alix.get(&format!("/certificats/{}.pdf", numeros[0])).await.refuse(404, "certificat_revoque");
        assert_eq!(
            scene.alix.get(&format!("{route}/certificats")).await.json().as_array().map(Vec::len),
            Some(2)
        );
        assert_eq!(noms_du_zip(&scene.alix, &route).await.len(), 2);
        administrateur.post(&chemin, motif.clone()).await.refuse(409, "certificat_revoque");
        corriger(&scene.alix, &numeros[0], json!({})).await.refuse(409, "certificat_revoque");
        let generation = scene.alix.post(&format!("{route}/certificats"), json!({})).await.expect(200).json();
        assert_eq!(generation.as_array().map(Vec::len), Some(2), "never issued again");
        let actes = journal(&reseau, &format!("certificat:{}", numeros[0])).await;
        assert_eq!(actes, ["certificat.emis", "certificat.revoque"]);
        // Once the session is gone, it can still be done.
        reseau.app.clock("2027-03-01T09:00:00Z");
        let plus_tard = format!("/certificats/{}/revocation", numeros[1]);
        administrateur.post(&plus_tard, motif).await.expect(200);
    }
}
