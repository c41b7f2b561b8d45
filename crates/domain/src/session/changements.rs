//! What changed between a return and the next submission: old value, new value.

use serde::{Deserialize, Serialize};

use super::{ChampDeSession, Saisie, Session};
use crate::evenement::{Changement, StagiaireCite};
use crate::identite::{ChampIdentite, IdentiteSaisie};
use crate::stagiaire::{Stagiaire, StagiaireId};

/// What a formateur was given to check, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContenuSoumis {
    /// Session information, `(champ, valeur)`.
    pub informations: Vec<(String, Option<String>)>,
    /// The trainees in their order.
    pub stagiaires: Vec<StagiaireSoumis>,
}

/// One trainee as he was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagiaireSoumis {
    /// His line.
    pub id: uuid::Uuid,
    /// « Prénom NOM ».
    pub nom: String,
    /// His identity, `(champ, valeur)`.
    pub identite: Vec<(String, Option<String>)>,
}

impl ContenuSoumis {
    /// The content of this session, as a formateur is given it now.
    #[must_use]
    pub fn de(session: &Session) -> Self {
        Self {
            informations: informations(&session.saisie),
            stagiaires: session.stagiaires.iter().map(stagiaire_soumis).collect(),
        }
    }

    /// What differs in `apres`, in the order of the page.
    #[must_use]
    pub fn changements(&self, apres: &Self) -> Vec<Changement> {
        let mut liste = champs_differents(&self.informations, &apres.informations, None);
        for ancien in &self.stagiaires {
            match apres.stagiaires.iter().find(|nouveau| nouveau.id == ancien.id) {
                Some(nouveau) => {
                    let cite = StagiaireCite::new(StagiaireId(nouveau.id), nouveau.nom.clone());
                    liste.extend(champs_differents(&ancien.identite, &nouveau.identite, Some(&cite)));
                }
                None => liste.push(ligne(ancien, Some(ancien.nom.clone()), None)),
            }
        }
        let connus = |id| self.stagiaires.iter().any(|ancien| ancien.id == id);
        let ajoutes = apres.stagiaires.iter().filter(|nouveau| !connus(nouveau.id));
        liste.extend(ajoutes.map(|nouveau| ligne(nouveau, None, Some(nouveau.nom.clone()))));
        liste
    }
}

fn ligne(stagiaire: &StagiaireSoumis, avant: Option<String>, apres: Option<String>) -> Changement {
    Changement {
        champ: "stagiaire".to_owned(),
        stagiaire: Some(StagiaireCite::new(StagiaireId(stagiaire.id), stagiaire.nom.clone())),
        avant,
        apres,
    }
}

fn champs_differents(
    avant: &[(String, Option<String>)],
    apres: &[(String, Option<String>)],
    stagiaire: Option<&StagiaireCite>,
) -> Vec<Changement> {
    // By name: what was submitted by an older version of the program may lack a field.
    let ancien = |champ: &String| avant.iter().find(|(nom, _)| nom == champ).map(|(_, valeur)| valeur);
    apres
        .iter()
        .filter_map(|(champ, nouveau)| Some((champ, ancien(champ)?, nouveau)))
        .filter(|(_, ancien, nouveau)| ancien != nouveau)
        .map(|(champ, ancien, nouveau)| Changement {
            champ: champ.clone(),
            stagiaire: stagiaire.cloned(),
            avant: ancien.clone(),
            apres: nouveau.clone(),
        })
        .collect()
}

/// What the formateur checks of a session; its reference is the compte's own.
fn informations(saisie: &Saisie) -> Vec<(String, Option<String>)> {
    use ChampDeSession::{
        Action, Adresse, CodePostal, Commune, DateDebut, DateFin, Dispositif, Niveau, NomDuSite,
        RaisonSociale, Siret,
    };
    let entreprise = saisie.entreprise_cliente.as_ref();
    [
        (Dispositif, Some(saisie.dispositif.to_string())),
        (Niveau, Some(saisie.niveau.code().to_owned())),
        (Action, saisie.action.map(|action| action.code().to_owned())),
        (DateDebut, saisie.date_debut.map(|jour| jour.to_string())),
        (DateFin, Some(saisie.date_fin.to_string())),
        (NomDuSite, saisie.lieu.nom.clone()),
        (Adresse, saisie.lieu.adresse.clone()),
        (CodePostal, saisie.lieu.code_postal.clone()),
        (Commune, saisie.lieu.commune.clone()),
        (RaisonSociale, entreprise.and_then(|e| e.raison_sociale.clone())),
        (Siret, entreprise.and_then(|e| e.siret.clone())),
    ]
    .into_iter()
    .map(|(champ, valeur)| (champ.code().to_owned(), valeur))
    .collect()
}

fn stagiaire_soumis(stagiaire: &Stagiaire) -> StagiaireSoumis {
    let identite = &stagiaire.identite;
    StagiaireSoumis {
        id: stagiaire.id.0,
        nom: nom_affiche(identite),
        identite: [
            (ChampIdentite::Civilite, identite.civilite.map(|civilite| civilite.libelle().to_owned())),
            (ChampIdentite::NomNaissance, identite.nom_naissance.as_ref().map(ToString::to_string)),
            (ChampIdentite::NomUsage, identite.nom_usage.as_ref().map(ToString::to_string)),
            (ChampIdentite::Prenom, identite.prenom.as_ref().map(ToString::to_string)),
            (ChampIdentite::DateNaissance, identite.date_naissance.map(|jour| jour.to_string())),
        ]
        .into_iter()
        .map(|(champ, valeur)| (champ.code().to_owned(), valeur))
        .collect(),
    }
}

/// « Prénom NOM » of what is known of an identity; empty when nothing is.
fn nom_affiche(identite: &IdentiteSaisie) -> String {
    let prenom = identite.prenom.as_ref().map(ToString::to_string);
    let nom = identite.nom_naissance.as_ref().map(|nom| nom.as_str().to_uppercase());
    [prenom, nom].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
