//! Compression with a fixed level: same bytes on every machine.

use miniz_oxide::deflate::compress_to_vec_zlib;

/// Level of deflate; a change of it changes the bytes of every certificate.
const LEVEL: u8 = 7;

/// What a stream may end with, without a change of its meaning.
pub(crate) const BLANK: &[u8] = b" ";
/// The same for fonts and tables of glyphs. Not zeros: these would not change the check sum, hence
/// the last byte of the stream.
pub(crate) const TAIL: &[u8] = &[0, 1];

/// A compressed stream.
pub(crate) struct Packed {
    /// The zlib stream.
    pub(crate) bytes: Vec<u8>,
    /// How many bytes it unpacks to.
    pub(crate) length: usize,
}

/// A zlib stream of `data`. It never ends in CR, which some readers take for the end of line before
/// `endstream`: `padding` is added to the data as often as it takes.
pub(crate) fn pack(data: &[u8], padding: &[u8]) -> Packed {
    let mut data = data.to_vec();
    loop {
        let bytes = compress_to_vec_zlib(&data, LEVEL);
        if bytes.last() != Some(&b'\r') {
            return Packed { bytes, length: data.len() };
        }
        data.extend_from_slice(padding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::inflate::decompress_to_vec_zlib;

    #[test]
    fn what_is_packed_is_found_back_and_never_ends_in_cr() {
        let check = |data: &[u8], padding: &[u8], expected: usize| {
            let packed = pack(data, padding);
            assert_ne!(packed.bytes.last(), Some(&b'\r'));
            let back = decompress_to_vec_zlib(&packed.bytes).unwrap();
            assert!(back.starts_with(data), "{data:?}");
            assert_eq!((back.len(), packed.length), (expected, expected), "{data:?}");
        };
        check(b"abc", BLANK, 3);
        // The last byte is that of 1 plus the sum of the data.
        check(&[12], BLANK, 2);
        check(&[12], TAIL, 3);
        check(&[], TAIL, 0);
    }
}
