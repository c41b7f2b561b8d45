//! The drawings that every certificate shares, computed and compressed once.

use std::sync::LazyLock;

use pdf_writer::types::LineCapStyle;
use pdf_writer::{Chunk, Content, Filter, Name, Rect, Ref};

use crate::guilloche::{self, Curve};
use crate::page::{ECHELLE_ROSETTE, HAUTEUR, LARGEUR, ROSETTE, arrondi, pale};
use crate::{deflate, specimen};

/// A drawing in a form object of its own, in millimetres.
struct Drawing {
    name: &'static [u8],
    bounds: [f32; 4],
    /// The drawings that it places.
    parts: &'static [&'static [u8]],
    stream: Vec<u8>,
}

/// Frame and rosette as they stand on the page, in the colour at hand.
const BACKGROUND: &[u8] = b"Fond";
/// The petals behind those of the rosette, in the colour at hand.
const PALE_ROSETTE: &[u8] = b"Halo";
const WAVE: &[u8] = b"Onde";
const CORNER: &[u8] = b"Coin";
const PETALS: &[u8] = b"Petales";
const PALE_PETALS: &[u8] = b"Voile";
const STRAND: &[u8] = b"Brin";
/// The mark of the seal: the small sister of the rosette.
const SEAL: &[u8] = b"Sceau";
const SEAL_PETALS: &[u8] = b"Corolle";
/// « SPÉCIMEN – sans valeur » as a drawing.
const SPECIMEN: &[u8] = b"Specimen";

/// Length of a wave along the long sides: 28 of them between the corners.
const LONG_WAVE: f32 = 9.25;
/// Waves along a short side.
const SHORT_SIDE: u16 = 19;
const LONG_SIDE: u16 = 28;
/// Radius of the corners of the sines' rectangle, whose edges are 11 from those of the page.
const CORNER_RADIUS: f32 = 8.0;
const EDGE: f32 = 11.0;

static DRAWINGS: LazyLock<[Drawing; 10]> = LazyLock::new(|| {
    let page = [0.0, 0.0, LARGEUR, HAUTEUR];
    let wheel = [-44.0, -44.0, 44.0, 44.0];
    [
        Drawing::new(BACKGROUND, page, background).of(&[WAVE, CORNER, PETALS, STRAND]),
        Drawing::new(PALE_ROSETTE, page, pale_rosette).of(&[PALE_PETALS]),
        Drawing::new(WAVE, [-0.5, -3.0, LONG_WAVE + 0.5, 3.0], |content| {
            strokes(content, &guilloche::wave(f64::from(LONG_WAVE)));
        }),
        Drawing::new(CORNER, [-0.5, -12.0, 12.0, 0.5], |content| {
            strokes(content, &guilloche::corner(f64::from(CORNER_RADIUS)));
        }),
        Drawing::new(PETALS, wheel, |content| strokes(content, &[guilloche::rosette(11.2, 1.7, 43)])),
        Drawing::new(PALE_PETALS, wheel, |content| strokes(content, &[guilloche::rosette(7.6, -1.3, 31)])),
        Drawing::new(STRAND, wheel, |content| strokes(content, &[guilloche::braid(28.0, 1.15, 48)])),
        Drawing::new(SEAL_PETALS, wheel, |content| strokes(content, &[guilloche::rosette(11.2, 1.7, 19)])),
        Drawing::new(SEAL, [-6.0, -6.0, 6.0, 6.0], seal).of(&[SEAL_PETALS]),
        Drawing::new(SPECIMEN, page, specimen::draw),
    ]
});

impl Drawing {
    fn new(name: &'static [u8], bounds: [f32; 4], draw: impl Fn(&mut Content)) -> Self {
        let mut content = Content::new();
        draw(&mut content);
        Self { name, bounds, parts: &[], stream: deflate::pack(&content.finish(), deflate::BLANK).bytes }
    }

    fn of(self, parts: &'static [&'static [u8]]) -> Self {
        Self { parts, ..self }
    }
}

/// A drawing that pages place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The petals behind those of the rosette, in the colour at hand.
    Halo,
    /// Frame and rosette, in the colour at hand.
    Background,
    /// One wave of the frame, in the colour at hand.
    Wave,
    /// The mark of the seal about the origin, in the colour at hand.
    Seal,
    /// « SPÉCIMEN – sans valeur », across a page of the size of a certificate.
    Specimen,
}

