//! The key that seals files: P-256 or RSA, with its certificate.

use forprev_pdf::sceau::{Algorithme, Chaine, Cms, Empreinte, a_signer};
use jiff::civil::Date;
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::pkcs8::DecodePrivateKey as _;
use rcgen::{CertificateParams, DnType, KeyUsagePurpose, date_time_ymd};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::pem::SectionKind;

use super::pem;

/// Years for which the certificate of the first start is valid: longer than any certificate is handed out.
const ANNEES: i16 = 30;
/// Longest name that a certificate takes, in characters.
const LONGUEUR_NOM: usize = 64;

/// Why a key cannot serve, as the end of a French sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CleRefusee {
    /// No private key in the file.
    #[error(
        "ne contient pas de clé privée lisible ; une clé protégée par un mot de passe se donne en PKCS#12"
    )]
    SansCle,
    /// No certificate in the file.
    #[error("ne contient pas le certificat de sa clé")]
    SansCertificat,
    /// A certificate of another kind of key.
    #[error("contient un certificat dont la clé n’est ni P-256 ni RSA")]
    Genre,
    /// The certificate is that of another key.
    #[error(
        "contient une clé et un certificat qui ne vont pas ensemble, ou une clé RSA de moins de 2048 bits"
    )]
    Couple,
    /// PKCS#12 that cannot be opened.
    #[error("ne s’ouvre pas en PKCS#12 : le mot de passe ne convient pas, ou le fichier est abîmé")]
    Pkcs12,
    /// Not an Ed25519 key.
    #[error("ne contient pas de clé privée Ed25519 en PEM (PKCS#8)")]
    Ed25519,
    /// The system gives no randomness.
    #[error("n’a pas pu être fait : le système ne donne pas de hasard")]
    Hasard,
}

/// The key that seals files, with its certificate.
#[derive(Debug)]
pub struct CleDuSceau {
    chaine: Chaine,
    secret: Secret,
}

#[derive(Debug)]
enum Secret {
    /// Twice the same key: ring signs in a quarter of the time, the other one always alike (RFC 6979).
    P256 {
        rapide: Box<EcdsaKeyPair>,
        constante: Box<SigningKey>,
    },
    Rsa(Box<RsaKeyPair>),
}

