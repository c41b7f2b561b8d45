//! To whom reminders of a session go, and how people are named in them.

use std::collections::BTreeMap;

use forprev_domain::compte::CompteId;
use forprev_domain::droits::{Requester, actes_du_role};
use forprev_domain::numero::Numero;
use forprev_domain::rappel::Destinataires;
use forprev_domain::session::Session;
use forprev_store::{Tx, personnes, utilisateurs};

use crate::error::Error;

/// The people of the sessions, each read once.
#[derive(Default)]
pub(super) struct Gens {
    noms: BTreeMap<Numero, String>,
    requesters: BTreeMap<Numero, Option<Requester>>,
    gestionnaires: BTreeMap<CompteId, Vec<Numero>>,
}

impl Gens {
    /// Those to whom a reminder of this session goes, and who may do something with it.
    ///
    /// # Errors
    ///
    /// The store's.
    pub(super) fn de_la_session(
        &mut self,
        tx: &mut Tx<'_>,
        session: &Session,
        a: Destinataires,
    ) -> Result<Vec<Numero>, Error> {
        let formateur = || session.etat.soumise_a().cloned().into_iter().collect();
        let auteur = || vec![session.auteur.clone()];
        let (premiers, gestionnaires) = match a {
            Destinataires::Formateur | Destinataires::Titulaire => (formateur(), false),
            Destinataires::Auteur => (auteur(), false),
            Destinataires::AuteurEtGestionnaires => (auteur(), true),
            Destinataires::Gestionnaires => (Vec::new(), true),
        };
        let mut retenus = Vec::new();
        for numero in premiers {
            if self.y_peut_quelque_chose(tx, &numero, session)? {
                retenus.push(numero);
            }
        }
        let sans_auteur = a == Destinataires::Auteur && retenus.is_empty();
        if gestionnaires || sans_auteur {
            for numero in self.gestionnaires(tx, session.compte)? {
                if !retenus.contains(&numero) {
                    retenus.push(numero);
                }
            }
        }
        Ok(retenus)
    }

    fn y_peut_quelque_chose(
        &mut self,
        tx: &mut Tx<'_>,
        numero: &Numero,
        session: &Session,
    ) -> Result<bool, Error> {
        if !self.requesters.contains_key(numero) {
            self.requesters.insert(numero.clone(), utilisateurs::requester(tx, numero)?);
        }
        let requester = self.requesters.get(numero).and_then(Option::as_ref);
        Ok(requester.is_some_and(|requester| !actes_du_role(requester, session).is_empty()))
    }

    /// The gestionnaires of a compte.
    ///
    /// # Errors
    ///
    /// The store's.
    pub(super) fn gestionnaires(&mut self, tx: &mut Tx<'_>, compte: CompteId) -> Result<Vec<Numero>, Error> {
        if let Some(connus) = self.gestionnaires.get(&compte) {
            return Ok(connus.clone());
        }
        let lus = utilisateurs::gestionnaires(tx, compte)?;
        let lus: Vec<Numero> = lus.into_iter().map(|personne| personne.numero).collect();
        self.gestionnaires.insert(compte, lus.clone());
        Ok(lus)
    }

    /// « Claire LEMOINE »; the numéro of somebody who is not known any more.
    ///
    /// # Errors
    ///
    /// The store's.
    pub(super) fn nom(&mut self, tx: &mut Tx<'_>, numero: &Numero) -> Result<String, Error> {
        if let Some(connu) = self.noms.get(numero) {
            return Ok(connu.clone());
        }
        let personne = personnes::charger(tx, numero)?;
        let nom = personne.map_or_else(|| numero.to_string(), |personne| personne.identite.prenom_nom());
        self.noms.insert(numero.clone(), nom.clone());
        Ok(nom)
    }
}
