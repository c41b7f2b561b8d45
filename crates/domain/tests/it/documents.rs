//! The documents that people review, written from the code: `FORPREV_WRITE_DOCS=1 cargo test -p forprev-domain`
//! writes them again, and without it a difference is a failure.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use forprev_domain::certificat::{Certificat, EtatCertificat};
use forprev_domain::droits::{Acte, Correcteur, Requester, correcteur, peut, peut_revoquer, portee};
use forprev_domain::refus::Refus;
use forprev_domain::regles::{Regle, TOUTES};
use forprev_domain::session::{NomEtat, Session};

use crate::certificats::certificat;
use crate::construire::{COMPTE, alix, dans, reprise};
use crate::droits::personnes;
use crate::gestes::mouvements;

/// The root of the repository.
pub(crate) fn racine() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn check(chemin: &str, attendu: &str) {
    let fichier = racine().join(chemin);
    if std::env::var_os("FORPREV_WRITE_DOCS").is_some() {
        fs::write(&fichier, attendu).expect("written");
    }
    let trouve = fs::read_to_string(&fichier).unwrap_or_default();
    assert!(
        trouve == attendu,
        "{chemin} no longer says what the code does: FORPREV_WRITE_DOCS=1 cargo test -p forprev-domain writes it again"
    );
}

#[test]
fn regles_md_dit_les_regles_du_code() {
    let mut page = String::from(
        "# Les règles\n\nÉcrit depuis `regles::TOUTES` par un test du domaine ; ne pas modifier à la main. \
         Un jour est un jour civil à Paris ; les bornes sont comprises.\n",
    );
    for regle in TOUTES {
        page.push_str(&une_regle(&regle));
    }
    check("REGLES.md", &page);
}

fn une_regle(regle: &Regle) -> String {
    let phrase = if regle.phrase.starts_with('(') {
        regle.phrase.to_owned()
    } else {
        format!("« {} »", regle.phrase)
    };
    let mut texte = format!(
        "\n## {}\n\n> {phrase}\n\n{}\n\n- Fonction : `{}`\n",
        regle.numero, regle.sens, regle.fonction
    );
    if !regle.codes.is_empty() {
        let codes: Vec<_> = regle.codes.iter().map(|code| format!("`{code}`")).collect();
        writeln!(texte, "- Refus : {}", codes.join(", ")).expect("a string");
    }
    if !regle.bornes.is_empty() {
        texte.push_str("- Bornes :\n");
        for borne in regle.bornes {
            writeln!(texte, "  - {borne}").expect("a string");
        }
    }
    texte
}

#[test]
fn chaque_fonction_citee_existe() {
    for regle in TOUTES {
        let (module, fonction) = regle.fonction.rsplit_once("::").expect("module::fonction");
        let dossier = racine().join("crates/domain/src");
        let fichiers =
            [format!("{module}.rs"), format!("regles/{module}.rs"), "session/manques.rs".to_owned()];
        let existe = fichiers.iter().any(|fichier| {
            let texte = fs::read_to_string(dossier.join(fichier)).unwrap_or_default();
            texte.contains(&format!("pub fn {fonction}(")) || texte.contains(&format!("pub fn {fonction}<"))
        });
        assert!(existe, "{} cite {}", regle.numero, regle.fonction);
    }
}

#[test]
fn chaque_code_documente_vient_d_une_regle() {
    let documentes = BTreeSet::from([
        "habilitation_invalide",
        "formateur_pas_a_jour",
        "hors_delai_de_saisie",
        "avant_la_date_de_fin",
        "avant_la_date_de_debut",
        "telechargement_termine",
        "duplicata_refuse",
        "commentaire_requis",
        "resultats_incomplets",
        "informations_incompletes",
        "formateur_absent",
        "aucun_stagiaire",
        "trop_de_stagiaires",
        "identite_incomplete",
        "identite_invalide",
        "identite_differente",
        "identite_du_registre",
        "stagiaire_en_double",
        "formateur_parmi_les_stagiaires",
        "dates_incoherentes",
        "correction_reservee",
        "identite_inchangee",
    ]);
    let des_regles: BTreeSet<_> = TOUTES.iter().flat_map(|regle| regle.codes).copied().collect();
    assert_eq!(des_regles, documentes);
    let numeros: BTreeSet<_> = TOUTES.iter().map(|regle| regle.numero).collect();
    assert_eq!(numeros.len(), TOUTES.len(), "un numéro, une règle");
}

