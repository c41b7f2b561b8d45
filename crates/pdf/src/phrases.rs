//! The French of the certificate: dates in words, the sentence that certifies, the foot.

use forprev_domain::certificat::Imprime;
use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::Civilite;
use forprev_domain::session::Action;
use jiff::civil::Date;

use crate::shape::{printable, push_capital};
use crate::text::Voice::{self, Bold, Capitals, Regular};

/// A text of several voices.
pub(crate) type Spans = Vec<(String, Voice)>;

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

/// « 20 novembre », « 1er mars », with a no-break space.
pub(crate) fn jour_et_mois(date: Date) -> String {
    format!("{}\u{a0}{}", jour(date), mois(date))
}

/// « 20 novembre 2028 », with no-break spaces.
pub(crate) fn date_en_lettres(date: Date) -> String {
    format!("{}\u{a0}{}", jour_et_mois(date), date.year())
}

fn jour(date: Date) -> String {
    match date.day() {
        1 => "1er".to_owned(),
        jour => jour.to_string(),
    }
}

fn mois(date: Date) -> &'static str {
    usize::try_from(date.month()).ok().and_then(|m| MOIS.get(m.wrapping_sub(1))).copied().unwrap_or_default()
}

/// « le 19 novembre 2026 », « les 19 et 20 novembre 2026 », « du 30 novembre au 4 décembre 2026 »:
/// the small words apart from the dates.
fn periode(debut: Date, fin: Date) -> Spans {
    let de_fin = date_en_lettres(fin);
    if debut >= fin {
        return vec![("le\u{a0}".into(), Regular), (de_fin, Bold)];
    }
    let de_debut = if debut.year() != fin.year() {
        date_en_lettres(debut)
    } else if debut.month() != fin.month() {
        jour_et_mois(debut)
    } else {
        jour(debut)
    };
    if debut.tomorrow().is_ok_and(|lendemain| lendemain == fin) {
        return vec![("les\u{a0}".into(), Regular), (format!("{de_debut} et\u{a0}{de_fin}"), Bold)];
    }
    vec![("du\u{a0}".into(), Regular), (de_debut, Bold), (" au\u{a0}".into(), Regular), (de_fin, Bold)]
}

/// The place with its preposition: « à Angers », « au Mans », « aux Ulis ».
fn a_la_commune(lieu: &str) -> String {
    let lieu = printable(lieu);
    let sans = |article: &str| {
        let tete = lieu.get(..article.len())?;
        tete.eq_ignore_ascii_case(article).then(|| lieu[article.len()..].to_owned())
    };
    if let Some(reste) = sans("les ") {
        return format!("aux\u{a0}{reste}");
    }
    if let Some(reste) = sans("le ") {
        return format!("au\u{a0}{reste}");
    }
    format!("à\u{a0}{lieu}")
}

/// A name in capitals, accents kept, ß as ẞ.
pub(crate) fn capitales(nom: &str) -> String {
    printable(nom).chars().fold(String::new(), |mut out, c| {
        push_capital(&mut out, c);
        out
    })
}

/// « née le 12 mars 1984, numéro FORPREV JKA37899 », after the usage name when there is one.
pub(crate) fn etat_civil(imprime: &Imprime) -> Spans {
    let ne = match imprime.civilite {
        Some(Civilite::Madame) => "née",
        Some(Civilite::Monsieur) => "né",
        None => "né(e)",
    };
    let mut spans = Spans::new();
    if let Some(nom) = imprime.nom_usage.as_deref().filter(|nom| !nom.trim().is_empty()) {
        spans.push(("nom d’usage ".into(), Regular));
        spans.push((printable(nom), Capitals));
        spans.push((", ".into(), Regular));
    }
    let naissance = date_en_lettres(imprime.date_naissance);
    let numero = &imprime.numero_forprev;
    spans.push((format!("{ne} le\u{a0}{naissance}, numéro FORPREV\u{a0}{numero}"), Regular));
    spans
}

/// The sentence that certifies.
pub(crate) fn phrase(imprime: &Imprime) -> Spans {
    let mut spans: Spans = match imprime.action {
        Action::Initiale => vec![("a suivi la ".into(), Regular), ("formation\u{a0}initiale".into(), Bold)],
        Action::Mac => vec![
            ("a suivi la formation de ".into(), Regular),
            ("maintien et d’actualisation des compétences".into(), Bold),
            ("\u{a0}(MAC)".into(), Regular),
        ],
    };
    match imprime.heures {
        None | Some(0) => {}
        Some(1) => spans.push((" d’une\u{a0}heure".into(), Regular)),
        Some(heures) => spans.push((format!(" de\u{a0}{heures}\u{a0}heures"), Regular)),
    }
    spans.push((", ".into(), Regular));
    spans.extend(periode(imprime.date_debut, imprime.date_fin));
    let lieu = a_la_commune(&imprime.lieu);
    spans.push((format!(" {lieu}, et satisfait aux épreuves de certification."), Regular));
    spans
}

