//! What a file says of itself, in its information dictionary and, alike, in XMP.

use forprev_domain::certificat::Imprime;
use jiff::Timestamp;
use pdf_writer::{Pdf, Ref, TextStr};

use crate::phrases;
use crate::qr;
use crate::scelle::date;
use crate::shape::printable;
use crate::specimen::MENTION;

/// Title, author, subject and instant of a file.
pub(crate) struct About {
    title: String,
    pub(crate) service: String,
    subject: String,
    pub(crate) instant: Timestamp,
    /// What the code of a single certificate says.
    code: Option<String>,
}

/// What the certificates are of; and that they certify nothing, when one of them does not.
fn subject(imprimes: &[Imprime], libelle: String) -> String {
    match imprimes.iter().any(|imprime| imprime.specimen) {
        true => format!("{MENTION}. {libelle}"),
        false => libelle,
    }
}

/// The program, in both places.
const PRODUCER: &str = "Forprev";

impl About {
    /// A file with this title of these certificates, issued when the last of them was.
    pub(crate) fn new(title: &str, imprimes: &[Imprime]) -> Self {
        let first =
            |text: fn(&Imprime) -> &str| imprimes.first().map_or(String::new(), |i| printable(text(i)));
        Self {
            title: printable(title),
            service: first(|imprime| &imprime.service),
            subject: subject(imprimes, first(|imprime| &imprime.libelle)),
            instant: imprimes.iter().map(|imprime| imprime.emis_a).max().unwrap_or(Timestamp::UNIX_EPOCH),
            code: if let [one] = imprimes { Some(printable(&qr::statement(one))) } else { None },
        }
    }

    /// Writes both; returns the second.
    pub(crate) fn write(&self, pdf: &mut Pdf, info: Ref, metadata: Ref) -> String {
        let day = date(self.instant);
        pdf.document_info(info)
            .title(TextStr(&self.title))
            .author(TextStr(&self.service))
            .subject(TextStr(&self.subject))
            .producer(TextStr(PRODUCER))
            .creation_date(day)
            .modified_date(day);
        let xmp = self.xmp();
        pdf.metadata(metadata, xmp.as_bytes());
        xmp
    }

    fn xmp(&self) -> String {
        let [title, service, subject] = [&self.title, &self.service, &self.subject].map(|text| escaped(text));
        let identifier = self
            .code
            .as_deref()
            .map_or_else(String::new, |code| format!("<dc:identifier>{}</dc:identifier>\n", escaped(code)));
        let instant = self.instant.strftime("%Y-%m-%dT%H:%M:%SZ");
        format!(
            r#"<?xpacket begin="{BOM}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{identifier}<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{service}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>fr</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{instant}</xmp:CreateDate><xmp:ModifyDate>{instant}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{EXTENSION}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"#
        )
    }
}

const BOM: char = '\u{feff}';

/// PDF/A knows no PDF/UA: a file that is both says what the mark of the second means.
const EXTENSION: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"#;

/// « Anaïs LEFÈVRE-QUINTARD ».
pub(crate) fn titulaire(imprime: &Imprime) -> String {
    format!("{} {}", printable(&imprime.prenom), phrases::capitales(&imprime.nom_naissance))
}

/// A text for XML, without what XML 1.0 cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exemple;

    #[test]
    fn what_was_typed_stays_text_in_xml() {
        let xmp = About::new("<Zoé> &\u{1}\u{ffff}\u{c}", &[exemple::acteur()]).xmp();
        assert!(xmp.contains(">&lt;Zoé&gt; &amp;<"), "{xmp}");
    }

    #[test]
    fn the_instant_is_in_utc() {
        assert!(About::new("", &[exemple::acteur()]).xmp().contains(">2026-11-23T08:45:00Z<"));
    }
}
