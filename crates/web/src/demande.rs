//! A request as actions see it: who asks, when, of which program.

use forprev_domain::calendrier::Moment;
use forprev_domain::droits::{Portee, Requester, peut_administrer, portee};
use forprev_domain::session::Geste;

use crate::app::App;
use crate::error::Error;
use crate::sign_in::SignedVisit;

/// Who asks, when, of which program. Both faces, pages and API, act through one.
#[derive(Clone)]
pub struct Demande {
    /// The running program: settings.
    pub app: App,
    /// Who asks, with the profiles in use.
    pub requester: Requester,
    /// The one moment of the request.
    pub moment: Moment,
}

impl From<&SignedVisit> for Demande {
    /// A page's request: the profile in use only.
    fn from(visit: &SignedVisit) -> Self {
        Self { app: visit.app.clone(), requester: visit.requester.clone(), moment: visit.moment }
    }
}

impl Demande {
    /// What he may see.
    #[must_use]
    pub fn portee(&self) -> Portee {
        portee(&self.requester)
    }

    /// Refuses anybody but the administrateur.
    ///
    /// # Errors
    ///
    /// *Forbidden*.
    pub fn exiger_administrateur(&self) -> Result<(), Error> {
        if peut_administrer(&self.requester) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// His move, with its words.
    #[must_use]
    pub fn geste<'a>(&'a self, commentaire: Option<&'a str>) -> Geste<'a> {
        Geste { par: &self.requester.numero, moment: self.moment, commentaire }
    }
}
