//! Why a file cannot be read as a list: what it is, and what to send instead.

use axum::http::StatusCode;

/// Why a file cannot be read as a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Illisible {
    /// Nothing in it, or only blanks.
    Vide,
    /// Larger than what is taken.
    TropVolumineux,
    /// An archive that unpacks to more than what is taken.
    TropVolumineuxOuvert,
    /// Another kind of file, named: « un document PDF ».
    AutreNature(&'static str),
    /// An old Excel workbook, binary.
    AncienExcel,
    /// A workbook that opens with a password.
    Protege,
    /// A workbook whose parts contradict each other or miss.
    Abime,
    /// An XML part that declares a document type or entities: no spreadsheet writes one.
    XmlInterdit,
    /// A text in an encoding that is neither UTF-8, UTF-16 nor Windows-1252.
    EncodageInconnu,
    /// A text in UTF-8 of which this line is in another encoding, as when two lists are put one after the other.
    EncodageMele {
        /// Its number among the lines of the text, from 1.
        ligne: usize,
    },
    /// A quotation mark that nothing closes, on the row with this number.
    GuillemetOuvert {
        /// As the spreadsheet shows it.
        ligne: u32,
    },
    /// The list itself is not one: its columns, its sheets, its length.
    PasUneListe {
        /// Stable code.
        code: &'static str,
        /// French sentence, with the remedy.
        phrase: String,
    },
}

impl Illisible {
    /// Its stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Vide => "fichier_vide",
            Self::TropVolumineux => "trop_volumineux",
            Self::TropVolumineuxOuvert => "trop_volumineux_ouvert",
            Self::AutreNature(_) | Self::AncienExcel => "type_non_pris_en_charge",
            Self::Protege => "fichier_protege",
            Self::Abime => "fichier_abime",
            Self::XmlInterdit => "xml_interdit",
            Self::EncodageInconnu => "encodage_inconnu",
            Self::EncodageMele { .. } => "encodage_mele",
            Self::GuillemetOuvert { .. } => "guillemet_ouvert",
            Self::PasUneListe { code, .. } => code,
        }
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TropVolumineux | Self::TropVolumineuxOuvert => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AutreNature(_) | Self::AncienExcel => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Vide
            | Self::Protege
            | Self::Abime
            | Self::XmlInterdit
            | Self::EncodageInconnu
            | Self::EncodageMele { .. }
            | Self::GuillemetOuvert { .. }
            | Self::PasUneListe { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// What was received, and what to do.
    #[must_use]
    pub fn phrase(&self) -> String {
        let fixe = match self {
            Self::Vide => {
                "Ce fichier est vide. Enregistrez votre liste dans le tableur, puis envoyez-la à nouveau."
            }
            Self::TropVolumineux => {
                "Ce fichier dépasse 5 Mo. Gardez les seules colonnes du modèle, sans image, ou partagez la liste en plusieurs fichiers."
            }
            Self::TropVolumineuxOuvert => {
                "Une fois ouvert, ce fichier est démesuré. Copiez la liste dans un classeur neuf, sans image ni mise en forme, et envoyez celui-ci."
            }
            Self::AutreNature(nature) => {
                return format!(
                    "Ce fichier est {nature}, quel que soit son nom. Envoyez la liste au format XLSX, ODS ou CSV, ou copiez-en les lignes."
                );
            }
            Self::AncienExcel => {
                "Ce fichier est un classeur Excel d’avant 2007 (.xls), quel que soit son nom. Ouvrez-le, enregistrez-le au format XLSX ou CSV, et envoyez celui-ci."
            }
            Self::Protege => {
                "Ce classeur s’ouvre avec un mot de passe. Retirez le mot de passe, enregistrez, et envoyez-le à nouveau."
            }
            Self::Abime => {
                "Ce classeur est abîmé ou incomplet. Ouvrez-le dans le tableur, enregistrez-le sous un autre nom, et envoyez celui-ci."
            }
            Self::XmlInterdit => {
                "Ce classeur contient une déclaration XML qu’aucun tableur n’écrit. Copiez la liste dans un classeur neuf, et envoyez celui-ci."
            }
            Self::EncodageInconnu => {
                "Les caractères de ce fichier ne se lisent pas. Enregistrez-le en « CSV UTF-8 », ou au format XLSX ou ODS."
            }
            Self::EncodageMele { ligne } => {
                return format!(
                    "Ce fichier mêle deux encodages : la ligne {ligne} n’est pas en UTF-8 comme les autres, et ses accents seraient perdus. Ouvrez-le dans le tableur, corrigez-la, enregistrez en « CSV UTF-8 », et envoyez-le à nouveau."
                );
            }
            Self::GuillemetOuvert { ligne } => {
                return format!(
                    "Un guillemet ouvert à la ligne {ligne} ne se referme pas sur elle : les lignes suivantes s’y perdraient. Corrigez cette ligne, et envoyez le fichier à nouveau."
                );
            }
            Self::PasUneListe { phrase, .. } => phrase,
        };
        fixe.to_owned()
    }
}
