//! The information of a session, as a description list: what was entered, and what the register says of it.

use forprev_domain::regles::formateur_a_jour::formateur_a_jour;
use forprev_domain::regles::habilitation_valide::habilitation_valide;
use forprev_domain::session::{Action, EntrepriseCliente};
use jiff::civil::Date;

use super::dossier::Dossier;
use crate::messages::{self, Noms, manquement};
use crate::sessions::presentation::{action, dates, dispositif_et_niveau, lieu};
use crate::typographie::{capitale, date, jour_de_semaine};

/// One line: its name, its value; « à compléter » when it is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fait {
    pub(super) nom: &'static str,
    pub(super) valeur: Option<String>,
}

impl Fait {
    pub(super) fn new(nom: &'static str, valeur: impl Into<String>) -> Self {
        Self { nom, valeur: Some(valeur.into()) }
    }

    fn peut_etre(nom: &'static str, valeur: Option<String>) -> Self {
        Self { nom, valeur }
    }
}

/// What the people of the compte read: also the habilitation and the qualification on the last day.
pub(super) fn completes(dossier: &Dossier) -> Vec<Fait> {
    let saisie = &dossier.session().saisie;
    let mut faits = vec![
        Fait::new("Dispositif et niveau", dispositif_en_clair(dossier)),
        Fait::peut_etre("Type d’action", type_d_action(dossier)),
        Fait::new("Dates", capitale(&dates(saisie))),
        Fait::new("Habilitation", habilitation(dossier)),
        Fait::peut_etre("Formateur animateur", formateur(dossier)),
        Fait::peut_etre("Lieu", lieu(&saisie.lieu)),
    ];
    faits.extend(saisie.entreprise_cliente.as_ref().map(|e| Fait::new("Entreprise cliente", client(e))));
    faits.extend(saisie.reference.as_ref().map(|r| Fait::new("Référence interne", r.as_str())));
    faits.push(Fait::new("Déclarée par", format!("{}, {}", dossier.auteur(), dossier.compte)));
    faits
}

/// What the formateur checks.
pub(super) fn a_verifier(dossier: &Dossier) -> Vec<Fait> {
    let saisie = &dossier.session().saisie;
    let mut titre = dispositif_et_niveau(saisie);
    if let Some(choisie) = saisie.action {
        titre = format!("{titre}, {}", action(choisie));
    }
    let mut faits = vec![
        Fait::new("Dispositif et niveau", titre),
        Fait::new("Dates", dates_avec_jours(saisie.date_debut, saisie.date_fin)),
        Fait::peut_etre("Lieu", lieu(&saisie.lieu)),
    ];
    faits.extend(saisie.entreprise_cliente.as_ref().map(|e| Fait::new("Entreprise cliente", client(e))));
    faits.push(Fait::new("Déclarée par", format!("{}, {}", dossier.auteur(), dossier.compte)));
    faits
}

/// « du jeudi 19 au vendredi 20 novembre 2026 »
fn dates_avec_jours(debut: Option<Date>, fin: Date) -> String {
    let avec_jour = |jour: Date, texte: &str| format!("{} {texte}", jour_de_semaine(jour));
    match debut {
        Some(debut) if debut < fin => {
            let plage = crate::typographie::plage(debut, fin);
            let (de, a) = plage.split_once(" au ").unwrap_or(("", &plage));
            let de = de.strip_prefix("du ").unwrap_or(de);
            format!("du {} au {}", avec_jour(debut, de), avec_jour(fin, a))
        }
        Some(_) | None => format!("le {}", avec_jour(fin, &date(fin))),
    }
}

fn dispositif_en_clair(dossier: &Dossier) -> String {
    let saisie = &dossier.session().saisie;
    let niveau = messages::niveau(saisie.niveau);
    match &dossier.faits.dispositif {
        Some(dispositif) => format!("{}, {} : {niveau}", saisie.dispositif, dispositif.libelle),
        None => format!("{} : {niveau}", saisie.dispositif),
    }
}

