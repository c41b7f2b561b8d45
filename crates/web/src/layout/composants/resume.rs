//! The summary of what is wrong with a form: on top, focused, with links to the fields.

use askama::Template;

use crate::typographie::{accord, capitale, nombre};

/// One line of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FauteResumee {
    /// Identifier of the field; empty when the whole form is meant.
    pub champ: String,
    /// What is wrong, and how to mend it.
    pub message: String,
}

/// « Trois points à corriger avant d’enregistrer », then the points; nothing when there are none.
#[derive(Debug, Clone, Template)]
#[template(
    source = r##"{% if !fautes.is_empty() %}<div class="note refus" role="alert" tabindex="-1" id="resume" autofocus><h2>{{ crate::layout::composants::Icone::Refus }}{{ titre }}</h2><ol>{% for faute in fautes %}<li>{% if faute.champ.is_empty() %}{{ faute.message }}{% else %}<a href="#{{ faute.champ }}">{{ faute.message }}</a>{% endif %}</li>{% endfor %}</ol>{% if !suite.is_empty() || !cle.is_empty() %}<p>{% if !cle.is_empty() %}<strong>{{ cle }}</strong> {% endif %}{{ suite }}</p>{% endif %}</div>{% endif %}"##,
    ext = "html"
)]
pub struct Resume {
    titre: String,
    fautes: Vec<FauteResumee>,
    cle: String,
    suite: String,
}

impl askama::filters::HtmlSafe for Resume {}

impl Resume {
    /// The summary before this act: « avant d’enregistrer », « avant de soumettre ».
    #[must_use]
    pub fn new(avant: &str, fautes: Vec<FauteResumee>) -> Self {
        let combien = capitale(&nombre(fautes.len()));
        let titre = format!("{combien} {} à corriger {avant}", accord(fautes.len(), "point", "points"));
        let suite = "Rien de ce que vous avez saisi n’est perdu.".to_owned();
        Self { titre, fautes, cle: String::new(), suite }
    }

    /// With what mends several points at once, before the last sentence; empty: nothing does.
    #[must_use]
    pub fn cle(mut self, phrase: &str) -> Self {
        phrase.clone_into(&mut self.cle);
        self
    }

    /// With another last sentence; empty: none.
    #[must_use]
    pub fn suite(mut self, phrase: &str) -> Self {
        phrase.clone_into(&mut self.suite);
        self
    }
}
