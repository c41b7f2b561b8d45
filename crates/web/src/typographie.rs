//! French as it is set: dates in words, lists, plurals, no-break spaces.
//!
//! Pages are written with ordinary spaces; [`insecables`] sets the no-break ones in the text of
//! the finished page, so that nobody types them by hand.

use std::fmt::Display;

use forprev_domain::calendrier::jours_entre;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use crate::clock::en_heure_de_paris;

/// No-break space, before a colon and within guillemets.
const INSECABLE: char = '\u{a0}';
/// Narrow no-break space, before `;`, `!` and `?`.
const FINE: char = '\u{202f}';

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MOIS_COURTS: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const NOMBRES: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize",
];

/// « novembre »
#[must_use]
pub fn mois(date: Date) -> &'static str {
    MOIS[usize::from(date.month().unsigned_abs()) - 1]
}

/// « nov. »
#[must_use]
pub fn mois_court(date: Date) -> &'static str {
    MOIS_COURTS[usize::from(date.month().unsigned_abs()) - 1]
}

/// « lundi »
#[must_use]
pub fn jour_de_semaine(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    }
}

/// « lun. »
#[must_use]
pub fn jour_de_semaine_court(date: Date) -> String {
    format!("{}.", &jour_de_semaine(date)[..3])
}

/// « 23 », « 1er »
#[must_use]
pub fn quantieme(date: Date) -> String {
    match date.day() {
        1 => "1er".to_owned(),
        jour => jour.to_string(),
    }
}

/// « 23 novembre »
#[must_use]
pub fn jour_et_mois(date: Date) -> String {
    format!("{}{INSECABLE}{}", quantieme(date), mois(date))
}

/// « 23 novembre 2026 »
#[must_use]
pub fn date(date: Date) -> String {
    format!("{}{INSECABLE}{}", jour_et_mois(date), date.year())
}

/// « lundi 23 novembre 2026 »
#[must_use]
pub fn date_longue(jour: Date) -> String {
    format!("{} {}", jour_de_semaine(jour), date(jour))
}

