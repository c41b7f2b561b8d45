//! How a session is said in words: its title, its dates and place, its course with names and days,
//! since when it is where it is. Pages, mails and lists share it; deadlines are in `echeance`.

use std::collections::BTreeMap;

use forprev_domain::calendrier::{jour_de_paris, jours_entre};
use forprev_domain::evenement::{Evenement, Quoi};
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_domain::session::{Action, Lieu, Saisie, Session};
use forprev_store::{Tx, certificats, personnes};
use jiff::civil::Date;

pub use super::parcours::parcours;
use crate::error::Error;
use crate::layout::composants;
use crate::messages;
use crate::typographie::{date, date_longue, heure, jour_et_mois, nombre, plage, pluriel};

/// « formation initiale », « MAC ».
#[must_use]
pub fn action(action: Action) -> &'static str {
    match action {
        Action::Initiale => "formation initiale",
        Action::Mac => "MAC",
    }
}

/// « SST acteur »
#[must_use]
pub fn dispositif_et_niveau(saisie: &Saisie) -> String {
    format!("{} {}", saisie.dispositif, messages::niveau(saisie.niveau))
}

/// « SST acteur, formation initiale »; without the action as long as it is not chosen.
#[must_use]
pub fn titre(saisie: &Saisie) -> String {
    let debut = dispositif_et_niveau(saisie);
    saisie.action.map_or_else(|| debut.clone(), |choisie| format!("{debut}, {}", action(choisie)))
}

/// « une », « deux », « 17 »: how many sessions, which are feminine.
#[must_use]
pub(crate) fn combien(n: usize) -> String {
    if n == 1 { "une".to_owned() } else { nombre(n) }
}

/// « du 19 au 20 novembre 2026 »; « jusqu’au 20 novembre 2026 » as long as the first day is not known.
#[must_use]
pub fn dates(saisie: &Saisie) -> String {
    match saisie.date_debut {
        Some(debut) if debut <= saisie.date_fin => plage(debut, saisie.date_fin),
        Some(_) | None => format!("jusqu’au {}", date(saisie.date_fin)),
    }
}

/// « du 19 au 20 novembre 2026 à Angers »
#[must_use]
pub fn dates_et_lieu(saisie: &Saisie) -> String {
    let dates = dates(saisie);
    saisie.lieu.commune.as_ref().map_or_else(|| dates.clone(), |commune| format!("{dates} {}", a(commune)))
}

/// « SST acteur, formation initiale, du 19 au 20 novembre 2026 à Angers »
#[must_use]
pub fn titre_dates_et_lieu(saisie: &Saisie) -> String {
    format!("{}, {}", titre(saisie), dates_et_lieu(saisie))
}

/// « Session S-2026-7F3K9Q, du 19 au 20 novembre 2026 à Angers, 10 stagiaires »: under the title.
#[must_use]
pub fn sous_titre(session: &Session) -> String {
    let combien = match session.stagiaires.len() {
        0 => "aucun stagiaire".to_owned(),
        n => pluriel(n, "stagiaire", "stagiaires"),
    };
    format!("Session {}, {}, {combien}", session.numero, dates_et_lieu(&session.saisie))
}

/// « Atelier de Saint-Serge, 14 rue du Port, 49100 Angers »; none when nothing is known of it.
#[must_use]
pub fn lieu(lieu: &Lieu) -> Option<String> {
    let ville: Vec<&str> =
        [&lieu.code_postal, &lieu.commune].into_iter().flatten().map(String::as_str).collect();
    let ville = Some(ville.join("\u{a0}")).filter(|ville| !ville.is_empty());
    let parties: Vec<&str> =
        [&lieu.nom, &lieu.adresse, &ville].into_iter().flatten().map(String::as_str).collect();
    Some(parties.join(", ")).filter(|texte| !texte.is_empty())
}

/// « à Angers », « au Mans », « aux Herbiers ».
#[must_use]
pub fn a(commune: &str) -> String {
    if let Some(reste) = commune.strip_prefix("Les ") {
        return format!("aux {reste}");
    }
    commune.strip_prefix("Le ").map_or_else(|| format!("à {commune}"), |reste| format!("au {reste}"))
}

/// The state, as a disc and its word.
#[must_use]
pub fn etat(session: &Session) -> composants::Etat {
    composants::Etat::new(session.etat.nom())
}

