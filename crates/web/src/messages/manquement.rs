//! Each unmet rule in one sentence with its facts, and what would mend it.

use forprev_domain::calendrier::jours_entre;
use forprev_domain::refus::{Empechement, HabilitationProche, Manquement, Reserve};
use forprev_domain::regles::correction::ECARTS_DU_COMPTE;
use forprev_domain::session::ChampDeSession;
use jiff::civil::Date;

use super::{Noms, champ, faute, niveau};
use crate::messages::durees;
use crate::typographie::{accord, capitale, date, date_longue, liste, pluriel};

/// The fact: which rule is not met, with its dates and names.
#[must_use]
pub fn manquement(point: &Manquement, noms: Noms<'_>) -> String {
    match point {
        Manquement::HabilitationInvalide { dispositif, niveau: n, date_fin, plus_proche } => {
            habilitation(&format!("{dispositif} {}", niveau(*n)), *date_fin, plus_proche.as_ref())
        }
        Manquement::FormateurPasAJour { formateur, date_fin, dispositif } => format!(
            "Le numéro {formateur} n’est pas celui d’un formateur {dispositif} à jour de sa qualification le {}, jour de fin de la session.",
            date(*date_fin)
        ),
        Manquement::HorsDelaiDeSaisie { date_fin, premier_jour, dernier_jour } => format!(
            "Une session se saisit de {delai} avant à {delai} après sa date de fin. Pour une fin le {} : du {} au {}.",
            date(*date_fin), date(*premier_jour), date(*dernier_jour), delai = durees::de_saisie()
        ),
        Manquement::AvantLaDateDeFin { date_fin } => {
            format!("Les certificats se génèrent à partir de la date de fin de la session, le {}.", date_longue(*date_fin))
        }
        Manquement::AvantLaDateDeDebut { date_debut } => {
            format!("Les résultats s’enregistrent à partir de la date de début de la session, le {}.", date_longue(*date_debut))
        }
        Manquement::TelechargementTermine { dernier_jour } => match dernier_jour {
            Some(jour) => format!("Ce certificat se téléchargeait jusqu’au {}.", date(*jour)),
            None => "Ce certificat ne se télécharge plus.".to_owned(),
        },
        Manquement::DuplicataRefuse => {
            "Aucun duplicata n’est délivré pour le niveau acteur : le téléchargement a pris fin avec la session.".to_owned()
        }
        Manquement::IdentiteInchangee => "Cette identité est déjà celle du certificat.".to_owned(),
        Manquement::CorrectionReservee { reserve: Reserve::TropDEcarts { ecarts } } => format!(
            "Cette correction change {ecarts} lettres ou chiffres depuis la première identité imprimée : au-delà de {ECARTS_DU_COMPTE}, elle revient à l’administrateur du réseau."
        ),
        Manquement::CorrectionReservee { reserve: Reserve::PersonneConnue } => {
            "Cette personne a un autre certificat ou un accès activé : son identité ne se corrige que par l’administrateur du réseau.".to_owned()
        }
        Manquement::CommentaireRequis => "Un commentaire est nécessaire : la personne qui reçoit la session doit savoir pourquoi.".to_owned(),
        Manquement::ResultatsIncomplets { stagiaires } => match stagiaires.as_slice() {
            [] => "Le formateur n’a pas encore indiqué tous les résultats.".to_owned(),
            [seul] => format!("Il manque le résultat de {}.", noms.stagiaire(*seul)),
            plusieurs => format!("Il manque {} résultats : {}.", plusieurs.len(), noms.stagiaires(plusieurs)),
        },
        Manquement::InformationsIncompletes { champs } => {
            let noms = champs.iter().map(|champ| information(*champ)).collect::<Vec<_>>();
            format!("Les informations de session sont incomplètes ou inexactes : {}.", liste(&noms))
        }
        Manquement::FormateurAbsent => "Aucun formateur n’est indiqué.".to_owned(),
        Manquement::AucunStagiaire => "Aucun stagiaire n’est inscrit.".to_owned(),
        Manquement::TropDeStagiaires { nombre, maximum } => format!(
            "La session compte {} ; le maximum est de {maximum}.",
            pluriel(*nombre, "stagiaire", "stagiaires")
        ),
        Manquement::StagiaireEnDouble { stagiaires } => {
            let qui = stagiaires.first().map_or_else(|| "La même personne".to_owned(), |id| capitale(&noms.stagiaire(*id)));
            format!("{qui} figure deux fois dans la session, ou y est déjà.")
        }
        Manquement::FormateurParmiLesStagiaires { stagiaire } => {
            format!("{} est à la fois le formateur et un stagiaire de la session.", capitale(&noms.stagiaire(*stagiaire)))
        }
        Manquement::DatesIncoherentes { date_debut, date_fin } => format!(
            "La session commence le {}, après sa date de fin, le {}.",
            date(*date_debut), date(*date_fin)
        ),
        Manquement::IdentiteIncomplete { stagiaire, champs } => {
            let champs = champs.iter().map(|c| champ(*c)).collect::<Vec<_>>();
            match stagiaire {
                Some(id) => format!("Il manque pour {} : {}.", noms.stagiaire(*id), liste(&champs)),
                None => format!("Il manque : {}.", liste(&champs)),
            }
        }
        Manquement::IdentiteInvalide { fautes, .. } => {
            fautes.iter().map(|(c, f)| faute(*c, f)).collect::<Vec<_>>().join(" ")
        }
        Manquement::IdentiteDifferente { numero } => {
            format!("Le numéro {numero} n’est pas celui de la personne saisie : nom, prénom et date de naissance ne s’accordent pas.")
        }
        Manquement::IdentiteDuRegistre { numero } => format!(
            "L’identité de {numero} est celle du registre : cette personne a un certificat, un accès ou figure dans une autre session, qui porteraient alors un autre nom."
        ),
    }
}

