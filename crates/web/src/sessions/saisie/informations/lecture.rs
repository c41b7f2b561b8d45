//! What was typed on the first step, read into what the domain takes; and back.

use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::identite::{FauteIdentite, lire_jour};
use forprev_domain::session::{Action, EntrepriseCliente, Lieu, Saisie as Informations};
use forprev_domain::siret::{FauteSiret, siret_valide};
use jiff::civil::Date;

use crate::saisie::Saisie;
use crate::sessions::entree::code_postal_valide;
use crate::sessions::saisie::communes;
use crate::typographie::date_chiffree;

/// Characters that a text may have.
const LONGUEUR: usize = 200;
/// A year of two digits is one of this century, up to so many years from now.
const ANNEES_D_AVANCE: i16 = 20;

/// The fields of the step with their names, in their order.
pub(super) const CHAMPS: [(&str, &str); 11] = [
    ("dispositif", "Dispositif et niveau"),
    ("action", "Type d’action"),
    ("date_debut", "Date de début"),
    ("date_fin", "Date de fin"),
    ("lieu_nom", "Nom du site"),
    ("adresse", "Adresse"),
    ("code_postal", "Code postal"),
    ("commune", "Commune"),
    ("raison_sociale", "Raison sociale de l’entreprise cliente"),
    ("siret", "SIRET"),
    ("reference", "Votre référence interne"),
];

/// Reads the form. What R1 and R3 need is there or nothing is given back; what else is wrong is said at its
/// field and left out. The formateur is not of this step: he is added by who calls.
pub(super) fn lire(saisie: &mut Saisie, aujourdhui: Date) -> Option<Informations> {
    let choix = saisie.option("dispositif").and_then(lire_choix);
    if choix.is_none() {
        saisie.refuser("dispositif", "Choisissez un dispositif et un niveau.");
    }
    let action = Action::from_code(saisie.texte("action"));
    let date_debut = jour(saisie, "date_debut", "La date de début", aujourdhui);
    let date_fin = jour(saisie, "date_fin", "La date de fin", aujourdhui);
    if date_fin.is_none() && saisie.erreur("date_fin").is_none() {
        saisie.refuser(
            "date_fin",
            "Donnez la date de fin : c’est elle qui décide de l’habilitation et du délai de saisie.",
        );
    }
    let lieu = lieu(saisie);
    let entreprise_cliente = entreprise(saisie);
    let reference = court(saisie, "reference", "La référence");
    let (dispositif, niveau) = choix?;
    Some(Informations {
        dispositif,
        niveau,
        action,
        date_debut,
        date_fin: date_fin?,
        lieu,
        entreprise_cliente,
        reference,
        formateur: None,
    })
}

/// Reads « SST.acteur ».
pub(super) fn lire_choix(texte: &str) -> Option<(CodeDispositif, Niveau)> {
    let (dispositif, niveau) = texte.split_once('.')?;
    let niveau = Niveau::from_code(niveau).filter(|niveau| Niveau::DES_SESSIONS.contains(niveau))?;
    Some((CodeDispositif::parse(dispositif)?, niveau))
}

/// The value of a choice: « SST.acteur ».
pub(super) fn choix(dispositif: &CodeDispositif, niveau: Niveau) -> String {
    format!("{dispositif}.{}", niveau.code())
}

/// The form that these informations fill.
pub(super) fn remplir(informations: &Informations) -> Saisie {
    let i = informations;
    let jour = |jour: Option<Date>| jour.map(date_chiffree);
    let client = i.entreprise_cliente.as_ref();
    let valeurs = [
        Some(choix(&i.dispositif, i.niveau)),
        i.action.map(|action| action.code().to_owned()),
        jour(i.date_debut),
        jour(Some(i.date_fin)),
        i.lieu.nom.clone(),
        i.lieu.adresse.clone(),
        i.lieu.code_postal.clone(),
        i.lieu.commune.clone(),
        client.and_then(|client| client.raison_sociale.clone()),
        client.and_then(|client| client.siret.clone()),
        i.reference.clone(),
    ];
    Saisie::avec(CHAMPS.iter().zip(valeurs).filter_map(|((nom, _), valeur)| Some((*nom, valeur?))))
}

