//! The only moves of a session. Each consumes it and gives back the new one with what happened;
//! rights and version are asked before, in [`crate::droits`] and in the store.

use std::collections::BTreeMap;

use crate::calendrier::Moment;
use crate::compte::CompteId;
use crate::evenement::{Changement, Evenement, Quoi};
use crate::id::SessionId;
use crate::numero::{Numero, NumeroSession};
use crate::refus::{Manquement, Refus, exiger};
use crate::regles::delai_de_saisie::delai_de_saisie;
use crate::regles::habilitation_valide::habilitation_valide;
use crate::regles::resultats::{commentaire, commentaire_requis};
use crate::regles::reussites::{AEmettre, a_emettre};
use crate::stagiaire::{Resultat, Stagiaire, StagiaireId};

use super::manques::{
    avant_generation, avant_soumission, avant_transmission, resultats_possibles, saisie_dans_les_delais,
};
use super::{ContenuSoumis, Etat, Faits, Saisie, Session};

/// What a move gives back.
pub type Suite = Result<(Session, Evenement), Refus>;

/// Who makes a move, when, and with which words.
#[derive(Debug, Clone, Copy)]
pub struct Geste<'a> {
    /// Who.
    pub par: &'a Numero,
    /// When.
    pub moment: Moment,
    /// The words that go with it, as typed.
    pub commentaire: Option<&'a str>,
}

impl Geste<'_> {
    fn evenement(&self, quoi: Quoi, commentaire: Option<String>, changements: Vec<Changement>) -> Evenement {
        Evenement { le: self.moment.instant, par: self.par.clone(), quoi, commentaire, changements }
    }

    fn simple(&self, quoi: Quoi) -> Evenement {
        self.evenement(quoi, commentaire(self.commentaire), Vec::new())
    }
}

/// What is drawn at random or chosen before a session exists.
#[derive(Debug, Clone)]
pub struct NouvelleSession {
    /// Its identifier.
    pub id: SessionId,
    /// Its number.
    pub numero: NumeroSession,
    /// The compte that declares it.
    pub compte: CompteId,
    /// What was entered.
    pub saisie: Saisie,
}

impl Session {
    /// Declares a session, still a draft (R1, R3).
    ///
    /// # Errors
    ///
    /// No habilitation on `date_fin`, or outside of the window of entry: both at once.
    pub fn creer(nouvelle: NouvelleSession, faits: &Faits, geste: Geste<'_>) -> Suite {
        let NouvelleSession { id, numero, compte, saisie } = nouvelle;
        exiger(entree_refusee(&saisie, faits, geste.moment))?;
        let auteur = geste.par.clone();
        let session = Self {
            id,
            numero,
            version: 1,
            compte,
            auteur,
            saisie,
            stagiaires: Vec::new(),
            etat: Etat::Brouillon,
            contenu_soumis: None,
        };
        Ok((session, geste.simple(Quoi::Creee)))
    }

    /// Changes what was entered. R1 is asked when dispositif, niveau or `date_fin` change, R3 for a draft
    /// never submitted and for any change of `date_fin`. `faits` are those of the new values.
    ///
    /// # Errors
    ///
    /// Wrong state; R1 and R3 at once.
    pub fn modifier(mut self, saisie: Saisie, faits: &Faits, geste: Geste<'_>) -> Suite {
        self.exiger_modifiable()?;
        let mut manques = Vec::new();
        if self.saisie.change_l_habilitation(&saisie) {
            manques.extend(
                habilitation_valide(&faits.habilitations, &saisie.dispositif, saisie.niveau, saisie.date_fin)
                    .err(),
            );
        }
        if !self.deja_soumise() || self.saisie.date_fin != saisie.date_fin {
            manques.extend(delai_de_saisie(saisie.date_fin, geste.moment.aujourdhui).err());
        }
        exiger(manques)?;
        self.saisie = saisie;
        Ok(self.apres(geste.simple(Quoi::Modifiee)))
    }

    /// Adds a trainee at the end of the list (R3 for a draft never submitted).
    ///
    /// # Errors
    ///
    /// Wrong state, R3, or the same person twice (R17: refused inside one session).
    pub fn ajouter_stagiaire(mut self, stagiaire: Stagiaire, geste: Geste<'_>) -> Suite {
        self.exiger_saisie_ouverte(geste.moment)?;
        self.exiger_une_fois(&stagiaire)?;
        self.stagiaires.push(stagiaire);
        Ok(self.apres(geste.simple(Quoi::Modifiee)))
    }

