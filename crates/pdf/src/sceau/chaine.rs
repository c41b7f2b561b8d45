//! The certificate of a seal, with those that lead to its root.

use der::asn1::{Any, SetOfVec};
use der::{Decode, Encode};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::asn1::{EC_PUBLIC_KEY, IssuerAndSerialNumber, PRIME_256_V1, RSA};
use super::{Defaut, Empreinte};

/// How the key of a certificate signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithme {
    /// ECDSA on P-256, with SHA-256.
    P256,
    /// RSA PKCS #1 v1.5, with SHA-256.
    Rsa,
}

/// The certificate of whoever seals, first, then those that lead to its root, each as DER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chaine {
    certificats: Vec<Vec<u8>>,
    algorithme: Algorithme,
    cle_publique: Vec<u8>,
    sujet: String,
    fin: Timestamp,
}

impl Chaine {
    /// Reads certificates, the signer's first.
    ///
    /// # Errors
    /// [`Defaut::Certificat`] when there is none, when one cannot be read, or when the key of the first is
    /// neither P-256 nor RSA.
    pub fn lire(certificats: Vec<Vec<u8>>) -> Result<Self, Defaut> {
        let mut lus =
            certificats.iter().map(|der| Certificate::from_der(der).map_err(|_| Defaut::Certificat));
        let premier = lus.next().ok_or(Defaut::Certificat)??;
        lus.try_for_each(|lu| lu.map(drop))?;
        let spki = premier.tbs_certificate().subject_public_key_info();
        let algorithme = algorithme(spki).ok_or(Defaut::Certificat)?;
        let cle_publique = spki.subject_public_key.as_bytes().ok_or(Defaut::Certificat)?.to_vec();
        let sujet = premier.tbs_certificate().subject().to_string();
        let fin = premier.tbs_certificate().validity().not_after.to_unix_duration().as_secs();
        let fin = i64::try_from(fin).ok().and_then(|secondes| Timestamp::from_second(secondes).ok());
        let fin = fin.ok_or(Defaut::Certificat)?;
        Ok(Self { certificats, algorithme, cle_publique, sujet, fin })
    }

    /// The certificates of a container, that of the signer first; the others keep its order.
    pub(super) fn signee(certificats: &SetOfVec<Any>, sid: &IssuerAndSerialNumber) -> Result<Self, Defaut> {
        let certificats = certificats.iter().map(Encode::to_der).collect::<der::Result<Vec<_>>>();
        let mut certificats = certificats.map_err(|_| Defaut::Certificat)?;
        let signe = |der: &Vec<u8>| sid_de(der).is_ok_and(|trouve| trouve == *sid);
        let rang = certificats.iter().position(signe).ok_or(Defaut::Certificat)?;
        certificats[..=rang].rotate_right(1);
        Self::lire(certificats)
    }

    /// The certificates, the signer's first.
    #[must_use]
    pub fn certificats(&self) -> &[Vec<u8>] {
        &self.certificats
    }

    /// How the signer's key signs.
    #[must_use]
    pub fn algorithme(&self) -> Algorithme {
        self.algorithme
    }

    /// The signer's public key: an uncompressed point, or an `RSAPublicKey`.
    #[must_use]
    pub fn cle_publique(&self) -> &[u8] {
        &self.cle_publique
    }

    /// Whom the signer's certificate names: « CN=… ».
    #[must_use]
    pub fn sujet(&self) -> &str {
        &self.sujet
    }

    /// When the signer's certificate ends.
    #[must_use]
    pub fn fin(&self) -> Timestamp {
        self.fin
    }

    /// SHA-256 of the signer's certificate.
    #[must_use]
    pub fn empreinte(&self) -> Empreinte {
        Sha256::digest(&self.certificats[0]).into()
    }

    /// What names the signer's certificate in the container.
    pub(super) fn sid(&self) -> der::Result<IssuerAndSerialNumber> {
        sid_de(&self.certificats[0])
    }

    /// The certificates, as a container holds them.
    pub(super) fn ensemble(&self) -> der::Result<SetOfVec<Any>> {
        let certificats = self.certificats.iter().map(|der| Any::from_der(der));
        SetOfVec::try_from(certificats.collect::<der::Result<Vec<_>>>()?)
    }
}

fn sid_de(certificat: &[u8]) -> der::Result<IssuerAndSerialNumber> {
    let certificat = Certificate::from_der(certificat)?;
    let tbs = certificat.tbs_certificate();
    Ok(IssuerAndSerialNumber { issuer: tbs.issuer().clone(), serial_number: tbs.serial_number().clone() })
}

fn algorithme(spki: &SubjectPublicKeyInfoOwned) -> Option<Algorithme> {
    if spki.algorithm.oid == RSA {
        return Some(Algorithme::Rsa);
    }
    let courbe = spki.algorithm.parameters.as_ref()?.to_der().ok()?;
    (spki.algorithm.oid == EC_PUBLIC_KEY && courbe == PRIME_256_V1.to_der().ok()?).then_some(Algorithme::P256)
}
