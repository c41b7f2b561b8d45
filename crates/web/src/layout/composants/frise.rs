//! The dates of one rule, to scale. Hidden from readers: the sentence below says it all.

use std::ops::RangeInclusive;

use askama::Template;
use forprev_domain::calendrier::jours_entre;
use jiff::civil::Date;

use crate::typographie;

/// Margins left at both ends, in hundredths of the width.
const MARGE: f64 = 4.0;
/// Hundredths of the width from an end within which words stand beside their date, not about it.
const BORD: f64 = 25.0;

/// Room that the words of one date take, and how far from an end they may turn outwards.
const ROOM: f64 = 30.0;
const EDGE: f64 = 35.0;

/// Where the words of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Above the line: today, or the date that is only a landmark.
    Dessus,
    /// Under the line: the bounds of the rule.
    Dessous,
}

/// One date of the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repere {
    jour: Date,
    mots: String,
    place: Place,
    refuse: bool,
}

impl Repere {
    /// A date with its words: « fin d’habilitation ».
    #[must_use]
    pub fn new(jour: Date, mots: &str, place: Place) -> Self {
        Self { jour, mots: mots.to_owned(), place, refuse: false }
    }

    /// The date that breaks the rule: a brick point.
    #[must_use]
    pub fn refuse(mut self) -> Self {
        self.refuse = true;
        self
    }
}

#[derive(Debug, Clone)]
struct Trace {
    part: f64,
    x: String,
    ancre: &'static str,
    date: String,
    mots: String,
    dessous: bool,
    refuse: bool,
}

/// Two to four dates of one rule, with the days on which it holds.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/composants/frise.html")]
pub struct Frise {
    plage_x: String,
    plage_largeur: String,
    traces: Vec<Trace>,
}

impl askama::filters::HtmlSafe for Frise {}

impl Frise {
    /// Draws the days on which the rule holds and the dates around them.
    #[must_use]
    pub fn new(plage: RangeInclusive<Date>, reperes: &[Repere]) -> Self {
        let jours = reperes.iter().map(|repere| repere.jour);
        // Bounds without a date of their own are only shown as far as the others reach.
        let premier = jours.clone().min().unwrap_or(*plage.start());
        let dernier = jours.max().unwrap_or(*plage.end()).max(premier);
        let etendue = jours_entre(premier, dernier).max(1) as f64;
        let x = |jour: Date| {
            let jour = jour.clamp(premier, dernier);
            let part = jours_entre(premier, jour) as f64 / etendue;
            MARGE + part * (100.0 - 2.0 * MARGE)
        };
        let debut = if *plage.start() < premier { 0.0 } else { x(*plage.start()) };
        let fin = if *plage.end() > dernier { 100.0 } else { x(*plage.end()) };
        let annee = premier.year() == dernier.year();
        let traces = reperes.iter().map(|repere| {
            let x = x(repere.jour);
            let mois = typographie::mois_court(repere.jour);
            let quantieme = typographie::quantieme(repere.jour);
            Trace {
                part: x,
                x: format!("{x:.1}%"),
                ancre: if x <= BORD {
                    "start"
                } else if x >= 100.0 - BORD {
                    "end"
                } else {
                    "middle"
                },
                date: if annee {
                    format!("{quantieme} {mois}")
                } else {
                    format!("{quantieme} {mois} {}", repere.jour.year())
                },
                mots: repere.mots.clone(),
                dessous: repere.place == Place::Dessous,
                refuse: repere.refuse,
            }
        });
        Self {
            plage_x: format!("{debut:.1}%"),
            plage_largeur: format!("{:.1}%", (fin - debut).max(0.0)),
            traces: spread(traces.collect()),
        }
    }
}

/// Turns the words of two neighbours on one side of the line away from each other.
fn spread(mut traces: Vec<Trace>) -> Vec<Trace> {
    traces.sort_by(|a, b| a.part.total_cmp(&b.part));
    for dessous in [false, true] {
        let cote: Vec<usize> = (0..traces.len()).filter(|i| traces[*i].dessous == dessous).collect();
        for paire in cote.windows(2) {
            let (gauche, droite) = (paire[0], paire[1]);
            if traces[droite].part - traces[gauche].part >= ROOM {
                continue;
            }
            if traces[gauche].part >= EDGE {
                traces[gauche].ancre = "end";
            }
            if traces[droite].part <= 100.0 - EDGE {
                traces[droite].ancre = "start";
            }
        }
    }
    traces
}
