//! R5b. Correcting a misspelt identity: a new certificate stands for the old one, whose number leads to it.
//!
//! The new entry, the state of the old one, the identity of its holder and the journal are written in one
//! transaction. The holder keeps his numéro, his result, and the day on which the session is gone.

pub mod page;

use forprev_domain::certificat::{Certificat, Edition, EtatCertificat, Imprime};
use forprev_domain::droits::{Correcteur, correcteur};
use forprev_domain::identite::{Identite, IdentiteSaisie};
use forprev_domain::numero::{Numero, NumeroCertificat};
use forprev_domain::refus::Manquement;
use forprev_domain::regles::correction::{Identites, Liens, correction_permise};
use forprev_domain::regles::duplicata::encore_delivre;
use forprev_domain::regles::identite_requise::champs_manquants;
use forprev_domain::session::Session;
use forprev_domain::stagiaire::Stagiaire;
use forprev_store::{Tx, certificats, personnes};

use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::messages::{self, Noms};
use crate::sessions::stagiaires::{Entree, exiger_pas_deja_la};
use crate::sessions::telechargement::{connu_sans_plus, devance, exiger_valide, trop_tard};

/// A certificate that the requester may correct now, with what it was made of.
#[derive(Debug, Clone)]
pub struct ACorriger {
    /// The one that stands.
    pub certificat: Certificat,
    /// Its session, still there.
    pub session: Session,
    /// The line of its holder, with the register's identity.
    pub ligne: Stagiaire,
    /// As whom he corrects.
    pub correcteur: Correcteur,
}

/// A correction judged and not written yet.
#[derive(Debug, Clone)]
pub struct Correction {
    /// What it corrects.
    pub ouvert: ACorriger,
    /// Who the holder was said to be.
    pub avant: Identite,
    /// Who he is.
    pub apres: Identite,
    /// Known persons look like him, and it was said that he is none of them.
    pub autre_personne: bool,
}

/// Opens a certificate to be corrected.
///
/// # Errors
///
/// *Not found*, too late (R5), *forbidden*; a conflict once it is replaced or revoked; reserved when the
/// installation has closed corrections.
pub fn ouvrir(tx: &mut Tx<'_>, demande: &Demande, numero: &NumeroCertificat) -> Result<ACorriger, Error> {
    let certificat = certificats::charger(tx, numero)?.ok_or(Error::NotFound)?;
    let Some(correcteur) = correcteur(&demande.requester, &certificat) else {
        return Err(connu_sans_plus(tx, demande, &certificat));
    };
    let disparait_le = certificat.disparait_le.ok_or(Error::NotFound)?;
    encore_delivre(certificat.niveau, disparait_le, demande.moment.aujourdhui).map_err(trop_tard)?;
    exiger_valide(&certificat)?;
    if !demande.app.config.corrections {
        return Err(Error::Reserved {
            code: "correction_fermee",
            detail: "Ce service ne corrige pas les certificats délivrés. Écrivez au réseau : il peut révoquer celui-ci.".to_owned(),
            manquements: Vec::new(),
        });
    }
    let id = certificat.session.ok_or(Error::NotFound)?;
    let session = crate::sessions::charger(tx, demande, id)?;
    let ligne = certificat.stagiaire.and_then(|ligne| session.stagiaire(ligne)).ok_or(Error::NotFound)?;
    Ok(ACorriger { ligne: ligne.clone(), certificat, session, correcteur })
}

/// Judges a correction; `changer` makes the new entry of the holder's line.
///
/// # Errors
///
/// As [`ouvrir`]; a wrong or missing value; a person of the same session; known persons to decide on (R17), who
/// are never the holder's to become; R5b.
pub fn juger(
    tx: &mut Tx<'_>,
    demande: &Demande,
    numero: &NumeroCertificat,
    changer: impl FnOnce(&Stagiaire) -> Result<Entree, Error>,
) -> Result<Correction, Error> {
    let ouvert = ouvrir(tx, demande, numero)?;
    let ACorriger { certificat, session, ligne, correcteur } = &ouvert;
    let entree = changer(ligne)?;
    let refuser = |point| messages::refuse(&[point], Noms::de(session));
    let apres = lire(session, ligne, &entree).map_err(refuser)?;
    let avant = ligne.identite.complete().ok_or(Error::NotFound)?;
    let premier = certificats::premier_de_la_ligne(tx, ligne.id)?.and_then(|premier| premier.imprime);
    let imprimee = premier.and_then(|premier| premier.identite()).unwrap_or_else(|| avant.clone());
    let connu_ailleurs = personnes::est_connu_hors_de(tx, &certificat.titulaire, session.id)?;
    let liens = if connu_ailleurs { Liens::Ailleurs } else { Liens::Aucun };
    let identites = Identites { imprimee: &imprimee, actuelle: &avant, corrigee: &apres };
    correction_permise(*correcteur, identites, liens).map_err(|point| match point {
        Manquement::CorrectionReservee { .. } => messages::reserve(&point),
        point => refuser(point),
    })?;
    exiger_pas_deja_la(session, ligne.id, &apres)?;
    exiger_personne_d_autre(tx, &certificat.titulaire, &apres, &entree)?;
    Ok(Correction { ouvert, avant, apres, autre_personne: entree.autre_personne })
}

