//! R13, R18. « … et génère les certificats des stagiaires en réussite. »
//!
//! Numbers, entries of the register, state, history and journal are written in one transaction; files are
//! rendered from the records afterwards, so that nothing is lost by a crash between. A second call, at the
//! same time or later, finds the session generated and gives the same list back.

use forprev_domain::certificat::{Certificat, Edition, EtatCertificat, Imprime};
use forprev_domain::compte::Compte;
use forprev_domain::droits::{Acte, peut, peut_sur_cette_version};
use forprev_domain::identite::Identite;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::refus::Refus;
use forprev_domain::regles::habilitation_valide::habilitation_valide;
use forprev_domain::regles::reussites::{AEmettre, ouvre_un_acces};
use forprev_domain::session::{Action, Faits, NomEtat, Session, SessionId};
use forprev_domain::stagiaire::Stagiaire;
use forprev_store::{Tx, certificats, comptes, faits, personnes, sessions};

use super::{garder, refusee};
use crate::demande::Demande;
use crate::error::Error;
use crate::{courrier, journal};

/// What a generation found or made.
#[derive(Debug, Clone)]
pub struct Generation {
    /// The session, generated.
    pub session: Session,
    /// One certificate for each réussite, in the order of the list.
    pub certificats: Vec<Certificat>,
    /// False when they had been generated before.
    pub nouvelle: bool,
}

/// Generates the certificates of a session, once.
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict, or R1, R2 and R4 at once.
pub fn generer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    version: Option<i64>,
) -> Result<Generation, Error> {
    let trouvee = sessions::charger_pour_modifier(tx, &demande.portee(), id, demande.moment.aujourdhui)?;
    let avant = trouvee.ok_or(Error::NotFound)?;
    let deja_generee = Err(Refus::MauvaisEtat { etat: NomEtat::Terminee });
    if peut(&demande.requester, Acte::Generer, &avant) == deja_generee {
        let certificats = certificats::de_la_session(tx, id)?;
        return Ok(Generation { session: avant, certificats, nouvelle: false });
    }
    peut_sur_cette_version(&demande.requester, Acte::Generer, &avant, version)
        .map_err(|refus| refusee(refus, &avant))?;
    let version_lue = avant.version;
    let faits = faits::de_la_session(tx, &avant)?;
    let (session, evenement, emissions) =
        avant.clone().generer(&faits, demande.geste(None)).map_err(|refus| refusee(refus, &avant))?;
    let mut emis = Vec::with_capacity(emissions.len());
    if !emissions.is_empty() {
        let page = page_commune(tx, &session, &faits)?;
        for emission in &emissions {
            let certificat = emettre(tx, demande, &session, emission, &page)?;
            if ouvre_un_acces(session.niveau()) {
                courrier::inviter(tx, demande, &emission.titulaire)?;
            }
            emis.push(certificat);
        }
        certificats::inscrire(tx, &emis)?;
        let objets = emis.iter().map(|certificat| format!("certificat:{}", certificat.numero));
        journal::noter_tous(tx, demande, "certificat.emis", objets)?;
    }
    garder(tx, demande, version_lue, &session, Some(&evenement))?;
    Ok(Generation { session, certificats: emis, nouvelle: true })
}

/// What the certificates of one session print alike.
struct PageCommune {
    compte: Compte,
    libelle: String,
    heures: Option<u16>,
    habilitation: Option<String>,
    formateur: String,
}

