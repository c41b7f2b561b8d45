//! Time-stamps: those of an authority that answers right, and what is sealed all the same when it does not.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use forprev_domain::certificat::Imprime;
use forprev_domain::dispositif::Niveau;
use forprev_pdf::Scelle;
use forprev_pdf::sceau::Cms;
use forprev_web::sceau::{Horodateur, Panne, sceller, sceller_aussitot, sceller_ensemble, verifier};

use super::{Dossier, emis, lance, publiques};
use crate::app::App;

/// What an authority answers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reponse {
    /// What `openssl ts` answers.
    Juste,
    /// The same answer to everybody: the first one.
    Repetee,
    /// The right answer with another byte in the signature of its token.
    Abimee,
    /// A refusal in due form.
    Refus,
    /// What is no answer at all.
    Charabia,
    /// A page of another service.
    Introuvable,
    /// Nothing.
    Silence,
}

/// An authority on a port of its own, with the key and certificate of `openssl ts`.
struct Autorite {
    dossier: Dossier,
    adresse: String,
    demandes: Arc<AtomicUsize>,
}

const REGLAGES: &str = "
[tsa]
default_tsa = essai
[essai]
serial = DOSSIER/serie
signer_cert = DOSSIER/tsa.pem
signer_key = DOSSIER/tsa.key
certs = DOSSIER/tsa.pem
signer_digest = sha512
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
clock_precision_digits = 3
ordering = yes
tsa_name = yes
";

impl Autorite {
    fn nouvelle(reponse: Reponse) -> Self {
        let dossier = Dossier::nouveau();
        let (cle, certificat) = (dossier.chemin("tsa.key"), dossier.chemin("tsa.pem"));
        let mots =
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout", &cle];
        let suite = [
            "-out",
            &certificat,
            "-subj",
            "/CN=Horloge essai",
            "-addext",
            "keyUsage=critical,digitalSignature",
        ];
        lance(&[&mots[..], &suite, &["-addext", "extendedKeyUsage=critical,timeStamping"]].concat());
        dossier.ecrire("serie", "01\n");
        dossier.ecrire("reglages", REGLAGES.replace("DOSSIER", &dossier.chemin("")));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let adresse = format!("http://{}/horodatage", listener.local_addr().expect("its address"));
        let demandes = Arc::new(AtomicUsize::new(0));
        let (ici, compte) = (dossier.0.clone(), Arc::clone(&demandes));
        std::thread::spawn(move || {
            let mut premiere = None;
            for connexion in listener.incoming().flatten() {
                compte.fetch_add(1, Ordering::SeqCst);
                drop(repondre(connexion, reponse, &ici, &mut premiere));
            }
        });
        Self { dossier, adresse, demandes }
    }

    fn app(&self) -> App {
        App::start_with(|config| config.horodatage = Some(self.adresse.clone()))
    }
}

/// Reads one demand, and answers.
fn repondre(
    mut connexion: TcpStream,
    reponse: Reponse,
    dossier: &Path,
    premiere: &mut Option<Vec<u8>>,
) -> std::io::Result<()> {
    let mut recu = Vec::new();
    let corps = loop {
        let mut morceau = [0; 4096];
        let lus = connexion.read(&mut morceau)?;
        recu.extend_from_slice(&morceau[..lus]);
        let Some(fin) = recu.windows(4).position(|mot| mot == b"\r\n\r\n") else { continue };
        let tete = String::from_utf8_lossy(&recu[..fin]).to_lowercase();
        assert!(tete.contains("application/timestamp-query"), "{tete}");
        let longueur = tete.lines().find_map(|ligne| ligne.strip_prefix("content-length: "));
        let longueur: usize = longueur.and_then(|n| n.parse().ok()).expect("a length");
        if recu.len() == fin + 4 + longueur {
            break recu.split_off(fin + 4);
        }
    };
    let corps = match reponse {
        Reponse::Juste => juste(dossier, &corps),
        Reponse::Repetee => premiere.get_or_insert_with(|| juste(dossier, &corps)).clone(),
        Reponse::Abimee => {
            let mut abimee = juste(dossier, &corps);
            *abimee.last_mut().expect("a signature") ^= 1;
            abimee
        }
        // TimeStampResp { status { rejection } }
        Reponse::Refus => b"\x30\x05\x30\x03\x02\x01\x02".to_vec(),
        Reponse::Charabia => b"<html>".to_vec(),
        Reponse::Introuvable => Vec::new(),
        Reponse::Silence => {
            // Until the other side gives up.
            connexion.read_to_end(&mut Vec::new())?;
            return Ok(());
        }
    };
    let statut = if reponse == Reponse::Introuvable { "404 Not Found" } else { "200 OK" };
    write!(connexion, "HTTP/1.1 {statut}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", corps.len())?;
    connexion.write_all(&corps)
}

/// What `openssl ts` answers.
fn juste(dossier: &Path, demande: &[u8]) -> Vec<u8> {
    let [reglages, question, sortie] =
        ["reglages", "demande", "reponse"].map(|nom| dossier.join(nom).to_str().expect("UTF-8").to_owned());
    std::fs::write(&question, demande).expect("writes");
    lance(&["openssl", "ts", "-reply", "-config", &reglages, "-queryfile", &question, "-out", &sortie]);
    std::fs::read(sortie).expect("an answer")
}

async fn imprimes(app: &App) -> Vec<Imprime> {
    let certificats = emis(app, Niveau::Formateur, &["Anaïs Quintard", "Zoé Nguyễn"]).await;
    certificats.into_iter().filter_map(|certificat| certificat.imprime).collect()
}

