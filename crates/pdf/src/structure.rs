//! The tags of a file: what each part of a page is, in reading order, for those who do not see it.

use pdf_writer::types::{Placement, StructRole};
use pdf_writer::writers::{StructElement, StructTreeRoot};
use pdf_writer::{Chunk, Finish, Name, Rect, Ref, TextStr};

use crate::marks::Stretch;
use crate::page::pt;

/// What a part of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// The title of the page.
    Title,
    /// A text.
    Paragraph,
    /// A picture, which has an alternative in words.
    Figure,
}

impl Role {
    /// Its name in the marks of the page.
    pub(crate) fn tag(self) -> Name<'static> {
        self.kind().to_name()
    }

    fn kind(self) -> StructRole {
        match self {
            Self::Title => StructRole::H1,
            Self::Paragraph => StructRole::P,
            Self::Figure => StructRole::Figure,
        }
    }
}

/// One part of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) role: Role,
    /// Its marks, which follow those of the part before it.
    pub(crate) stretches: Vec<Stretch>,
    /// Of a figure: what it shows in words, and where it stands.
    pub(crate) figure: Option<Figure>,
}

/// A picture for those who do not see it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub(crate) alt: String,
    /// Left, bottom, right and top, in millimetres from the bottom left corner.
    pub(crate) bounds: [f32; 4],
}

impl Figure {
    /// The same, so many millimetres higher.
    pub(crate) fn raised(mut self, by: f32) -> Self {
        self.bounds[1] += by;
        self.bounds[3] += by;
        self
    }
}

/// A page with its parts; its rank is the key of its marks in the tree of parents.
pub(crate) struct Tagged<'a> {
    pub(crate) page: Ref,
    pub(crate) parts: &'a [Part],
}

/// The field of the seal, which the structure names last.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) widget: Ref,
    pub(crate) page: Ref,
}

/// Key of the field in the tree of parents: the one after those of the pages.
pub(crate) fn field_key(pages: usize) -> i32 {
    int(pages)
}

fn int(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Writes the structure of all pages; returns its root.
pub(crate) fn write(
    chunk: &mut Chunk,
    mut next: impl FnMut() -> Ref,
    pages: &[Tagged<'_>],
    field: Option<Field>,
) -> Ref {
    let (root, document) = (next(), next());
    let mut children = Vec::with_capacity(pages.len() + 1);
    let mut parents = Vec::with_capacity(pages.len());
    for tagged in pages {
        // A page alone is the document; one of several is a part of it.
        let around = if pages.len() > 1 { next() } else { document };
        let ids: Vec<Ref> = tagged.parts.iter().map(|_| next()).collect();
        let mut marks = Vec::with_capacity(ids.len());
        for (part, id) in tagged.parts.iter().zip(&ids) {
            let first = marks.len();
            marks.extend(part.stretches.iter().map(|stretch| match stretch {
                Stretch::Spelt => *id,
                Stretch::Said => next(),
            }));
            let place = Place { id: *id, parent: around, page: tagged.page };
            element(chunk, place, part, first, &marks[first..]);
        }
        if around == document {
            children.extend_from_slice(&ids);
        } else {
            chunk
                .struct_element(around)
                .kind(StructRole::Part)
                .parent(document)
                .children()
                .items(ids.iter().copied());
            children.push(around);
        }
        parents.push(marks);
    }
    let form = field.map(|field| {
        let id = next();
        let mut form = chunk.struct_element(id);
        form.kind(StructRole::Form).parent(document).page(field.page);
        form.children().object_ref().page(field.page).object(field.widget);
        id
    });
    children.extend(form);
    chunk.struct_element(document).kind(StructRole::Document).parent(root).children().items(children);

    let mut tree = chunk.indirect(root).start::<StructTreeRoot<'_>>();
    tree.child(document).parent_tree_next_key(int(pages.len() + 1));
    parent_tree(&mut tree, &parents, form);
    root
}

fn parent_tree(tree: &mut StructTreeRoot<'_>, parents: &[Vec<Ref>], form: Option<Ref>) {
    let mut tree = tree.insert(Name(b"ParentTree")).dict();
    let mut nums = tree.insert(Name(b"Nums")).array();
    for (key, ids) in parents.iter().enumerate() {
        nums.item(int(key));
        nums.push().array().items(ids.iter().copied());
    }
    if let Some(form) = form {
        nums.item(field_key(parents.len())).item(form);
    }
}

/// Where an element stands in the structure.
#[derive(Clone, Copy)]
struct Place {
    id: Ref,
    parent: Ref,
    page: Ref,
}

/// Writes the element of a part, whose marks count from `first` and belong to these elements.
fn element(chunk: &mut Chunk, place: Place, part: &Part, first: usize, owners: &[Ref]) {
    let mut element = begin(chunk, place, part.role.kind());
    if let [owner] = owners
        && *owner == place.id
    {
        element.pair(Name(b"K"), int(first));
    } else {
        let mut kids = element.insert(Name(b"K")).array();
        for (mark, owner) in (first..).zip(owners) {
            if *owner == place.id {
                kids.item(int(mark));
            } else {
                kids.item(*owner);
            }
        }
    }
    if let Some(figure) = &part.figure {
        let [x0, y0, x1, y1] = figure.bounds.map(pt);
        element.alt(TextStr(&figure.alt));
        let mut attributes = element.attributes();
        attributes.push().layout().placement(Placement::Block).bbox(Rect::new(x0, y0, x1, y1));
        attributes.finish();
    }
    element.finish();
    for (mark, owner) in (first..).zip(owners).filter(|(_, owner)| **owner != place.id) {
        let span = Place { id: *owner, parent: place.id, ..place };
        begin(chunk, span, StructRole::Span).pair(Name(b"K"), int(mark));
    }
}

fn begin(chunk: &mut Chunk, place: Place, kind: StructRole) -> StructElement<'_> {
    let mut element = chunk.struct_element(place.id);
    element.kind(kind).parent(place.parent).page(place.page);
    element
}