/// What would mend it; empty when nothing would.
#[must_use]
pub fn remede(point: &Manquement, noms: Noms<'_>) -> String {
    match point {
        Manquement::HabilitationInvalide { plus_proche, .. } => match plus_proche {
            Some(proche) if proche.empechement.is_none() => format!(
                "Choisissez une date de fin entre le {} et le {}, ou attendez que le réseau enregistre le renouvellement.",
                date(proche.debut), date(proche.fin)
            ),
            Some(_) => "Écrivez au réseau : dès que l’habilitation sera rétablie, ce point disparaîtra.".to_owned(),
            None => "Choisissez un dispositif et un niveau pour lesquels votre compte est habilité, ou écrivez au réseau.".to_owned(),
        },
        Manquement::FormateurPasAJour { .. } => {
            "Vérifiez le numéro, choisissez un autre formateur, ou une date de fin où sa qualification est valide.".to_owned()
        }
        Manquement::HorsDelaiDeSaisie { .. } => {
            "Changez la date de fin si elle est inexacte ; hors de cette période, la session ne se saisit pas.".to_owned()
        }
        Manquement::AvantLaDateDeFin { .. } | Manquement::AvantLaDateDeDebut { .. } => "Revenez ce jour-là.".to_owned(),
        Manquement::IdentiteInchangee => "Corrigez au moins une lettre ou un chiffre.".to_owned(),
        Manquement::CorrectionReservee { .. } => {
            "Écrivez-lui avec le numéro du certificat et la bonne identité.".to_owned()
        }
        Manquement::CommentaireRequis => "Écrivez-le, puis recommencez.".to_owned(),
        Manquement::ResultatsIncomplets { .. } => "Indiquez réussite ou échec pour chacun, puis transmettez.".to_owned(),
        Manquement::InformationsIncompletes { .. } | Manquement::IdentiteIncomplete { .. } => "Complétez, puis recommencez.".to_owned(),
        Manquement::FormateurAbsent => "Indiquez son numéro FORPREV à l’étape « Formateur animateur ».".to_owned(),
        Manquement::AucunStagiaire => "Ajoutez au moins une personne à l’étape « Stagiaires ».".to_owned(),
        Manquement::TropDeStagiaires { nombre, maximum } => {
            let trop = nombre.saturating_sub(usize::from(*maximum));
            format!("Retirez {} ou déclarez une seconde session.", pluriel(trop, "stagiaire", "stagiaires"))
        }
        Manquement::StagiaireEnDouble { .. } => "Gardez une seule ligne pour cette personne.".to_owned(),
        Manquement::FormateurParmiLesStagiaires { stagiaire } => {
            format!("Indiquez un autre formateur, ou retirez {} de la liste.", noms.stagiaire(*stagiaire))
        }
        Manquement::DatesIncoherentes { .. } => "Corrigez l’une des deux dates ; une session d’un seul jour commence et finit le même jour.".to_owned(),
        Manquement::IdentiteDifferente { .. } => {
            "Vérifiez le numéro, ou retirez-le : les personnes connues qui ressemblent à celle-ci vous seront proposées.".to_owned()
        }
        Manquement::IdentiteDuRegistre { .. } => {
            "La personne elle-même ou l’administrateur du réseau peut corriger ; s’il s’agit de quelqu’un d’autre, retirez la ligne et ajoutez cette personne.".to_owned()
        }
        Manquement::TelechargementTermine { .. } | Manquement::DuplicataRefuse | Manquement::IdentiteInvalide { .. } => String::new(),
    }
}

