//! Holders with awkward names, sealed for good and given to every judge: PDF/A and PDF/UA, qpdf, Poppler, the
//! reader of codes, `forprev verifier`; then a byte of each file is changed.
//!
//! `FORPREV_TITULAIRES=1000 bin/test cargo test -p forprev-web --test it sceau::mille -- --nocapture`

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forprev_domain::certificat::{Enonce, Imprime};
use forprev_store::cles::{ClePublique, Emploi};
use forprev_web::sceau::{CleDesEnonces, CleDuSceau, Publiques, verifier};
use jiff::Timestamp;
use jiff::civil::date;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use unicode_normalization::UnicodeNormalization as _;

use super::fichiers::Tirages;
use super::{Dossier, lance};
use crate::exemple;
use crate::titulaires::titulaires;

/// Keys that are in no file, and what verifies them.
struct Poste {
    sceau: CleDuSceau,
    enonces: CleDesEnonces,
    publiques: Publiques,
}

impl Poste {
    /// With the key of a seal and its certificate, in PEM.
    fn nouveau(pem: &str) -> Self {
        let sceau = CleDuSceau::de_pem(pem.as_bytes()).expect("a key of a seal");
        let (enonces, _) = CleDesEnonces::nouvelle().expect("a key");
        let publique = |emploi, empreinte: String, publique: String| ClePublique {
            empreinte,
            emploi,
            publique,
            depuis: Timestamp::UNIX_EPOCH,
            retiree_le: None,
        };
        let publiques = Publiques::de(&[
            publique(Emploi::Sceau, String::new(), pem.to_owned()),
            publique(Emploi::Enonces, enonces.nom(), URL_SAFE_NO_PAD.encode(enonces.publique())),
        ]);
        Self { sceau, enonces, publiques }
    }

    fn p256() -> Self {
        let (_, pem) = CleDuSceau::nouvelle("Service d’essai", date(2026, 11, 23)).expect("a key");
        Self::nouveau(&pem)
    }

    /// The record with its statement, and its file, sealed.
    fn scelle(&self, imprime: Imprime) -> (Imprime, Vec<u8>) {
        let imprime = self.enonces.apposer(imprime);
        let fichier = forprev_pdf::a_sceller(&imprime);
        let cms = self.sceau.sceller(fichier.empreinte()).expect("seals");
        (imprime, fichier.avec(&cms).expect("there is room"))
    }
}

/// How many holders are tried.
fn combien() -> usize {
    std::env::var("FORPREV_TITULAIRES").map_or(24, |combien| combien.parse().expect("a number"))
}

fn conforme(nom: &str, octets: &[u8]) {
    for profil in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
        let options = ValidationOptions::default().profile(profil);
        let rapport = validate_pdf_bytes(octets, &options).unwrap_or_else(|faute| panic!("{nom}: {faute}"));
        let fautes: Vec<String> = rapport.failures.iter().map(ToString::to_string).collect();
        assert!(rapport.is_compliant, "{nom}, {profil:?}: {fautes:#?}");
    }
}

/// The text of a file as Poppler reads it, on one line, composed.
fn texte(chemin: &str) -> String {
    let lu = lance(&["pdftotext", "-raw", "-enc", "UTF-8", chemin, "-"]);
    lu.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// What the code says, drawn at 100 dots an inch in grey.
fn code(dossier: &Dossier, chemin: &str) -> String {
    let image = dossier.chemin("page");
    lance(&["pdftoppm", "-r", "100", "-gray", "-singlefile", chemin, &image]);
    lance(&["zbarimg", "-q", "--raw", "--nodbus", &format!("{image}.pgm")]).trim().to_owned()
}

#[test]
fn chaque_titulaire_a_un_fichier_juste_dont_tout_octet_compte() {
    let (poste, dossier, combien) = (Poste::p256(), Dossier::nouveau(), combien());
    let mut tirages = Tirages(1907);
    let imprimes = exemple::variantes().into_iter().map(|(_, imprime)| imprime).chain(titulaires());
    for (rang, imprime) in imprimes.take(combien).enumerate() {
        let (imprime, octets) = poste.scelle(imprime);
        let nom = &imprime.numero_certificat;
        conforme(nom, &octets);
        let chemin = dossier.ecrire("f.pdf", &octets);
        lance(&["qpdf", "--check", &chemin]);
        let dit = lance(&["pdfsig", "-nocert", &chemin]);
        assert!(dit.contains("Signature is Valid.") && dit.contains("Total document signed"), "{nom}: {dit}");
        let attendu: String = format!("{} {}", imprime.prenom, imprime.nom_naissance).nfc().collect();
        let lu = texte(&chemin);
        assert!(lu.contains(&attendu), "« {attendu} » is missing from {lu}");
        let enonce = imprime.enonce.as_deref().unwrap_or_default();
        let adresse = format!("https://{}/{nom}#{enonce}", imprime.adresse_verification);
        assert_eq!(code(&dossier, &chemin), adresse);
        let constat = verifier(&octets, &poste.publiques).expect("intact");
        assert_eq!(
            (constat.enonce, constat.specimen),
            (Some(Enonce::de(&imprime)), imprime.specimen),
            "{nom}"
        );
        let (place, change) = (tirages.suivant(octets.len()), 1 + tirages.suivant(255));
        let mut faux = octets;
        faux[place] ^= u8::try_from(change).expect("a byte");
        assert!(verifier(&faux, &poste.publiques).is_err(), "{nom}: {change:02x} at {place} passes");
        if rang % 100 == 99 {
            println!("{} of {combien}", rang + 1);
        }
    }
}

/// The same file with the key that a certification authority hands out most.
#[test]
fn un_fichier_scelle_en_rsa_est_intact_pour_tous_et_tout_octet_y_compte() {
    let dossier = Dossier::nouveau();
    let [cle, certificat] = ["cle.pem", "certificat.pem"].map(|nom| dossier.chemin(nom));
    let demande = ["openssl", "req", "-new", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", "30"];
    lance(&[&demande[..], &["-subj", "/CN=Essai RSA", "-keyout", &cle, "-out", &certificat]].concat());
    let pem = [cle, certificat].map(|chemin| std::fs::read_to_string(chemin).expect("PEM")).concat();
    let poste = Poste::nouveau(&pem);
    let mut tirages = Tirages(3072);
    for imprime in titulaires().take(3) {
        let (imprime, octets) = poste.scelle(imprime);
        conforme(&imprime.numero_certificat, &octets);
        let dit = lance(&["pdfsig", "-nocert", &dossier.ecrire("f.pdf", &octets)]);
        for attendu in ["Signature is Valid.", "Total document signed", "Essai RSA"] {
            assert!(dit.contains(attendu), "{attendu} is missing from {dit}");
        }
        lance(&["qpdf", "--check", &dossier.chemin("f.pdf")]);
        assert!(verifier(&octets, &poste.publiques).is_ok());
        assert!(verifier(&octets, &Poste::p256().publiques).is_err(), "another installation");
        for _ in 0..100 {
            let (place, change) = (tirages.suivant(octets.len()), 1 + tirages.suivant(255));
            let mut faux = octets.clone();
            faux[place] ^= u8::try_from(change).expect("a byte");
            assert!(verifier(&faux, &poste.publiques).is_err(), "{change:02x} at {place} passes");
        }
    }
}
