//! The dispositifs that a compte may declare today, and why the others are not proposed.

use std::collections::BTreeMap;

use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau};
use forprev_domain::habilitation::Habilitation;
use forprev_domain::regles::delai_de_saisie::{dates_de_fin_possibles, fenetre};
use jiff::civil::Date;

use super::lecture::choix;
use crate::layout::composants::OptionDeChoix;
use crate::messages;
use crate::typographie::{date, liste};

/// What is proposed, and what is not with its reason.
#[derive(Debug, Default, Clone)]
pub(super) struct Offre {
    pub(super) options: Vec<OptionDeChoix>,
    pub(super) absents: Vec<String>,
}

type Genre = (CodeDispositif, Niveau);

impl Offre {
    /// Proposes the dispositifs with an habilitation on some day on which a session entered today may end;
    /// the one already chosen always.
    pub(super) fn de(
        habilitations: &[Habilitation],
        catalogue: &[Dispositif],
        deja: Option<&Genre>,
        aujourdhui: Date,
    ) -> Self {
        let mut genres: BTreeMap<Genre, Vec<&Habilitation>> = BTreeMap::new();
        for h in habilitations {
            genres.entry((h.dispositif.clone(), h.niveau)).or_default().push(h);
        }
        if let Some(deja) = deja {
            genres.entry(deja.clone()).or_default();
        }
        let possibles = dates_de_fin_possibles(aujourdhui);
        let mut offre = Self::default();
        for (genre, siennes) in &genres {
            let meilleure = siennes.iter().filter(|h| utile(h, possibles)).max_by_key(|h| h.dernier_jour());
            match (meilleure, siennes.iter().max_by_key(|h| h.dernier_jour())) {
                (Some(h), _) => offre.proposer(genre, catalogue, Some(validite(h, aujourdhui))),
                (None, derniere) if deja == Some(genre) => {
                    offre.proposer(genre, catalogue, derniere.map(|h| validite(h, aujourdhui)));
                }
                (None, Some(h)) => offre.absents.push(raison(h, aujourdhui)),
                (None, None) => {}
            }
        }
        let jamais: Vec<String> = catalogue
            .iter()
            .flat_map(|d| d.niveaux.iter().map(|n| (d.code.clone(), n.niveau)))
            .filter(|genre| Niveau::DES_SESSIONS.contains(&genre.1) && !genres.contains_key(genre))
            .map(|genre| nom(&genre))
            .collect();
        if !jamais.is_empty() {
            offre.absents.push(format!("Votre compte n’a pas d’habilitation pour {}.", liste(&jamais)));
        }
        offre
    }

    fn proposer(&mut self, genre: &Genre, catalogue: &[Dispositif], validite: Option<String>) {
        let libelle = catalogue.iter().find(|d| d.code == genre.0).map(|d| d.libelle.clone());
        self.options.push(OptionDeChoix {
            valeur: choix(&genre.0, genre.1),
            libelle: format!("{}, {}", genre.0, messages::niveau(genre.1)),
            details: libelle.into_iter().chain(validite).collect(),
        });
    }
}

fn nom((dispositif, niveau): &Genre) -> String {
    format!("{dispositif} {}", messages::niveau(*niveau))
}

/// Whether a session entered today may end on a day on which it holds.
fn utile(h: &Habilitation, (premiere, derniere): (Date, Date)) -> bool {
    let (debut, fin) = (h.debut.max(premiere), h.dernier_jour().min(derniere));
    let suspendue = h.suspendue_du.is_some_and(|du| du <= debut) && h.suspendue_au.is_none_or(|au| fin <= au);
    debut <= fin && !suspendue
}

fn validite(h: &Habilitation, aujourdhui: Date) -> String {
    let dernier = h.dernier_jour();
    match h.suspendue_au {
        Some(au) if h.suspendue_le(aujourdhui) => format!("Habilitation suspendue jusqu’au {}", date(au)),
        _ if h.suspendue_le(aujourdhui) => "Habilitation suspendue".to_owned(),
        _ if aujourdhui < h.debut => format!("Habilitation du {} au {}", date(h.debut), date(dernier)),
        _ if dernier < aujourdhui => {
            format!("Habilitation finie le {} : session finie ce jour-là ou avant", date(dernier))
        }
        _ => format!("Habilitation jusqu’au {}", date(dernier)),
    }
}

