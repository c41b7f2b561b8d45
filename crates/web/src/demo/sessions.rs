//! The sessions of the demonstration, as data: in all states, with what goes wrong in each.
//!
//! Days are counted from today. What a plan does not say is that of [`SST`]: a formation initiale
//! of two days, declared by Claire, led by Karim, with a group that is complete.

use forprev_domain::dispositif::Niveau;
use forprev_domain::session::Action;

use super::Qui;

/// One session and what becomes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) dispositif: &'static str,
    pub(super) niveau: Niveau,
    pub(super) action: Option<Action>,
    pub(super) auteur: Qui,
    pub(super) formateur: Option<Qui>,
    /// When it is declared.
    pub(super) declaree: i32,
    pub(super) debut: i32,
    pub(super) fin: i32,
    /// Which place; `None`: not said yet.
    pub(super) lieu: Option<usize>,
    pub(super) reference: Option<&'static str>,
    /// How many new people are in it.
    pub(super) groupe: usize,
    /// Who else.
    pub(super) avec: &'static [Invite],
    /// What happens to it, and when.
    pub(super) suite: &'static [(i32, Etape)],
}

/// Somebody in a group who is not just anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Invite {
    /// Names of eighty characters.
    NomsLongs,
    /// « Żółć-D’Artagnan ».
    Accents,
    /// Without birth date: not complete yet.
    SansDate,
    /// Fifteen years old.
    QuinzeAns,
    /// Fourteen on the last day, as long as that day stays.
    ToutJusteQuatorze,
    /// Somebody certified before in this dispositif.
    Ancien,
    /// One of the people of the demonstration.
    Connu(Qui),
    /// Entered again as somebody else, though she is the same.
    EnDouble,
}

