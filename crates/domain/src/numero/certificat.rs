//! The number of a certificate and its check character.
//!
//! Letters and digits of the whole number are read as symbols of GF(32), after the letters that
//! base 32 leaves out have become the symbol they look like (O 0, I and L 1, U V). The weights
//! are the powers of a generator of that field, the check character having the first one, and
//! the weighted sum of a right number is 0. As 31 powers differ and no number is longer, every
//! single wrong character and every exchange of two characters is seen.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::{CROCKFORD, majuscules, sans_confusion, separateur, symboles, tiret};
use crate::dispositif::{CodeDispositif, Niveau};

/// Random symbols: nine of five bits are 45 bits.
const HASARD: usize = 9;
/// What follows the code of the dispositif: letter, two digits of the year, random symbols, check.
const SUITE: usize = 1 + 2 + HASARD + 1;

/// Number of a certificate: `SST-A-26-7F3K9-QXMW2`.
///
/// Two numbers are the same when their [`cle`](Self::cle) is: one that was typed without dashes
/// equals the one that was printed.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct NumeroCertificat(String);

/// Why a text is no number of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FauteNumero {
    /// It has not the form of one.
    Forme,
    /// It has the form of one, and its check character says that it was copied wrongly.
    Controle,
}

impl NumeroCertificat {
    /// The number that the low 45 bits of a random draw give.
    #[must_use]
    pub fn from_random(dispositif: &CodeDispositif, niveau: Niveau, annee: i16, tirage: u64) -> Self {
        let debut = format!("{dispositif}-{}-{:02}", niveau.lettre(), annee.rem_euclid(100));
        let mut hasard = symboles(tirage, 9);
        let corps: Vec<u8> = debut.bytes().filter(|c| *c != b'-').chain(hasard.iter().copied()).collect();
        hasard.push(controle(&corps));
        Self(imprime(&debut, &hasard))
    }

    /// Reads a number as [`lire`](Self::lire) does; `None` for any fault.
    #[must_use]
    pub fn parse(texte: &str) -> Option<Self> {
        Self::lire(texte).ok()
    }

    /// Reads a number as people type it: small letters, spaces, dashes missing, O for 0, I or L
    /// for 1, « n° » in front, full-width letters.
    ///
    /// The hyphens of the dispositif's code are kept as typed; [`cle`](Self::cle) does without.
    ///
    /// # Errors
    /// [`FauteNumero::Forme`] or [`FauteNumero::Controle`].
    pub fn lire(texte: &str) -> Result<Self, FauteNumero> {
        let nu: String = texte.rsplit(['°', 'º', '№']).next().unwrap_or(texte).nfkc().collect();
        let lu = Self::sans_controle(&nu).ok_or(FauteNumero::Forme)?;
        let cle = lu.cle().into_bytes();
        let juste = cle.split_last().is_some_and(|(lu, corps)| controle(corps) == *lu);
        if juste { Ok(lu) } else { Err(FauteNumero::Controle) }
    }

    /// What has the form of a number, its check character not looked at.
    fn sans_controle(texte: &str) -> Option<Self> {
        let numero = majuscules(texte, separateur)?;
        let (code, suite) = numero.split_at_checked(numero.len().checked_sub(SUITE)?)?;
        let (lettre, suite) = suite.split_at(1);
        if !Niveau::TOUS.iter().any(|niveau| lettre.starts_with(niveau.lettre())) {
            return None;
        }
        let suite: Vec<u8> = suite.chars().map(|c| sans_confusion(c) as u8).collect();
        let (annee, hasard) = suite.split_at(2);
        let annee = str::from_utf8(annee).ok().filter(|annee| annee.bytes().all(|c| c.is_ascii_digit()))?;
        if !hasard.iter().all(|c| CROCKFORD.contains(c)) {
            return None;
        }
        let code = CodeDispositif::parse(&code_comme_tape(texte, code.len()))?;
        Some(Self(imprime(&format!("{code}-{lettre}-{annee}"), hasard)))
    }

    /// The number in its printed form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What numbers are compared and looked up by: capitals and digits without dashes, letters
    /// that look like another symbol of base 32 being that symbol.
    #[must_use]
    pub fn cle(&self) -> String {
        self.0.chars().filter(|c| *c != '-').map(symbole).collect()
    }
}

impl fmt::Display for NumeroCertificat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for NumeroCertificat {
    fn eq(&self, autre: &Self) -> bool {
        self.cle() == autre.cle()
    }
}

impl Eq for NumeroCertificat {}

impl Hash for NumeroCertificat {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.cle().hash(state);
    }
}

impl PartialOrd for NumeroCertificat {
    fn partial_cmp(&self, autre: &Self) -> Option<Ordering> {
        Some(self.cmp(autre))
    }
}

impl Ord for NumeroCertificat {
    fn cmp(&self, autre: &Self) -> Ordering {
        self.cle().cmp(&autre.cle())
    }
}

/// The first `longueur` letters and digits of what was typed, with the hyphens between them.
fn code_comme_tape(texte: &str, longueur: usize) -> String {
    let mut code = String::new();
    let mut vus = 0;
    for c in texte.chars() {
        if vus == longueur {
            break;
        }
        if c.is_ascii_alphanumeric() {
            vus += 1;
            code.push(c);
        } else if tiret(c) && !code.is_empty() && !code.ends_with('-') {
            code.push('-');
        }
    }
    code
}

fn imprime(debut: &str, hasard: &[u8]) -> String {
    let lettres: String = hasard.iter().copied().map(char::from).collect();
    let (gauche, droite) = lettres.split_at(hasard.len() / 2);
    format!("{debut}-{gauche}-{droite}")
}

