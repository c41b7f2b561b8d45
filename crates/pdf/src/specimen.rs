//! « SPÉCIMEN – sans valeur » across the page, as outlines: a drawing, not text.

use pdf_writer::Content;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider};

use crate::fonts::Face;
use crate::page::{HAUTEUR, arrondi};
use crate::text::{Room, Text, Voice};

/// What is said on a certificate that certifies nothing, and by its file of itself.
pub const MENTION: &str = "SPÉCIMEN – sans valeur";

/// Height of its letters' em, in millimetres.
const CORPS: f32 = 23.0;
/// Added after each letter, in em.
const TRACKING: f32 = 0.01;
/// Middle of its baseline.
const MILIEU: (f32, f32) = (148.5, 111.0);
/// How it climbs.
const PENTE_DEGRES: f32 = 29.0;

/// Draws it in millimetres from the bottom left corner.
pub(crate) fn draw(content: &mut Content) {
    let room = Room { width: f32::INFINITY, size: CORPS * crate::page::PT, tracking: TRACKING };
    let rows = Text::typed(MENTION, Voice::Bold).lines(room);
    let Some(row) = rows.first() else { return };
    let (sin, cos) = PENTE_DEGRES.to_radians().sin_cos();
    let turn = |v: f32| (v * 10_000.0).round() / 10_000.0;
    let half = room.measure(row) / 2.0;
    let place = (MILIEU.0 - half * cos, HAUTEUR - MILIEU.1 - half * sin);
    content.save_state();
    content.transform([turn(cos), turn(sin), turn(-sin), turn(cos), arrondi(place.0), arrondi(place.1)]);
    content.set_fill_rgb(0.902, 0.922, 0.918).set_stroke_rgb(0.604, 0.663, 0.667).set_line_width(0.15);
    let mut x = 0.0;
    for cluster in &row.clusters {
        for glyph in &cluster.glyphs {
            outline(content, cluster.face, glyph.id, x + glyph.x as f32 * CORPS / 1000.0);
        }
        x += (cluster.width as f32 / 1000.0 + TRACKING) * CORPS;
    }
    content.restore_state();
}

fn outline(content: &mut Content, face: Face, glyph: u16, x: f32) {
    let Some(glyph) = face.outlines().outline_glyphs().get(GlyphId::new(u32::from(glyph))) else { return };
    let mut pen = Pen { content, x, at: (0.0, 0.0), empty: true };
    let settings = DrawSettings::unhinted(Size::new(CORPS), LocationRef::default());
    if glyph.draw(settings, &mut pen).is_ok() && !pen.empty {
        content.fill_nonzero_and_stroke();
    }
}

/// Writes outlines as path operators; quadratic curves become cubic ones.
struct Pen<'a> {
    content: &'a mut Content,
    x: f32,
    at: (f32, f32),
    empty: bool,
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = (x, y);
        self.empty = false;
        self.content.move_to(arrondi(x + self.x), arrondi(y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = (x, y);
        self.content.line_to(arrondi(x + self.x), arrondi(y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (px, py) = self.at;
        let part = |end: f32, control: f32| end + (control - end) * 2.0 / 3.0;
        self.curve_to(part(px, cx), part(py, cy), part(x, cx), part(y, cy), x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.at = (x, y);
        let dx = self.x;
        self.content.cubic_to(
            arrondi(cx0 + dx),
            arrondi(cy0),
            arrondi(cx1 + dx),
            arrondi(cy1),
            arrondi(x + dx),
            arrondi(y),
        );
    }

    fn close(&mut self) {
        self.content.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_drawn() {
        let mut content = Content::new();
        draw(&mut content);
        let drawing = String::from_utf8(content.finish().to_vec()).unwrap();
        let letters = MENTION.chars().filter(|c| *c != ' ').count();
        assert_eq!(drawing.matches("\nB\n").count(), letters);
    }
}