/// Makes a correction, and gives back the certificate that stands now.
///
/// # Errors
///
/// As [`juger`]; a conflict when somebody else corrected or revoked it meanwhile.
pub fn corriger(
    tx: &mut Tx<'_>,
    demande: &Demande,
    numero: &NumeroCertificat,
    changer: impl FnOnce(&Stagiaire) -> Result<Entree, Error>,
) -> Result<(Correction, Certificat), Error> {
    let correction = juger(tx, demande, numero, changer)?;
    let ancien = &correction.ouvert.certificat;
    let nouveau_numero =
        certificats::nouveau_numero(tx, &ancien.dispositif, ancien.niveau, ancien.delivre_le.year())?;
    let imprime = ancien.imprime.as_ref().ok_or(Error::NotFound)?;
    let nouveau = Certificat {
        imprime: Some(imprimer(demande, imprime, &nouveau_numero, &correction.apres)),
        numero: nouveau_numero,
        etat: EtatCertificat::Valide,
        remplace_par: None,
        ..ancien.clone()
    };
    if !certificats::remplacer(tx, &ancien.numero, &nouveau)? {
        return Err(devance(tx, numero)?);
    }
    personnes::modifier(tx, &ancien.titulaire, &correction.apres)?;
    let personne = format!("personne:{}", ancien.titulaire);
    journal::noter_suite(
        tx,
        demande,
        "certificat.remplace",
        &format!("certificat:{}", ancien.numero),
        &format!("certificat:{}", nouveau.numero),
    )?;
    journal::noter(tx, demande, "personne.corrigee", &personne)?;
    if correction.autre_personne {
        journal::noter(tx, demande, "personne.autre", &personne)?;
    }
    Ok((correction, nouveau))
}

/// R16: the identity entered, whole; the e-mail is none of a certificate.
fn lire(session: &Session, ligne: &Stagiaire, entree: &Entree) -> Result<Identite, Manquement> {
    let stagiaire = Some(ligne.id);
    let lue = entree
        .identite
        .lire(session.saisie.date_fin)
        .map_err(|fautes| Manquement::IdentiteInvalide { stagiaire, fautes })?;
    let lue = IdentiteSaisie { email: ligne.identite.email.clone(), ..lue };
    lue.complete().ok_or_else(|| Manquement::IdentiteIncomplete {
        stagiaire,
        champs: champs_manquants(&lue, session.niveau()),
    })
}

/// R17: the holder keeps his numéro; a corrected identity that looks like another person's asks, and never leads
/// to that person.
fn exiger_personne_d_autre(
    tx: &mut Tx<'_>,
    titulaire: &Numero,
    apres: &Identite,
    entree: &Entree,
) -> Result<(), Error> {
    let tape = entree.identite.numero.as_deref().map(str::trim).filter(|numero| !numero.is_empty());
    if let Some(tape) = tape.filter(|tape| Numero::parse(tape).as_ref() != Some(titulaire)) {
        return Err(messages::refuse(&[Manquement::identite_differente(tape)], Noms::default()));
    }
    if entree.autre_personne {
        return Ok(());
    }
    personnes::un_a_la_fois(tx, apres)?;
    let autres = crate::personnes::propositions(tx, apres)?;
    let autres: Vec<_> = autres.into_iter().filter(|p| p.numero != *titulaire).collect();
    if autres.is_empty() { Ok(()) } else { Err(Error::Doublons(autres)) }
}

fn imprimer(demande: &Demande, ancien: &Imprime, numero: &NumeroCertificat, identite: &Identite) -> Imprime {
    let imprime = Imprime {
        edition: Edition::COURANTE,
        numero_certificat: numero.to_string(),
        civilite: identite.civilite,
        prenom: identite.prenom.to_string(),
        nom_naissance: identite.nom_naissance.to_string(),
        nom_usage: identite.nom_usage.as_ref().map(ToString::to_string),
        date_naissance: identite.date_naissance,
        emis_a: demande.moment.instant,
        ..ancien.clone()
    };
    demande.app.trousseau.enonces.apposer(imprime)
}
