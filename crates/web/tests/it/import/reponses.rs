//! What is answered about known persons while a list still has faults travels with it: nothing is answered twice.

use forprev_web::feuilles::ecriture::{Tableau, ecrire};
use forprev_web::feuilles::{Cellule, Format, lecture};

use super::envoyer;
use crate::app::{Answer, Browser};
use crate::saisie::{app, cache, declarer};

const TITRES: [&str; 4] = ["Nom de naissance", "Prénom", "Date de naissance", "E-mail"];
/// Two ordinary faults, two doubles; one line has both.
const LIGNES: [[&str; 4]; 5] = [
    ["Ruiz", "Zoé", "31/02/1980", ""],
    ["Lefebvre", "Anaïs", "28/02/1990", "anais@exemple"],
    ["Olagnier", "Jean", "21/09/1979", ""],
    ["Petit", "Léa", "01/01/1981", ""],
    ["Ruis", "Luc", "05/05/1985", ""],
];

fn liste() -> Tableau {
    let mut tableau = Tableau::new("Stagiaires", &TITRES);
    for ligne in LIGNES {
        let cellule = |texte: &&str| Some(Cellule::de(texte)).filter(|cellule| !cellule.est_vide());
        tableau.rangees.push(ligne.iter().map(cellule).collect());
    }
    tableau
}

/// Makes two persons known to the register, elsewhere.
async fn faire_connaitre(qui: &mut Browser<'_>) {
    let ailleurs = declarer(qui).await;
    for (nom, prenom, naissance, version) in
        [("Lefevre", "Anaïs", "28/02/1990", "1"), ("Ollagnier", "Jean", "21/09/1979", "2")]
    {
        let champs =
            [("nom_naissance", nom), ("prenom", prenom), ("date_naissance", naissance), ("version", version)];
        qui.post(&format!("{ailleurs}/stagiaires"), &champs).await.expect(303);
    }
}

/// The numéro that is proposed for a line.
fn proposee(page: &Answer, ligne: u32) -> String {
    let texte = page.text();
    let debut = format!("name=\"ligne-{ligne}\" value=\"");
    let place = texte.find(&debut).expect("a known person") + debut.len();
    texte[place..place + 8].to_owned()
}

/// The annotated list, with these cells mended: row, column, value.
fn corriger(octets: &[u8], format: Format, corrections: &[(usize, usize, &str)]) -> Vec<u8> {
    let lue = lecture::lire(octets).expect("reads").feuilles.remove(0);
    let mut corrigee = Tableau { nom: "Stagiaires".to_owned(), ..Tableau::default() };
    for rangee in &lue.rangees {
        let derniere = rangee.cellules.keys().next_back().copied().unwrap_or(0);
        corrigee.rangees.push((0..=derniere).map(|colonne| rangee.cellules.get(&colonne).cloned()).collect());
    }
    for (ligne, colonne, valeur) in corrections {
        corrigee.rangees[ligne - 1][*colonne] = Some(Cellule::de(valeur));
    }
    ecrire(format, &corrigee).expect("writes")
}

