//! Texts of one or two weights, cut into lines.

use std::sync::Arc;

use crate::fonts::Weight;
use crate::page::PT;
use crate::shape::{Cluster, printable, shape_capitals, shape_word};

/// A text ready to be cut into lines at any size.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    words: Vec<Word>,
}

#[derive(Debug, Clone, Default)]
struct Word {
    clusters: Vec<Arc<Cluster>>,
    /// The space that follows it, where a line may be cut.
    space: Option<Arc<Cluster>>,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// In the lighter weight.
    Regular,
    /// In the heavier weight.
    Bold,
    /// In the heavier weight and in capitals; still read as typed.
    Capitals,
}

impl Voice {
    fn weight(self) -> Weight {
        match self {
            Self::Regular => Weight::Regular,
            Self::Bold | Self::Capitals => Weight::Bold,
        }
    }

    fn shape(self, word: &str) -> Vec<Arc<Cluster>> {
        match self {
            Self::Regular | Self::Bold => shape_word(word, self.weight()),
            Self::Capitals => shape_capitals(word, self.weight()),
        }
    }
}

/// Clusters set side by side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) clusters: Vec<Arc<Cluster>>,
    /// Whether the next row goes on with the same word.
    pub(crate) cut: bool,
}

impl Text {
    /// A text of one weight, as typed by somebody.
    pub(crate) fn typed(text: &str, voice: Voice) -> Self {
        Self::rich(&[(&printable(text), voice)])
    }

    /// A text of several weights; line feeds in it are spaces.
    pub(crate) fn rich(spans: &[(&str, Voice)]) -> Self {
        let mut words = vec![Word::default()];
        for (span, voice) in spans {
            for (rank, part) in span.split([' ', '\n']).enumerate() {
                if rank > 0 {
                    if let Some(word) = words.last_mut() {
                        word.space = voice.shape(" ").pop();
                    }
                    words.push(Word::default());
                }
                if let Some(word) = words.last_mut() {
                    word.clusters.extend(voice.shape(part));
                }
            }
        }
        words.retain(|word| !word.clusters.is_empty());
        Self { words }
    }

    /// This text, a space, and `next`.
    pub(crate) fn then(mut self, next: Self) -> Self {
        if let Some(word) = self.words.last_mut() {
            word.space = Voice::Bold.shape(" ").pop();
        }
        self.words.extend(next.words);
        self
    }

    /// The fewest lines that `room` allows. Cuts at spaces; at a hyphen only when one word is too
    /// wide; inside a word last.
    pub(crate) fn lines(&self, room: Room) -> Vec<Row> {
        self.cuts(room).map_or_else(|| self.cut_in_words(room), |cuts| self.rows(&cuts))
    }

    /// As many lines as [`Text::lines`], but of lengths as even as can be.
    pub(crate) fn balanced(&self, room: Room) -> Vec<Row> {
        let Some(mut best) = self.cuts(room) else { return self.lines(room) };
        let (mut low, mut high) = (room.width / 2.0, room.width);
        let tries = if best.len() < 2 { 0 } else { 7 };
        for _ in 0..tries {
            let width = f32::midpoint(low, high);
            match self.cuts(Room { width, ..room }) {
                Some(tried) if tried.len() == best.len() => (best, high) = (tried, width),
                _ => low = width,
            }
        }
        self.rows(&best)
    }

    /// The rank of the first word of each line; none when a word is too wide for a line.
    fn cuts(&self, room: Room) -> Option<Vec<usize>> {
        let mut cuts = Vec::new();
        // What stands in the line so far: thousandths of em, and clusters.
        let (mut width, mut count) = (0, 0);
        let mut space: Option<&Arc<Cluster>> = None;
        for (rank, word) in self.words.iter().enumerate() {
            let (own, clusters) = (units(&word.clusters), word.clusters.len());
            let between = space.map_or(0, |space| space.width);
            let joined = (width + between + own, count + usize::from(space.is_some()) + clusters);
            if rank > 0 && room.holds(joined.0, joined.1) {
                (width, count) = joined;
            } else if room.holds(own, clusters) {
                cuts.push(rank);
                (width, count) = (own, clusters);
            } else {
                return None;
            }
            space = word.space.as_ref();
        }
        Some(cuts)
    }

    /// Lines that start with the words of these ranks.
    fn rows(&self, cuts: &[usize]) -> Vec<Row> {
        let ends = cuts.iter().skip(1).copied().chain([self.words.len()]);
        let words = cuts.iter().zip(ends).map(|(start, end)| &self.words[*start..end]);
        words.map(row).collect()
    }

    /// Lines where a word is too wide for one.
    fn cut_in_words(&self, room: Room) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let mut row = Row::default();
        let mut space: Option<&Arc<Cluster>> = None;
        for word in &self.words {
            let between = space.filter(|_| !row.clusters.is_empty());
            let units = units(&row.clusters) + between.map_or(0, |space| space.width) + units(&word.clusters);
            let count = row.clusters.len() + usize::from(between.is_some()) + word.clusters.len();
            if room.holds(units, count) {
                row.clusters.extend(between.cloned());
                row.clusters.extend_from_slice(&word.clusters);
            } else {
                if !row.clusters.is_empty() {
                    rows.push(std::mem::take(&mut row));
                }
                let mut pieces = pieces(&word.clusters, room);
                row = pieces.pop().unwrap_or_default();
                rows.append(&mut pieces);
            }
            space = word.space.as_ref();
        }
        if !row.clusters.is_empty() {
            rows.push(row);
        }
        rows
    }
}

