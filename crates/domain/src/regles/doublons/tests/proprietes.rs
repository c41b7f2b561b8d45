use super::*;

const NOMS: [&str; 24] = [
    "Lefèvre",
    "Durand",
    "Martin",
    "Le Goff",
    "de La Fontaine",
    "d’Aboville",
    "Ben Ali",
    "El Amrani",
    "van den Berg",
    "Łukasiewicz",
    "Strauß",
    "Œuvrard",
    "N’Diaye",
    "Saint-Martin",
    "Nguyễn",
    "Le",
    "De",
    "O",
    "Jean",
    "Jean-Pierre",
    "dos Santos Silva",
    "García de la Cruz",
    "ǃXóõ",
    "Müller",
];
const PRENOMS: [&str; 20] = [
    "Anaïs",
    "Jean",
    "Jean-Pierre",
    "Jean Pierre",
    "Marie Claire Anne",
    "Marie-Claire",
    "Léa",
    "Léo",
    "Zoé",
    "Łucja",
    "Lætitia",
    "Martin",
    "Thị Mai",
    "Paul Henri",
    "Bjørn",
    "A",
    "Le",
    "D’Arcy",
    "Anne - Lise",
    "Işıl",
];

/// A small repeatable generator: xorshift.
struct Tirage(u64);

impl Tirage {
    fn parmi(&mut self, nombre: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % nombre as u64) as usize
    }

    fn un<'a>(&mut self, parmi: &[&'a str]) -> &'a str {
        parmi[self.parmi(parmi.len())]
    }

    fn jour(&mut self) -> Date {
        let (annee, mois, jour) = (1950 + self.parmi(60), 1 + self.parmi(12), 1 + self.parmi(28));
        Date::new(annee as i16, mois as i8, jour as i8).expect("a day")
    }

    fn identite(&mut self) -> Identite {
        let usage = (self.parmi(3) == 0).then(|| nom(self.un(&NOMS)));
        Identite {
            civilite: None,
            nom_naissance: nom(self.un(&NOMS)),
            nom_usage: usage,
            prenom: nom(self.un(&PRENOMS)),
            date_naissance: self.jour(),
        }
    }

    /// The same name as somebody else may write it.
    fn ecriture(&mut self, ecrit: &Nom) -> Nom {
        let ecrit = ecrit.as_str();
        nom(&match self.parmi(6) {
            0 => ecrit.to_uppercase(),
            1 => ecrit.to_lowercase(),
            2 => any_ascii::any_ascii(ecrit).replace('!', "ǃ"),
            3 => ecrit.replace('’', "'"),
            4 => ecrit.replace(' ', " \u{a0} "),
            _ => ecrit.to_owned(),
        })
    }

    /// One edit of a name: a letter more, less, another one, or two neighbours exchanged.
    fn faute(&mut self, ecrit: &Nom) -> Nom {
        let mut lettres: Vec<char> = ecrit.as_str().chars().collect();
        let rang = self.parmi(lettres.len());
        match self.parmi(4) {
            0 => lettres.insert(rang, 'k'),
            1 => drop(lettres.remove(rang)),
            2 => lettres[rang] = 'w',
            _ => lettres.swap(rang, (rang + 1) % ecrit.as_str().chars().count()),
        }
        Nom::parse(&lettres.into_iter().collect::<String>()).unwrap_or_else(|_| ecrit.clone())
    }

    fn mutation(&mut self, i: &mut Identite) {
        match self.parmi(10) {
            0 => std::mem::swap(&mut i.nom_naissance, &mut i.prenom),
            1 => i.nom_naissance = self.faute(&i.nom_naissance),
            2 => i.prenom = self.faute(&i.prenom),
            3 => i.nom_naissance = i.nom_usage.clone().unwrap_or_else(|| i.nom_naissance.clone()),
            4 => i.prenom = nom(i.prenom.as_str().split([' ', '-']).next().unwrap_or_default()),
            5 => i.nom_naissance = nom(&format!("{} {}", self.un(&["de", "El", "van den"]), i.nom_naissance)),
            6 => {
                let reste = i.nom_naissance.as_str().split_once([' ', '’']).map(|(_, reste)| nom(reste));
                i.nom_naissance = reste.unwrap_or_else(|| i.nom_naissance.clone());
            }
            7 => {
                let (annee, mois, jour) =
                    (i.date_naissance.year(), i.date_naissance.month(), i.date_naissance.day());
                i.date_naissance = Date::new(annee, jour, mois).unwrap_or(i.date_naissance);
            }
            8 => {
                let mut chiffres = i.date_naissance.to_string().into_bytes();
                let rang = [0, 1, 2, 3, 5, 6, 8, 9][self.parmi(8)];
                chiffres[rang] = b'0' + self.parmi(10) as u8;
                let texte = String::from_utf8(chiffres).expect("digits");
                i.date_naissance = texte.parse().unwrap_or(i.date_naissance);
            }
            _ => i.prenom = nom(self.un(&PRENOMS)),
        }
    }
}

fn nom(texte: &str) -> Nom {
    Nom::parse(texte).expect("a name")
}

#[test]
fn ce_qui_n_est_pas_non_partage_une_cle_et_ne_depend_pas_de_l_ordre() {
    let mut tirage = Tirage(0x2545_F491_4F6C_DD1D);
    let mut vus = [0_usize; 3];
    for _ in 0..8_000 {
        let a = tirage.identite();
        let mut b = a.clone();
        for _ in 0..tirage.parmi(3) {
            tirage.mutation(&mut b);
        }
        let verdict_ab = verdict(&a, &b);
        assert_eq!(verdict_ab, verdict(&b, &a), "{a:?} {b:?}");
        check_cles(&a, &b);
        vus[verdict_ab as usize] += 1;
    }
    assert!(vus.iter().all(|nombre| 500 < *nombre), "too few of a kind: {vus:?}");
}

#[test]
fn l_ecriture_ne_change_pas_le_verdict() {
    let mut tirage = Tirage(0x9E37_79B9_7F4A_7C15);
    for _ in 0..4_000 {
        let a = tirage.identite();
        let mut b = a.clone();
        for _ in 0..tirage.parmi(3) {
            tirage.mutation(&mut b);
        }
        let mut ecrite = b.clone();
        ecrite.nom_naissance = tirage.ecriture(&b.nom_naissance);
        ecrite.prenom = tirage.ecriture(&b.prenom);
        assert_eq!(verdict(&b, &ecrite), Verdict::Certain, "{b:?} {ecrite:?}");
        assert_eq!(verdict(&a, &b), verdict(&a, &ecrite), "{a:?} {b:?} {ecrite:?}");
    }
}

#[test]
fn des_inconnus_pris_au_hasard_ne_sont_presque_jamais_confondus() {
    let mut tirage = Tirage(7);
    let tous: Vec<Identite> = (0..250).map(|_| tirage.identite()).collect();
    let mut confondus = 0;
    for (rang, a) in tous.iter().enumerate() {
        for b in &tous[..rang] {
            check_cles(a, b);
            confondus += usize::from(verdict(a, b) != Verdict::Non);
        }
    }
    assert!(confondus < 5, "{confondus}");
}
