//! The day of a deadline, the largest thing on its line.

use askama::Template;
use forprev_domain::calendrier::jours_entre;
use jiff::civil::Date;

use crate::typographie;

/// Days from which a deadline is near.
const PROCHE: i32 = 3;

/// A day in a small frame: weekday, day, month; beyond this year the year replaces the weekday.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<time class="jour{% if proche %} proche{% endif %}" datetime="{{ datetime }}">{% for mot in avant %}<span>{{ mot }}</span> {% endfor %}<b>{{ quantieme }}</b>{% for mot in apres %} <span>{{ mot }}</span>{% endfor %}</time>"#,
    ext = "html"
)]
pub struct Jour {
    datetime: String,
    proche: bool,
    avant: Vec<String>,
    quantieme: String,
    apres: Vec<String>,
}

impl askama::filters::HtmlSafe for Jour {}

impl Jour {
    /// This day, seen from today; ochre when at most three days remain.
    #[must_use]
    pub fn new(jour: Date, aujourdhui: Date) -> Self {
        let proche = jours_entre(aujourdhui, jour) <= PROCHE;
        let cette_annee = jour.year() == aujourdhui.year();
        let mois = typographie::mois_court(jour).to_owned();
        let (avant, apres) = if cette_annee {
            (vec![typographie::jour_de_semaine_court(jour)], vec![mois])
        } else {
            (Vec::new(), vec![mois, jour.year().to_string()])
        };
        Self { datetime: jour.to_string(), proche, avant, quantieme: jour.day().to_string(), apres }
    }
}
