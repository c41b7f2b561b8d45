//! Sealed files: the same bytes each time, intact for every reader, refused after any change.

use forprev_domain::dispositif::Niveau;
use forprev_pdf::{Scelle, tous_a_sceller};
use forprev_web::sceau::{Doute, sceller, sceller_ensemble, verifier};

use super::{Dossier, emis, lance, publiques};
use crate::app::App;

/// Draws that are the same at each run.
pub(super) struct Tirages(pub(super) u64);

impl Tirages {
    pub(super) fn suivant(&mut self, sous: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sous
    }
}

#[tokio::test]
async fn un_fichier_scelle_est_intact_pour_tous_les_lecteurs() {
    let app = App::start();
    let imprimes: Vec<_> = emis(&app, Niveau::Formateur, &["Anaïs Quintard", "Zoé Nguyễn"])
        .await
        .into_iter()
        .filter_map(|c| c.imprime)
        .collect();
    let cles = publiques(&app).await;
    let dossier = Dossier::nouveau();
    let ensemble = || sceller_ensemble(&app.program, tous_a_sceller(&imprimes)).expect("seals");
    assert!(ensemble() == ensemble(), "the same bytes");
    let mut fichiers = sceller(&app.program, &imprimes).expect("seals");
    fichiers.push(ensemble());
    for octets in fichiers {
        let dit = lance(&["pdfsig", "-nocert", &dossier.ecrire("f.pdf", &octets)]);
        for attendu in [
            "Signature is Valid.",
            "Total document signed",
            "ETSI.CAdES.detached",
            "Sceau auto-signé – Forprev",
        ] {
            assert!(dit.contains(attendu), "{attendu} is missing from {dit}");
        }
        let constat = verifier(&octets, &cles).expect("intact");
        assert!(constat.scelle_par.contains("Forprev"), "{constat:?}");
    }
}

#[tokio::test]
async fn les_memes_octets_reviennent_meme_de_deux_instances_a_la_fois() {
    let app = App::start();
    let imprimes: Vec<_> = emis(&app, Niveau::Formateur, &["Anaïs Quintard", "Zoé Nguyễn"])
        .await
        .into_iter()
        .filter_map(|c| c.imprime)
        .collect();
    let autre = app.second_instance();
    let fichiers: Vec<_> = std::thread::scope(|scope| {
        let lances: Vec<_> = [&app.program, &autre, &app.program, &autre]
            .map(|p| scope.spawn(|| sceller(p, &imprimes).expect("seals")))
            .into();
        lances.into_iter().map(|lance| lance.join().expect("ends")).collect()
    });
    assert!(fichiers.iter().all(|autres| *autres == fichiers[0]));
    let un_par_un: Vec<_> = imprimes
        .iter()
        .rev()
        .flat_map(|i| sceller(&autre, std::slice::from_ref(i)).expect("seals"))
        .collect();
    assert!(un_par_un.iter().rev().eq(&fichiers[0]));
}

#[tokio::test]
async fn un_octet_change_ou_ajoute_est_toujours_vu() {
    let app = App::start();
    let imprimes: Vec<_> =
        emis(&app, Niveau::Acteur, &["Anaïs Quintard"]).await.into_iter().filter_map(|c| c.imprime).collect();
    let cles = publiques(&app).await;
    let juste = sceller(&app.program, &imprimes).expect("seals").concat();
    assert!(verifier(&juste, &cles).is_ok_and(|constat| constat.enonce.is_some()));
    let check = |octets: &[u8], quoi: &str| {
        let doute = verifier(octets, &cles).expect_err(quoi);
        assert!(!doute.to_string().is_empty());
    };
    let mut tirages = Tirages(2026);
    for _ in 0..500 {
        let (rang, change) = (tirages.suivant(juste.len()), 1 + tirages.suivant(255));
        let mut faux = juste.clone();
        faux[rang] ^= u8::try_from(change).expect("a byte");
        check(&faux, &format!("{change:02x} at {rang}"));
    }
    let cms = Scelle::lire(&juste).expect("a seal").cms;
    let hexa = |octets: &[u8]| octets.iter().map(|o| format!("{o:02x}")).collect::<String>().into_bytes();
    let debut = juste.windows(20).rposition(|mot| mot == &hexa(&cms)[..20]).expect("its place");
    // All over the container.
    for rang in (debut..debut + 2 * cms.len()).step_by(9) {
        let mut faux = juste.clone();
        faux[rang] = if faux[rang] == b'0' { b'1' } else { b'0' };
        check(&faux, &format!("digit {rang}"));
        if juste[rang].is_ascii_lowercase() {
            faux[rang] = juste[rang].to_ascii_uppercase();
            check(&faux, &format!("capital {rang}"));
        }
    }
    // An unsigned attribute at the end of the signer, all lengths set right.
    let attribut = [&[0xa1_u8, 0x0f, 0x30, 0x0d, 0x06, 0x09][..], &[0x2a; 9], &[0x31, 0x00]].concat();
    let mut faux = juste.clone();
    let plus = allonge(&cms, &attribut);
    faux[debut..debut + 2 * plus.len()].copy_from_slice(&hexa(&plus));
    check(&faux, "unsigned attribute");
    for ajout in [&b"\n"[..], b" ", b"\0", b"%%EOF\n"] {
        check(&[&juste, ajout].concat(), "appended");
        check(&[ajout, &juste].concat(), "put in front");
    }
    for longueur in (0..juste.len()).step_by(997) {
        check(&juste[..longueur], "cut");
    }
}

/// The same container with bytes at its end, inside each structure that ends there.
fn allonge(cms: &[u8], ajout: &[u8]) -> Vec<u8> {
    let mut plus = [cms, ajout].concat();
    let mut rang = 0;
    // ContentInfo, [0], SignedData: `30 82 …`, an OID, `a0 82 …`, `30 82 …`.
    for saut in [4 + 11, 4, 0] {
        let longueur =
            u16::from_be_bytes([plus[rang + 2], plus[rang + 3]]) + u16::try_from(ajout.len()).expect("short");
        plus[rang + 2..rang + 4].copy_from_slice(&longueur.to_be_bytes());
        rang += saut;
    }
    plus
}

#[tokio::test]
async fn ce_qui_n_est_pas_de_cette_installation_est_dit() {
    let app = App::start();
    let ailleurs = App::start();
    let imprimes: Vec<_> =
        emis(&app, Niveau::Acteur, &["Anaïs Quintard"]).await.into_iter().filter_map(|c| c.imprime).collect();
    let fichier = sceller(&app.program, &imprimes).expect("seals").concat();
    let etrangeres = publiques(&ailleurs).await;
    assert_eq!(verifier(&fichier, &etrangeres).expect_err("foreign"), Doute::Etranger);
    for (octets, attendu) in [
        (&b""[..], Doute::PasUnPdf),
        (b"PK\x03\x04", Doute::PasUnPdf),
        (b"%PDF-1.7\n%%EOF", Doute::SansSceau),
        (b"%PDF-1.7\n/ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <30>", Doute::Modifie),
    ] {
        assert_eq!(verifier(octets, &etrangeres).expect_err("no seal"), attendu);
    }
}
