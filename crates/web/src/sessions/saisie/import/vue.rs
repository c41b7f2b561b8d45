//! The lines of a list as its page shows them: what is to be mended, what is asked, what was answered.

use std::collections::BTreeSet;

use forprev_domain::numero::Numero;
use forprev_domain::regles::doublons::Proposition;

use super::essai::AUTRE;
use crate::saisie::Saisie;
use crate::sessions::import::liste::Ligne;
use crate::sessions::import::{Anomalie, Envoi, Examen};
use crate::typographie::liste;

/// Lines that one page shows.
const MONTREES: usize = 200;

/// A line of the list.
pub(super) struct LigneMontree {
    pub(super) ligne: u32,
    pub(super) nom: String,
    pub(super) naissance: String,
    /// What its cell « Numéro FORPREV » says.
    pub(super) qui: String,
    pub(super) remarques: Vec<Remarque>,
    pub(super) question: Option<Question>,
}

/// What is to be mended or looked at in a line.
pub(super) struct Remarque {
    pub(super) bloquante: bool,
    pub(super) colonne: String,
    pub(super) message: String,
}

/// A known person to decide on, with what was chosen.
pub(super) struct Question {
    pub(super) champ: String,
    pub(super) message: String,
    /// The known persons: numéro, and what may be said of each.
    pub(super) connues: Vec<(String, String)>,
    pub(super) choix: String,
    pub(super) erreur: Option<String>,
}

impl LigneMontree {
    /// Whether something is to be said of it.
    pub(super) fn est_a_revoir(&self) -> bool {
        !self.remarques.is_empty() || self.question.is_some()
    }

    fn est_fautive(&self) -> bool {
        self.question.as_ref().is_some_and(|question| question.erreur.is_some())
    }
}

/// The lines of a list, as far as one page shows them.
pub(super) struct Lignes {
    /// Those shown: all of a short list, else those of which something is to be said; in their order.
    pub(super) montrees: Vec<LigneMontree>,
    /// Those of which something is to be said too, and which are too many for this page.
    pub(super) suivantes: Vec<LigneMontree>,
    /// How many there are of which nothing is to be said, and which are not shown.
    pub(super) claires: usize,
}

impl Lignes {
    /// Parts lines; of too many, those whose answer is missing or cannot stand come first.
    pub(super) fn partager(lignes: Vec<LigneMontree>) -> Self {
        let toutes = lignes.len() <= MONTREES;
        let (a_revoir, claires): (Vec<_>, Vec<_>) =
            lignes.into_iter().partition(|ligne| toutes || ligne.est_a_revoir());
        let (fautives, autres): (Vec<_>, Vec<_>) = a_revoir.iter().partition(|ligne| ligne.est_fautive());
        let ici: BTreeSet<u32> =
            fautives.iter().chain(&autres).take(MONTREES).map(|ligne| ligne.ligne).collect();
        let (montrees, suivantes) = a_revoir.into_iter().partition(|ligne| ici.contains(&ligne.ligne));
        Self { montrees, suivantes, claires: claires.len() }
    }

    /// Answers to lines that are not shown, which the form carries: field and value.
    pub(super) fn gardees(&self) -> Vec<(String, String)> {
        let questions = self.suivantes.iter().filter_map(|ligne| ligne.question.as_ref());
        let repondues = questions.filter(|question| !question.choix.is_empty());
        repondues.map(|question| (question.champ.clone(), question.choix.clone())).collect()
    }
}

/// What the page of a list is made of.
pub(super) struct Vue<'a> {
    pub(super) envoi: &'a Envoi,
    /// What asks all its questions.
    pub(super) sans: &'a Examen,
    /// What is left once those answered are.
    pub(super) avec: &'a Examen,
    /// What the persons proposed are already in, as far as this user sees it.
    pub(super) deja: Vec<(Numero, String)>,
}

