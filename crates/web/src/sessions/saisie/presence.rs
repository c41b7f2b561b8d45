//! What a known person who is proposed is already in: this session, or another one on the same days.

use forprev_domain::numero::Numero;
use forprev_domain::regles::doublons::Proposition;
use forprev_domain::session::Session;
use forprev_store::sessions::{Presence, presences};

use crate::demande::Demande;
use crate::error::Error;
use crate::sign_in::SignedVisit;
use crate::typographie::{date, plage};

/// A sentence for each session, among those that this user sees (R9, R10).
pub(super) async fn deja_inscrites(
    visit: &SignedVisit,
    session: &Session,
    propositions: &[Proposition],
) -> Result<Vec<(Numero, String)>, Error> {
    if propositions.is_empty() {
        return Ok(Vec::new());
    }
    let (demande, ici) = (Demande::from(visit), session.id);
    let numeros: Vec<Numero> = propositions.iter().map(|p| p.numero.clone()).collect();
    let fin = session.saisie.date_fin;
    let jours = (session.saisie.date_debut.unwrap_or(fin), fin);
    let aujourdhui = demande.moment.aujourdhui;
    let trouvees =
        visit.app.read(move |tx| Ok(presences(tx, &demande.portee(), &numeros, jours, aujourdhui)?)).await?;
    let phrase = |p: Presence| {
        let phrase = if p.session == ici {
            "Déjà dans cette session".to_owned()
        } else {
            let (debut, fin) = p.jours;
            let quand = debut.map_or_else(|| format!("le {}", date(fin)), |debut| plage(debut, fin));
            format!("Déjà dans la session {}, {quand}", p.numero)
        };
        (p.personne, phrase)
    };
    Ok(trouvees.into_iter().map(phrase).collect())
}
