//! Refusals: facts, never sentences. The words are the web's.

use jiff::civil::Date;

use crate::dispositif::{CodeDispositif, Niveau};
use crate::id::StagiaireId;
use crate::identite::{ChampIdentite, FauteIdentite};
use crate::numero::Numero;
use crate::session::{ChampDeSession, NomEtat};

/// Why a move, a reading or an entry is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refus {
    /// Visible, but not this person's to do.
    PasVotreRole,
    /// The state does not allow it.
    MauvaisEtat {
        /// The state that the session is in.
        etat: NomEtat,
    },
    /// Somebody else changed the session since it was read.
    VersionDepassee {
        /// The version that it has now.
        actuelle: i64,
    },
    /// The session has no such trainee.
    StagiaireInconnu,
    /// Rules are not met: all of them at once.
    Manquements(Vec<Manquement>),
}

impl From<Manquement> for Refus {
    fn from(manquement: Manquement) -> Self {
        Self::Manquements(vec![manquement])
    }
}

/// Refuses when anything is missing.
///
/// # Errors
///
/// All that is missing, as [`Refus::Manquements`].
pub fn exiger(manquements: Vec<Manquement>) -> Result<(), Refus> {
    if manquements.is_empty() { Ok(()) } else { Err(Refus::Manquements(manquements)) }
}

/// One rule that is not met, with its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manquement {
    /// R1: no habilitation holds on `date_fin`.
    HabilitationInvalide {
        /// Of the session.
        dispositif: CodeDispositif,
        /// Of the session.
        niveau: Niveau,
        /// The day that counts.
        date_fin: Date,
        /// The one that comes nearest, if the compte ever had one.
        plus_proche: Option<HabilitationProche>,
    },
    /// R2: the declared formateur is not qualified on `date_fin`.
    FormateurPasAJour {
        /// As declared.
        formateur: Numero,
        /// The day that counts.
        date_fin: Date,
        /// Of the session.
        dispositif: CodeDispositif,
    },
    /// R3: too early or too late to enter this session.
    HorsDelaiDeSaisie {
        /// Of the session.
        date_fin: Date,
        /// First possible day.
        premier_jour: Date,
        /// Last possible day.
        dernier_jour: Date,
    },
    /// R4: certificates cannot be generated yet.
    AvantLaDateDeFin {
        /// First possible day.
        date_fin: Date,
    },
    /// R4: results cannot be recorded yet.
    AvantLaDateDeDebut {
        /// First possible day.
        date_debut: Date,
    },
    /// R5, R7: the file is no longer handed out.
    TelechargementTermine {
        /// Last day on which it was.
        dernier_jour: Option<Date>,
    },
    /// R8: no duplicata for the niveau acteur.
    DuplicataRefuse,
    /// R5b: a correction that corrects nothing.
    IdentiteInchangee,
    /// R5b: this correction is the administrateur's to make.
    CorrectionReservee {
        /// Why.
        reserve: Reserve,
    },
    /// R12: a return needs words.
    CommentaireRequis,
    /// R12: some trainees have no result.
    ResultatsIncomplets {
        /// Which ones.
        stagiaires: Vec<StagiaireId>,
    },
    /// R15: session information is missing or wrong.
    InformationsIncompletes {
        /// Which fields.
        champs: Vec<ChampDeSession>,
    },
    /// R15: no formateur is declared.
    FormateurAbsent,
    /// R15: nobody to certify.
    AucunStagiaire,
    /// R15: more than the catalogue's maximum.
    TropDeStagiaires {
        /// How many there are.
        nombre: usize,
        /// How many there may be.
        maximum: u16,
    },
    /// R15: the same person twice.
    StagiaireEnDouble {
        /// The lines, or the one already there when a new one is refused.
        stagiaires: Vec<StagiaireId>,
    },
    /// R15: nobody certifies himself.
    FormateurParmiLesStagiaires {
        /// His line.
        stagiaire: StagiaireId,
    },
    /// R15: the first day comes after the last one.
    DatesIncoherentes {
        /// As entered.
        date_debut: Date,
        /// As entered.
        date_fin: Date,
    },
    /// R16: an identity lacks something.
    IdentiteIncomplete {
        /// Whose line.
        stagiaire: Option<StagiaireId>,
        /// What it lacks.
        champs: Vec<ChampIdentite>,
    },
    /// R16: an identity holds a wrong value.
    IdentiteInvalide {
        /// Whose line, when it exists.
        stagiaire: Option<StagiaireId>,
        /// What is wrong with what.
        fautes: Vec<(ChampIdentite, FauteIdentite)>,
    },
    /// R17: a numéro was given with an identity that is not its person's.
    IdentiteDifferente {
        /// As given.
        numero: String,
    },
    /// R17: this identity is the register's; a session no longer changes it.
    IdentiteDuRegistre {
        /// Whose.
        numero: Numero,
    },
}

/// Why a correction is not the compte's to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserve {
    /// More than a slip of the pen.
    TropDEcarts {
        /// From the identity printed first.
        ecarts: usize,
    },
    /// The person has another certificate, or an activated account.
    PersonneConnue,
}

/// The habilitation that comes nearest to the day that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HabilitationProche {
    /// Number given by the network.
    pub numero: Option<String>,
    /// First valid day.
    pub debut: Date,
    /// Last valid day, a withdrawal apart.
    pub fin: Date,
    /// Withdrawn or suspended on `date_fin`: that, and not its dates, is to be said.
    pub empechement: Option<Empechement>,
}

/// What stops an habilitation within its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empechement {
    /// Withdrawn from that day on.
    Retiree {
        /// First day without it.
        le: Date,
    },
    /// Suspended.
    Suspendue {
        /// First day.
        du: Date,
        /// Last day; `None`: until further notice.
        au: Option<Date>,
    },
}

