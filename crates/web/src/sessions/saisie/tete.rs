//! The top of each step: title, what the formateur asked for, what was just done, the stepper.

use askama::Template;
use forprev_domain::refus::Manquement;

use super::conflit::Conflit;
use super::dossier::Dossier;
use crate::layout::composants::{EtapeDeRelais, Relais};
use crate::sessions::presentation::titre_dates_et_lieu;
use crate::typographie::{accord, capitale, instant};

/// A step of the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Etape {
    Informations,
    Formateur,
    Stagiaires,
    Recapitulatif,
}

impl Etape {
    /// The step that mends a point.
    pub(super) fn de(point: &Manquement) -> Self {
        match point {
            Manquement::FormateurPasAJour { .. } | Manquement::FormateurAbsent => Self::Formateur,
            Manquement::AucunStagiaire
            | Manquement::TropDeStagiaires { .. }
            | Manquement::StagiaireEnDouble { .. }
            | Manquement::FormateurParmiLesStagiaires { .. }
            | Manquement::IdentiteIncomplete { .. }
            | Manquement::IdentiteInvalide { .. }
            | Manquement::IdentiteDifferente { .. }
            | Manquement::IdentiteDuRegistre { .. } => Self::Stagiaires,
            Manquement::HabilitationInvalide { .. }
            | Manquement::HorsDelaiDeSaisie { .. }
            | Manquement::InformationsIncompletes { .. }
            | Manquement::DatesIncoherentes { .. } => Self::Informations,
            Manquement::AvantLaDateDeFin { .. }
            | Manquement::AvantLaDateDeDebut { .. }
            | Manquement::TelechargementTermine { .. }
            | Manquement::DuplicataRefuse
            | Manquement::CommentaireRequis
            | Manquement::IdentiteInchangee
            | Manquement::CorrectionReservee { .. }
            | Manquement::ResultatsIncomplets { .. } => Self::Recapitulatif,
        }
    }

    /// Its words in the stepper.
    pub(super) fn nom(self) -> &'static str {
        match self {
            Self::Informations => "Informations de session",
            Self::Formateur => "Formateur animateur",
            Self::Stagiaires => "Stagiaires",
            Self::Recapitulatif => "Récapitulatif",
        }
    }

    /// « Étape 2 sur 3 : Formateur animateur »; the récapitulatif is none of the three.
    pub(super) fn titre(self) -> String {
        match self {
            Self::Informations => format!("Étape 1 sur 3 : {}", self.nom()),
            Self::Formateur => format!("Étape 2 sur 3 : {}", self.nom()),
            Self::Stagiaires => format!("Étape 3 sur 3 : {}", self.nom()),
            Self::Recapitulatif => self.nom().to_owned(),
        }
    }

    fn chemin(self) -> &'static str {
        match self {
            Self::Informations => "informations",
            Self::Formateur => "formateur",
            Self::Stagiaires => "stagiaires",
            Self::Recapitulatif => "recapitulatif",
        }
    }
}

struct Retour {
    qui: String,
    mots: String,
    quand: String,
}

/// The top of a step.
#[derive(Template)]
#[template(path = "sessions/saisie/tete.html")]
pub(super) struct Tete {
    h1: String,
    sous_titre: String,
    fait: Option<String>,
    retour: Option<Retour>,
    conflit: Option<Conflit>,
    relais: Relais,
}

impl askama::filters::HtmlSafe for Tete {}

impl Tete {
    /// Of a session that is not saved yet.
    pub(super) fn nouvelle(en_erreur: bool) -> Self {
        let premiere = EtapeDeRelais::courante(Etape::Informations.nom());
        let suivantes = [Etape::Formateur, Etape::Stagiaires];
        let mut etapes = vec![premiere.ligne(if en_erreur { "à corriger" } else { "à remplir" })];
        etapes.extend(suivantes.map(|etape| EtapeDeRelais::a_venir(etape.nom()).ligne("à faire")));
        etapes.push(EtapeDeRelais::a_venir(Etape::Recapitulatif.nom()).ligne("puis soumettre"));
        Self {
            h1: "Nouvelle session".to_owned(),
            sous_titre: Etape::Informations.titre(),
            fait: None,
            retour: None,
            conflit: None,
            relais: Relais::etapes("Étapes de la déclaration", etapes),
        }
    }

