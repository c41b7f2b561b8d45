//! The Ed25519 key that signs what the code of a certificate says.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forprev_domain::certificat::{Enonce, IdDeCle, Imprime};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use rustls_pki_types::pem::SectionKind;

use super::{CleRefusee, pem};

/// The key that signs what codes say.
#[derive(Debug)]
pub struct CleDesEnonces(Ed25519KeyPair);

impl CleDesEnonces {
    /// A new key, and its PEM.
    ///
    /// # Errors
    /// [`CleRefusee::Hasard`].
    pub fn nouvelle() -> Result<(Self, String), CleRefusee> {
        let der = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| CleRefusee::Hasard)?;
        let texte = pem::ecrire("PRIVATE KEY", der.as_ref());
        Ok((Self::de_pem(texte.as_bytes())?, texte))
    }

    /// Reads a private key in PEM (PKCS#8).
    ///
    /// # Errors
    /// [`CleRefusee::Ed25519`].
    pub fn de_pem(texte: &[u8]) -> Result<Self, CleRefusee> {
        let parts = pem::lire(texte);
        let trouvee = parts.iter().find(|(genre, _)| *genre == SectionKind::PrivateKey);
        let (_, der) = trouvee.ok_or(CleRefusee::Ed25519)?;
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map(Self).map_err(|_| CleRefusee::Ed25519)
    }

    /// The public key: 32 bytes.
    #[must_use]
    pub fn publique(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }

    /// Its short name: how statements and published keys call it.
    #[must_use]
    pub fn nom(&self) -> String {
        id(self.publique()).iter().map(|octet| format!("{octet:02x}")).collect()
    }

    /// Signs bytes: 64 bytes, the same each time (RFC 8032).
    #[must_use]
    pub fn signer(&self, octets: &[u8]) -> Vec<u8> {
        self.0.sign(octets).as_ref().to_vec()
    }

    /// The same record with its signed statement, in base64url, as it stands behind the `#` of the code's address.
    #[must_use]
    pub fn apposer(&self, imprime: Imprime) -> Imprime {
        let mut octets = Enonce::de(&imprime).octets(id(self.publique()));
        let signature = self.0.sign(&octets);
        octets.extend(signature.as_ref());
        Imprime { enonce: Some(URL_SAFE_NO_PAD.encode(octets)), ..imprime }
    }
}

/// What names a public key in a statement.
pub(super) fn id(publique: &[u8]) -> IdDeCle {
    let [a, b, c, d, ..] = *digest(&SHA256, publique).as_ref() else { return IdDeCle::default() };
    [a, b, c, d]
}