/// One thing that happens to a session.
#[derive(Debug, Clone, Copy)]
pub(super) enum Etape {
    Soumettre(Option<&'static str>),
    Reprendre,
    Retourner(&'static str),
    Renvoyer(&'static str),
    /// Moves it to other days.
    Deplacer(i32, i32),
    /// Moves it to another place.
    ChangerDeLieu(usize),
    /// Corrects the birth date of the trainee of this rank.
    CorrigerNaissance(usize),
    /// Adds one trainee.
    Ajouter,
    /// Records « réussite » for so many trainees.
    Noter(usize),
    /// Hands over the results; those of these ranks failed.
    Transmettre(&'static [usize]),
    Generer,
}

use Etape::{
    Ajouter, ChangerDeLieu, CorrigerNaissance, Deplacer, Generer, Noter, Renvoyer, Reprendre, Retourner,
    Soumettre, Transmettre,
};
use Invite::{Accents, Ancien, Connu, EnDouble, NomsLongs, QuinzeAns, SansDate, ToutJusteQuatorze};

const SST: Plan = Plan {
    dispositif: "SST",
    niveau: Niveau::Acteur,
    action: Some(Action::Initiale),
    auteur: Qui::Claire,
    formateur: Some(Qui::Karim),
    declaree: -20,
    debut: -3,
    fin: -2,
    lieu: Some(0),
    reference: None,
    groupe: 6,
    avec: &[],
    suite: &[],
};
const MAC: Plan = Plan { action: Some(Action::Mac), lieu: Some(1), ..SST };
const PRAP_2S: Plan = Plan { dispositif: "PRAP-2S", formateur: Some(Qui::Solene), lieu: Some(2), ..SST };
const PRAP_IBC: Plan = Plan { dispositif: "PRAP-IBC", ..PRAP_2S };
const APS_ASD: Plan = Plan { dispositif: "APS-ASD", formateur: Some(Qui::Elodie), lieu: Some(3), ..SST };
const CATEC: Plan = Plan { dispositif: "CATEC-I", lieu: Some(4), ..APS_ASD };
const FORMATEURS: Plan =
    Plan { niveau: Niveau::Formateur, formateur: Some(Qui::Elodie), lieu: Some(5), ..SST };

/// Sessions of the past years: generated, and gone since; the register remembers whom they certified.
pub(super) const PASSEES: &[Plan] = &[
    Plan {
        declaree: -725,
        debut: -712,
        fin: -711,
        suite: &[(-720, Soumettre(None)), (-710, Transmettre(&[])), (-709, Generer)],
        ..SST
    },
    Plan {
        declaree: -690,
        debut: -679,
        fin: -677,
        suite: &[(-688, Soumettre(None)), (-676, Transmettre(&[4])), (-675, Generer)],
        ..PRAP_2S
    },
    Plan {
        declaree: -470,
        debut: -441,
        fin: -431,
        groupe: 4,
        avec: &[Connu(Qui::Karim)],
        action: Some(Action::Mac),
        suite: &[(-460, Soumettre(None)), (-430, Transmettre(&[])), (-429, Generer)],
        ..FORMATEURS
    },
    Plan {
        declaree: -310,
        debut: -302,
        fin: -300,
        suite: &[(-309, Soumettre(None)), (-299, Transmettre(&[])), (-298, Generer)],
        ..APS_ASD
    },
    Plan {
        declaree: -215,
        debut: -201,
        fin: -200,
        groupe: 8,
        suite: &[(-214, Soumettre(None)), (-199, Transmettre(&[2])), (-198, Generer)],
        ..SST
    },
];

/// The forty sessions that are there today.
pub(super) const DU_MOMENT: &[Plan] = &[
    // Brouillons.
    Plan { declaree: -3, debut: 11, fin: 12, reference: Some("RE-114"), ..SST },
    Plan {
        auteur: Qui::Hugo,
        declaree: -5,
        debut: 3,
        fin: 4,
        formateur: None,
        groupe: 2,
        avec: &[SansDate],
        lieu: Some(6),
        ..SST
    },
    Plan { declaree: -12, debut: 71, fin: 73, groupe: 7, ..PRAP_2S },
    Plan { declaree: -1, debut: 25, fin: 25, action: None, formateur: None, lieu: None, groupe: 0, ..MAC },
    Plan { auteur: Qui::Solene, declaree: -6, debut: 28, fin: 30, groupe: 11, ..APS_ASD },
    Plan { declaree: -112, debut: -96, fin: -95, groupe: 5, reference: Some("RE-071"), ..SST },
    Plan { auteur: Qui::Hugo, declaree: -4, debut: 21, fin: 18, groupe: 4, lieu: Some(7), ..SST },
    Plan { declaree: -2, debut: 21, fin: 21, groupe: 3, avec: &[Ancien, Connu(Qui::Karim)], ..MAC },
    Plan { declaree: -30, debut: 4, fin: 5, ..PRAP_IBC },
    Plan { declaree: -2, debut: 7, fin: 8, groupe: 3, avec: &[NomsLongs, Accents, QuinzeAns], ..SST },
    Plan { declaree: -190, debut: -180, fin: -178, groupe: 4, reference: Some("RE-052"), ..SST },
    Plan {
        declaree: -9,
        debut: 60,
        fin: 61,
        groupe: 4,
        avec: &[ToutJusteQuatorze],
        suite: &[(-8, Deplacer(32, 33))],
        ..SST
    },
    Plan {
        auteur: Qui::Margaux,
        declaree: -2,
        debut: 26,
        fin: 27,
        formateur: None,
        groupe: 1,
        lieu: Some(8),
        ..SST
    },
    // Retournées.
    Plan {
        declaree: -16,
        suite: &[
            (-13, Soumettre(Some("Groupe de l’équipe de nuit : merci de vérifier les prénoms composés."))),
            (
                -1,
                Retourner(
                    "La date de naissance du troisième stagiaire ne correspond pas à sa pièce d’identité.",
                ),
            ),
        ],
        ..SST
    },
    Plan {
        auteur: Qui::Hugo,
        declaree: -21,
        debut: -6,
        fin: -6,
        groupe: 5,
        lieu: Some(7),
        suite: &[
            (-19, Soumettre(None)),
            (-4, Retourner("La session a eu lieu à Vitré et non à Rennes. Corrigez le lieu.")),
        ],
        ..MAC
    },
    Plan {
        declaree: -26,
        debut: -9,
        fin: -7,
        groupe: 7,
        suite: &[
            (-24, Soumettre(None)),
            (-5, Noter(4)),
            (-3, Retourner("Une personne présente manque à la liste : ajoutez-la.")),
        ],
        ..PRAP_2S
    },
    Plan {
        declaree: -33,
        debut: -17,
        fin: -15,
        groupe: 5,
        suite: &[
            (-31, Soumettre(None)),
            (-14, Retourner("Le deuxième stagiaire n’est pas né ce jour-là.")),
            (-13, CorrigerNaissance(1)),
            (-13, Soumettre(Some("Date corrigée d’après la carte d’identité."))),
            (-11, Retourner("Il reste une erreur : la session s’est tenue à Saint-Malo.")),
        ],
        ..APS_ASD
    },
    // Soumises.
    Plan {
        declaree: -10,
        debut: -2,
        fin: -1,
        groupe: 8,
        reference: Some("RE-110"),
        suite: &[(-8, Soumettre(None))],
        ..SST
    },
    Plan {
        declaree: -15,
        debut: -5,
        fin: -4,
        groupe: 7,
        suite: &[(-12, Soumettre(None)), (-3, Noter(3))],
        ..SST
    },
    Plan {
        declaree: -9,
        debut: 3,
        fin: 4,
        suite: &[(-6, Soumettre(Some("Accès par la cour : demander le code à l’accueil.")))],
        ..SST
    },
    Plan {
        auteur: Qui::Hugo,
        declaree: -25,
        debut: -13,
        fin: -12,
        groupe: 5,
        lieu: Some(6),
        suite: &[(-22, Soumettre(None))],
        ..SST
    },
    Plan {
        declaree: -14,
        debut: -4,
        fin: -2,
        groupe: 8,
        suite: &[(-13, Soumettre(None)), (-1, Noter(5))],
        ..PRAP_2S
    },
    Plan {
        auteur: Qui::Solene,
        declaree: -11,
        debut: -2,
        fin: 1,
        groupe: 6,
        suite: &[(-9, Soumettre(None))],
        ..APS_ASD
    },
    Plan {
        declaree: -18,
        debut: -8,
        fin: -7,
        groupe: 6,
        suite: &[
            (-17, Soumettre(None)),
            (-6, Retourner("Le lieu et une date de naissance sont à corriger, et il manque une personne.")),
            (-5, ChangerDeLieu(7)),
            (-5, CorrigerNaissance(2)),
            (-5, Ajouter),
            (-5, Soumettre(Some("Tout est corrigé, merci."))),
        ],
        ..SST
    },
    Plan {
        declaree: -22,
        debut: -11,
        fin: -10,
        groupe: 6,
        suite: &[
            (-20, Soumettre(None)),
            (-9, Transmettre(&[1])),
            (-2, Renvoyer("Le deuxième stagiaire a suivi les deux jours : confirmez-vous l’échec ?")),
        ],
        ..SST
    },
    Plan { declaree: -34, debut: -9, fin: -8, suite: &[(-24, Soumettre(None))], ..PRAP_IBC },
    Plan {
        auteur: Qui::Margaux,
        declaree: -8,
        debut: 1,
        fin: 2,
        groupe: 4,
        lieu: Some(8),
        suite: &[(-4, Soumettre(Some("Première session de notre compte.")))],
        ..SST
    },
    Plan {
        declaree: -7,
        debut: -1,
        fin: -1,
        groupe: 3,
        avec: &[EnDouble, Ancien],
        suite: &[(-6, Soumettre(None)), (-5, Reprendre), (-4, Soumettre(None))],
        ..MAC
    },
    // À traiter.
    Plan {
        declaree: -19,
        debut: -3,
        fin: -2,
        groupe: 9,
        reference: Some("RE-108"),
        suite: &[(-17, Soumettre(None)), (-1, Transmettre(&[]))],
        ..SST
    },
    Plan {
        auteur: Qui::Hugo,
        declaree: -23,
        debut: -8,
        fin: -7,
        groupe: 6,
        lieu: Some(7),
        suite: &[(-20, Soumettre(None)), (-5, Transmettre(&[3]))],
        ..SST
    },
    Plan {
        declaree: -40,
        debut: -22,
        fin: -20,
        groupe: 8,
        suite: &[(-38, Soumettre(None)), (-18, Transmettre(&[0, 6]))],
        ..PRAP_2S
    },
    Plan {
        declaree: -13,
        debut: -2,
        fin: 4,
        groupe: 5,
        suite: &[(-11, Soumettre(None)), (-1, Transmettre(&[]))],
        ..SST
    },
    Plan {
        declaree: -70,
        debut: -51,
        fin: -50,
        groupe: 5,
        suite: &[(-68, Soumettre(None)), (-48, Transmettre(&[]))],
        ..CATEC
    },
    Plan {
        declaree: -29,
        debut: -17,
        fin: -5,
        groupe: 5,
        reference: Some("FF-07"),
        suite: &[(-27, Soumettre(None)), (-3, Transmettre(&[2]))],
        ..FORMATEURS
    },
    // Terminées.
    Plan {
        declaree: -36,
        debut: -18,
        fin: -17,
        groupe: 7,
        reference: Some("RE-097"),
        suite: &[(-34, Soumettre(None)), (-16, Transmettre(&[])), (-14, Generer)],
        ..SST
    },
    Plan {
        auteur: Qui::Hugo,
        declaree: -28,
        debut: -9,
        fin: -8,
        groupe: 6,
        lieu: Some(6),
        suite: &[(-26, Soumettre(None)), (-7, Transmettre(&[5])), (-5, Generer)],
        ..SST
    },
    Plan {
        declaree: -24,
        debut: -6,
        fin: -4,
        groupe: 6,
        suite: &[(-22, Soumettre(None)), (-3, Transmettre(&[])), (-1, Generer)],
        ..PRAP_2S
    },
    Plan {
        declaree: -44,
        debut: -26,
        fin: -14,
        groupe: 5,
        suite: &[(-42, Soumettre(None)), (-10, Transmettre(&[])), (-8, Generer)],
        ..FORMATEURS
    },
    Plan {
        declaree: -27,
        debut: -8,
        fin: -6,
        groupe: 4,
        suite: &[(-25, Soumettre(None)), (-5, Transmettre(&[0, 1, 2, 3])), (-3, Generer)],
        ..APS_ASD
    },
    Plan {
        declaree: -20,
        debut: -5,
        fin: -4,
        groupe: 4,
        avec: &[NomsLongs, Accents],
        suite: &[(-18, Soumettre(None)), (-3, Transmettre(&[])), (-2, Generer)],
        ..SST
    },
];