impl Vue<'_> {
    /// A line, with its question if it asks one; once it was confirmed, with why its answer cannot stand.
    pub(super) fn montrer(&self, lue: &Ligne, choix: &Saisie) -> LigneMontree {
        let (ligne, identite) = (lue.ligne, &lue.identite);
        let ici = |anomalie: &&Anomalie| anomalie.ligne == Some(ligne);
        let demandee = self.sans.anomalies.iter().filter(ici).find(|a| a.a_trancher);
        let de_la_reponse =
            |a: &Anomalie| demandee.is_some() && a.est_bloquante() && !self.sans.anomalies.contains(a);
        let dites = self.avec.anomalies.iter().filter(ici).filter(|a| !a.a_trancher && !de_la_reponse(a));
        let remarques = dites.map(|a| Remarque {
            bloquante: a.est_bloquante(),
            colonne: a.colonne.as_deref().unwrap_or_default().replace('\'', "’"),
            message: a.message.clone(),
        });
        let remarques = remarques.collect();
        let question = demandee.map(|a| {
            let champ = format!("ligne-{ligne}");
            let contraire =
                self.avec.anomalies.iter().filter(ici).find(|a| !a.a_trancher && de_la_reponse(a));
            let faute = faute_de_la_reponse(choix, a, contraire).filter(|_| choix.contient("liste"));
            Question {
                message: question(a),
                connues: a.propositions.iter().map(|p| (p.numero.to_string(), self.dire(p))).collect(),
                choix: choix.texte(&champ).to_owned(),
                erreur: faute.map(|phrase| format!("Ligne {ligne} : {phrase}")),
                champ,
            }
        });
        let texte = |valeur: &Option<String>| valeur.clone().unwrap_or_default();
        let nom = format!("{} {}", texte(&identite.nom_naissance).to_uppercase(), texte(&identite.prenom));
        let nom = if nom.trim().is_empty() { "Sans nom".to_owned() } else { nom.trim().to_owned() };
        let qui = match &identite.numero {
            Some(numero) => format!("Numéro {numero}"),
            None if lue.autre_personne => "Quelqu’un d’autre".to_owned(),
            None => String::new(),
        };
        LigneMontree { ligne, nom, naissance: texte(&identite.date_naissance), qui, remarques, question }
    }

    /// « Anaïs L. (DURAND), naissance en 1990 ; numéro JKA37899. Déjà dans la session S-2026-7F3K9Q, le 3 mars 2026 »
    fn dire(&self, p: &Proposition) -> String {
        let usage = p.nom_usage.as_ref().map(|nom| format!(" ({})", nom.to_uppercase())).unwrap_or_default();
        let nom = p.nom_naissance.to_uppercase();
        let qui =
            format!("{} {nom}{usage}, naissance en {} ; numéro {}", p.prenom, p.annee_naissance, p.numero);
        let deja =
            self.deja.iter().filter(|(numero, _)| *numero == p.numero).map(|(_, phrase)| phrase.clone());
        std::iter::once(qui).chain(deja).collect::<Vec<_>>().join(". ")
    }
}

/// Why an answer cannot stand: there is none, another line is given the same person, or what it brings is refused.
fn faute_de_la_reponse(choix: &Saisie, demandee: &Anomalie, contraire: Option<&Anomalie>) -> Option<String> {
    let champ = format!("ligne-{}", demandee.ligne.unwrap_or_default());
    let Some(reponse) = choix.option(&champ) else {
        let phrase = if demandee.propositions.is_empty() {
            "dites si c’est quelqu’un d’autre, ou retirez la ligne de la liste."
        } else {
            "dites si c’est cette personne, ou quelqu’un d’autre."
        };
        return Some(phrase.to_owned());
    };
    let memes = choix.paires().filter(|(autre, valeur)| {
        *autre != champ && autre.starts_with("ligne-") && *valeur == reponse && reponse != AUTRE
    });
    let lignes: Vec<String> = memes.map(|(autre, _)| autre.replacen("ligne-", "", 1)).collect();
    match (lignes.as_slice(), contraire) {
        ([], None) => None,
        ([], Some(refus)) => Some(format!("revoyez cette réponse. {}", refus.message)),
        (memes, _) => Some(format!(
            "la même personne est choisie à la ligne {}. Changez une des réponses, ou retirez une des lignes de la liste.",
            liste(memes)
        )),
    }
}

/// What is asked on the page: the remedy is in its answers.
fn question(anomalie: &Anomalie) -> String {
    let phrases: Vec<&str> = anomalie.message.split_inclusive(". ").map(str::trim).collect();
    let questions = phrases.split_last().map_or(&[][..], |(_, debut)| debut);
    questions.join(" ")
}
