//! Keys in files: made once, the same for all, changed without losing what the old ones signed.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;

use forprev_domain::calendrier::Moment;
use forprev_store::cles::{self, Emploi};
use forprev_store::{Db, StoreError};
use forprev_web::config::{Config, Values};
use forprev_web::sceau::{CleDuSceau, CleRefusee, Echeance, ouvrir, renouveler, trop_ouverts};
use jiff::civil::date;

use super::{Dossier, lance};
use crate::app::{BasePostgres, DEBUT};

fn moment() -> Moment {
    Moment::de(DEBUT.parse().expect("an instant"))
}

/// An installation: a database and a data folder.
struct Poste {
    dossier: Dossier,
    db: Db,
}

impl Poste {
    fn nouveau() -> Self {
        let dossier = Dossier::nouveau();
        let db = Db::open(&format!("sqlite://{}", dossier.chemin("essai.db"))).expect("opens");
        db.migrate().expect("migrates");
        Self { dossier, db }
    }

    fn config(&self, reglages: &[(&str, &str)]) -> Config {
        let mut values: Values =
            reglages.iter().map(|(nom, valeur)| ((*nom).to_owned(), (*valeur).to_owned())).collect();
        values.entry("FORPREV_DATA_DIR".to_owned()).or_insert_with(|| self.dossier.chemin("donnees"));
        Config::check(&values).expect("settings")
    }

    fn ouvrir(&self, reglages: &[(&str, &str)]) -> Result<String, String> {
        let trousseau = ouvrir(&self.config(reglages), &self.db, moment())?;
        Ok(trousseau.sceau.chaine().empreinte().iter().map(|octet| format!("{octet:02x}")).collect())
    }

    fn connues(&self) -> Vec<(String, bool)> {
        let toutes = self.db.read(cles::toutes).unwrap_or_else(|e: StoreError| panic!("{e}"));
        let sceaux = toutes.into_iter().filter(|cle| cle.emploi == Emploi::Sceau);
        sceaux.map(|cle| (cle.empreinte, cle.retiree_le.is_none())).collect()
    }
}

