//! How long a certificate takes on one core, beside the floor: the least work that its bytes ask for.
//!
//! `bin/bench-certificat` runs it with the same page made by other programs.

use std::hint::black_box;

use forprev_domain::certificat::Imprime;
use forprev_pdf::lire_logo;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use rustix::time::{ClockId, clock_gettime};
use sha2::{Digest, Sha256};

#[path = "../src/exemple.rs"]
mod exemple;

/// Certificates of one measure.
const COUNT: u32 = 200;
/// Tries of which the best counts.
const TRIES: u32 = 15;
/// Pages of one file.
const MERGED: u32 = 1000;
/// Length of the signature that stands for a real one, certificate included.
const CMS: usize = 1100;

fn main() {
    let (_, model) = exemple::variantes().swap_remove(0);
    let imprimes: Vec<Imprime> = (0..COUNT).map(|rank| holder(&model, rank)).collect();
    if let Ok(file) = std::env::var("FORPREV_BENCH_PAGE") {
        std::fs::write(file, forprev_pdf::mesure::page(&imprimes[0])).expect("the page is written");
    }
    let random = SystemRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
    let key =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &random).expect("its own");
    let sign = |digest: &[u8]| key.sign(&random, digest).expect("a signature");
    let sealed = forprev_pdf::a_sceller(&imprimes[0]).avec(&[0x30; CMS]).expect("room");

    let parts = [
        ("layout", each(&imprimes, forprev_pdf::mesure::mise_en_page)),
        ("layout and deflate", each(&imprimes, |imprime| forprev_pdf::mesure::contenu(imprime).len())),
        ("sha-256 of the file", each(&imprimes, |_| Sha256::digest(black_box(&sealed)))),
        ("p-256", each(&imprimes, |_| sign(black_box(&sealed[..32])))),
        ("qr code", each(&imprimes, forprev_pdf::mesure::code)),
    ];
    for (name, time) in &parts {
        println!("{name} {time:.1}");
    }
    let floor = parts[1].1 + parts[2].1 + parts[3].1;
    println!("floor {floor:.1}");
    println!("certificate {:.1}", each(&imprimes, |imprime| forprev_pdf::certificat(imprime).len()));
    let whole = each(&imprimes, |imprime| {
        let a_sceller = forprev_pdf::a_sceller(imprime);
        let signature = sign(&a_sceller.empreinte());
        let mut cms = signature.as_ref().to_vec();
        cms.resize(CMS, 0);
        a_sceller.avec(&cms).expect("room").len()
    });
    println!("sealed {whole:.1}");
    println!("ratio {:.2}", whole / floor);

    let many: Vec<Imprime> = (0..MERGED).map(|rank| holder(&model, rank)).collect();
    let mut bytes = 0;
    let merge = |_| {
        let start = worked();
        bytes = forprev_pdf::tous_a_sceller(&many).avec(&[0x30; CMS]).expect("room").len();
        worked() - start
    };
    let time = (0..TRIES).map(merge).fold(f64::MAX, f64::min);
    println!("merged-pages-per-second {:.0}", f64::from(MERGED) / time * 1e6);
    println!("bytes-sealed {} bytes-a-page-merged {}", sealed.len(), bytes / MERGED as usize);
}

/// Microseconds of one call: the mean over the certificates of the best of several tries, so that what else the
/// machine does counts as little as can be.
fn each<T>(imprimes: &[Imprime], call: impl Fn(&Imprime) -> T) -> f64 {
    let mut best = vec![f64::MAX; imprimes.len()];
    for _ in 0..TRIES {
        for (imprime, best) in imprimes.iter().zip(&mut best) {
            let start = worked();
            black_box(call(black_box(imprime)));
            *best = best.min(worked() - start);
        }
    }
    best.iter().sum::<f64>() / f64::from(COUNT)
}

/// Microseconds for which a core has worked on this thread: those of other programs do not count.
fn worked() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

/// A certificate unlike the others, with a statement in its code as long as a signed one.
fn holder(model: &Imprime, rank: u32) -> Imprime {
    const NAMES: [(&str, &str); 5] = [
        ("Anaïs", "Lefèvre-Quintard"),
        ("Karim", "Benali"),
        ("Zoé Marie", "Dupont"),
        ("Łucja", "Wiśniewska"),
        ("Jean-Baptiste", "de La Rochefoucauld"),
    ];
    let (prenom, nom) = NAMES[rank as usize % NAMES.len()];
    Imprime {
        numero_certificat: format!("SST-A-26-{rank:05}-QXMW2"),
        prenom: prenom.into(),
        nom_naissance: nom.into(),
        ..model.clone()
    }
}
