//! Compression with a fixed level: same bytes on every machine.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};

/// Level of deflate; a change of it changes the bytes of every certificate.
const LEVEL: u32 = 6;

thread_local! {
    /// Its tables take longer to make than the content of a page to compress: each thread keeps its own.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), true));
}

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
    let bytes = zlib(data);
    if bytes.last() != Some(&b'\r') {
        return Packed { bytes, length: data.len() };
    }
    pack(&[data, padding].concat(), padding)
}

fn zlib(data: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut bytes = Vec::with_capacity(data.len() / 2 + 64);
        loop {
            let taken = usize::try_from(compressor.total_in()).unwrap_or(usize::MAX);
            let rest = data.get(taken..).unwrap_or_default();
            let done = compressor.compress_vec(rest, &mut bytes, FlushCompress::Finish);
            match done.expect("memory is all that it can lack") {
                Status::StreamEnd => return bytes,
                Status::Ok | Status::BufError => bytes.reserve(data.len() / 2 + 64),
            }
        }
    })
}

/// What a zlib stream unpacks to.
#[cfg(test)]
pub(crate) fn unpack(stream: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(stream), &mut data).unwrap();
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found_back_and_never_ends_in_cr() {
        let check = |data: &[u8], padding: &[u8], expected: usize| {
            let packed = pack(data, padding);
            assert_ne!(packed.bytes.last(), Some(&b'\r'));
            let back = unpack(&packed.bytes);
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
