//! Days as people type them.

use jiff::civil::Date;

use super::{AGES, FauteIdentite};

/// Years before this one are typing errors, and not all databases hold them.
const PREMIERE_ANNEE: i16 = 1000;

/// Reads a day: `1990-02-01`, `1/2/90`, `01/02/1990`, `01.02.1990`, `1 2 1990`, `1-2-1990`.
///
/// A year of two digits is the latest one that is not after `siecle_avant`.
///
/// # Errors
/// `Vide`, `DateIllisible` when it has none of these forms, `DateImpossible` when no calendar has it.
pub fn lire_jour(texte: &str, siecle_avant: i16) -> Result<Date, FauteIdentite> {
    let texte = texte.trim();
    if texte.is_empty() {
        return Err(FauteIdentite::Vide);
    }
    let (premier, deuxieme, troisieme) = nombres(texte).ok_or(FauteIdentite::DateIllisible)?;
    let (annee, mois, jour) = match (premier.len(), troisieme.len()) {
        (4, 1 | 2) => (premier, deuxieme, troisieme),
        (1 | 2, 2 | 4) => (troisieme, deuxieme, premier),
        _ => return Err(FauteIdentite::DateIllisible),
    };
    let annee = match (annee.len(), nombre(annee)?) {
        (2, annee) => siecle_avant - (siecle_avant - annee).rem_euclid(100),
        (_, annee) => annee,
    };
    let mois = i8::try_from(nombre(mois)?).map_err(|_| FauteIdentite::DateImpossible)?;
    let jour = i8::try_from(nombre(jour)?).map_err(|_| FauteIdentite::DateImpossible)?;
    if annee < PREMIERE_ANNEE {
        return Err(FauteIdentite::DateImpossible);
    }
    Date::new(annee, mois, jour).map_err(|_| FauteIdentite::DateImpossible)
}

/// Whether a day is written with a year of two digits, which [`lire_jour`] has to complete.
#[must_use]
pub fn annee_abregee(texte: &str) -> bool {
    nombres(texte.trim()).is_some_and(|(premier, _, troisieme)| premier.len() <= 2 && troisieme.len() == 2)
}

/// Age in full years on a day; negative for who is born in a later year. Who is born on
/// 29 February ages on 1 March of the other years.
#[must_use]
pub fn age(naissance: Date, le: Date) -> i16 {
    let passe = (naissance.month(), naissance.day()) <= (le.month(), le.day());
    le.year() - naissance.year() - i16::from(!passe)
}

/// Reads a birth day and judges the age on the last day of the session.
pub(super) fn naissance(texte: &str, date_fin: Date) -> Result<Date, FauteIdentite> {
    let naissance = lire_jour(texte, date_fin.year())?;
    age_admis(naissance, date_fin)?;
    Ok(naissance)
}

/// Refuses a birth day by the age that it gives on the last day of the session.
///
/// # Errors
/// `DansLeFutur` or `AgeHorsBornes`.
pub fn age_admis(naissance: Date, date_fin: Date) -> Result<(), FauteIdentite> {
    if date_fin < naissance {
        return Err(FauteIdentite::DansLeFutur);
    }
    let age = age(naissance, date_fin);
    if AGES.contains(&age) { Ok(()) } else { Err(FauteIdentite::AgeHorsBornes { age }) }
}

/// Three groups of digits, each parted from the next by one separator, the same both times.
fn nombres(texte: &str) -> Option<(&str, &str, &str)> {
    let separateur = ['-', '/', '.'].into_iter().find(|c| texte.contains(*c));
    let parts: Vec<&str> = match separateur {
        Some(separateur) => texte.split(separateur).map(str::trim).collect(),
        None => texte.split_whitespace().collect(),
    };
    let [premier, deuxieme, troisieme] = parts[..] else {
        return None;
    };
    let lisible = |part: &str| part.len() <= 4 && part.bytes().all(|c| c.is_ascii_digit());
    let deux = (1..=2).contains(&deuxieme.len());
    (deux && [premier, deuxieme, troisieme].into_iter().all(lisible))
        .then_some((premier, deuxieme, troisieme))
}

fn nombre(chiffres: &str) -> Result<i16, FauteIdentite> {
    chiffres.parse().map_err(|_| FauteIdentite::DateIllisible)
}
