//! Setting type: paragraphs one below the other in a box, reduced until they fit.

use crate::fonts::{ASCENT, DESCENT};
use crate::page::{ENCRE, PT, Zone};
use crate::structure::Role;
use crate::text::{Room, Row, Text, Voice};

/// A line of text in its place.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Left end, in millimetres.
    pub(crate) x: f32,
    /// Baseline, in millimetres from the top.
    pub(crate) y: f32,
    /// In points.
    pub(crate) size: f32,
    /// In em.
    pub(crate) tracking: f32,
    pub(crate) colour: [f32; 3],
    pub(crate) row: Row,
    /// The box that it belongs to.
    #[cfg(test)]
    pub(crate) zone: Zone,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    /// Height of a line, in sizes.
    pub(crate) leading: f32,
    pub(crate) tracking: f32,
    pub(crate) colour: [f32; 3],
    pub(crate) align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Align {
    Left,
    Centre,
}

pub(crate) const PLAIN: Style =
    Style { size: 9.5, leading: 1.4, tracking: 0.0, colour: ENCRE, align: Align::Left };
pub(crate) const SMALL: Style = Style { size: 8.5, leading: 1.4, ..PLAIN };

impl Style {
    pub(crate) fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    pub(crate) fn room(self, width: f32) -> Room {
        Room { width, size: self.size, tracking: self.tracking }
    }

    /// Height of one line, in millimetres.
    pub(crate) fn line_height(self) -> f32 {
        self.size * self.leading / PT
    }

    /// From the top of a line to its baseline, in millimetres.
    pub(crate) fn baseline(self) -> f32 {
        self.size * ((self.leading - ASCENT - DESCENT) / 2.0 + ASCENT) / PT
    }
}

/// Lines that belong together, and what they are.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    pub(crate) role: Role,
    pub(crate) lines: Vec<Line>,
}

/// What stands on a page, in reading order.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) passages: Vec<Passage>,
}

impl Sheet {
    /// Starts a passage: what is set next belongs to it.
    pub(crate) fn start(&mut self, role: Role) {
        self.passages.push(Passage { role, lines: Vec::new() });
    }

    /// Sets rows one below the other from `top`; returns where they end.
    pub(crate) fn set(&mut self, zone: Zone, top: f32, rows: Vec<Row>, style: Style) -> f32 {
        let mut y = top;
        let Some(passage) = self.passages.last_mut() else { return y };
        for row in rows {
            let free = zone.l - style.room(zone.l).measure(&row);
            let shift = match style.align {
                Align::Left => 0.0,
                Align::Centre => free / 2.0,
            };
            passage.lines.push(Line {
                x: zone.x + shift,
                y: y + style.baseline(),
                size: style.size,
                tracking: style.tracking,
                colour: style.colour,
                row,
                #[cfg(test)]
                zone,
            });
            y += style.line_height();
        }
        y
    }

    /// Sets the first of these columns that fits in a zone as it is; else the last one, reduced.
    pub(crate) fn fit_first(&mut self, zone: Zone, columns: &[Vec<Block>]) -> f32 {
        let fits = |blocks: &&Vec<Block>| {
            let set: Vec<_> = blocks.iter().map(|block| block.rows(zone.l, 1.0)).collect();
            height(blocks, &set, 1.0) <= zone.h
        };
        columns.iter().find(fits).or(columns.last()).map_or(zone.y, |blocks| self.fit(zone, blocks))
    }

    /// Sets paragraphs from the top of a zone, all reduced in the same proportion until they fit.
    pub(crate) fn fit(&mut self, zone: Zone, blocks: &[Block]) -> f32 {
        let mut scale = 1.0;
        loop {
            let set: Vec<(Vec<Row>, Style)> = blocks.iter().map(|block| block.rows(zone.l, scale)).collect();
            if height(blocks, &set, scale) <= zone.h || scale < 0.1 {
                let mut y = zone.y;
                for ((rows, style), block) in set.into_iter().zip(blocks) {
                    if let Some(role) = block.role {
                        self.start(role);
                    }
                    y = self.set(zone, y + block.before * scale, rows, style);
                }
                return y;
            }
            scale *= 0.96;
        }
    }
}

/// Height of paragraphs that were cut into rows, in millimetres.
fn height(blocks: &[Block], set: &[(Vec<Row>, Style)], scale: f32) -> f32 {
    let gaps: f32 = blocks.iter().map(|block| block.before * scale).sum();
    gaps + set.iter().map(|(rows, style)| rows.len() as f32 * style.line_height()).sum::<f32>()
}

/// A paragraph in a column of several.
pub(crate) struct Block {
    pub(crate) text: Text,
    pub(crate) style: Style,
    /// Space above, in millimetres.
    pub(crate) before: f32,
    pub(crate) lines: Lines,
    /// What it is; none: it goes on with what stands before it.
    pub(crate) role: Option<Role>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Lines {
    /// As wide as can be.
    Filled,
    /// Of even lengths.
    Even,
    /// One, reduced to fit.
    Single,
}

impl Block {
    pub(crate) fn new(text: Text, style: Style) -> Self {
        Self { text, style, before: 0.0, lines: Lines::Filled, role: Some(Role::Paragraph) }
    }

    pub(crate) fn typed(text: &str, voice: Voice, style: Style) -> Self {
        Self::new(Text::typed(text, voice), style)
    }

    pub(crate) fn before(self, before: f32) -> Self {
        Self { before, ..self }
    }

    pub(crate) fn is(self, role: Role) -> Self {
        Self { role: Some(role), ..self }
    }

    /// Goes on with the passage before it.
    pub(crate) fn goes_on(self) -> Self {
        Self { role: None, ..self }
    }

    pub(crate) fn set_as(self, lines: Lines) -> Self {
        Self { lines, ..self }
    }

    pub(crate) fn rows(&self, width: f32, scale: f32) -> (Vec<Row>, Style) {
        let style = self.style.sized(self.style.size * scale);
        match self.lines {
            Lines::Filled => (self.text.lines(style.room(width)), style),
            Lines::Even => (self.text.balanced(style.room(width)), style),
            Lines::Single => {
                let rows = self.text.lines(style.room(f32::INFINITY));
                let natural = rows.first().map_or(0.0, |row| style.room(width).measure(row));
                let reduced = if natural > width { style.size * width / natural * 0.999 } else { style.size };
                (rows, style.sized(reduced))
            }
        }
    }
}

pub(crate) fn rich(spans: &[(String, Voice)]) -> Text {
    let spans: Vec<(&str, _)> = spans.iter().map(|(text, voice)| (text.as_str(), *voice)).collect();
    Text::rich(&spans)
}
