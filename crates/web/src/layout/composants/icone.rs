//! Icons: line drawings that always stand beside a word.

use askama::Template;

/// A line drawing of 20 by 20, hidden from screen readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Template)]
#[template(
    source = r#"<svg viewBox="0 0 20 20" aria-hidden="true">{{ self.trace()|safe }}</svg>"#,
    ext = "html"
)]
pub enum Icone {
    /// An arrow to the right: goes on.
    Fleche,
    /// A plus: adds.
    Plus,
    /// A tick: done, valid, réussite.
    Coche,
    /// A cross: échec.
    Croix,
    /// A barred disc: refused.
    Refus,
    /// An arrow into a tray: downloads.
    Telecharger,
    /// A person: somebody may be known.
    Personne,
    /// A triangle: to check.
    Attention,
}

impl askama::filters::HtmlSafe for Icone {}

impl Icone {
    fn trace(self) -> &'static str {
        match self {
            Self::Fleche => r#"<path d="M4 10h12m-5-5 5 5-5 5"/>"#,
            Self::Plus => r#"<path d="M10 4v12M4 10h12"/>"#,
            Self::Coche => r#"<path d="m4 10.500 4 4 8-9"/>"#,
            Self::Croix => r#"<path d="m5 5 10 10M15 5 5 15"/>"#,
            Self::Refus => r#"<circle cx="10" cy="10" r="7.500"/><path d="M6.500 10h7"/>"#,
            Self::Telecharger => r#"<path d="M10 3v9M6 8.500l4 4 4-4M3.500 16.500h13"/>"#,
            Self::Personne => {
                r#"<circle cx="10" cy="6.500" r="3.250"/><path d="M3.500 17c.6-3.600 3.200-5.200 6.500-5.200s5.900 1.600 6.500 5.200"/>"#
            }
            Self::Attention => r#"<path d="M10 3.500 17.500 16.500h-15zM10 8.500v3.500M10 14.300v.1"/>"#,
        }
    }
}
