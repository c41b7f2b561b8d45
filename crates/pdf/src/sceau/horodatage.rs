//! The time-stamp of a seal (RFC 3161): what is asked of an authority, and its token in one encoding.
//!
//! A token is kept as far as its own signature covers it. Certificates that it does not name, lists of revoked ones and
//! unsigned attributes are left out: nobody would see a change in them.

use der::asn1::{Any, Null, ObjectIdentifier, OctetString, SetOfVec};
use der::{Decode, Encode, Tag, Tagged};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::asn1::{
    Attribute, CONTENT_TYPE, ContentInfo, ECDSA_WITH_SHA_256, EncapsulatedContentInfo, ID_SIGNED_DATA,
    MESSAGE_DIGEST, MessageImprint, SHA_1, SHA_256, SHA_256_WITH_RSA, SHA_384, SHA_384_WITH_RSA, SHA_512,
    SHA_512_WITH_RSA, SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2, SignedData, SignerInfo,
    SigningCertificate, TST_INFO, TimeStampReq, TimeStampResp, TstInfo,
};
use super::{Algorithme, Chaine, Defaut};

/// What an authority is asked: to stamp this signature with the time, and to name its certificate. The answer
/// repeats `alea`.
///
/// # Errors
/// Never.
pub fn demande(signature: &[u8], alea: u64) -> Result<Vec<u8>, Defaut> {
    let demande = || {
        let message_imprint = imprint(signature)?;
        TimeStampReq { version: 1, message_imprint, nonce: alea, cert_req: true }.to_der()
    };
    demande().map_err(|_: der::Error| Defaut::Forme)
}

/// The digest that a token is signed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condensat {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// The token of an authority: which signature it saw, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Horodatage {
    /// The certificate of the authority, and those that its token names.
    pub chaine: Chaine,
    /// The digest that its key signed.
    pub condensat: Condensat,
    /// Its signature; of ECDSA as DER.
    pub signature: Vec<u8>,
    /// The signed attributes, as DER.
    attributs: Vec<u8>,
    /// The `TSTInfo`, as DER.
    contenu: Vec<u8>,
    instant: Timestamp,
    imprint: Vec<u8>,
}

impl Horodatage {
    /// Reads the answer to [`demande`]; whether the signature of the token holds is for the caller to see.
    ///
    /// # Errors
    /// [`Defaut::Horodatage`] when the authority refused, or when its token is of another signature or another
    /// demand; [`Defaut::Certificat`] when its key is neither P-256 nor RSA.
    pub fn de_reponse(reponse: &[u8], signature: &[u8], alea: u64) -> Result<Self, Defaut> {
        let reponse = TimeStampResp::from_der(reponse).map_err(|_| Defaut::Horodatage)?;
        // Granted, or granted with changes.
        let (0 | 1, Some(jeton)) = (reponse.status.status, reponse.token) else {
            return Err(Defaut::Horodatage);
        };
        let (lu, info) = lire(jeton)?;
        let attendu = info.nonce == Some(alea) && lu.atteste(signature);
        attendu.then_some(lu).ok_or(Defaut::Horodatage)
    }

    /// Reads a token; whether it is in its one encoding is for the caller to see.
    pub(super) fn lire(octets: &[u8]) -> Result<Self, Defaut> {
        let jeton = ContentInfo::from_der(octets).map_err(|_| Defaut::Horodatage)?;
        lire(jeton).map(|(lu, _)| lu)
    }

    /// Whether it is the time-stamp of this signature.
    #[must_use]
    pub fn atteste(&self, signature: &[u8]) -> bool {
        imprint(signature).and_then(|imprint| imprint.to_der()).is_ok_and(|imprint| imprint == self.imprint)
    }

    /// When the authority saw the signature.
    #[must_use]
    pub fn instant(&self) -> Timestamp {
        self.instant
    }

    /// What the key of the authority signed.
    #[must_use]
    pub fn signe(&self) -> &[u8] {
        &self.attributs
    }

    /// The token, as DER.
    pub(super) fn encoder(&self) -> der::Result<Vec<u8>> {
        let digest = AlgorithmIdentifierOwned { oid: self.condensat.oid(), parameters: None };
        let signer = SignerInfo {
            version: 1,
            sid: self.chaine.sid()?,
            digest_algorithm: digest.clone(),
            signed_attributes: SetOfVec::from_der(&self.attributs)?,
            signature_algorithm: self.condensat.signe_par(self.chaine.algorithme())?,
            signature: OctetString::new(self.signature.as_slice())?,
            unsigned_attributes: None,
        };
        let content = SignedData {
            version: 3,
            digest_algorithms: SetOfVec::try_from(vec![digest])?,
            encap_content_info: EncapsulatedContentInfo {
                content_type: TST_INFO,
                content: Some(OctetString::new(self.contenu.as_slice())?),
            },
            certificates: self.chaine.ensemble()?,
            crls: None,
            signer_infos: SetOfVec::try_from(vec![signer])?,
        };
        ContentInfo { content_type: ID_SIGNED_DATA, content }.to_der()
    }
}

fn imprint(signature: &[u8]) -> der::Result<MessageImprint> {
    let hash_algorithm = AlgorithmIdentifierOwned { oid: SHA_256, parameters: None };
    Ok(MessageImprint {
        hash_algorithm,
        hashed_message: OctetString::new(Sha256::digest(signature).to_vec())?,
    })
}

