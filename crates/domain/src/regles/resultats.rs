//! R12. « Deux actions possibles : effectuer un retour commenté … ; renseigner les résultats des stagiaires :
//! réussite ou échec. »

use super::Regle;
use crate::refus::Manquement;
use crate::session::Session;

/// R12, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R12",
    phrase: "Deux actions possibles : Effectuer un retour commenté s’il existe une erreur dans la saisie de la session de certification par exemple. Renseigner les résultats des stagiaires : réussite ou échec.",
    sens: "Un retour demande un commentaire non vide. Les résultats s’enregistrent en partie et ne se transmettent que complets ; gardés après un retour ou une reprise, sauf celui d’un stagiaire dont l’identité a changé.",
    fonction: "resultats::resultats_complets",
    codes: &["commentaire_requis", "resultats_incomplets"],
    bornes: &["commentaire fait d’espaces : non", "un stagiaire sans résultat : non"],
};

/// A comment as kept: trimmed; `None` when nothing of it can be read.
#[must_use]
pub fn commentaire(texte: Option<&str>) -> Option<String> {
    texte.map(str::trim).filter(|texte| texte.chars().any(se_lit)).map(ToOwned::to_owned)
}

/// False for spaces and for characters that a pasted text brings along unseen (joiners, marks of direction).
fn se_lit(c: char) -> bool {
    let unseen = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !(unseen || c.is_whitespace() || c.is_control())
}

/// The comment that a return or a sending back needs.
///
/// # Errors
///
/// [`Manquement::CommentaireRequis`] when it is blank.
pub fn commentaire_requis(texte: Option<&str>) -> Result<String, Manquement> {
    commentaire(texte).ok_or(Manquement::CommentaireRequis)
}

/// Refuses to hand over results as long as somebody has none.
///
/// # Errors
///
/// [`Manquement::ResultatsIncomplets`] with the lines that lack one.
pub fn resultats_complets(session: &Session) -> Result<(), Manquement> {
    let sans = session.stagiaires.iter().filter(|s| s.resultat.is_none()).map(|s| s.id).collect::<Vec<_>>();
    if sans.is_empty() { Ok(()) } else { Err(Manquement::ResultatsIncomplets { stagiaires: sans }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_retour_demande_un_commentaire_non_vide() {
        for (texte, attendu) in [
            (None, None),
            (Some(""), None),
            (Some(" \t\n\u{a0}\u{3000}"), None),
            (Some("\u{a0}\u{200b}\n\u{feff}"), None),
            (Some(" ? "), Some("?")),
            (Some("  Il manque Jean. "), Some("Il manque Jean.")),
        ] {
            assert_eq!(commentaire_requis(texte).ok().as_deref(), attendu, "{texte:?}");
        }
    }
}
