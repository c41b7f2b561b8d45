//! One file a rule. The sentence of the guide, what it means to the day, one pure function, its bounds.
//!
//! R9, R10 and R11, who sees and who may do what, are in [`crate::droits`]; R14, all that is
//! missing at once, is [`crate::session::manquements`].

pub mod certificat_formateur;
pub mod correction;
pub mod delai_de_saisie;
pub mod doublons;
pub mod duplicata;
pub mod duree_de_vie;
pub mod formateur_a_jour;
pub mod generation_apres_fin;
pub mod habilitation_valide;
pub mod identite_requise;
pub mod resultats;
pub mod reussites;
pub mod soumission;

/// The sentence that a rule serves, and where the rule is. `REGLES.md` is written from this table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regle {
    /// `R1` to `R18`.
    pub numero: &'static str,
    /// The guide's own words, or « décision ».
    pub phrase: &'static str,
    /// What it means, to the day, in French.
    pub sens: &'static str,
    /// The function that holds it.
    pub fonction: &'static str,
    /// The codes of the refusals that it gives.
    pub codes: &'static [&'static str],
    /// Its bounds, as its table of tests has them.
    pub bornes: &'static [&'static str],
}

/// All rules, in their order.
pub const TOUTES: [Regle; 20] = [
    habilitation_valide::REGLE,
    formateur_a_jour::REGLE,
    delai_de_saisie::REGLE,
    generation_apres_fin::REGLE,
    duree_de_vie::REGLE_TELECHARGEMENT,
    correction::REGLE,
    duree_de_vie::REGLE_SUPPRESSION,
    duree_de_vie::REGLE_CONSERVATION,
    certificat_formateur::REGLE,
    duplicata::REGLE,
    crate::droits::REGLE_GESTIONNAIRES,
    crate::droits::REGLE_DELEGATAIRES,
    crate::droits::REGLE_FORMATEUR,
    resultats::REGLE,
    reussites::REGLE,
    soumission::REGLE_BROUILLON,
    soumission::REGLE,
    REGLE_IDENTITE_REQUISE,
    REGLE_DOUBLONS,
    reussites::REGLE_NOUVEAU_FORMATEUR,
];

/// R16, for the table of rules.
const REGLE_IDENTITE_REQUISE: Regle = Regle {
    numero: "R16",
    phrase: "Seules les informations suivantes sont requises :",
    sens: "Acteur : nom de naissance, prénom, date de naissance. Formateur : l’adresse électronique en plus. Civilité et nom d’usage sont facultatifs ; rien d’autre n’est demandé.",
    fonction: "identite_requise::champs_manquants",
    codes: &["identite_incomplete", "identite_invalide"],
    bornes: &[
        "nom de 80 caractères : oui",
        "81 : non",
        "13 ans au jour de fin : non",
        "14 ans : oui",
        "15 ans : avertissement",
        "99 ans : oui",
        "100 ans : non",
    ],
};

/// R17, for the table of rules.
const REGLE_DOUBLONS: Regle = Regle {
    numero: "R17",
    phrase: "En cas de doublon, les utilisateurs identifiés vous seront proposés.",
    sens: "Quand une identité est saisie, les personnes déjà connues qui pourraient être la même sont proposées ; on en choisit une, ou l’on dit que c’est quelqu’un d’autre. Une seule règle, à trois degrés, partout.",
    fonction: "doublons::verdict",
    codes: &["identite_differente", "identite_du_registre"],
    bornes: &[
        "mêmes nom, prénom et date après la forme normale : certain",
        "une seule différence : possible",
        "deux différences : non",
    ],
};
