//! The fonts of one file: which glyphs are in use, what each reads as, and their objects.
//!
//! A code stands for a glyph *and* its reading, so that two characters drawn alike (Đ and Ð, a
//! hyphen and its no-break twin) are told apart when the text is extracted.

use std::collections::HashMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Filter, Finish, Name, Rect, Ref, Str};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::common::Common;
use crate::deflate;
use crate::fonts::Face;

/// The glyphs in use of each face, the common letters apart.
#[derive(Default)]
pub(crate) struct Glyphs {
    faces: [FontOfAFile; 4],
}

/// Glyphs with their codes: what a font is cut to.
#[derive(Default)]
pub(crate) struct FontOfAFile {
    codes: HashMap<(u16, String), u16>,
    /// Glyph and reading of code 1, 2…
    order: Vec<(u16, String)>,
}

const IDENTITY: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

impl Glyphs {
    /// The name of the font and the code of a glyph with its reading, in the strings of the pages.
    pub(crate) fn code(&mut self, face: Face, glyph: u16, text: &str) -> (Name<'static>, u16) {
        let common = Common::of(face).and_then(|common| Some((common.resource(), common.code(glyph, text)?)));
        common.unwrap_or_else(|| (face.resource(), self.faces[face.index()].code(glyph, text)))
    }

    /// Writes the fonts in use; returns their resource names and objects.
    pub(crate) fn write(
        &self,
        chunk: &mut Chunk,
        mut next: impl FnMut() -> Ref,
    ) -> Vec<(Name<'static>, Ref)> {
        let faces = Face::ALL.into_iter().zip(&self.faces);
        faces
            .filter(|(_, used)| !used.order.is_empty())
            .map(|(face, used)| (face.resource(), used.write(chunk, &mut next, face)))
            .collect()
    }
}

impl FontOfAFile {
    /// The code of a glyph with its reading; a new one the first time.
    pub(crate) fn code(&mut self, glyph: u16, text: &str) -> u16 {
        let key = (glyph, text.to_owned());
        if let Some(code) = self.codes.get(&key) {
            return *code;
        }
        self.order.push(key.clone());
        let code = u16::try_from(self.order.len()).unwrap_or(u16::MAX);
        self.codes.insert(key, code);
        code
    }

    /// Writes the font cut to its glyphs.
    pub(crate) fn write(&self, chunk: &mut Chunk, mut next: impl FnMut() -> Ref, face: Face) -> Ref {
        let [font, cid_font, descriptor, file, map, cmap] = std::array::from_fn(|_| next());
        let mut remapper = GlyphRemapper::new();
        let glyphs: Vec<u16> = self.order.iter().map(|(glyph, _)| remapper.remap(*glyph)).collect();
        let subset = subsetter::subset(face.data(), 0, &remapper)
            .expect("the embedded fonts are whole, and the tests cut each of them");
        let name = format!("{}+{}", tag(&subset), face.name());

        chunk
            .type0_font(font)
            .base_font(Name(name.as_bytes()))
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid_font)
            .to_unicode(cmap);

        let widths = self.order.iter().map(|(glyph, _)| face.advance(*glyph));
        let mut cid = chunk.cid_font(cid_font);
        cid.subtype(CidFontType::Type2)
            .base_font(Name(name.as_bytes()))
            .system_info(IDENTITY)
            .font_descriptor(descriptor)
            .default_width(0.0)
            .cid_to_gid_map_stream(map);
        cid.widths().consecutive(1, widths);
        cid.finish();

        let bounds = face.bounds();
        chunk
            .font_descriptor(descriptor)
            .name(Name(name.as_bytes()))
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(bounds[0], bounds[1], bounds[2], bounds[3]))
            .italic_angle(0.0)
            .ascent(bounds[3])
            .descent(bounds[1])
            .cap_height(face.cap_height())
            .stem_v(face.stem())
            .font_file2(file);

        let packed = deflate::pack(&subset, deflate::TAIL);
        chunk
            .stream(file, &packed.bytes)
            .filter(Filter::FlateDecode)
            .pair(Name(b"Length1"), i32::try_from(packed.length).unwrap_or_default());

        let mut table = vec![0, 0];
        for glyph in &glyphs {
            table.extend(glyph.to_be_bytes());
        }
        let packed = deflate::pack(&table, deflate::TAIL);
        chunk.stream(map, &packed.bytes).filter(Filter::FlateDecode);

        let mut readings = UnicodeCmap::new(Name(b"Lecture"), IDENTITY);
        for (code, (_, text)) in (1_u16..).zip(&self.order) {
            readings.pair_with_multiple(code, text.chars());
        }
        let packed = deflate::pack(&readings.finish(), deflate::BLANK);
        chunk.cmap(cmap, &packed.bytes).filter(Filter::FlateDecode);
        font
    }
}

/// Six capitals that name a subset: from its bytes, so that equal subsets have equal names.
fn tag(subset: &[u8]) -> String {
    let digest = Sha256::digest(subset);
    digest.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_glyph_with_its_reading() {
        let mut font = FontOfAFile::default();
        assert_eq!(font.code(7, "Đ"), 1);
        assert_eq!(font.code(7, "Ð"), 2);
        assert_eq!(font.code(7, "Đ"), 1);
    }

    #[test]
    fn only_the_faces_in_use_are_written() {
        let mut glyphs = Glyphs::default();
        glyphs.code(Face::WideBold, 12, "x");
        glyphs.code(Face::Bold, Face::Bold.glyph('a').unwrap(), "a");
        let mut chunk = Chunk::new();
        let mut last = 0;
        let written = glyphs.write(&mut chunk, || {
            last += 1;
            Ref::new(last)
        });
        assert_eq!(written, [(Name(b"g"), Ref::new(1))]);
    }
}
