//! R9, R10 and R11: who sees, who may, one case at a time; the whole matrix is in `docs/droits.md`.

use forprev_domain::compte::CompteId;
use forprev_domain::droits::{
    Acte, ActeDuCompte, Requester, actes, actes_du_role, comptes_pour, peut, peut_administrer, portee,
    voit_les_resultats,
};
use forprev_domain::numero::Numero;
use forprev_domain::session::{NomEtat, Session};
use forprev_domain::stagiaire::Resultat;
use forprev_domain::utilisateur::Profil;
use uuid::Uuid;

use crate::construire::{COMPTE, FIN, alix, dans, geste, karim, numero, reponse, reprise, requester};

pub(crate) const AUTRE_COMPTE: CompteId = CompteId(Uuid::from_u128(77));

/// Everybody of the matrix, by the words that the document has for him; the session is declared by `alix`.
pub(crate) fn personnes() -> Vec<(&'static str, Requester)> {
    let gestionnaire = Profil::Gestionnaire { compte: COMPTE };
    vec![
        ("gestionnaire du compte", requester(&numero("GES00001"), &[gestionnaire])),
        (
            "gestionnaire d’un autre compte",
            requester(&numero("GES00002"), &[Profil::Gestionnaire { compte: AUTRE_COMPTE }]),
        ),
        ("délégataire, auteur", requester(&alix(), &[Profil::Delegataire { compte: COMPTE }])),
        (
            "délégataire, non auteur",
            requester(&numero("DEL00002"), &[Profil::Delegataire { compte: COMPTE }]),
        ),
        ("formateur déclaré", requester(&karim(), &[Profil::Formateur])),
        ("autre formateur", requester(&numero("FOR00002"), &[Profil::Formateur])),
        ("gestionnaire et formateur déclaré", requester(&karim(), &[gestionnaire, Profil::Formateur])),
        ("administrateur", requester(&numero("ADM00001"), &[Profil::Administrateur])),
    ]
}

fn voit(qui: &Numero, profils: &[Profil], session: &Session) -> bool {
    portee(&requester(qui, profils)).voit(session)
}

#[test]
fn le_gestionnaire_voit_et_agit_sur_toutes_les_sessions_de_ses_comptes() {
    let qui = numero("GES00001");
    for (profils, attendu) in [
        (vec![Profil::Gestionnaire { compte: COMPTE }], true),
        (vec![Profil::Gestionnaire { compte: AUTRE_COMPTE }], false),
        (vec![Profil::Gestionnaire { compte: AUTRE_COMPTE }, Profil::Gestionnaire { compte: COMPTE }], true),
        (vec![Profil::Gestionnaire { compte: AUTRE_COMPTE }, Profil::Delegataire { compte: COMPTE }], false),
        (vec![], false),
    ] {
        for etat in NomEtat::TOUS {
            assert_eq!(voit(&qui, &profils, &dans(etat)), attendu, "{profils:?} {etat:?}");
        }
    }
}

#[test]
fn le_delegataire_ne_voit_que_ses_sessions_tant_qu_il_est_du_compte() {
    let session = dans(NomEtat::Brouillon);
    for (cas, qui, compte, attendu) in [
        ("l’auteur", alix(), COMPTE, true),
        ("un collègue", numero("DEL00002"), COMPTE, false),
        ("l’auteur passé dans un autre compte", alix(), AUTRE_COMPTE, false),
    ] {
        assert_eq!(voit(&qui, &[Profil::Delegataire { compte }], &session), attendu, "{cas}");
    }
    assert!(!voit(&alix(), &[], &session), "l’auteur qui n’a plus de profil");
}

#[test]
fn le_formateur_voit_ce_qui_lui_est_soumis() {
    let autre_declare = {
        let mut session = dans(NomEtat::Retournee);
        session.saisie.formateur = Some(numero("FOR00002"));
        session
    };
    let soumise_a_l_autre = {
        let alix = alix();
        autre_declare
            .clone()
            .soumettre(&crate::construire::faits(), geste(&alix, FIN, None))
            .expect("submitted")
            .0
    };
    let autre = numero("FOR00002");
    for (cas, qui, session, attendu) in [
        ("un brouillon", karim(), dans(NomEtat::Brouillon), false),
        ("soumise", karim(), dans(NomEtat::Soumise), true),
        ("retournée", karim(), dans(NomEtat::Retournee), true),
        ("à traiter", karim(), dans(NomEtat::ATraiter), true),
        ("terminée", karim(), dans(NomEtat::Terminee), true),
        ("reprise", karim(), reprise(), false),
        ("retournée, un autre est déclaré", karim(), autre_declare.clone(), false),
        ("pas encore soumise à cet autre", autre.clone(), autre_declare, false),
        ("soumise à cet autre", karim(), soumise_a_l_autre.clone(), false),
        ("soumise à lui", autre.clone(), soumise_a_l_autre, true),
        ("soumise à quelqu’un d’autre", autre, dans(NomEtat::Soumise), false),
    ] {
        assert_eq!(voit(&qui, &[Profil::Formateur], &session), attendu, "{cas}");
    }
    assert!(!voit(&karim(), &[], &dans(NomEtat::Soumise)), "sans le profil");
}

