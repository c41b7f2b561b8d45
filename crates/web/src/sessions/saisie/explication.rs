//! R1 and R3 at their field: the rule, the facts, the dates to scale, and « Pour continuer : ».

use askama::Template;
use forprev_domain::refus::{HabilitationProche, Manquement};
use forprev_domain::regles::delai_de_saisie::dates_de_fin_possibles;
use jiff::civil::Date;

use crate::layout::composants::{Frise, Place, Repere};
use crate::messages::{self, Noms};
use crate::typographie::{date, date_longue};

/// One rule explained.
#[derive(Template)]
#[template(path = "sessions/saisie/explication.html")]
pub(super) struct Explication {
    /// Its identifier in the page, which the field is described by.
    pub(super) id: &'static str,
    /// Its line in the summary.
    pub(super) resume: String,
    titre: &'static str,
    frise: Option<Frise>,
    fait: String,
    remedes: Vec<String>,
    habilitations: bool,
}

impl askama::filters::HtmlSafe for Explication {}

/// Explains those of these points that come from `date_fin`: R1, then R3.
pub(super) fn expliquer(points: &[Manquement], aujourdhui: Date) -> Vec<Explication> {
    points
        .iter()
        .filter_map(|point| match point {
            Manquement::HabilitationInvalide { date_fin, plus_proche, .. } => {
                Some(habilitation(point, *date_fin, plus_proche.as_ref(), aujourdhui))
            }
            Manquement::HorsDelaiDeSaisie { date_fin, premier_jour, dernier_jour } => {
                Some(delai(point, *date_fin, (*premier_jour, *dernier_jour), aujourdhui))
            }
            _ => None,
        })
        .collect()
}

/// The days that mend both R1 and R3, when both are broken and one change mends them.
pub(super) fn dates_qui_levent_tout(points: &[Manquement], aujourdhui: Date) -> Option<(Date, Date)> {
    let trop_loin = points.iter().any(|point| matches!(point, Manquement::HorsDelaiDeSaisie { .. }));
    let proche = points.iter().find_map(|point| match point {
        Manquement::HabilitationInvalide { plus_proche, .. } => plus_proche.as_ref(),
        _ => None,
    })?;
    if !trop_loin || proche.empechement.is_some() {
        return None;
    }
    let (premiere, derniere) = dates_de_fin_possibles(aujourdhui);
    let (debut, fin) = (premiere.max(proche.debut), derniere.min(proche.fin));
    (debut <= fin).then_some((debut, fin))
}

fn habilitation(
    point: &Manquement,
    date_fin: Date,
    plus_proche: Option<&HabilitationProche>,
    aujourdhui: Date,
) -> Explication {
    let mots = messages::manquement(point, Noms::default());
    let quoi = match point {
        Manquement::HabilitationInvalide { dispositif, niveau, .. } => {
            format!("{dispositif} {}", messages::niveau(*niveau))
        }
        _ => String::new(),
    };
    let dates = plus_proche.filter(|proche| proche.empechement.is_none());
    let apres = dates.is_some_and(|proche| proche.fin < date_fin);
    let resume = match dates {
        Some(proche) if apres => format!(
            "L’habilitation {quoi} prend fin avant la session : le {}, pour une fin de session le {}.",
            date(proche.fin),
            date(date_fin)
        ),
        Some(proche) => format!(
            "L’habilitation {quoi} commence après la session : le {}, pour une fin de session le {}.",
            date(proche.debut),
            date(date_fin)
        ),
        None => mots.clone(),
    };
    let remedes = match dates {
        Some(proche) if apres => vec![
            format!("choisir une date de fin au plus tard le {} ;", date(proche.fin)),
            "ou attendre le renouvellement : dès que le réseau l’aura enregistré, ce point disparaîtra."
                .to_owned(),
        ],
        Some(proche) => vec![format!("choisir une date de fin à partir du {}.", date(proche.debut))],
        None => vec![
            format!(
                "{} ;",
                if plus_proche.is_some() {
                    "attendre que le réseau rétablisse l’habilitation : ce point disparaîtra alors"
                } else {
                    "choisir un dispositif et un niveau pour lesquels votre compte est habilité"
                }
            ),
            "ou écrire au réseau.".to_owned(),
        ],
    };
    let frise = dates.map(|proche| {
        let borne = if apres {
            (proche.fin, "fin d’habilitation")
        } else {
            (proche.debut, "début d’habilitation")
        };
        dessiner(
            (proche.debut, proche.fin),
            vec![
                (aujourdhui, "aujourd’hui", false),
                (borne.0, borne.1, false),
                (date_fin, "fin de session", true),
            ],
        )
    });
    Explication {
        id: "regle-habilitation",
        resume,
        titre: "L’habilitation doit être valide à la date de fin",
        frise,
        fait: mots,
        remedes,
        habilitations: true,
    }
}

fn delai(point: &Manquement, date_fin: Date, fenetre: (Date, Date), aujourdhui: Date) -> Explication {
    let (premier, dernier) = fenetre;
    let (premiere_fin, derniere_fin) = dates_de_fin_possibles(aujourdhui);
    let autre_date =
        format!("choisir une date de fin entre le {} et le {}.", date(premiere_fin), date(derniere_fin));
    let trop_tot = aujourdhui < premier;
    let (titre, resume, remedes) = if trop_tot {
        (
            "La saisie n’est pas encore ouverte pour cette date",
            format!("Il est trop tôt pour saisir cette session : la saisie ouvre le {}.", date(premier)),
            vec![format!("revenir à partir du {} ;", date_longue(premier)), format!("ou {autre_date}")],
        )
    } else {
        (
            "La saisie est close pour cette date",
            format!(
                "Il est trop tard pour saisir cette session : la saisie a pris fin le {}.",
                date(dernier)
            ),
            vec![format!("si la date de fin est inexacte, {autre_date}")],
        )
    };
    let borne = if trop_tot { (premier, "ouverture", false) } else { (dernier, "clôture", false) };
    let reperes = vec![(aujourdhui, "aujourd’hui", true), (date_fin, "fin de session", false), borne];
    Explication {
        id: "regle-delai",
        resume,
        titre,
        frise: Some(dessiner(fenetre, reperes)),
        fait: messages::manquement(point, Noms::default()),
        remedes,
        habilitations: false,
    }
}

/// Neighbours stand on either side of the line, so that their words never meet.
pub(super) fn dessiner(plage: (Date, Date), mut reperes: Vec<(Date, &str, bool)>) -> Frise {
    reperes.sort_by_key(|(jour, ..)| *jour);
    let reperes: Vec<Repere> = reperes
        .into_iter()
        .zip([Place::Dessus, Place::Dessous].into_iter().cycle())
        .map(|((jour, mots, refuse), place)| {
            let repere = Repere::new(jour, mots, place);
            if refuse { repere.refuse() } else { repere }
        })
        .collect();
    Frise::new(plage.0..=plage.1, &reperes)
}
