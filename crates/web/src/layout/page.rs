//! A page: its title, its breadcrumb, who looks at it; and how it is rendered.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::{Menu, MenuDe};
use crate::error::Error;
use crate::saisie::CHAMP_CSRF;
use crate::typographie;
use crate::une_fois::CHAMP_CLE;

/// What every page of an installation shares.
#[derive(Debug, Clone, Default)]
pub struct Cadre {
    /// Address of the style sheet, by its hash.
    pub css: String,
    /// Address of the theme's own style sheet, when there is one.
    pub theme: Option<String>,
    /// Address of the mark.
    pub marque: String,
    /// Name of the issuing service, when the operator has set it.
    pub service: Option<String>,
    /// Whether this is the demonstration.
    pub demo: bool,
}

/// Who looks at the page, as the header says it.
#[derive(Debug, Clone)]
pub struct EnTete {
    /// « Claire Lemoine »
    pub nom: String,
    /// « gestionnaire, Ardoise Formation »
    pub qualite: String,
    /// Whose menu is shown.
    pub menu: MenuDe,
    /// Whether the person has another profile to switch to.
    pub plusieurs_profils: bool,
    /// Whether reminders are sent to one of the person's profiles.
    pub rappels: bool,
}

/// One step of the breadcrumb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Etape {
    /// Its words.
    pub libelle: String,
    /// Where it leads; none for the page itself.
    pub href: Option<String>,
}

/// What the base template needs of every page. Each template has a field `page` of this type.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Title, without the name of the program.
    pub titre: String,
    /// Breadcrumb, the page itself last; empty: none.
    pub fil: Vec<Etape>,
    /// Who looks at it; none when nobody is signed in.
    pub en_tete: Option<EnTete>,
    /// Main menu of the profile in use.
    pub menu: Menu,
    /// What the installation shares.
    pub cadre: Cadre,
    /// Token that every form of the page carries in its field `csrf`.
    pub csrf: String,
    /// One-time key of the forms of this page, which act once however often they are sent.
    pub cle: String,
    /// « Erreur : » stands before the title.
    pub erreur: bool,
    /// Whether search engines may list the page.
    pub indexable: bool,
    /// Language of the page when it is not French.
    pub langue: Option<&'static str>,
}

impl Page {
    /// The same page, one step of breadcrumb deeper.
    #[must_use]
    pub fn fil(mut self, libelle: impl Into<String>, href: impl Into<String>) -> Self {
        self.fil.push(Etape { libelle: libelle.into(), href: Some(href.into()) });
        self
    }

    /// The same page, itself at the end of the breadcrumb.
    #[must_use]
    pub fn ici(mut self, libelle: impl Into<String>) -> Self {
        self.fil.push(Etape { libelle: libelle.into(), href: None });
        self
    }

    /// The same page, « Erreur : » before its title when the form holds a fault.
    #[must_use]
    pub fn en_erreur(mut self, saisie: &crate::saisie::Saisie) -> Self {
        self.erreur = !saisie.est_valide();
        self
    }

    /// The same page, open to search engines.
    #[must_use]
    pub fn indexable(mut self) -> Self {
        self.indexable = true;
        self
    }

    /// The hidden field that carries the token, to be written in each form.
    #[must_use]
    pub fn champ_csrf(&self) -> ChampCache<'_> {
        ChampCache { nom: CHAMP_CSRF, valeur: &self.csrf }
    }

    /// The hidden field that carries the one-time key, to be written in each form that acts.
    #[must_use]
    pub fn champ_cle(&self) -> ChampCache<'_> {
        ChampCache { nom: CHAMP_CLE, valeur: &self.cle }
    }
}

/// A hidden field.
#[derive(Debug, Template)]
#[template(source = r#"<input type="hidden" name="{{ nom }}" value="{{ valeur }}">"#, ext = "html")]
pub struct ChampCache<'a> {
    nom: &'static str,
    valeur: &'a str,
}

impl askama::filters::HtmlSafe for ChampCache<'_> {}

/// Renders a template with its no-break spaces.
///
/// # Errors
/// A template that cannot be rendered, which is a fault of the program.
pub fn render(template: &impl Template) -> Result<Response, Error> {
    let html = template.render().map_err(Error::internal)?;
    Ok(Html(typographie::insecables(&html)).into_response())
}
