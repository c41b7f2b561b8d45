//! What deserves a look and stops nothing, in one sentence.

use forprev_domain::refus::Avertissement;

use super::Noms;
use crate::typographie::{date, pluriel};

/// The warning in words.
#[must_use]
pub fn avertissement(point: &Avertissement, noms: Noms<'_>) -> String {
    match point {
        Avertissement::GroupeTropPetit { nombre, minimum } => format!(
            "La session compte {} ; le groupe en compte {minimum} au moins d’ordinaire. Vous pouvez continuer.",
            pluriel(*nombre, "stagiaire", "stagiaires")
        ),
        Avertissement::MacSansCertificatConnu { stagiaire } => format!(
            "Aucun certificat antérieur de {} n’est connu pour ce maintien et actualisation des compétences. Vérifiez qu’il existe.",
            noms.stagiaire(*stagiaire)
        ),
        Avertissement::FormateurSansCertificatActeur { stagiaire } => format!(
            "Aucun certificat en cours de validité de {} n’est connu pour ce dispositif au premier jour. Vérifiez qu’il existe.",
            noms.stagiaire(*stagiaire)
        ),
        Avertissement::AgeInhabituel { stagiaire } => {
            format!(
                "Moins de 16 ans à la date de fin : {}. Vérifiez la date de naissance.",
                noms.stagiaire(*stagiaire)
            )
        }
        Avertissement::HabilitationBientotEchue { fin } => {
            format!("L’habilitation du compte prend fin le {}.", date(*fin))
        }
        Avertissement::QualificationBientotEchue { fin } => {
            format!("La qualification du formateur prend fin le {}.", date(*fin))
        }
        Avertissement::ResultatsAvantLaFin { date_fin } => format!(
            "La session finit le {} : transmis avant, les résultats valent pour la session entière.",
            date(*date_fin)
        ),
    }
}
