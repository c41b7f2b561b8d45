//! What every file holds alike, made and compressed once: drawings, common fonts, colours.

use std::sync::LazyLock;

use pdf_writer::{Chunk, Filter, Name, Ref};

use crate::common::COMMON;
use crate::ornament::Ornament;
use crate::{deflate, icc};

/// Objects that are the first of every file, under the same numbers.
pub(crate) struct Frozen {
    /// What every file needs.
    pub(crate) chunk: Chunk,
    /// The drawing of specimens; its number stays free in other files.
    pub(crate) specimen: Chunk,
    pub(crate) ornament: Ornament,
    /// Name and object of the fonts of the common letters.
    pub(crate) fonts: [(Name<'static>, Ref); 2],
    /// The colours of the page.
    pub(crate) colours: Ref,
    /// The last number taken.
    pub(crate) last: i32,
}

/// Made at the first certificate of a run.
pub(crate) static FROZEN: LazyLock<Frozen> = LazyLock::new(|| {
    let mut last = 0;
    let mut next = || {
        last += 1;
        Ref::new(last)
    };
    let (mut chunk, mut specimen) = (Chunk::new(), Chunk::new());
    let ornament = Ornament::write(&mut chunk, &mut specimen, &mut next);
    let fonts = COMMON.each_ref().map(|common| (common.resource(), common.write(&mut chunk, &mut next)));
    let colours = next();
    let profile = deflate::pack(&icc::SRGB, deflate::TAIL);
    chunk.icc_profile(colours, &profile.bytes).n(3).filter(Filter::FlateDecode);
    Frozen { chunk, specimen, ornament, fonts, colours, last }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_file_holds_stays_light() {
        assert!(FROZEN.chunk.len() < 60_000, "{}", FROZEN.chunk.len());
    }
}