    /// Changes a line; its result is lost when the identity is not the same any more (R12).
    ///
    /// # Errors
    ///
    /// As [`Self::ajouter_stagiaire`]; [`Refus::StagiaireInconnu`] when the session has no such line.
    pub fn modifier_stagiaire(mut self, nouveau: Stagiaire, geste: Geste<'_>) -> Suite {
        self.exiger_saisie_ouverte(geste.moment)?;
        self.exiger_une_fois(&nouveau)?;
        let ligne = self.stagiaires.iter_mut().find(|s| s.id == nouveau.id).ok_or(Refus::StagiaireInconnu)?;
        let meme = ligne.numero == nouveau.numero && ligne.identite.complete() == nouveau.identite.complete();
        let resultat = ligne.resultat.filter(|_| meme);
        *ligne = Stagiaire { resultat, ..nouveau };
        Ok(self.apres(geste.simple(Quoi::Modifiee)))
    }

    /// Takes a trainee off the list.
    ///
    /// # Errors
    ///
    /// Wrong state, R3; [`Refus::StagiaireInconnu`] when the session has no such line.
    pub fn retirer_stagiaire(mut self, id: StagiaireId, geste: Geste<'_>) -> Suite {
        self.exiger_saisie_ouverte(geste.moment)?;
        self.stagiaire(id).ok_or(Refus::StagiaireInconnu)?;
        self.stagiaires.retain(|s| s.id != id);
        Ok(self.apres(geste.simple(Quoi::Modifiee)))
    }

    /// Hands the session to its formateur (R15), with what was corrected since it was last submitted.
    ///
    /// # Errors
    ///
    /// Wrong state; all that is missing at once.
    pub fn soumettre(mut self, faits: &Faits, geste: Geste<'_>) -> Suite {
        self.exiger_modifiable()?;
        exiger(avant_soumission(&self, faits, geste.moment.aujourdhui))?;
        let Some(a) = self.saisie.formateur.clone() else {
            return Err(Manquement::FormateurAbsent.into());
        };
        let contenu = ContenuSoumis::de(&self);
        let changements =
            self.contenu_soumis.take().map_or_else(Vec::new, |avant| avant.changements(&contenu));
        self.contenu_soumis = Some(contenu);
        self.etat = Etat::Soumise { a };
        let evenement = geste.evenement(Quoi::Soumise, commentaire(geste.commentaire), changements);
        Ok(self.apres(evenement))
    }

    /// Takes the session back from the formateur: the way out of a stuck session. Results are kept.
    ///
    /// # Errors
    ///
    /// Wrong state.
    pub fn reprendre(mut self, geste: Geste<'_>) -> Suite {
        self.exiger_soumise()?;
        self.etat = Etat::Brouillon;
        Ok(self.apres(geste.simple(Quoi::Reprise)))
    }

    /// Sends the session back to be corrected (R12). Results are kept.
    ///
    /// # Errors
    ///
    /// Wrong state; no comment.
    pub fn retourner(mut self, geste: Geste<'_>) -> Suite {
        let Etat::Soumise { a } = &self.etat else {
            return Err(self.mauvais_etat());
        };
        let commentaire = commentaire_requis(geste.commentaire)?;
        self.etat = Etat::Retournee { par: a.clone() };
        Ok(self.apres(geste.evenement(Quoi::Retournee, Some(commentaire), Vec::new())))
    }

    /// Records results, perhaps in part (R12). Nothing for the history: they count once handed over.
    ///
    /// # Errors
    ///
    /// Wrong state; before the first day (R4); a line that is not of this session.
    pub fn enregistrer_resultats(
        mut self,
        resultats: &BTreeMap<StagiaireId, Resultat>,
        moment: Moment,
    ) -> Result<Self, Refus> {
        self.exiger_soumise()?;
        resultats_possibles(&self, moment.aujourdhui)?;
        self.inscrire_resultats(resultats)?;
        self.version += 1;
        Ok(self)
    }

    /// Hands the results over (R12), after recording those that come with it.
    ///
    /// # Errors
    ///
    /// Wrong state; R1, R2, R4 and missing results at once.
    pub fn transmettre_resultats(
        mut self,
        resultats: &BTreeMap<StagiaireId, Resultat>,
        faits: &Faits,
        geste: Geste<'_>,
    ) -> Suite {
        let Etat::Soumise { a } = self.etat.clone() else {
            return Err(self.mauvais_etat());
        };
        self.inscrire_resultats(resultats)?;
        exiger(avant_transmission(&self, faits, geste.moment.aujourdhui))?;
        self.etat = Etat::ATraiter { par: a };
        Ok(self.apres(geste.simple(Quoi::ResultatsTransmis)))
    }