/// « 23/11/2026 »
#[must_use]
pub fn date_chiffree(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// A deadline, in words within a week and as a full date otherwise: « aujourd’hui », « demain »,
/// « jeudi 26 novembre », « 14 décembre 2026 ».
#[must_use]
pub fn echeance(jour: Date, aujourdhui: Date) -> String {
    match jours_entre(aujourdhui, jour) {
        0 => "aujourd’hui".to_owned(),
        1 => "demain".to_owned(),
        2..=7 => format!("{} {}", jour_de_semaine(jour), jour_et_mois(jour)),
        _ => date(jour),
    }
}

/// How far a day is: « aujourd’hui », « demain », « dans 3 jours », « dans 3 semaines »,
/// « dans 4 mois », « hier », « il y a 11 jours ».
#[must_use]
pub fn distance(jour: Date, aujourdhui: Date) -> String {
    let ecart = jours_entre(aujourdhui, jour);
    let duree = match ecart.unsigned_abs() {
        n @ 0..=20 => format!("{n} jours"),
        n @ 21..=60 => format!("{} semaines", n / 7),
        n => format!("{} mois", n / 30),
    };
    match ecart {
        0 => "aujourd’hui".to_owned(),
        1 => "demain".to_owned(),
        -1 => "hier".to_owned(),
        2.. => format!("dans {duree}"),
        _ => format!("il y a {duree}"),
    }
}

/// What is left, by the days until the last one: « dernier jour aujourd’hui », « dernier jour demain »,
/// « plus que 12 jours ».
#[must_use]
pub fn reste(jours: i32) -> String {
    match jours {
        ..=0 => "dernier jour aujourd’hui".to_owned(),
        1 => "dernier jour demain".to_owned(),
        jours => format!("plus que {jours} jours"),
    }
}

/// How long to wait, rounded up: « une minute », « 12 minutes », « 3 heures ».
#[must_use]
pub fn attente(secondes: u64) -> String {
    match secondes.div_ceil(60) {
        ..=1 => "une minute".to_owned(),
        minutes @ 2..=90 => format!("{minutes} minutes"),
        minutes => format!("{} heures", minutes.div_ceil(60)),
    }
}

/// « du 19 au 20 novembre 2026 », « du 30 novembre au 2 décembre 2026 », « le 6 juin 2026 ».
#[must_use]
pub fn plage(debut: Date, fin: Date) -> String {
    if debut == fin {
        return format!("le {}", date(fin));
    }
    if debut.year() != fin.year() {
        return format!("du {} au {}", date(debut), date(fin));
    }
    if debut.month() != fin.month() {
        return format!("du {} au {}", jour_et_mois(debut), date(fin));
    }
    format!("du {} au {}", quantieme(debut), date(fin))
}

/// « 17:32 », Paris time.
#[must_use]
pub fn heure(instant: Timestamp) -> String {
    let heure = en_heure_de_paris(instant);
    format!("{:02}:{:02}", heure.hour(), heure.minute())
}

/// « vendredi 20 novembre 2026, 17:32 », Paris time.
#[must_use]
pub fn instant(instant: Timestamp) -> String {
    format!("{}, {}", date_longue(en_heure_de_paris(instant).date()), heure(instant))
}

/// « neuf », « 17 »: in words up to sixteen.
#[must_use]
pub fn nombre(n: usize) -> String {
    NOMBRES.get(n).map_or_else(|| n.to_string(), |mot| (*mot).to_owned())
}

/// « 1 session », « 3 sessions », « 0 session ».
#[must_use]
pub fn pluriel(n: usize, singulier: &str, pluriel: &str) -> String {
    format!("{n}{INSECABLE}{}", accord(n, singulier, pluriel))
}

/// The word that agrees with the number: singular below two, as French does.
#[must_use]
pub fn accord<'a>(n: usize, singulier: &'a str, pluriel: &'a str) -> &'a str {
    if n < 2 { singulier } else { pluriel }
}

/// « A », « A et B », « A, B et C ».
#[must_use]
pub fn liste<T: Display>(elements: &[T]) -> String {
    let Some((dernier, premiers)) = elements.split_last() else {
        return String::new();
    };
    if premiers.is_empty() {
        return dernier.to_string();
    }
    let premiers: Vec<String> = premiers.iter().map(ToString::to_string).collect();
    format!("{} et {dernier}", premiers.join(", "))
}

/// « de Karim », « d’Inês », « d’Hélène ».
#[must_use]
pub fn de(nom: &str) -> String {
    let voyelle = nom
        .chars()
        .next()
        .is_some_and(|c| "AEIOUYHÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ".contains(c.to_uppercase().next().unwrap_or(c)));
    if voyelle { format!("d’{nom}") } else { format!("de {nom}") }
}

/// The text with a capital first letter: « Lundi 23 novembre 2026 ».
#[must_use]
pub fn capitale(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres
        .next()
        .map_or_else(String::new, |premiere| premiere.to_uppercase().collect::<String>() + lettres.as_str())
}

/// Sets the no-break spaces of a finished HTML page: before `: ; ! ? »`, after `«`, between a
/// number and its word. Tags, styles and what people type in text areas are left as they are.
#[must_use]
pub fn insecables(html: &str) -> String {
    let mut sortie = String::with_capacity(html.len() + html.len() / 32);
    let mut reste = html;
    while let Some(debut) = reste.find('<') {
        texte_insecable(&reste[..debut], &mut sortie);
        reste = &reste[debut..];
        let fin = fin_de_balise(reste);
        sortie.push_str(&reste[..fin]);
        reste = &reste[fin..];
    }
    texte_insecable(reste, &mut sortie);
    sortie
}

/// Where the tag that starts here ends; a text area is taken whole.
fn fin_de_balise(html: &str) -> usize {
    let entier = ["textarea", "pre", "script", "style"]
        .into_iter()
        .find(|nom| html[1..].starts_with(nom))
        .and_then(|nom| html.find(&format!("</{nom}>")));
    entier.or_else(|| html.find('>').map(|i| i + 1)).unwrap_or(html.len())
}

fn texte_insecable(texte: &str, sortie: &mut String) {
    let mut avant = '\0';
    let mut lettres = texte.chars().peekable();
    while let Some(lettre) = lettres.next() {
        let apres = lettres.peek().copied().unwrap_or('\0');
        let rendue = match (avant, lettre, apres) {
            ('«', ' ', _) | (_, ' ', ':' | '»') => INSECABLE,
            (_, ' ', ';' | '!' | '?') => FINE,
            ('0'..='9', ' ', 'a'..='z') => INSECABLE,
            _ => lettre,
        };
        sortie.push(rendue);
        avant = lettre;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_attente_se_dit_sans_trop_de_precision() {
        for (secondes, attendu) in
            [(1, "une minute"), (61, "2 minutes"), (5_400, "90 minutes"), (85_673, "24 heures")]
        {
            assert_eq!(attente(secondes), attendu);
        }
    }
    use jiff::civil::date as jour;

    #[test]
    fn les_dates_se_lisent_en_toutes_lettres() {
        assert_eq!(date_longue(jour(2026, 11, 23)), "lundi 23\u{a0}novembre\u{a0}2026");
        assert_eq!(date(jour(2027, 5, 1)), "1er\u{a0}mai\u{a0}2027");
        assert_eq!(date_chiffree(jour(2026, 3, 2)), "02/03/2026");
        assert_eq!(jour_de_semaine_court(jour(2026, 11, 24)), "mar.");
    }

    #[test]
    fn une_plage_ne_repete_que_ce_qui_change() {
        let check = |debut, fin, attendu: &str| {
            assert_eq!(plage(debut, fin).replace(INSECABLE, " "), attendu);
        };
        check(jour(2026, 11, 19), jour(2026, 11, 20), "du 19 au 20 novembre 2026");
        check(jour(2026, 11, 30), jour(2026, 12, 2), "du 30 novembre au 2 décembre 2026");
        check(jour(2026, 12, 31), jour(2027, 1, 1), "du 31 décembre 2026 au 1er janvier 2027");
        check(jour(2026, 6, 6), jour(2026, 6, 6), "le 6 juin 2026");
    }

    #[test]
    fn une_echeance_proche_se_dit_en_jours() {
        let aujourdhui = jour(2026, 11, 23);
        let check = |jour, en_clair: &str, loin: &str| {
            assert_eq!(echeance(jour, aujourdhui).replace(INSECABLE, " "), en_clair);
            assert_eq!(distance(jour, aujourdhui), loin);
        };
        check(jour(2026, 11, 23), "aujourd’hui", "aujourd’hui");
        check(jour(2026, 11, 24), "demain", "demain");
        check(jour(2026, 11, 26), "jeudi 26 novembre", "dans 3 jours");
        check(jour(2026, 12, 14), "14 décembre 2026", "dans 3 semaines");
        check(jour(2026, 11, 22), "22 novembre 2026", "hier");
        check(jour(2026, 11, 12), "12 novembre 2026", "il y a 11 jours");
    }

    #[test]
    fn les_mots_s_accordent() {
        assert_eq!(pluriel(0, "session", "sessions"), "0\u{a0}session");
        assert_eq!(pluriel(2, "session", "sessions"), "2\u{a0}sessions");
        assert_eq!(liste(&["A", "B", "C"]), "A, B et C");
        assert_eq!(liste(&["A"]), "A");
        assert_eq!(de("Inês"), "d’Inês");
        assert_eq!(de("Karim"), "de Karim");
        assert_eq!(capitale("évidemment"), "Évidemment");
        assert_eq!(nombre(9), "neuf");
    }

    #[test]
    fn les_insecables_ne_touchent_que_le_texte() {
        let check = |html: &str, attendu: &str| {
            assert_eq!(insecables(html).replace(INSECABLE, "~").replace(FINE, "_"), attendu);
        };
        check("<p>Oui ? « 9 certificats » : 3</p>", "<p>Oui_? «~9~certificats~»~: 3</p>");
        check("<a title=\"a : b\">a</a>", "<a title=\"a : b\">a</a>");
        check("<textarea>a : b</textarea> c : d", "<textarea>a : b</textarea> c~: d");
        check("a < b : c", "a < b : c");
    }
}
