//! The certificate: its entry in the register and all that is printed on it.

mod edition;
mod enonce;

pub use edition::Edition;
pub use enonce::{Enonce, IdDeCle};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::compte::CompteId;
use crate::dispositif::{CodeDispositif, Niveau};
use crate::formateur::Qualification;
use crate::id::{SessionId, StagiaireId};
use crate::identite::{Civilite, Identite, Nom};
use crate::numero::{Numero, NumeroCertificat};
use crate::session::Action;
use crate::theme::{Couleur, Logo};

/// All that is printed on a certificate, as printed: the one source of its file.
///
/// The same record gives the same bytes for ever. It is kept as long as the file may be
/// handed out (rules R5, R7) and erased after (R6b, R8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprime {
    /// Edition of the drawing; a record of before there were any is of the first one.
    #[serde(default)]
    pub edition: Edition,
    /// Number of the certificate, in its printed form `SST-A-26-7F3K9-QXMW2`.
    pub numero_certificat: String,
    /// Name of the issuing service, printed at the head of the page.
    pub service: String,
    /// True in the demonstration and as long as the operator has not named the issuing service:
    /// « SPÉCIMEN – sans valeur » stands across the page.
    pub specimen: bool,
    /// Code of the dispositif: `SST`.
    pub dispositif: String,
    /// Label of the dispositif: « Sauveteur secouriste du travail ».
    pub libelle: String,
    /// Niveau certified.
    pub niveau: Niveau,
    /// Printed when given.
    pub civilite: Option<Civilite>,
    /// Given names, as typed.
    pub prenom: String,
    /// Birth name, as typed.
    pub nom_naissance: String,
    /// Usage name, printed when given.
    pub nom_usage: Option<String>,
    /// Birth day.
    pub date_naissance: Date,
    /// Numéro FORPREV of the holder.
    pub numero_forprev: String,
    /// Initiale or MAC.
    pub action: Action,
    /// Hours of the action, when the catalogue knows them.
    pub heures: Option<u16>,
    /// First day of the session.
    pub date_debut: Date,
    /// Last day of the session, first day of validity.
    pub date_fin: Date,
    /// Commune where the session was held.
    pub lieu: String,
    /// Raison sociale of the compte.
    pub organisme: String,
    /// Number of its habilitation, when it has one.
    pub habilitation: Option<String>,
    /// « Prénom NOM » of the formateur.
    pub formateur: String,
    /// His numéro FORPREV.
    pub formateur_numero: String,
    /// Paris day of generation.
    pub delivre_le: Date,
    /// Instant of generation: the file is dated, and its seal.
    pub emis_a: Timestamp,
    /// Last valid day; `None`: no end.
    pub valable_jusqu_au: Option<Date>,
    /// Who signs for the service, when the operator has said it.
    pub signataire: Option<Signataire>,
    /// Colour of titles and ornament; `None`: the one that the program comes with.
    #[serde(default)]
    pub couleur: Option<Couleur>,
    /// Picture beside the name of the service.
    #[serde(default)]
    pub logo: Option<Logo>,
    /// Address of the page that verifies, in words: `forprev.example/verifier`; with its scheme when that is
    /// not `https`.
    pub adresse_verification: String,
    /// Address of the notice on personal data, in words.
    pub adresse_donnees: String,
    /// The signed [`Enonce`], as it stands behind the `#` of the code's address; `None`: the code is the address
    /// alone.
    #[serde(default)]
    pub enonce: Option<String>,
}

impl Imprime {
    /// Who the holder is, as printed; `None` when that is no identity.
    #[must_use]
    pub fn identite(&self) -> Option<Identite> {
        Some(Identite {
            civilite: self.civilite,
            nom_naissance: Nom::parse(&self.nom_naissance).ok()?,
            nom_usage: self.nom_usage.as_deref().map(Nom::parse).transpose().ok()?,
            prenom: Nom::parse(&self.prenom).ok()?,
            date_naissance: self.date_naissance,
        })
    }
}

/// Who signs for the issuing service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signataire {
    /// « la directrice ».
    pub fonction: String,
    /// « Hélène Marchand ».
    pub nom: String,
}

