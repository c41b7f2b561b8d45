//! The file: pages, drawings, fonts, bookmarks, what describes it.

use forprev_domain::theme::Logo;
use pdf_writer::types::{OutputIntentSubtype, PageMode, TabOrder};
use pdf_writer::writers::Resources;
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, TextStr};
use sha2::{Digest, Sha256};

use crate::embed::Glyphs;
use crate::frozen::FROZEN;
use crate::logo;
use crate::metadata::About;
use crate::ornament::Shape;
use crate::page::pt;
use crate::qr::Bitmap;
use crate::scelle::{ASceller, Said, Seal};
use crate::structure::{self, Part, Tagged};
use crate::{deflate, icc};

/// One page, drawn.
pub(crate) struct Folio {
    /// Width and height, in millimetres.
    pub(crate) size: (f32, f32),
    pub(crate) content: Vec<u8>,
    /// What its marks stand for.
    pub(crate) parts: Vec<Part>,
    /// The shared drawings that it places.
    pub(crate) drawings: &'static [Shape],
    /// Codes that it places, by name.
    pub(crate) codes: Vec<(String, Bitmap)>,
    /// The picture of the service, when it places it.
    pub(crate) logo: Option<Logo>,
    /// What a bookmark to it says, in a file of several pages.
    pub(crate) bookmark: Option<String>,
}

/// All that makes a file.
pub(crate) struct Document {
    pub(crate) folios: Vec<Folio>,
    /// The letters of all its pages.
    pub(crate) glyphs: Glyphs,
    pub(crate) about: About,
}

/// Hands out the numbers of objects.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

/// The pictures written so far, each once.
#[derive(Default)]
struct Logos(Vec<(String, Ref)>);

impl Logos {
    fn write(&mut self, pdf: &mut Pdf, numbers: &mut Numbers, logo: &Logo) -> Ref {
        if let Some((_, id)) = self.0.iter().find(|(empreinte, _)| *empreinte == logo.empreinte) {
            return *id;
        }
        let id = numbers.next();
        logo::write(pdf, id, logo);
        self.0.push((logo.empreinte.clone(), id));
        id
    }
}

/// A page in the file: itself, its content and its codes.
struct Placed<'a> {
    folio: &'a Folio,
    contents: Ref,
    codes: Vec<Ref>,
    logo: Option<Ref>,
}

