//! The structures of RFC 5652 and RFC 5035, as far as a seal has them.

use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use der::{Sequence, ValueOrd};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;

pub(super) const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(super) const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(super) const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub(super) const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
pub(super) const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
pub(super) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(super) const ECDSA_WITH_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
pub(super) const SHA_256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
pub(super) const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
pub(super) const PRIME_256_V1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
pub(super) const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

#[derive(Debug, Sequence)]
pub(super) struct ContentInfo {
    pub(super) content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub(super) content: SignedData,
}

#[derive(Debug, Sequence)]
pub(super) struct SignedData {
    pub(super) version: u8,
    pub(super) digest_algorithms: SetOfVec<AlgorithmIdentifierOwned>,
    pub(super) encap_content_info: EncapsulatedContentInfo,
    /// Each as its own bytes.
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true")]
    pub(super) certificates: SetOfVec<Any>,
    pub(super) signer_infos: SetOfVec<SignerInfo>,
}

/// What is signed stands in the file, not here.
#[derive(Debug, Sequence)]
pub(super) struct EncapsulatedContentInfo {
    pub(super) content_type: ObjectIdentifier,
}

#[derive(Debug, Sequence, ValueOrd)]
pub(super) struct SignerInfo {
    pub(super) version: u8,
    pub(super) sid: IssuerAndSerialNumber,
    pub(super) digest_algorithm: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true")]
    pub(super) signed_attributes: SetOfVec<Attribute>,
    pub(super) signature_algorithm: AlgorithmIdentifierOwned,
    pub(super) signature: OctetString,
}

#[derive(Debug, Sequence, ValueOrd)]
pub(super) struct IssuerAndSerialNumber {
    pub(super) issuer: Name,
    pub(super) serial_number: SerialNumber,
}

#[derive(Debug, Sequence, ValueOrd)]
pub(super) struct Attribute {
    pub(super) kind: ObjectIdentifier,
    pub(super) values: SetOfVec<Any>,
}

/// The hash is SHA-256, which is the default and so is not written.
#[derive(Debug, Sequence)]
pub(super) struct SigningCertificateV2 {
    pub(super) certs: Vec<EssCertIdV2>,
}

#[derive(Debug, Sequence)]
pub(super) struct EssCertIdV2 {
    pub(super) cert_hash: OctetString,
}