#[test]
fn un_gestionnaire_n_indique_pas_les_resultats_sauf_s_il_est_le_formateur() {
    let gestionnaire = Profil::Gestionnaire { compte: COMPTE };
    let session = dans(NomEtat::Soumise);
    for acte in [Acte::Retourner, Acte::EnregistrerResultats, Acte::TransmettreResultats] {
        for (qui, profils, attendu) in [
            (numero("GES00001"), vec![gestionnaire], "pas_votre_role"),
            (numero("GES00001"), vec![gestionnaire, Profil::Formateur], "pas_votre_role"),
            (karim(), vec![gestionnaire], "pas_votre_role"),
            (karim(), vec![gestionnaire, Profil::Formateur], "oui"),
        ] {
            assert_eq!(
                reponse(peut(&requester(&qui, &profils), acte, &session)),
                attendu,
                "{acte:?} {profils:?}"
            );
        }
    }
}

#[test]
fn les_actes_proposes_sont_ceux_du_moment_les_autres_sont_grises() {
    let codes = |actes: Vec<Acte>| actes.into_iter().map(Acte::code).collect::<Vec<_>>().join(" ");
    let alix = requester(&alix(), &[Profil::Delegataire { compte: COMPTE }]);
    let karim = requester(&karim(), &[Profil::Formateur]);
    for (etat, declarant, formateur) in [
        (NomEtat::Brouillon, "modifier supprimer soumettre", ""),
        (NomEtat::Soumise, "reprendre", "retourner enregistrer_resultats transmettre_resultats"),
        (NomEtat::Retournee, "modifier supprimer soumettre", ""),
        (NomEtat::ATraiter, "renvoyer generer", ""),
        (NomEtat::Terminee, "telecharger", ""),
    ] {
        assert_eq!(codes(actes(&alix, &dans(etat))), declarant, "{etat:?}");
        assert_eq!(codes(actes(&karim, &dans(etat))), formateur, "{etat:?}");
        let siens = "modifier supprimer soumettre reprendre renvoyer generer telecharger";
        assert_eq!(codes(actes_du_role(&alix, &dans(etat))), siens, "{etat:?}");
    }
}

#[test]
fn rien_ne_se_telecharge_d_une_session_ou_tous_ont_echoue() {
    let alix = requester(&alix(), &[Profil::Delegataire { compte: COMPTE }]);
    let mut session = dans(NomEtat::Terminee);
    assert_eq!(actes(&alix, &session), [Acte::Telecharger]);
    for stagiaire in &mut session.stagiaires {
        stagiaire.resultat = Some(Resultat::Echec);
    }
    assert_eq!(actes(&alix, &session), []);
}

#[test]
fn les_resultats_en_cours_ne_se_montrent_qu_au_formateur() {
    for (cas, qui) in personnes() {
        let formateur = cas.contains("formateur déclaré");
        for (etat, attendu) in [
            (NomEtat::Soumise, formateur),
            (NomEtat::Retournee, formateur),
            (NomEtat::ATraiter, true),
            (NomEtat::Terminee, true),
        ] {
            assert_eq!(voit_les_resultats(&qui, &dans(etat)), attendu, "{cas} {etat:?}");
        }
        assert!(!voit_les_resultats(&qui, &reprise()), "{cas}, reprise");
    }
}

#[test]
fn chacun_n_agit_que_pour_ses_comptes() {
    let deux = requester(
        &alix(),
        &[Profil::Delegataire { compte: COMPTE }, Profil::Gestionnaire { compte: AUTRE_COMPTE }],
    );
    for (acte, attendus) in [
        (ActeDuCompte::Consulter, vec![AUTRE_COMPTE, COMPTE]),
        (ActeDuCompte::Declarer, vec![AUTRE_COMPTE, COMPTE]),
        (ActeDuCompte::GererLesUtilisateurs, vec![AUTRE_COMPTE]),
        (ActeDuCompte::Habiliter, vec![]),
    ] {
        assert_eq!(comptes_pour(&deux, acte), attendus, "{acte:?}");
    }
    for (cas, qui) in personnes() {
        assert_eq!(peut_administrer(&qui), cas == "administrateur", "{cas}");
    }
}

#[test]
fn le_formateur_apprend_que_la_session_lui_a_ete_reprise() {
    let gestionnaire = Profil::Gestionnaire { compte: COMPTE };
    for (cas, qui, profils, session, attendu) in [
        ("reprise", karim(), vec![Profil::Formateur], reprise(), "mauvais_etat brouillon"),
        (
            "reprise, aussi gestionnaire",
            karim(),
            vec![gestionnaire, Profil::Formateur],
            reprise(),
            "mauvais_etat brouillon",
        ),
        ("jamais soumise", karim(), vec![Profil::Formateur], dans(NomEtat::Brouillon), "pas_votre_role"),
        ("un autre formateur", numero("FOR00002"), vec![Profil::Formateur], reprise(), "pas_votre_role"),
        ("sans le profil", karim(), vec![gestionnaire], reprise(), "pas_votre_role"),
    ] {
        let qui = requester(&qui, &profils);
        for acte in [Acte::Retourner, Acte::EnregistrerResultats, Acte::TransmettreResultats] {
            assert_eq!(reponse(peut(&qui, acte, &session)), attendu, "{cas} {acte:?}");
        }
    }
}