impl Manquement {
    /// The stable code that outside programs read.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::HabilitationInvalide { .. } => "habilitation_invalide",
            Self::FormateurPasAJour { .. } => "formateur_pas_a_jour",
            Self::HorsDelaiDeSaisie { .. } => "hors_delai_de_saisie",
            Self::AvantLaDateDeFin { .. } => "avant_la_date_de_fin",
            Self::AvantLaDateDeDebut { .. } => "avant_la_date_de_debut",
            Self::TelechargementTermine { .. } => "telechargement_termine",
            Self::DuplicataRefuse => "duplicata_refuse",
            Self::IdentiteInchangee => "identite_inchangee",
            Self::CorrectionReservee { .. } => "correction_reservee",
            Self::CommentaireRequis => "commentaire_requis",
            Self::ResultatsIncomplets { .. } => "resultats_incomplets",
            Self::InformationsIncompletes { .. } => "informations_incompletes",
            Self::FormateurAbsent => "formateur_absent",
            Self::AucunStagiaire => "aucun_stagiaire",
            Self::TropDeStagiaires { .. } => "trop_de_stagiaires",
            Self::StagiaireEnDouble { .. } => "stagiaire_en_double",
            Self::FormateurParmiLesStagiaires { .. } => "formateur_parmi_les_stagiaires",
            Self::DatesIncoherentes { .. } => "dates_incoherentes",
            Self::IdentiteIncomplete { .. } => "identite_incomplete",
            Self::IdentiteInvalide { .. } => "identite_invalide",
            Self::IdentiteDifferente { .. } => "identite_differente",
            Self::IdentiteDuRegistre { .. } => "identite_du_registre",
        }
    }

    /// R17: this numéro, as typed, is not that of the identity given with it; cut to what a sentence bears.
    #[must_use]
    pub fn identite_differente(tape: &str) -> Self {
        Self::IdentiteDifferente { numero: tape.trim().chars().take(20).collect() }
    }

    /// The rule that it comes from.
    #[must_use]
    pub fn regle(&self) -> &'static str {
        match self {
            Self::HabilitationInvalide { .. } => "R1",
            Self::FormateurPasAJour { .. } => "R2",
            Self::HorsDelaiDeSaisie { .. } => "R3",
            Self::AvantLaDateDeFin { .. } | Self::AvantLaDateDeDebut { .. } => "R4",
            Self::TelechargementTermine { .. } => "R5",
            Self::IdentiteInchangee | Self::CorrectionReservee { .. } => "R5b",
            Self::DuplicataRefuse => "R8",
            Self::CommentaireRequis | Self::ResultatsIncomplets { .. } => "R12",
            Self::InformationsIncompletes { .. }
            | Self::FormateurAbsent
            | Self::AucunStagiaire
            | Self::TropDeStagiaires { .. }
            | Self::StagiaireEnDouble { .. }
            | Self::FormateurParmiLesStagiaires { .. }
            | Self::DatesIncoherentes { .. } => "R15",
            Self::IdentiteIncomplete { .. } | Self::IdentiteInvalide { .. } => "R16",
            Self::IdentiteDifferente { .. } | Self::IdentiteDuRegistre { .. } => "R17",
        }
    }
}

/// What deserves a look and stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Avertissement {
    /// R15: fewer trainees than the catalogue's minimum.
    GroupeTropPetit {
        /// How many there are.
        nombre: usize,
        /// How many are expected.
        minimum: u16,
    },
    /// The catalogue expects an earlier certificate of the dispositif, even expired.
    MacSansCertificatConnu {
        /// Whose line.
        stagiaire: StagiaireId,
    },
    /// The catalogue expects a certificate of niveau acteur valid on `date_debut`.
    FormateurSansCertificatActeur {
        /// Whose line.
        stagiaire: StagiaireId,
    },
    /// Younger than sixteen on `date_fin`.
    AgeInhabituel {
        /// Whose line.
        stagiaire: StagiaireId,
    },
    /// The habilitation holds, and ends soon.
    HabilitationBientotEchue {
        /// Its last day.
        fin: Date,
    },
    /// The qualification of the formateur holds, and ends soon.
    QualificationBientotEchue {
        /// Its last day.
        fin: Date,
    },
    /// Results would be handed over before the session's last day (R4).
    ResultatsAvantLaFin {
        /// The session's last day.
        date_fin: Date,
    },
}

impl Avertissement {
    /// The stable code that outside programs read.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::GroupeTropPetit { .. } => "groupe_trop_petit",
            Self::MacSansCertificatConnu { .. } => "mac_sans_certificat_connu",
            Self::FormateurSansCertificatActeur { .. } => "formateur_sans_certificat_acteur",
            Self::AgeInhabituel { .. } => "age_inhabituel",
            Self::HabilitationBientotEchue { .. } => "habilitation_bientot_echue",
            Self::QualificationBientotEchue { .. } => "qualification_bientot_echue",
            Self::ResultatsAvantLaFin { .. } => "resultats_avant_la_fin",
        }
    }

    /// The rule that it comes from.
    #[must_use]
    pub fn regle(&self) -> &'static str {
        match self {
            Self::GroupeTropPetit { .. }
            | Self::MacSansCertificatConnu { .. }
            | Self::FormateurSansCertificatActeur { .. } => "R15",
            Self::AgeInhabituel { .. } => "R16",
            Self::HabilitationBientotEchue { .. } => "R1",
            Self::QualificationBientotEchue { .. } => "R2",
            Self::ResultatsAvantLaFin { .. } => "R4",
        }
    }
}
