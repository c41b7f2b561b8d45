//! From characters to placed glyphs, a word at a time: never a missing glyph.
//!
//! A word that Atkinson Hyperlegible Next cannot write is written whole in Noto Sans, so that a
//! name does not change its look from one letter to the next. A character that both lack becomes
//! its compatibility form or U+FFFD, and still reads as itself when the text is extracted.

use std::sync::{Arc, LazyLock};

use harfrust::{Buffer, Direction, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag, shape};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::fonts::{Face, Weight};
use crate::pairs;

/// One glyph, placed from the start of its cluster, in thousandths of em.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    pub(crate) x: i32,
    pub(crate) y: i32,
    /// What it reads as.
    pub(crate) text: String,
}

/// A letter with its marks: what a line may not cut.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cluster {
    pub(crate) face: Face,
    pub(crate) glyphs: Vec<Glyph>,
    /// Width in thousandths of em, kerning included.
    pub(crate) width: i32,
    /// What it reads as.
    pub(crate) text: String,
}

impl Cluster {
    /// True when its glyphs alone would not read as its text.
    pub(crate) fn needs_actual_text(&self) -> bool {
        !matches!(&self.glyphs[..], [glyph] if glyph.text == self.text)
    }
}

/// How a face is shaped, without and with combining marks. Without them the compositions of the
/// font are switched off: a precomposed letter stays one glyph, which reads as itself.
static PLANS: LazyLock<[[ShapePlan; 2]; 4]> = LazyLock::new(|| {
    let as_typed = Feature::new(Tag::new(b"ccmp"), 0, ..);
    let plan = |face: Face, features: &[Feature]| {
        ShapePlan::new(face.font(), Direction::LeftToRight, Some(Script::LATIN), None, features)
    };
    Face::ALL.map(|face| [plan(face, &[as_typed]), plan(face, &[])])
});

/// The clusters of a word in NFC, without spaces.
pub(crate) fn shape_word(word: &str, weight: Weight) -> Vec<Arc<Cluster>> {
    if let Some(clusters) = pairs::shape(Face::first(weight), word) {
        return clusters;
    }
    let shaped = |clusters: Vec<Cluster>| clusters.into_iter().map(Arc::new).collect();
    for face in [Face::first(weight), Face::wide(weight)] {
        if word.chars().all(|c| covers(face, c)) {
            return shaped(shape_in(face, word));
        }
    }
    shaped(letters(word).into_iter().flat_map(|letter| shape_letter(letter, weight)).collect())
}

/// The clusters of a word in capitals, which read as the word.
pub(crate) fn shape_capitals(word: &str, weight: Weight) -> Vec<Arc<Cluster>> {
    let mut capitals = String::with_capacity(word.len());
    // Each letter with the place of its first capital.
    let mut letters: Vec<(usize, char)> = Vec::with_capacity(word.len());
    for c in word.chars() {
        letters.push((capitals.len(), c));
        push_capital(&mut capitals, c);
    }
    let mut clusters = shape_word(&capitals, weight);
    let mut end = 0;
    let mut letters = letters.into_iter().peekable();
    for cluster in &mut clusters {
        end += cluster.text.len();
        let mut said = String::new();
        while let Some((_, c)) = letters.next_if(|(at, _)| *at < end) {
            said.push(c);
        }
        if said != cluster.text {
            let cluster = Arc::make_mut(cluster);
            // Capitals that read as the letter that was typed; of one that became several, the first does.
            let nothing_left = said.is_empty();
            cluster.text = if nothing_left { '\u{200b}'.to_string() } else { said };
            name_the_glyphs(cluster);
            if nothing_left {
                cluster.text.clear();
            }
        }
    }
    clusters
}

/// Adds a letter in capitals, accents kept, ß as ẞ.
pub(crate) fn push_capital(out: &mut String, c: char) {
    match c {
        'ß' => out.push('ẞ'),
        c if c.is_ascii() => out.push(c.to_ascii_uppercase()),
        // A few letters have a capital that is in no font yet: ƛ.
        c if !c.to_uppercase().all(|capital| covers(Face::wide(Weight::Regular), capital)) => out.push(c),
        c => out.extend(c.to_uppercase()),
    }
}

/// What may be printed of a text: in NFC, one space for any run of blanks, nothing invisible.
pub(crate) fn printable(text: &str) -> String {
    // Below the combining marks, each character is its own normal form.
    if text.chars().all(|c| c < '\u{300}') {
        visible(text.chars())
    } else {
        visible(text.nfc()).nfc().collect()
    }
}