impl CleDuSceau {
    /// A new P-256 key with a self-signed certificate that says so, and the PEM of both.
    ///
    /// # Errors
    /// [`CleRefusee::Hasard`].
    pub fn nouvelle(service: &str, aujourdhui: Date) -> Result<(Self, String), CleRefusee> {
        let cle = rcgen::KeyPair::generate().map_err(|_| CleRefusee::Hasard)?;
        let mut params = CertificateParams::default();
        let jour = |jour: Date| {
            date_time_ymd(i32::from(jour.year()), jour.month().unsigned_abs(), jour.day().unsigned_abs())
        };
        params.not_before = jour(aujourdhui.yesterday().unwrap_or(aujourdhui));
        params.not_after = jour(aujourdhui.saturating_add(jiff::Span::new().years(ANNEES)));
        let nom = |texte: String| texte.chars().take(LONGUEUR_NOM).collect::<String>();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::OrganizationName, nom(service.to_owned()));
        params.distinguished_name.push(DnType::CommonName, nom(format!("Sceau auto-signé – {service}")));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
        let certificat = params.self_signed(&cle).map_err(|_| CleRefusee::Hasard)?;
        let texte = pem::ecrire("PRIVATE KEY", cle.serialized_der())
            + &pem::certificats(&[certificat.der().to_vec()]);
        Ok((Self::de_pem(texte.as_bytes())?, texte))
    }

    /// Reads a PEM text: a private key (PKCS#8, SEC 1 or PKCS#1), its certificate, then those of its chain.
    ///
    /// # Errors
    /// [`CleRefusee`].
    pub fn de_pem(texte: &[u8]) -> Result<Self, CleRefusee> {
        let parts = pem::lire(texte);
        let cle = parts.iter().find(|(genre, _)| {
            matches!(genre, SectionKind::PrivateKey | SectionKind::EcPrivateKey | SectionKind::RsaPrivateKey)
        });
        let (_, cle) = cle.ok_or(CleRefusee::SansCle)?;
        Self::assembler(cle, pem::lire_certificats(texte))
    }

    /// Reads a PKCS#12 file.
    ///
    /// # Errors
    /// [`CleRefusee`].
    pub fn de_pkcs12(octets: &[u8], mot_de_passe: &str) -> Result<Self, CleRefusee> {
        let coffre = KeyStore::from_pkcs12(octets, mot_de_passe, Pkcs12ImportPolicy::Relaxed);
        let coffre = coffre.map_err(|_| CleRefusee::Pkcs12)?;
        let (_, couple) = coffre.private_key_chain().ok_or(CleRefusee::SansCle)?;
        let certificats = couple.certs().iter().map(|certificat| certificat.as_der().to_vec()).collect();
        Self::assembler(couple.key().as_der(), certificats)
    }

    fn assembler(cle: &[u8], certificats: Vec<Vec<u8>>) -> Result<Self, CleRefusee> {
        if certificats.is_empty() {
            return Err(CleRefusee::SansCertificat);
        }
        let chaine = Chaine::lire(certificats).map_err(|_| CleRefusee::Genre)?;
        let secret = match chaine.algorithme() {
            Algorithme::P256 => p256(cle, &chaine)?,
            Algorithme::Rsa => rsa(cle, &chaine)?,
        };
        Ok(Self { chaine, secret })
    }

    /// Its certificates.
    #[must_use]
    pub fn chaine(&self) -> &Chaine {
        &self.chaine
    }

    /// Seals what has this digest: the CMS container, as DER. It is to be kept: the next one may differ.
    ///
    /// # Errors
    /// [`CleRefusee::Hasard`].
    pub fn sceller(&self, empreinte: Empreinte) -> Result<Vec<u8>, CleRefusee> {
        self.cms(empreinte, |message| match &self.secret {
            Secret::P256 { rapide, .. } => {
                let signature = rapide.sign(&SystemRandom::new(), message).map_err(|_| CleRefusee::Hasard)?;
                Signature::from_der(signature.as_ref()).map(unique).map_err(|_| CleRefusee::Hasard)
            }
            Secret::Rsa(cle) => signer_rsa(cle, message),
        })
    }

    /// As [`CleDuSceau::sceller`], slower, always the same bytes for the same digest.
    ///
    /// # Errors
    /// [`CleRefusee::Hasard`].
    pub fn sceller_pareil(&self, empreinte: Empreinte) -> Result<Vec<u8>, CleRefusee> {
        self.cms(empreinte, |message| match &self.secret {
            Secret::P256 { constante, .. } => {
                constante.try_sign(message).map(unique).map_err(|_| CleRefusee::Hasard)
            }
            Secret::Rsa(cle) => signer_rsa(cle, message),
        })
    }

    fn cms(
        &self,
        empreinte: Empreinte,
        signer: impl FnOnce(&[u8]) -> Result<Vec<u8>, CleRefusee>,
    ) -> Result<Vec<u8>, CleRefusee> {
        let message = a_signer(&self.chaine, &empreinte).map_err(|_| CleRefusee::Genre)?;
        let (chaine, signature) = (self.chaine.clone(), signer(&message)?);
        let cms = Cms { chaine, empreinte, signature, horodatage: None };
        cms.encoder().map_err(|_| CleRefusee::Genre)
    }
}

/// The one form of a signature: where `(r, s)` holds, `(r, n − s)` holds too; the lower one is taken.
pub(super) fn unique(signature: Signature) -> Vec<u8> {
    signature.normalize_s().to_der().as_bytes().to_vec()
}

fn p256(cle: &[u8], chaine: &Chaine) -> Result<Secret, CleRefusee> {
    let secrete = SecretKey::from_pkcs8_der(cle)
        .or_else(|_| SecretKey::from_sec1_der(cle))
        .map_err(|_| CleRefusee::Couple)?;
    let publique = secrete.public_key().to_sec1_point(false);
    if publique.as_bytes() != chaine.cle_publique() {
        return Err(CleRefusee::Couple);
    }
    let rapide = EcdsaKeyPair::from_private_key_and_public_key(
        &ECDSA_P256_SHA256_ASN1_SIGNING,
        &secrete.to_bytes(),
        publique.as_bytes(),
        &SystemRandom::new(),
    );
    let rapide = rapide.map_err(|_| CleRefusee::Couple)?;
    Ok(Secret::P256 { rapide: Box::new(rapide), constante: Box::new(SigningKey::from(secrete)) })
}

fn rsa(cle: &[u8], chaine: &Chaine) -> Result<Secret, CleRefusee> {
    let cle = RsaKeyPair::from_pkcs8(cle).or_else(|_| RsaKeyPair::from_der(cle));
    let cle = cle.map_err(|_| CleRefusee::Couple)?;
    let sienne = cle.public().as_ref() == chaine.cle_publique();
    if sienne { Ok(Secret::Rsa(Box::new(cle))) } else { Err(CleRefusee::Couple) }
}

fn signer_rsa(cle: &RsaKeyPair, message: &[u8]) -> Result<Vec<u8>, CleRefusee> {
    let mut signature = vec![0; cle.public().modulus_len()];
    cle.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
        .map_err(|_| CleRefusee::Hasard)?;
    Ok(signature)
}