    /// Sends the session back to the formateur after his results (R13). They are kept and can be changed.
    ///
    /// # Errors
    ///
    /// Wrong state; no comment.
    pub fn renvoyer(mut self, geste: Geste<'_>) -> Suite {
        let Etat::ATraiter { par } = &self.etat else {
            return Err(self.mauvais_etat());
        };
        let commentaire = commentaire_requis(geste.commentaire)?;
        self.etat = Etat::Soumise { a: par.clone() };
        Ok(self.apres(geste.evenement(Quoi::Renvoyee, Some(commentaire), Vec::new())))
    }

    /// Closes the session and says which certificates to issue: one for each réussite (R13), perhaps none.
    ///
    /// # Errors
    ///
    /// Wrong state; R1, R2 and R4 at once.
    pub fn generer(
        mut self,
        faits: &Faits,
        geste: Geste<'_>,
    ) -> Result<(Self, Evenement, Vec<AEmettre>), Refus> {
        let Etat::ATraiter { par } = self.etat.clone() else {
            return Err(self.mauvais_etat());
        };
        exiger(avant_generation(&self, faits, geste.moment.aujourdhui))?;
        let emissions = a_emettre(&self, faits);
        self.etat = Etat::Terminee { par, generee_le: geste.moment.aujourdhui };
        let (session, evenement) = self.apres(geste.simple(Quoi::CertificatsGeneres));
        Ok((session, evenement, emissions))
    }

    /// Says whether the session may be deleted by its author's side.
    ///
    /// # Errors
    ///
    /// Wrong state.
    pub fn supprimer(self) -> Result<Self, Refus> {
        self.exiger_modifiable()?;
        Ok(self)
    }

    /// Refuses a move made on a version that somebody has changed since.
    ///
    /// # Errors
    ///
    /// [`Refus::VersionDepassee`].
    pub fn exiger_version(&self, lue: Option<i64>) -> Result<(), Refus> {
        match lue {
            Some(lue) if lue != self.version => Err(Refus::VersionDepassee { actuelle: self.version }),
            Some(_) | None => Ok(()),
        }
    }

    fn apres(mut self, evenement: Evenement) -> (Self, Evenement) {
        self.version += 1;
        (self, evenement)
    }

    fn mauvais_etat(&self) -> Refus {
        Refus::MauvaisEtat { etat: self.etat.nom() }
    }

    fn exiger_modifiable(&self) -> Result<(), Refus> {
        match self.etat {
            Etat::Brouillon | Etat::Retournee { .. } => Ok(()),
            Etat::Soumise { .. } | Etat::ATraiter { .. } | Etat::Terminee { .. } => Err(self.mauvais_etat()),
        }
    }

    /// Refuses when trainees can no longer be entered (R3 for a draft never submitted).
    ///
    /// # Errors
    ///
    /// Wrong state, or R3.
    pub fn exiger_saisie_ouverte(&self, moment: Moment) -> Result<(), Refus> {
        self.exiger_modifiable()?;
        Ok(saisie_dans_les_delais(self, moment.aujourdhui)?)
    }

    fn exiger_une_fois(&self, stagiaire: &Stagiaire) -> Result<(), Refus> {
        let Some(numero) = &stagiaire.numero else {
            return Ok(());
        };
        let deja = self.stagiaires.iter().find(|s| s.id != stagiaire.id && s.numero.as_ref() == Some(numero));
        match deja {
            Some(deja) => Err(Manquement::StagiaireEnDouble { stagiaires: vec![deja.id] }.into()),
            None => Ok(()),
        }
    }

    fn exiger_soumise(&self) -> Result<(), Refus> {
        match self.etat {
            Etat::Soumise { .. } => Ok(()),
            Etat::Brouillon | Etat::Retournee { .. } | Etat::ATraiter { .. } | Etat::Terminee { .. } => {
                Err(self.mauvais_etat())
            }
        }
    }

    fn inscrire_resultats(&mut self, resultats: &BTreeMap<StagiaireId, Resultat>) -> Result<(), Refus> {
        if resultats.keys().any(|id| self.stagiaire(*id).is_none()) {
            return Err(Refus::StagiaireInconnu);
        }
        for stagiaire in &mut self.stagiaires {
            stagiaire.resultat = resultats.get(&stagiaire.id).copied().or(stagiaire.resultat);
        }
        Ok(())
    }
}

/// R1 and R3, which even a draft must meet.
fn entree_refusee(saisie: &Saisie, faits: &Faits, moment: Moment) -> Vec<Manquement> {
    let habilitation =
        habilitation_valide(&faits.habilitations, &saisie.dispositif, saisie.niveau, saisie.date_fin).err();
    let delai = delai_de_saisie(saisie.date_fin, moment.aujourdhui).err();
    habilitation.into_iter().chain(delai).collect()
}