fn visible(text: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in text {
        match c {
            '\u{a0}' | '\u{2007}' | '\u{202f}' => out.push('\u{a0}'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {}
            '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {}
            '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' => {}
            '\u{e0000}'..='\u{e0fff}' | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

fn covers(face: Face, c: char) -> bool {
    face.glyph(c).is_some() || {
        let mut parts = 0;
        std::iter::once(c).nfd().all(|part| {
            parts += 1;
            face.glyph(part).is_some()
        }) && parts > 1
    }
}

fn letters(word: &str) -> Vec<&str> {
    let mut starts: Vec<usize> =
        word.char_indices().filter(|(at, c)| *at == 0 || !is_combining_mark(*c)).map(|(at, _)| at).collect();
    starts.push(word.len());
    starts.windows(2).map(|pair| &word[pair[0]..pair[1]]).collect()
}

fn shape_letter(letter: &str, weight: Weight) -> Vec<Cluster> {
    let compatible: String = letter.nfkd().nfc().collect();
    for text in [letter, &compatible] {
        for face in [Face::first(weight), Face::wide(weight)] {
            if text.chars().all(|c| covers(face, c)) {
                return vec![reads_as(letter, shape_in(face, text))];
            }
        }
    }
    vec![reads_as(letter, shape_in(Face::wide(weight), "\u{fffd}"))]
}

/// One cluster of several, which reads as `text`.
fn reads_as(text: &str, clusters: Vec<Cluster>) -> Cluster {
    let mut whole = Cluster {
        face: clusters.first().map_or(Face::Regular, |c| c.face),
        glyphs: Vec::new(),
        width: 0,
        text: text.to_owned(),
    };
    for cluster in clusters {
        for glyph in cluster.glyphs {
            whole.glyphs.push(Glyph { x: glyph.x + whole.width, ..glyph });
        }
        whole.width += cluster.width;
    }
    name_the_glyphs(&mut whole);
    whole
}

/// The clusters of a text that the face covers.
pub(crate) fn shape_in(face: Face, text: &str) -> Vec<Cluster> {
    let font = ShaperFont::new(face.font());
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(Some(Script::LATIN));
    let marked = text.chars().any(|c| is_combining_mark(c) || face.glyph(c).is_none());
    let options = ShapeOptions::new().plan(Some(&PLANS[face.index()][usize::from(marked)]));
    let as_typed = [Feature::new(Tag::new(b"ccmp"), 0, ..)];
    let options = if marked { options } else { options.features(&as_typed) };
    shape(&font, &mut buffer, options).expect("direction and script are those of the plan");

    let infos = buffer.glyph_infos();
    let mut clusters: Vec<Cluster> = Vec::with_capacity(infos.len());
    let mut last = None;
    for (rank, (info, place)) in infos.iter().zip(buffer.glyph_positions()).enumerate() {
        if last != Some(info.cluster) {
            last = Some(info.cluster);
            let end = infos[rank..].iter().find(|next| next.cluster != info.cluster);
            let end = end.map_or(text.len(), |next| next.cluster as usize);
            clusters.push(Cluster {
                face,
                glyphs: Vec::with_capacity(1),
                width: 0,
                text: text[info.cluster as usize..end].to_owned(),
            });
        }
        let Some(cluster) = clusters.last_mut() else { continue };
        cluster.glyphs.push(Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            x: cluster.width + place.x_offset,
            y: place.y_offset,
            text: String::new(),
        });
        cluster.width += place.x_advance;
    }
    for cluster in &mut clusters {
        name_the_glyphs(cluster);
    }
    clusters
}

/// Shares the text of a cluster among its glyphs, as well as can be.
fn name_the_glyphs(cluster: &mut Cluster) {
    if let [glyph] = &mut cluster.glyphs[..] {
        glyph.text.clone_from(&cluster.text);
        return;
    }
    let (glyphs, whole) = (cluster.glyphs.len(), cluster.text.chars().count());
    let parts: Vec<char> = cluster.text.nfd().collect();
    // The first glyph reads as the letter with all marks but those of the other glyphs.
    let shared: Option<Vec<String>> = if whole == glyphs {
        Some(cluster.text.chars().map(String::from).collect())
    } else {
        let head = (parts.len() + 1).checked_sub(glyphs).filter(|head| *head > 0);
        head.map(|head| {
            let (head, marks) = parts.split_at(head);
            let head: String = head.iter().copied().nfc().collect();
            std::iter::once(head).chain(marks.iter().map(char::to_string)).collect()
        })
    };
    for (rank, glyph) in cluster.glyphs.iter_mut().enumerate() {
        glyph.text = match &shared {
            Some(readings) => readings[rank].clone(),
            None if rank == 0 => cluster.text.clone(),
            None => '\u{200b}'.to_string(),
        };
    }
}

#[cfg(test)]
mod tests {
    use forprev_domain::identite::Nom;

    use super::*;

    #[test]
    fn every_letter_of_a_name_has_a_glyph_as_typed_and_in_capitals() {
        let lost = |weight| shape_in(Face::wide(weight), "\u{fffd}")[0].glyphs[0].id;
        for c in ('A'..='\u{ab64}').filter(|c| Nom::parse(&c.to_string()).is_ok()) {
            for weight in [Weight::Regular, Weight::Bold] {
                let word = c.to_string();
                for cluster in [shape_word(&word, weight), shape_capitals(&word, weight)].concat() {
                    assert!(cluster.glyphs.iter().all(|glyph| glyph.id != lost(weight)), "{c} {weight:?}");
                }
            }
        }
    }

    fn faces(word: &str) -> Vec<Face> {
        let mut faces: Vec<Face> =
            shape_word(word, Weight::Regular).iter().map(|cluster| cluster.face).collect();
        faces.dedup();
        faces
    }

    #[test]
    fn a_word_keeps_one_face_as_far_as_it_can() {
        let check = |word: &str, expected: &[Face]| assert_eq!(faces(word), expected, "{word}");
        check("LEFÈVRE-QUINTARD", &[Face::Regular]);
        check("Łącka", &[Face::Regular]);
        check("Őrszentmiklósy", &[Face::Regular]);
        check("ŏ", &[Face::Regular]);
        check("Nguyễn", &[Face::Regular]);
        check("Phạm", &[Face::WideRegular]);
        check("Ǆ", &[Face::WideRegular]);
        check("a漢", &[Face::Regular, Face::WideRegular]);
    }

    #[test]
    fn no_glyph_is_ever_missing_and_the_text_is_whole() {
        let check = |word: &str| {
            for weight in [Weight::Regular, Weight::Bold] {
                let clusters = shape_word(word, weight);
                let text: String = clusters.iter().map(|cluster| cluster.text.as_str()).collect();
                assert_eq!(text, word);
                for cluster in &clusters {
                    assert!(!cluster.glyphs.is_empty(), "{word}");
                    assert!(cluster.glyphs.iter().all(|glyph| glyph.id != 0), "{word} {cluster:?}");
                }
            }
        };
        for c in ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}').chain('\u{a720}'..='\u{a7ff}') {
            check(&printable(&c.to_string()));
        }
        for word in [
            "M\u{304}ea\u{32a}",
            "x\u{302}\u{323}",
            "Ⅳ",
            "漢",
            "J\u{30c}",
            "\u{301}a",
            "ﬁ",
            "Żółć-D’Artagnan",
        ] {
            check(&printable(word));
        }
    }

    #[test]
    fn a_mark_without_precomposed_form_is_drawn_on_its_letter() {
        for word in ["M\u{304}", "x\u{302}", "J\u{30c}\u{323}"] {
            let clusters = shape_word(word, Weight::Bold);
            assert_eq!(clusters.len(), 1, "{word}");
            assert!(clusters[0].glyphs.len() > 1 && clusters[0].needs_actual_text(), "{word}");
            let mark = &clusters[0].glyphs[1];
            let bare = shape_in(clusters[0].face, &mark.text);
            assert_ne!((mark.x, mark.y), (clusters[0].width, bare[0].glyphs[0].y), "{word}");
        }
    }

    #[test]
    fn a_precomposed_letter_is_one_glyph() {
        for c in ('\u{c0}'..='\u{17f}').chain('\u{1e00}'..='\u{1eff}') {
            let letter = printable(&c.to_string());
            if letter.chars().count() == 1 && Face::WideBold.glyph(c).is_some() {
                let clusters = shape_in(Face::WideBold, &letter);
                assert!(!clusters[0].needs_actual_text(), "{letter}");
            }
        }
    }

    #[test]
    fn kerning_is_applied() {
        let apart: i32 = ["A", "V"].iter().map(|c| shape_word(c, Weight::Bold)[0].width).sum();
        let together: i32 = shape_word("AV", Weight::Bold).iter().map(|cluster| cluster.width).sum();
        assert!(together < apart);
    }

    #[test]
    fn what_cannot_be_printed_is_left_out() {
        assert_eq!(printable(" A\tb\u{200b}\u{202e}c \n d "), "A bc d");
        assert_eq!(printable("e\u{301}"), "é");
    }
}