impl Shape {
    /// Its name on the pages.
    pub(crate) fn name(self) -> Name<'static> {
        Name(match self {
            Self::Halo => PALE_ROSETTE,
            Self::Background => BACKGROUND,
            Self::Wave => WAVE,
            Self::Seal => SEAL,
            Self::Specimen => SPECIMEN,
        })
    }
}

/// The form objects of the drawings.
pub(crate) struct Ornament(Vec<(&'static [u8], Ref)>);

impl Ornament {
    /// Writes the drawings; the one of specimens apart.
    pub(crate) fn write(chunk: &mut Chunk, specimen: &mut Chunk, mut next: impl FnMut() -> Ref) -> Self {
        let refs: Vec<(&Drawing, Ref)> = DRAWINGS.iter().map(|drawing| (drawing, next())).collect();
        for (drawing, id) in &refs {
            let [x0, y0, x1, y1] = drawing.bounds;
            let chunk = if drawing.name == SPECIMEN { &mut *specimen } else { &mut *chunk };
            let mut form = chunk.form_xobject(*id, &drawing.stream);
            form.filter(Filter::FlateDecode);
            form.bbox(Rect::new(x0, y0, x1, y1));
            let mut resources = form.resources();
            if !drawing.parts.is_empty() {
                let parts = refs.iter().filter(|(part, _)| drawing.parts.contains(&part.name));
                resources.x_objects().pairs(parts.map(|(part, id)| (Name(part.name), *id)));
            }
        }
        Self(refs.into_iter().map(|(drawing, id)| (drawing.name, id)).collect())
    }

    /// Name and object of these drawings.
    pub(crate) fn resources(&self, shapes: &[Shape]) -> impl Iterator<Item = (Name<'static>, Ref)> {
        let wanted = |name: &[u8]| shapes.iter().any(|shape| shape.name().0 == name);
        self.0.iter().filter(move |(name, _)| wanted(name)).map(|(name, id)| (Name(name), *id))
    }
}

/// The drawings of a certificate, in the order in which they are placed.
pub(crate) fn of_a_page(specimen: bool) -> &'static [Shape] {
    if specimen {
        &[Shape::Halo, Shape::Background, Shape::Specimen]
    } else {
        &[Shape::Halo, Shape::Background, Shape::Seal]
    }
}

/// Places drawings on a page whose unit is the millimetre, in the colour of the service.
pub(crate) fn place(content: &mut Content, shapes: &[Shape], accent: [f32; 3]) {
    for shape in shapes.iter().filter(|shape| **shape != Shape::Seal) {
        let [r, g, b] = if *shape == Shape::Halo { pale(accent) } else { accent };
        content.set_stroke_rgb(r, g, b).x_object(shape.name());
    }
}

/// Places the mark of the seal about a point of such a page.
pub(crate) fn place_seal(content: &mut Content, (x, y): (f32, f32), [r, g, b]: [f32; 3]) {
    content.save_state().transform([1.0, 0.0, 0.0, 1.0, arrondi(x), arrondi(HAUTEUR - y)]);
    content.set_stroke_rgb(r, g, b).set_fill_rgb(r, g, b).x_object(Shape::Seal.name()).restore_state();
}

fn strokes(content: &mut Content, curves: &[Curve]) {
    for curve in curves {
        content.move_to(curve.start[0], curve.start[1]);
        for &[a, b, c, d, e, f] in &curve.segments {
            content.cubic_to(a, b, c, d, e, f);
        }
        content.stroke();
    }
}

fn background(content: &mut Content) {
    content.set_line_cap(LineCapStyle::RoundCap);
    content.set_line_width(0.12);
    sines(content);
    content.set_line_width(0.3);
    rounded(content, 8.0, 11.0);
    content.set_line_width(0.13);
    rounded(content, 14.0, 5.0);
    rosette(content);
}

/// The six sines around the page: sides from waves, corners between them.
fn sines(content: &mut Content) {
    let (right, top) = (LARGEUR - EDGE - CORNER_RADIUS, HAUTEUR - EDGE);
    let short = HAUTEUR - 2.0 * (EDGE + CORNER_RADIUS);
    let stretch = short / f32::from(SHORT_SIDE) / LONG_WAVE;
    // Each half of the frame is a long side, a corner, a short side, a corner.
    for half in [[1.0, 0.0, 0.0, 1.0, 0.0, 0.0], [-1.0, 0.0, 0.0, -1.0, LARGEUR, HAUTEUR]] {
        content.save_state().transform(half);
        side(content, [1.0, 0.0, 0.0, 1.0, EDGE + CORNER_RADIUS, top], LONG_SIDE);
        corner(content, [1.0, 0.0, 0.0, -1.0, right, top - CORNER_RADIUS]);
        side(content, [0.0, -stretch, 1.0, 0.0, LARGEUR - EDGE, top - CORNER_RADIUS], SHORT_SIDE);
        corner(content, [0.0, -1.0, -1.0, 0.0, right, EDGE + CORNER_RADIUS]);
        content.restore_state();
    }
}

fn side(content: &mut Content, place: [f32; 6], waves: u16) {
    content.save_state().transform(place);
    for _ in 0..waves {
        content.x_object(Name(WAVE)).transform([1.0, 0.0, 0.0, 1.0, LONG_WAVE, 0.0]);
    }
    content.restore_state();
}

fn corner(content: &mut Content, place: [f32; 6]) {
    content.save_state().transform(place).x_object(Name(CORNER)).restore_state();
}

/// A rectangle with round corners, `inset` from the edges of the page.
fn rounded(content: &mut Content, inset: f32, radius: f32) {
    let (x0, y0, x1, y1) = (inset, inset, LARGEUR - inset, HAUTEUR - inset);
    let k = radius * (1.0 - 0.552);
    content.move_to(x0 + radius, y0).line_to(x1 - radius, y0);
    content.cubic_to(x1 - k, y0, x1, y0 + k, x1, y0 + radius).line_to(x1, y1 - radius);
    content.cubic_to(x1, y1 - k, x1 - k, y1, x1 - radius, y1).line_to(x0 + radius, y1);
    content.cubic_to(x0 + k, y1, x0, y1 - k, x0, y1 - radius).line_to(x0, y0 + radius);
    content.cubic_to(x0, y0 + k, x0 + k, y0, x0 + radius, y0).close_and_stroke();
}

fn pale_rosette(content: &mut Content) {
    content.set_line_cap(LineCapStyle::RoundCap).set_line_width(0.11);
    content.transform([ECHELLE_ROSETTE, 0.0, 0.0, ECHELLE_ROSETTE, ROSETTE.0, HAUTEUR - ROSETTE.1]);
    turned(content, PALE_PETALS, 6, 60.0);
}

fn rosette(content: &mut Content) {
    content.save_state();
    content.transform([ECHELLE_ROSETTE, 0.0, 0.0, ECHELLE_ROSETTE, ROSETTE.0, HAUTEUR - ROSETTE.1]);
    content.set_line_width(0.13);
    turned(content, PETALS, 6, 60.0);
    content.set_line_width(0.12);
    turned(content, STRAND, 4, 360.0 / 48.0 / 4.0);
    content.set_line_width(0.35);
    circle(content, 26.0);
    content.close_and_stroke();
    content.set_line_width(0.12);
    circle(content, 26.5);
    content.close_and_stroke();
    content.restore_state();
}

fn seal(content: &mut Content) {
    const SCALE: f32 = 0.12;
    content.set_line_cap(LineCapStyle::RoundCap).set_line_width(1.0);
    content.transform([SCALE, 0.0, 0.0, SCALE, 0.0, 0.0]);
    turned(content, SEAL_PETALS, 3, 120.0);
    content.set_line_width(1.4);
    circle(content, 27.0);
    content.close_and_stroke();
    circle(content, 15.0);
    content.fill_nonzero();
}

fn turned(content: &mut Content, drawing: &'static [u8], times: u16, step_degrees: f32) {
    for turn in 0..times {
        let (sin, cos) = (f32::from(turn) * step_degrees).to_radians().sin_cos();
        let round = |v: f32| (v * 100_000.0).round() / 100_000.0;
        content.save_state();
        content.transform([round(cos), round(sin), round(-sin), round(cos), 0.0, 0.0]);
        content.x_object(Name(drawing)).restore_state();
    }
}

fn circle(content: &mut Content, r: f32) {
    let k = crate::page::arrondi(r * 0.5523);
    content.move_to(r, 0.0);
    content.cubic_to(r, k, k, r, 0.0, r).cubic_to(-k, r, -r, k, -r, 0.0);
    content.cubic_to(-r, -k, -k, -r, 0.0, -r).cubic_to(k, -r, r, -k, r, 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ornament_stays_light() {
        let size: usize = DRAWINGS.iter().map(|drawing| drawing.stream.len()).sum();
        assert!(size < 24_000, "{size}");
    }

    #[test]
    fn the_waves_fill_the_sides() {
        let long = LARGEUR - 2.0 * (EDGE + CORNER_RADIUS);
        assert_eq!(f32::from(LONG_SIDE) * LONG_WAVE, long);
    }
}
