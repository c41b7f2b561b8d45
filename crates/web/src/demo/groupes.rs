//! Who is in which session: new people, and those whom the story knows already.

use std::collections::BTreeMap;

use forprev_domain::calendrier::{plus_jours, plus_mois};
use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::IdentiteBrute;
use forprev_domain::regles::doublons::forme_normale;
use forprev_domain::session::Session;
use forprev_domain::stagiaire::Stagiaire;
use jiff::civil::{Date, date};

use super::sessions::{Etape, Invite, Plan};
use super::stagiaires::{NOM_LONG, PRENOM_LONG, adresse, identite, stagiaire};
use crate::sessions::stagiaires::Entree;

/// The trainees met so far.
#[derive(Debug, Default)]
pub(super) struct Groupes {
    /// How many were invented.
    inventes: usize,
    /// Those who were certified, with their numéro, by dispositif.
    anciens: BTreeMap<&'static str, Vec<IdentiteBrute>>,
    /// Those with names of their own, with their numéro.
    connus: Vec<IdentiteBrute>,
}

impl Groupes {
    /// Somebody whom nobody knows yet.
    pub(super) fn nouveau(&mut self) -> IdentiteBrute {
        self.inventes += 1;
        stagiaire(self.inventes)
    }

    /// The group of a session, but for the people of the demonstration.
    pub(super) fn entrees(&mut self, plan: &Plan, fin: Date) -> Vec<Entree> {
        let mut groupe: Vec<_> = (0..plan.groupe).map(|_| self.nouveau()).collect();
        groupe.extend(plan.avec.iter().filter_map(|invite| self.invite(plan, *invite, fin)));
        if plan.niveau == Niveau::Formateur {
            for identite in &mut groupe {
                let (prenom, nom) = (identite.prenom.as_deref(), identite.nom_naissance.as_deref());
                identite.email = Some(adresse(prenom.unwrap_or(""), nom.unwrap_or(""), "stagiaires"));
            }
        }
        let autre_personne = plan.avec.contains(&Invite::EnDouble);
        groupe
            .into_iter()
            .map(|identite| Entree { autre_personne: autre_personne && identite.numero.is_none(), identite })
            .collect()
    }

    fn invite(&mut self, plan: &Plan, invite: Invite, fin: Date) -> Option<IdentiteBrute> {
        let brute = match invite {
            Invite::NomsLongs => identite(PRENOM_LONG, NOM_LONG, date(1986, 10, 31)),
            Invite::Accents => identite("Łucja-Ñusta", "Żółć-D’Artagnan", date(1994, 7, 2)),
            Invite::SansDate => IdentiteBrute { date_naissance: None, ..self.nouveau() },
            Invite::QuinzeAns => {
                let naissance = plus_jours(plus_mois(fin, -15 * 12), -40).to_string();
                IdentiteBrute { date_naissance: Some(naissance), ..self.nouveau() }
            }
            Invite::ToutJusteQuatorze => {
                let naissance = plus_jours(plus_mois(fin, -14 * 12), -12).to_string();
                IdentiteBrute { date_naissance: Some(naissance), ..self.nouveau() }
            }
            Invite::Ancien => return self.anciens.get_mut(plan.dispositif)?.pop(),
            Invite::EnDouble => {
                let meme = self.anciens.get(plan.dispositif)?.first()?;
                let nom = forme_normale(meme.nom_naissance.as_deref()?).to_uppercase();
                IdentiteBrute { numero: None, nom_naissance: Some(nom), ..meme.clone() }
            }
            Invite::Connu(_) => return None,
        };
        let deja = |connu: &&IdentiteBrute| {
            connu.nom_naissance == brute.nom_naissance && connu.date_naissance == brute.date_naissance
        };
        Some(self.connus.iter().find(deja).cloned().unwrap_or(brute))
    }

    /// Remembers who came out of this session.
    pub(super) fn retenir(&mut self, plan: &Plan, session: &Session) {
        let lignes = session.stagiaires.iter().filter(|s| s.numero.is_some());
        if plan.avec.contains(&Invite::NomsLongs) {
            self.connus.extend(lignes.map(de_la_ligne));
        }
        if plan.niveau == Niveau::Acteur && matches!(plan.suite.last(), Some((_, Etape::Generer))) {
            let certifies = session.reussites().map(de_la_ligne);
            self.anciens.entry(plan.dispositif).or_default().extend(certifies);
        }
    }
}

/// A line as it would be typed again, with its numéro.
pub(super) fn de_la_ligne(ligne: &Stagiaire) -> IdentiteBrute {
    let i = &ligne.identite;
    IdentiteBrute {
        civilite: i.civilite.map(|c| c.libelle().to_owned()),
        nom_naissance: i.nom_naissance.as_ref().map(ToString::to_string),
        nom_usage: i.nom_usage.as_ref().map(ToString::to_string),
        prenom: i.prenom.as_ref().map(ToString::to_string),
        date_naissance: i.date_naissance.map(|jour| jour.to_string()),
        email: i.email.as_ref().map(ToString::to_string),
        numero: ligne.numero.as_ref().map(ToString::to_string),
    }
}
