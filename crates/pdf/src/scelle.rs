//! The place of the seal in a file: what it covers, how it is written there, how it is read back.
//!
//! A seal covers every byte but its own container, whose length never changes. A container has one
//! writing only: digits of lower case, zeros up to its end.

use std::ops::Range;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pdf_writer::types::{AnnotationFlags, FieldType, SigFlags};
use pdf_writer::writers::Catalog;
use pdf_writer::{Date, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use sha2::{Digest, Sha256};

/// Bytes kept for the CMS signature: enough for a P-256 or RSA signature, a chain of three
/// certificates and an RFC 3161 time-stamp with its own.
pub const PLACE: usize = 12_288;

/// Digits of a container.
const DIGITS: usize = 2 * PLACE;
/// What a byte range reads before it is known; as long as any that takes its place.
const RANGE: &str = "[0 2147483647 2147483647 2147483647]";
/// What stands before a container.
const KEY: &[u8] = b"/Contents <";

/// A file that is whole but for its seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ASceller {
    octets: Vec<u8>,
    /// Where the container stands, its angle brackets included.
    place: Range<usize>,
}

/// A signature is longer than the [`PLACE`] kept for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a signature of {0} bytes is longer than its place in the file")]
pub struct TropLong(pub usize);

impl ASceller {
    /// A file just written, the dictionary of its seal up to `written`: makes a container of the zeros that stand
    /// last in it, and says what the seal covers.
    fn new(mut octets: Vec<u8>, written: usize) -> Self {
        // From the end of the dictionary: nothing typed by somebody is taken for the place of the seal.
        let zeros = octets[..written].iter().rposition(|byte| *byte == b')');
        let last = zeros.expect("the dictionary of the seal was written");
        let place = last - DIGITS - 1..last + 1;
        octets[place.start] = b'<';
        octets[last] = b'>';
        let range = octets[..place.start].windows(RANGE.len()).rposition(|bytes| bytes == RANGE.as_bytes());
        let range = range.expect("the dictionary of the seal was written");
        let said = byte_range(&place, octets.len());
        octets[range..range + RANGE.len()].copy_from_slice(said.as_bytes());
        Self { octets, place }
    }

    /// SHA-256 of all that the seal covers: every byte outside its container.
    #[must_use]
    pub fn empreinte(&self) -> [u8; 32] {
        digest_around(&self.octets, &self.place)
    }

    /// The sealed file: `cms` (DER) in its container.
    ///
    /// # Errors
    ///
    /// [`TropLong`] when the container does not hold it.
    pub fn avec(mut self, cms: &[u8]) -> Result<Vec<u8>, TropLong> {
        if cms.len() > PLACE {
            return Err(TropLong(cms.len()));
        }
        let digits = &mut self.octets[self.place.start + 1..self.place.end - 1];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(cms) {
            pair.copy_from_slice(&hexadecimal(*byte));
        }
        Ok(self.octets)
    }
}

/// A sealed file read back: what its seal covers, and the seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scelle {
    /// SHA-256 of every byte outside the container.
    pub empreinte: [u8; 32],
    /// The CMS signature in DER, without the zeros after it.
    pub cms: Vec<u8>,
}

impl Scelle {
    /// Reads the seal of a file written here; `None` when it has none, when the seal does not cover
    /// every byte outside its container, or when the container is not in its one writing.
    #[must_use]
    pub fn lire(octets: &[u8]) -> Option<Self> {
        let start = octets.windows(KEY.len()).rposition(|bytes| bytes == KEY)? + KEY.len() - 1;
        let place = start..start.checked_add(DIGITS + 2)?;
        let digits = octets.get(place.start + 1..place.end - 1)?;
        if octets.get(place.end - 1) != Some(&b'>') {
            return None;
        }
        let container: Vec<u8> = digits.chunks_exact(2).map(byte_of).collect::<Option<_>>()?;
        let (cms, padding) = container.split_at_checked(der_length(&container)?)?;
        let said = byte_range(&place, octets.len());
        let covered = octets[..place.start].windows(said.len()).any(|bytes| bytes == said.as_bytes());
        (covered && padding.iter().all(|byte| *byte == 0))
            .then(|| Self { empreinte: digest_around(octets, &place), cms: cms.to_vec() })
    }
}