/// « Formation initiale, 14 h »
fn type_d_action(dossier: &Dossier) -> Option<String> {
    let choisie = dossier.session().saisie.action?;
    let niveau = dossier.faits.dispositif.as_ref().and_then(|d| d.niveau(dossier.session().niveau()));
    let (mots, heures) = match choisie {
        Action::Initiale => ("Formation initiale", niveau.and_then(|n| n.heures_initiale)),
        Action::Mac => ("Maintien et actualisation des compétences (MAC)", niveau.and_then(|n| n.heures_mac)),
    };
    Some(heures.map_or_else(|| mots.to_owned(), |heures| format!("{mots}, {heures} h")))
}

fn habilitation(dossier: &Dossier) -> String {
    let saisie = &dossier.session().saisie;
    match habilitation_valide(
        &dossier.faits.habilitations,
        &saisie.dispositif,
        saisie.niveau,
        saisie.date_fin,
    ) {
        Ok(valide) => {
            let numero = valide.numero.as_ref().map(|numero| format!("n° {numero}, ")).unwrap_or_default();
            let phrase =
                format!("{numero}valide à la date de fin (jusqu’au {})", date(valide.dernier_jour()));
            if numero.is_empty() { capitale(&phrase) } else { phrase }
        }
        Err(manque) => manquement(&manque, Noms::default()),
    }
}

fn formateur(dossier: &Dossier) -> Option<String> {
    let saisie = &dossier.session().saisie;
    let numero = saisie.formateur.as_ref()?;
    let valide = formateur_a_jour(
        &dossier.faits.qualifications,
        numero,
        &saisie.dispositif,
        saisie.niveau,
        saisie.date_fin,
    );
    if !dossier.gens.connait(numero) {
        return valide.err().map(|manque| manquement(&manque, Noms::default()));
    }
    let qui = format!("{}, {numero}", dossier.gens.nom(numero));
    Some(match valide {
        Ok(qualification) => match qualification.fin {
            Some(fin) => format!("{qui}. Qualification valide à la date de fin (jusqu’au {})", date(fin)),
            None => format!("{qui}. Qualification valide à la date de fin, sans limite de durée"),
        },
        Err(_) => format!("{qui}. Qualification non valide à la date de fin, le {}", date(saisie.date_fin)),
    })
}

/// « Menuiserie Guérin et filles, SIRET 812 345 678 00014 »
fn client(entreprise: &EntrepriseCliente) -> String {
    let siret = entreprise.siret.as_ref().map(|siret| format!("SIRET\u{a0}{}", par_groupes(siret)));
    [entreprise.raison_sociale.clone(), siret].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn par_groupes(siret: &str) -> String {
    if siret.len() != 14 || !siret.is_ascii() {
        return siret.to_owned();
    }
    [&siret[..3], &siret[3..6], &siret[6..9], &siret[9..]].join("\u{a0}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as jour;

    use super::*;

    #[test]
    fn les_dates_portent_leur_jour() {
        for (debut, fin, attendu) in [
            (Some(jour(2026, 11, 19)), jour(2026, 11, 20), "du jeudi 19 au vendredi 20 novembre 2026"),
            (Some(jour(2026, 11, 20)), jour(2026, 11, 20), "le vendredi 20 novembre 2026"),
            (Some(jour(2026, 11, 30)), jour(2026, 12, 1), "du lundi 30 novembre au mardi 1er décembre 2026"),
            (None, jour(2026, 11, 20), "le vendredi 20 novembre 2026"),
        ] {
            assert_eq!(dates_avec_jours(debut, fin).replace('\u{a0}', " "), attendu);
        }
    }

    #[test]
    fn un_siret_se_lit_par_groupes() {
        assert_eq!(par_groupes("81234567800014").replace('\u{a0}', " "), "812 345 678 00014");
        assert_eq!(par_groupes("8123"), "8123");
    }
}
