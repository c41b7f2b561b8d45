//! Holders with awkward names, always the same.

use forprev_domain::certificat::Imprime;
use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::Civilite;
use forprev_domain::session::Action;
use jiff::ToSpan;
use unicode_normalization::UnicodeNormalization;

use crate::exemple;

/// Endless certificates: every Latin letter, short and long names, every niveau, no end of validity, SPÉCIMEN.
pub(crate) fn titulaires() -> impl Iterator<Item = Imprime> {
    let letters = letters();
    let mut dice = Dice(1984);
    (0_usize..).map(move |rank| {
        let longest = [12, 25, 40, 80][rank % 4];
        let model = if rank.is_multiple_of(5) { exemple::formateur() } else { exemple::acteur() };
        Imprime {
            numero_certificat: format!("SST-A-26-{rank:05}-ZZZZZ"),
            specimen: rank.is_multiple_of(7),
            niveau: [Niveau::Acteur, Niveau::Formateur, Niveau::FormateurDeFormateurs][rank % 3],
            civilite: [None, Some(Civilite::Madame), Some(Civilite::Monsieur)][rank / 3 % 3],
            prenom: dice.name(&letters, rank, longest),
            nom_naissance: dice.name(&letters, rank + 7, longest),
            nom_usage: rank.is_multiple_of(6).then(|| dice.name(&letters, rank + 3, longest)),
            action: [Action::Initiale, Action::Mac][rank % 2],
            heures: [None, Some(1), Some(14)][rank % 3],
            date_naissance: model.date_naissance + i32::try_from(rank).unwrap_or(0).days(),
            lieu: dice.name(&letters, rank + 11, 45),
            organisme: dice.name(&letters, rank + 13, 100),
            formateur: format!(
                "{} {}",
                dice.name(&letters, rank, longest),
                dice.name(&letters, rank, longest)
            ),
            ..model
        }
    })
}

/// Every letter of the Latin blocks of Unicode.
fn letters() -> Vec<char> {
    let blocks = ('A'..='z').chain('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}');
    blocks.chain('\u{2c60}'..='\u{2c7f}').filter(|c| c.is_alphabetic()).collect()
}

/// Pseudo-random, always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, faces: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % faces
    }

    /// A name in NFC of up to `longest` characters; the rank chooses its letters, so that all of them come.
    fn name(&mut self, letters: &[char], rank: usize, longest: usize) -> String {
        const USUAL: &[char] = &['a', 'e', 'é', 'i', 'l', 'n', 'o', 'r', 'M', 'W', 'ç', 'œ', 'ß', 'ŉ', 'ǆ'];
        const MARKS: &[char] = &['\u{304}', '\u{323}', '\u{30c}', '\u{32a}'];
        let length = if rank.is_multiple_of(3) { longest } else { 1 + self.roll(longest) };
        let breaks = [4, 9, 1000][self.roll(3)];
        let mut name = String::new();
        let mut count = 0;
        while count < length {
            let within = count > 0 && count + 1 < length;
            let c = match self.roll(12) {
                _ if within && !name.ends_with([' ', '-', '’']) && self.roll(breaks) == 0 => {
                    [' ', '-', '’'][self.roll(3)]
                }
                0..=6 => USUAL[self.roll(USUAL.len())],
                7 if within && name.ends_with(char::is_alphabetic) => MARKS[self.roll(MARKS.len())],
                _ => letters[(rank * 17 + count) % letters.len()],
            };
            name.push(c);
            count += 1;
        }
        name.nfc().collect()
    }
}
