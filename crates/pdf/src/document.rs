//! The file: pages, drawings, fonts, bookmarks, what describes it.

use forprev_domain::certificat::Imprime;
use pdf_writer::types::{ArtifactType, OutputIntentSubtype, PageMode, TabOrder};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};
use sha2::{Digest, Sha256};

use crate::embed::Glyphs;
use crate::metadata::{About, dernier_instant, titulaire};
use crate::ornament::{self, Ornament, With};
use crate::page::{FILETS, HAUTEUR, LARGEUR, PERSONNE, PETROLE, PT, arrondi, pt};
use crate::qr::Code;
use crate::scelle::{ASceller, Said, Seal};
use crate::structure::{self, Part, Role, Tagged};
use crate::{deflate, icc, layout, lettering};

/// Hands out the numbers of objects.
#[derive(Default)]
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

/// The file of these certificates, one page each, in order.
pub(crate) fn document(imprimes: &[Imprime]) -> Vec<u8> {
    write(imprimes, |_| None).0.finish()
}

/// The same, with the place of a seal.
pub(crate) fn to_seal(imprimes: &[Imprime]) -> ASceller {
    let (pdf, seal) = write(imprimes, |numbers| Some(Seal::new(numbers.next(), numbers.next())));
    let (seal, page) = seal.expect("it was asked for");
    let instant = dernier_instant(imprimes);
    let service = imprimes.first().map_or("", |imprime| imprime.service.as_str());
    seal.write(pdf, &Said { service, instant, page, parent_key: structure::field_key(imprimes.len()) })
}

/// All of a file but what its seal says; the seal when `seal` makes one, with the page of its field.
fn write(
    imprimes: &[Imprime],
    seal: impl FnOnce(&mut Numbers) -> Option<Seal>,
) -> (Pdf, Option<(Seal, Ref)>) {
    let mut numbers = Numbers::default();
    let (catalog, tree, info, metadata) = (numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let mut pdf = Pdf::new();
    let with = |specimen: bool| if specimen { With::Specimen } else { With::Background };

    let mut glyphs = Glyphs::default();
    let mut pages = Vec::with_capacity(imprimes.len());
    for imprime in imprimes {
        let (content, parts) = page(imprime, &mut glyphs, with(imprime.specimen));
        let stream = deflate::pack(&content, deflate::BLANK);
        let (page, contents) = (numbers.next(), numbers.next());
        pdf.stream(contents, &stream.bytes).filter(Filter::FlateDecode);
        pages.push((Tagged { page, parts }, contents));
    }

    let specimen = imprimes.iter().any(|imprime| imprime.specimen);
    let drawings = Ornament::write(&mut pdf, || numbers.next(), with(specimen));
    let fonts = glyphs.write(&mut pdf, || numbers.next());
    let resources = numbers.next();
    let mut dict = pdf.indirect(resources).start::<pdf_writer::writers::Resources<'_>>();
    dict.x_objects().pairs(drawings.resources());
    dict.fonts().pairs(fonts.iter().map(|(face, id)| (Name(face.resource()), *id)));
    dict.finish();

    let media = Rect::new(0.0, 0.0, pt(LARGEUR), pt(HAUTEUR));
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).count(count).kids(pages.iter().map(|(tagged, _)| tagged.page)).media_box(media);
    let first = pages.first().map_or(tree, |(tagged, _)| tagged.page);
    let seal = seal(&mut numbers);
    for (rank, (tagged, contents)) in (0..).zip(&pages) {
        let mut page = pdf.page(tagged.page);
        page.parent(tree).contents(*contents).struct_parents(rank).tab_order(TabOrder::StructureOrder);
        page.pair(Name(b"Resources"), resources);
        if let Some(seal) = seal.as_ref().filter(|_| rank == 0) {
            page.annotations([seal.field()]);
        }
    }
    let outline = (pages.len() > 1).then(|| bookmarks(&mut pdf, &mut numbers, imprimes, &pages));
    let field = seal.as_ref().map(|seal| structure::Field { widget: seal.field(), page: first });
    let tagged: Vec<Tagged> = pages.into_iter().map(|(tagged, _)| tagged).collect();
    let tags = structure::write(&mut pdf, || numbers.next(), &tagged, field);
    About::new(imprimes).write(&mut pdf, info, metadata);
    let colours = numbers.next();
    let profile = deflate::pack(&icc::SRGB, deflate::TAIL);
    pdf.icc_profile(colours, &profile.bytes).n(3).filter(Filter::FlateDecode);

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
        .dest_output_profile(colours);
    if let Some(outline) = outline {
        root.outlines(outline).page_mode(PageMode::UseOutlines);
    }
    if let Some(seal) = &seal {
        seal.announce(&mut root);
    }
    root.finish();

    let id = digest(pdf.as_bytes())[..16].to_vec();
    pdf.set_file_id((id.clone(), id));
    (pdf, seal.map(|seal| (seal, first)))
}

/// SHA-256.
pub(crate) fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

fn bookmarks(pdf: &mut Pdf, numbers: &mut Numbers, imprimes: &[Imprime], pages: &[(Tagged, Ref)]) -> Ref {
    let outline = numbers.next();
    let items: Vec<Ref> = pages.iter().map(|_| numbers.next()).collect();
    for (rank, (imprime, (tagged, _))) in imprimes.iter().zip(pages).enumerate() {
        let page = tagged.page;
        let title = format!("{}, {}", titulaire(imprime), imprime.numero_certificat);
        let mut item = pdf.outline_item(items[rank]);
        item.title(TextStr(&title)).parent(outline);
        if let Some(before) = rank.checked_sub(1) {
            item.prev(items[before]);
        }
        if let Some(next) = items.get(rank + 1) {
            item.next(*next);
        }
        item.dest().page(page).fit();
    }
    let mut root = pdf.outline(outline);
    if let (Some(first), Some(last)) = (items.first(), items.last()) {
        root.first(*first).last(*last).count(i32::try_from(items.len()).unwrap_or(i32::MAX));
    }
    outline
}

/// The drawing and text of one page, and the parts that they make.
fn page(imprime: &Imprime, glyphs: &mut Glyphs, with: With) -> (Vec<u8>, Vec<Part>) {
    let mut content = Content::new();
    let mut artifact = content.begin_marked_content_with_properties(Name(b"Artifact"));
    artifact.properties().artifact().kind(ArtifactType::Layout);
    artifact.finish();
    content.save_state().transform([PT, 0.0, 0.0, PT, 0.0, 0.0]);
    ornament::place(&mut content, with);
    hairlines(&mut content);
    content.restore_state().end_marked_content();

    let mut parts = Vec::new();
    for passage in layout::passages(imprime) {
        let code = Code::new(imprime).filter(|_| passage.role == Role::Figure);
        if passage.role == Role::Figure && code.is_none() {
            continue;
        }
        let mut mark = content.begin_marked_content_with_properties(passage.role.tag());
        mark.properties().identify(i32::try_from(parts.len()).unwrap_or(i32::MAX));
        mark.finish();
        lettering::write(&mut content, &passage.lines, glyphs);
        let figure = code.map(|code| code.draw(&mut content));
        content.end_marked_content();
        parts.push(Part { role: passage.role, figure });
    }
    (content.finish().to_vec(), parts)
}

fn hairlines(content: &mut Content) {
    let [r, g, b] = PETROLE;
    content.set_fill_rgb(r, g, b);
    for y in FILETS {
        content.rect(PERSONNE.x, arrondi(HAUTEUR - y - 0.2), PERSONNE.l, 0.2);
    }
    content.fill_nonzero();
}