/// Names of the people that sessions speak of.
#[derive(Debug, Clone, Default)]
pub struct Gens(BTreeMap<Numero, Personne>);

impl Gens {
    /// The people of these sessions: authors, formateurs, and who did what in these histories. Of somebody who is
    /// named as formateur of what was not submitted to him, and who never was one, nothing is said (R2).
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn de(tx: &mut Tx<'_>, sessions: &[&Session], historique: &[Evenement]) -> Result<Self, Error> {
        let auteurs = sessions.iter().map(|session| session.auteur.clone());
        let soumises_a = sessions.iter().filter_map(|session| session.etat.soumise_a().cloned());
        let mut numeros: Vec<Numero> = auteurs.chain(soumises_a).collect();
        numeros.extend(historique.iter().map(|evenement| evenement.par.clone()));
        let nommes: Vec<&Numero> = sessions.iter().filter_map(|s| s.saisie.formateur.as_ref()).collect();
        let acquis = certificats::acquis(tx, &nommes)?;
        let formateurs = acquis.into_iter().filter(|(_, qualification)| qualification.fait_un_formateur());
        numeros.extend(formateurs.map(|(numero, _)| numero));
        Self::lire(tx, numeros)
    }

    /// The people who have these numéros, merged ones included.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn lire(tx: &mut Tx<'_>, mut numeros: Vec<Numero>) -> Result<Self, Error> {
        numeros.sort();
        numeros.dedup();
        let mut connus = personnes::toutes(tx, &numeros)?;
        for numero in numeros {
            if connus.contains_key(&numero) {
                continue;
            }
            if let Some(personne) = personnes::charger(tx, &numero)? {
                connus.insert(numero, personne);
            }
        }
        Ok(Self(connus))
    }

    /// « Karim Benali »; his numéro when the register does not know him (any more).
    #[must_use]
    pub fn nom(&self, numero: &Numero) -> String {
        self.0.get(numero).map_or_else(|| numero.to_string(), |personne| personne.identite.nom_complet())
    }

    /// Whether the register knows this numéro.
    #[must_use]
    pub fn connait(&self, numero: &Numero) -> bool {
        self.0.contains_key(numero)
    }
}

/// « 20 novembre », with the year when it is another one.
#[must_use]
pub fn court(jour: Date, aujourdhui: Date) -> String {
    if jour.year() == aujourdhui.year() { jour_et_mois(jour) } else { date(jour) }
}

/// « depuis aujourd’hui, 09:12 », « depuis hier », « depuis le vendredi 20 novembre 2026 ».
#[must_use]
pub fn depuis(instant: jiff::Timestamp, aujourdhui: Date) -> String {
    let jour = jour_de_paris(instant);
    match jours_entre(jour, aujourdhui) {
        0 => format!("depuis aujourd’hui, {}", heure(instant)),
        1 => "depuis hier".to_owned(),
        _ => format!("depuis le {}", date_longue(jour)),
    }
}

/// The last event of this kind.
#[must_use]
pub fn dernier(historique: &[Evenement], quoi: Quoi) -> Option<&Evenement> {
    historique.iter().rev().find(|evenement| evenement.quoi == quoi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_commune_se_dit_avec_son_article() {
        for (commune, attendu) in [
            ("Angers", "à Angers"),
            ("Le Mans", "au Mans"),
            ("Les Herbiers", "aux Herbiers"),
            ("La Rochelle", "à La Rochelle"),
        ] {
            assert_eq!(a(commune), attendu);
        }
    }

    #[test]
    fn un_lieu_ne_dit_que_ce_qui_est_connu() {
        let vide = Lieu::default();
        assert_eq!(lieu(&vide), None);
        let entier = Lieu {
            nom: Some("Atelier".to_owned()),
            adresse: Some("14 rue du Port".to_owned()),
            code_postal: Some("49100".to_owned()),
            commune: Some("Angers".to_owned()),
        };
        assert_eq!(lieu(&entier).as_deref(), Some("Atelier, 14 rue du Port, 49100\u{a0}Angers"));
        let partiel = Lieu { commune: Some("Angers".to_owned()), ..vide };
        assert_eq!(lieu(&partiel).as_deref(), Some("Angers"));
    }
}
