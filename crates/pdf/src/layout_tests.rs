//! No text leaves its box, whatever the names.

use super::*;
use crate::exemple;
use crate::page::PT;
use crate::text::Room;

/// Checks each line against its box, and that lines do not overlap; returns the smallest size.
fn check(imprime: &Imprime) -> f32 {
    let lines: Vec<_> = passages(imprime).into_iter().flat_map(|passage| passage.lines).collect();
    for line in &lines {
        let room = Room { width: 0.0, size: line.size, tracking: line.tracking };
        let (zone, size) = (line.zone, line.size / PT);
        let right = line.x + room.measure(&line.row);
        let said: String = line.row.clusters.iter().map(|cluster| cluster.text.as_str()).collect();
        assert!(line.x >= zone.x - 0.01 && right <= zone.droite() + 0.01, "{said}: {right} beyond {zone:?}");
        assert!(line.y - 0.7 * size >= zone.y - 0.01, "{said}: above {zone:?}");
        assert!(line.y + 0.22 * size <= zone.bas() + 0.01, "{said}: {} below {zone:?}", line.y);
    }
    for pair in lines.windows(2).filter(|pair| pair[0].zone == pair[1].zone) {
        let apart = (pair[1].y - pair[0].y) * PT;
        assert!(apart >= 0.95 * pair[1].size.min(pair[0].size), "{apart} {:?}", pair[0].zone);
    }
    lines.iter().map(|line| line.size).fold(f32::MAX, f32::min)
}

/// Pseudo-random, always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, faces: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % faces
    }

    /// A name of 1 to `longest` characters.
    fn name(&mut self, longest: usize) -> String {
        const ALPHABETS: [&str; 6] = [
            "abcdefghijklmnopqrstuvwxyzéèêëàâîïôûùçœ",
            "WMŒÆẞWMǱǄ",
            "ilj1I’",
            "ŁąćęńóśźżŐűğışțăđ",
            "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộ",
            "aeomnMx\u{304}\u{323}\u{30c}\u{32a}",
        ];
        let alphabet: Vec<char> = ALPHABETS[self.roll(ALPHABETS.len())].chars().collect();
        let length = 1 + self.roll(longest);
        let breaks = [3, 9, 200][self.roll(3)];
        (0..length)
            .map(|at| match self.roll(breaks) {
                0 if at > 0 => [' ', '-', '’'][self.roll(3)],
                _ => alphabet[self.roll(alphabet.len())],
            })
            .collect()
    }
}

#[test]
fn no_text_leaves_its_box_for_300_awkward_names() {
    let mut dice = Dice(26);
    for rank in 0..300 {
        let longest = if rank % 3 == 0 { 25 } else { 80 };
        let imprime = Imprime {
            prenom: dice.name(longest),
            nom_naissance: dice.name(longest),
            nom_usage: (rank % 4 == 0).then(|| dice.name(longest)),
            organisme: dice.name(120),
            formateur: format!("{} {}", dice.name(longest), dice.name(longest)),
            lieu: dice.name(60),
            specimen: rank % 2 == 0,
            signataire: exemple::acteur().signataire.filter(|_| rank % 5 > 0),
            ..exemple::acteur()
        };
        check(&imprime);
    }
}

#[test]
fn les_variantes_tiennent_dans_leurs_cases() {
    for (name, imprime) in exemple::variantes() {
        let smallest = check(&imprime);
        let least = if name == "demesure" { 5.0 } else { 8.5 };
        assert!(smallest >= least, "{name}: {smallest}");
    }
}

#[test]
fn eighty_and_eighty_usual_characters_stay_readable() {
    let name = "Marie-Thérèse Apolonia Bernadette Guillemette ".repeat(2)[..80].to_owned();
    for nom_usage in [None, Some(name.clone())] {
        let imprime =
            Imprime { prenom: name.clone(), nom_naissance: name.clone(), nom_usage, ..exemple::acteur() };
        assert!(check(&imprime) >= 8.5);
    }
}

#[test]
fn the_size_of_a_name_follows_its_width() {
    let check = |prenom: &str, nom: &str, size: f32, rows: usize| {
        let imprime = Imprime { prenom: prenom.into(), nom_naissance: nom.into(), ..exemple::acteur() };
        let name = super::nom(&imprime);
        assert_eq!((name.style.size, name.rows.len()), (size, rows), "{prenom} {nom}");
    };
    check("Li", "Wu", 33.0, 1);
    check("Anaïs", "Lefèvre-Quintard", 33.0, 1);
    check("Anne-Charlotte", "Lefèvre-Quintard", 25.0, 1);
    check("Marie-Apolonia Gülşen Louise", "van der Elstraeten", 25.0, 2);
    check(&exemple::noms_longs().prenom, &exemple::noms_longs().nom_naissance, 15.0, 4);
    check(&"W".repeat(80), &"W".repeat(80), 12.0, 4);
}
