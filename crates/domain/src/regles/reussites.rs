//! R13, R18. « Le délégataire ou le gestionnaire vérifie les informations saisies par le formateur et génère
//! les certificats des stagiaires en réussite. »

use jiff::civil::Date;

use super::Regle;
use crate::calendrier::plus_mois;
use crate::dispositif::Niveau;
use crate::numero::Numero;
use crate::session::{Faits, Session};
use crate::stagiaire::StagiaireId;

/// R13, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R13",
    phrase: "Le délégataire ou le gestionnaire vérifie les informations saisies par le formateur et génère les certificats des stagiaires en réussite.",
    sens: "Un certificat pour chaque réussite, aucun pour un échec. Une session où tous ont échoué se clôt sans certificat. Avant de générer, la session peut être renvoyée au formateur avec un commentaire.",
    fonction: "reussites::a_emettre",
    codes: &[],
    bornes: &["9 réussites, 1 échec : 9 certificats", "aucune réussite : session terminée, aucun certificat"],
};

/// R18, for the table of rules.
pub const REGLE_NOUVEAU_FORMATEUR: Regle = Regle {
    numero: "R18",
    phrase: "(décision, suite de R2 et R7)",
    sens: "Générer une session de niveau formateur fait de chaque réussite un formateur : le certificat est la qualification que lit R2. Sans accès encore, il en reçoit un et une invitation.",
    fonction: "reussites::ouvre_un_acces",
    codes: &[],
    bornes: &["niveau acteur : aucun accès ouvert", "niveau formateur : un accès pour chaque réussite"],
};

/// A certificate to issue: what the rules say of it; number and printed record are added when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AEmettre {
    /// For which line.
    pub stagiaire: StagiaireId,
    /// For which person.
    pub titulaire: Numero,
    /// First valid day: the session's last one.
    pub debut: Date,
    /// Last valid day, that day included; `None`: no end.
    pub fin: Option<Date>,
}

/// The certificates to issue: one for each réussite, in the order of the list.
#[must_use]
pub fn a_emettre(session: &Session, faits: &Faits) -> Vec<AEmettre> {
    let debut = session.saisie.date_fin;
    let fin = valable_jusqu_au(session, faits);
    session
        .reussites()
        .filter_map(|stagiaire| {
            Some(AEmettre { stagiaire: stagiaire.id, titulaire: stagiaire.numero.clone()?, debut, fin })
        })
        .collect()
}

/// Last valid day of the certificates of a session, by the catalogue in force on its last day.
#[must_use]
pub fn valable_jusqu_au(session: &Session, faits: &Faits) -> Option<Date> {
    let mois = faits.dispositif.as_ref()?.niveau(session.niveau())?.validite_mois?;
    Some(plus_mois(session.saisie.date_fin, i32::from(mois)))
}

/// True when a réussite of this niveau opens an account to its holder.
#[must_use]
pub fn ouvre_un_acces(niveau: Niveau) -> bool {
    niveau >= Niveau::Formateur
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seule_une_reussite_de_niveau_formateur_ouvre_un_acces() {
        for (niveau, attendu) in
            [(Niveau::Acteur, false), (Niveau::Formateur, true), (Niveau::FormateurDeFormateurs, true)]
        {
            assert_eq!(ouvre_un_acces(niveau), attendu, "{niveau:?}");
        }
    }
}