#[tokio::test]
async fn une_autorite_horodate_chaque_sceau_une_fois() {
    let autorite = Autorite::nouvelle(Reponse::Juste);
    let app = autorite.app();
    let (imprimes, cles) = (imprimes(&app).await, publiques(&app).await);
    let fichiers = sceller(&app.program, &imprimes).expect("seals");
    assert!(sceller(&app.program, &imprimes).expect("seals") == fichiers, "the same bytes");
    assert!(sceller(&app.second_instance(), &imprimes).expect("seals") == fichiers, "from another instance");
    assert_eq!(autorite.demandes.load(Ordering::SeqCst), imprimes.len());

    let dossier = &autorite.dossier;
    for octets in &fichiers {
        let dit = lance(&["pdfsig", "-nocert", &dossier.ecrire("f.pdf", octets)]);
        assert!(dit.contains("Signature is Valid.") && dit.contains("Total document signed"), "{dit}");
        let horodatage = verifier(octets, &cles).expect("intact").horodatage.expect("stamped");
        assert!(horodatage.par.contains("Horloge essai"), "{horodatage:?}");

        // The token alone, for another program: it follows the name of its attribute and the head of a set.
        let cms = Scelle::lire(octets).expect("a seal").cms;
        let nom = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0e";
        let jeton = cms.windows(nom.len()).position(|mot| mot == nom).expect("a token") + nom.len() + 4;
        let jeton = dossier.ecrire("jeton", &cms[jeton..]);
        let signe = dossier.ecrire("signe", Cms::lire(&cms).expect("a seal").signature);
        let racine = dossier.chemin("tsa.pem");
        lance(&["openssl", "ts", "-verify", "-token_in", "-in", &jeton, "-data", &signe, "-CAfile", &racine]);
    }
    let ensemble = sceller_ensemble(&app.program, forprev_pdf::tous_a_sceller(&imprimes)).expect("seals");
    assert_eq!(verifier(&ensemble, &cles).expect("intact").horodatage, None);
}

#[tokio::test]
async fn ce_qui_est_genere_est_horodate_aussitot() {
    let autorite = Autorite::nouvelle(Reponse::Juste);
    let app = autorite.app();
    let certificats = emis(&app, Niveau::Formateur, &["Anaïs Quintard", "Zoé Nguyễn"]).await;
    let session = certificats[0].session.expect("one that declared it");
    sceller_aussitot(&app.program, session).expect("an authority").await.expect("ends");
    assert_eq!(autorite.demandes.load(Ordering::SeqCst), 2);
    let imprimes: Vec<_> = certificats.into_iter().filter_map(|certificat| certificat.imprime).collect();
    sceller(&app.program, &imprimes).expect("seals");
    assert_eq!(autorite.demandes.load(Ordering::SeqCst), 2, "kept: nothing is asked at a download");
    assert!(sceller_aussitot(&App::start().program, session).is_none(), "nobody to ask");
}

#[tokio::test]
async fn un_octet_change_dans_un_horodatage_est_vu() {
    let autorite = Autorite::nouvelle(Reponse::Juste);
    let app = autorite.app();
    let (imprimes, cles) = (imprimes(&app).await, publiques(&app).await);
    let juste = sceller(&app.program, &imprimes[..1]).expect("seals").concat();
    assert!(verifier(&juste, &cles).is_ok_and(|constat| constat.horodatage.is_some()));
    let cms = Scelle::lire(&juste).expect("a seal").cms;
    let hexa = |octets: &[u8]| octets.iter().map(|o| format!("{o:02x}")).collect::<String>().into_bytes();
    let debut = juste.windows(20).rposition(|mot| mot == &hexa(&cms)[..20]).expect("its place");
    for rang in (debut..debut + 2 * cms.len() + 8).step_by(31) {
        let mut faux = juste.clone();
        faux[rang] = if faux[rang] == b'0' { b'1' } else { b'0' };
        assert!(verifier(&faux, &cles).is_err(), "digit {rang}");
    }
}

#[tokio::test]
async fn une_autorite_en_panne_n_empeche_aucun_sceau() {
    for reponse in
        [Reponse::Repetee, Reponse::Abimee, Reponse::Refus, Reponse::Charabia, Reponse::Introuvable]
    {
        let autorite = Autorite::nouvelle(reponse);
        let app = autorite.app();
        let (imprimes, cles) = (imprimes(&app).await, publiques(&app).await);
        let fichiers = sceller(&app.program, &imprimes).expect("seals");
        let horodates = fichiers.iter().map(|f| verifier(f, &cles).expect("intact").horodatage.is_some());
        let attendu = [reponse == Reponse::Repetee, false];
        assert!(horodates.eq(attendu), "{reponse:?}");
        assert!(sceller(&app.program, &imprimes).expect("seals") == fichiers, "{reponse:?}: kept so");
        // One that failed is left alone for a while.
        let demandes = if reponse == Reponse::Repetee { 2 } else { 1 };
        assert_eq!(autorite.demandes.load(Ordering::SeqCst), demandes, "{reponse:?}");
    }
}

#[tokio::test]
async fn une_autorite_absente_ou_muette_ne_retient_personne() {
    let app = App::start();
    let seul = sceller(&app.program, &imprimes(&app).await[..1]).expect("seals").concat();
    let cms = Scelle::lire(&seul).expect("a seal").cms;
    let muette = Autorite::nouvelle(Reponse::Silence);
    // Nobody listens on the second one.
    for adresse in [muette.adresse.as_str(), "http://127.0.0.1:1/"] {
        let horodateur = Horodateur::with_timeout(adresse, Duration::from_millis(200));
        assert!(matches!(horodateur.horodater(&cms), Err(Panne::SansReponse(_))), "{adresse}");
        assert!(matches!(horodateur.horodater(&cms), Err(Panne::Pause)), "{adresse}");
    }
}
