//! Lines of text as operators of a page.

use std::ops::Range;

use pdf_writer::{Content, Name, Str};

use crate::embed::Glyphs;
use crate::fonts::Face;
use crate::marks::{Marks, Stretch};
use crate::page::{HAUTEUR, arrondi, pt};
use crate::shape::{Cluster, Glyph};
use crate::sheet::{Line, Passage};

/// Writes lines that belong together, whose left ends and baselines are those of their layout; returns
/// their marks.
///
/// A word that its glyphs do not spell, or that goes on in the next line, is marked with its reading:
/// it is found and copied as it was typed. A space ends each line but the last, as in the text.
pub(crate) fn write(
    content: &mut Content,
    passage: &Passage,
    glyphs: &mut Glyphs,
    marks: &mut Marks,
) -> Vec<Stretch> {
    let lines = &passage.lines;
    content.begin_text();
    let mut pen = Pen {
        content,
        glyphs,
        marks,
        passage,
        stretches: Vec::with_capacity(1),
        open: false,
        line: None,
        font: None,
        face: Face::Regular,
        rise: 0,
        at: 0.0,
        shown: Vec::new(),
    };
    let words = words(lines);
    for (rank, word) in words.iter().enumerate() {
        pen.word(word);
        let last = word.pieces.last().map_or(0, |piece| piece.line);
        if words.get(rank + 1).is_some_and(|next| next.pieces[0].line != last) {
            pen.move_to(last);
            pen.blank(" ", lines[last].width());
        }
    }
    pen.close();
    pen.rise(0);
    let stretches = pen.stretches;
    content.end_text();
    stretches
}

impl Line {
    /// Width in thousandths of em, the space after its last letter included.
    fn width(&self) -> f32 {
        self.place(self.row.clusters.len())
    }

    /// Where a cluster starts, in thousandths of em from the left end.
    fn place(&self, rank: usize) -> f32 {
        let before = &self.row.clusters[..rank];
        before.iter().map(|cluster| cluster.width as f32 + self.tracking * 1000.0).sum()
    }
}

/// A word, or the blanks between two: where it stands.
struct Word {
    pieces: Vec<Piece>,
}

/// Clusters of one line.
struct Piece {
    line: usize,
    range: Range<usize>,
}

fn words(lines: &[Line]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut goes_on = false;
    for (line, set) in lines.iter().enumerate() {
        let clusters = &set.row.clusters;
        let mut start = 0;
        for run in clusters.chunk_by(|a, b| (a.text == " ") == (b.text == " ")) {
            let piece = Piece { line, range: start..start + run.len() };
            start += run.len();
            match words.last_mut() {
                Some(word) if goes_on => word.pieces.push(piece),
                _ => words.push(Word { pieces: vec![piece] }),
            }
            goes_on = false;
        }
        goes_on = set.row.cut;
    }
    words
}

/// Follows the position that a reader of the file is at, in thousandths of em, and puts it right
/// wherever the widths of the glyphs alone would lead elsewhere: kerning, tracking, marks.
struct Pen<'a> {
    content: &'a mut Content,
    glyphs: &'a mut Glyphs,
    marks: &'a mut Marks,
    passage: &'a Passage,
    stretches: Vec<Stretch>,
    /// Whether a mark is open.
    open: bool,
    line: Option<usize>,
    font: Option<Name<'static>>,
    /// Face of the last glyph.
    face: Face,
    rise: i32,
    at: f32,
    shown: Vec<Shown>,
}

enum Shown {
    Codes(Vec<u8>),
    /// To the right, in thousandths of em.
    Shift(f32),
}

