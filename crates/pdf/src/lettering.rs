//! Lines of text as operators of a page.

use pdf_writer::{Content, Finish, Name, Str, TextStr};

use crate::embed::Glyphs;
use crate::fonts::Face;
use crate::page::{HAUTEUR, pt};
use crate::shape::{Cluster, Glyph};
use crate::sheet::Line;

/// Writes one line, whose left end and baseline are those of its layout.
pub(crate) fn write(content: &mut Content, line: &Line, glyphs: &mut Glyphs) {
    let [r, g, b] = line.colour;
    content.begin_text().set_fill_rgb(r, g, b);
    content.set_text_matrix([1.0, 0.0, 0.0, 1.0, pt(line.x), pt(HAUTEUR - line.y)]);
    let mut pen = Pen { content, glyphs, size: line.size, face: None, rise: 0, at: 0.0, shown: Vec::new() };
    let mut start = 0.0;
    for cluster in &line.row {
        pen.cluster(cluster, start);
        start += cluster.width as f32 + line.tracking * 1000.0;
    }
    pen.flush();
    pen.rise(0);
    content.end_text();
}

/// Follows the position that a reader of the file is at, in thousandths of em, and puts it right
/// wherever the widths of the glyphs alone would lead elsewhere: kerning, tracking, marks.
struct Pen<'a> {
    content: &'a mut Content,
    glyphs: &'a mut Glyphs,
    size: f32,
    face: Option<Face>,
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
    fn cluster(&mut self, cluster: &Cluster, start: f32) {
        if self.face != Some(cluster.face) {
            self.flush();
            self.face = Some(cluster.face);
            self.content.set_font(Name(cluster.face.resource()), self.size);
        }
        if !cluster.needs_actual_text() {
            return cluster.glyphs.iter().for_each(|glyph| self.glyph(cluster.face, glyph, start));
        }
        self.flush();
        let mut mark = self.content.begin_marked_content_with_properties(Name(b"Span"));
        mark.properties().actual_text(TextStr(&cluster.text));
        mark.finish();
        for glyph in &cluster.glyphs {
            self.glyph(cluster.face, glyph, start);
        }
        // An unseen glyph that ends where the cluster ends: readers take the place of the last
        // glyph for that of the whole, and would see a gap after a mark.
        if let Some(blank) = cluster.face.glyph(' ') {
            let x = cluster.width - cluster.face.advance(blank) as i32;
            let end = Glyph { id: blank, x, y: 0, text: "\u{200b}".into() };
            self.glyph(cluster.face, &end, start);
        }
        self.flush();
        self.content.end_marked_content();
    }

    fn glyph(&mut self, face: Face, glyph: &Glyph, start: f32) {
        self.rise(glyph.y);
        let shift = (start + glyph.x as f32 - self.at).round();
        if shift != 0.0 {
            self.shown.push(Shown::Shift(shift));
        }
        let code = self.glyphs.code(face, glyph.id, &glyph.text).to_be_bytes();
        match self.shown.last_mut() {
            Some(Shown::Codes(codes)) => codes.extend(code),
            _ => self.shown.push(Shown::Codes(code.to_vec())),
        }
        self.at += shift + face.advance(glyph.id);
    }

    fn rise(&mut self, rise: i32) {
        if rise != self.rise {
            self.flush();
            self.rise = rise;
            self.content.set_rise(crate::page::arrondi(rise as f32 * self.size / 1000.0));
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
    use crate::fonts::Weight;
    use crate::page::{ENCRE, PERSONNE};
    use crate::text::{Room, Text};

    fn written(text: &str) -> String {
        let room = Room { width: 500.0, size: 10.0, tracking: 0.0 };
        let row = Text::typed(text, Weight::Regular).lines(room).remove(0);
        let line = Line { x: 27.0, y: 80.0, size: 10.0, tracking: 0.0, colour: ENCRE, row, zone: PERSONNE };
        let mut content = Content::new();
        write(&mut content, &line, &mut Glyphs::default());
        String::from_utf8_lossy(&content.finish()).into_owned()
    }

    #[test]
    fn marks_read_as_their_letter() {
        assert!(!written("Anne").contains("ActualText"));
        let marked = written("M\u{304}");
        assert!(marked.contains("ActualText") && marked.contains("EMC"), "{marked}");
    }

    #[test]
    fn faces_change_within_a_line() {
        let mixed = written("Zoé Phạm");
        assert!(mixed.contains("/T 10 Tf") && mixed.contains("/t 10 Tf"), "{mixed}");
    }
}
