//! The history of a session as a thread, latest first.

use askama::Template;
use forprev_domain::evenement::{Evenement, Quoi};

use super::changements::{Corrige, corrige};
use crate::sessions::presentation::Gens;
use crate::typographie::{capitale, instant};

/// Reasons of a return among which the formateur chooses; the first line of his comment.
pub(super) const MOTIFS: [&str; 4] =
    ["Dates ou lieu inexacts", "Identité à vérifier", "Stagiaire absent ou en trop", "Autre raison"];

/// One line of the thread.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Trait {
    qui: String,
    fait: String,
    motif: Option<String>,
    datetime: String,
    quand: String,
    commentaire: Option<String>,
    corriges: Vec<Corrige>,
}

/// The thread of moves and comments.
#[derive(Debug, Clone, Template)]
#[template(path = "sessions/pages/histoire.html")]
pub(super) struct Histoire {
    traits: Vec<Trait>,
}

impl askama::filters::HtmlSafe for Histoire {}

impl Histoire {
    /// The thread of these events, given oldest first; changes that follow one another are one line.
    pub(super) fn new(historique: &[Evenement], gens: &Gens, formateur: &str) -> Self {
        let mut groupes: Vec<(&Evenement, usize)> = Vec::new();
        for evenement in historique {
            match groupes.last_mut() {
                Some((dernier, fois))
                    if dernier.quoi == Quoi::Modifiee
                        && evenement.quoi == Quoi::Modifiee
                        && dernier.par == evenement.par =>
                {
                    *dernier = evenement;
                    *fois += 1;
                }
                _ => groupes.push((evenement, 1)),
            }
        }
        let traits =
            groupes.iter().rev().map(|(evenement, fois)| un_trait(evenement, *fois, gens, formateur));
        Self { traits: traits.collect() }
    }
}

fn un_trait(evenement: &Evenement, fois: usize, gens: &Gens, formateur: &str) -> Trait {
    let (motif, commentaire) = match (&evenement.commentaire, evenement.quoi) {
        (Some(texte), Quoi::Retournee) => motif_et_texte(texte),
        (Some(texte), _) => (None, Some(texte.clone())),
        (None, _) => (None, None),
    };
    Trait {
        qui: gens.nom(&evenement.par),
        fait: fait(evenement, fois, formateur),
        motif: motif.map(str::to_lowercase),
        datetime: evenement.le.to_string(),
        quand: capitale(&instant(evenement.le)),
        commentaire,
        corriges: evenement.changements.iter().map(corrige).collect(),
    }
}

fn fait(evenement: &Evenement, fois: usize, formateur: &str) -> String {
    match evenement.quoi {
        Quoi::Creee => "a déclaré la session".to_owned(),
        Quoi::Modifiee if fois == 1 => "a modifié la session".to_owned(),
        Quoi::Modifiee => format!("a modifié la session, {fois} fois"),
        Quoi::Soumise if evenement.changements.is_empty() => format!("a soumis la session à {formateur}"),
        Quoi::Soumise => "a soumis à nouveau la session, après correction".to_owned(),
        Quoi::Reprise => "a repris la session, redevenue un brouillon".to_owned(),
        Quoi::Retournee => "a retourné la session".to_owned(),
        Quoi::ResultatsTransmis => "a transmis les résultats".to_owned(),
        Quoi::Renvoyee => "a renvoyé la session au formateur".to_owned(),
        Quoi::CertificatsGeneres => "a généré les certificats".to_owned(),
    }
}

/// The reason that a return begins with, and the words after it.
pub(crate) fn motif_et_texte(commentaire: &str) -> (Option<&'static str>, Option<String>) {
    let (ligne, reste) = commentaire.split_once('\n').unwrap_or((commentaire, ""));
    match MOTIFS.into_iter().find(|motif| *motif == ligne.trim()) {
        Some(motif) => (Some(motif), Some(reste.trim().to_owned()).filter(|texte| !texte.is_empty())),
        None => (None, Some(commentaire.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use forprev_domain::numero::Numero;

    use super::*;

    fn evenement(quoi: Quoi, par: &str, minute: i8, commentaire: Option<&str>) -> Evenement {
        Evenement {
            le: format!("2026-11-09T14:{minute:02}:00Z").parse().expect("an instant"),
            par: Numero::parse(par).expect("a number"),
            quoi,
            commentaire: commentaire.map(str::to_owned),
            changements: Vec::new(),
        }
    }

    #[test]
    fn les_modifications_qui_se_suivent_ne_font_qu_une_ligne() {
        let historique = [
            evenement(Quoi::Creee, "ABC00001", 0, None),
            evenement(Quoi::Modifiee, "ABC00001", 1, None),
            evenement(Quoi::Modifiee, "ABC00001", 2, None),
            evenement(Quoi::Modifiee, "ABC00002", 3, None),
            evenement(Quoi::Soumise, "ABC00001", 4, Some("Merci")),
            evenement(Quoi::Retournee, "ABC00003", 5, Some("Identité à vérifier\nAvec un accent ?")),
        ];
        let histoire = Histoire::new(&historique, &Gens::default(), "Karim Benali");
        let lignes: Vec<_> = histoire.traits.iter().map(|t| (t.qui.as_str(), t.fait.as_str())).collect();
        assert_eq!(
            lignes,
            [
                ("ABC00003", "a retourné la session"),
                ("ABC00001", "a soumis la session à Karim Benali"),
                ("ABC00002", "a modifié la session"),
                ("ABC00001", "a modifié la session, 2 fois"),
                ("ABC00001", "a déclaré la session"),
            ]
        );
        assert_eq!(histoire.traits[0].motif.as_deref(), Some("identité à vérifier"));
        assert_eq!(histoire.traits[0].commentaire.as_deref(), Some("Avec un accent ?"));
        assert_eq!(histoire.traits[1].commentaire.as_deref(), Some("Merci"));
    }
}