    /// Of a step of this session; `en_erreur` when what was just typed is refused.
    pub(super) fn de(dossier: &Dossier, ici: Etape, en_erreur: bool) -> Self {
        let session = &dossier.session;
        let quoi = titre_dates_et_lieu(&session.saisie);
        let sous_titre = match ici {
            Etape::Recapitulatif => format!("Session {} : {quoi}", session.numero),
            etape => format!("{}. {quoi}", etape.titre().split(" : ").next().unwrap_or_default()),
        };
        let retour = dossier.retour().map(|retour| Retour {
            qui: dossier.gens.nom(&retour.par),
            mots: retour.commentaire.clone().unwrap_or_default(),
            quand: capitale(&instant(retour.le)),
        });
        Self {
            h1: ici.nom().to_owned(),
            sous_titre,
            fait: None,
            retour,
            conflit: None,
            relais: Relais::etapes("Étapes de la déclaration", etapes(dossier, ici, en_erreur)),
        }
    }

    /// With the title of a page of one trainee.
    pub(super) fn h1(mut self, h1: String) -> Self {
        self.h1 = h1;
        self
    }

    /// With what was just done, in words.
    pub(super) fn fait(mut self, mots: Option<String>) -> Self {
        self.fait = mots;
        self
    }

    /// With what somebody else saved meanwhile.
    pub(super) fn conflit(mut self, conflit: Option<Conflit>) -> Self {
        self.conflit = conflit;
        self
    }
}

fn etapes(dossier: &Dossier, ici: Etape, en_erreur: bool) -> Vec<EtapeDeRelais> {
    let toutes = [Etape::Informations, Etape::Formateur, Etape::Stagiaires, Etape::Recapitulatif];
    toutes.into_iter().map(|etape| une(dossier, etape, ici, en_erreur)).collect()
}

fn une(dossier: &Dossier, etape: Etape, ici: Etape, en_erreur: bool) -> EtapeDeRelais {
    let (mots, en_defaut, faite) = etat(dossier, etape);
    if etape == ici {
        let mots = if en_erreur { "à corriger".to_owned() } else { mots };
        return EtapeDeRelais::courante(etape.nom()).ligne(mots);
    }
    let rendue = match (en_defaut, faite) {
        (true, _) => EtapeDeRelais::en_defaut(etape.nom()),
        (false, true) => EtapeDeRelais::faite(etape.nom()),
        (false, false) => EtapeDeRelais::a_venir(etape.nom()),
    };
    rendue.vers(dossier.adresse(etape.chemin())).ligne(mots)
}

/// Its words, whether something is wrong with it, whether it is done.
fn etat(dossier: &Dossier, etape: Etape) -> (String, bool, bool) {
    let points: Vec<&Manquement> = dossier.points_de(etape).collect();
    let corriger = || ("à corriger".to_owned(), true, false);
    match etape {
        Etape::Informations => match points.as_slice() {
            [] => ("enregistrées".to_owned(), false, true),
            [Manquement::InformationsIncompletes { .. }] => ("à compléter".to_owned(), false, false),
            _ => corriger(),
        },
        Etape::Formateur if dossier.session.saisie.formateur.is_none() => {
            ("à faire".to_owned(), false, false)
        }
        Etape::Formateur => match (points.is_empty(), dossier.nom_du_formateur()) {
            (true, Some(nom)) => (nom, false, true),
            _ => corriger(),
        },
        Etape::Stagiaires => {
            let nombre = dossier.session.stagiaires.len();
            let ajoutes = format!("{nombre} {}", accord(nombre, "ajouté", "ajoutés"));
            let incomplets =
                points.iter().filter(|point| matches!(point, Manquement::IdentiteIncomplete { .. })).count();
            match (nombre, points.len()) {
                (0, _) => ("à faire".to_owned(), false, false),
                (_, 0) => (ajoutes, false, true),
                (_, n) if n == incomplets => (format!("{ajoutes}, {n} à compléter"), true, false),
                _ => (format!("{ajoutes}, à corriger"), true, false),
            }
        }
        Etape::Recapitulatif => ("puis soumettre".to_owned(), false, false),
    }
}
