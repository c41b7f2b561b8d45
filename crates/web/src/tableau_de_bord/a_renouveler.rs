//! Habilitations of the compte, qualifications of its formateurs or one's own certificates that end within 90 days
//! and that nothing takes over from.

use std::collections::BTreeMap;

use forprev_domain::calendrier::{jours_entre, plus_jours};
use forprev_domain::compte::Compte;
use forprev_domain::formateur::Qualification;
use forprev_domain::habilitation::Habilitation;
use forprev_domain::numero::Numero;
use forprev_domain::regles::habilitation_valide::JOURS_D_ALERTE;
use forprev_store::{Tx, certificats, habilitations};
use jiff::civil::Date;

use crate::demande::Demande;
use crate::error::Error;
use crate::messages;
use crate::typographie::{date, distance};

/// Days from which it presses.
const PRESSE: i32 = 30;

/// One right that ends soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renouvellement {
    pub(super) titre: String,
    pub(super) quoi: String,
    fin: Date,
    pub(super) datetime: String,
    pub(super) jusqu_au: String,
    pub(super) reste: Option<String>,
}

/// Reads what ends soon, the nearest first.
///
/// # Errors
///
/// The store's.
pub(super) fn lire(tx: &mut Tx<'_>, demande: &Demande) -> Result<Vec<Renouvellement>, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    let mut liste = Vec::new();
    let comptes = demande.requester.declare_pour();
    for compte in &comptes {
        liste.extend(du_compte(&habilitations::du_compte(tx, *compte)?, "", aujourdhui));
    }
    let moi = demande.requester.numero.clone();
    let mut noms: BTreeMap<Numero, Option<String>> = BTreeMap::new();
    if comptes.is_empty() {
        noms.insert(moi, None);
    } else {
        for personne in certificats::formateurs_connus(tx, &demande.portee(), "", aujourdhui)? {
            let nom = personne.identite.nom_complet();
            noms.insert(personne.numero, Some(nom));
        }
    }
    if noms.is_empty() {
        return Ok(liste);
    }
    let mut acquis: BTreeMap<Numero, Vec<Qualification>> = BTreeMap::new();
    for (numero, qualification) in certificats::acquis(tx, &noms.keys().collect::<Vec<_>>())? {
        acquis.entry(numero).or_default().push(qualification);
    }
    let de_chacun = acquis.iter().flat_map(|(qui, tous)| tous.iter().map(move |une| (qui, une, tous)));
    for (numero, qualification, du_titulaire) in de_chacun {
        let Some(fin) = qualification.fin.filter(|fin| bientot(*fin, aujourdhui)) else { continue };
        if !qualification.fait_un_formateur() || qualification.est_relayee(du_titulaire) {
            continue;
        }
        let quoi = format!("{} {}", messages::niveau(qualification.niveau), qualification.dispositif);
        let (titre, quoi) = match noms.get(numero).cloned().flatten() {
            Some(nom) => (format!("Qualification {}", crate::typographie::de(&nom)), format!("{quoi}, ")),
            None => (format!("Certificat de {quoi}"), String::new()),
        };
        liste.push(renouvellement(titre, quoi, fin, aujourdhui));
    }
    liste.sort_by_key(|renouvellement| renouvellement.fin);
    Ok(liste)
}

/// Reads which habilitations of these comptes end soon, the nearest first.
///
/// # Errors
///
/// The store's.
pub(super) fn du_reseau(
    tx: &mut Tx<'_>,
    comptes: &[Compte],
    aujourdhui: Date,
) -> Result<Vec<Renouvellement>, Error> {
    let mut liste = Vec::new();
    for compte in comptes {
        let tenues = habilitations::du_compte(tx, compte.id)?;
        liste.extend(du_compte(&tenues, &format!("{}, ", compte.raison_sociale), aujourdhui));
    }
    liste.sort_by_key(|renouvellement| renouvellement.fin);
    Ok(liste)
}

/// Those of one compte that end soon and that no other of the same kind takes over from.
fn du_compte(toutes: &[Habilitation], de_qui: &str, aujourdhui: Date) -> Vec<Renouvellement> {
    let finissent = toutes.iter().filter(|h| bientot(h.dernier_jour(), aujourdhui));
    finissent
        .filter(|h| !h.est_relayee(toutes))
        .map(|h| {
            let titre = format!("Habilitation {} {}", h.dispositif, messages::niveau(h.niveau));
            renouvellement(titre, de_qui.to_owned(), h.dernier_jour(), aujourdhui)
        })
        .collect()
}

fn bientot(fin: Date, aujourdhui: Date) -> bool {
    aujourdhui <= fin && fin <= plus_jours(aujourdhui, JOURS_D_ALERTE)
}

fn renouvellement(titre: String, quoi: String, fin: Date, aujourdhui: Date) -> Renouvellement {
    let reste = (jours_entre(aujourdhui, fin) <= PRESSE).then(|| distance(fin, aujourdhui));
    Renouvellement { titre, quoi, fin, datetime: fin.to_string(), jusqu_au: date(fin), reste }
}