fn lire(jeton: ContentInfo) -> Result<(Horodatage, TstInfo), Defaut> {
    let data = jeton.content;
    let (Some(signer), Some(contenu)) = (data.signer_infos.get(0), data.encap_content_info.content) else {
        return Err(Defaut::Horodatage);
    };
    let attributs = &signer.signed_attributes;
    let condensat = Condensat::de(signer.digest_algorithm.oid).ok_or(Defaut::Horodatage)?;
    let contenu = contenu.into_bytes();
    let genre = valeur(attributs, CONTENT_TYPE).and_then(|genre| genre.decode_as().ok());
    let digest = valeur(attributs, MESSAGE_DIGEST).and_then(|digest| digest.decode_as::<OctetString>().ok());
    if genre != Some(TST_INFO) || digest.is_none_or(|digest| digest.as_bytes() != condensat.de_ces(&contenu))
    {
        return Err(Defaut::Horodatage);
    }
    let chaine = nommee(&Chaine::signee(&data.certificates, &signer.sid)?, attributs)?;
    condensat.signe_par(chaine.algorithme()).map_err(|_| Defaut::Certificat)?;
    let mut info = TstInfo::from_der(&contenu).map_err(|_| Defaut::Horodatage)?;
    // Without a parameter, as it was asked; some authorities add the one that means none.
    info.message_imprint.hash_algorithm.parameters = None;
    let lu = Horodatage {
        chaine,
        condensat,
        signature: signer.signature.as_bytes().to_vec(),
        attributs: attributs.to_der().map_err(|_| Defaut::Horodatage)?,
        instant: instant(&info.gen_time).ok_or(Defaut::Horodatage)?,
        imprint: info.message_imprint.to_der().map_err(|_| Defaut::Horodatage)?,
        contenu: contenu.into_vec(),
    };
    Ok((lu, info))
}

/// The only value of a signed attribute.
fn valeur(attributs: &SetOfVec<Attribute>, kind: ObjectIdentifier) -> Option<&Any> {
    attributs.iter().find(|attribut| attribut.kind == kind).and_then(|attribut| attribut.values.get(0))
}

/// The certificates that a token names by their digests: that of its signer first, or it is none of ours.
fn nommee(chaine: &Chaine, attributs: &SetOfVec<Attribute>) -> Result<Chaine, Defaut> {
    let versions = [(SIGNING_CERTIFICATE_V2, SHA_256), (SIGNING_CERTIFICATE, SHA_1)];
    let noms = versions.into_iter().find_map(|(kind, habituel)| {
        let attribut: SigningCertificate = valeur(attributs, kind)?.decode_as().ok()?;
        let nom = |nom: super::asn1::EssCertId| {
            (nom.hash_algorithm.map_or(habituel, |algorithme| algorithme.oid), nom.cert_hash)
        };
        Some(attribut.certs.into_iter().map(nom).collect::<Vec<_>>())
    });
    let noms = noms.ok_or(Defaut::Horodatage)?;
    let porte = |(algorithme, hash): &(ObjectIdentifier, OctetString), der: &[u8]| match *algorithme {
        SHA_1 => hash.as_bytes() == Sha1::digest(der).as_slice(),
        autre => Condensat::de(autre).is_some_and(|condensat| hash.as_bytes() == condensat.de_ces(der)),
    };
    let certificats = chaine.certificats();
    if !noms.first().is_some_and(|nom| porte(nom, &certificats[0])) {
        return Err(Defaut::Horodatage);
    }
    let nommes = certificats.iter().filter(|der| noms.iter().any(|nom| porte(nom, der)));
    Chaine::lire(nommes.cloned().collect())
}

/// « 20261123084500.25Z »
fn instant(gen_time: &Any) -> Option<Timestamp> {
    let texte = str::from_utf8(gen_time.value()).ok().filter(|_| gen_time.tag() == Tag::GeneralizedTime)?;
    let utc = DateTime::strptime("%Y%m%d%H%M%S%.f", texte.strip_suffix('Z')?).ok()?;
    utc.to_zoned(TimeZone::UTC).ok().map(|utc| utc.timestamp())
}

impl Condensat {
    fn de(oid: ObjectIdentifier) -> Option<Self> {
        [Self::Sha256, Self::Sha384, Self::Sha512].into_iter().find(|condensat| condensat.oid() == oid)
    }

    fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha256 => SHA_256,
            Self::Sha384 => SHA_384,
            Self::Sha512 => SHA_512,
        }
    }

    fn de_ces(self, octets: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(octets).to_vec(),
            Self::Sha384 => Sha384::digest(octets).to_vec(),
            Self::Sha512 => Sha512::digest(octets).to_vec(),
        }
    }

    /// How a key of this kind signs it.
    pub(super) fn signe_par(self, algorithme: Algorithme) -> der::Result<AlgorithmIdentifierOwned> {
        let rsa = |oid| Ok(AlgorithmIdentifierOwned { oid, parameters: Some(Any::encode_from(&Null)?) });
        match (algorithme, self) {
            (Algorithme::P256, Self::Sha256) => {
                Ok(AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None })
            }
            (Algorithme::P256, Self::Sha384 | Self::Sha512) => {
                Err(Tag::ObjectIdentifier.value_error().into())
            }
            (Algorithme::Rsa, Self::Sha256) => rsa(SHA_256_WITH_RSA),
            (Algorithme::Rsa, Self::Sha384) => rsa(SHA_384_WITH_RSA),
            (Algorithme::Rsa, Self::Sha512) => rsa(SHA_512_WITH_RSA),
        }
    }
}
