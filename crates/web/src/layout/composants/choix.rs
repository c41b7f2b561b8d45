//! Radio buttons: of one word each, or each with an explanation.

use askama::Template;

/// One radio button of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Option {
    /// Value sent.
    pub valeur: String,
    /// Its word or its title.
    pub libelle: String,
    /// Explanations, one a line; none: a choice of one word.
    pub details: Vec<String>,
}

/// A group of radio buttons with its legend and its message.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/composants/choix.html")]
pub struct Choix {
    nom: String,
    legende: String,
    valeur: String,
    erreur: std::option::Option<String>,
    aide: String,
    facultatif: bool,
    options: Vec<Option>,
}

impl askama::filters::HtmlSafe for Choix {}

impl Choix {
    /// A group without options yet.
    #[must_use]
    pub fn new(nom: &str, legende: &str, valeur: &str, erreur: std::option::Option<&str>) -> Self {
        Self {
            nom: nom.to_owned(),
            legende: legende.to_owned(),
            valeur: valeur.to_owned(),
            erreur: erreur.map(str::to_owned),
            aide: String::new(),
            facultatif: false,
            options: Vec::new(),
        }
    }

    /// One more choice of one word.
    #[must_use]
    pub fn mot(mut self, valeur: &str, libelle: &str) -> Self {
        self.options.push(Option {
            valeur: valeur.to_owned(),
            libelle: libelle.to_owned(),
            details: Vec::new(),
        });
        self
    }

    /// Choices with explanations.
    #[must_use]
    pub fn options(mut self, options: impl IntoIterator<Item = Option>) -> Self {
        self.options.extend(options);
        self
    }

    /// With a hint under the legend.
    #[must_use]
    pub fn aide(mut self, aide: &str) -> Self {
        aide.clone_into(&mut self.aide);
        self
    }

    /// Marked « (facultatif) ».
    #[must_use]
    pub fn facultatif(mut self) -> Self {
        self.facultatif = true;
        self
    }

    fn detaille(&self) -> bool {
        self.options.iter().any(|option| !option.details.is_empty())
    }

    /// The first button bears the name of the group, so that the summary of faults leads to it.
    fn id(&self, rang: usize) -> String {
        if rang == 0 { self.nom.clone() } else { format!("{}-{rang}", self.nom) }
    }
}
