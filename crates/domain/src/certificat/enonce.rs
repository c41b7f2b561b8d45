//! What the code of a certificate says by itself, so that it can be checked without the register.
//!
//! Byte for byte in `docs/certificat.md`. What is signed is what [`Enonce::octets`] returns.

use jiff::civil::{Date, date};
use unicode_normalization::UnicodeNormalization as _;

use super::Imprime;

/// The form that this program writes and reads.
const FORME: u8 = 1;
/// Characters kept of each name.
const LONGUEUR_NOM: usize = 40;
/// Days are counted from this one.
const PREMIER_JOUR: Date = date(2000, 1, 1);
/// Stands for no end of validity.
const SANS_FIN: u16 = u16::MAX;
/// Mark of a certificate without value.
const MARQUE_SPECIMEN: u8 = 1;

/// First bytes of the SHA-256 of a public key: they tell which one verifies.
pub type IdDeCle = [u8; 4];

/// What the code of a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enonce {
    /// Whether the certificate is a SPÉCIMEN, without value.
    pub specimen: bool,
    /// Number of the certificate, as printed; dispositif and niveau are read in it.
    pub numero: String,
    /// Last day of the session.
    pub date_fin: Date,
    /// Day of issue.
    pub delivre_le: Date,
    /// Last valid day; `None`: no end.
    pub valable_jusqu_au: Option<Date>,
    /// Given names, cut at 40 characters.
    pub prenom: String,
    /// Birth name, cut at 40 characters.
    pub nom_naissance: String,
    /// Usage name, cut at 40 characters; empty when there is none.
    pub nom_usage: String,
}

impl Enonce {
    /// What the code of this certificate says.
    #[must_use]
    pub fn de(imprime: &Imprime) -> Self {
        Self {
            specimen: imprime.specimen,
            numero: imprime.numero_certificat.clone(),
            date_fin: imprime.date_fin,
            delivre_le: imprime.delivre_le,
            valable_jusqu_au: imprime.valable_jusqu_au,
            prenom: coupe(&imprime.prenom),
            nom_naissance: coupe(&imprime.nom_naissance),
            nom_usage: imprime.nom_usage.as_deref().map(coupe).unwrap_or_default(),
        }
    }

    /// Its bytes, to be signed by the key with this name.
    #[must_use]
    pub fn octets(&self, cle: IdDeCle) -> Vec<u8> {
        let marques = if self.specimen { MARQUE_SPECIMEN } else { 0 };
        let mut octets = vec![FORME, marques];
        octets.extend(cle);
        for jour in [Some(self.date_fin), Some(self.delivre_le), self.valable_jusqu_au] {
            octets.extend(jour.map_or(SANS_FIN, rang_du_jour).to_be_bytes());
        }
        for texte in [&self.numero, &self.prenom, &self.nom_naissance, &self.nom_usage] {
            octets.push(u8::try_from(texte.len()).unwrap_or(u8::MAX));
            octets.extend(texte.bytes().take(usize::from(u8::MAX)));
        }
        octets
    }

    /// Reads bytes, with the name of the key that signed them; `None` unless they are in this very form.
    #[must_use]
    pub fn lire(octets: &[u8]) -> Option<(Self, IdDeCle)> {
        let (tete, textes) = octets.split_first_chunk::<12>()?;
        let [_, marques, c0, c1, c2, c3, jours @ ..] = *tete;
        let cle = [c0, c1, c2, c3];
        let [date_fin, delivre_le, fin] = [0, 2, 4].map(|i| u16::from_be_bytes([jours[i], jours[i + 1]]));
        let mut reste = textes;
        let mut texte = || -> Option<String> {
            let (longueur, suite) = reste.split_first()?;
            let (lu, suite) = suite.split_at_checked(usize::from(*longueur))?;
            reste = suite;
            String::from_utf8(lu.to_vec()).ok()
        };
        let lu = Self {
            specimen: marques == MARQUE_SPECIMEN,
            date_fin: jour_de_rang(date_fin)?,
            delivre_le: jour_de_rang(delivre_le)?,
            valable_jusqu_au: jour_de_rang(fin),
            numero: texte()?,
            prenom: texte()?,
            nom_naissance: texte()?,
            nom_usage: texte()?,
        };
        (lu.octets(cle) == octets).then_some((lu, cle))
    }
}

/// The first characters of a name, composed.
fn coupe(nom: &str) -> String {
    nom.trim().nfc().take(LONGUEUR_NOM).collect()
}

/// How many days after the first; days outside of what is counted become the nearest one.
fn rang_du_jour(jour: Date) -> u16 {
    let jours = PREMIER_JOUR.until(jour).map_or(0, |duree| duree.get_days());
    u16::try_from(jours.clamp(0, i32::from(SANS_FIN) - 1)).unwrap_or_default()
}

fn jour_de_rang(rang: u16) -> Option<Date> {
    (rang != SANS_FIN).then(|| PREMIER_JOUR.saturating_add(jiff::Span::new().days(i64::from(rang))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLE: IdDeCle = [1, 2, 3, 4];

    fn enonce() -> Enonce {
        Enonce {
            specimen: false,
            numero: "SST-A-26-7F3K9-QXMW2".into(),
            date_fin: date(2026, 11, 20),
            delivre_le: date(2026, 11, 23),
            valable_jusqu_au: Some(date(2028, 11, 20)),
            prenom: "Anaïs".into(),
            nom_naissance: "Lefèvre-Quintard".into(),
            nom_usage: String::new(),
        }
    }

    /// The example of `docs/certificat.md`.
    #[test]
    fn les_octets_sont_ceux_de_la_documentation() {
        let hexa: String = enonce().octets(CLE).iter().map(|octet| format!("{octet:02x}")).collect();
        assert_eq!(
            hexa,
            "010001020304265c265f2937145353542d412d32362d3746334b392d51584d573206416e61c3af73114c6566c3a87672652d5175696e7461726400"
        );
    }

    #[test]
    fn un_enonce_se_relit() {
        let check = |change: fn(&mut Enonce)| {
            let mut enonce = enonce();
            change(&mut enonce);
            assert_eq!(Enonce::lire(&enonce.octets(CLE)), Some((enonce, CLE)));
        };
        check(|_| {});
        check(|e| e.specimen = true);
        check(|e| e.valable_jusqu_au = None);
        check(|e| e.delivre_le = PREMIER_JOUR);
        check(|e| e.valable_jusqu_au = Some(date(2179, 6, 4)));
        check(|e| e.nom_usage = "d’Aubigné".into());
        check(|e| e.prenom = "\u{10ffff}".repeat(40));
    }

    #[test]
    fn un_nom_est_coupe_a_quarante_caracteres() {
        for (nom, garde) in
            [("Zoé", "Zoé".to_owned()), (&"É".repeat(80), "É".repeat(40)), ("e\u{301}", "é".into())]
        {
            assert_eq!(coupe(nom), garde);
        }
    }

    #[test]
    fn ce_qui_n_est_pas_un_enonce_ne_se_lit_pas() {
        let juste = enonce().octets(CLE);
        for longueur in 0..juste.len() {
            assert_eq!(Enonce::lire(&juste[..longueur]), None, "{longueur}");
        }
        assert_eq!(Enonce::lire(&[&juste[..], &[0]].concat()), None);
        for (rang, octet) in [(0, 2), (1, 2), (1, 3), (6, 0xff), (12, 0xff), (33, 0xff)] {
            let mut faux = juste.clone();
            faux[rang] = octet;
            if rang == 6 {
                faux[7] = 0xff;
            }
            assert_eq!(Enonce::lire(&faux), None, "{rang}");
        }
    }
}
