//! Parts of the work, and the page in words and curves, for the bench.

use forprev_domain::certificat::Imprime;
use pdf_writer::Content;

use crate::embed::Glyphs;
use crate::fonts::Face;
use crate::marks::Marks;
use crate::page::{HAUTEUR, PT, ROSETTE, accent, arrondi, pale};
use crate::qr::{Code, square};
use crate::{deflate, guilloche, layout, lettering};

/// Lines of the page.
#[must_use]
pub fn mise_en_page(imprime: &Imprime) -> usize {
    layout::passages(imprime).len()
}

/// The content of the page without its code, compressed.
#[must_use]
pub fn contenu(imprime: &Imprime) -> Vec<u8> {
    let (mut content, mut glyphs, mut marks) = (Content::new(), Glyphs::default(), Marks::default());
    for passage in layout::passages(imprime) {
        lettering::write(&mut content, &passage, &mut glyphs, &mut marks);
    }
    deflate::pack(&content.finish(), deflate::BLANK).bytes
}

/// Modules on a side of the code.
#[must_use]
pub fn code(imprime: &Imprime) -> usize {
    Code::new(imprime).map_or(0, |code| code.size())
}

/// The page for other programs, in points from its top left corner, as JSON: texts, what the code says, and the
/// curves of the rosette. They draw less than we do: the waves of the frame are left out.
#[must_use]
pub fn page(imprime: &Imprime) -> String {
    let lines = layout::passages(imprime).into_iter().flat_map(|passage| passage.lines);
    let texts = lines.map(|line| {
        let clusters = &line.row.clusters;
        let bold = clusters.iter().any(|cluster| cluster.face == Face::Bold);
        let text: String = clusters.iter().map(|cluster| cluster.text.as_str()).collect();
        let text = text.replace(['\\', '"'], "");
        let (x, y, size, colour) = (line.x * PT, line.y * PT, line.size, rgb(line.colour));
        format!(r#"{{"x":{x},"y":{y},"size":{size},"bold":{bold},"colour":"{colour}","text":"{text}"}}"#)
    });
    let side = square(code(imprime));
    let (x, y, side) = (side.x * PT, side.y * PT, side.side * PT);
    let accent = accent(imprime);
    let rings = [
        (guilloche::rosette(7.6, -1.3, 31), 6, 60.0, pale(accent)),
        (guilloche::rosette(11.2, 1.7, 43), 6, 60.0, accent),
        (guilloche::braid(28.0, 1.15, 48), 4, 1.875, accent),
    ];
    let rings = rings.map(|(curve, times, step, colour)| {
        let colour = rgb(colour);
        let [x, y] = curve.start.map(|v| arrondi(v * PT));
        let segments: Vec<[f32; 6]> = curve.segments.iter().map(|s| s.map(|v| arrondi(v * PT))).collect();
        format!(
            r#"{{"times":{times},"step":{step},"colour":"{colour}","start":[{x},{y}],"segments":{segments:?}}}"#
        )
    });
    format!(
        r#"{{"height":{},"centre":[{},{}],"code":{{"x":{x},"y":{y},"side":{side},"text":"{}"}},"texts":[{}],"rings":[{}]}}"#,
        HAUTEUR * PT,
        ROSETTE.0 * PT,
        ROSETTE.1 * PT,
        crate::qr::statement(imprime),
        texts.collect::<Vec<_>>().join(","),
        rings.join(",")
    )
}

fn rgb(colour: [f32; 3]) -> String {
    let [r, g, b] = colour.map(|part| (part * 255.0).round());
    format!("#{r:02x}{g:02x}{b:02x}", r = r as u8, g = g as u8, b = b as u8)
}
