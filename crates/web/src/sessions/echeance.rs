//! A deadline in words: what is to be done, until when, how many days are left, what the day after takes away.

use forprev_domain::session::{Attendu, Echeance, Perte};
use jiff::civil::Date;

use super::presentation::court;
use crate::typographie::{capitale, date_chiffree, date_longue, jour_de_semaine, reste};

/// Days from which those that are left are counted in words.
const JOURS_COMPTES: i32 = 7;

/// « Soumettre », « Corriger », « Télécharger »…
pub(crate) fn verbe(attendu: Attendu) -> &'static str {
    match attendu {
        Attendu::Soumission => "Soumettre",
        Attendu::Correction => "Corriger",
        Attendu::Resultats => "Transmettre",
        Attendu::Generation => "Générer",
        Attendu::Telechargement => "Télécharger",
        Attendu::Suppression => "Suppression",
    }
}

/// « jusqu’au 23/11/2026 »; « le 24/11/2026 » for a deletion.
pub(crate) fn en_chiffres(echeance: &Echeance) -> String {
    if echeance.est_passee() {
        return format!("le {}", date_chiffree(echeance.lendemain()));
    }
    format!("jusqu’au {}", date_chiffree(echeance.dernier_jour))
}

/// « Dernier jour demain. », « Plus que 3 jours. »; none when it is far, or when there is nothing left to do.
pub(crate) fn compte_a_rebours(echeance: &Echeance, aujourdhui: Date) -> Option<String> {
    let jours = echeance.jours_restants(aujourdhui);
    let se_compte = !echeance.est_passee() && jours <= JOURS_COMPTES;
    se_compte.then(|| format!("{}.", capitale(&reste(jours))))
}

/// « Plus que 3 jours. », « Dernier jour : le vendredi 20 novembre 2026. »
pub(crate) fn dernier_jour(echeance: &Echeance, aujourdhui: Date) -> String {
    compte_a_rebours(echeance, aujourdhui)
        .unwrap_or_else(|| format!("Dernier jour : le {}.", date_longue(echeance.dernier_jour)))
}

/// « Mercredi », « Le 6 décembre », « Le 20 mai 2027 »: the day that takes away what is lost.
pub(crate) fn lendemain(echeance: &Echeance, aujourdhui: Date) -> String {
    let jour = echeance.lendemain();
    match echeance.jours_restants(aujourdhui) + 1 {
        ..=1 => "Demain".to_owned(),
        2..=6 => capitale(jour_de_semaine(jour)),
        _ => format!("Le {}", court(jour, aujourdhui)),
    }
}

/// « Mercredi, la session sera supprimée. »
pub(crate) fn ensuite(echeance: &Echeance, aujourdhui: Date) -> String {
    let perte = match echeance.perte {
        Perte::Saisie => "la session ne pourra plus être soumise",
        Perte::Session => "la session sera supprimée",
    };
    format!("{}, {perte}.", lendemain(echeance, aujourdhui))
}