fn page_commune(tx: &mut Tx<'_>, session: &Session, faits: &Faits) -> Result<PageCommune, Error> {
    let saisie = &session.saisie;
    let compte = comptes::charger(tx, session.compte)?.ok_or(Error::NotFound)?;
    let formateur = match &saisie.formateur {
        Some(numero) => personnes::charger(tx, numero)?,
        None => None,
    };
    let niveau = faits.dispositif.as_ref().and_then(|d| d.niveau(saisie.niveau));
    let heures = niveau.and_then(|niveau| match saisie.action {
        Some(Action::Mac) => niveau.heures_mac,
        Some(Action::Initiale) | None => niveau.heures_initiale,
    });
    let habilitation =
        habilitation_valide(&faits.habilitations, &saisie.dispositif, saisie.niveau, saisie.date_fin).ok();
    Ok(PageCommune {
        compte,
        libelle: faits
            .dispositif
            .as_ref()
            .map_or_else(|| saisie.dispositif.to_string(), |d| d.libelle.clone()),
        heures,
        habilitation: habilitation.and_then(|h| h.numero.clone()),
        formateur: formateur.map_or_else(String::new, |f| f.identite.prenom_nom()),
    })
}

fn emettre(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: &Session,
    emission: &AEmettre,
    page: &PageCommune,
) -> Result<Certificat, Error> {
    let saisie = &session.saisie;
    let delivre_le = demande.moment.aujourdhui;
    let stagiaire = session.stagiaire(emission.stagiaire).ok_or(Error::NotFound)?;
    let identite = stagiaire.identite.complete().ok_or(Error::NotFound)?;
    let numero = certificats::nouveau_numero(tx, &saisie.dispositif, saisie.niveau, delivre_le.year())?;
    let imprime = imprimer(demande, session, stagiaire, &identite, emission, page, &numero);
    Ok(Certificat {
        specimen: imprime.specimen,
        imprime: Some(imprime),
        numero,
        titulaire: emission.titulaire.clone(),
        stagiaire: Some(emission.stagiaire),
        session: Some(session.id),
        dispositif: saisie.dispositif.clone(),
        niveau: saisie.niveau,
        action: saisie.action,
        debut: emission.debut,
        fin: emission.fin,
        delivre_le,
        compte: Some(session.compte),
        auteur: Some(session.auteur.clone()),
        formateur: saisie.formateur.clone(),
        etat: EtatCertificat::Valide,
        remplace_par: None,
        disparait_le: Some(session.disparait_le()),
    })
}

fn imprimer(
    demande: &Demande,
    session: &Session,
    stagiaire: &Stagiaire,
    identite: &Identite,
    emission: &AEmettre,
    page: &PageCommune,
    numero: &NumeroCertificat,
) -> Imprime {
    let saisie = &session.saisie;
    let service = demande.app.config.emetteur();
    let imprime = Imprime {
        edition: Edition::COURANTE,
        numero_certificat: numero.to_string(),
        service: service.nom,
        specimen: service.specimen,
        dispositif: saisie.dispositif.to_string(),
        libelle: page.libelle.clone(),
        niveau: saisie.niveau,
        civilite: identite.civilite,
        prenom: identite.prenom.to_string(),
        nom_naissance: identite.nom_naissance.to_string(),
        nom_usage: identite.nom_usage.as_ref().map(ToString::to_string),
        date_naissance: identite.date_naissance,
        numero_forprev: stagiaire.numero.as_ref().map(ToString::to_string).unwrap_or_default(),
        action: saisie.action.unwrap_or(Action::Initiale),
        heures: page.heures,
        date_debut: saisie.date_debut.unwrap_or(saisie.date_fin),
        date_fin: saisie.date_fin,
        lieu: saisie.lieu.commune.clone().unwrap_or_default(),
        organisme: page.compte.raison_sociale.clone(),
        habilitation: page.habilitation.clone(),
        formateur: page.formateur.clone(),
        formateur_numero: saisie.formateur.as_ref().map(ToString::to_string).unwrap_or_default(),
        delivre_le: demande.moment.aujourdhui,
        emis_a: demande.moment.instant,
        valable_jusqu_au: emission.fin,
        signataire: service.signataire,
        couleur: service.couleur,
        logo: service.logo,
        adresse_verification: service.adresse_verification,
        adresse_donnees: service.adresse_donnees,
        enonce: None,
    };
    demande.app.trousseau.enonces.apposer(imprime)
}
