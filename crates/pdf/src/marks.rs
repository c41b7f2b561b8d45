//! The marks of one page: what its structure counts.
//!
//! They are numbered one after the other and never stand one inside another: some readers lose what follows a
//! mark within a mark.

use pdf_writer::{Content, Finish, Name, TextStr};

use crate::structure::Role;

/// A run of marked content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Read as its glyphs spell.
    Spelt,
    /// Read as its mark says: an element of its own.
    Said,
}

/// Numbers the marks of one page.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    count: i32,
}

impl Marks {
    /// Opens the mark of what is read as it is spelt.
    pub(crate) fn spelt(&mut self, content: &mut Content, role: Role) -> Stretch {
        let mut mark = content.begin_marked_content_with_properties(role.tag());
        mark.properties().identify(self.next());
        mark.finish();
        Stretch::Spelt
    }

    /// Opens the mark of what is read as `text`.
    pub(crate) fn said(&mut self, content: &mut Content, text: &str) -> Stretch {
        let mut mark = content.begin_marked_content_with_properties(Name(b"Span"));
        mark.properties().identify(self.next()).actual_text(TextStr(text));
        mark.finish();
        Stretch::Said
    }

    fn next(&mut self) -> i32 {
        self.count += 1;
        self.count - 1
    }
}
