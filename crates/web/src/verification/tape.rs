//! The number in what people type, paste or scan: the number itself, or the whole address that leads to it.

use forprev_domain::numero::{FauteNumero, NumeroCertificat};

use crate::saisie::decode;

/// Where the address of an answer bears its number.
const CHEMINS: [&str; 2] = ["/verifier/", "/verify/"];
/// Longest text that may be a number: more is not looked at.
const LONGUEUR: usize = 80;

/// The number that a text holds, as it was typed: of an address, what follows the page's path.
#[must_use]
pub fn numero_dans(texte: &str) -> String {
    let texte = texte.trim();
    let apres =
        CHEMINS.iter().find_map(|chemin| texte.rfind(chemin).map(|debut| &texte[debut + chemin.len()..]));
    let numero = match apres {
        Some(suite) => decode(suite.split(['#', '?', '/']).next().unwrap_or_default().as_bytes()),
        None => texte.to_owned(),
    };
    numero.trim().chars().take(LONGUEUR).collect()
}

/// Reads the number that a text holds.
///
/// # Errors
/// As [`NumeroCertificat::lire`].
pub fn lire(texte: &str) -> Result<NumeroCertificat, FauteNumero> {
    NumeroCertificat::lire(&numero_dans(texte))
}

#[cfg(test)]
mod tests {
    use forprev_domain::dispositif::{CodeDispositif, Niveau};

    use super::*;

    #[test]
    fn un_numero_se_lit_de_tout_ce_qu_on_colle() {
        let code = CodeDispositif::parse("PRAP-2S").expect("a code");
        let numero = NumeroCertificat::from_random(&code, Niveau::Formateur, 2026, 1 << 44 | 1);
        let n = numero.as_str();
        for tape in [
            n.to_owned(),
            n.to_lowercase(),
            n.replace('-', ""),
            n.replace('-', "\u{a0}–\u{202f}"),
            n.replace('-', "\u{2011}"),
            n.replace('-', "."),
            n.replace('-', "/"),
            n.replace('-', "_").to_lowercase(),
            n.replace('-', "\u{ff0d}\u{200b}"),
            n.replace("1", "l").replace("00", "oO"),
            n.replace("1", "I"),
            format!("\u{feff} {n}\n"),
            format!("https://forprev.example/verifier/{n}"),
            format!("forprev.example/verifier/{}#AbC-d_eF/gh", n.to_lowercase()),
            format!("http://127.0.0.1:8080/en/verify/{n}?lang=fr#x"),
            format!("https://forprev.example/verifier/{}/", n.replace('-', "%20")),
        ] {
            assert_eq!(lire(&tape).as_ref(), Ok(&numero), "{tape}");
        }
    }

    #[test]
    fn une_faute_de_copie_n_est_pas_un_texte_quelconque() {
        for (tape, attendu) in [
            ("SST-A-26-00000-00001", FauteNumero::Controle),
            ("https://f.example/verifier/SST-A-26-00000-00001", FauteNumero::Controle),
            ("SST-A-26-00000-0000", FauteNumero::Forme),
            ("Camille Aubry", FauteNumero::Forme),
            ("https://f.example/verifier/", FauteNumero::Forme),
            ("", FauteNumero::Forme),
            ("%%%", FauteNumero::Forme),
        ] {
            assert_eq!(lire(tape), Err(attendu), "{tape}");
        }
        assert_eq!(numero_dans(&"A".repeat(5_000)).len(), LONGUEUR);
    }
}
