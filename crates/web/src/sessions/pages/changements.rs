//! What was corrected between two submissions, in words: old value, new value.

use forprev_domain::dispositif::Niveau;
use forprev_domain::evenement::Changement;
use forprev_domain::identite::ChampIdentite;
use forprev_domain::session::{Action, ChampDeSession};
use jiff::civil::Date;

use crate::messages;
use crate::sessions::presentation;
use crate::typographie::{capitale, date};

/// One correction, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Corrige {
    /// « Nom de naissance d’Adjoua N’GUESSAN »
    pub(super) quoi: String,
    pub(super) avant: Option<String>,
    pub(super) apres: Option<String>,
}

/// The correction in words.
pub(super) fn corrige(changement: &Changement) -> Corrige {
    let nom = changement.stagiaire.as_ref().map(|cite| cite.nom.as_str()).filter(|nom| !nom.is_empty());
    let quoi = match (changement.champ.as_str(), &changement.avant, &changement.apres) {
        ("stagiaire", None, Some(_)) => "Stagiaire ajouté".to_owned(),
        ("stagiaire", ..) => "Stagiaire retiré".to_owned(),
        (champ, ..) => match nom {
            Some(nom) => format!("{} ({nom})", libelle(champ)),
            None => libelle(champ).to_owned(),
        },
    };
    let valeur = |texte: &Option<String>| texte.as_deref().map(|texte| en_clair(&changement.champ, texte));
    Corrige { quoi, avant: valeur(&changement.avant), apres: valeur(&changement.apres) }
}

/// What a field is called on the page; a code that a later version wrote stays as it is.
fn libelle(champ: &str) -> &str {
    match (ChampDeSession::from_code(champ), ChampIdentite::from_code(champ)) {
        (Some(connu), _) => information(connu),
        (None, Some(connu)) => identite(connu),
        (None, None) => champ,
    }
}

fn information(champ: ChampDeSession) -> &'static str {
    match champ {
        ChampDeSession::Compte => "Compte",
        ChampDeSession::Dispositif => "Dispositif",
        ChampDeSession::Niveau => "Niveau",
        ChampDeSession::Action => "Type d’action",
        ChampDeSession::DateDebut => "Date de début",
        ChampDeSession::DateFin => "Date de fin",
        ChampDeSession::NomDuSite => "Nom du site",
        ChampDeSession::Adresse => "Adresse",
        ChampDeSession::CodePostal => "Code postal",
        ChampDeSession::Commune => "Commune",
        ChampDeSession::RaisonSociale => "Entreprise cliente",
        ChampDeSession::Siret => "SIRET de l’entreprise cliente",
        ChampDeSession::Reference => "Référence",
    }
}

fn identite(champ: ChampIdentite) -> &'static str {
    match champ {
        ChampIdentite::Civilite => "Civilité",
        ChampIdentite::NomNaissance => "Nom de naissance",
        ChampIdentite::NomUsage => "Nom d’usage",
        ChampIdentite::Prenom => "Prénom",
        ChampIdentite::DateNaissance => "Date de naissance",
        ChampIdentite::Email => "Adresse électronique",
        ChampIdentite::Numero => "Numéro FORPREV",
    }
}

fn en_clair(champ: &str, valeur: &str) -> String {
    match champ {
        "date_debut" | "date_fin" | "date_naissance" => {
            valeur.parse::<Date>().map_or_else(|_| valeur.to_owned(), date)
        }
        "niveau" => {
            Niveau::from_code(valeur).map_or_else(|| valeur.to_owned(), |n| messages::niveau(n).to_owned())
        }
        "action" => {
            Action::from_code(valeur).map_or_else(|| valeur.to_owned(), |a| capitale(presentation::action(a)))
        }
        _ => valeur.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use forprev_domain::evenement::StagiaireCite;

    use super::*;

    #[test]
    fn une_correction_se_lit_avec_ses_deux_valeurs() {
        let cite = StagiaireCite { id: uuid::Uuid::nil(), nom: "Inês DA SILVA".to_owned() };
        for (champ, stagiaire, avant, apres, attendu) in [
            (
                "date_fin",
                None,
                Some("2026-11-20"),
                Some("2026-11-21"),
                ("Date de fin", Some("20 novembre 2026"), Some("21 novembre 2026")),
            ),
            ("action", None, None, Some("mac"), ("Type d’action", None, Some("MAC"))),
            (
                "prenom",
                Some(&cite),
                Some("Ines"),
                Some("Inês"),
                ("Prénom (Inês DA SILVA)", Some("Ines"), Some("Inês")),
            ),
            (
                "stagiaire",
                Some(&cite),
                None,
                Some("Inês DA SILVA"),
                ("Stagiaire ajouté", None, Some("Inês DA SILVA")),
            ),
            (
                "stagiaire",
                Some(&cite),
                Some("Inês DA SILVA"),
                None,
                ("Stagiaire retiré", Some("Inês DA SILVA"), None),
            ),
        ] {
            let changement = Changement {
                champ: champ.to_owned(),
                stagiaire: stagiaire.cloned(),
                avant: avant.map(str::to_owned),
                apres: apres.map(str::to_owned),
            };
            let lu = corrige(&changement);
            let nu = |texte: &Option<String>| texte.as_ref().map(|texte| texte.replace('\u{a0}', " "));
            assert_eq!((lu.quoi.as_str(), nu(&lu.avant).as_deref(), nu(&lu.apres).as_deref()), attendu);
        }
    }
}