fn symbole(c: char) -> char {
    match sans_confusion(c) {
        'U' => 'V',
        c => c,
    }
}

/// The check character of what stands before it: Horner's scheme, then one more step since the
/// check character itself has weight 1.
fn controle(corps: &[u8]) -> u8 {
    let somme = corps.iter().fold(0, |somme, c| fois_generateur(somme) ^ valeur(*c));
    CROCKFORD[usize::from(fois_generateur(somme))]
}

fn valeur(c: u8) -> u8 {
    let c = symbole(char::from(c)) as u8;
    let rang = CROCKFORD.iter().position(|symbole| *symbole == c).unwrap_or_default();
    rang as u8
}

/// Product by the generator x of GF(32) = GF(2)[x] / (x⁵ + x² + 1).
fn fois_generateur(a: u8) -> u8 {
    let double = a << 1;
    if double < 32 { double } else { double ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 9] =
        ["SST", "PRAP-IBC", "PRAP-2S", "PRAP-PE", "APS-ASD", "CATEC-I", "CATEC-S", "UV", "ABCDEFGHJKMN"];

    fn tirages() -> impl Iterator<Item = u64> {
        (0..3_u64).map(|graine| graine.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 7).chain([0, u64::MAX])
    }

    fn numeros() -> impl Iterator<Item = NumeroCertificat> {
        CODES.into_iter().flat_map(|code| {
            let code = CodeDispositif::parse(code).expect("a code");
            tirages().flat_map(move |tirage| {
                let code = code.clone();
                Niveau::TOUS
                    .into_iter()
                    .map(move |niveau| NumeroCertificat::from_random(&code, niveau, 2026, tirage))
            })
        })
    }

    #[test]
    fn le_numero_a_la_forme_du_contrat() {
        let code = CodeDispositif::parse("SST").expect("a code");
        let numero = NumeroCertificat::from_random(&code, Niveau::Acteur, 2026, 0);
        assert!(numero.as_str().starts_with("SST-A-26-00000-0000"), "{numero}");
        assert_eq!(numero.as_str().len(), "SST-A-26-7F3K9-QXMW2".len());
        let numero = NumeroCertificat::from_random(&code, Niveau::Formateur, 2105, u64::MAX);
        assert!(numero.as_str().starts_with("SST-F-05-ZZZZZ-ZZZZ"), "{numero}");
    }

    #[test]
    fn un_numero_imprime_se_relit_tel_quel_et_comme_on_le_tape() {
        for numero in numeros() {
            let texte = numero.as_str();
            let relu = NumeroCertificat::parse(texte).expect("its own text");
            assert_eq!(relu.as_str(), texte);
            let (debut, hasard) = texte.split_at(texte.len() - 11);
            let confus = hasard.replace('0', "o").replace('1', "l");
            let large = |c: char| match c {
                '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
                c => c,
            };
            for tape in [
                texte.chars().map(large).collect(),
                texte.to_lowercase(),
                texte.replace('-', ""),
                texte.replace('-', " "),
                texte.replace('-', " – "),
                texte.replace('-', "."),
                texte.replace('-', " / "),
                texte.replace('-', "_"),
                format!("  {}\u{a0}", texte.replace('-', "").to_lowercase()),
                format!("{debut}{confus}"),
                format!("{debut}{}", hasard.replace('1', "I")),
            ] {
                assert_eq!(NumeroCertificat::parse(&tape).as_ref(), Some(&numero), "{tape}");
                let nomme = format!("Certificat n° {tape}");
                assert_eq!(NumeroCertificat::parse(&nomme).as_ref(), Some(&numero), "{nomme}");
            }
        }
    }

    #[test]
    fn un_caractere_faux_est_toujours_vu() {
        for numero in numeros() {
            let juste = numero.cle();
            for rang in 0..juste.len() {
                for faux in b'0'..=b'Z' {
                    let faux = char::from(faux);
                    if !faux.is_ascii_alphanumeric() || juste[rang..].starts_with(symbole(faux)) {
                        continue;
                    }
                    let tape = format!("{}{faux}{}", &juste[..rang], &juste[rang + 1..]);
                    assert_eq!(NumeroCertificat::parse(&tape), None, "{tape} for {juste}");
                }
            }
        }
    }

    #[test]
    fn deux_caracteres_echanges_sont_toujours_vus() {
        for numero in numeros() {
            let juste: Vec<char> = numero.cle().chars().collect();
            for i in 0..juste.len() {
                for j in i + 1..juste.len() {
                    let mut faux = juste.clone();
                    faux.swap(i, j);
                    if faux != juste {
                        let faux: String = faux.into_iter().collect();
                        assert_eq!(NumeroCertificat::parse(&faux), None, "{faux} for {numero}");
                    }
                }
            }
        }
    }

    #[test]
    fn ce_qui_n_a_pas_la_forme_d_un_numero_n_en_est_pas_un() {
        for texte in [
            "",
            "-",
            "SST",
            "SST-A-26-7F3K9-QXMW",
            "SST-B-26-7F3K9-QXMW2",
            "S-A-26-7F3K9-QXMW2",
            "ABCDEFGHJKLMN-A-26-7F3K9-QXMW2",
            "SST-A-26-7F3K9_QXMW2",
            "SST-A-26-7F3K9-QXMWÉ",
            "éééééééééééééééééé",
        ] {
            assert_eq!(NumeroCertificat::parse(texte), None, "{texte}");
        }
    }

    #[test]
    fn le_generateur_parcourt_tout_le_corps() {
        let mut vus = vec![1_u8];
        while fois_generateur(*vus.last().expect("not empty")) != 1 {
            vus.push(fois_generateur(*vus.last().expect("not empty")));
        }
        assert_eq!(vus.len(), 31);
    }
}