#[tokio::test]
async fn les_reponses_partent_avec_la_liste_a_corriger_et_reviennent_avec_elle() {
    for format in Format::TOUS {
        let app = app().await;
        let mut alix = app.gestionnaire("Alix").await;
        faire_connaitre(&mut alix).await;
        let session = declarer(&mut alix).await;
        let adresse = format!("{session}/stagiaires/import");
        let nom = format!("liste.{}", format.extension());
        let fichier = ecrire(format, &liste()).expect("writes");
        let page = envoyer(&app, &mut alix, &adresse, &nom, &fichier)
            .await
            .expect(422)
            .shows("Deux points à corriger dans la liste, deux lignes à trancher")
            .shows("vos réponses partent avec le fichier")
            .shows("À corriger, E-mail :</strong>");
        let (connue, autre) = (proposee(&page, 3), proposee(&page, 4));
        let envoi = cache(&page, "liste");
        let reponses = [("liste", envoi.as_str()), ("ligne-3", &connue), ("ligne-4", "autre")];

        // What was answered stays when the page comes again, and nothing is imported before the list is mended.
        alix.post(&format!("{adresse}/confirmation"), &reponses)
            .await
            .expect(422)
            .shows(&format!("name=\"ligne-3\" value=\"{connue}\" checked"))
            .shows("name=\"ligne-4\" value=\"autre\" checked")
            .shows("formaction=\"");

        let annotee = alix.post(&format!("{adresse}/anomalies"), &reponses).await.expect(200);
        let lue = lecture::lire(&annotee.bytes).expect("reads").feuilles.remove(0);
        let textes = |colonne: u32| {
            let cellules = lue.rangees.iter().map(|r| r.cellules.get(&colonne).map(Cellule::texte));
            cellules.map(Option::unwrap_or_default).collect::<Vec<_>>()
        };
        assert_eq!(textes(4), ["Numéro FORPREV", "", &connue, "Quelqu’un d’autre", "", ""], "{format:?}");
        let anomalies = textes(5);
        let annotees: Vec<bool> = anomalies.iter().map(|texte| !texte.is_empty()).collect();
        assert_eq!(annotees, [true, true, true, false, false, false], "{format:?}: {anomalies:?}");
        assert!(!anomalies[2].contains("Numéro FORPREV"), "the question was answered: {anomalies:?}");

        let corrigee = corriger(&annotee.bytes, format, &[(2, 2, "28/02/1980"), (3, 3, "anais@exemple.fr")]);
        let page = envoyer(&app, &mut alix, &adresse, &nom, &corrigee)
            .await
            .expect(200)
            .shows("Cinq stagiaires prêts à être importés")
            .shows(&format!("<span class=\"sous\">Numéro {connue}</span>"))
            .shows("<span class=\"sous\">Quelqu’un d’autre</span>");
        let (envoi, version) = (cache(&page, "liste"), cache(&page, "version"));
        let forme = [("liste", envoi.as_str()), ("version", &version)];
        alix.post(&format!("{adresse}/confirmation"), &forme).await.expect(303);
        let inscrits = alix.get(&format!("{session}/stagiaires")).await.expect(200);
        let inscrits = inscrits.shows("LEFEVRE Anaïs").shows("OLAGNIER Jean").shows(&connue).text();
        assert!(!inscrits.contains(&autre), "{format:?}: somebody else than the one proposed");
    }
}

#[tokio::test]
async fn une_reponse_qui_ne_tient_pas_est_redite_dans_la_liste() {
    let app = app().await;
    let mut alix = app.gestionnaire("Alix").await;
    faire_connaitre(&mut alix).await;
    let adresse = format!("{}/stagiaires/import", declarer(&mut alix).await);
    let lignes = "Numéro interne;Nom de naissance;Prénom;Date de naissance\r\n7;Olagnier;Jean;21/09/1979\r\n8;Ollagnié;Jean;21/09/1979\r\n9;Ruiz;Zoé;31/02/1980\r\n";
    let page = envoyer(&app, &mut alix, &adresse, "liste.csv", lignes.as_bytes()).await.expect(422);
    let numero = proposee(&page, 2);
    let envoi = cache(&page, "liste");
    let meme = [("liste", envoi.as_str()), ("ligne-2", &numero), ("ligne-3", &numero)];
    let annotee = alix.post(&format!("{adresse}/anomalies"), &meme).await.expect(200).text();
    let lignes: Vec<&str> = annotee.lines().collect();
    assert_eq!(
        lignes[0],
        "\u{feff}Numéro interne;Nom de naissance;Prénom;Date de naissance;Numéro FORPREV;Anomalies"
    );
    assert_eq!(lignes[1], format!("7;Olagnier;Jean;21/09/1979;{numero}"));
    let double = format!("8;Ollagnié;Jean;21/09/1979;{numero};Numéro FORPREV : Cette personne figure déjà");
    assert!(lignes[2].starts_with(&double), "{annotee}");

    // A question that was not answered stays, with a column in which to answer it.
    let sans = alix.post(&format!("{adresse}/anomalies"), &[("liste", &envoi)]).await.expect(200).text();
    assert!(sans.contains("Écrivez son numéro si c’est elle, « quelqu’un d’autre » sinon."), "{sans}");
    assert_eq!(sans.lines().next(), Some(lignes[0]));
}
