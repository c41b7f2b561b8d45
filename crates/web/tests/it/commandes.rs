//! The command line, as a person or a script calls it.

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::app::BasePostgres;

/// A folder of its own, gone at the end.
struct Poste(PathBuf);

impl Poste {
    fn nouveau() -> Self {
        let secret = forprev_web::security::secret().expect("randomness");
        let dossier = std::env::temp_dir().join(format!("forprev-cli-{secret}"));
        std::fs::create_dir(&dossier).expect("a folder");
        Self(dossier)
    }

    /// The address of a database of this folder.
    fn sqlite(&self, nom: &str) -> String {
        format!("sqlite://{}", self.0.join(nom).display())
    }

    fn forprev_sur(&self, url: &str, mots: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_forprev"))
            .args(mots)
            .env("FORPREV_DATABASE_URL", url)
            .env("FORPREV_LOG", "off")
            .output()
            .expect("runs")
    }

    /// Runs it, proves its exit code, and returns what it printed.
    #[track_caller]
    fn attend(&self, mots: &[&str], code: i32) -> (String, String) {
        self.attend_sur(&self.sqlite("essai.db"), mots, code)
    }

    #[track_caller]
    fn attend_sur(&self, url: &str, mots: &[&str], code: i32) -> (String, String) {
        let Output { status, stdout, stderr } = self.forprev_sur(url, mots);
        let [sortie, erreur] = [stdout, stderr].map(|texte| String::from_utf8(texte).expect("UTF-8"));
        assert_eq!(status.code(), Some(code), "{mots:?}\n{sortie}\n{erreur}");
        (sortie, erreur)
    }
}

impl Drop for Poste {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

const AWA: [&str; 10] = [
    "administrateur",
    "creer",
    "--email",
    "awa@exemple.fr",
    "--nom",
    "Diallo",
    "--prenom",
    "Awa",
    "--date-naissance",
    "1977-08-30",
];

#[test]
fn l_administrateur_recoit_un_numero_et_un_lien_puis_un_jeton() {
    let poste = Poste::nouveau();
    let (sortie, _) = poste.attend(&AWA, 0);
    let numero = sortie.lines().next().and_then(|l| l.rsplit(' ').next()).expect("a numéro").to_owned();
    assert!(sortie.contains("http://127.0.0.1:8080/activation/"), "{sortie}");
    for jours in [&[][..], &["--jours", "1"], &["--jours", "3650000"], &["--jours", "-1"]] {
        let mots = [&["jeton", "creer", numero.as_str(), "--libelle", "Essai"][..], jours].concat();
        let (jeton, _) = poste.attend(&mots, 0);
        assert_eq!(jeton.lines().count(), 1);
        assert!(jeton.trim().len() > 40 && !jeton.trim().contains(' '), "{jeton}");
    }
    let (sortie, dit) = poste.attend(&AWA, 0);
    assert!(sortie.contains(&numero) && dit.contains("était déjà connue"), "{sortie}{dit}");
}

#[test]
fn une_commande_qui_echoue_le_dit_en_francais() {
    let poste = Poste::nouveau();
    let check = |mots: &[&str], code: i32, attendu: &str| {
        let (_, erreur) = poste.attend(mots, code);
        assert!(erreur.contains(attendu), "{mots:?} {erreur}");
    };
    check(&["jeton", "creer", "ABC12345", "--libelle", "x"], 1, "Personne ne porte le numéro");
    check(&["jeton", "creer", "rien", "--libelle", "x"], 1, "Personne ne porte le numéro");
    check(
        &["administrateur", "creer", "--email", "x", "--nom", "1", "--prenom", "A", "--date-naissance", "x"],
        1,
        "arobase",
    );
    check(&["serve", "--listen", "8080"], 2, "FORPREV_LISTEN");
    check(&["jeton", "creer"], 2, "--libelle");
}

#[test]
fn migrer_balayer_et_sauvegarder_se_font_a_part() {
    let poste = Poste::nouveau();
    poste.attend(&["migrate"], 0);
    assert!(poste.attend(&["sweep"], 0).0.starts_with("Supprimé"));
    let copie = poste.0.join("copie.db");
    let copie = copie.to_str().expect("UTF-8");
    poste.attend(&["backup", copie], 0);
    assert!(poste.attend(&["backup", copie], 1).1.contains("existe déjà"));
}

#[test]
fn une_base_se_copie_d_un_moteur_a_l_autre_et_revient_pareille() {
    let poste = Poste::nouveau();
    let postgres = BasePostgres::nouvelle();
    let (sortie, _) = poste.attend(&AWA, 0);
    let numero = sortie.lines().next().and_then(|l| l.rsplit(' ').next()).expect("a numéro").to_owned();
    let (aller, _) = poste.attend(&["copier", "--vers", &postgres.url], 0);
    assert!(aller.contains("les deux bases sont identiques"), "{aller}");
    let personnes = aller.lines().find(|ligne| ligne.starts_with("personnes ")).expect("a table");
    assert_eq!(personnes.split_whitespace().nth(1), Some("1"));
    let retour = poste.sqlite("retour.db");
    let (revenu, _) = poste.attend_sur(&postgres.url, &["copier", "--vers", &retour], 0);
    assert_eq!(aller, revenu, "the same counts and checksums, there and back");
    for url in [&postgres.url, &retour] {
        poste.attend_sur(url, &["jeton", "creer", &numero, "--libelle", "Essai"], 0);
    }
    let (_, refus) = poste.attend(&["copier", "--vers", &postgres.url], 1);
    assert!(refus.contains("contient déjà des données") && refus.contains("Rien n’a été copié"), "{refus}");
}

#[test]
fn une_copie_dont_les_adresses_ne_vont_pas_est_un_mauvais_usage() {
    let poste = Poste::nouveau();
    let (sienne, autre) = (poste.sqlite("essai.db"), poste.sqlite("autre.db"));
    for (vers, attendu) in [
        (autre.as_str(), "forprev backup"),
        (sienne.as_str(), "donnez-en une autre"),
        ("mysql://x", "sqlite://chemin ou postgres://"),
        ("", "sqlite://chemin ou postgres://"),
    ] {
        let (_, erreur) = poste.attend(&["copier", "--vers", vers], 2);
        assert!(erreur.contains(attendu), "{vers}: {erreur}");
    }
    assert!(poste.attend(&["copier"], 2).1.contains("--vers"));
    assert!(!poste.0.join("autre.db").exists());
    let absente = "postgres://personne@127.0.0.1:9/rien";
    assert!(poste.attend(&["copier", "--vers", absente], 1).1.contains("rien n’y est resté"));
}
