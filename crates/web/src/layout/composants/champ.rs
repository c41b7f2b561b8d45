//! A field: label above, hint and message under it, then the control with what was typed.

use askama::Template;

/// One text field, text area or list of a form, with its value and its message.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/composants/champ.html")]
pub struct Champ {
    nom: String,
    libelle: String,
    valeur: String,
    erreur: Option<String>,
    aide: String,
    classe: &'static str,
    genre: &'static str,
    facultatif: bool,
    attributs: Vec<(&'static str, String)>,
    options: Vec<(String, String)>,
    decrit_par: Vec<String>,
    refuse: bool,
}

impl askama::filters::HtmlSafe for Champ {}

impl Champ {
    /// A text field of full width.
    #[must_use]
    pub fn new(nom: &str, libelle: &str, valeur: &str, erreur: Option<&str>) -> Self {
        Self {
            nom: nom.to_owned(),
            libelle: libelle.to_owned(),
            valeur: valeur.to_owned(),
            erreur: erreur.map(str::to_owned),
            aide: String::new(),
            classe: "l-plein",
            genre: "text",
            facultatif: false,
            attributs: Vec::new(),
            options: Vec::new(),
            decrit_par: Vec::new(),
            refuse: false,
        }
    }

    /// With a hint under the label: format and example.
    #[must_use]
    pub fn aide(mut self, aide: &str) -> Self {
        aide.clone_into(&mut self.aide);
        self
    }

    /// As wide as its content: `l-date`, `l-5`, `l-14`, `l-nom` or `l-plein`.
    #[must_use]
    pub fn large(mut self, classe: &'static str) -> Self {
        self.classe = classe;
        self
    }

    /// Marked « (facultatif) ».
    #[must_use]
    pub fn facultatif(mut self) -> Self {
        self.facultatif = true;
        self
    }

    /// A day, typed in figures: the hint is the page's own or the usual one.
    #[must_use]
    pub fn date(mut self) -> Self {
        self.classe = "l-date";
        self.avec("inputmode", "numeric").avec("autocomplete", "off")
    }

    /// A number in figures that is no quantity: code postal, SIRET.
    #[must_use]
    pub fn chiffres(self, classe: &'static str) -> Self {
        self.large(classe).avec("inputmode", "numeric").avec("autocomplete", "off")
    }

    /// An e-mail address.
    #[must_use]
    pub fn email(mut self) -> Self {
        self.genre = "email";
        self.avec("spellcheck", "false").avec("autocapitalize", "off")
    }

    /// A password: never filled again, pasting allowed.
    #[must_use]
    pub fn mot_de_passe(mut self, autocomplete: &'static str) -> Self {
        self.genre = "password";
        self.valeur.clear();
        self.avec("autocomplete", autocomplete)
    }

    /// A text area of several lines.
    #[must_use]
    pub fn zone(mut self) -> Self {
        self.genre = "textarea";
        self
    }

    /// A file to send; browsers offer those whose names end so: `.csv,.xlsx`.
    #[must_use]
    pub fn fichier(mut self, fins: &'static str) -> Self {
        self.genre = "file";
        self.avec("accept", fins)
    }

    /// A list to choose from, value and words; for more than eight choices.
    #[must_use]
    pub fn parmi<V: Into<String>, L: Into<String>>(
        mut self,
        options: impl IntoIterator<Item = (V, L)>,
    ) -> Self {
        self.genre = "select";
        self.options = options.into_iter().map(|(v, l)| (v.into(), l.into())).collect();
        self
    }

    /// With one more attribute: `maxlength`, `autocomplete`, `form`.
    #[must_use]
    pub fn avec(mut self, attribut: &'static str, valeur: impl Into<String>) -> Self {
        self.attributs.push((attribut, valeur.into()));
        self
    }

    /// Described by another element of the page too: a shared hint, a rule.
    #[must_use]
    pub fn decrit_par(mut self, id: &str) -> Self {
        self.decrit_par.push(id.to_owned());
        self
    }

    /// Refused, and explained by the elements that describe it in place of a message of its own.
    #[must_use]
    pub fn refuse(mut self) -> Self {
        self.erreur = None;
        self.refuse = true;
        self
    }

    fn description(&self) -> String {
        let mut ids = Vec::new();
        if !self.aide.is_empty() {
            ids.push(format!("{}-aide", self.nom));
        }
        if self.erreur.is_some() {
            ids.push(format!("{}-erreur", self.nom));
        }
        ids.extend(self.decrit_par.iter().cloned());
        ids.join(" ")
    }
}
