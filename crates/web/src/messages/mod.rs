//! The French of refusals and warnings: facts come from the domain, words are here and nowhere else.

mod avertissement;
pub(crate) mod durees;
mod identite;
mod manquement;

pub use avertissement::avertissement;
pub use identite::{champ, faute, nom_courant};
pub use manquement::{information, manquement, remede};

use forprev_domain::dispositif::Niveau;
use forprev_domain::refus::{Avertissement, Manquement, Refus, Reserve};
use forprev_domain::session::{NomEtat, Session};
use forprev_domain::stagiaire::{Stagiaire, StagiaireId};
use serde_json::{Value, json};

use crate::error::Error;

/// The names that a message may need: the lines of the session that it is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Noms<'a> {
    stagiaires: &'a [Stagiaire],
}

impl<'a> Noms<'a> {
    /// The names of a session's trainees.
    #[must_use]
    pub fn de(session: &'a Session) -> Self {
        Self { stagiaires: &session.stagiaires }
    }

    /// « Inês Da Silva », « le 3e stagiaire » when the line has no name yet.
    #[must_use]
    pub fn stagiaire(&self, id: StagiaireId) -> String {
        let Some(rang) = self.stagiaires.iter().position(|s| s.id == id) else {
            return "un stagiaire".to_owned();
        };
        let identite = &self.stagiaires[rang].identite;
        let nom = [identite.prenom.as_ref(), identite.nom_naissance.as_ref()];
        let nom = nom.into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        match (nom.is_empty(), rang) {
            (false, _) => nom,
            (true, 0) => "le 1er stagiaire de la liste".to_owned(),
            (true, _) => format!("le {}e stagiaire de la liste", rang + 1),
        }
    }

    fn stagiaires(&self, ids: &[StagiaireId]) -> String {
        crate::typographie::liste(&ids.iter().map(|id| self.stagiaire(*id)).collect::<Vec<_>>())
    }
}

/// « acteur », « formateur », « formateur de formateurs ».
#[must_use]
pub fn niveau(niveau: Niveau) -> &'static str {
    match niveau {
        Niveau::Acteur => "acteur",
        Niveau::Formateur => "formateur",
        Niveau::FormateurDeFormateurs => "formateur de formateurs",
    }
}

/// « Brouillon », « À traiter »…
#[must_use]
pub fn etat(etat: NomEtat) -> &'static str {
    match etat {
        NomEtat::Brouillon => "Brouillon",
        NomEtat::Soumise => "Soumise",
        NomEtat::Retournee => "Retournée",
        NomEtat::ATraiter => "À traiter",
        NomEtat::Terminee => "Terminée",
    }
}

/// One point as programs read it: `{ regle, code, message, … facts }`.
#[must_use]
pub fn manquement_json(point: &Manquement, noms: Noms<'_>) -> Value {
    let mut objet = json!({
        "regle": point.regle(),
        "code": point.code(),
        "message": format!("{} {}", manquement(point, noms), remede(point, noms)).trim_end(),
    });
    if let (Some(objet), Value::Object(faits)) = (objet.as_object_mut(), faits(point)) {
        objet.extend(faits);
    }
    objet
}

/// One warning as programs read it.
#[must_use]
pub fn avertissement_json(point: &Avertissement, noms: Noms<'_>) -> Value {
    let mut objet = json!({
        "regle": point.regle(),
        "code": point.code(),
        "message": avertissement(point, noms),
    });
    let faits = match point {
        Avertissement::GroupeTropPetit { nombre, minimum } => json!({ "nombre": nombre, "minimum": minimum }),
        Avertissement::MacSansCertificatConnu { stagiaire }
        | Avertissement::FormateurSansCertificatActeur { stagiaire }
        | Avertissement::AgeInhabituel { stagiaire } => json!({ "stagiaire": stagiaire }),
        Avertissement::HabilitationBientotEchue { fin }
        | Avertissement::QualificationBientotEchue { fin } => {
            json!({ "fin": fin })
        }
        Avertissement::ResultatsAvantLaFin { date_fin } => json!({ "date_fin": date_fin }),
    };
    if let (Some(objet), Value::Object(faits)) = (objet.as_object_mut(), faits) {
        objet.extend(faits);
    }
    objet
}

