//! The container of the seal: a CMS `SignedData` in its one encoding.

use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use der::{Decode, Encode};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::asn1::{
    Attribute, CONTENT_TYPE, ContentInfo, EncapsulatedContentInfo, EssCertId, ID_DATA, ID_SIGNED_DATA,
    MESSAGE_DIGEST, SHA_256, SIGNATURE_TIME_STAMP, SIGNING_CERTIFICATE_V2, SignedData, SignerInfo,
    SigningCertificate,
};
use super::{Chaine, Condensat, Defaut, Empreinte, Horodatage};

/// What the key signs for a file with this digest: the signed attributes, as DER.
///
/// There is no signing time among them: the file's own dictionary says it (EN 319 142-1, 6.3).
///
/// # Errors
/// Never, for a chain that was read.
pub fn a_signer(chaine: &Chaine, empreinte: &Empreinte) -> Result<Vec<u8>, Defaut> {
    attributs(chaine, empreinte).and_then(|attributs| attributs.to_der()).map_err(|_| Defaut::Forme)
}

/// A seal: who made it, for which bytes, and the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cms {
    /// The certificate of whoever sealed, and its chain.
    pub chaine: Chaine,
    /// Digest of what is sealed.
    pub empreinte: Empreinte,
    /// The signature; of ECDSA as DER.
    pub signature: Vec<u8>,
    /// When an authority saw this signature, where one was asked.
    pub horodatage: Option<Horodatage>,
}

impl Cms {
    /// The container, as DER.
    ///
    /// # Errors
    /// Never, for a chain that was read.
    pub fn encoder(&self) -> Result<Vec<u8>, Defaut> {
        encode(self).map_err(|_| Defaut::Forme)
    }

    /// Reads a container.
    ///
    /// # Errors
    /// [`Defaut::Forme`] when it differs by one byte from what [`Cms::encoder`] makes of it.
    pub fn lire(octets: &[u8]) -> Result<Self, Defaut> {
        let cms = decode(octets).map_err(|_| Defaut::Forme)??;
        if cms.encoder()? == octets { Ok(cms) } else { Err(Defaut::Forme) }
    }
}

fn attributs(chaine: &Chaine, empreinte: &Empreinte) -> der::Result<SetOfVec<Attribute>> {
    let hash = OctetString::new(chaine.empreinte())?;
    let certificat = EssCertId { hash_algorithm: None, cert_hash: hash, issuer_serial: None };
    let certificat = SigningCertificate { certs: vec![certificat], policies: None };
    SetOfVec::try_from(vec![
        attribut(CONTENT_TYPE, &ID_DATA)?,
        attribut(MESSAGE_DIGEST, &OctetString::new(*empreinte)?)?,
        attribut(SIGNING_CERTIFICATE_V2, &certificat)?,
    ])
}

fn attribut(kind: ObjectIdentifier, value: &impl Encode) -> der::Result<Attribute> {
    let mut values = SetOfVec::new();
    values.insert(Any::from_der(&value.to_der()?)?)?;
    Ok(Attribute { kind, values })
}

fn encode(cms: &Cms) -> der::Result<Vec<u8>> {
    let sha_256 = AlgorithmIdentifierOwned { oid: SHA_256, parameters: None };
    let signer = SignerInfo {
        version: 1,
        sid: cms.chaine.sid()?,
        digest_algorithm: sha_256.clone(),
        signed_attributes: attributs(&cms.chaine, &cms.empreinte)?,
        signature_algorithm: Condensat::Sha256.signe_par(cms.chaine.algorithme())?,
        signature: OctetString::new(cms.signature.as_slice())?,
        unsigned_attributes: cms.horodatage.as_ref().map(horodate).transpose()?,
    };
    let content = SignedData {
        version: 1,
        digest_algorithms: SetOfVec::try_from(vec![sha_256])?,
        encap_content_info: EncapsulatedContentInfo { content_type: ID_DATA, content: None },
        certificates: cms.chaine.ensemble()?,
        crls: None,
        signer_infos: SetOfVec::try_from(vec![signer])?,
    };
    ContentInfo { content_type: ID_SIGNED_DATA, content }.to_der()
}

/// The one unsigned attribute that a seal may have.
fn horodate(horodatage: &Horodatage) -> der::Result<SetOfVec<Attribute>> {
    let values = SetOfVec::try_from(vec![Any::from_der(&horodatage.encoder()?)?])?;
    SetOfVec::try_from(vec![Attribute { kind: SIGNATURE_TIME_STAMP, values }])
}

/// What a container says; whether it says it in the one way is for the caller to see.
fn decode(octets: &[u8]) -> der::Result<Result<Cms, Defaut>> {
    let info = ContentInfo::from_der(octets)?;
    let Some(signer) = info.content.signer_infos.get(0) else { return Ok(Err(Defaut::Forme)) };
    let trouve = signer.signed_attributes.iter().find(|attribut| attribut.kind == MESSAGE_DIGEST);
    let Some(digest) = trouve.and_then(|attribut| attribut.values.get(0)) else {
        return Ok(Err(Defaut::Forme));
    };
    let digest: OctetString = digest.decode_as()?;
    let Ok(empreinte) = Empreinte::try_from(digest.as_bytes()) else { return Ok(Err(Defaut::Forme)) };
    let jeton = signer.unsigned_attributes.as_ref().and_then(|attributs| attributs.get(0)?.values.get(0));
    let jeton = jeton.map(Encode::to_der).transpose()?;
    let horodatage = match jeton.map(|jeton| Horodatage::lire(&jeton)).transpose() {
        Ok(horodatage) => horodatage,
        Err(defaut) => return Ok(Err(defaut)),
    };
    let signature = signer.signature.as_bytes().to_vec();
    let chaine = Chaine::signee(&info.content.certificates, &signer.sid);
    Ok(chaine.map(|chaine| Cms { chaine, empreinte, signature, horodatage }))
}
