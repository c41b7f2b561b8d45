//! Odd and hostile files: each is imported rightly, or refused in words; never a fault, never a loss without a word.

mod classeurs;
mod libreoffice;
mod natures;
mod textes;

use forprev_domain::dispositif::Niveau;
use forprev_web::sessions::import::{Envoi, Liste};

use super::super::acteurs::Reseau;
use super::fichiers::{ods, rangee, rangee_ods, xlsx};

/// What becomes of a file.
enum Sort {
    /// So many lines, and nothing to say of them.
    Importe(u64),
    /// These lines, and nothing to say of them: « Ruiz Zoé 01/01/1980 ».
    Lu(&'static [&'static str]),
    /// So many lines, with these anomalies: code, line.
    Dit(u64, &'static [(&'static str, u64)]),
    /// Refused with this status and code.
    Refuse(u16, &'static str),
}

use Sort::{Dit, Importe, Lu, Refuse};

/// Birth name, given name and birth day of each line.
fn lues(nom: &str, octets: &[u8]) -> Vec<String> {
    let liste = Envoi::du_fichier(nom, octets).and_then(|envoi| Liste::lire(&envoi, Niveau::Acteur));
    let champs = |ligne: &forprev_web::sessions::import::liste::Ligne| {
        let i = &ligne.identite;
        let champs = [&i.nom_naissance, &i.prenom, &i.date_naissance];
        champs.map(|champ| champ.clone().unwrap_or_default()).join(" ")
    };
    liste.expect("a list").lignes.iter().map(champs).collect()
}

#[tokio::test]
async fn aucun_fichier_n_est_lu_de_travers() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let session = alix.session_a_remplir().await;
    let essai = format!("/sessions/{session}/import?essai=true");
    let listes = [textes::tous(), natures::toutes(), classeurs::tous(), libreoffice::tous()];
    let tous: Vec<_> = listes.into_iter().flatten().collect();
    assert!(120 < tous.len(), "{}", tous.len());
    let mut ecarts = Vec::new();
    for (nom, octets, sort) in tous {
        let reponse = alix.importer(&essai, nom, &octets, &[]).await;
        let statut = reponse.status.as_u16();
        let bilan = reponse.json();
        let mut dites: Vec<(&str, u64)> = bilan["anomalies"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|a| (a["code"].as_str().unwrap_or(""), a["ligne"].as_u64().unwrap_or(0)))
            .collect();
        dites.dedup();
        let lignes = bilan["lignes"].as_u64();
        let tenu = match sort {
            Refuse(attendu, code) => (statut, bilan["code"].as_str()) == (attendu, Some(code)),
            Lu(attendues) => {
                (statut, dites.as_slice()) == (200, &[]) && lues(nom, &octets).as_slice() == attendues
            }
            Importe(attendues) => (statut, lignes, dites.as_slice()) == (200, Some(attendues), &[]),
            Dit(attendues, attendu) => (statut, lignes, dites.as_slice()) == (200, Some(attendues), attendu),
        };
        if !tenu {
            let lues = if statut == 200 { lues(nom, &octets) } else { Vec::new() };
            ecarts.push(format!("{nom}: {statut} {} {lignes:?} {dites:?} {lues:?}", bilan["code"]));
        }
    }
    assert!(ecarts.is_empty(), "{ecarts:#?}");
}

#[tokio::test]
async fn un_classeur_abime_au_hasard_n_est_jamais_un_incident() {
    let reseau = Reseau::ouvrir().await;
    let alix = reseau.gestionnaire("Alix").await;
    let session = alix.session_a_remplir().await;
    let essai = format!("/sessions/{session}/import?essai=true");
    let titres = rangee(1, &["Nom de naissance", "Prénom", "Date de naissance"]);
    let une = rangee(2, &["Ruiz", "Zoé", "<c s=\"1\"><v>29221</v></c>"]);
    let feuille = format!("{titres}{une}");
    let table = format!(
        "<table:table table:name=\"F\">{}{}</table:table>",
        rangee_ods(&["Nom de naissance", "Prénom", "Date de naissance"]),
        rangee_ods(&["Ruiz", "Zoé", "01/01/1980"])
    );
    // A generator of our own: the same bytes each time, so that what fails can be looked at.
    let mut graine = 0x2545_f491_4f6c_dd1d_u64;
    let mut tirer = |borne: usize| {
        graine ^= graine << 13;
        graine ^= graine >> 7;
        graine ^= graine << 17;
        usize::try_from(graine % borne as u64).expect("small")
    };
    for tour in 0..150 {
        // Inside of the parts, where the archive is sound and the workbook is not.
        let mut contenu = feuille.clone().into_bytes();
        let place = tirer(contenu.len());
        contenu[place] = b"<>\"&/0Zr=;"[tirer(10)];
        let contenu = String::from_utf8_lossy(&contenu).into_owned();
        let mut abimee = table.clone().into_bytes();
        let place = tirer(abimee.len());
        abimee[place] = b"<>\"&/0Zr=;"[tirer(10)];
        // And in the archive itself.
        let mut archive = xlsx(&feuille);
        for _ in 0..=tour % 4 {
            let place = tirer(archive.len());
            archive[place] ^= u8::try_from(tirer(255) + 1).expect("a byte");
        }
        for octets in [xlsx(&contenu), ods(&String::from_utf8_lossy(&abimee)), archive] {
            let reponse = alix.importer(&essai, "liste.xlsx", &octets, &[]).await;
            assert!(reponse.status.as_u16() < 500, "round {tour}: {}", reponse.text());
        }
    }
}