#[test]
fn la_premiere_fois_les_cles_se_font_et_ne_se_montrent_pas() {
    let poste = Poste::nouveau();
    let premiere = poste.ouvrir(&[]).expect("makes keys");
    let mode = |nom: &str| {
        let chemin = poste.dossier.0.join("donnees/cles").join(nom);
        std::fs::metadata(chemin).expect("is there").permissions().mode() & 0o777
    };
    assert_eq!([mode(""), mode("sceau.pem"), mode("enonces.pem")], [0o700, 0o600, 0o600]);
    let noms: BTreeSet<String> = std::fs::read_dir(poste.dossier.0.join("donnees/cles"))
        .expect("a folder")
        .map(|entree| entree.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    assert_eq!(noms.into_iter().collect::<Vec<_>>(), ["enonces.pem", "publiques.json", "sceau.pem"]);
    assert_eq!(poste.ouvrir(&[]), Ok(premiere), "the same at the next start");
    let certificat = lance(&[
        "openssl",
        "x509",
        "-noout",
        "-text",
        "-in",
        &poste.dossier.chemin("donnees/cles/sceau.pem"),
    ]);
    for attendu in
        ["prime256v1", "Sceau auto", "Digital Signature, Non Repudiation", "Nov 22 00:00:00 2026 GMT", "2056"]
    {
        assert!(certificat.contains(attendu), "{attendu} is missing from {certificat}");
    }
}

#[test]
fn un_fichier_de_cle_que_d_autres_lisent_se_dit() {
    let poste = Poste::nouveau();
    poste.ouvrir(&[]).expect("makes keys");
    let config = poste.config(&[]);
    assert_eq!(trop_ouverts(&config), [""; 0]);
    let chemin = poste.dossier.0.join("donnees/cles/sceau.pem");
    for mode in [0o604, 0o640] {
        std::fs::set_permissions(&chemin, std::fs::Permissions::from_mode(mode)).expect("changes");
        let [phrase] = &trop_ouverts(&config)[..] else { panic!("one sentence for {mode:o}") };
        assert!(phrase.contains("sceau.pem se lit par d’autres"), "{phrase}");
    }
}

#[test]
fn plusieurs_demarrages_a_la_fois_finissent_avec_une_seule_cle() {
    let poste = Poste::nouveau();
    let cles: BTreeSet<_> = std::thread::scope(|scope| {
        let lances: Vec<_> = (0..8).map(|_| scope.spawn(|| poste.ouvrir(&[]).expect("starts"))).collect();
        lances.into_iter().map(|lance| lance.join().expect("ends")).collect()
    });
    assert_eq!(cles.len(), 1);
    assert_eq!(poste.connues().len(), 1);
}

#[test]
fn une_cle_qui_manque_ou_qui_est_une_autre_arrete_le_demarrage() {
    let poste = Poste::nouveau();
    let premiere = poste.ouvrir(&[]).expect("makes keys");
    let ailleurs = poste.dossier.chemin("ailleurs");
    let refus = poste.ouvrir(&[("FORPREV_DATA_DIR", &ailleurs)]).expect_err("an empty folder");
    assert!(
        refus.contains("ailleurs/cles/sceau.pem n’existe pas") && refus.contains(&premiere[..16]),
        "{refus}"
    );
    let autre = Poste::nouveau();
    autre.ouvrir(&[]).expect("makes keys");
    let refus =
        poste.ouvrir(&[("FORPREV_DATA_DIR", &autre.dossier.chemin("donnees"))]).expect_err("another key");
    assert!(refus.contains("ne contient pas la clé du sceau de cette installation"), "{refus}");
    let sceau = poste.dossier.ecrire("donnees/cles/sceau.pem", "abîmé -----");
    let refus = poste.ouvrir(&[]).expect_err("damaged");
    assert!(refus.starts_with(&format!("Le fichier {sceau} ne contient pas de clé privée")), "{refus}");
}

#[test]
fn une_cle_renouvelee_laisse_l_ancienne_publiee() {
    let poste = Poste::nouveau();
    let premiere = poste.ouvrir(&[]).expect("makes keys");
    renouveler(&poste.config(&[]), &poste.db, Emploi::Sceau, moment()).expect("renews");
    let seconde = poste.ouvrir(&[]).expect("starts");
    assert_ne!(premiere, seconde);
    let connues: BTreeSet<_> = poste.connues().into_iter().collect();
    assert_eq!(connues, BTreeSet::from([(premiere.clone(), false), (seconde.clone(), true)]));
    let publiques =
        std::fs::read_to_string(poste.dossier.chemin("donnees/cles/publiques.json")).expect("published");
    assert!(publiques.contains(&premiere) && publiques.contains(&seconde));
    let chemin = poste.dossier.chemin("donnees/cles/sceau.pem");
    let refus =
        renouveler(&poste.config(&[("FORPREV_SCEAU_FICHIER", &chemin)]), &poste.db, Emploi::Sceau, moment());
    assert!(refus.expect_err("in use already").contains("rien n’a changé"));
}

#[test]
fn une_cle_se_donne_en_pem_ou_en_pkcs12() {
    let dossier = Dossier::nouveau();
    let chemin = |nom: &str| dossier.chemin(nom);
    let (sec1, pkcs8, rsa, p384, ed) =
        (chemin("sec1"), chemin("pkcs8"), chemin("rsa"), chemin("p384"), chemin("ed"));
    lance(&["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", &sec1]);
    lance(&["openssl", "pkcs8", "-topk8", "-nocrypt", "-in", &sec1, "-out", &pkcs8]);
    lance(&["openssl", "genrsa", "-traditional", "-out", &rsa, "2048"]);
    lance(&["openssl", "ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", &p384]);
    lance(&["openssl", "genpkey", "-algorithm", "ed25519", "-out", &ed]);
    let certificat = |cle: &str| {
        let sortie = format!("{cle}.crt");
        lance(&[
            "openssl",
            "req",
            "-new",
            "-x509",
            "-key",
            cle,
            "-subj",
            "/CN=Essai",
            "-days",
            "30",
            "-out",
            &sortie,
        ]);
        std::fs::read_to_string(sortie).expect("a certificate")
    };
    let cle = |nom: &str| std::fs::read_to_string(nom).expect("a key");
    let lue = |cle: Result<CleDuSceau, CleRefusee>| {
        let cle = cle?;
        let pareil = || cle.sceller_pareil([7; 32]);
        assert_eq!(pareil(), pareil());
        cle.sceller([7; 32]).map(|cms| cms.len() > 500)
    };
    let check = |texte: String, attendu: Result<bool, CleRefusee>| {
        assert_eq!(lue(CleDuSceau::de_pem(texte.as_bytes())), attendu, "{texte}");
    };
    check(cle(&sec1) + &certificat(&sec1), Ok(true));
    check(certificat(&pkcs8) + &cle(&pkcs8), Ok(true));
    check(cle(&rsa) + &certificat(&rsa), Ok(true));
    check(cle(&sec1), Err(CleRefusee::SansCertificat));
    check(certificat(&sec1), Err(CleRefusee::SansCle));
    check(cle(&sec1) + &certificat(&rsa), Err(CleRefusee::Couple));
    check(cle(&rsa) + &certificat(&pkcs8), Err(CleRefusee::Couple));
    check(cle(&p384) + &certificat(&p384), Err(CleRefusee::Genre));
    check(cle(&ed) + &certificat(&ed), Err(CleRefusee::Genre));
    for (nom, cle) in [("p256.p12", &pkcs8), ("rsa.p12", &rsa)] {
        let (coffre, crt) = (chemin(nom), format!("{cle}.crt"));
        lance(&[
            "openssl",
            "pkcs12",
            "-export",
            "-inkey",
            cle,
            "-in",
            &crt,
            "-passout",
            "pass:Sésame",
            "-out",
            &coffre,
        ]);
        let octets = std::fs::read(coffre).expect("a file");
        assert_eq!(lue(CleDuSceau::de_pkcs12(&octets, "Sésame")), Ok(true), "{nom}");
        assert_eq!(CleDuSceau::de_pkcs12(&octets, "autre").err(), Some(CleRefusee::Pkcs12));
        assert_eq!(CleDuSceau::de_pkcs12(&octets[..300], "Sésame").err(), Some(CleRefusee::Pkcs12));
    }
    let poste = Poste::nouveau();
    let configuree = dossier.ecrire("donnee.pem", cle(&sec1) + &certificat(&sec1));
    let reglages = [("FORPREV_SCEAU_FICHIER", configuree.as_str()), ("FORPREV_ENONCES_FICHIER", ed.as_str())];
    let empreinte = poste.ouvrir(&reglages).expect("starts with the given keys");
    assert_eq!(poste.connues(), [(empreinte, true)]);
}

#[test]
fn la_fin_du_certificat_est_dite_trente_jours_avant() {
    let (cle, _) = CleDuSceau::nouvelle("Service d’essai", date(2026, 11, 23)).expect("a key");
    let check = |aujourdhui, attendu| {
        assert_eq!(Echeance::de(cle.chaine(), aujourdhui), attendu, "{aujourdhui}");
    };
    // Thirty years, to midnight in UTC: one o'clock of the same day in Paris.
    let fin = date(2056, 11, 23);
    check(date(2026, 11, 23), None);
    check(date(2056, 10, 23), None);
    check(date(2056, 10, 24), Some(Echeance::Proche(fin)));
    check(fin, Some(Echeance::Proche(fin)));
    check(date(2056, 11, 24), Some(Echeance::Passee(fin)));
    for (echeance, attendu) in [
        (Echeance::Proche(fin), "expire le 23 novembre 2056"),
        (Echeance::Passee(fin), "a expiré le 23 novembre 2056"),
    ] {
        let phrase = echeance.phrase().replace('\u{a0}', " ");
        assert!(phrase.contains(attendu) && phrase.contains("forprev cles renouveler sceau"), "{phrase}");
    }
}

/// Two instances started for the first time on one database, each with a data folder of its own: one of them makes
/// the keys of the installation, the other does not start, and says why.
#[test]
fn deux_instances_qui_ont_chacune_leur_dossier_ne_scellent_pas_avec_deux_cles() {
    let base = BasePostgres::nouvelle();
    let dossier = Dossier::nouveau();
    let db = Db::open(&base.url).expect("opens");
    db.migrate().expect("migrates");
    let demarrer = |nom: &str| {
        let values: Values = [("FORPREV_DATA_DIR".to_owned(), dossier.chemin(nom))].into();
        let db = Db::open(&base.url).expect("opens");
        ouvrir(&Config::check(&values).expect("settings"), &db, moment()).map(drop)
    };
    let issues: Vec<Result<(), String>> = std::thread::scope(|scope| {
        let lances = ["une", "autre"].map(|nom| scope.spawn(move || demarrer(nom)));
        lances.map(|lance| lance.join().expect("ends")).into()
    });
    let refus: Vec<&String> = issues.iter().filter_map(|issue| issue.as_ref().err()).collect();
    assert_eq!(refus.len(), 1, "{issues:?}");
    let attendus = ["ne contient pas la clé", "n’existe pas, alors que cette installation a déjà"];
    assert!(attendus.iter().any(|attendu| refus[0].contains(attendu)), "{refus:?}");
    let courantes = db.read(cles::toutes).unwrap_or_else(|e: StoreError| panic!("{e}"));
    assert_eq!(courantes.len(), 2, "one key of each kind");
    // With the keys of the first one, the other starts.
    let (bonne, autre) = if issues[0].is_ok() { ("une", "autre") } else { ("autre", "une") };
    for cle in ["sceau.pem", "enonces.pem"] {
        let [de, vers] = [bonne, autre].map(|nom| dossier.chemin(&format!("{nom}/cles/{cle}")));
        std::fs::create_dir_all(dossier.chemin(&format!("{autre}/cles"))).expect("a folder");
        std::fs::copy(de, vers).expect("copies");
    }
    demarrer(autre).expect("starts");
}