/// Why this one, the latest of its kind, lets nothing be declared today.
fn raison(h: &Habilitation, aujourdhui: Date) -> String {
    let quoi = nom(&(h.dispositif.clone(), h.niveau));
    if let Some(le) = h.retiree_le.filter(|le| *le <= h.fin) {
        return format!("{quoi} n’est pas proposé : votre habilitation a été retirée le {}.", date(le));
    }
    if aujourdhui < h.debut {
        let ouverture = fenetre(h.debut).0;
        return format!(
            "{quoi} n’est pas encore proposé : votre habilitation commence le {}. Une session qui finit ce jour-là pourra être saisie à partir du {}.",
            date(h.debut),
            date(ouverture)
        );
    }
    if h.dernier_jour() < aujourdhui {
        return format!(
            "{quoi} n’est plus proposé : votre habilitation a pris fin le {}. Une session finie ce jour-là pouvait être saisie jusqu’au {}.",
            date(h.dernier_jour()),
            date(fenetre(h.dernier_jour()).1)
        );
    }
    match h.suspendue_au {
        Some(au) => {
            format!("{quoi} n’est pas proposé : votre habilitation est suspendue jusqu’au {}.", date(au))
        }
        None => format!("{quoi} n’est pas proposé : votre habilitation est suspendue."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use forprev_domain::compte::CompteId;
    use forprev_domain::habilitation::HabilitationId;
    use jiff::civil::date as jour;

    fn habilitation(debut: Date, fin: Date) -> Habilitation {
        Habilitation {
            id: HabilitationId(crate::aleas::uuid()),
            compte: CompteId(crate::aleas::uuid()),
            dispositif: CodeDispositif::parse("SST").expect("a code"),
            niveau: Niveau::Acteur,
            debut,
            fin,
            numero: None,
            retiree_le: None,
            suspendue_du: None,
            suspendue_au: None,
            motif: None,
        }
    }

    #[test]
    fn ce_qui_n_est_pas_propose_est_explique() {
        let aujourdhui = jour(2026, 11, 23);
        let check = |h: Habilitation, propose: &str, absent: &str| {
            let offre = Offre::de(&[h], &[], None, aujourdhui);
            let propositions: Vec<String> = offre.options.into_iter().flat_map(|o| o.details).collect();
            let texte = |lignes: Vec<String>| lignes.join(" ").replace('\u{a0}', " ");
            assert_eq!(texte(propositions), propose);
            assert!(texte(offre.absents.clone()).contains(absent), "{:?}", offre.absents);
        };
        let (debut, fin) = (jour(2023, 12, 15), jour(2026, 12, 14));
        check(habilitation(debut, fin), "Habilitation jusqu’au 14 décembre 2026", "");
        check(
            habilitation(debut, jour(2026, 9, 30)),
            "Habilitation finie le 30 septembre 2026 : session finie ce jour-là ou avant",
            "",
        );
        check(habilitation(debut, jour(2026, 8, 22)), "", "a pris fin le 22 août 2026");
        check(
            habilitation(jour(2027, 2, 23), jour(2030, 1, 1)),
            "Habilitation du 23 février 2027 au 1er janvier 2030",
            "",
        );
        check(habilitation(jour(2027, 2, 24), jour(2030, 1, 1)), "", "à partir du 24 novembre 2026");
        let retiree = Habilitation { retiree_le: Some(jour(2026, 5, 1)), ..habilitation(debut, fin) };
        check(retiree, "", "retirée le 1er mai 2026");
        let suspendue = Habilitation { suspendue_du: Some(jour(2026, 5, 1)), ..habilitation(debut, fin) };
        check(suspendue, "", "est suspendue.");
    }
}
