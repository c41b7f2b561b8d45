//! Users: invited by the administrateur or by a gestionnaire of the compte; formateurs known before.

use forprev_domain::certificat::Certificat;
use forprev_domain::compte::CompteId;
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::droits::ActeDuCompte;
use forprev_domain::formateur::Qualification;
use forprev_domain::identite::{ChampIdentite, IdentiteBrute, IdentiteSaisie};
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_domain::refus::Manquement;
use forprev_domain::regles::identite_requise::champs_manquants;
use forprev_domain::utilisateur::Profil;
use forprev_store::{Tx, acces, certificats, personnes, utilisateurs};
use jiff::civil::Date;

use super::charger_pour;
use crate::demande::Demande;
use crate::error::Error;
use crate::messages::{self, Noms};
use crate::personnes::{Saisie, inscrire};
use crate::sessions::stagiaires::Entree;
use crate::{courrier, journal};

/// Invites a user to a compte; a profile that he has already is not given twice.
///
/// # Errors
///
/// *Not found* for a foreign compte, *forbidden* for who does not manage it; a wrong or incomplete identity
/// (R16); a known person to decide on (R17).
pub fn inviter(
    tx: &mut Tx<'_>,
    demande: &Demande,
    compte: CompteId,
    profil: Profil,
    entree: &Entree,
) -> Result<Personne, Error> {
    charger_pour(tx, demande, ActeDuCompte::GererLesUtilisateurs, compte)?;
    let personne = identifier(tx, demande, entree)?;
    if utilisateurs::donner_profil(tx, &personne.numero, profil, demande.moment.instant)? {
        journal::noter(
            tx,
            demande,
            &format!("profil.{}", profil.code()),
            &format!("personne:{}", personne.numero),
        )?;
    }
    courrier::inviter(tx, demande, &personne.numero)?;
    Ok(personne)
}

/// Takes a profile of this compte from a person, who is signed out everywhere; he gives back who it was.
///
/// # Errors
///
/// *Not found* for a foreign compte or somebody who has not this profile, *forbidden* for who does not manage it; a
/// conflict when it is his own, so that a compte is never left without anybody by mistake.
pub fn retirer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    compte: CompteId,
    numero: &Numero,
    profil: Profil,
) -> Result<Personne, Error> {
    charger_pour(tx, demande, ActeDuCompte::GererLesUtilisateurs, compte)?;
    let personne = personnes::charger(tx, numero)?.ok_or(Error::NotFound)?;
    if personne.numero == demande.requester.numero {
        return Err(Error::Conflict {
            code: "son_propre_profil",
            detail: "Vous ne pouvez pas retirer votre propre profil. Demandez-le à un autre gestionnaire ou au réseau."
                .to_owned(),
        });
    }
    if profil.compte() != Some(compte) || !utilisateurs::retirer_profil(tx, &personne.numero, profil)? {
        return Err(Error::NotFound);
    }
    acces::fermer_tous(tx, &personne.numero)?;
    let acte = format!("profil.{}.retire", profil.code());
    journal::noter(tx, demande, &acte, &format!("personne:{}", personne.numero))?;
    Ok(personne)
}

/// A qualification issued elsewhere, as entered.
#[derive(Debug, Clone)]
pub struct QualificationConnue {
    /// Of which dispositif.
    pub dispositif: CodeDispositif,
    /// Of which niveau.
    pub niveau: Niveau,
    /// First valid day.
    pub debut: Date,
    /// Last valid day; `None`: no end.
    pub fin: Option<Date>,
}

/// Enters a formateur known before, with the qualifications that he holds.
///
/// # Errors
///
/// *Forbidden* for anybody but the administrateur; `dates_incoherentes`; as [`inviter`]
/// for the identity.
pub fn inscrire_formateur(
    tx: &mut Tx<'_>,
    demande: &Demande,
    entree: &Entree,
    qualifications: &[QualificationConnue],
) -> Result<Personne, Error> {
    demande.exiger_administrateur()?;
    if qualifications.iter().any(|q| q.fin.is_some_and(|fin| fin < q.debut)) {
        let phrase = "Un certificat finit avant de commencer : vérifiez ses dates.";
        return Err(Error::inexact("dates_incoherentes", phrase, &["certificats"]));
    }
    let personne = identifier(tx, demande, entree)?;
    let mut entrees = Vec::with_capacity(qualifications.len());
    for qualification in qualifications {
        entrees.push(obtenu_ailleurs(tx, demande, &personne.numero, qualification)?);
    }
    certificats::inscrire(tx, &entrees)?;
    journal::noter(tx, demande, "formateur.inscrit", &format!("personne:{}", personne.numero))?;
    courrier::inviter(tx, demande, &personne.numero)?;
    Ok(personne)
}

fn obtenu_ailleurs(
    tx: &mut Tx<'_>,
    demande: &Demande,
    titulaire: &Numero,
    qualification: &QualificationConnue,
) -> Result<Certificat, Error> {
    let QualificationConnue { dispositif, niveau, debut, fin } = qualification.clone();
    let delivre_le = demande.moment.aujourdhui;
    let numero = certificats::nouveau_numero(tx, &dispositif, niveau, delivre_le.year())?;
    Ok(Certificat::obtenu_ailleurs(
        numero,
        titulaire.clone(),
        Qualification { dispositif, niveau, debut, fin, retiree: false },
        delivre_le,
    ))
}

/// The person of a user's identity: complete, e-mail included, and recognised (R16, R17).
fn identifier(tx: &mut Tx<'_>, demande: &Demande, entree: &Entree) -> Result<Personne, Error> {
    let refuser = |points: &[Manquement]| messages::refuse(points, Noms::default());
    let lue: IdentiteSaisie = entree.identite.lire(demande.moment.aujourdhui).map_err(|fautes| {
        let mut points = vec![Manquement::IdentiteInvalide { stagiaire: None, fautes }];
        let champs = champs_vides(&entree.identite);
        if !champs.is_empty() {
            points.push(Manquement::IdentiteIncomplete { stagiaire: None, champs });
        }
        refuser(&points)
    })?;
    let manquent: Vec<ChampIdentite> = champs_manquants(&lue, Niveau::Formateur);
    let Some(identite) = lue.complete().filter(|_| manquent.is_empty()) else {
        return Err(refuser(&[Manquement::IdentiteIncomplete { stagiaire: None, champs: manquent }]));
    };
    let saisie = Saisie {
        identite: &identite,
        email: lue.email.as_ref(),
        numero: entree.identite.numero.as_deref().map(str::trim).filter(|numero| !numero.is_empty()),
        autre_personne: entree.autre_personne,
    };
    inscrire(tx, demande, &saisie)
}

/// What is required of a user and was left empty, so that it is said beside what cannot be read.
fn champs_vides(brute: &IdentiteBrute) -> Vec<ChampIdentite> {
    [
        (ChampIdentite::NomNaissance, &brute.nom_naissance),
        (ChampIdentite::Prenom, &brute.prenom),
        (ChampIdentite::DateNaissance, &brute.date_naissance),
        (ChampIdentite::Email, &brute.email),
    ]
    .into_iter()
    .filter(|(_, valeur)| valeur.as_deref().is_none_or(|valeur| valeur.trim().is_empty()))
    .map(|(champ, _)| champ)
    .collect()
}
