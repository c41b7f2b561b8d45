//! The file: pages, drawings, fonts, bookmarks, what describes it.

use forprev_domain::certificat::Imprime;
use jiff::Timestamp;
use pdf_writer::types::{ArtifactType, PageMode, TabOrder};
use pdf_writer::{Content, Date, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};
use sha2::{Digest, Sha256};

use crate::embed::Glyphs;
use crate::ornament::{self, Ornament, With};
use crate::page::{FILETS, HAUTEUR, LARGEUR, PERSONNE, PETROLE, PT, arrondi, pt};
use crate::scelle::{ASceller, Said, Seal};
use crate::{deflate, phrases, qr};
use crate::{layout, lettering};

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
    let last = imprimes.iter().max_by_key(|imprime| imprime.emis_a);
    let said = Said {
        service: last.map_or("", |imprime| imprime.service.as_str()),
        instant: last.map_or(Timestamp::UNIX_EPOCH, |imprime| imprime.emis_a),
        page,
        parent_key: 0,
    };
    seal.write(pdf, &said)
}

/// All of a file but what its seal says; the seal when `seal` makes one, with the page of its field.
fn write(
    imprimes: &[Imprime],
    seal: impl FnOnce(&mut Numbers) -> Option<Seal>,
) -> (Pdf, Option<(Seal, Ref)>) {
    let mut numbers = Numbers::default();
    let (catalog, tree, info) = (numbers.next(), numbers.next(), numbers.next());
    let mut pdf = Pdf::new();
    let with = |specimen: bool| if specimen { With::Specimen } else { With::Background };

    let mut glyphs = Glyphs::default();
    let mut pages = Vec::with_capacity(imprimes.len());
    for imprime in imprimes {
        let stream = deflate::pack(&page(imprime, &mut glyphs, with(imprime.specimen)), deflate::BLANK);
        let (page, contents) = (numbers.next(), numbers.next());
        pdf.stream(contents, &stream.bytes).filter(Filter::FlateDecode);
        pages.push((page, contents));
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
    pdf.pages(tree).count(count).kids(pages.iter().map(|(page, _)| *page)).media_box(media);
    let first = pages.first().map_or(tree, |(page, _)| *page);
    let seal = seal(&mut numbers);
    for (page, contents) in &pages {
        let field = seal.as_ref().filter(|_| *page == first).map(Seal::field);
        let mut page = pdf.page(*page);
        page.parent(tree).contents(*contents);
        page.pair(Name(b"Resources"), resources);
        if let Some(field) = field {
            page.annotations([field]).tab_order(TabOrder::StructureOrder);
        }
    }
    let outline = (pages.len() > 1).then(|| bookmarks(&mut pdf, &mut numbers, imprimes, &pages));
    describe(&mut pdf, info, imprimes);

    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr("fr"));
    root.viewer_preferences().display_doc_title(true);
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

/// « Anaïs LEFÈVRE-QUINTARD ».
fn holder(imprime: &Imprime) -> String {
    let prenom = crate::shape::printable(&imprime.prenom);
    format!("{prenom} {}", phrases::capitales(&imprime.nom_naissance))
}

fn describe(pdf: &mut Pdf, id: Ref, imprimes: &[Imprime]) {
    let title = match imprimes {
        [one] => format!("Certificat {}, {}", one.numero_certificat, holder(one)),
        several => format!("{} certificats", several.len()),
    };
    let mut info = pdf.document_info(id);
    info.title(TextStr(&title)).producer(TextStr("Forprev"));
    if let Some(first) = imprimes.first() {
        info.author(TextStr(&first.service)).subject(TextStr(&first.libelle));
    }
    if let Some(day) = imprimes.iter().map(|imprime| imprime.delivre_le).max() {
        let part = |v: i8| u8::try_from(v).unwrap_or(1);
        let year = u16::try_from(day.year()).unwrap_or_default();
        info.creation_date(Date::new(year).month(part(day.month())).day(part(day.day())));
    }
}

fn bookmarks(pdf: &mut Pdf, numbers: &mut Numbers, imprimes: &[Imprime], pages: &[(Ref, Ref)]) -> Ref {
    let outline = numbers.next();
    let items: Vec<Ref> = pages.iter().map(|_| numbers.next()).collect();
    for (rank, (imprime, (page, _))) in imprimes.iter().zip(pages).enumerate() {
        let title = format!("{}, {}", holder(imprime), imprime.numero_certificat);
        let mut item = pdf.outline_item(items[rank]);
        item.title(TextStr(&title)).parent(outline);
        if let Some(before) = rank.checked_sub(1) {
            item.prev(items[before]);
        }
        if let Some(next) = items.get(rank + 1) {
            item.next(*next);
        }
        item.dest().page(*page).fit();
    }
    let mut root = pdf.outline(outline);
    if let (Some(first), Some(last)) = (items.first(), items.last()) {
        root.first(*first).last(*last).count(i32::try_from(items.len()).unwrap_or(i32::MAX));
    }
    outline
}

/// The drawing and text of one page.
fn page(imprime: &Imprime, glyphs: &mut Glyphs, with: With) -> Vec<u8> {
    let mut content = Content::new();
    let mut artifact = content.begin_marked_content_with_properties(Name(b"Artifact"));
    artifact.properties().artifact().kind(ArtifactType::Layout);
    artifact.finish();
    content.save_state().transform([PT, 0.0, 0.0, PT, 0.0, 0.0]);
    ornament::place(&mut content, with);
    hairlines(&mut content);
    qr::draw(&mut content, &qr::address(imprime));
    content.restore_state().end_marked_content();
    for line in layout::lines(imprime) {
        lettering::write(&mut content, &line, glyphs);
    }
    content.finish().to_vec()
}

fn hairlines(content: &mut Content) {
    let [r, g, b] = PETROLE;
    content.set_fill_rgb(r, g, b);
    for y in FILETS {
        content.rect(PERSONNE.x, arrondi(HAUTEUR - y - 0.2), PERSONNE.l, 0.2);
    }
    content.fill_nonzero();
}
