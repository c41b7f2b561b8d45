//! Verifying a certificate by its number: public, never a search by name, guessing throttled.

pub mod api;
mod langue;
pub mod pages;
pub mod tape;

use forprev_domain::certificat::{Certificat, EtatCertificat, Imprime, Valeur};
use forprev_domain::identite::Identite;
use forprev_domain::numero::{FauteNumero, NumeroCertificat};
use forprev_store::{Tx, certificats, comptes, essais, personnes};
use jiff::SignedDuration;

use crate::app::App;
use crate::clock::Moment;
use crate::error::Error;
use crate::security;

/// Answers « inconnu » that one address may have in a minute.
pub const INCONNUS_PAR_MINUTE: i64 = 20;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// What the register says of a number that exists.
#[derive(Debug, Clone)]
pub struct Reponse {
    /// What it is worth today.
    pub valeur: Valeur,
    /// Its entry.
    pub certificat: Certificat,
    /// Who holds it, as printed on it as long as that is kept, then as the register knows him; `None` for one
    /// that was replaced and whose print is erased: its corrected name is not what it said.
    pub titulaire: Option<Titulaire>,
    /// The dispositif's label, by the catalogue of its day.
    pub libelle: String,
    /// Raison sociale; `None` when issued elsewhere.
    pub compte: Option<String>,
}

/// The names of a holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titulaire {
    /// « Prénom NOM ».
    pub nom: String,
    /// His usage name, in capitals.
    pub nom_usage: Option<String>,
}

impl Titulaire {
    fn de(identite: &Identite) -> Self {
        let nom_usage = identite.nom_usage.as_ref().map(|nom| nom.as_str().to_uppercase());
        Self { nom: identite.prenom_nom(), nom_usage }
    }
}

/// What a verification answers.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// The number is in the register.
    Connu(Box<Reponse>),
    /// It is not.
    Inconnu,
    /// It has the form of a number, and its check character says that it was copied wrongly.
    MalCopie,
}

/// Looks a number up, however it was typed. A known one always answers.
///
/// # Errors
///
/// *Too many* in place of « inconnu » when this address had too many of them in the last minute.
pub async fn verifier(app: &App, moment: Moment, origine: &str, texte: &str) -> Result<Verdict, Error> {
    let cle = format!("verification:{}", security::digest(origine));
    let (lu, cle_lue) = (tape::lire(texte), cle.clone());
    let inconnu = match &lu {
        Err(FauteNumero::Controle) => Verdict::MalCopie,
        Ok(_) | Err(FauteNumero::Forme) => Verdict::Inconnu,
    };
    let trouve = app.read(move |tx| {
        let reponse = match &lu {
            Ok(numero) => lire(tx, numero, moment)?,
            Err(_) => None,
        };
        if reponse.is_none() {
            exiger_patience(tx, &cle_lue, moment)?;
        }
        Ok(reponse)
    });
    match trouve.await? {
        Some(reponse) => Ok(Verdict::Connu(Box::new(reponse))),
        None => {
            app.write(move |tx| Ok(essais::compter(tx, &cle, 1, MINUTE, moment.instant)?)).await?;
            Ok(inconnu)
        }
    }
}

fn exiger_patience(tx: &mut Tx<'_>, cle: &str, moment: Moment) -> Result<(), Error> {
    let Some(compte) = essais::charger(tx, cle)? else { return Ok(()) };
    let reste = compte.depuis + MINUTE - moment.instant;
    let reste = reste.total(jiff::Unit::Second).unwrap_or(0.0);
    if compte.nombre >= INCONNUS_PAR_MINUTE && reste > 0.0 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 60")]
        return Err(Error::TooMany { retry_after: reste.ceil() as u64 });
    }
    Ok(())
}

fn lire(tx: &mut Tx<'_>, numero: &NumeroCertificat, moment: Moment) -> Result<Option<Reponse>, Error> {
    // A qualification entered by the administrateur was issued elsewhere: no document of ours bears its number.
    let trouve = certificats::charger(tx, numero)?.filter(|certificat| certificat.compte.is_some());
    trouve.map(|certificat| reponse(tx, certificat, moment)).transpose()
}

/// What the register says of this entry.
///
/// # Errors
///
/// The store's.
pub fn reponse(tx: &mut Tx<'_>, certificat: Certificat, moment: Moment) -> Result<Reponse, Error> {
    let titulaire = match certificat.imprime.as_ref().and_then(Imprime::identite) {
        Some(imprimee) => Some(imprimee),
        None if certificat.etat == EtatCertificat::Remplace => None,
        None => personnes::charger(tx, &certificat.titulaire)?.map(|personne| personne.identite),
    };
    let compte = match certificat.compte {
        Some(id) => comptes::charger(tx, id)?.map(|compte| compte.raison_sociale),
        None => None,
    };
    let dispositif = forprev_store::dispositifs::charger(tx, &certificat.dispositif, certificat.debut)?;
    Ok(Reponse {
        valeur: certificat.valeur_le(moment.aujourdhui),
        titulaire: titulaire.as_ref().map(Titulaire::de),
        libelle: dispositif.map_or_else(|| certificat.dispositif.to_string(), |d| d.libelle),
        compte,
        certificat,
    })
}
