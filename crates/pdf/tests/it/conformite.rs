//! Files as the judges of PDF/A and PDF/UA see them.

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::exemple;
use crate::lecteurs::{Fichier, run, sealed};
use crate::titulaires::titulaires;

/// Fails with what the judges of PDF/A-2a and PDF/UA-1 find.
fn check_conforming(name: &str, bytes: &[u8]) {
    for profile in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap_or_else(|e| panic!("{name}: {e}"));
        let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
        assert!(report.is_compliant, "{name}, {profile:?}: {failures:#?}");
    }
}

#[test]
fn every_file_is_archival_and_accessible_once_sealed() {
    let variants = exemple::variantes();
    for (name, imprime) in &variants {
        check_conforming(name, &forprev_pdf::certificat(imprime));
        check_conforming(name, &sealed(forprev_pdf::a_sceller(imprime)));
        check_conforming(name, &forprev_pdf::carte(imprime));
    }
    let all: Vec<_> = variants.into_iter().map(|(_, imprime)| imprime).collect();
    check_conforming("all", &sealed(forprev_pdf::tous_a_sceller(&all)));
    let many = [&all[..], &all].concat();
    check_conforming("cards", &sealed(forprev_pdf::cartes_a_sceller(&many)));
}

/// The same names one by one, sealed for good: `sceau::mille`, in the tests of the web.
#[test]
fn a_file_of_many_awkward_holders_is_archival_and_accessible() {
    let imprimes: Vec<_> = titulaires().take(48).collect();
    let bytes = sealed(forprev_pdf::tous_a_sceller(&imprimes));
    check_conforming("all in one", &bytes);
    run("qpdf", &["--check"], &Fichier::new(&bytes).chemin(), &[]);
    check_conforming("cards", &sealed(forprev_pdf::cartes_a_sceller(&imprimes)));
}
