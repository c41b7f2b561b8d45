//! All that is due to be told on a day, person by person.

use std::collections::BTreeMap;

use forprev_domain::calendrier::{debut_du_jour, jour_de_paris, plus_jours};
use forprev_domain::numero::Numero;
use forprev_domain::rappel::{Destinataires, GenreDeRappel, JOURS_AVANT_L_ECHEANCE, JoursDeSession, Rappel};
use forprev_domain::session::{Session, SessionId};
use forprev_store::rappels::{self, Dit};
use forprev_store::sessions::Fiche;
use forprev_store::{Tx, certificats, comptes, habilitations, sessions};
use jiff::civil::Date;

use super::gens::Gens;
use crate::clock::Moment;
use crate::courrier::{LigneDeRappel, SessionRappelee};
use crate::error::Error;
use crate::sessions::presentation::{dates_et_lieu, dispositif_et_niveau};

/// Something to tell a person.
#[derive(Debug, Clone)]
pub(super) struct ADire {
    pub(super) dit: Dit,
    pub(super) session: Option<SessionId>,
    pub(super) ligne: LigneDeRappel,
}

/// Returns all reminders that are due on this day, whether or not they were told.
///
/// # Errors
///
/// The store's.
pub(super) fn recenser(tx: &mut Tx<'_>, aujourdhui: Date) -> Result<Vec<ADire>, Error> {
    let mut recensement = Recensement { gens: Gens::default(), aujourdhui, dus: Vec::new() };
    recensement.sessions(tx)?;
    recensement.habilitations(tx)?;
    recensement.qualifications(tx)?;
    Ok(recensement.dus)
}

/// Keeps what is still to be told to whom can be reached and wants it, by person, the nearest day first.
///
/// # Errors
///
/// The store's.
pub(super) fn a_dire(
    tx: &mut Tx<'_>,
    dus: Vec<ADire>,
    moment: Moment,
) -> Result<BTreeMap<Numero, Vec<ADire>>, Error> {
    let mut par_personne: BTreeMap<Numero, Vec<ADire>> = BTreeMap::new();
    for du in dus {
        let lignes = par_personne.entry(du.dit.a.clone()).or_default();
        // An author who is the formateur too is told once.
        if lignes.iter().all(|ligne| ligne.dit != du.dit) {
            lignes.push(du);
        }
    }
    let numeros: Vec<&Numero> = par_personne.keys().collect();
    let joignables = rappels::joignables(tx, &numeros)?;
    let refuses = rappels::refuses(tx, &numeros)?;
    let deja_dits = rappels::deja_dits(tx, &numeros, debut_du_jour(moment.aujourdhui))?;
    par_personne.retain(|numero, lignes| {
        lignes.retain(|ligne| {
            let refuse = refuses.contains(&(numero.clone(), ligne.dit.genre));
            !refuse && !deja_dits.contains(&ligne.dit)
        });
        lignes.sort_by_key(|ligne| (ligne.ligne.jour(), ligne.dit.clone()));
        joignables.contains_key(numero) && !lignes.is_empty()
    });
    Ok(par_personne)
}

struct Recensement {
    gens: Gens,
    aujourdhui: Date,
    dus: Vec<ADire>,
}

impl Recensement {
    fn sessions(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let mut apres = None;
        loop {
            let lues = sessions::a_rappeler(tx, apres, self.aujourdhui)?;
            let Some(derniere) = lues.last() else { return Ok(()) };
            apres = Some(derniere.session.id);
            for lue in &lues {
                self.session(tx, lue)?;
            }
        }
    }

    fn session(&mut self, tx: &mut Tx<'_>, lue: &Fiche) -> Result<(), Error> {
        let session = &lue.session;
        let jours =
            JoursDeSession { creee: jour_de_paris(lue.creee_le), modifiee: jour_de_paris(lue.modifiee_le) };
        for rappel in Rappel::de_la_session(session, jours, self.aujourdhui) {
            let ligne = self.ligne_de_session(tx, session, rappel)?;
            for a in self.gens.de_la_session(tx, session, rappel.a)? {
                let dit = dire(a, rappel, session.id.to_string());
                self.dus.push(ADire { dit, session: Some(session.id), ligne: ligne.clone() });
            }
        }
        Ok(())
    }

