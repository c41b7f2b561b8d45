//! The lines of a list as its page shows them: what is to be mended, what is asked, what was answered.

use std::collections::{BTreeMap, BTreeSet};

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
#[derive(Clone)]
pub(super) struct Remarque {
    pub(super) bloquante: bool,
    pub(super) colonne: String,
    pub(super) message: String,
}

/// A known person to decide on, with what was chosen.
pub(super) struct Question {
    pub(super) champ: String,
    pub(super) message: String,
    /// The known persons who can be chosen: numéro, and what may be said of each.
    pub(super) connues: Vec<(String, String)>,
    /// What may be said of those who are in the session already.
    pub(super) inscrites: Vec<String>,
    pub(super) choix: String,
    pub(super) erreur: Option<String>,
}

impl LigneMontree {
    /// Whether something is to be said of it.
    pub(super) fn est_a_revoir(&self) -> bool {
        !self.remarques.is_empty() || self.question.is_some()
    }

    /// How soon it is shown where there are too many: what is to be mended, answers that are missing or cannot stand,
    /// questions, what deserves a look, the rest.
    fn rang(&self) -> usize {
        let question = self.question.as_ref();
        let raisons = [
            self.remarques.iter().any(|remarque| remarque.bloquante),
            question.is_some_and(|question| question.erreur.is_some()),
            question.is_some(),
            !self.remarques.is_empty(),
        ];
        raisons.iter().position(|raison| *raison).unwrap_or(raisons.len())
    }
}

/// The lines of a list, as far as one page shows them.
pub(super) struct Lignes {
    /// Those shown, in their order.
    pub(super) montrees: Vec<LigneMontree>,
    /// Those of which something is to be said too, and which are too many for this page.
    pub(super) suivantes: Vec<LigneMontree>,
    /// How many there are of which nothing is to be said, and which are not shown.
    pub(super) claires: usize,
}

impl Lignes {
    /// Parts the lines of a list: all of a short one are shown, of a long one those that matter most.
    pub(super) fn partager(lignes: Vec<LigneMontree>) -> Self {
        let mut rangs: Vec<(usize, u32)> = lignes.iter().map(|ligne| (ligne.rang(), ligne.ligne)).collect();
        rangs.sort_unstable();
        let ici: BTreeSet<u32> = rangs.into_iter().take(MONTREES).map(|(_, ligne)| ligne).collect();
        let (montrees, autres): (Vec<_>, Vec<_>) =
            lignes.into_iter().partition(|ligne| ici.contains(&ligne.ligne));
        let (suivantes, claires): (Vec<_>, Vec<_>) = autres.into_iter().partition(LigneMontree::est_a_revoir);
        Self { montrees, suivantes, claires: claires.len() }
    }

    /// What is to be said of the lines that are not shown: the same of several lines once, with their numbers.
    pub(super) fn plus_loin(&self) -> Vec<(&Remarque, String)> {
        let mut dites: Vec<(&Remarque, Vec<u32>)> = Vec::new();
        let mut rangs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for ligne in &self.suivantes {
            for remarque in &ligne.remarques {
                let cle = (remarque.colonne.as_str(), remarque.message.as_str());
                let rang = *rangs.entry(cle).or_insert_with(|| {
                    dites.push((remarque, Vec::new()));
                    dites.len() - 1
                });
                dites[rang].1.push(ligne.ligne);
            }
        }
        let lignes = |lignes: Vec<u32>| match lignes.as_slice() {
            [seule] => format!("ligne {seule}"),
            plusieurs => format!("lignes {}", liste(plusieurs)),
        };
        dites.into_iter().map(|(remarque, vues)| (remarque, lignes(vues))).collect()
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
    /// Those who are in the session.
    pub(super) inscrits: BTreeSet<Numero>,
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
            let (inscrites, connues): (Vec<_>, Vec<_>) =
                a.propositions.iter().partition(|p| self.inscrits.contains(&p.numero));
            let faute = faute_de_la_reponse(choix, &champ, connues.is_empty(), contraire);
            let faute = faute.filter(|_| choix.contient("liste"));
            Question {
                message: question(a),
                connues: connues.into_iter().map(|p| (p.numero.to_string(), self.dire(p))).collect(),
                inscrites: inscrites.into_iter().map(|p| self.dire(p)).collect(),
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
fn faute_de_la_reponse(
    choix: &Saisie,
    champ: &str,
    personne_a_choisir: bool,
    contraire: Option<&Anomalie>,
) -> Option<String> {
    let Some(reponse) = choix.option(champ) else {
        let phrase = if personne_a_choisir {
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
