//! SIRET and SIREN: the numbers of a French establishment and of its company.

/// Why a SIRET or a SIREN cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FauteSiret {
    /// It has not 14 digits (9 for a SIREN), but this many.
    Longueur {
        /// Number of digits received.
        recue: usize,
    },
    /// Something else than digits and spaces is in it.
    Caractere,
    /// The check digit does not match: a digit is wrong.
    Cle,
}

/// SIREN of La Poste, whose establishments need not follow Luhn's rule.
const SIREN_LA_POSTE: &str = "356000000";

/// The 14 digits of a SIRET, typed with or without spaces.
///
/// # Errors
/// Says what is wrong, the first of: a character, the length, the check digit.
pub fn siret_valide(texte: &str) -> Result<String, FauteSiret> {
    let siret = chiffres(texte, 14)?;
    let poste = siret.starts_with(SIREN_LA_POSTE) && somme(&siret).is_multiple_of(5);
    if luhn(&siret) || poste { Ok(siret) } else { Err(FauteSiret::Cle) }
}

/// The 9 digits of a SIREN, typed with or without spaces.
///
/// # Errors
/// As [`siret_valide`].
pub fn siren_valide(texte: &str) -> Result<String, FauteSiret> {
    let siren = chiffres(texte, 9)?;
    if luhn(&siren) { Ok(siren) } else { Err(FauteSiret::Cle) }
}

fn chiffres(texte: &str, longueur: usize) -> Result<String, FauteSiret> {
    let chiffres: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    if !chiffres.chars().all(|c| c.is_ascii_digit()) {
        return Err(FauteSiret::Caractere);
    }
    if chiffres.len() != longueur {
        return Err(FauteSiret::Longueur { recue: chiffres.len() });
    }
    Ok(chiffres)
}

fn somme(chiffres: &str) -> u32 {
    chiffres.bytes().map(|c| u32::from(c - b'0')).sum()
}

/// Luhn's rule; zeros only are refused although they follow it.
fn luhn(chiffres: &str) -> bool {
    let total: u32 = chiffres
        .bytes()
        .rev()
        .enumerate()
        .map(|(rang, c)| {
            let chiffre = u32::from(c - b'0');
            match (rang % 2, chiffre) {
                (0, chiffre) => chiffre,
                (_, chiffre) if chiffre < 5 => chiffre * 2,
                (_, chiffre) => chiffre * 2 - 9,
            }
        })
        .sum();
    total != 0 && total.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_siret_suit_la_cle_de_luhn_ou_l_exception_de_la_poste() {
        let check = |texte: &str, attendu: Result<&str, FauteSiret>| {
            assert_eq!(siret_valide(texte), attendu.map(str::to_owned), "{texte}");
        };
        check("73282932000074", Ok("73282932000074"));
        check(" 732 829 320 00074 ", Ok("73282932000074"));
        check("732\u{a0}829\u{202f}320 00074", Ok("73282932000074"));
        check("73282932000075", Err(FauteSiret::Cle));
        check("73282932000047", Err(FauteSiret::Cle));
        check("00000000000000", Err(FauteSiret::Cle));
        check("7328293200007", Err(FauteSiret::Longueur { recue: 13 }));
        check("732829320000740", Err(FauteSiret::Longueur { recue: 15 }));
        check("", Err(FauteSiret::Longueur { recue: 0 }));
        check("7328293200007A", Err(FauteSiret::Caractere));
        check("732-829-320-00074", Err(FauteSiret::Caractere));
        check("７３２８２９３２００００７４", Err(FauteSiret::Caractere));
        // La Poste: its head office follows Luhn, its offices a sum of digits divisible by 5.
        check("35600000000048", Ok("35600000000048"));
        check("35600000009075", Ok("35600000009075"));
        check("35600000000001", Ok("35600000000001"));
        check("35600000000002", Err(FauteSiret::Cle));
    }

    #[test]
    fn un_siren_suit_la_cle_de_luhn() {
        let check = |texte: &str, attendu: Result<&str, FauteSiret>| {
            assert_eq!(siren_valide(texte), attendu.map(str::to_owned), "{texte}");
        };
        check("732829320", Ok("732829320"));
        check("732 829 320", Ok("732829320"));
        check("356000000", Ok("356000000"));
        check("732829321", Err(FauteSiret::Cle));
        check("000000000", Err(FauteSiret::Cle));
        check("73282932000074", Err(FauteSiret::Longueur { recue: 14 }));
        check("73282932O", Err(FauteSiret::Caractere));
    }

    #[test]
    fn un_chiffre_faux_est_toujours_vu() {
        let juste = "73282932000074";
        for rang in 0..juste.len() {
            for chiffre in '0'..='9' {
                let mut faux: Vec<char> = juste.chars().collect();
                if faux[rang] == chiffre {
                    continue;
                }
                faux[rang] = chiffre;
                let faux: String = faux.into_iter().collect();
                assert_eq!(siret_valide(&faux), Err(FauteSiret::Cle), "{faux}");
            }
        }
    }
}
