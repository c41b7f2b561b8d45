//! All permissions: who sees what ([`portee`]), who may do what ([`peut`]). Nowhere else, SQL and templates included.

use jiff::civil::Date;

use crate::certificat::Certificat;
use crate::compte::CompteId;
use crate::numero::Numero;
use crate::refus::{Manquement, Refus};
use crate::regles::Regle;
use crate::session::{Etat, Faits, NomEtat, Session, manquements};
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
        let sienne = session.auteur == self.moi && self.delegataire_de.contains(&session.compte);
        self.gestionnaire_de.contains(&session.compte) || sienne
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

/// What somebody may want to do with a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Acte {
    /// Change what was entered, trainees included.
    Modifier,
    /// Delete it.
    Supprimer,
    /// Hand it to the formateur.
    Soumettre,
    /// Take it back.
    Reprendre,
    /// Send it back to be corrected.
    Retourner,
    /// Record results.
    EnregistrerResultats,
    /// Hand them over.
    TransmettreResultats,
    /// Send it back to the formateur.
    Renvoyer,
    /// Issue the certificates.
    Generer,
    /// Download them.
    Telecharger,
}

impl Acte {
    /// All of them, in the order of the course.
    pub const TOUS: [Self; 10] = [
        Self::Modifier,
        Self::Supprimer,
        Self::Soumettre,
        Self::Reprendre,
        Self::Retourner,
        Self::EnregistrerResultats,
        Self::TransmettreResultats,
        Self::Renvoyer,
        Self::Generer,
        Self::Telecharger,
    ];

    /// Its code, as in the session object.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Modifier => "modifier",
            Self::Supprimer => "supprimer",
            Self::Soumettre => "soumettre",
            Self::Reprendre => "reprendre",
            Self::Retourner => "retourner",
            Self::EnregistrerResultats => "enregistrer_resultats",
            Self::TransmettreResultats => "transmettre_resultats",
            Self::Renvoyer => "renvoyer",
            Self::Generer => "generer",
            Self::Telecharger => "telecharger",
        }
    }

    /// True when it belongs to the declared formateur; the others to the compte's side.
    #[must_use]
    pub fn du_formateur(self) -> bool {
        match self {
            Self::Retourner | Self::EnregistrerResultats | Self::TransmettreResultats => true,
            Self::Modifier
            | Self::Supprimer
            | Self::Soumettre
            | Self::Reprendre
            | Self::Renvoyer
            | Self::Generer
            | Self::Telecharger => false,
        }
    }

    /// The states in which it can be done.
    #[must_use]
    pub fn depuis(self) -> &'static [NomEtat] {
        match self {
            Self::Modifier | Self::Supprimer | Self::Soumettre => &[NomEtat::Brouillon, NomEtat::Retournee],
            Self::Reprendre | Self::Retourner | Self::EnregistrerResultats | Self::TransmettreResultats => {
                &[NomEtat::Soumise]
            }
            Self::Renvoyer | Self::Generer => &[NomEtat::ATraiter],
            Self::Telecharger => &[NomEtat::Terminee],
        }
    }
}

/// Says whether this person may do this with a session that he sees: first his role, then the state.
///
/// # Errors
///
/// [`Refus::PasVotreRole`], or [`Refus::MauvaisEtat`].
pub fn peut(requester: &Requester, acte: Acte, session: &Session) -> Result<(), Refus> {
    let portee = portee(requester);
    let role = if acte.du_formateur() {
        portee.certifie(session) || portee.a_ete_reprise(session)
    } else {
        portee.declare(session)
    };
    if !role {
        return Err(Refus::PasVotreRole);
    }
    let etat = session.etat.nom();
    if !acte.depuis().contains(&etat) {
        return Err(Refus::MauvaisEtat { etat });
    }
    Ok(())
}

/// What this person may do now with this session, rules apart; nothing to download where nobody passed (R13).
#[must_use]
pub fn actes(requester: &Requester, session: &Session) -> Vec<Acte> {
    let sans_objet = |acte: Acte| acte == Acte::Telecharger && session.sans_reussite();
    Acte::TOUS
        .into_iter()
        .filter(|acte| !sans_objet(*acte) && peut(requester, *acte, session).is_ok())
        .collect()
}

