//! The main menu of each profile, as the guide names its entries.

/// Whose menu it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuDe {
    /// Declares sessions and manages the compte.
    Gestionnaire,
    /// Declares sessions.
    Delegataire,
    /// Checks the sessions submitted to him.
    Formateur,
    /// Runs the network.
    Administrateur,
}

/// One link of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entree {
    /// Its words.
    pub libelle: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Whether the page shown is this one.
    pub courante: bool,
}

/// A part of the menu: a link alone, or links under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groupe {
    /// The heading, empty for links that stand alone.
    pub titre: &'static str,
    /// The links.
    pub entrees: Vec<Entree>,
}

/// The menu of one profile, with the current entry marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Menu {
    /// Its parts, in order.
    pub groupes: Vec<Groupe>,
}

type Ligne = (&'static str, &'static [(&'static str, &'static str)]);

const CERTIFICATION: Ligne = (
    "Certification",
    &[
        ("Nouvelle session", "/sessions/nouvelle"),
        ("Sessions", "/sessions"),
        ("Sessions à traiter", "/sessions?etat=a_traiter"),
    ],
);

const GESTIONNAIRE: &[Ligne] = &[
    ("", &[("Tableau de bord", "/tableau-de-bord")]),
    CERTIFICATION,
    ("", &[("Stagiaires", "/stagiaires"), ("Utilisateurs", "/utilisateurs"), ("Compte", "/compte")]),
];

const DELEGATAIRE: &[Ligne] = &[
    ("", &[("Tableau de bord", "/tableau-de-bord")]),
    CERTIFICATION,
    ("", &[("Stagiaires", "/stagiaires"), ("Compte", "/compte")]),
];

const FORMATEUR: &[Ligne] = &[(
    "",
    &[
        ("Tableau de bord", "/tableau-de-bord"),
        ("Sessions", "/sessions"),
        ("Mes certificats", "/mes-certificats"),
    ],
)];

const ADMINISTRATEUR: &[Ligne] = &[(
    "",
    &[
        ("Comptes", "/comptes"),
        ("Habilitations", "/habilitations"),
        ("Personnes", "/personnes"),
        ("Dispositifs", "/dispositifs"),
        ("Journal", "/journal"),
        ("Statistiques", "/statistiques"),
        ("Courrier", "/courrier"),
    ],
)];

impl MenuDe {
    /// The menu of this profile, seen from the page at `chemin` (path and query).
    #[must_use]
    pub fn menu(self, chemin: &str) -> Menu {
        let lignes = match self {
            Self::Gestionnaire => GESTIONNAIRE,
            Self::Delegataire => DELEGATAIRE,
            Self::Formateur => FORMATEUR,
            Self::Administrateur => ADMINISTRATEUR,
        };
        let courante = current(lignes, chemin);
        let entree = |(libelle, href): &(&'static str, &'static str)| Entree {
            libelle,
            href,
            courante: Some(*href) == courante,
        };
        let groupe = |(titre, liens): &Ligne| Groupe { titre, entrees: liens.iter().map(entree).collect() };
        Menu { groupes: lignes.iter().map(groupe).collect() }
    }
}

/// The entry that the page belongs to: the longest address that begins its own.
fn current(lignes: &[Ligne], chemin: &str) -> Option<&'static str> {
    let liens = lignes.iter().flat_map(|(_, liens)| liens.iter().map(|(_, href)| *href));
    liens.filter(|href| belongs(chemin, href)).max_by_key(|href| href.len())
}

fn belongs(chemin: &str, href: &str) -> bool {
    let suite = chemin.strip_prefix(href);
    suite.is_some_and(|suite| suite.is_empty() || suite.starts_with(['/', '?', '&']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_entree_courante_est_marquee_une_seule_fois() {
        let check = |chemin: &str, attendue: Option<&str>| {
            let menu = MenuDe::Gestionnaire.menu(chemin);
            let marquees: Vec<_> = menu
                .groupes
                .iter()
                .flat_map(|groupe| &groupe.entrees)
                .filter(|entree| entree.courante)
                .map(|entree| entree.libelle)
                .collect();
            assert_eq!(marquees, attendue.into_iter().collect::<Vec<_>>(), "{chemin}");
        };
        check("/tableau-de-bord", Some("Tableau de bord"));
        check("/sessions", Some("Sessions"));
        check("/sessions?q=saumur", Some("Sessions"));
        check("/sessions?etat=a_traiter", Some("Sessions à traiter"));
        check("/sessions?etat=a_traiter&page=2", Some("Sessions à traiter"));
        check("/sessions/nouvelle", Some("Nouvelle session"));
        check("/sessions/0198/stagiaires", Some("Sessions"));
        check("/aide", None);
    }
}
