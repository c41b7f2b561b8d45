//! Compression with a fixed level: same bytes on every machine.

/// Level of deflate; a change of it changes the bytes of every certificate.
const LEVEL: u8 = 7;

/// A zlib stream. It never ends in CR, which some readers take for the end of line before
/// `endstream`: a space follows the data then, which is blank in all that this crate compresses.
pub(crate) fn text(data: &[u8]) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(data, LEVEL);
    if packed.last() != Some(&b'\r') {
        return packed;
    }
    miniz_oxide::deflate::compress_to_vec_zlib(&[data, b" "].concat(), LEVEL)
}

/// A zlib stream of binary data.
pub(crate) fn binary(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, LEVEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found_back() {
        for n in 0..300_usize {
            let data: Vec<u8> = (0..n).flat_map(|i| format!("{} ", i * n).into_bytes()).collect();
            let packed = text(&data);
            assert_ne!(packed.last(), Some(&b'\r'));
            let back = miniz_oxide::inflate::decompress_to_vec_zlib(&packed).unwrap();
            assert_eq!(back.trim_ascii_end(), data.trim_ascii_end());
        }
    }
}
