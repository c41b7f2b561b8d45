//! Checks a file and the code of a certificate with public keys alone: no register, no network.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forprev_domain::certificat::Enonce;
use forprev_pdf::Scelle;
use forprev_pdf::sceau::{Algorithme, Chaine, Cms, Condensat, Horodatage, a_signer};
use jiff::Timestamp;
use p256::ecdsa::Signature;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
};

use super::Publiques;
use super::cle_du_sceau::unique;

/// Bytes of an Ed25519 signature.
const SIGNATURE: usize = 64;
/// Shortest statement in a file, in letters: shorter runs are something else.
const LETTRES: usize = 120;
/// What every sealed file says of its seal.
const SCEAU: &[u8] = b"/ETSI.CAdES.detached";

/// What a file that holds a SPÉCIMEN says of itself, where nothing is compressed. No name can say it: names have
/// no such dash.
const MENTION: &[u8] = forprev_pdf::MENTION_SPECIMEN.as_bytes();

/// What a file proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constat {
    /// Whom the certificate of the seal names.
    pub scelle_par: String,
    /// SHA-256 of that certificate, in hexadecimal.
    pub empreinte: String,
    /// When an authority saw the seal, where one was asked.
    pub horodatage: Option<Horodate>,
    /// Whether it says of itself that a certificate in it is a SPÉCIMEN, without value.
    pub specimen: bool,
    /// What the code says; `None` when the file holds no statement (it was made before there were any, or it holds
    /// several certificates), or when there is no key to check it with.
    pub enonce: Option<Enonce>,
    /// Whether it holds a statement that no given key could check.
    pub enonce_en_suspens: bool,
}

/// When an authority saw a seal. Whether the authority is to be trusted is for the reader to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Horodate {
    /// When.
    pub instant: Timestamp,
    /// Whom the certificate of the authority names.
    pub par: String,
}

/// Why a file or a code is not to be relied on, as a French sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Doute {
    /// Not a PDF file.
    #[error("Ce fichier n’est pas un PDF.")]
    PasUnPdf,
    /// A PDF file without our seal.
    #[error("Ce fichier ne porte pas de sceau : rien ne dit d’où il vient.")]
    SansSceau,
    /// Changed since it was sealed.
    #[error("Ce fichier a été modifié depuis qu’il a été scellé : ne vous y fiez pas.")]
    Modifie,
    /// Sealed by a key that is not among the given ones.
    #[error("Le sceau de ce fichier n’est pas celui de cette installation : ne vous y fiez pas.")]
    Etranger,
    /// Not an address with a statement.
    #[error("Ce code ne contient pas d’énoncé signé.")]
    SansEnonce,
    /// Only certificates of seals were given, and a statement has a key of its own.
    #[error(
        "Les clés données ne contiennent pas celle des énoncés : ce code ne se vérifie qu’avec le fichier que publie l’installation."
    )]
    SansCle,
    /// A statement that no known key signed as it stands.
    #[error("L’énoncé de ce code n’a pas été signé par cette installation : ne vous y fiez pas.")]
    EnonceFaux,
}

/// Checks a file: its seal covers every byte, stands in its one form, holds, and is that of a known certificate;
/// so are the statements of its codes.
///
/// # Errors
/// [`Doute`].
pub fn verifier(fichier: &[u8], publiques: &Publiques) -> Result<Constat, Doute> {
    if !fichier.starts_with(b"%PDF-") {
        return Err(Doute::PasUnPdf);
    }
    if !fichier.windows(SCEAU.len()).any(|mot| mot == SCEAU) {
        return Err(Doute::SansSceau);
    }
    let scelle = Scelle::lire(fichier).ok_or(Doute::Modifie)?;
    let cms = Cms::lire(&scelle.cms).map_err(|_| Doute::Modifie)?;
    let message = a_signer(&cms.chaine, &scelle.empreinte).map_err(|_| Doute::Modifie)?;
    let scelle_tient = tient(&cms.chaine, Condensat::Sha256, &message, &cms.signature);
    let horodatage_tient = cms.horodatage.iter().all(|h| h.atteste(&cms.signature) && authentique(h));
    if cms.empreinte != scelle.empreinte || !scelle_tient || !horodatage_tient {
        return Err(Doute::Modifie);
    }
    if !publiques.connait(&cms.chaine) {
        return Err(Doute::Etranger);
    }
    let (enonce, enonce_en_suspens) = match fragment(fichier).map(|lettres| lire_fragment(lettres, publiques))
    {
        None => (None, false),
        Some(Ok(enonce)) => (Some(enonce), false),
        Some(Err(Doute::SansCle)) => (None, true),
        Some(Err(doute)) => return Err(doute),
    };
    Ok(Constat {
        scelle_par: cms.chaine.sujet().to_owned(),
        empreinte: cms.chaine.empreinte().iter().map(|octet| format!("{octet:02x}")).collect(),
        horodatage: cms
            .horodatage
            .map(|h| Horodate { instant: h.instant(), par: h.chaine.sujet().to_owned() }),
        specimen: fichier.windows(MENTION.len()).any(|mot| mot == MENTION),
        enonce,
        enonce_en_suspens,
    })
}

