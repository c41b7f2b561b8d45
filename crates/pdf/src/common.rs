//! The letters that nearly every name is written with: fonts that every file holds, cut once.

use std::sync::LazyLock;

use pdf_writer::{Chunk, Name, Ref};

use crate::embed::FontOfAFile;
use crate::fonts::Face;
use crate::shape::push_capital;

/// A font of the common letters.
pub(crate) struct Common {
    face: Face,
    /// Code and glyph of each letter, by its number in Unicode; code 0 where there is none.
    codes: Vec<(u16, u16)>,
    /// The same of the capital that stands for a letter and reads as it.
    capitals: Vec<(u16, u16)>,
    font: FontOfAFile,
}

/// The lighter and the heavier weight.
pub(crate) static COMMON: LazyLock<[Common; 2]> =
    LazyLock::new(|| [Face::Regular, Face::Bold].map(Common::new));

/// Letters of the languages of Western and Central Europe, digits, punctuation.
fn letters() -> impl Iterator<Item = char> {
    let latin = (' '..='~').chain('\u{a0}'..='\u{17f}').chain('\u{218}'..='\u{21b}');
    latin.chain("\u{200b}\u{202f}‐‑–—‘’‚“”„†•…‹›€ẞ".chars())
}

impl Common {
    fn new(face: Face) -> Self {
        let mut font = FontOfAFile::default();
        let mut codes = vec![(0, 0); letters().map(|c| c as usize + 1).max().unwrap_or_default()];
        for c in letters() {
            // What is not seen is a space that reads otherwise.
            let drawn = if c == '\u{200b}' { ' ' } else { c };
            if let Some(glyph) = face.glyph(drawn) {
                codes[c as usize] = (font.code(glyph, c.encode_utf8(&mut [0; 4])), glyph);
            }
        }
        let mut capitals = vec![(0, 0); codes.len()];
        for c in letters().filter(|_| face == Face::Bold) {
            let mut capital = String::new();
            push_capital(&mut capital, c);
            let mut drawn = capital.chars();
            if let (Some(drawn), None) = (drawn.next().filter(|drawn| *drawn != c), drawn.next())
                && let Some(glyph) = face.glyph(drawn)
            {
                capitals[c as usize] = (font.code(glyph, c.encode_utf8(&mut [0; 4])), glyph);
            }
        }
        Self { face, codes, capitals, font }
    }

    /// The font of the common letters of a face, when it has one.
    pub(crate) fn of(face: Face) -> Option<&'static Self> {
        COMMON.iter().find(|common| common.face == face)
    }

    /// Whether a letter is common and seen.
    pub(crate) fn has(&self, c: char) -> bool {
        c != '\u{200b}' && self.codes.get(c as usize).is_some_and(|(code, _)| *code != 0)
    }

    /// The code of a glyph that reads as `text`, when it is one of the common letters.
    pub(crate) fn code(&self, glyph: u16, text: &str) -> Option<u16> {
        let mut chars = text.chars();
        let (c, None) = (chars.next()? as usize, chars.next()) else { return None };
        let known = [&self.codes, &self.capitals].into_iter().filter_map(|codes| codes.get(c));
        known.copied().find(|(code, drawn)| *code != 0 && *drawn == glyph).map(|(code, _)| code)
    }

    /// Name of its resource on the pages.
    pub(crate) fn resource(&self) -> Name<'static> {
        match self.face {
            Face::Regular | Face::WideRegular => Name(b"T"),
            Face::Bold | Face::WideBold => Name(b"G"),
        }
    }

    /// Writes its objects.
    pub(crate) fn write(&self, chunk: &mut Chunk, next: impl FnMut() -> Ref) -> Ref {
        self.font.write(chunk, next, self.face)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_letter_has_a_code_of_its_own() {
        let common = Common::of(Face::Bold).unwrap();
        let code = |c: char| common.code(Face::Bold.glyph(c).unwrap(), &c.to_string());
        assert!(code('Œ').is_some() && code('ł').is_some() && code(' ').is_some());
        assert_ne!(code(' '), code('\u{a0}'));
        let capital = |c: char, said: &str| common.code(Face::Bold.glyph(c).unwrap(), said);
        assert!(capital('Œ', "œ").is_some() && capital('Œ', "œ") != code('Œ'));
        assert_eq!(capital('Œ', "o"), None);
        assert_eq!(common.code(7, "ễ"), None);
        assert_eq!(common.code(Face::Bold.glyph('a').unwrap(), "b"), None);
        assert!(Common::of(Face::WideBold).is_none());
    }
}
