//! `forprev verifier`, as an employer calls it: 0 intact, 1 not to be relied on, 2 wrong use.

use std::process::Command;

use forprev_domain::dispositif::Niveau;
use forprev_web::sceau::sceller;

use super::{Dossier, emis, publiques};
use crate::app::App;

#[tokio::test]
async fn verifier_dit_ce_qui_est_prouve_ou_pourquoi_non() {
    let app = App::start();
    let emis = emis(&app, Niveau::Formateur, &["Anaïs Quintard"]).await;
    let imprime = emis[0].imprime.clone().expect("printed");
    let juste = sceller(&app.program, std::slice::from_ref(&imprime)).expect("seals").concat();
    let dossier = Dossier::nouveau();
    std::fs::create_dir(dossier.0.join("cles")).expect("a folder");
    let cles = dossier.ecrire("cles/publiques.json", publiques(&app).await.json());
    let intact = dossier.ecrire("intact.pdf", &juste);
    let faux = dossier.ecrire("faux.pdf", [&juste[..], b"\n"].concat());
    let texte = dossier.ecrire("texte.pdf", "Bonjour");
    let enonce = imprime.enonce.expect("a statement");
    let check = |donnees: &str, mots: &[&str], code: i32, attendus: &[&str]| {
        let mut commande = Command::new(env!("CARGO_BIN_EXE_forprev"));
        commande
            .arg("verifier")
            .args(mots)
            .env("FORPREV_DATA_DIR", dossier.chemin(donnees))
            .env("FORPREV_LOG", "off");
        let fait = commande.output().expect("runs");
        let dit = String::from_utf8([fait.stdout, fait.stderr].concat()).expect("UTF-8");
        let dit = dit.replace('\u{a0}', " ");
        assert_eq!(fait.status.code(), Some(code), "{mots:?} {dit}");
        attendus.iter().for_each(|a| assert!(dit.contains(a), "« {a} » is missing from {dit}"));
    };
    let prouve = [
        "Ce fichier est intact",
        "Sceau auto-signé",
        "SPÉCIMEN",
        "Anaïs QUINTARD",
        &imprime.numero_certificat,
    ];
    check(".", &[&intact], 0, &prouve);
    check("ailleurs", &[&intact, "--cles", &cles], 0, &prouve);
    let lues: serde_json::Value = serde_json::from_str(&publiques(&app).await.json()).expect("JSON");
    let pem =
        dossier.ecrire("certificat.pem", lues["certificats"][0]["pem"].as_str().expect("a certificate"));
    let en_suspens = ["Ce fichier est intact", "L’énoncé du code n’a pas été vérifié"];
    check("ailleurs", &[&intact, "--cles", &pem], 0, &en_suspens);
    check("ailleurs", &["--code", &enonce, "--cles", &pem], 1, &["ne contiennent pas celle des énoncés"]);
    check(".", &["--code", &enonce], 0, &["L’énoncé de ce code est authentique", "Anaïs QUINTARD"]);
    check(".", &[&faux], 1, &["a été modifié depuis"]);
    check(".", &[&texte], 1, &["n’est pas un PDF"]);
    check(".", &["--code", &enonce[1..]], 1, &["pas d’énoncé signé"]);
    check(".", &[&dossier.chemin("absent.pdf")], 1, &["ne se lit pas"]);
    check("ailleurs", &[&intact], 1, &["--cles", "/.well-known/forprev/cles.json"]);
    check(".", &[&intact, "--cles", &texte], 1, &["ne contient ni clés publiques ni certificats"]);
    check(".", &[], 2, &["FICHIER"]);
}
