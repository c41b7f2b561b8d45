//! R1. « L'habilitation doit être valide à la date de fin de la certification. »

use jiff::civil::Date;

use super::Regle;
use crate::calendrier::jours_entre;
use crate::dispositif::{CodeDispositif, Niveau};
use crate::habilitation::Habilitation;
use crate::refus::{Empechement, HabilitationProche, Manquement};

/// R1, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R1",
    phrase: "L’habilitation doit être valide à la date de fin de la certification.",
    sens: "Le compte a une habilitation pour ce dispositif et ce niveau, qui commence au plus tard et finit au plus tôt le jour de fin, ni suspendue ni retirée ce jour-là. Toujours jugée au jour de fin, jamais à aujourd’hui.",
    fonction: "habilitation_valide::habilitation_valide",
    codes: &["habilitation_invalide"],
    bornes: &[
        "finit le jour de fin : oui",
        "finit la veille : non",
        "commence le jour de fin : oui",
        "commence le lendemain : non",
        "finie aujourd’hui, valide au jour de fin : oui",
        "retirée le jour de fin ou avant : non",
        "retirée le lendemain : oui",
        "suspendue ce jour-là : non",
    ],
};

/// An habilitation that ends within this number of days deserves a warning.
pub const JOURS_D_ALERTE: i32 = 90;

/// The habilitation that lets a session of this dispositif and niveau end on `date_fin`: the one that lasts longest.
///
/// # Errors
///
/// [`Manquement::HabilitationInvalide`] with the one that comes nearest.
pub fn habilitation_valide<'a>(
    habilitations: &'a [Habilitation],
    dispositif: &CodeDispositif,
    niveau: Niveau,
    date_fin: Date,
) -> Result<&'a Habilitation, Manquement> {
    let du_genre = || habilitations.iter().filter(|h| h.dispositif == *dispositif && h.niveau == niveau);
    du_genre().filter(|h| h.valide_le(date_fin)).max_by_key(|h| h.dernier_jour()).ok_or_else(|| {
        Manquement::HabilitationInvalide {
            dispositif: dispositif.clone(),
            niveau,
            date_fin,
            plus_proche: du_genre().min_by_key(|h| ecart(h, date_fin)).map(|h| proche(h, date_fin)),
        }
    })
}

/// Days between `date_fin` and the nearest day of the habilitation; 0 within its dates.
fn ecart(habilitation: &Habilitation, date_fin: Date) -> i32 {
    if date_fin < habilitation.debut {
        jours_entre(date_fin, habilitation.debut)
    } else {
        jours_entre(habilitation.fin, date_fin).max(0)
    }
}

fn proche(habilitation: &Habilitation, date_fin: Date) -> HabilitationProche {
    let retiree = habilitation.retiree_le.filter(|le| *le <= date_fin).map(|le| Empechement::Retiree { le });
    let suspendue = habilitation
        .suspendue_du
        .filter(|_| habilitation.suspendue_le(date_fin))
        .map(|du| Empechement::Suspendue { du, au: habilitation.suspendue_au });
    HabilitationProche {
        numero: habilitation.numero.clone(),
        debut: habilitation.debut,
        fin: habilitation.fin,
        empechement: retiree.or(suspendue),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::compte::CompteId;
    use crate::id::HabilitationId;

    fn habilitation(debut: Date, fin: Date) -> Habilitation {
        Habilitation {
            id: HabilitationId(uuid::Uuid::nil()),
            compte: CompteId(uuid::Uuid::nil()),
            dispositif: CodeDispositif::parse("SST").expect("a code"),
            niveau: Niveau::Acteur,
            debut,
            fin,
            numero: None,
            retiree_le: None,
            suspendue_du: None,
            suspendue_au: None,
            motif: None,
        }
    }

    fn check(cas: &str, habilitation: &Habilitation, date_fin: Date, attendu: bool) {
        let sst = CodeDispositif::parse("SST").expect("a code");
        let obtenu = habilitation_valide(std::slice::from_ref(habilitation), &sst, Niveau::Acteur, date_fin);
        assert_eq!(obtenu.is_ok(), attendu, "{cas}");
    }

    #[test]
    fn l_habilitation_est_jugee_a_la_date_de_fin() {
        let base = habilitation(date(2024, 3, 1), date(2026, 2, 28));
        for (cas, fin, attendu) in [
            ("finit le jour de fin", date(2026, 2, 28), true),
            ("finit la veille", date(2026, 3, 1), false),
            ("commence le jour de fin", date(2024, 3, 1), true),
            ("commence le lendemain, un 29 février", date(2024, 2, 29), false),
        ] {
            check(cas, &base, fin, attendu);
        }
    }

    #[test]
    fn un_retrait_ou_une_suspension_compte_a_son_jour() {
        let retiree =
            |le| Habilitation { retiree_le: Some(le), ..habilitation(date(2025, 1, 1), date(2026, 12, 31)) };
        let suspendue = |du, au| Habilitation {
            suspendue_du: Some(du),
            suspendue_au: au,
            ..habilitation(date(2025, 1, 1), date(2026, 12, 31))
        };
        let fin = date(2026, 5, 31);
        for (cas, habilitation, attendu) in [
            ("retirée le jour de fin", retiree(fin), false),
            ("retirée avant", retiree(date(2026, 1, 1)), false),
            ("retirée le lendemain", retiree(date(2026, 6, 1)), true),
            ("suspendue jusqu’à la veille", suspendue(date(2026, 5, 1), Some(date(2026, 5, 30))), true),
            ("suspendue jusqu’à ce jour", suspendue(date(2026, 5, 1), Some(fin)), false),
            ("suspendue à partir de ce jour", suspendue(fin, None), false),
            ("suspendue à partir du lendemain", suspendue(date(2026, 6, 1), None), true),
        ] {
            check(cas, &habilitation, fin, attendu);
        }
    }

    #[test]
    fn un_autre_dispositif_ou_un_autre_niveau_ne_sert_pas() {
        let base = habilitation(date(2024, 1, 1), date(2027, 1, 1));
        let fin = date(2026, 1, 1);
        let juge = |code: &str, niveau| {
            let code = CodeDispositif::parse(code).expect("a code");
            habilitation_valide(std::slice::from_ref(&base), &code, niveau, fin).is_ok()
        };
        assert!(juge("SST", Niveau::Acteur));
        assert!(!juge("SST", Niveau::Formateur));
        assert!(!juge("PRAP-2S", Niveau::Acteur));
    }
}