fn jour(saisie: &mut Saisie, champ: &str, nom: &str, aujourdhui: Date) -> Option<Date> {
    let tape = saisie.texte(champ).to_owned();
    match lire_jour(&tape, aujourdhui.year() + ANNEES_D_AVANCE) {
        Ok(jour) => Some(jour),
        Err(FauteIdentite::Vide) => None,
        Err(FauteIdentite::DateImpossible) => {
            let message = format!(
                "{nom}, « {} », n’existe pas dans le calendrier. Vérifiez le jour et le mois.",
                debut(&tape)
            );
            saisie.refuser(champ, message);
            None
        }
        Err(_) => {
            let message = format!(
                "{nom}, « {} », ne se lit pas. Écrivez-la au format JJ/MM/AAAA, par exemple {}.",
                debut(&tape),
                date_chiffree(aujourdhui)
            );
            saisie.refuser(champ, message);
            None
        }
    }
}

fn lieu(saisie: &mut Saisie) -> Lieu {
    let code_postal = saisie.option("code_postal").map(|code| code.split_whitespace().collect::<String>());
    let code_postal = code_postal.filter(|code| {
        let valide = code_postal_valide(code);
        if !valide {
            let message = format!(
                "Le code postal compte cinq chiffres, par exemple 49100. Reçu : « {} ».",
                debut(code)
            );
            saisie.refuser("code_postal", message);
        }
        valide
    });
    let tapee = court(saisie, "commune", "La commune");
    let commune = match (&code_postal, tapee) {
        // The only commune of a code postal needs no typing; one that is known is written as the list has it.
        (Some(code), None) => match communes::du_code_postal(code).as_slice() {
            [seule] => Some((*seule).to_owned()),
            _ => None,
        },
        (Some(code), Some(tapee)) => Some(communes::reconnaitre(code, &tapee).map_or(tapee, str::to_owned)),
        (None, tapee) => tapee,
    };
    Lieu {
        nom: court(saisie, "lieu_nom", "Le nom du site"),
        adresse: court(saisie, "adresse", "L’adresse"),
        code_postal,
        commune,
    }
}

fn entreprise(saisie: &mut Saisie) -> Option<EntrepriseCliente> {
    let raison_sociale = court(saisie, "raison_sociale", "La raison sociale");
    let siret = match saisie.option("siret").map(siret_valide) {
        None => None,
        Some(Ok(siret)) => Some(siret),
        Some(Err(faute)) => {
            saisie.refuser("siret", mots_du_siret(faute));
            None
        }
    };
    (raison_sociale.is_some() || siret.is_some()).then_some(EntrepriseCliente { raison_sociale, siret })
}

/// What was received and what to do.
fn mots_du_siret(faute: FauteSiret) -> String {
    let vide = "ou laissez le champ vide.";
    match faute {
        FauteSiret::Longueur { recue } if recue < 14 => {
            let manque = match 14 - recue {
                1 => "Ajoutez le chiffre qui manque".to_owned(),
                n => format!("Ajoutez les {n} chiffres qui manquent"),
            };
            format!("Le SIRET saisi compte {recue} chiffres ; il en faut 14. {manque}, {vide}")
        }
        FauteSiret::Longueur { recue } => {
            let trop = match recue - 14 {
                1 => "Retirez le chiffre en trop".to_owned(),
                n => format!("Retirez les {n} chiffres en trop"),
            };
            format!("Le SIRET saisi compte {recue} chiffres ; il en faut 14. {trop}, {vide}")
        }
        FauteSiret::Caractere => {
            format!(
                "Le SIRET saisi contient autre chose que des chiffres et des espaces. Recopiez ses 14 chiffres, {vide}"
            )
        }
        FauteSiret::Cle => {
            format!("Ces 14 chiffres ne forment pas un SIRET : l’un d’eux est inexact. Recopiez-les, {vide}")
        }
    }
}