    fn ligne_de_session(
        &mut self,
        tx: &mut Tx<'_>,
        session: &Session,
        rappel: Rappel,
    ) -> Result<LigneDeRappel, Error> {
        let de = SessionRappelee {
            session: session.id.to_string(),
            numero: session.numero.to_string(),
            intitule: dispositif_et_niveau(&session.saisie),
            dates_et_lieu: dates_et_lieu(&session.saisie),
            niveau: session.niveau(),
        };
        let jour = rappel.repere;
        Ok(match (rappel.genre, rappel.a) {
            (GenreDeRappel::Verification, Destinataires::Auteur) => {
                let formateur = session.etat.soumise_a().unwrap_or(&session.auteur);
                LigneDeRappel::Relancer { de, formateur: self.gens.nom(tx, formateur)?, depuis: jour }
            }
            (GenreDeRappel::Verification, _) => {
                LigneDeRappel::Verifier { de, par: self.gens.nom(tx, &session.auteur)?, depuis: jour }
            }
            (GenreDeRappel::Soumission, _) => LigneDeRappel::Soumettre { de, dernier_jour: jour },
            (GenreDeRappel::Telechargement, _) => {
                let certificats = session.reussites().count();
                LigneDeRappel::Telecharger { de, certificats, dernier_jour: jour }
            }
            (GenreDeRappel::Suppression | GenreDeRappel::Habilitation | GenreDeRappel::Qualification, _) => {
                LigneDeRappel::Generer { de, etat: session.etat.nom(), dernier_jour: jour }
            }
        })
    }

    fn habilitations(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        for habilitation in habilitations::finissant(tx, self.aujourdhui, self.loin())? {
            let du_compte = habilitations::du_compte(tx, habilitation.compte)?;
            let du = Rappel::de_l_habilitation(&habilitation, &du_compte, self.aujourdhui);
            let (Some(rappel), Some(compte)) = (du, comptes::charger(tx, habilitation.compte)?) else {
                continue;
            };
            let ligne = LigneDeRappel::Habilitation {
                dispositif: habilitation.dispositif.to_string(),
                niveau: habilitation.niveau,
                compte: compte.raison_sociale,
                dernier_jour: rappel.repere,
            };
            for a in self.gens.gestionnaires(tx, habilitation.compte)? {
                let dit = dire(a, rappel, habilitation.id.to_string());
                self.dus.push(ADire { dit, session: None, ligne: ligne.clone() });
            }
        }
        Ok(())
    }

    fn qualifications(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let finissent = rappels::qualifications_finissant(tx, self.aujourdhui, self.loin())?;
        for (numero, titulaire, qualification) in finissent {
            let tenues = certificats::qualifications(tx, &titulaire)?;
            let du = Rappel::de_la_qualification(&qualification, &tenues, self.aujourdhui);
            let Some(rappel) = du else { continue };
            let ligne = LigneDeRappel::Qualification {
                dispositif: qualification.dispositif.to_string(),
                niveau: qualification.niveau,
                dernier_jour: rappel.repere,
            };
            let dit = dire(titulaire, rappel, numero.to_string());
            self.dus.push(ADire { dit, session: None, ligne });
        }
        Ok(())
    }

    /// The last day of what may be told today of a right.
    fn loin(&self) -> Date {
        let [loin, ..] = JOURS_AVANT_L_ECHEANCE;
        plus_jours(self.aujourdhui, loin)
    }
}

fn dire(a: Numero, rappel: Rappel, objet: String) -> Dit {
    Dit { a, genre: rappel.genre, objet, repere: rappel.repere, palier: rappel.palier }
}
