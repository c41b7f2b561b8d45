//! The state of a session, and the result of a trainee: a shape, then the word.

use askama::Template;
use forprev_domain::session::NomEtat;

use crate::messages;

/// The state of a session: a disc that fills, then the word.
#[derive(Debug, Clone, Template)]
#[template(source = r#"<span class="etat e-{{ code }}">{{ mots }}</span>"#, ext = "html")]
pub struct Etat {
    code: &'static str,
    mots: String,
}

impl askama::filters::HtmlSafe for Etat {}

impl Etat {
    /// This state, in its own words.
    #[must_use]
    pub fn new(etat: NomEtat) -> Self {
        let code = match etat {
            NomEtat::Brouillon => "brouillon",
            NomEtat::Soumise => "soumise",
            NomEtat::Retournee => "retournee",
            NomEtat::ATraiter => "traiter",
            NomEtat::Terminee => "terminee",
        };
        Self { code, mots: messages::etat(etat).to_owned() }
    }

    /// The same disc with other words: « À télécharger ».
    #[must_use]
    pub fn en_clair(mut self, mots: &str) -> Self {
        mots.clone_into(&mut self.mots);
        self
    }

    /// The words of the state.
    #[must_use]
    pub fn mots(&self) -> &str {
        &self.mots
    }
}

/// The result of a trainee: réussite, échec, or nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Template)]
#[template(
    source = r#"{% match self %}{% when Self::Reussite %}<span class="reussite">{{ crate::layout::composants::Icone::Coche }}Réussite</span>{% when Self::Echec %}<span class="echec">{{ crate::layout::composants::Icone::Croix }}Échec</span>{% when Self::Attendu %}<span class="doux">Pas encore de résultat</span>{% endmatch %}"#,
    ext = "html"
)]
pub enum Resultat {
    /// Green tick.
    Reussite,
    /// Brick cross.
    Echec,
    /// Nothing recorded yet.
    Attendu,
}

impl askama::filters::HtmlSafe for Resultat {}
