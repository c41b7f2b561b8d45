//! Given names as they are typed: several, or one of several parts.

use strsim::osa_distance;

use super::forme_normale::{est_particule, forme_normale};

/// First parts of given names that are written in two words and borne as one, in normal form.
const PREMIERES_PARTS: [&str; 26] = [
    "abd", "abdel", "abdoul", "abdul", "abou", "abu", "anna", "anne", "ann", "fatima", "jean", "joao",
    "jose", "juan", "maria", "marie", "mary", "mohamad", "mohamed", "mohammad", "mohammed", "muhammad",
    "pierre", "thi", "van", "bou",
];

/// Given names: the first counts. A space parts two given names, a hyphen the parts of one; as
/// both are written for each other, « Jean Pierre » is read as one given name and as two.
pub(super) struct Prenoms {
    /// What the first given name may be, the shortest first: « marie », « marie claire »….
    lectures: Vec<String>,
}

impl Prenoms {
    pub(super) fn new(prenom: &str) -> Self {
        let mut lectures: Vec<String> = Vec::new();
        for mot in prenom.split_whitespace().filter(|mot| mot.contains(char::is_alphabetic)) {
            let mot = forme_normale(mot);
            let suite = lectures.last().map_or_else(|| mot.clone(), |debut| format!("{debut} {mot}"));
            lectures.push(suite);
        }
        Self { lectures }
    }

    /// The first given name as written.
    pub(super) fn premier(&self) -> &str {
        self.lectures.first().map_or("", String::as_str)
    }

    /// What the first given name may be, the shortest first.
    pub(super) fn lectures(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.lectures.iter().map(String::as_str)
    }

    /// Says whether a name is the first given name in one of its readings.
    pub(super) fn contient(&self, nom: &str) -> bool {
        self.lectures.iter().any(|lecture| lecture == nom)
    }

    /// Same first given name: « Jean-Pierre » and « Jean Pierre », « Léa » and « Léa Marie ».
    pub(super) fn meme_premier(&self, autre: &Self) -> bool {
        self.commun(autre).is_some_and(|commun| {
            let entier = |prenoms: &Self| prenoms.lectures().next_back() == Some(commun);
            entier(self) && entier(autre) || !est_premiere_part(commun)
        })
    }

    /// One may be the first part of the other's compound given name: « Jean » and « Jean-Pierre ». Both
    /// may be compound where a space leaves it open: « Marie Claude » and « Marie Sophie ».
    pub(super) fn compose_et_premier(&self, autre: &Self) -> bool {
        let premiere_part =
            |compose: &str, simple: &str| compose.split_once(' ').is_some_and(|(debut, _)| debut == simple);
        premiere_part(self.premier(), autre.premier())
            || premiere_part(autre.premier(), self.premier())
            || self.commun(autre).is_some()
    }

    /// One edit parts the first given names.
    pub(super) fn une_faute(&self, autre: &Self) -> bool {
        let faute = |premier: &str, lectures: &[String]| {
            lectures.iter().any(|lecture| osa_distance(premier, lecture) == 1)
        };
        faute(self.premier(), &autre.lectures) || faute(autre.premier(), &self.lectures)
    }

    /// The longest reading that both have.
    fn commun(&self, autre: &Self) -> Option<&str> {
        self.lectures().rfind(|lecture| autre.contient(lecture))
    }
}

/// « Jean », « Abd el »: what follows belongs to the same given name as often as not.
fn est_premiere_part(lecture: &str) -> bool {
    let mut mots = lecture.split(' ');
    mots.next().is_some_and(|mot| PREMIERES_PARTS.contains(&mot)) && mots.all(est_particule)
}
