//! Codes as JSON and the database have them: each leads back to its value, none serves twice.

use std::collections::BTreeSet;
use std::fmt::Debug;

use forprev_domain::certificat::EtatCertificat;
use forprev_domain::compte::{CompteId, Genre};
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::droits::Acte;
use forprev_domain::evenement::Quoi;
use forprev_domain::session::{Action, NomEtat};
use forprev_domain::stagiaire::Resultat;
use serde::Serialize;

fn check<T: Copy + Debug + PartialEq + Serialize>(
    toutes: &[T],
    code: fn(T) -> &'static str,
    from_code: fn(&str) -> Option<T>,
) {
    let codes: BTreeSet<_> = toutes.iter().map(|valeur| code(*valeur)).collect();
    assert_eq!(codes.len(), toutes.len(), "{toutes:?}");
    for valeur in toutes {
        let texte = code(*valeur);
        assert_eq!(from_code(texte), Some(*valeur));
        assert_eq!(from_code(&texte.to_uppercase()), None, "{texte}");
        assert_eq!(serde_json::to_value(valeur).expect("JSON"), texte, "the same in JSON");
    }
    assert_eq!(from_code(""), None);
}

#[test]
fn chaque_code_ramene_a_sa_valeur() {
    check(&NomEtat::TOUS, NomEtat::code, NomEtat::from_code);
    check(&Niveau::TOUS, Niveau::code, Niveau::from_code);
    check(&Quoi::TOUS, Quoi::code, Quoi::from_code);
    check(&[Action::Initiale, Action::Mac], Action::code, Action::from_code);
    check(&[Resultat::Reussite, Resultat::Echec], Resultat::code, Resultat::from_code);
    check(&[Genre::OrganismeDeFormation, Genre::Entreprise], Genre::code, Genre::from_code);
    check(
        &[EtatCertificat::Valide, EtatCertificat::Revoque, EtatCertificat::Remplace],
        EtatCertificat::code,
        EtatCertificat::from_code,
    );
    let actes: BTreeSet<_> = Acte::TOUS.into_iter().map(Acte::code).collect();
    assert_eq!(actes.len(), Acte::TOUS.len());
}

#[test]
fn les_niveaux_sont_dans_l_ordre() {
    assert!(Niveau::Acteur < Niveau::Formateur && Niveau::Formateur < Niveau::FormateurDeFormateurs);
    assert_eq!(Niveau::TOUS.map(Niveau::lettre), ['A', 'F', 'G']);
    assert!(!Niveau::DES_SESSIONS.contains(&Niveau::FormateurDeFormateurs));
}

#[test]
fn un_code_de_dispositif_a_sa_forme() {
    for (texte, attendu) in [
        ("SST", Some("SST")),
        (" prap-2s ", Some("PRAP-2S")),
        ("AB", Some("AB")),
        ("ABCDEFGHIJKL", Some("ABCDEFGHIJKL")),
        ("ABCDEFGHIJKLM", None),
        ("A", None),
        ("", None),
        ("2S", None),
        ("-SST", None),
        ("SST-", None),
        ("SST 2", None),
        ("ÉTÉ", None),
        ("SST'; --", None),
    ] {
        assert_eq!(CodeDispositif::parse(texte).as_ref().map(CodeDispositif::as_str), attendu, "{texte:?}");
    }
}

#[test]
fn un_identifiant_illisible_n_en_est_pas_un() {
    let lu = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    assert_eq!(CompteId::parse(lu).map(|id| id.to_string()).as_deref(), Some(lu));
    for texte in ["", "1", "67e55044-10b1-426f-9247", "../../etc", "67e55044-10b1-426f-9247-bb680e5fe0cz"] {
        assert_eq!(CompteId::parse(texte), None, "{texte:?}");
    }
}
