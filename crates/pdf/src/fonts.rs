//! The embedded fonts: Atkinson Hyperlegible Next, and Noto Sans for the letters that it lacks.

use std::sync::LazyLock;

use harfrust::font::Font;
use pdf_writer::Name;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::Metrics;
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// The two weights of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// 400.
    Regular,
    /// 650, and 600 in Noto Sans.
    Bold,
}

/// One font file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Face {
    /// Atkinson Hyperlegible Next 400.
    Regular,
    /// Atkinson Hyperlegible Next 650.
    Bold,
    /// Noto Sans 400.
    WideRegular,
    /// Noto Sans 600.
    WideBold,
}

static REGULAR: &[u8] = include_bytes!("../fonts/AtkinsonHyperlegibleNext-400.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/AtkinsonHyperlegibleNext-650.ttf");
static WIDE_REGULAR: &[u8] = include_bytes!("../fonts/NotoSans-400.ttf");
static WIDE_BOLD: &[u8] = include_bytes!("../fonts/NotoSans-600.ttf");

static FONTS: LazyLock<[Font; 4]> = LazyLock::new(|| Face::ALL.map(|face| load(face.data())));

/// What skrifa reads of one font.
struct Read {
    charmap: Charmap<'static>,
    advances: Vec<f32>,
    metrics: Metrics,
}

static READ: LazyLock<[Read; 4]> = LazyLock::new(|| {
    Face::ALL.map(|face| {
        let font = face.outlines();
        let (size, place) = (Size::unscaled(), LocationRef::default());
        let metrics = font.metrics(size, place);
        let widths = font.glyph_metrics(size, place);
        let glyphs = 0..metrics.glyph_count;
        let advances = glyphs.map(|id| widths.advance_width(GlyphId::new(id)).unwrap_or_default());
        Read { charmap: font.charmap(), advances: advances.collect(), metrics }
    })
});

/// The height above the baseline that a line of text takes, in em.
pub(crate) const ASCENT: f32 = 0.984;
/// The depth below the baseline that a line of text takes, in em.
pub(crate) const DESCENT: f32 = 0.316;

fn load(data: &'static [u8]) -> Font {
    Font::new(data, 0).expect("the embedded font files are fonts, and the tests read each of them")
}

impl Face {
    /// All of them, in the order of their resource names.
    pub(crate) const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::WideRegular, Self::WideBold];

    /// The face that is tried first for this weight.
    pub(crate) fn first(weight: Weight) -> Self {
        match weight {
            Weight::Regular => Self::Regular,
            Weight::Bold => Self::Bold,
        }
    }

    /// The face that takes over for the letters that the first one lacks.
    pub(crate) fn wide(weight: Weight) -> Self {
        match weight {
            Weight::Regular => Self::WideRegular,
            Weight::Bold => Self::WideBold,
        }
    }

    /// Its rank in [`Face::ALL`].
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Regular => 0,
            Self::Bold => 1,
            Self::WideRegular => 2,
            Self::WideBold => 3,
        }
    }

    /// Name on the pages of what a file holds of it, beyond the common letters.
    pub(crate) fn resource(self) -> Name<'static> {
        match self {
            Self::Regular => Name(b"a"),
            Self::Bold => Name(b"b"),
            Self::WideRegular => Name(b"t"),
            Self::WideBold => Name(b"g"),
        }
    }

    /// Its PostScript name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Regular => "AtkinsonHyperlegibleNext-Regular",
            Self::Bold => "AtkinsonHyperlegibleNext-650",
            Self::WideRegular => "NotoSans-Regular",
            Self::WideBold => "NotoSans-SemiBold",
        }
    }

    /// The whole font file.
    pub(crate) fn data(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
            Self::WideRegular => WIDE_REGULAR,
            Self::WideBold => WIDE_BOLD,
        }
    }

    /// The font, read once.
    pub(crate) fn font(self) -> &'static Font {
        &FONTS[self.index()]
    }

    /// The font as skrifa reads it.
    pub(crate) fn outlines(self) -> FontRef<'static> {
        FontRef::new(self.data()).expect("the embedded font files are fonts")
    }

    fn read(self) -> &'static Read {
        &READ[self.index()]
    }

    /// The glyph of a character, when the font has one.
    pub(crate) fn glyph(self, c: char) -> Option<u16> {
        let id = self.read().charmap.map(c)?;
        u16::try_from(id.to_u32()).ok().filter(|id| *id != 0)
    }

    /// Width of a glyph, in thousandths of em.
    pub(crate) fn advance(self, glyph: u16) -> f32 {
        self.read().advances.get(usize::from(glyph)).copied().unwrap_or_default()
    }

    /// Left, bottom, right and top of all its glyphs, in thousandths of em.
    pub(crate) fn bounds(self) -> [f32; 4] {
        let bounds = self.read().metrics.bounds;
        bounds.map_or([0.0; 4], |b| [b.x_min, b.y_min, b.x_max, b.y_max])
    }

    /// Height of its capitals, in thousandths of em.
    pub(crate) fn cap_height(self) -> f32 {
        self.read().metrics.cap_height.unwrap_or(700.0)
    }

    /// Width of its stems, in thousandths of em.
    pub(crate) fn stem(self) -> f32 {
        match self {
            Self::Regular | Self::WideRegular => 84.0,
            Self::Bold | Self::WideBold => 130.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_is_a_font_of_1000_units() {
        for face in Face::ALL {
            assert_eq!(face.read().metrics.units_per_em, 1000, "{face:?}");
            assert!(face.glyph('A').is_some() && face.glyph('\u{a0}').is_some(), "{face:?}");
        }
    }

    #[test]
    fn the_wide_faces_have_every_latin_letter() {
        let latin = ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}').chain('\u{2c60}'..='\u{2c7f}');
        for c in latin.chain('\u{300}'..='\u{36f}') {
            for face in [Face::WideRegular, Face::WideBold] {
                assert!(face.glyph(c).is_some(), "{face:?} lacks U+{:04X}", u32::from(c));
            }
        }
    }
}