/// Words side by side, with the spaces between them.
fn row(words: &[Word]) -> Row {
    let mut clusters = Vec::with_capacity(words.iter().map(|word| word.clusters.len() + 1).sum());
    for (rank, word) in words.iter().enumerate() {
        clusters.extend_from_slice(&word.clusters);
        if rank + 1 < words.len() {
            clusters.extend(word.space.clone());
        }
    }
    Row { clusters, cut: false }
}

/// The pieces of one word that is too wide: cut after hyphens, then anywhere.
fn pieces(clusters: &[Arc<Cluster>], room: Room) -> Vec<Row> {
    if room.holds_row(clusters) {
        return vec![Row { clusters: clusters.to_vec(), cut: false }];
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut row = Vec::new();
    let cut = |clusters| Row { clusters, cut: true };
    for part in clusters.split_inclusive(|cluster| matches!(cluster.text.as_str(), "-" | "‐" | "/" | "–"))
    {
        if room.holds(units(&row) + units(part), row.len() + part.len()) {
            row.extend_from_slice(part);
            continue;
        }
        if !row.is_empty() {
            rows.push(cut(std::mem::take(&mut row)));
        }
        for cluster in part {
            row.push(cluster.clone());
            if !room.holds_row(&row) && row.len() > 1 {
                let last = row.split_off(row.len() - 1);
                rows.push(cut(std::mem::replace(&mut row, last)));
            }
        }
    }
    rows.push(Row { clusters: row, cut: false });
    rows
}

/// The room that a line has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// In millimetres.
    pub(crate) width: f32,
    /// Size of the text, in points.
    pub(crate) size: f32,
    /// Added after each cluster, in em.
    pub(crate) tracking: f32,
}

impl Room {
    /// Width of a row, in millimetres.
    pub(crate) fn measure(self, row: &Row) -> f32 {
        self.width_of(units(&row.clusters), row.clusters.len())
    }

    fn width_of(self, units: i32, count: usize) -> f32 {
        let gaps = count.saturating_sub(1) as f32 * self.tracking;
        (units as f32 / 1000.0 + gaps) * self.size / PT
    }

    fn holds(self, units: i32, count: usize) -> bool {
        self.width_of(units, count) <= self.width
    }

    fn holds_row(self, row: &[Arc<Cluster>]) -> bool {
        self.holds(units(row), row.len())
    }
}

/// Width of a row in thousandths of em, without tracking.
fn units(row: &[Arc<Cluster>]) -> i32 {
    row.iter().map(|cluster| cluster.width).sum()
}

/// What a row reads as.
#[cfg(test)]
pub(crate) fn row_text(row: &Row) -> String {
    row.clusters.iter().map(|cluster| cluster.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: f32, expected: &[&str]) {
        let room = Room { width, size: 12.0, tracking: 0.0 };
        let rows = Text::typed(text, Voice::Regular).lines(room);
        let lines: Vec<String> = rows.iter().map(row_text).collect();
        assert_eq!(lines, expected, "{text} in {width}");
        for row in &rows {
            assert!(room.measure(row) <= width || row.clusters.len() == 1, "{text} in {width}");
        }
    }

    #[test]
    fn lines_are_cut_at_spaces_then_hyphens_then_anywhere() {
        check("", 50.0, &[]);
        check("Anne", 50.0, &["Anne"]);
        check("Anne Marie", 15.0, &["Anne", "Marie"]);
        check("Anne-Marie Louise", 25.0, &["Anne-Marie", "Louise"]);
        check("Anne-Marie", 15.0, &["Anne-", "Marie"]);
        check("WWWWWW", 12.0, &["WWW", "WWW"]);
        check("le 12\u{a0}mars", 17.0, &["le", "12\u{a0}mars"]);
        check("x", 0.1, &["x"]);
    }

    #[test]
    fn balanced_lines_are_as_many_and_more_even() {
        let room = Room { width: 60.0, size: 12.0, tracking: 0.0 };
        let text = Text::typed("un deux trois quatre cinq six sept huit neuf", Voice::Regular);
        let (plain, even) = (text.lines(room), text.balanced(room));
        assert_eq!(plain.len(), even.len());
        let shortest = |rows: &[Row]| rows.iter().map(|r| room.measure(r)).fold(f32::MAX, f32::min);
        assert!(shortest(&even) >= shortest(&plain));
    }

    #[test]
    fn eighty_w_are_298_mm_wide_at_12() {
        let room = Room { width: 1000.0, size: 12.0, tracking: -0.005 };
        let width = room.measure(&Text::typed(&"W".repeat(80), Voice::Bold).lines(room)[0]);
        assert!((290.0..306.0).contains(&width), "{width}");
    }
}