#[test]
fn etats_md_dit_les_etats_et_les_gestes() {
    let mut page = String::from(
        "# Les états d’une session\n\nÉcrit en faisant chaque geste depuis chaque état (un test du domaine) ; ne pas \
         modifier à la main.\n\n```mermaid\nstateDiagram-v2\n    [*] --> brouillon : déclarer\n",
    );
    let mut sur_place = String::new();
    for etat in NomEtat::TOUS {
        let mut restent = Vec::new();
        for mouvement in mouvements() {
            let Ok((apres, _)) = (mouvement.faire)(dans(etat)) else {
                continue;
            };
            let vers = apres.etat.nom();
            if mouvement.acte == Acte::Supprimer {
                writeln!(page, "    {} --> [*] : {}", etat.code(), mouvement.nom).expect("a string");
            } else if vers == etat {
                restent.push(mouvement.nom);
            } else {
                writeln!(page, "    {} --> {} : {}", etat.code(), vers.code(), mouvement.nom)
                    .expect("a string");
            }
        }
        let restent = if restent.is_empty() { "–".to_owned() } else { restent.join(", ") };
        writeln!(sur_place, "| `{}` | {restent} |", etat.code()).expect("a string");
    }
    page.push_str("    terminee --> [*] : 15 jours après la génération\n```\n\n");
    page.push_str(
        "Dans tout autre état, une session disparaît six mois après sa date de fin (R6b).\n\n\
         | État | Gestes qui ne le changent pas |\n|---|---|\n",
    );
    page.push_str(&sur_place);
    page.push_str("\nTélécharger les certificats se fait dans l’état `terminee` et n’est pas un geste : rien ne change.\n");
    check("docs/etats.md", &page);
}

#[test]
fn droits_md_dit_qui_peut_quoi() {
    let mut sessions: Vec<(String, Session)> =
        NomEtat::TOUS.into_iter().map(|etat| (etat.code().to_owned(), dans(etat))).collect();
    sessions.insert(1, ("brouillon, reprise".to_owned(), reprise()));
    let mut page = String::from(
        "# Qui voit, qui peut\n\nÉcrit depuis `droits::portee` et `droits::peut` par un test du domaine ; ne pas modifier à \
         la main. **oui** : permis par le rôle et par l’état, les règles étant jugées ensuite. **404** : la session n’existe \
         pas pour cette personne. **403** : elle la voit, ce n’est pas à elle de le faire. **409** : à elle de le faire, mais \
         pas dans cet état, ou reprise entre-temps. La session a été déclarée par le délégataire auteur.\n",
    );
    let titre = |page: &mut String, titre: &str| {
        let colonnes: Vec<_> = sessions.iter().map(|(nom, _)| nom.as_str()).collect();
        writeln!(
            page,
            "\n## {titre}\n\n| | {} |\n|---|{}",
            colonnes.join(" | "),
            "---|".repeat(colonnes.len())
        )
        .expect("a string");
    };
    titre(&mut page, "voir");
    tableau(&mut page, &sessions, |qui, session| if portee(qui).voit(session) { "oui" } else { "404" });
    for acte in Acte::TOUS {
        titre(&mut page, &format!("`{}`", acte.code()));
        tableau(&mut page, &sessions, |qui, session| reponse(qui, acte, session));
    }
    page.push_str(
        "\n## Un certificat\n\nTant que ses fichiers se téléchargent. **R5b** : une faute de saisie ; le reste est à \
         l’administrateur.\n\n\
         | | corriger | révoquer |\n|---|---|---|\n",
    );
    let certificat =
        Certificat { compte: Some(COMPTE), auteur: Some(alix()), ..certificat(EtatCertificat::Valide, None) };
    for (nom, qui) in personnes() {
        let corriger = match correcteur(&qui, &certificat) {
            Some(Correcteur::Declarant) => "R5b",
            Some(Correcteur::Administrateur) => "oui",
            None => "non",
        };
        let revoquer = if peut_revoquer(&qui) { "oui" } else { "non" };
        writeln!(page, "| {nom} | {corriger} | {revoquer} |").expect("a string");
    }
    check("docs/droits.md", &page);
}

fn tableau(
    page: &mut String,
    sessions: &[(String, Session)],
    reponse: impl Fn(&Requester, &Session) -> &'static str,
) {
    for (nom, qui) in personnes() {
        let cases: Vec<_> = sessions.iter().map(|(_, session)| reponse(&qui, session)).collect();
        writeln!(page, "| {nom} | {} |", cases.join(" | ")).expect("a string");
    }
}

fn reponse(qui: &Requester, acte: Acte, session: &Session) -> &'static str {
    let portee = portee(qui);
    let connue = portee.voit(session) || acte.du_formateur() && portee.a_ete_reprise(session);
    if !connue {
        return "404";
    }
    match peut(qui, acte, session) {
        Ok(()) => "oui",
        Err(Refus::PasVotreRole) => "403",
        Err(Refus::MauvaisEtat { .. }) => "409",
        Err(autre) => unreachable!("droits answers only for role and state: {autre:?}"),
    }
}
