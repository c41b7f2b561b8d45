//! The course of a session: who held it, who holds it, what follows.

use askama::Template;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// Done.
    Fait,
    /// The one that is on.
    Courante,
    /// Still to come.
    AVenir,
    /// Something is missing there.
    Manque,
}

/// One step, with what is said under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EtapeDeRelais {
    position: Position,
    titre: String,
    href: Option<String>,
    lignes: Vec<String>,
}

impl EtapeDeRelais {
    fn new(position: Position, titre: &str) -> Self {
        Self { position, titre: titre.to_owned(), href: None, lignes: Vec::new() }
    }

    /// A step that is done.
    #[must_use]
    pub fn faite(titre: &str) -> Self {
        Self::new(Position::Fait, titre)
    }

    /// The step that is on.
    #[must_use]
    pub fn courante(titre: &str) -> Self {
        Self::new(Position::Courante, titre)
    }

    /// A step still to come.
    #[must_use]
    pub fn a_venir(titre: &str) -> Self {
        Self::new(Position::AVenir, titre)
    }

    /// A step where something is missing.
    #[must_use]
    pub fn en_defaut(titre: &str) -> Self {
        Self::new(Position::Manque, titre)
    }

    /// With one more line under its title: a name, a day, « à faire ».
    #[must_use]
    pub fn ligne(mut self, ligne: impl Into<String>) -> Self {
        self.lignes.push(ligne.into());
        self
    }

    /// Leading to a page.
    #[must_use]
    pub fn vers(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// The steps in order.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"{% if court %}<nav aria-label="{{ nom }}">{% endif %}<ol class="relais{% if court %} court{% endif %}"{% if !court %} aria-label="{{ nom }}"{% endif %}>{% for etape in etapes %}<li{% match etape.position %}{% when Position::Fait %} class="fait"{% when Position::Manque %} class="manque"{% when Position::Courante %} aria-current="step"{% when Position::AVenir %}{% endmatch %}><b>{% if let Some(href) = etape.href %}<a href="{{ href }}">{{ etape.titre }}</a>{% else %}{{ etape.titre }}{% endif %}</b>{% if court && !loop.last %}<span class="vh">Étape {{ loop.index }} sur {{ etapes.len() - 1 }} : </span>{% endif %}{% for ligne in etape.lignes %}{% if !loop.first %}<br>{% endif %}{{ ligne }}{% endfor %}</li>{% endfor %}</ol>{% if court %}</nav>{% endif %}"#,
    ext = "html"
)]
pub struct Relais {
    nom: String,
    court: bool,
    etapes: Vec<EtapeDeRelais>,
}

impl askama::filters::HtmlSafe for Relais {}

impl Relais {
    /// The course of a session, or what happens before, today and after.
    #[must_use]
    pub fn new(nom: &str, etapes: Vec<EtapeDeRelais>) -> Self {
        Self { nom: nom.to_owned(), court: false, etapes }
    }

    /// The stepper of a form in several pages.
    #[must_use]
    pub fn etapes(nom: &str, etapes: Vec<EtapeDeRelais>) -> Self {
        Self { nom: nom.to_owned(), court: true, etapes }
    }
}