fn habilitation(quoi: &str, date_fin: Date, plus_proche: Option<&HabilitationProche>) -> String {
    let Some(proche) = plus_proche else {
        return format!(
            "Le compte n’a pas d’habilitation {quoi} : il en faut une valide le {}, jour de fin de la session.",
            date(date_fin)
        );
    };
    let numero = proche.numero.as_ref().map(|n| format!(" n° {n}")).unwrap_or_default();
    match proche.empechement {
        Some(Empechement::Retiree { le }) => {
            format!(
                "L’habilitation {quoi}{numero} a été retirée le {} ; la session finit le {}.",
                date(le),
                date(date_fin)
            )
        }
        Some(Empechement::Suspendue { du, au: Some(au) }) => format!(
            "L’habilitation {quoi}{numero} est suspendue du {} au {} ; la session finit le {}.",
            date(du),
            date(au),
            date(date_fin)
        ),
        Some(Empechement::Suspendue { du, au: None }) => {
            format!(
                "L’habilitation {quoi}{numero} est suspendue depuis le {} ; la session finit le {}.",
                date(du),
                date(date_fin)
            )
        }
        None => {
            let (ecart, sens) = if proche.fin < date_fin {
                (jours_entre(proche.fin, date_fin), "plus tard")
            } else {
                (jours_entre(date_fin, proche.debut), "plus tôt")
            };
            format!(
                "L’habilitation {quoi}{numero} va du {} au {}. La session finit {ecart} {} {sens}, le {}.",
                date(proche.debut),
                date(proche.fin),
                accord(ecart.unsigned_abs() as usize, "jour", "jours"),
                date(date_fin)
            )
        }
    }
}

/// « le type d’action », « la date de début »… for a piece of information of a session.
#[must_use]
pub fn information(champ: ChampDeSession) -> &'static str {
    match champ {
        ChampDeSession::Compte => "le compte",
        ChampDeSession::Dispositif => {
            "le dispositif (à prendre dans le catalogue en vigueur à la date de fin)"
        }
        ChampDeSession::Niveau => "le niveau (à prendre parmi ceux du dispositif à la date de fin)",
        ChampDeSession::Action => "le type d’action",
        ChampDeSession::DateDebut => "la date de début",
        ChampDeSession::DateFin => "la date de fin",
        ChampDeSession::NomDuSite => "le nom du site",
        ChampDeSession::Adresse => "l’adresse",
        ChampDeSession::CodePostal => "le code postal (cinq chiffres)",
        ChampDeSession::Commune => "la commune",
        ChampDeSession::RaisonSociale => "la raison sociale de l’entreprise cliente",
        ChampDeSession::Siret => "le SIRET de l’entreprise cliente (14 chiffres)",
        ChampDeSession::Reference => "la référence",
    }
}
