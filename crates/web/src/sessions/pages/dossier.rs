//! All that the pages of one session read, in one transaction.

use forprev_domain::droits::{Portee, est_a_son_tour};
use forprev_domain::evenement::{Evenement, Quoi};
use forprev_domain::session::{Faits, Session, SessionId};
use forprev_store::sessions::Fiche;
use forprev_store::{Tx, comptes, faits, sessions};
use jiff::civil::Date;

use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::sessions::presentation::{Gens, dernier};

/// A session with its history, its people and what the register knows of it.
#[derive(Debug, Clone)]
pub(super) struct Dossier {
    pub(super) fiche: Fiche,
    pub(super) historique: Vec<Evenement>,
    pub(super) gens: Gens,
    pub(super) faits: Faits,
    /// Raison sociale of the compte.
    pub(super) compte: String,
    /// Whether what it waits for is the reader's to do.
    pub(super) a_lui: bool,
    pub(super) aujourdhui: Date,
}

impl Dossier {
    /// Reads a session that the requester sees; what an administrateur reads is written in the journal.
    ///
    /// # Errors
    ///
    /// *Not found* when it does not exist or is not visible.
    pub(super) async fn ouvrir(app: &App, demande: &Demande, id: SessionId) -> Result<Self, Error> {
        let voulu = demande.clone();
        if !est_lu_par_le_reseau(&demande.portee()) {
            return app.read(move |tx| Self::lire(tx, &voulu, id)).await;
        }
        app.write(move |tx| {
            let dossier = Self::lire(tx, &voulu, id)?;
            journal::noter(tx, &voulu, "session.consultee", &format!("session:{id}"))?;
            Ok(dossier)
        })
        .await
    }

    /// As [`Self::ouvrir`], in a transaction that is already open.
    ///
    /// # Errors
    ///
    /// *Not found* when it does not exist or is not visible.
    pub(super) fn lire(tx: &mut Tx<'_>, demande: &Demande, id: SessionId) -> Result<Self, Error> {
        let aujourdhui = demande.moment.aujourdhui;
        let fiche = sessions::fiche(tx, &demande.portee(), id, aujourdhui)?.ok_or(Error::NotFound)?;
        let historique = sessions::historique(tx, id)?;
        let gens = Gens::de(tx, &[&fiche.session], &historique)?;
        let faits = faits::de_la_session(tx, &fiche.session)?;
        let compte = comptes::charger(tx, fiche.session.compte)?;
        let compte = compte.map(|compte| compte.raison_sociale).unwrap_or_default();
        let a_lui = est_a_son_tour(&demande.requester, &fiche.session);
        Ok(Self { fiche, historique, gens, faits, compte, a_lui, aujourdhui })
    }

    pub(super) fn session(&self) -> &Session {
        &self.fiche.session
    }

    /// « Claire Lemoine »: who declared it.
    pub(super) fn auteur(&self) -> String {
        self.gens.nom(&self.session().auteur)
    }

    /// « Karim Benali », or « le formateur » as long as none is declared.
    pub(super) fn formateur(&self) -> String {
        let declare = self.session().etat.soumise_a().or(self.session().saisie.formateur.as_ref());
        let connu = declare.filter(|numero| self.gens.connait(numero));
        connu.map_or_else(|| "le formateur".to_owned(), |numero| self.gens.nom(numero))
    }

    /// The last event of this kind.
    pub(super) fn dernier(&self, quoi: Quoi) -> Option<&Evenement> {
        dernier(&self.historique, quoi)
    }
}

/// Whether a reading is the network's, and goes into the journal.
pub(super) fn est_lu_par_le_reseau(portee: &Portee) -> bool {
    portee.administrateur
}