/// What a certificate is worth, whatever its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatCertificat {
    /// Issued, and still standing.
    Valide,
    /// Withdrawn by the administrateur.
    Revoque,
    /// Corrected: another number stands for it.
    Remplace,
}

impl EtatCertificat {
    /// Its code, as in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Valide => "valide",
            Self::Revoque => "revoque",
            Self::Remplace => "remplace",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Valide, Self::Revoque, Self::Remplace].into_iter().find(|etat| etat.code() == code)
    }
}

/// The entry of a certificate in the register: what survives the session (R6b).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificat {
    /// Its number.
    pub numero: NumeroCertificat,
    /// Who holds it.
    pub titulaire: Numero,
    /// The trainee's line; `None` once the session is deleted, or when issued elsewhere.
    pub stagiaire: Option<StagiaireId>,
    /// The session; `None` once deleted, or when issued elsewhere.
    pub session: Option<SessionId>,
    /// Of which dispositif.
    pub dispositif: CodeDispositif,
    /// Of which niveau.
    pub niveau: Niveau,
    /// Initiale or MAC; `None` when issued elsewhere.
    pub action: Option<Action>,
    /// First valid day.
    pub debut: Date,
    /// Last valid day; `None`: no end.
    pub fin: Option<Date>,
    /// Paris day of generation, or of entry when issued elsewhere.
    pub delivre_le: Date,
    /// The compte that issued it; `None` when issued elsewhere.
    pub compte: Option<CompteId>,
    /// Author of the session.
    pub auteur: Option<Numero>,
    /// Formateur of the session.
    pub formateur: Option<Numero>,
    /// What it is worth.
    pub etat: EtatCertificat,
    /// The number that stands for it once replaced.
    pub remplace_par: Option<NumeroCertificat>,
    /// The day from which the people of the compte no longer download it (R5); `None` when issued elsewhere.
    pub disparait_le: Option<Date>,
    /// Whether it was issued as a SPÉCIMEN, without value: known as long as its entry.
    pub specimen: bool,
    /// All that is printed; `None` when erased (R6b) or issued elsewhere.
    pub imprime: Option<Imprime>,
}

impl Certificat {
    /// The entry of a qualification obtained elsewhere, as the network enters it on a day: without session,
    /// compte nor file.
    #[must_use]
    pub fn obtenu_ailleurs(
        numero: NumeroCertificat,
        titulaire: Numero,
        qualification: Qualification,
        entre_le: Date,
    ) -> Self {
        let Qualification { dispositif, niveau, debut, fin, retiree } = qualification;
        Self {
            numero,
            titulaire,
            stagiaire: None,
            session: None,
            dispositif,
            niveau,
            action: None,
            debut,
            fin,
            delivre_le: entre_le,
            compte: None,
            auteur: None,
            formateur: None,
            etat: if retiree { EtatCertificat::Revoque } else { EtatCertificat::Valide },
            remplace_par: None,
            disparait_le: None,
            specimen: false,
            imprime: None,
        }
    }

    /// What it proves of its holder.
    #[must_use]
    pub fn qualification(&self) -> Qualification {
        Qualification {
            dispositif: self.dispositif.clone(),
            niveau: self.niveau,
            debut: self.debut,
            fin: self.fin,
            retiree: self.etat != EtatCertificat::Valide,
        }
    }

    /// What a verification answers on that day.
    #[must_use]
    pub fn valeur_le(&self, jour: Date) -> Valeur {
        match self.etat {
            EtatCertificat::Revoque => Valeur::Revoque,
            EtatCertificat::Remplace => Valeur::Remplace,
            EtatCertificat::Valide if self.fin.is_some_and(|fin| fin < jour) => Valeur::Expire,
            EtatCertificat::Valide => Valeur::Valide,
        }
    }
}

/// What a verification answers of a known certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Valeur {
    /// It holds today.
    Valide,
    /// Its last day has passed.
    Expire,
    /// Withdrawn.
    Revoque,
    /// Another number stands for it.
    Remplace,
}
