//! What a known person who is proposed is already in, in words.

use forprev_domain::numero::Numero;
use forprev_domain::regles::doublons::Proposition;
use forprev_domain::session::{Session, SessionId};
use forprev_store::sessions::Presence;

use crate::demande::Demande;
use crate::error::Error;
use crate::sessions::presence::presences;
use crate::sign_in::SignedVisit;
use crate::typographie::{date, plage};

/// A sentence for each session, among those that this user sees (R9, R10).
pub(super) async fn deja_inscrites(
    visit: &SignedVisit,
    session: &Session,
    propositions: &[Proposition],
) -> Result<Vec<(Numero, String)>, Error> {
    let (demande, la, propositions) = (Demande::from(visit), session.clone(), propositions.to_vec());
    let trouvees = visit.app.read(move |tx| presences(tx, &demande, &la, &propositions)).await?;
    Ok(en_phrases(session.id, &trouvees))
}

/// A sentence for each of these, by person.
pub(super) fn en_phrases(ici: SessionId, presences: &[Presence]) -> Vec<(Numero, String)> {
    let phrase = |p: &Presence| {
        let phrase = if p.session == ici {
            "Déjà dans cette session".to_owned()
        } else {
            let (debut, fin) = p.jours;
            let quand = debut.map_or_else(|| format!("le {}", date(fin)), |debut| plage(debut, fin));
            format!("Déjà dans la session {}, {quand}", p.numero)
        };
        (p.personne.clone(), phrase)
    };
    presences.iter().map(phrase).collect()
}