/// « SST, niveau acteur ».
pub(crate) fn niveau(imprime: &Imprime) -> String {
    let niveau = match imprime.niveau {
        Niveau::Acteur => "acteur",
        Niveau::Formateur => "formateur",
        Niveau::FormateurDeFormateurs => "formateur de formateurs",
    };
    format!("{}, niveau\u{a0}{niveau}", printable(&imprime.dispositif))
}

/// What the holder must know, in two lines at the foot.
pub(crate) fn pied(niveau: Niveau) -> (&'static str, &'static str) {
    match niveau {
        Niveau::Acteur => {
            ("Aucun duplicata ne sera délivré pour le niveau\u{a0}acteur.", "Conservez ce certificat.")
        }
        Niveau::Formateur | Niveau::FormateurDeFormateurs => {
            ("Téléchargeable depuis votre compte tant qu’il est valide.", "Conservez ce certificat.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exemple;
    use jiff::civil::date;

    fn plain(spans: &Spans) -> String {
        spans.iter().map(|(text, _)| text.replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn les_dates_sont_en_toutes_lettres() {
        let check = |debut, fin, attendu: &str| assert_eq!(plain(&periode(debut, fin)), attendu);
        let le = |mois, jour| date(2026, mois, jour);
        check(le(11, 19), le(11, 19), "le 19 novembre 2026");
        check(le(3, 1), le(3, 1), "le 1er mars 2026");
        check(le(11, 19), le(11, 20), "les 19 et 20 novembre 2026");
        check(le(11, 30), le(12, 1), "les 30 novembre et 1er décembre 2026");
        check(le(11, 19), le(11, 26), "du 19 au 26 novembre 2026");
        check(le(11, 19), le(12, 4), "du 19 novembre au 4 décembre 2026");
        check(date(2026, 12, 31), date(2027, 1, 1), "les 31 décembre 2026 et 1er janvier 2027");
        check(date(2026, 12, 30), date(2027, 1, 2), "du 30 décembre 2026 au 2 janvier 2027");
        assert_eq!(date_en_lettres(le(8, 1)), "1er\u{a0}août\u{a0}2026");
    }

    #[test]
    fn le_lieu_prend_sa_preposition() {
        let check = |lieu: &str, attendu: &str| assert_eq!(a_la_commune(lieu), attendu);
        check("Angers", "à\u{a0}Angers");
        check("Le Mans", "au\u{a0}Mans");
        check("LES ULIS", "aux\u{a0}ULIS");
        check("La Rochelle", "à\u{a0}La Rochelle");
        check("L’Île-d’Yeu", "à\u{a0}L’Île-d’Yeu");
        check("Lessay", "à\u{a0}Lessay");
        check("Łę", "à\u{a0}Łę");
    }

    #[test]
    fn la_phrase_dit_l_action_et_les_heures() {
        let check = |action, heures, debut: &str| {
            let imprime = Imprime { action, heures, ..exemple::acteur() };
            let phrase = plain(&phrase(&imprime));
            assert!(phrase.starts_with(debut), "{phrase}");
            assert!(phrase.ends_with("à Angers, et satisfait aux épreuves de certification."));
        };
        check(Action::Initiale, Some(14), "a suivi la formation initiale de 14 heures, les 19 et 20");
        check(Action::Initiale, None, "a suivi la formation initiale, les 19 et 20");
        check(
            Action::Mac,
            Some(7),
            "a suivi la formation de maintien et d’actualisation des compétences (MAC) de 7 heures,",
        );
        check(
            Action::Mac,
            Some(1),
            "a suivi la formation de maintien et d’actualisation des compétences (MAC) d’une heure,",
        );
    }

    #[test]
    fn l_accord_suit_la_civilite() {
        let check = |civilite, nom_usage: Option<&str>, attendu: &str| {
            let nom_usage = nom_usage.map(str::to_owned);
            let imprime = Imprime { civilite, nom_usage, ..exemple::acteur() };
            assert_eq!(plain(&etat_civil(&imprime)), attendu);
        };
        check(Some(Civilite::Madame), None, "née le 12 mars 1984, numéro FORPREV JKA37899");
        check(Some(Civilite::Monsieur), None, "né le 12 mars 1984, numéro FORPREV JKA37899");
        check(None, None, "né(e) le 12 mars 1984, numéro FORPREV JKA37899");
        check(
            Some(Civilite::Madame),
            Some("Weiß"),
            "nom d’usage Weiß, née le 12 mars 1984, numéro FORPREV JKA37899",
        );
    }

    #[test]
    fn seul_le_niveau_acteur_n_a_pas_de_duplicata() {
        assert!(pied(Niveau::Acteur).0.contains("Aucun duplicata"));
        for niveau in [Niveau::Formateur, Niveau::FormateurDeFormateurs] {
            assert!(!format!("{:?}", pied(niveau)).contains("duplicata"));
        }
    }
}
