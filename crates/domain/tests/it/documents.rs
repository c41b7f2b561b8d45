//! The documents that people review, written from the code: `FORPREV_WRITE_DOCS=1 cargo test -p forprev-domain`
//! writes them again, and without it a difference is a failure.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use forprev_domain::certificat::{Certificat, EtatCertificat};
use forprev_domain::dispositif::Niveau;
use forprev_domain::droits::{
    Acte, ActeDuCompte, Correcteur, RefusDeCompte, Requester, SansFichier, correcteur, peut,
    peut_avoir_le_fichier, peut_pour, peut_revoquer, portee,
};
use forprev_domain::refus::Refus;
use forprev_domain::regles::{Regle, TOUTES};
use forprev_domain::session::{NomEtat, Session};
use jiff::civil::{Date, date};

use crate::certificats::certificat;
use crate::construire::{COMPTE, alix, dans, reprise, requester};
use crate::droits::personnes;
use crate::gestes::mouvements;

/// The day of the tables of certificates.
const JOUR: Date = date(2026, 5, 19);

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
        let fichiers = [
            format!("{module}/mod.rs"),
            format!("{module}/session.rs"),
            format!("regles/{module}.rs"),
            "session/manques.rs".to_owned(),
        ];
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
        "# Qui voit, qui peut\n\nÉcrit depuis `crates/domain/src/droits/` par un test du domaine ; ne pas modifier à \
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
    sur_un_certificat(&mut page);
    pour_un_compte(&mut page);
    check("docs/droits.md", &page);
}

/// Certificates by what makes a difference, as they are on `JOUR`.
fn certificats() -> Vec<(&'static str, Certificat)> {
    let emis = Certificat {
        compte: Some(COMPTE),
        auteur: Some(alix()),
        disparait_le: Some(JOUR.tomorrow().expect("a day")),
        ..certificat(EtatCertificat::Valide, Some(JOUR))
    };
    let du_niveau = |niveau| Certificat { niveau, ..emis.clone() };
    let apres = |niveau| Certificat { disparait_le: Some(JOUR), ..du_niveau(niveau) };
    let expire = Certificat { fin: JOUR.yesterday().ok(), ..apres(Niveau::Formateur) };
    vec![
        ("acteur", du_niveau(Niveau::Acteur)),
        ("acteur, session supprimée", apres(Niveau::Acteur)),
        ("formateur", du_niveau(Niveau::Formateur)),
        ("formateur, session supprimée", apres(Niveau::Formateur)),
        ("formateur, expiré", expire),
        ("remplacé", Certificat { etat: EtatCertificat::Remplace, ..emis.clone() }),
        ("révoqué", Certificat { etat: EtatCertificat::Revoque, ..emis.clone() }),
        ("d’ailleurs", Certificat { compte: None, auteur: None, disparait_le: None, ..emis }),
    ]
}

fn sur_un_certificat(page: &mut String) {
    let certificats = certificats();
    let noms: Vec<_> = certificats.iter().map(|(nom, _)| *nom).collect();
    write!(
        page,
        "\n## Un certificat : son fichier\n\nLa veille du jour où la session est supprimée, puis ce jour-là (R5, R7, R8). \
         **404** : inconnu de cette personne, sauf de qui voit encore la session (403). **trop tard** : un 404 qui dit \
         pourquoi. D’ailleurs : délivré ailleurs, inscrit par l’administrateur.\n\n| | {} |\n|---|{}\n",
        noms.join(" | "),
        "---|".repeat(noms.len())
    )
    .expect("a string");
    let titulaire = requester(&certificats[0].1.titulaire, &[]);
    for (nom, qui) in personnes().into_iter().chain([("titulaire", titulaire.clone())]) {
        let cases: Vec<_> = certificats.iter().map(|(_, certificat)| fichier(&qui, certificat)).collect();
        writeln!(page, "| {nom} | {} |", cases.join(" | ")).expect("a string");
    }
    page.push_str(
        "\n## Un certificat : corriger, révoquer\n\nTant que ses fichiers se téléchargent. **R5b** : une faute de saisie ; \
         le reste est à l’administrateur.\n\n| | corriger | révoquer |\n|---|---|---|\n",
    );
    for (nom, qui) in personnes().into_iter().chain([("titulaire", titulaire)]) {
        let corriger = match correcteur(&qui, &certificats[0].1) {
            Some(Correcteur::Declarant) => "R5b",
            Some(Correcteur::Administrateur) => "oui",
            None => "non",
        };
        let revoquer = if peut_revoquer(&qui) { "oui" } else { "non" };
        writeln!(page, "| {nom} | {corriger} | {revoquer} |").expect("a string");
    }
}

fn fichier(qui: &Requester, certificat: &Certificat) -> &'static str {
    match peut_avoir_le_fichier(qui, certificat, JOUR) {
        Ok(()) => "oui",
        Err(SansFichier::Etranger | SansFichier::JamaisEmis) => "404",
        Err(SansFichier::NeVautPlus | SansFichier::TropTard(_)) => "trop tard",
        Err(SansFichier::PasVotreRole) => "403",
    }
}

fn pour_un_compte(page: &mut String) {
    page.push_str(
        "\n## Un compte\n\nConsulter : sa fiche et ses habilitations. Déclarer : aussi chercher des personnes connues et \
         lire la liste de celles qu’il a certifiées.\n\n| | consulter | déclarer | gérer les utilisateurs | habiliter |\n\
         |---|---|---|---|---|\n",
    );
    for (nom, qui) in personnes() {
        let case = |acte| match peut_pour(&qui, acte, COMPTE) {
            Ok(()) => "oui",
            Err(RefusDeCompte::Inconnu) => "404",
            Err(RefusDeCompte::PasVotreRole) => "403",
        };
        writeln!(page, "| {nom} | {} |", ActeDuCompte::TOUS.map(case).join(" | ")).expect("a string");
    }
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
