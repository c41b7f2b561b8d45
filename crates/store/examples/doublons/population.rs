//! People of France as they might be: names in realistic frequencies, always the same for one seed.

use forprev_domain::identite::{Civilite, Identite, Nom};
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const NOMS: &str = include_str!("noms.txt");
const PRENOMS: &str = include_str!("prenoms.txt");
/// Share, in a thousand, of French surnames that are on no list: the long tail.
const RARES: u32 = 700;
/// How many rare surnames there are.
const NOMS_RARES: f64 = 200_000.0;

/// Draws people.
pub(crate) struct Population {
    pub(crate) tirage: StdRng,
    origines: Vec<Origine>,
}

struct Origine {
    part: u32,
    noms: Poids,
    /// By sex, then by years of birth.
    prenoms: [[Poids; 4]; 2],
    /// Share, in a thousand, of those whose day of birth is only known as 1 January.
    premier_janvier: u32,
    francaise: bool,
}

/// Names, each with the sum of the weights up to it.
#[derive(Default)]
struct Poids(Vec<(u32, &'static str)>);

impl Poids {
    fn ajouter(&mut self, nom: &'static str, poids: u32) {
        let somme = self.0.last().map_or(0, |(somme, _)| *somme);
        self.0.push((somme + poids, nom));
    }

    fn un(&self, tirage: &mut StdRng) -> &'static str {
        let total = self.0.last().expect("names").0;
        let voulu = tirage.random_range(0..total);
        self.0[self.0.partition_point(|(somme, _)| *somme <= voulu)].1
    }
}

impl Population {
    pub(crate) fn new(graine: u64) -> Self {
        Self { tirage: StdRng::seed_from_u64(graine), origines: origines() }
    }

    /// One more person; there is no end of them.
    pub(crate) fn suivante(&mut self) -> Identite {
        let rang = self.origine();
        let femme = self.tirage.random_bool(0.5);
        let date = self.naissance(rang);
        let prenom = self.prenom(rang, femme, date.year());
        let naissance = self.nom(rang);
        let usage = (femme && self.tirage.random_bool(0.35)).then(|| {
            let autre = self.nom(rang);
            if self.tirage.random_bool(0.2) { format!("{naissance}-{autre}") } else { autre }
        });
        Identite {
            civilite: Some(if femme { Civilite::Madame } else { Civilite::Monsieur }),
            nom_naissance: nom(&naissance),
            nom_usage: usage.as_deref().map(nom),
            prenom: nom(&prenom),
            date_naissance: date,
        }
    }

    fn origine(&mut self) -> usize {
        let total: u32 = self.origines.iter().map(|origine| origine.part).sum();
        let mut reste = self.tirage.random_range(0..total);
        self.origines
            .iter()
            .position(|origine| {
                let ici = reste < origine.part;
                reste = reste.saturating_sub(origine.part);
                ici
            })
            .expect("a share for each")
    }

    fn naissance(&mut self, origine: usize) -> Date {
        let annee = self.tirage.random_range(1948..=2010);
        if self.tirage.random_range(0..1_000) < self.origines[origine].premier_janvier {
            return Date::constant(annee, 1, 1);
        }
        let rang = self.tirage.random_range(0..365_i64);
        Date::constant(annee, 1, 1).saturating_add(jiff::Span::new().days(rang))
    }

    /// A first name of these years; one in ten is entered with a second one.
    pub(crate) fn prenom(&mut self, origine: usize, femme: bool, annee: i16) -> String {
        let epoque = [1965, 1985, 2000].iter().filter(|debut| **debut <= annee).count();
        let choix = &self.origines[origine].prenoms[usize::from(femme)][epoque];
        let premier = choix.un(&mut self.tirage);
        let second = self.tirage.random_bool(0.1).then(|| choix.un(&mut self.tirage));
        second.map_or_else(|| premier.to_owned(), |second| format!("{premier} {second}"))
    }

    /// A surname; three in a hundred are two.
    pub(crate) fn nom(&mut self, origine: usize) -> String {
        let seul = self.nom_simple(origine);
        let double = self.origines[origine].francaise && self.tirage.random_bool(0.03);
        if double { format!("{seul}-{}", self.nom_simple(origine)) } else { seul }
    }

    fn nom_simple(&mut self, origine: usize) -> String {
        let origine = &self.origines[origine];
        if !origine.francaise || RARES <= self.tirage.random_range(0..1_000) {
            return origine.noms.un(&mut self.tirage).to_owned();
        }
        // A rare name has a few hundred bearers in eight million, then fewer and fewer.
        let tete = 3_000.0;
        let u: f64 = self.tirage.random();
        let rang = tete * ((u * ((NOMS_RARES + tete) / tete).ln()).exp() - 1.0);
        nom_rare(rang as usize)
    }
}

/// The rare surname of this rank, made of French syllables: « Chauberlin », « Marcheton ».
fn nom_rare(rang: usize) -> String {
    const DEBUTS: [&str; 60] = [
        "Ba", "Be", "Ber", "Bla", "Bo", "Bou", "Bri", "Ca", "Cha", "Chau", "Che", "Cla", "Co", "Cor", "Cou",
        "Cre", "Da", "De", "Des", "Do", "Du", "E", "Es", "Fa", "Fer", "Fla", "Fou", "Ga", "Gau", "Ge", "Go",
        "Gra", "Gri", "Gui", "Ha", "Hé", "Jac", "Jou", "La", "Le", "Lou", "Ma", "Mai", "Mar", "Mon", "Mou",
        "Na", "Pa", "Pe", "Plan", "Por", "Pré", "Ra", "Ro", "Sa", "Sé", "Ta", "Tou", "Va", "Ver",
    ];
    const MILIEUX: [&str; 60] = [
        "ba", "be", "bi", "bou", "cha", "che", "chi", "cou", "da", "de", "di", "dou", "fa", "fe", "ga", "go",
        "gui", "la", "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe", "pi",
        "po", "que", "ra", "re", "ri", "ro", "rou", "sa", "se", "si", "so", "ta", "te", "ti", "to", "tra",
        "tré", "va", "ve", "vi", "zé", "ber", "cor", "mar", "per", "tan", "von", "llé",
    ];
    const FINS: [&str; 60] = [
        "let", "lot", "lin", "lier", "land", "nard", "neau", "net", "nier", "not", "quet", "quin", "rat",
        "raud", "reau", "ret", "rier", "rin", "rot", "roux", "sier", "son", "sot", "tard", "teau", "tel",
        "tet", "tier", "tin", "ton", "vier", "ville", "vin", "bert", "bois", "champ", "court", "dard",
        "deau", "din", "don", "fort", "gny", "guet", "lange", "mont", "nac", "ney", "not", "pin", "quier",
        "rac", "ssac", "ssel", "ssard", "tagne", "tre", "vel", "ville", "zac",
    ];
    // A prime step, so that neighbours in rank are not neighbours in spelling.
    let melange = rang * 7_919 % (60 * 60 * 60);
    let (debut, milieu, fin) = (melange / 3_600, melange / 60 % 60, melange % 60);
    format!("{}{}{}", DEBUTS[debut], MILIEUX[milieu], FINS[fin])
}

fn origines() -> Vec<Origine> {
    let mut origines: Vec<(&str, Origine)> = Vec::new();
    for ligne in NOMS.lines().filter(|ligne| !ligne.starts_with('#')) {
        let (nom, poids) = ligne.rsplit_once(' ').expect("a weight");
        let poids = poids.parse().expect("a number");
        if let Some(titre) = nom.strip_prefix("== ") {
            let premier_janvier = if ["maghreb", "afrique", "turquie"].contains(&titre) { 120 } else { 0 };
            let francaise = titre == "france";
            let (noms, prenoms) = Default::default();
            origines.push((titre, Origine { part: poids, noms, prenoms, premier_janvier, francaise }));
        } else {
            origines.last_mut().expect("a heading").1.noms.ajouter(nom, poids);
        }
    }
    let mut courante = 0;
    for ligne in PRENOMS.lines().filter(|ligne| !ligne.starts_with('#')) {
        if let Some(titre) = ligne.strip_prefix("== ") {
            courante = origines.iter().position(|(nom, _)| *nom == titre).expect("an origin");
            continue;
        }
        let (reste, sexe) = ligne
            .split_once(" F ")
            .map_or_else(|| (ligne.split_once(" M ").expect("F or M"), 0), |parts| (parts, 1));
        for (epoque, poids) in reste.1.split(' ').enumerate() {
            let prenoms = &mut origines[courante].1.prenoms[sexe][epoque];
            prenoms.ajouter(reste.0, poids.parse().expect("a number"));
        }
    }
    origines.into_iter().map(|(_, origine)| origine).collect()
}

pub(crate) fn nom(texte: &str) -> Nom {
    Nom::parse(texte).expect("a name")
}
