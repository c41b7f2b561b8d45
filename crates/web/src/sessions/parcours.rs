//! The course of a session as a relay: who held it, who holds it, what follows, with names and days.

use forprev_domain::calendrier::jour_de_paris;
use forprev_domain::evenement::{Evenement, Quoi};
use forprev_domain::numero::Numero;
use forprev_domain::session::{Echeance, Etat, Session};
use jiff::civil::Date;

use super::presentation::{Gens, court, dernier};
use crate::layout::composants::{EtapeDeRelais, Relais};
use crate::messages::durees;
use crate::typographie::heure;

/// The whole course of a session, with names and days, seen by somebody whose turn it is or not.
#[must_use]
pub fn parcours(
    session: &Session,
    historique: &[Evenement],
    gens: &Gens,
    a_lui: bool,
    aujourdhui: Date,
) -> Relais {
    let vue = Vue { session, historique, gens, a_lui, aujourdhui };
    Relais::new("Parcours de la session", vue.etapes())
}

struct Vue<'a> {
    session: &'a Session,
    historique: &'a [Evenement],
    gens: &'a Gens,
    a_lui: bool,
    aujourdhui: Date,
}

impl Vue<'_> {
    fn etapes(&self) -> Vec<EtapeDeRelais> {
        let mut etapes = vec![self.faite("Déclarée", Quoi::Creee)];
        let fin = court(self.session.saisie.date_fin, self.aujourdhui);
        let pas_encore = self.aujourdhui < self.session.saisie.date_fin;
        match &self.session.etat {
            Etat::Brouillon => {
                let passee = Echeance::de(self.session, self.aujourdhui).est_passee();
                let delai = if passee { "délai passé".to_owned() } else { self.jusqu_au() };
                etapes.push(self.courante("Soumettre", &self.session.auteur).ligne(delai));
                etapes.extend(self.resultats_a_venir());
            }
            Etat::Retournee { .. } => {
                let etape = self.courante("Corriger", &self.session.auteur);
                let retour = dernier(self.historique, Quoi::Retournee);
                etapes.push(match retour {
                    Some(retour) => etape
                        .ligne(format!("retournée par {}", self.gens.nom(&retour.par)))
                        .ligne(format!("le {}", self.jour(retour))),
                    None => etape,
                });
                etapes.extend(self.resultats_a_venir());
            }
            Etat::Soumise { a } => {
                etapes.push(self.faite("Soumise", Quoi::Soumise));
                let depuis = [Quoi::Soumise, Quoi::Renvoyee].map(|quoi| dernier(self.historique, quoi));
                let etape = self.courante("Vérifier", a);
                let depuis = depuis.into_iter().flatten().max_by_key(|evenement| evenement.le);
                etapes.push(match depuis {
                    Some(evenement) => etape.ligne(format!("depuis le {}", self.jour(evenement))),
                    None => etape,
                });
            }
            Etat::ATraiter { .. } => {
                etapes.push(self.faite("Soumise", Quoi::Soumise));
                etapes.push(self.faite_avec_heure("Résultats transmis", Quoi::ResultatsTransmis));
                let possible = if pas_encore { "possible à partir du" } else { "possible depuis le" };
                let etape = self.courante("Générer", &self.session.auteur);
                etapes.push(etape.ligne(format!("{possible} {fin}")));
            }
            Etat::Terminee { .. } => {
                etapes.push(self.faite("Soumise", Quoi::Soumise));
                etapes.push(self.faite("Résultats transmis", Quoi::ResultatsTransmis));
                etapes.push(self.fin());
                return etapes.into_iter().chain(self.telechargement()).collect();
            }
        }
        if !matches!(self.session.etat, Etat::ATraiter { .. }) {
            etapes.push(EtapeDeRelais::a_venir("Générer").ligne(format!("à partir du {fin}")));
        }
        etapes.push(
            EtapeDeRelais::a_venir("Télécharger").ligne(format!("pendant {}", durees::de_telechargement())),
        );
        etapes
    }

    fn faite(&self, titre: &str, quoi: Quoi) -> EtapeDeRelais {
        let etape = EtapeDeRelais::faite(titre);
        match dernier(self.historique, quoi) {
            Some(evenement) => etape.ligne(self.gens.nom(&evenement.par)).ligne(self.jour(evenement)),
            None => etape,
        }
    }

    fn faite_avec_heure(&self, titre: &str, quoi: Quoi) -> EtapeDeRelais {
        let etape = EtapeDeRelais::faite(titre);
        match dernier(self.historique, quoi) {
            Some(evenement) => etape.ligne(self.gens.nom(&evenement.par)).ligne(format!(
                "{}, {}",
                self.jour(evenement),
                heure(evenement.le)
            )),
            None => etape,
        }
    }

    /// The step that is on: « : à vous », or the name of who holds it.
    fn courante(&self, titre: &str, qui: &Numero) -> EtapeDeRelais {
        if self.a_lui {
            return EtapeDeRelais::courante(&format!("{titre} : à vous"));
        }
        EtapeDeRelais::courante(titre).ligne(self.gens.nom(qui))
    }

    fn resultats_a_venir(&self) -> Option<EtapeDeRelais> {
        let etape = EtapeDeRelais::a_venir("Vérifier");
        let formateur = self.session.saisie.formateur.as_ref();
        Some(match formateur.filter(|numero| self.gens.connait(numero)) {
            Some(numero) => etape.ligne(self.gens.nom(numero)),
            None => etape.ligne("le formateur"),
        })
    }

    fn fin(&self) -> EtapeDeRelais {
        let titre =
            if self.session.sans_reussite() { "Close sans certificat" } else { "Certificats générés" };
        self.faite(titre, Quoi::CertificatsGeneres)
    }

    fn telechargement(&self) -> Option<EtapeDeRelais> {
        if self.session.sans_reussite() {
            let le = court(self.session.disparait_le(), self.aujourdhui);
            return Some(EtapeDeRelais::courante("Suppression").ligne(format!("le {le}")));
        }
        Some(self.courante("Télécharger", &self.session.auteur).ligne(self.jusqu_au()))
    }

    fn jusqu_au(&self) -> String {
        format!(
            "jusqu’au {}",
            court(Echeance::de(self.session, self.aujourdhui).dernier_jour, self.aujourdhui)
        )
    }

    fn jour(&self, evenement: &Evenement) -> String {
        court(jour_de_paris(evenement.le), self.aujourdhui)
    }
}