fn digest_around(octets: &[u8], place: &Range<usize>) -> [u8; 32] {
    let digest = Sha256::new().chain_update(&octets[..place.start]).chain_update(&octets[place.end..]);
    digest.finalize().into()
}

/// What the seal covers, as written in the file: always as long as [`RANGE`].
fn byte_range(place: &Range<usize>, length: usize) -> String {
    let said = format!("[0 {} {} {}]", place.start, place.end, length - place.end);
    format!("{said:width$}", width = RANGE.len())
}

fn hexadecimal(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

/// The byte of two digits; none when a digit is not one of lower case.
fn byte_of(pair: &[u8]) -> Option<u8> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)
}

/// Length of the DER sequence that these bytes start with, its header included.
fn der_length(bytes: &[u8]) -> Option<usize> {
    let (&tag, &first) = (bytes.first()?, bytes.get(1)?);
    if tag != 0x30 {
        return None;
    }
    match first {
        ..=0x7f => Some(2 + usize::from(first)),
        0x81..=0x84 => {
            let count = usize::from(first & 0x7f);
            let length = bytes.get(2..2 + count)?.iter().fold(0, |n, byte| n << 8 | usize::from(*byte));
            Some(2 + count + length)
        }
        _ => None,
    }
}

/// The field of the seal in a file being written.
pub(crate) struct Seal {
    field: Ref,
    signature: Ref,
}

/// What the seal says of itself.
pub(crate) struct Said<'a> {
    /// Who seals.
    pub(crate) service: &'a str,
    /// When.
    pub(crate) instant: Timestamp,
    /// The page that carries the field, which is not seen.
    pub(crate) page: Ref,
    /// Key of the field in the tree of parents of the structure.
    pub(crate) parent_key: i32,
}

/// What a seal is for, as readers show it.
const REASON: &str = "Certificat délivré par le service nommé\u{a0}; tout changement du fichier se voit.";
const LABEL: &str = "Sceau électronique du service qui délivre le certificat";

impl Seal {
    /// A field whose objects have these numbers.
    pub(crate) fn new(field: Ref, signature: Ref) -> Self {
        Self { field, signature }
    }

    /// The field, for the page and the structure.
    pub(crate) fn field(&self) -> Ref {
        self.field
    }

    /// Makes the file say that it is sealed, and that no change to it is allowed.
    pub(crate) fn announce(&self, catalog: &mut Catalog<'_>) {
        catalog.form().fields([self.field]).sig_flags(SigFlags::SIGNATURES_EXIST | SigFlags::APPEND_ONLY);
        catalog.insert(Name(b"Perms")).dict().pair(Name(b"DocMDP"), self.signature);
    }

