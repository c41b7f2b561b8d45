//! A session being entered, with all that its pages say of it.

use forprev_domain::dispositif::NiveauDuCatalogue;
use forprev_domain::droits::{Acte, peut};
use forprev_domain::evenement::{Evenement, Quoi};
use forprev_domain::refus::{Avertissement, Manquement, Refus};
use forprev_domain::session::{Etat, Faits, Session, avertissements, manquements};
use forprev_store::{Tx, faits, sessions};

use super::identifiant;
use super::tete::Etape;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::Page;
use crate::sessions::charger;
use crate::sessions::presentation::{Gens, dernier};
use crate::sign_in::SignedVisit;

/// A draft or a returned session, read in one transaction.
pub(super) struct Dossier {
    pub(super) session: Session,
    pub(super) faits: Faits,
    /// All that its submission lacks.
    pub(super) points: Vec<Manquement>,
    pub(super) avertissements: Vec<Avertissement>,
    pub(super) historique: Vec<Evenement>,
    pub(super) gens: Gens,
}

/// Opens a session to enter it; none when its state does not allow it any more.
///
/// # Errors
///
/// *Not found*, or *forbidden* when entering it is never this person's to do.
pub(super) async fn ouvrir(visit: &SignedVisit, id: &str) -> Result<Option<Dossier>, Error> {
    let id = identifiant(id)?;
    let demande = Demande::from(visit);
    visit
        .app
        .read(move |tx| {
            let session = charger(tx, &demande, id)?;
            match peut(&demande.requester, Acte::Modifier, &session) {
                Ok(()) => Dossier::lire(tx, &demande, session).map(Some),
                Err(Refus::PasVotreRole) => Err(Error::Forbidden),
                Err(_) => Ok(None),
            }
        })
        .await
}

impl Dossier {
    /// Reads what the register knows of this session.
    pub(super) fn lire(tx: &mut Tx<'_>, demande: &Demande, session: Session) -> Result<Self, Error> {
        let faits = faits::de_la_session(tx, &session)?;
        let historique = sessions::historique(tx, session.id)?;
        let gens = Gens::de(tx, &[&session], &historique)?;
        let aujourdhui = demande.moment.aujourdhui;
        Ok(Self {
            points: manquements(&session, &faits, aujourdhui),
            avertissements: avertissements(&session, &faits, aujourdhui),
            session,
            faits,
            historique,
            gens,
        })
    }

    /// `/sessions/{id}/formateur`
    pub(super) fn adresse(&self, page: &str) -> String {
        format!("/sessions/{}/{page}", self.session.id)
    }

    /// The formateur's return, as long as the session is to be corrected.
    pub(super) fn retour(&self) -> Option<&Evenement> {
        matches!(self.session.etat, Etat::Retournee { .. })
            .then(|| dernier(&self.historique, Quoi::Retournee))
            .flatten()
    }

    /// The points that this step mends.
    pub(super) fn points_de(&self, etape: Etape) -> impl Iterator<Item = &Manquement> {
        self.points.iter().filter(move |point| Etape::de(point) == etape)
    }

    /// What the catalogue says of groups on `date_fin`.
    pub(super) fn groupe(&self) -> Option<&NiveauDuCatalogue> {
        self.faits.dispositif.as_ref()?.niveau(self.session.niveau())
    }

    /// The declared formateur's name, if he is or was one: of anybody else nothing is said (R2).
    pub(super) fn nom_du_formateur(&self) -> Option<String> {
        let numero = self.session.saisie.formateur.as_ref()?;
        self.gens.connait(numero).then(|| self.gens.nom(numero))
    }

    /// A page of one trainee of this session.
    pub(super) fn page_de_stagiaire(&self, visit: &SignedVisit, titre: &str, nom: &str) -> Page {
        let mut page = self.page(visit, titre, Etape::Stagiaires.nom());
        if let Some(etape) = page.fil.last_mut() {
            etape.href = Some(self.adresse("stagiaires"));
        }
        page.ici(nom)
    }

    /// A page of this session, framed and with its breadcrumb.
    pub(super) fn page(&self, visit: &SignedVisit, titre: &str, ici: &str) -> Page {
        visit
            .page(format!("{titre} – Session {}", self.session.numero))
            .fil("Sessions", "/sessions")
            .fil(format!("Session {}", self.session.numero), format!("/sessions/{}", self.session.id))
            .ici(ici)
    }
}
