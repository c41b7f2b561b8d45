//! What the page of the demonstration says of each of its people: what waits for them today.

use forprev_domain::calendrier::Moment;
use forprev_domain::droits::portee;
use forprev_domain::session::NomEtat;
use forprev_store::sessions::{Filtre, compter_par_etat};
use forprev_store::{Tx, personnes};

use super::Qui;
use super::decor::Decor;
use crate::error::Error;
use crate::sign_in::Persona;
use crate::typographie::{capitale, nombre};

/// The people, in the order of the page.
pub(super) fn presenter(tx: &mut Tx<'_>, decor: &Decor, maintenant: Moment) -> Result<Vec<Persona>, Error> {
    Qui::TOUS
        .into_iter()
        .map(|qui| {
            let requester = decor.requester(qui)?;
            let personne = personnes::charger(tx, &requester.numero)?.ok_or(Error::NotFound)?;
            let identite = &personne.identite;
            let par_etat =
                compter_par_etat(tx, &portee(requester), &Filtre::default(), maintenant.aujourdhui)?;
            let combien = |etats: &[NomEtat]| {
                let total: i64 = etats.iter().filter_map(|etat| par_etat.get(etat)).sum();
                usize::try_from(total).unwrap_or(0)
            };
            Ok(Persona {
                numero: personne.numero.clone(),
                nom: identite.nom_complet(),
                qualite: qualite(qui).to_owned(),
                presentation: presentation(qui, combien),
            })
        })
        .collect()
}

fn qualite(qui: Qui) -> &'static str {
    match qui {
        Qui::Claire => "Gestionnaire, Ardoise Formation",
        Qui::Hugo => "Délégataire, Ardoise Formation",
        Qui::Karim => "Formateur SST",
        Qui::Solene => "Formatrice PRAP-2S et gestionnaire, Ardoise Formation",
        Qui::Elodie => "Formatrice APS-ASD, formatrice de formateurs SST",
        Qui::Awa => "Administratrice du réseau",
        Qui::Bruno => "Gestionnaire, Cordage et Fils",
        Qui::Margaux => "Délégataire, Cordage et Fils",
    }
}

fn presentation(qui: Qui, combien: impl Fn(&[NomEtat]) -> usize) -> String {
    use NomEtat::{ATraiter, Brouillon, Retournee, Soumise};
    let sessions = |n: usize| match n {
        0 => "Aucune session".to_owned(),
        1 => "Une session".to_owned(),
        n => format!("{} sessions", capitale(&nombre(n))),
    };
    match qui {
        Qui::Claire => {
            let n = combien(&[Brouillon, Retournee, ATraiter]);
            format!("{} à compléter ou à traiter, une habilitation qui se termine.", sessions(n))
        }
        Qui::Hugo => {
            let n = combien(&NomEtat::TOUS);
            format!(
                "Ne voit que les {} sessions qu’il a déclarées, dont un brouillon à finir cette semaine.",
                nombre(n)
            )
        }
        Qui::Karim => format!(
            "{} à vérifier pour deux organismes, un certificat de formateur à télécharger.",
            sessions(combien(&[Soumise]))
        ),
        Qui::Solene => "Deux profils, une qualification qui prend fin dans dix semaines.".to_owned(),
        Qui::Elodie => {
            format!("{} à vérifier ; elle certifie aussi des formateurs.", sessions(combien(&[Soumise])))
        }
        Qui::Awa => "Comptes, habilitations, catalogue, une personne inscrite deux fois, journal.".to_owned(),
        Qui::Bruno => "Un compte neuf, presque vide.".to_owned(),
        Qui::Margaux => format!("{} sur son nouveau compte.", sessions(combien(&NomEtat::TOUS))),
    }
}