    /// Writes the field, which no reader shows on the page, and the signature to be filled in: the
    /// last objects of the file, so that nothing typed by somebody is taken for a container.
    pub(crate) fn write(self, mut pdf: Pdf, said: &Said<'_>) -> ASceller {
        let mut form = pdf.form_field(self.field);
        form.field_type(FieldType::Signature)
            .partial_name(TextStr("Sceau"))
            .alternate_name(TextStr(LABEL))
            .pair(Name(b"V"), self.signature);
        let mut widget = form.into_annotation();
        widget
            .rect(Rect::new(0.0, 0.0, 0.0, 0.0))
            .contents(TextStr(LABEL))
            .flags(AnnotationFlags::PRINT | AnnotationFlags::LOCKED)
            .page(said.page)
            .struct_parent(said.parent_key);
        widget.finish();

        let mut dict = pdf.indirect(self.signature).dict();
        dict.pair(Name(b"Type"), Name(b"Sig"))
            .pair(Name(b"Filter"), Name(b"Adobe.PPKLite"))
            .pair(Name(b"SubFilter"), Name(b"ETSI.CAdES.detached"))
            .pair(Name(b"Name"), TextStr(said.service))
            .pair(Name(b"Reason"), TextStr(REASON))
            .pair(Name(b"M"), date(said.instant));
        let mut references = dict.insert(Name(b"Reference")).array();
        let mut reference = references.push().dict();
        reference.pair(Name(b"Type"), Name(b"SigRef")).pair(Name(b"TransformMethod"), Name(b"DocMDP"));
        reference
            .insert(Name(b"TransformParams"))
            .dict()
            .pair(Name(b"Type"), Name(b"TransformParams"))
            .pair(Name(b"P"), 1)
            .pair(Name(b"V"), Name(b"1.2"));
        reference.finish();
        references.finish();
        dict.insert(Name(b"ByteRange")).array().items([0, i32::MAX, i32::MAX, i32::MAX]);
        // As text, whose digits are written as they are; its parentheses become angle brackets.
        dict.pair(Name(b"Contents"), Str(&[b'0'; DIGITS]));
        dict.finish();
        let written = pdf.len();
        ASceller::new(pdf.finish(), written)
    }
}

/// An instant to the second, in UTC.
pub(crate) fn date(at: Timestamp) -> Date {
    let at = at.to_zoned(TimeZone::UTC);
    let part = |value: i8| value.unsigned_abs();
    Date::new(at.year().unsigned_abs())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exemple;

    /// Something that looks like a signature, of this length.
    fn cms(length: usize) -> Vec<u8> {
        let content = u16::try_from(length - 4).unwrap().to_be_bytes();
        [vec![0x30, 0x82], content.to_vec(), vec![0xab; length - 4]].concat()
    }

    #[test]
    fn a_sealed_file_reads_back() {
        let all: Vec<_> = exemple::variantes().into_iter().map(|(_, imprime)| imprime).collect();
        for a_sceller in [crate::a_sceller(&all[0]), crate::tous_a_sceller(&all)] {
            for length in [4, 5, 1100, PLACE] {
                let cms = cms(length);
                let sealed = a_sceller.clone().avec(&cms).unwrap();
                let read = Scelle::lire(&sealed).unwrap();
                assert_eq!((read.empreinte, read.cms), (a_sceller.empreinte(), cms));
            }
        }
    }

    #[test]
    fn a_signature_too_long_is_refused() {
        let refused = crate::a_sceller(&exemple::acteur()).avec(&cms(PLACE + 1));
        assert_eq!(refused, Err(TropLong(PLACE + 1)));
    }

    #[test]
    fn any_other_writing_of_a_container_is_refused() {
        let a_sceller = crate::a_sceller(&exemple::acteur());
        let (place, covered) = (a_sceller.place.clone(), a_sceller.empreinte());
        let sealed = a_sceller.avec(&cms(1100)).unwrap();
        let check = |at: usize, byte: u8| {
            let mut changed = sealed.clone();
            changed[at] = byte;
            assert_eq!(Scelle::lire(&changed), None, "{at}");
        };
        check(place.start + 9, b'A');
        check(place.start + 1 + 2 * 1100, b'1');
        check(place.end - 2, b'1');
        check(place.start, b'(');
        check(place.end - 1, b' ');
        let longer = [&sealed[..], b"\n"].concat();
        assert_eq!(Scelle::lire(&longer), None);
        let mut elsewhere = sealed.clone();
        elsewhere[100] ^= 1;
        assert_ne!(Scelle::lire(&elsewhere).unwrap().empreinte, covered);
        assert_eq!(Scelle::lire(b"%PDF-1.7"), None);
    }
}
