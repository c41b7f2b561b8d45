//! The colours of the page: the sRGB profile, written here from the numbers of its standard.

use std::sync::LazyLock;

/// Numbers with sixteen bits after the point.
type Fixed = u32;

/// The white of the profile connection space.
const D50: [Fixed; 3] = [0x0000_f6d6, 0x0001_0000, 0x0000_d32d];
/// Red, green and blue of sRGB, adapted to D50.
const RED: [Fixed; 3] = [0x0000_6fa2, 0x0000_38f5, 0x0000_0390];
const GREEN: [Fixed; 3] = [0x0000_6299, 0x0000_b785, 0x0000_18da];
const BLUE: [Fixed; 3] = [0x0000_24a0, 0x0000_0f84, 0x0000_b6cf];
/// From D65 to D50, after Bradford.
const ADAPTATION: [Fixed; 9] = [
    0x0001_0c42,
    0x0000_05de,
    0xffff_f325,
    0x0000_0793,
    0x0000_fd90,
    0xffff_fba1,
    0xffff_fda2,
    0x0000_03dc,
    0x0000_c06e,
];
/// The curve of sRGB: exponent, 1/1.055, 0.055/1.055, 1/12.92 and where the straight part ends.
const CURVE: [Fixed; 5] = [0x0002_6666, 0x0000_f2a7, 0x0000_0d59, 0x0000_13d0, 0x0000_0a5b];

/// What readers call these colours.
pub(crate) const NAME: &str = "sRGB IEC61966-2.1";

/// An ICC profile of version 4.2 for screens, in RGB.
pub(crate) static SRGB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let curve = [tagged(b"para"), vec![0, 3, 0, 0], bytes(&CURVE)].concat();
    let contents: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text(NAME)),
        (b"cprt", text("CC0")),
        (b"wtpt", xyz(D50)),
        (b"chad", [tagged(b"sf32"), bytes(&ADAPTATION)].concat()),
        (b"rXYZ", xyz(RED)),
        (b"gXYZ", xyz(GREEN)),
        (b"bXYZ", xyz(BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    profile(&contents)
});

fn profile(contents: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    const HEADER: usize = 128;
    let mut table = number(contents.len());
    let mut data: Vec<u8> = Vec::new();
    let start = HEADER + 4 + 12 * contents.len();
    for (name, content) in contents {
        let offset = data.windows(content.len()).position(|before| before == &content[..]);
        let offset = offset.unwrap_or_else(|| {
            let end = data.len();
            data.extend_from_slice(content);
            data.resize(data.len().next_multiple_of(4), 0);
            end
        });
        table.extend([&name[..], &number(start + offset), &number(content.len())].concat());
    }

    let mut header = number(start + data.len());
    header.extend([0; 4]);
    header.extend([4, 0x20, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    header.extend([2026_u16, 1, 1, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    header.extend(b"acsp");
    header.resize(68, 0);
    header.extend(bytes(&D50));
    header.resize(HEADER, 0);
    [header, table, data].concat()
}

fn number(value: usize) -> Vec<u8> {
    u32::try_from(value).unwrap_or_default().to_be_bytes().to_vec()
}

fn bytes(numbers: &[Fixed]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_be_bytes()).collect()
}

fn tagged(kind: &[u8; 4]) -> Vec<u8> {
    [&kind[..], &[0; 4]].concat()
}

fn xyz(value: [Fixed; 3]) -> Vec<u8> {
    [tagged(b"XYZ "), bytes(&value)].concat()
}

/// A text in one language.
fn text(said: &str) -> Vec<u8> {
    let utf16: Vec<u8> = said.encode_utf16().flat_map(u16::to_be_bytes).collect();
    [tagged(b"mluc"), number(1), number(12), b"enUS".to_vec(), number(utf16.len()), number(28), utf16]
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_length_and_the_curve_stands_once() {
        assert_eq!(SRGB[..4], number(SRGB.len())[..]);
        assert_eq!(SRGB.windows(4).filter(|bytes| bytes == b"para").count(), 1);
        assert!(SRGB.len() < 600, "{}", SRGB.len());
    }

    #[test]
    fn white_is_the_sum_of_the_colours() {
        for axis in 0..3 {
            let sum = RED[axis] + GREEN[axis] + BLUE[axis];
            assert!(sum.abs_diff(D50[axis]) <= 16, "{axis}: {sum}");
        }
    }
}