/// Whether the key of the authority signed a time-stamp.
pub(super) fn authentique(horodatage: &Horodatage) -> bool {
    tient(&horodatage.chaine, horodatage.condensat, horodatage.signe(), &horodatage.signature)
}

/// Reads what the code of a certificate says: its whole address, or what stands behind the `#`.
///
/// # Errors
/// [`Doute::SansEnonce`], [`Doute::EnonceFaux`].
pub fn lire_enonce(adresse: &str, publiques: &Publiques) -> Result<Enonce, Doute> {
    let adresse = adresse.trim();
    let (page, fragment) = adresse.split_once('#').unwrap_or(("", adresse));
    let enonce = lire_fragment(fragment, publiques)?;
    let numero = page.rsplit('/').next().unwrap_or("");
    if page.is_empty() || numero == enonce.numero { Ok(enonce) } else { Err(Doute::EnonceFaux) }
}

fn lire_fragment(fragment: &str, publiques: &Publiques) -> Result<Enonce, Doute> {
    let octets = URL_SAFE_NO_PAD.decode(fragment).map_err(|_| Doute::SansEnonce)?;
    let (message, signature) = octets.split_last_chunk::<SIGNATURE>().ok_or(Doute::SansEnonce)?;
    let (enonce, id) = Enonce::lire(message).ok_or(Doute::SansEnonce)?;
    if publiques.sans_cle_des_enonces() {
        return Err(Doute::SansCle);
    }
    let signe = |cle: Vec<u8>| UnparsedPublicKey::new(&ED25519, cle).verify(message, signature).is_ok();
    if publiques.cles_des_enonces(id).any(signe) { Ok(enonce) } else { Err(Doute::EnonceFaux) }
}

/// What looks like a statement in a file, where it says what its code says: a long run of letters behind a `#`.
fn fragment(fichier: &[u8]) -> Option<&str> {
    let suites = fichier.split(|octet| *octet == b'#').skip(1);
    let mut lettres = suites.map(|suite| {
        let fin = suite.iter().position(|c| !c.is_ascii_alphanumeric() && !b"-_".contains(c));
        &suite[..fin.unwrap_or(suite.len())]
    });
    lettres.find(|lettres| lettres.len() >= LETTRES).and_then(|lettres| str::from_utf8(lettres).ok())
}

/// Whether a signature holds, and is in its one form.
fn tient(chaine: &Chaine, condensat: Condensat, message: &[u8], signature: &[u8]) -> bool {
    let est_unique = || Signature::from_der(signature).is_ok_and(|s| unique(s) == signature);
    let algorithme: &dyn VerificationAlgorithm = match (chaine.algorithme(), condensat) {
        (Algorithme::P256, Condensat::Sha256) if est_unique() => &ECDSA_P256_SHA256_ASN1,
        (Algorithme::P256, Condensat::Sha256 | Condensat::Sha384 | Condensat::Sha512) => return false,
        (Algorithme::Rsa, Condensat::Sha256) => &RSA_PKCS1_2048_8192_SHA256,
        (Algorithme::Rsa, Condensat::Sha384) => &RSA_PKCS1_2048_8192_SHA384,
        (Algorithme::Rsa, Condensat::Sha512) => &RSA_PKCS1_2048_8192_SHA512,
    };
    UnparsedPublicKey::new(algorithme, chaine.cle_publique()).verify(message, signature).is_ok()
}
