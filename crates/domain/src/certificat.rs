//! The certificate: its entry in the register and all that is printed on it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::dispositif::Niveau;
use crate::identite::Civilite;
use crate::session::Action;

/// All that is printed on a certificate, as printed: the one source of its file.
///
/// The same record gives the same bytes for ever. It is kept as long as the file may be
/// handed out (rules R5, R7) and erased after (R6b, R8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprime {
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
    /// Last valid day; `None`: no end.
    pub valable_jusqu_au: Option<Date>,
    /// Who signs for the service, when the operator has said it.
    pub signataire: Option<Signataire>,
    /// Address of the page that verifies, in words: `forprev.example/verifier`.
    pub adresse_verification: String,
    /// Address of the notice on personal data, in words.
    pub adresse_donnees: String,
}

/// Who signs for the issuing service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signataire {
    /// « la directrice ».
    pub fonction: String,
    /// « Hélène Marchand ».
    pub nom: String,
}
