//! What is drawn at random: identifiers, numbers, tokens. The domain takes draws as arguments.

use uuid::Uuid;

/// Sixty-four bits of the operating system's randomness.
///
/// # Panics
///
/// When the operating system has none to give: nothing could be issued safely then.
#[must_use]
pub fn tirage() -> u64 {
    u64::from_le_bytes(octets())
}

/// A new identifier, unguessable.
#[must_use]
pub fn uuid() -> Uuid {
    uuid::Builder::from_random_bytes(octets()).into_uuid()
}

/// So many random bytes.
///
/// # Panics
///
/// As [`tirage`].
#[must_use]
pub fn octets<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    getrandom::fill(&mut octets).expect("the operating system gives random bytes");
    octets
}