fn court(saisie: &mut Saisie, champ: &str, nom: &str) -> Option<String> {
    let texte = saisie.option(champ).map(str::to_owned);
    let longueur = texte.as_ref().map_or(0, |texte| texte.chars().count());
    if longueur > LONGUEUR {
        let message = format!(
            "{nom} compte {longueur} caractères ; il en faut {LONGUEUR} au plus. Raccourcissez le texte."
        );
        saisie.refuser(champ, message);
    }
    texte
}

/// What was typed, short enough for a sentence.
fn debut(texte: &str) -> String {
    texte.chars().take(20).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn lue(valeurs: &[(&str, &str)]) -> (Option<Informations>, Saisie) {
        let mut saisie = Saisie::avec(valeurs.iter().copied());
        let lue = lire(&mut saisie, date(2026, 11, 23));
        (lue, saisie)
    }

    #[test]
    fn une_date_se_tape_comme_on_l_ecrit() {
        for (tapee, attendue) in [
            ("2/12/26", Some(date(2026, 12, 2))),
            ("02.12.2026", Some(date(2026, 12, 2))),
            ("2026-12-02", Some(date(2026, 12, 2))),
            ("31/02/2026", None),
            ("demain", None),
            ("", None),
        ] {
            let (lue, saisie) = lue(&[("dispositif", "SST.acteur"), ("date_fin", tapee)]);
            assert_eq!(lue.map(|lue| lue.date_fin), attendue, "{tapee}");
            assert_eq!(saisie.est_valide(), attendue.is_some(), "{tapee}");
        }
    }

    #[test]
    fn un_siret_se_refuse_avec_ses_chiffres() {
        for (siret, attendu) in [
            ("812 345 678 0001", Some("13 chiffres ; il en faut 14. Ajoutez le chiffre qui manque")),
            ("8123456780001234", Some("Retirez les 2 chiffres en trop")),
            ("FR 812", Some("autre chose que des chiffres")),
            ("73282932000075", Some("l’un d’eux est inexact")),
            ("732 829 320 00074", None),
        ] {
            let (_, saisie) = lue(&[("siret", siret)]);
            match attendu {
                Some(mots) => assert!(saisie.erreur("siret").is_some_and(|m| m.contains(mots)), "{siret}"),
                None => assert_eq!(saisie.erreur("siret"), None),
            }
        }
    }

    #[test]
    fn la_commune_suit_le_code_postal() {
        for (code, tapee, attendue) in [
            ("49100", "", Some("Angers")),
            ("49100", "ANGERS", Some("Angers")),
            ("49100", "Nantes", Some("Nantes")),
            ("98800", "Nouméa", Some("Nouméa")),
        ] {
            let valeurs = [
                ("dispositif", "SST.acteur"),
                ("date_fin", "2/12/26"),
                ("code_postal", code),
                ("commune", tapee),
            ];
            let (lue, _) = lue(&valeurs);
            assert_eq!(lue.and_then(|lue| lue.lieu.commune).as_deref(), attendue, "{code} {tapee}");
        }
    }

    #[test]
    fn ce_qui_est_lu_se_remplit_a_l_identique() {
        let valeurs = [
            ("dispositif", "PRAP-2S.formateur"),
            ("action", "mac"),
            ("date_debut", "01/12/2026"),
            ("date_fin", "02/12/2026"),
            ("lieu_nom", "Atelier"),
            ("adresse", "14 rue du Port"),
            ("code_postal", "49100"),
            ("commune", "Angers"),
            ("raison_sociale", "Guérin"),
            ("siret", "73282932000074"),
            ("reference", "A-1"),
        ];
        let (lue, saisie) = lue(&valeurs);
        assert!(saisie.est_valide());
        let remplie = remplir(&lue.expect("complete"));
        assert_eq!(remplie.paires().collect::<Vec<_>>(), valeurs);
    }
}