fn faits(point: &Manquement) -> Value {
    match point {
        Manquement::HabilitationInvalide { dispositif, niveau, date_fin, plus_proche } => json!({
            "dispositif": dispositif, "niveau": niveau, "date_fin": date_fin,
            "habilitation": plus_proche.as_ref().map(|p| json!({ "numero": p.numero, "debut": p.debut, "fin": p.fin })),
        }),
        Manquement::FormateurPasAJour { formateur, date_fin, .. } => {
            json!({ "formateur": formateur, "date_fin": date_fin })
        }
        Manquement::HorsDelaiDeSaisie { premier_jour, dernier_jour, .. } => {
            json!({ "premier_jour": premier_jour, "dernier_jour": dernier_jour })
        }
        Manquement::AvantLaDateDeFin { date_fin } => json!({ "date_fin": date_fin }),
        Manquement::AvantLaDateDeDebut { date_debut } => json!({ "date_debut": date_debut }),
        Manquement::TelechargementTermine { dernier_jour } => json!({ "dernier_jour": dernier_jour }),
        Manquement::ResultatsIncomplets { stagiaires } | Manquement::StagiaireEnDouble { stagiaires } => {
            json!({ "stagiaires": stagiaires })
        }
        Manquement::InformationsIncompletes { champs } => {
            json!({ "champs": champs.iter().map(|c| c.code()).collect::<Vec<_>>() })
        }
        Manquement::TropDeStagiaires { nombre, maximum } => json!({ "nombre": nombre, "maximum": maximum }),
        Manquement::FormateurParmiLesStagiaires { stagiaire } => json!({ "stagiaire": stagiaire }),
        Manquement::DatesIncoherentes { date_debut, date_fin } => {
            json!({ "date_debut": date_debut, "date_fin": date_fin })
        }
        Manquement::IdentiteIncomplete { stagiaire, champs } => json!({
            "stagiaire": stagiaire, "champs": champs.iter().map(|c| c.code()).collect::<Vec<_>>(),
        }),
        Manquement::IdentiteInvalide { stagiaire, fautes } => json!({
            "stagiaire": stagiaire, "champs": fautes.iter().map(|(c, _)| c.code()).collect::<Vec<_>>(),
        }),
        Manquement::IdentiteDifferente { numero } => json!({ "numero": numero }),
        Manquement::IdentiteDuRegistre { numero } => json!({ "numero": numero }),
        Manquement::CorrectionReservee { reserve } => match reserve {
            Reserve::TropDEcarts { ecarts } => json!({ "ecarts": ecarts }),
            Reserve::PersonneConnue => json!({}),
        },
        Manquement::DuplicataRefuse
        | Manquement::IdentiteInchangee
        | Manquement::CommentaireRequis
        | Manquement::FormateurAbsent
        | Manquement::AucunStagiaire => json!({}),
    }
}

/// The error of a refusal, in words, about this session.
#[must_use]
pub fn refus(refus: Refus, noms: Noms<'_>) -> Error {
    match refus {
        Refus::PasVotreRole => Error::Forbidden,
        Refus::MauvaisEtat { etat: nom } => Error::Conflict {
            code: "etat_incompatible",
            detail: format!(
                "La session est maintenant dans l’état « {} » : cette action n’y est plus possible. Rechargez la page pour voir où elle en est.",
                etat(nom)
            ),
        },
        Refus::VersionDepassee { actuelle } => Error::Conflict {
            code: "version_depassee",
            detail: format!(
                "La session a été modifiée entre-temps : elle en est à la version {actuelle}. Rechargez-la avant de recommencer ; rien n’a été écrasé."
            ),
        },
        Refus::StagiaireInconnu => Error::NotFound,
        Refus::Manquements(points) => refuse(&points, noms),
    }
}

/// The error of unmet rules, in words.
#[must_use]
pub fn refuse(points: &[Manquement], noms: Noms<'_>) -> Error {
    let detail = match points {
        [seul] => format!("{} {}", manquement(seul, noms), remede(seul, noms)).trim_end().to_owned(),
        _ => format!(
            "{} points s’y opposent. Chacun est expliqué avec ce qui permet de continuer.",
            points.len()
        ),
    };
    Error::Refused {
        code: points.first().map_or("refus", Manquement::code),
        detail,
        manquements: points.iter().map(|point| manquement_json(point, noms)).collect(),
        points: points.to_vec(),
    }
}

/// The error of an act that is the administrateur's, in words.
#[must_use]
pub fn reserve(point: &Manquement) -> Error {
    Error::Reserved {
        code: point.code(),
        detail: format!("{} {}", manquement(point, Noms::default()), remede(point, Noms::default())),
        manquements: vec![manquement_json(point, Noms::default())],
    }
}