impl Document {
    /// The file, without a seal.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.write(|_| None).0.finish()
    }

    /// The file with the place of a seal.
    pub(crate) fn awaiting_seal(self) -> ASceller {
        let (service, instant) = (self.about.service.clone(), self.about.instant);
        let parent_key = structure::field_key(self.folios.len());
        let (pdf, seal) = self.write(|numbers| Some(Seal::new(numbers.next(), numbers.next())));
        let (seal, page) = seal.expect("it was asked for");
        seal.write(pdf, &Said { service: &service, instant, page, parent_key })
    }

    /// All of a file but what its seal says; the seal when `seal` makes one, with the page of its field.
    fn write(self, seal: impl FnOnce(&mut Numbers) -> Option<Seal>) -> (Pdf, Option<(Seal, Ref)>) {
        let frozen = &*FROZEN;
        let mut pdf = Pdf::with_capacity(2 * frozen.chunk.len());
        pdf.extend(&frozen.chunk);
        if self.folios.iter().any(|folio| folio.drawings.contains(&Shape::Specimen)) {
            pdf.extend(&frozen.specimen);
        }
        let mut numbers = Numbers(frozen.last);
        let [catalog, tree, info, metadata, fonts] = std::array::from_fn(|_| numbers.next());
        // What makes this file another than all others.
        let mut identity = Sha256::new();

        let mut tagged = Vec::with_capacity(self.folios.len());
        let mut placed = Vec::with_capacity(self.folios.len());
        let mut logos = Logos::default();
        for folio in &self.folios {
            let stream = deflate::pack(&folio.content, deflate::BLANK);
            identity.update(&stream.bytes);
            let (page, contents) = (numbers.next(), numbers.next());
            pdf.stream(contents, &stream.bytes).filter(Filter::FlateDecode);
            let codes = folio.codes.iter().map(|(_, code)| code.write(&mut pdf, numbers.next())).collect();
            tagged.push(Tagged { page, parts: &folio.parts });
            let logo = folio.logo.as_ref().map(|logo| logos.write(&mut pdf, &mut numbers, logo));
            placed.push(Placed { folio, contents, codes, logo });
        }
        let own = self.glyphs.write(&mut pdf, || numbers.next());
        pdf.indirect(fonts).dict().pairs(frozen.fonts.into_iter().chain(own));

        let count = i32::try_from(placed.len()).unwrap_or(i32::MAX);
        pdf.pages(tree).count(count).kids(tagged.iter().map(|tagged| tagged.page));
        let first = tagged.first().map_or(tree, |tagged| tagged.page);
        let seal = seal(&mut numbers);
        for (rank, (tagged, placed)) in (0..).zip(tagged.iter().zip(&placed)) {
            let (width, height) = placed.folio.size;
            let mut page = pdf.page(tagged.page);
            page.parent(tree).media_box(Rect::new(0.0, 0.0, pt(width), pt(height)));
            page.contents(placed.contents).struct_parents(rank).tab_order(TabOrder::StructureOrder);
            if let Some(seal) = seal.as_ref().filter(|_| rank == 0) {
                page.annotations([seal.field()]);
            }
            placed.resources(&mut page.resources(), fonts);
        }
        let outline = (placed.len() > 1).then(|| bookmarks(&mut pdf, &mut numbers, &self.folios, &tagged));
        let field = seal.as_ref().map(|seal| structure::Field { widget: seal.field(), page: first });
        let tags = structure::write(&mut pdf, || numbers.next(), &tagged, field);
        identity.update(self.about.write(&mut pdf, info, metadata));

        let mut root = pdf.catalog(catalog);
        root.pages(tree).lang(TextStr("fr")).metadata(metadata);
        root.pair(Name(b"StructTreeRoot"), tags);
        root.mark_info().marked(true);
        root.viewer_preferences().display_doc_title(true);
        root.output_intents()
            .push()
            .subtype(OutputIntentSubtype::PDFA)
            .output_condition_identifier(TextStr(icc::NAME))
            .info(TextStr(icc::NAME))
            .dest_output_profile(frozen.colours);
        if let Some(outline) = outline {
            root.outlines(outline).page_mode(PageMode::UseOutlines);
        }
        if let Some(seal) = &seal {
            seal.announce(&mut root);
        }
        root.finish();

        let id = identity.finalize()[..16].to_vec();
        pdf.set_file_id((id.clone(), id));
        (pdf, seal.map(|seal| (seal, first)))
    }
}

impl Placed<'_> {
    fn resources(&self, resources: &mut Resources<'_>, fonts: Ref) {
        resources.pair(Name(b"Font"), fonts);
        let mut objects = resources.x_objects();
        objects.pairs(self.logo.map(|id| (logo::NAME, id)));
        objects.pairs(FROZEN.ornament.resources(self.folio.drawings));
        objects.pairs(
            self.folio.codes.iter().zip(&self.codes).map(|((name, _), id)| (Name(name.as_bytes()), *id)),
        );
    }
}

fn bookmarks(pdf: &mut Pdf, numbers: &mut Numbers, folios: &[Folio], tagged: &[Tagged<'_>]) -> Ref {
    let outline = numbers.next();
    let items: Vec<Ref> = folios.iter().map(|_| numbers.next()).collect();
    for (rank, (folio, tagged)) in folios.iter().zip(tagged).enumerate() {
        let mut item = pdf.outline_item(items[rank]);
        item.title(TextStr(folio.bookmark.as_deref().unwrap_or_default())).parent(outline);
        if let Some(before) = rank.checked_sub(1) {
            item.prev(items[before]);
        }
        if let Some(next) = items.get(rank + 1) {
            item.next(*next);
        }
        item.dest().page(tagged.page).fit();
    }
    let mut root = pdf.outline(outline);
    if let (Some(first), Some(last)) = (items.first(), items.last()) {
        root.first(*first).last(*last).count(i32::try_from(items.len()).unwrap_or(i32::MAX));
    }
    outline
}