impl Pen<'_> {
    fn word(&mut self, word: &Word) {
        let passage = self.passage;
        let lines = &passage.lines;
        let clusters = |piece: &Piece| &lines[piece.line].row.clusters[piece.range.clone()];
        let spelt =
            word.pieces.len() == 1 && !clusters(&word.pieces[0]).iter().any(|c| c.needs_actual_text());
        if spelt {
            return self.piece(&word.pieces[0]);
        }
        let first = &word.pieces[0];
        self.move_to(first.line);
        self.close();
        let said = word.pieces.iter().flat_map(clusters);
        let said: String = said.map(|cluster| cluster.text.as_str()).collect();
        self.stretches.push(self.marks.said(self.content, &said));
        self.open = true;
        word.pieces.iter().for_each(|piece| self.piece(piece));
        // Readers take the place of the last glyph for that of the whole: an unseen one ends where the
        // word, or its part in the first line, ends.
        let ends_in_marks = word.pieces.last().and_then(|piece| clusters(piece).last());
        if word.pieces.len() > 1 || ends_in_marks.is_some_and(|cluster| cluster.glyphs.len() > 1) {
            let line = &lines[first.line];
            let end = line.place(first.range.end) - line.tracking * 1000.0;
            self.move_to(first.line);
            self.blank_ending("\u{200b}", end);
        }
        self.close();
    }

    /// Ends the mark that is open.
    fn close(&mut self) {
        self.flush();
        if self.open {
            self.content.end_marked_content();
            self.open = false;
        }
    }

    fn piece(&mut self, piece: &Piece) {
        self.move_to(piece.line);
        let passage = self.passage;
        let line = &passage.lines[piece.line];
        let mut start = line.place(piece.range.start);
        for cluster in &line.row.clusters[piece.range.clone()] {
            self.cluster(cluster, start);
            start += cluster.width as f32 + line.tracking * 1000.0;
        }
    }

    fn cluster(&mut self, cluster: &Cluster, start: f32) {
        self.face = cluster.face;
        for glyph in &cluster.glyphs {
            self.glyph(glyph, start);
        }
    }

    /// A glyph without ink from `start`, in the face of what stands before.
    fn blank(&mut self, said: &str, start: f32) {
        if let Some(id) = self.face.glyph(' ') {
            self.glyph(&Glyph { id, x: 0, y: 0, text: said.into() }, start);
        }
    }

    fn blank_ending(&mut self, said: &str, end: f32) {
        let width = self.face.glyph(' ').map(|blank| self.face.advance(blank));
        self.blank(said, end - width.unwrap_or_default());
    }

    fn move_to(&mut self, line: usize) {
        if self.line == Some(line) {
            return;
        }
        self.flush();
        self.rise(0);
        let passage = self.passage;
        let lines = &passage.lines;
        let (before, to) = (self.line.map(|line| &lines[line]), &lines[line]);
        if before.is_none_or(|before| before.colour != to.colour) {
            let [r, g, b] = to.colour;
            self.content.set_fill_rgb(r, g, b);
        }
        if before.is_some_and(|before| before.size != to.size) {
            self.font = None;
        }
        self.content.set_text_matrix([1.0, 0.0, 0.0, 1.0, pt(to.x), pt(HAUTEUR - to.y)]);
        self.line = Some(line);
        self.at = 0.0;
    }

    fn size(&self) -> f32 {
        self.line.map_or(0.0, |line| self.passage.lines[line].size)
    }

    fn font(&mut self, font: Name<'static>) {
        if self.font != Some(font) {
            self.flush();
            self.font = Some(font);
            self.content.set_font(font, self.size());
        }
    }

    fn glyph(&mut self, glyph: &Glyph, start: f32) {
        if !self.open {
            self.stretches.push(self.marks.spelt(self.content, self.passage.role));
            self.open = true;
        }
        let (font, code) = self.glyphs.code(self.face, glyph.id, &glyph.text);
        self.font(font);
        self.rise(glyph.y);
        let shift = (start + glyph.x as f32 - self.at).round();
        if shift != 0.0 {
            self.shown.push(Shown::Shift(shift));
        }
        let code = code.to_be_bytes();
        match self.shown.last_mut() {
            Some(Shown::Codes(codes)) => codes.extend(code),
            _ => self.shown.push(Shown::Codes(code.to_vec())),
        }
        self.at += shift + self.face.advance(glyph.id);
    }

    fn rise(&mut self, rise: i32) {
        if rise != self.rise {
            self.flush();
            self.rise = rise;
            self.content.set_rise(arrondi(rise as f32 * self.size() / 1000.0));
        }
    }

    fn flush(&mut self) {
        match &self.shown[..] {
            [] => return,
            [Shown::Codes(codes)] => {
                self.content.show(Str(codes));
            }
            shown => {
                let mut positioned = self.content.show_positioned();
                let mut items = positioned.items();
                for item in shown {
                    match item {
                        Shown::Codes(codes) => items.show(Str(codes)),
                        Shown::Shift(shift) => items.adjust(-shift),
                    };
                }
            }
        }
        self.shown.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{ENCRE, PERSONNE};
    use crate::structure::Role;
    use crate::text::Voice::{Bold, Capitals, Regular};
    use crate::text::{Room, Text, Voice};

    fn written(text: &str, voice: Voice, width: f32) -> String {
        let room = Room { width, size: 10.0, tracking: 0.0 };
        let rows = Text::typed(text, voice).lines(room);
        let line =
            |row| Line { x: 27.0, y: 80.0, size: 10.0, tracking: 0.0, colour: ENCRE, row, zone: PERSONNE };
        let passage = Passage { role: Role::Paragraph, lines: rows.into_iter().map(line).collect() };
        let mut content = Content::new();
        write(&mut content, &passage, &mut Glyphs::default(), &mut Marks::default());
        String::from_utf8_lossy(&content.finish()).into_owned()
    }

    #[test]
    fn only_a_word_that_its_glyphs_do_not_spell_is_marked() {
        let check = |text, voice, width, marks: usize| {
            let written = written(text, voice, width);
            assert_eq!(written.matches("ActualText").count(), marks, "{text}: {written}");
            let depths = written.split_whitespace().scan(0, |depth, word| {
                *depth += i32::from(word == "BDC") - i32::from(word == "EMC");
                Some(*depth)
            });
            assert!(depths.clone().all(|depth| (0..=1).contains(&depth)), "{text}: one inside another");
            assert_eq!(depths.last(), Some(0), "{text}");
        };
        check("Anne Marie", Bold, 500.0, 0);
        check("Anne Marie", Bold, 15.0, 0);
        check("M\u{304}ea L\u{304}", Regular, 500.0, 2);
        check("ANNE", Capitals, 500.0, 0);
        check("Anne de LA Toŵr-Weiß", Capitals, 500.0, 0);
        check("Anne M\u{304}ea ŉa", Capitals, 500.0, 2);
        check("Anne-Marie Paule", Bold, 15.0, 1);
    }

    #[test]
    fn faces_change_within_a_line() {
        let mixed = written("Zoé Phạm", Regular, 500.0);
        assert!(mixed.contains("/T 10 Tf") && mixed.contains("/t 10 Tf"), "{mixed}");
    }
}
