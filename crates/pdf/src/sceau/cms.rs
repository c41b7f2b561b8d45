//! The container of the seal: a CMS `SignedData` in its one encoding.

use der::asn1::{Any, Null, ObjectIdentifier, OctetString, SetOfVec};
use der::{Decode, Encode};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::asn1::{
    Attribute, CONTENT_TYPE, ContentInfo, ECDSA_WITH_SHA_256, EncapsulatedContentInfo, EssCertIdV2, ID_DATA,
    ID_SIGNED_DATA, MESSAGE_DIGEST, SHA_256, SHA_256_WITH_RSA, SIGNING_CERTIFICATE_V2, SignedData,
    SignerInfo, SigningCertificateV2,
};
use super::{Algorithme, Chaine, Defaut, Empreinte};

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
    let certificat = EssCertIdV2 { cert_hash: OctetString::new(chaine.empreinte())? };
    SetOfVec::try_from(vec![
        attribut(CONTENT_TYPE, &ID_DATA)?,
        attribut(MESSAGE_DIGEST, &OctetString::new(*empreinte)?)?,
        attribut(SIGNING_CERTIFICATE_V2, &SigningCertificateV2 { certs: vec![certificat] })?,
    ])
}

fn attribut(kind: ObjectIdentifier, value: &impl Encode) -> der::Result<Attribute> {
    let mut values = SetOfVec::new();
    values.insert(Any::from_der(&value.to_der()?)?)?;
    Ok(Attribute { kind, values })
}

fn encode(cms: &Cms) -> der::Result<Vec<u8>> {
    let sha_256 = AlgorithmIdentifierOwned { oid: SHA_256, parameters: None };
    let signature_algorithm = match cms.chaine.algorithme() {
        Algorithme::P256 => AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None },
        Algorithme::Rsa => {
            AlgorithmIdentifierOwned { oid: SHA_256_WITH_RSA, parameters: Some(Any::encode_from(&Null)?) }
        }
    };
    let signer = SignerInfo {
        version: 1,
        sid: cms.chaine.sid()?,
        digest_algorithm: sha_256.clone(),
        signed_attributes: attributs(&cms.chaine, &cms.empreinte)?,
        signature_algorithm,
        signature: OctetString::new(cms.signature.as_slice())?,
    };
    let certificats = cms.chaine.certificats().iter().map(|der| Any::from_der(der));
    let content = SignedData {
        version: 1,
        digest_algorithms: SetOfVec::try_from(vec![sha_256])?,
        encap_content_info: EncapsulatedContentInfo { content_type: ID_DATA },
        certificates: SetOfVec::try_from(certificats.collect::<der::Result<Vec<_>>>()?)?,
        signer_infos: SetOfVec::try_from(vec![signer])?,
    };
    ContentInfo { content_type: ID_SIGNED_DATA, content }.to_der()
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
    let certificats =
        info.content.certificates.iter().map(Encode::to_der).collect::<der::Result<Vec<_>>>()?;
    let signature = signer.signature.as_bytes().to_vec();
    let sid = signer.sid.to_der()?;
    Ok(chaine(certificats, &sid).map(|chaine| Cms { chaine, empreinte, signature }))
}

/// The certificates, that of the signer first; the others keep the order of the container.
fn chaine(mut certificats: Vec<Vec<u8>>, sid: &[u8]) -> Result<Chaine, Defaut> {
    let signe = |der: &Vec<u8>| {
        let seul = Chaine::lire(vec![der.clone()]).and_then(|c| c.sid().map_err(|_| Defaut::Certificat));
        seul.is_ok_and(|trouve| trouve.to_der().is_ok_and(|trouve| trouve == sid))
    };
    let rang = certificats.iter().position(signe).ok_or(Defaut::Certificat)?;
    let premier = certificats.remove(rang);
    certificats.insert(0, premier);
    Chaine::lire(certificats)
}
