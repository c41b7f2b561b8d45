//! What happens to an identity between two entries: each error has a name and a share.

use forprev_domain::identite::{Identite, Nom};
use forprev_domain::regles::doublons::forme_normale;
use jiff::civil::Date;
use rand::RngExt;

use crate::population::{Population, nom};

/// One way in which the same person is entered differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Faute {
    Graphie,
    LettreNom,
    LettrePrenom,
    NomUsage,
    Echange,
    PremierePart,
    SecondPrenom,
    Particule,
    UnMot,
    JourMois,
    Chiffre,
    Sons,
    DeuxLettres,
    LettreEtChiffre,
}

/// All of them, in the order of the table; the last three are two differences at once.
pub(crate) const FAUTES: [Faute; 14] = [
    Faute::Graphie,
    Faute::LettreNom,
    Faute::LettrePrenom,
    Faute::NomUsage,
    Faute::Echange,
    Faute::PremierePart,
    Faute::SecondPrenom,
    Faute::Particule,
    Faute::UnMot,
    Faute::JourMois,
    Faute::Chiffre,
    Faute::Sons,
    Faute::DeuxLettres,
    Faute::LettreEtChiffre,
];

impl Faute {
    pub(crate) fn libelle(self) -> &'static str {
        match self {
            Self::Graphie => "case, accents, hyphens",
            Self::LettreNom => "one edit in the birth name",
            Self::LettrePrenom => "one edit in the given name",
            Self::NomUsage => "usage name for birth name",
            Self::Echange => "names swapped",
            Self::PremierePart => "compound given name cut",
            Self::SecondPrenom => "second given name left out",
            Self::Particule => "particle left out",
            Self::UnMot => "name in one word",
            Self::JourMois => "day and month swapped",
            Self::Chiffre => "one digit of the date",
            Self::Sons => "spelt as it sounds, two edits",
            Self::DeuxLettres => "an edit in both names",
            Self::LettreEtChiffre => "an edit and a digit",
        }
    }

    /// Its share in a hundred of what is entered again.
    pub(crate) fn part(self) -> u32 {
        match self {
            Self::Graphie => 34,
            Self::LettreNom => 13,
            Self::LettrePrenom => 10,
            Self::NomUsage => 8,
            Self::Chiffre => 7,
            Self::Echange | Self::PremierePart | Self::SecondPrenom | Self::JourMois => 5,
            Self::Particule | Self::Sons | Self::DeuxLettres => 2,
            Self::UnMot | Self::LettreEtChiffre => 1,
        }
    }
}

/// The identity with this error, every other time without usage name; `None` where it cannot happen.
pub(crate) fn fauter(vraie: &Identite, faute: Faute, population: &mut Population) -> Option<Identite> {
    let mut i = vraie.clone();
    match faute {
        Faute::Graphie => {
            i.nom_naissance = nom(&forme_normale(i.nom_naissance.as_str()).to_uppercase());
            i.prenom = nom(&i.prenom.as_str().replace('-', " "));
        }
        Faute::LettreNom => i.nom_naissance = edit(&i.nom_naissance, population)?,
        Faute::LettrePrenom => i.prenom = edit(&i.prenom, population)?,
        Faute::NomUsage => i.nom_naissance = i.nom_usage.take()?,
        Faute::Echange => std::mem::swap(&mut i.nom_naissance, &mut i.prenom),
        Faute::PremierePart => i.prenom = nom(i.prenom.as_str().split_once('-')?.0),
        Faute::SecondPrenom => i.prenom = nom(i.prenom.as_str().split_once(' ')?.0),
        Faute::Particule => {
            let entier = i.nom_naissance.as_str().to_owned();
            let reste = ["de La ", "de ", "Da ", "Dos ", "Le ", "Ben ", "El ", "Ait ", "du ", "d’"]
                .iter()
                .find_map(|particule| entier.strip_prefix(particule))?;
            i.nom_naissance = nom(reste);
        }
        Faute::UnMot => {
            let colle = i.nom_naissance.as_str().replace([' ', '’'], "");
            if colle == i.nom_naissance.as_str() {
                return None;
            }
            i.nom_naissance = nom(&colle);
        }
        Faute::JourMois => {
            let d = i.date_naissance;
            i.date_naissance = Date::new(d.year(), d.day(), d.month()).ok().filter(|autre| *autre != d)?;
        }
        Faute::Chiffre => i.date_naissance = chiffre(i.date_naissance, population)?,
        Faute::Sons => i.nom_naissance = sons(&i.nom_naissance)?,
        Faute::DeuxLettres => {
            i.nom_naissance = edit(&i.nom_naissance, population)?;
            i.prenom = edit(&i.prenom, population)?;
        }
        Faute::LettreEtChiffre => {
            i.nom_naissance = edit(&i.nom_naissance, population)?;
            i.date_naissance = chiffre(i.date_naissance, population)?;
        }
    }
    if faute != Faute::NomUsage && population.tirage.random_bool(0.5) {
        i.nom_usage = None;
    }
    Some(i)
}

/// A letter more, less, another one, or two neighbours exchanged.
fn edit(ecrit: &Nom, population: &mut Population) -> Option<Nom> {
    let mut lettres: Vec<char> = ecrit.as_str().chars().collect();
    let rang = population.tirage.random_range(0..lettres.len());
    let lettre = char::from(population.tirage.random_range(b'a'..=b'z'));
    match population.tirage.random_range(0..4) {
        0 => lettres.insert(rang, lettre),
        1 if 2 < lettres.len() => drop(lettres.remove(rang)),
        2 => lettres[rang] = lettre,
        _ => lettres.swap(rang, (rang + 1).min(ecrit.as_str().chars().count() - 1)),
    }
    let faux = Nom::parse(&lettres.into_iter().collect::<String>()).ok()?;
    (forme_normale(faux.as_str()) != forme_normale(ecrit.as_str())).then_some(faux)
}

fn chiffre(date: Date, population: &mut Population) -> Option<Date> {
    let mut chiffres = date.to_string().into_bytes();
    let rang = [2, 3, 5, 6, 8, 9][population.tirage.random_range(0..6)];
    chiffres[rang] = population.tirage.random_range(b'0'..=b'9');
    let autre: Date = String::from_utf8(chiffres).ok()?.parse().ok()?;
    (autre != date && (1930..=2012).contains(&autre.year())).then_some(autre)
}

/// The same sounds in other letters, further than one edit.
fn sons(ecrit: &Nom) -> Option<Nom> {
    let bas = forme_normale(ecrit.as_str());
    let autre =
        ["eau:o", "ault:o", "ph:f", "quet:ké", "ville:vil", "ssard:sar", "lle:le", "tt:t", "ch:sh", "aud:o"]
            .iter()
            .filter_map(|regle| regle.split_once(':'))
            .fold(bas.clone(), |nom, (de, vers)| nom.replace(de, vers));
    let deux_lettres = 1 < bas.len().abs_diff(forme_normale(&autre).len());
    deux_lettres.then(|| nom(&autre))
}