/// The act that this session waits for; none once it is closed without a certificate.
#[must_use]
pub fn acte_attendu(session: &Session) -> Option<Acte> {
    match session.etat {
        Etat::Brouillon | Etat::Retournee { .. } => Some(Acte::Soumettre),
        Etat::Soumise { .. } => Some(Acte::TransmettreResultats),
        Etat::ATraiter { .. } => Some(Acte::Generer),
        Etat::Terminee { .. } => Some(Acte::Telecharger).filter(|_| !session.sans_reussite()),
    }
}

/// True when what this session waits for is this person's to do.
#[must_use]
pub fn est_a_son_tour(requester: &Requester, session: &Session) -> bool {
    acte_attendu(session).is_some_and(|acte| peut(requester, acte, session).is_ok())
}

/// What this person's role lets him do with this session, now or in another state.
#[must_use]
pub fn actes_du_role(requester: &Requester, session: &Session) -> Vec<Acte> {
    let role = |acte: &Acte| !matches!(peut(requester, *acte, session), Err(Refus::PasVotreRole));
    Acte::TOUS.into_iter().filter(role).collect()
}

/// True when results recorded so far may be shown: to the formateur at once, to the others once handed over (R12).
#[must_use]
pub fn voit_les_resultats(requester: &Requester, session: &Session) -> bool {
    match session.etat {
        Etat::ATraiter { .. } | Etat::Terminee { .. } => true,
        Etat::Brouillon | Etat::Soumise { .. } | Etat::Retournee { .. } => {
            portee(requester).certifie(session)
        }
    }
}

/// All that the next step of this session lacks, as this person may read it: whose result is missing is the
/// formateur's to know until he hands them over (R12).
#[must_use]
pub fn manquements_lus(
    requester: &Requester,
    session: &Session,
    faits: &Faits,
    aujourdhui: Date,
) -> Vec<Manquement> {
    let mut points = manquements(session, faits, aujourdhui);
    if !voit_les_resultats(requester, session) {
        for point in &mut points {
            if let Manquement::ResultatsIncomplets { stagiaires } = point {
                stagiaires.clear();
            }
        }
    }
    points
}

/// True when this person runs the network: comptes, habilitations, formateurs, catalogue.
#[must_use]
pub fn peut_administrer(requester: &Requester) -> bool {
    requester.est_administrateur()
}

/// As whom somebody corrects a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correcteur {
    /// One of those who declare for the compte: a slip of the pen (R5b).
    Declarant,
    /// Whatever is to be corrected.
    Administrateur,
}

/// As whom this person corrects this certificate, if at all; one that was issued elsewhere is nobody's to correct.
#[must_use]
pub fn correcteur(requester: &Requester, certificat: &Certificat) -> Option<Correcteur> {
    if certificat.compte.is_some() && requester.est_administrateur() {
        return Some(Correcteur::Administrateur);
    }
    a_declare(requester, certificat).then_some(Correcteur::Declarant)
}

/// R9, R10: the people of the compte who see, or saw, the session of this certificate.
#[must_use]
pub fn a_declare(requester: &Requester, certificat: &Certificat) -> bool {
    let Some(compte) = certificat.compte else { return false };
    let sienne =
        certificat.auteur.as_ref() == Some(&requester.numero) && requester.delegataire_de().contains(&compte);
    requester.gestionnaire_de().contains(&compte) || sienne
}

/// True when this person may withdraw a certificate: the administrateur, whoever issued it.
#[must_use]
pub fn peut_revoquer(requester: &Requester) -> bool {
    requester.est_administrateur()
}

/// What a person is to a compte, apart from its sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RapportAuCompte {
    /// Administrateur, or gestionnaire of it: invites its users.
    Gere,
    /// Délégataire of it: sees it, does not manage it.
    Connait,
    /// Nothing: it does not exist for him.
    Ignore,
}

/// What this person is to this compte.
#[must_use]
pub fn rapport_au_compte(requester: &Requester, compte: CompteId) -> RapportAuCompte {
    if requester.est_administrateur() || requester.gestionnaire_de().contains(&compte) {
        RapportAuCompte::Gere
    } else if requester.delegataire_de().contains(&compte) {
        RapportAuCompte::Connait
    } else {
        RapportAuCompte::Ignore
    }
}
