//! All permissions: who sees what ([`portee`]), who may do what with a session ([`peut`]), a certificate and a compte.
//! Nowhere else, SQL and templates included.

mod certificat;
mod compte;
mod session;

pub use self::certificat::{
    Correcteur, SansFichier, correcteur, est_connu_de, peut_avoir_le_fichier, peut_revoquer,
};
pub use self::compte::{ActeDuCompte, RefusDeCompte, comptes_pour, peut_pour};
pub use self::session::{
    Acte, acte_attendu, actes, actes_du_role, est_a_son_tour, manquements_lus, peut, peut_sur_cette_version,
    voit_les_resultats,
};
use crate::compte::CompteId;
use crate::numero::Numero;
use crate::regles::Regle;
use crate::session::{Etat, Session};
use crate::utilisateur::Profil;

/// R9, for the table of rules.
pub const REGLE_GESTIONNAIRES: Regle = Regle {
    numero: "R9",
    phrase: "Les sessions de certification déclarées par d’autres utilisateurs du compte sont visibles par tous les gestionnaires.",
    sens: "Un gestionnaire voit toutes les sessions de son compte, peut agir sur chacune, et n’en voit aucune d’un autre.",
    fonction: "droits::portee",
    codes: &[],
    bornes: &["autre compte : 404"],
};

/// R10, for the table of rules.
pub const REGLE_DELEGATAIRES: Regle = Regle {
    numero: "R10",
    phrase: "Les délégataires ne voient que les sessions qu’ils ont eux-mêmes déclarées.",
    sens: "Listes, pages, totaux, recherches, exports : tout se passe comme si les autres n’existaient pas.",
    fonction: "droits::portee",
    codes: &[],
    bornes: &["session d’un collègue : 404, jamais 403"],
};

/// R11, for the table of rules.
pub const REGLE_FORMATEUR: Regle = Regle {
    numero: "R11",
    phrase: "Le formateur déclaré vérifie les informations saisies et indique les stagiaires en réussite.",
    sens: "Lui seul retourne la session ou indique les résultats. Il la voit dès qu’elle lui est soumise, sauf quand elle redevient un brouillon ou qu’un autre formateur est déclaré.",
    fonction: "droits::peut",
    codes: &[],
    bornes: &["un autre formateur : 404", "reprise en brouillon : 404"],
};

/// Who asks: a person with the profiles in use. A token brings all of them, a page the one chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requester {
    /// Who.
    pub numero: Numero,
    /// As what.
    pub profils: Vec<Profil>,
}

impl Requester {
    /// The comptes that he runs as gestionnaire.
    #[must_use]
    pub fn gestionnaire_de(&self) -> Vec<CompteId> {
        self.comptes(|profil| matches!(profil, Profil::Gestionnaire { .. }))
    }

    /// The comptes for which he declares as délégataire.
    #[must_use]
    pub fn delegataire_de(&self) -> Vec<CompteId> {
        self.comptes(|profil| matches!(profil, Profil::Delegataire { .. }))
    }

    /// The comptes for which he may declare, gestionnaire first, each once.
    #[must_use]
    pub fn declare_pour(&self) -> Vec<CompteId> {
        let mut comptes = self.gestionnaire_de();
        comptes.extend(self.delegataire_de());
        let mut vus = Vec::new();
        comptes.retain(|compte| {
            !vus.contains(compte) && {
                vus.push(*compte);
                true
            }
        });
        comptes
    }

    /// True with the profile administrateur.
    #[must_use]
    pub fn est_administrateur(&self) -> bool {
        self.profils.contains(&Profil::Administrateur)
    }

    /// True with the profile formateur.
    #[must_use]
    pub fn est_formateur(&self) -> bool {
        self.profils.contains(&Profil::Formateur)
    }

    fn comptes(&self, garde: impl Fn(&Profil) -> bool) -> Vec<CompteId> {
        self.profils.iter().filter(|profil| garde(profil)).filter_map(|profil| profil.compte()).collect()
    }
}

/// What somebody may see. Every reading in the store takes one; outside of it is *not found*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portee {
    /// Himself.
    pub moi: Numero,
    /// Sees every session of these (R9).
    pub gestionnaire_de: Vec<CompteId>,
    /// Sees what he declared himself for these (R10).
    pub delegataire_de: Vec<CompteId>,
    /// Sees what is submitted to him (R11).
    pub formateur: bool,
    /// Sees all, read-only and logged.
    pub administrateur: bool,
}

/// What this person may see.
#[must_use]
pub fn portee(requester: &Requester) -> Portee {
    Portee {
        moi: requester.numero.clone(),
        gestionnaire_de: requester.gestionnaire_de(),
        delegataire_de: requester.delegataire_de(),
        formateur: requester.est_formateur(),
        administrateur: requester.est_administrateur(),
    }
}

impl Portee {
    /// True when this session is within it; the store's WHERE says the same.
    #[must_use]
    pub fn voit(&self, session: &Session) -> bool {
        self.administrateur || self.declare(session) || self.certifie(session)
    }

    /// R9, R10: as gestionnaire of the compte, or as the délégataire who declared it.
    fn declare(&self, session: &Session) -> bool {
        self.est_du_cote_de(session.compte, Some(&session.auteur))
    }

    /// R9, R10: what this compte declared by this author is his too; the store's WHERE says the same.
    fn est_du_cote_de(&self, compte: CompteId, auteur: Option<&Numero>) -> bool {
        let sienne = auteur == Some(&self.moi) && self.delegataire_de.contains(&compte);
        self.gestionnaire_de.contains(&compte) || sienne
    }

    /// R11: declared, and submitted to him; not while it is a draft nor once another is declared.
    fn certifie(&self, session: &Session) -> bool {
        let moi = Some(&self.moi);
        self.formateur && session.saisie.formateur.as_ref() == moi && session.etat.soumise_a() == moi
    }

    /// True when the session was taken back from him: absent from what he reads, but whoever acts on what he had
    /// before his eyes is told so.
    #[must_use]
    pub fn a_ete_reprise(&self, session: &Session) -> bool {
        let declare = session.saisie.formateur.as_ref() == Some(&self.moi);
        self.formateur && declare && session.etat == Etat::Brouillon && session.deja_soumise()
    }
}

/// True when this person runs the network: comptes, habilitations, formateurs, catalogue.
#[must_use]
pub fn peut_administrer(requester: &Requester) -> bool {
    requester.est_administrateur()
}
