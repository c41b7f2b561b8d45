//! What the address of the list says: state, dispositif, dates, author, words, order, page.

use forprev_domain::dispositif::CodeDispositif;
use forprev_domain::identite::lire_jour;
use forprev_domain::numero::Numero;
use forprev_domain::session::NomEtat;
use forprev_store::sessions::{Filtre, Tri};
use jiff::civil::Date;

use crate::saisie::{Saisie, encode};

/// A year of two figures is the latest one that is not after this one.
const SIECLE: i16 = 2099;

/// In which order the list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordre {
    /// Next deadline, the soonest first.
    Echeance,
    /// Dispositif and niveau.
    Dispositif,
    /// State, in the order of the course.
    Etat,
    /// Last day, the latest first.
    FinRecente,
    /// Last day, the earliest first.
    FinAncienne,
}

impl Ordre {
    const TOUS: [Self; 5] =
        [Self::Echeance, Self::Dispositif, Self::Etat, Self::FinRecente, Self::FinAncienne];

    fn code(self) -> &'static str {
        match self {
            Self::Echeance => "echeance",
            Self::Dispositif => "dispositif",
            Self::Etat => "etat",
            Self::FinRecente => "fin-recente",
            Self::FinAncienne => "fin-ancienne",
        }
    }

    /// The words of the caption.
    pub(super) fn en_clair(self) -> &'static str {
        match self {
            Self::Echeance => "de l’échéance la plus proche à la plus lointaine",
            Self::Dispositif => "par dispositif et niveau",
            Self::Etat => "par état",
            Self::FinRecente => "de la plus récente à la plus ancienne",
            Self::FinAncienne => "de la plus ancienne à la plus récente",
        }
    }

    /// The order of the store; deadlines are sorted afterwards.
    pub(super) fn tri(self) -> Tri {
        match self {
            Self::Echeance => Tri::Disparition,
            Self::Dispositif => Tri::Dispositif,
            Self::Etat => Tri::Etat,
            Self::FinRecente => Tri::DateFinRecente,
            Self::FinAncienne => Tri::DateFinAncienne,
        }
    }
}

/// The filters of the address; one that cannot be read is no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filtres {
    pub(super) etat: Option<NomEtat>,
    pub(super) dispositif: Option<CodeDispositif>,
    pub(super) du: Option<Date>,
    pub(super) au: Option<Date>,
    pub(super) auteur: Option<Numero>,
    pub(super) q: Option<String>,
    pub(super) ordre: Ordre,
    pub(super) defaut: Ordre,
    pub(super) page: u32,
}

impl Filtres {
    /// Reads the address; says in `saisie` which day cannot be read.
    pub(super) fn lire(saisie: &mut Saisie, defaut: Ordre) -> Self {
        let mut jour = |champ: &str| {
            let texte = saisie.option(champ)?.to_owned();
            let lu = lire_jour(&texte, SIECLE).ok();
            if lu.is_none() {
                saisie.refuser(champ, format!("« {texte} » n’est pas une date. Écrivez JJ/MM/AAAA."));
            }
            lu
        };
        let (du, au) = (jour("du"), jour("au"));
        let tri = saisie.texte("tri");
        Self {
            etat: NomEtat::from_code(saisie.texte("etat")),
            dispositif: saisie.option("dispositif").and_then(CodeDispositif::parse),
            du,
            au,
            auteur: saisie.option("auteur").and_then(Numero::parse),
            q: saisie.option("q").map(str::to_owned),
            ordre: Ordre::TOUS.into_iter().find(|ordre| ordre.code() == tri).unwrap_or(defaut),
            defaut,
            page: saisie.texte("page").parse().unwrap_or(1).max(1),
        }
    }

    /// What the store narrows the list to.
    pub(super) fn du_registre(&self) -> Filtre {
        Filtre {
            etats: self.etat.into_iter().collect(),
            compte: None,
            dispositif: self.dispositif.clone(),
            du: self.du,
            au: self.au,
            auteur: self.auteur.clone(),
            formateur: None,
            q: self.q.clone(),
        }
    }

    /// Whether anything but the state narrows the list.
    pub(super) fn restreignent(&self) -> bool {
        self.dispositif.is_some()
            || self.du.is_some()
            || self.au.is_some()
            || self.auteur.is_some()
            || self.q.is_some()
    }

    /// The address of the same list, on its first page.
    pub(super) fn adresse(&self) -> String {
        self.adresse_de("/sessions")
    }

    /// The address of the same list as a file or as a page.
    pub(super) fn adresse_de(&self, chemin: &str) -> String {
        let mut paires: Vec<(&str, String)> = Vec::new();
        let jour = |jour: Option<Date>| jour.map(crate::typographie::date_chiffree);
        // The state comes first: the menu knows « Sessions à traiter » by it.
        for (nom, valeur) in [
            ("etat", self.etat.map(|etat| etat.code().to_owned())),
            ("q", self.q.clone()),
            ("dispositif", self.dispositif.as_ref().map(ToString::to_string)),
            ("auteur", self.auteur.as_ref().map(ToString::to_string)),
            ("du", jour(self.du)),
            ("au", jour(self.au)),
            ("tri", Some(self.ordre).filter(|o| *o != self.defaut).map(|o| o.code().to_owned())),
            ("page", Some(self.page).filter(|page| *page > 1).map(|page| page.to_string())),
        ] {
            paires.extend(valeur.map(|valeur| (nom, valeur)));
        }
        let requete: Vec<String> =
            paires.iter().map(|(nom, valeur)| format!("{nom}={}", encode(valeur))).collect();
        if requete.is_empty() { chemin.to_owned() } else { format!("{chemin}?{}", requete.join("&")) }
    }

    /// The same list in this state.
    pub(super) fn dans(&self, etat: Option<NomEtat>) -> Self {
        Self { etat, page: 1, ..self.clone() }
    }

    /// The same list in this order.
    pub(super) fn par(&self, ordre: Ordre) -> Self {
        Self { ordre, page: 1, ..self.clone() }
    }

    /// Another page of the same list.
    pub(super) fn a_la_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_adresse_garde_les_filtres_et_rien_d_autre() {
        for (adresse, attendue) in [
            ("", "/sessions"),
            ("etat=a_traiter", "/sessions?etat=a_traiter"),
            ("etat=inconnu&tri=rien&page=0", "/sessions"),
            ("tri=echeance&page=1", "/sessions"),
            ("q=d%27angers+7&du=1/2/26&page=3", "/sessions?q=d%27angers%207&du=01%2F02%2F2026&page=3"),
            ("auteur=jka37899&tri=etat", "/sessions?auteur=JKA37899&tri=etat"),
        ] {
            let mut saisie = Saisie::parse(adresse.as_bytes());
            let filtres = Filtres::lire(&mut saisie, Ordre::Echeance);
            assert_eq!(filtres.adresse(), attendue, "{adresse}");
            assert!(saisie.est_valide(), "{adresse}");
        }
        let mut saisie = Saisie::parse(b"du=bientot");
        assert_eq!(Filtres::lire(&mut saisie, Ordre::Echeance).du, None);
        assert!(saisie.erreur("du").is_some());
    }
}
