//! What this person may do with a session now, and what he might do later, with the reason in words.

use forprev_domain::droits::{Acte, Requester, actes, actes_du_role};
use forprev_domain::session::{Etat, NomEtat};

use super::dossier::Dossier;
use super::panneau::Bouton;
use crate::messages::durees;
use crate::sessions::presentation::court;

/// An act that is not possible now: its label, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlusTard {
    pub(super) libelle: &'static str,
    pub(super) raison: String,
}

/// The acts of now that are not in the panel: changing what was entered, deleting.
pub(super) fn maintenant(dossier: &Dossier, requester: &Requester) -> Vec<Bouton> {
    let session = dossier.session();
    let permis = actes(requester, session);
    let mut boutons = Vec::new();
    let mut ajouter = |acte: Acte, page: &str, libelle: &str| {
        if permis.contains(&acte) {
            let href = format!("/sessions/{}/{page}", session.id);
            boutons.push(Bouton { href, libelle: libelle.to_owned() });
        }
    };
    ajouter(Acte::Modifier, "informations", "Modifier les informations");
    ajouter(Acte::Modifier, "formateur", "Changer de formateur");
    ajouter(Acte::Modifier, "stagiaires", "Modifier les stagiaires");
    ajouter(Acte::Supprimer, "suppression", "Supprimer la session");
    boutons
}

/// The acts of his role that this state does not allow, and that a later one may.
pub(super) fn plus_tard(dossier: &Dossier, requester: &Requester) -> Vec<PlusTard> {
    let session = dossier.session();
    let maintenant = actes(requester, session);
    let mut liste: Vec<PlusTard> = actes_du_role(requester, session)
        .into_iter()
        .filter(|acte| !maintenant.contains(acte))
        .filter_map(|acte| {
            let raison = raison(acte, session.etat.nom(), dossier)?;
            Some(PlusTard { libelle: libelle(acte), raison })
        })
        .collect();
    if matches!(session.etat, Etat::ATraiter { .. }) && dossier.aujourdhui < session.saisie.date_fin {
        let fin = court(session.saisie.date_fin, dossier.aujourdhui);
        let raison = format!("À partir du {fin}, date de fin de la session.");
        if maintenant.contains(&Acte::Generer) {
            liste.insert(0, PlusTard { libelle: libelle(Acte::Generer), raison });
        }
    }
    liste
}

fn libelle(acte: Acte) -> &'static str {
    match acte {
        Acte::Modifier => "Modifier la session",
        Acte::Supprimer => "Supprimer la session",
        Acte::Soumettre => "Soumettre au formateur",
        Acte::Reprendre => "Reprendre la session",
        Acte::Retourner => "Retourner la session",
        Acte::EnregistrerResultats => "Enregistrer les résultats",
        Acte::TransmettreResultats => "Transmettre les résultats",
        Acte::Renvoyer => "Renvoyer au formateur",
        Acte::Generer => "Générer les certificats",
        Acte::Telecharger => "Télécharger les certificats",
    }
}

/// Why not now, and when; none when it will not come again, or is said by another act.
fn raison(acte: Acte, etat: NomEtat, dossier: &Dossier) -> Option<String> {
    use NomEtat::{ATraiter, Brouillon, Retournee, Soumise, Terminee};
    let fin = court(dossier.session().saisie.date_fin, dossier.aujourdhui);
    let auteur = dossier.auteur();
    let phrase = match (acte, etat) {
        (_, Terminee) | (Acte::EnregistrerResultats, _) => return None,
        (Acte::Modifier, Soumise) => "Reprenez-la d’abord : elle redeviendra un brouillon.".to_owned(),
        (Acte::Modifier, ATraiter) => {
            "Renvoyez-la d’abord au formateur : s’il vous la retourne, vous pourrez la modifier.".to_owned()
        }
        (Acte::Supprimer, Soumise | ATraiter) => {
            "Seul un brouillon ou une session retournée peut être supprimé.".to_owned()
        }
        (Acte::Soumettre, Soumise) => {
            "C’est fait. Après une reprise ou un retour, vous la soumettrez à nouveau.".to_owned()
        }
        (Acte::Reprendre, Brouillon | Retournee) => {
            "Après la soumission, tant que le formateur n’a pas transmis les résultats.".to_owned()
        }
        (Acte::Renvoyer, Brouillon | Soumise | Retournee) => {
            "Quand le formateur aura transmis les résultats, si l’un d’eux est à revoir.".to_owned()
        }
        (Acte::Generer, Brouillon | Soumise | Retournee) => {
            format!("Quand le formateur aura transmis les résultats, à partir du {fin}.")
        }
        (Acte::Telecharger, Brouillon | Soumise | Retournee | ATraiter) => {
            format!("Après la génération, pendant {}.", durees::de_telechargement())
        }
        (Acte::Retourner | Acte::TransmettreResultats, ATraiter) => {
            format!("Si {auteur} vous renvoie la session.")
        }
        (Acte::Retourner | Acte::TransmettreResultats, Brouillon | Retournee) => {
            format!("Quand {auteur} l’aura soumise à nouveau.")
        }
        (Acte::Modifier | Acte::Supprimer, Brouillon | Retournee)
        | (Acte::Soumettre, Brouillon | Retournee | ATraiter)
        | (Acte::Reprendre, Soumise | ATraiter)
        | (Acte::Retourner | Acte::TransmettreResultats, Soumise)
        | (Acte::Renvoyer | Acte::Generer, ATraiter) => return None,
    };
    Some(phrase)
}
