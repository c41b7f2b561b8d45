use jiff::civil::date;

use super::nom::lettre_latine;
use super::*;

const LETTRES: [std::ops::RangeInclusive<u32>; 4] =
    [0x41..=0x2af, 0x1e00..=0x1eff, 0x2c60..=0x2c7f, 0xa720..=0xab64];

#[test]
fn un_nom_garde_ce_qui_a_ete_tape() {
    let check = |texte: &str, attendu: &str| {
        assert_eq!(Nom::parse(texte).as_ref().map(Nom::as_str), Ok(attendu), "{texte:?}");
    };
    check("Lefèvre", "Lefèvre");
    check("  Lefèvre \n", "Lefèvre");
    check("Lefe\u{300}vre", "Lefèvre");
    check("D’Angelo-d'Aboville", "D’Angelo-d'Aboville");
    check("Jean   Pierre", "Jean Pierre");
    check("Jean\u{a0}\u{202f}Pierre", "Jean Pierre");
    check("Jean‑Pierre", "Jean-Pierre");
    check("Łukasz Şahin Szőke Núñez Œuvrard Strauß", "Łukasz Şahin Szőke Núñez Œuvrard Strauß");
    check("Nguyễn Thị", "Nguyễn Thị");
    check("M\u{303}ara", "M\u{303}ara");
    check("Ŋgɔma", "Ŋgɔma");
    check("O", "O");
    check(&"é".repeat(80), &"é".repeat(80));
    check(&"e\u{301}".repeat(80), &"é".repeat(80));
    check(&format!("  {}  ", "a".repeat(80)), &"a".repeat(80));
}

#[test]
fn un_nom_impossible_est_refuse() {
    let check = |texte: &str, attendu: FauteIdentite| {
        assert_eq!(Nom::parse(texte), Err(attendu), "{texte:?}");
    };
    check("", FauteIdentite::Vide);
    check(" \u{a0}\t", FauteIdentite::Vide);
    check("-", FauteIdentite::SansLettre);
    check("' ’ -", FauteIdentite::SansLettre);
    check(&"a".repeat(81), FauteIdentite::TropLong { longueur: 81 });
    check(&"M\u{303}".repeat(41), FauteIdentite::TropLong { longueur: 82 });
    for (texte, caractere) in [
        ("Martin2", '2'),
        ("Martin, Paul", ','),
        ("St. Clair", '.'),
        ("=cmd()", '='),
        ("@martin", '@'),
        ("<b>Martin", '<'),
        ("Mar\ttin", '\t'),
        ("Mar\r\nBcc: x", '\r'),
        ("Mar\u{0}tin", '\u{0}'),
        ("Mar\u{200b}tin", '\u{200b}'),
        ("Mar\u{ad}tin", '\u{ad}'),
        ("\u{202e}Martin", '\u{202e}'),
        ("\u{301}Martin", '\u{301}'),
        ("A \u{301}", '\u{301}'),
        ("M\u{34f}artin", '\u{34f}'),
        ("Ꟛ", '\u{a7da}'),
        ("Ма", 'М'),
        ("Αθηνά", 'Α'),
        ("深圳", '深'),
        ("محمد", 'م'),
        ("Martin😀", '😀'),
        ("Mar×tin", '×'),
        ("Mar–tin", '–'),
        ("‘Okina", '‘'),
        ("Mar_tin", '_'),
        ("ﬁn", 'ﬁ'),
    ] {
        check(texte, FauteIdentite::CaractereInterdit { caractere });
    }
}

#[test]
fn chaque_lettre_latine_a_une_forme_normale() {
    for c in LETTRES.into_iter().flatten().filter_map(char::from_u32).filter(|c| lettre_latine(*c)) {
        let forme = crate::regles::doublons::forme_normale(&c.to_string());
        assert!(!forme.is_empty(), "{c} U+{:04X}", u32::from(c));
        let europeenne = matches!(c, 'A'..='ſ' | 'Ǎ'..='ǜ' | 'Ș'..='ț' | '\u{1e00}'..='\u{1e99}' | 'Ạ'..='ỹ');
        assert!(!europeenne || forme.chars().all(|c| c.is_ascii_lowercase()), "{c} {forme:?}");
    }
}

#[test]
fn la_civilite_se_lit_comme_on_l_ecrit() {
    let check = |texte: &str, attendu: Option<Civilite>| {
        assert_eq!(Civilite::from_libelle(texte), attendu, "{texte}")
    };
    for texte in ["Madame", "madame", " MADAME ", "Mme", "MME.", "Mlle", "Mademoiselle"] {
        check(texte, Some(Civilite::Madame));
    }
    for texte in ["Monsieur", "monsieur", "M.", "m", "Mr", "Mr."] {
        check(texte, Some(Civilite::Monsieur));
    }
    for texte in ["", "Docteur", "MM", "Madame Monsieur"] {
        check(texte, None);
    }
    assert_eq!(Civilite::from_libelle(Civilite::Madame.libelle()), Some(Civilite::Madame));
    assert_eq!(Civilite::from_libelle(Civilite::Monsieur.libelle()), Some(Civilite::Monsieur));
}

#[test]
fn un_jour_se_tape_de_plusieurs_facons() {
    let check = |texte: &str, attendu: Result<Date, FauteIdentite>| {
        assert_eq!(lire_jour(texte, 2026), attendu, "{texte:?}");
    };
    for texte in [
        "1990-02-01",
        " 1990-02-01 ",
        "1990-2-1",
        "1/2/90",
        "01/02/90",
        "01/02/1990",
        "1/2/1990",
        "01.02.1990",
        "1.2.90",
        "1 2 1990",
        "01 02 1990",
        "1 / 2 / 1990",
        "1-2-1990",
        "01-02-90",
        "1990/02/01",
        "1\u{a0}2\u{a0}1990",
    ] {
        check(texte, Ok(date(1990, 2, 1)));
    }
    check("1/2/26", Ok(date(2026, 2, 1)));
    check("1/2/27", Ok(date(1927, 2, 1)));
    check("1/2/00", Ok(date(2000, 2, 1)));
    check("29/02/2024", Ok(date(2024, 2, 29)));
    for (texte, abregee) in
        [("1/2/99", true), ("01.02.90", true), ("1/2/1990", false), ("1990-02-01", false), ("90", false)]
    {
        assert_eq!(annee_abregee(texte), abregee, "{texte}");
    }
    assert_eq!(lire_jour("1/2/99", 2099), Ok(date(2099, 2, 1)));
    assert_eq!(lire_jour("1/2/99", 2098), Ok(date(1999, 2, 1)));
    assert_eq!(lire_jour("1/2/07", 2105), Ok(date(2007, 2, 1)));
    check("", Err(FauteIdentite::Vide));
    for texte in [
        "hier",
        "1990",
        "02/1990",
        "1/2/990",
        "1/2/3/4",
        "1//1990",
        "01021990",
        "1er/2/1990",
        "1/2/-90",
        "1/2/19901",
        "1990-02-01T00:00:00",
        "+1/2/1990",
        "１/２/1990",
        "1/février/1990",
        "001/2/1990",
        "1/002/1990",
        "45000",
        "/",
        "--",
        "1/2-90",
        "99999-01-01",
    ] {
        check(texte, Err(FauteIdentite::DateIllisible));
    }
    for texte in [
        "31/02/1990",
        "29/02/2023",
        "2023-02-29",
        "0/1/1990",
        "1/0/1990",
        "1/13/1990",
        "32/1/1990",
        "0000-01-01",
        "0999-01-01",
        "99/99/99",
    ] {
        check(texte, Err(FauteIdentite::DateImpossible));
    }
}

#[test]
fn l_age_est_celui_de_la_date_de_fin() {
    let check = |naissance: &str, fin: Date, attendu: Result<(), FauteIdentite>| {
        assert_eq!(jour::naissance(naissance, fin).map(drop), attendu, "{naissance}");
    };
    let fin = date(2026, 5, 31);
    check("31/05/2012", fin, Ok(()));
    check("01/06/2012", fin, Err(FauteIdentite::AgeHorsBornes { age: 13 }));
    check("01/06/1926", fin, Ok(()));
    check("31/05/1926", fin, Err(FauteIdentite::AgeHorsBornes { age: 100 }));
    check("31/05/2026", fin, Err(FauteIdentite::AgeHorsBornes { age: 0 }));
    check("01/06/2026", fin, Err(FauteIdentite::DansLeFutur));
    check("2199-01-01", fin, Err(FauteIdentite::DansLeFutur));
    check("29/02/2012", date(2026, 2, 28), Err(FauteIdentite::AgeHorsBornes { age: 13 }));
    check("29/02/2012", date(2026, 3, 1), Ok(()));
}

#[test]
fn une_adresse_est_lue_sobrement() {
    for texte in
        ["a@b.fr", "Anais.Lefevre+sst@ecole.example.org", "x_y-z@sous.domaine.bzh", "o'brien@ie.example"]
    {
        assert_eq!(Email::parse(&format!(" {texte} ")).as_ref().map(Email::as_str), Ok(texte));
    }
    let longue = format!("{}@{}.fr", "a".repeat(64), ["b"; 94].join("."));
    assert_eq!(longue.len(), 255);
    for texte in [
        "a",
        "@",
        "a@b",
        "@b.fr",
        "a@",
        "a@b@c.fr",
        "a b@c.fr",
        "a@b .fr",
        "a@.fr",
        "a@b.",
        "a@b..fr",
        "a@-b.fr",
        "a@b-.fr",
        "a@b.f",
        "a@1.2.3.4",
        ".a@b.fr",
        "a.@b.fr",
        "a..b@c.fr",
        "a\r\nBcc:x@b.fr",
        "a\u{0}@b.fr",
        "<a@b.fr>",
        "a,b@c.fr",
        "é@b.fr",
        "a@é.fr",
        "a;b@c.fr",
        "\"a\"@b.fr",
        &longue,
    ] {
        assert_eq!(Email::parse(texte), Err(FauteIdentite::EmailMalForme), "{texte:?}");
    }
    assert_eq!(Email::parse(" "), Err(FauteIdentite::Vide));
    assert_eq!(Email::parse("Anaïs@B.FR"), Err(FauteIdentite::EmailMalForme));
    assert_eq!(Email::parse("Anais@B.FR").map(|email| email.cle()), Ok("anais@b.fr".to_owned()));
}

#[test]
fn toutes_les_fautes_sont_dites_a_la_fois() {
    let brute = IdentiteBrute {
        civilite: Some("Docteur".to_owned()),
        nom_naissance: Some("M4rtin".to_owned()),
        nom_usage: Some("-".to_owned()),
        prenom: Some("a".repeat(81)),
        date_naissance: Some("31/02/1990".to_owned()),
        email: Some("a@b".to_owned()),
        numero: Some("12345678".to_owned()),
    };
    let attendu = vec![
        (ChampIdentite::Civilite, FauteIdentite::CiviliteInconnue),
        (ChampIdentite::NomNaissance, FauteIdentite::CaractereInterdit { caractere: '4' }),
        (ChampIdentite::NomUsage, FauteIdentite::SansLettre),
        (ChampIdentite::Prenom, FauteIdentite::TropLong { longueur: 81 }),
        (ChampIdentite::DateNaissance, FauteIdentite::DateImpossible),
        (ChampIdentite::Email, FauteIdentite::EmailMalForme),
        (ChampIdentite::Numero, FauteIdentite::NumeroMalForme),
    ];
    assert_eq!(attendu.iter().map(|(champ, _)| *champ).collect::<Vec<_>>(), ChampIdentite::TOUS);
    assert_eq!(brute.lire(date(2026, 5, 31)), Err(attendu));
}

#[test]
fn ce_qui_manque_n_est_pas_une_faute() {
    let fin = date(2026, 5, 31);
    assert_eq!(IdentiteBrute::default().lire(fin), Ok(IdentiteSaisie::default()));
    let blanc = || Some(" \u{a0} ".to_owned());
    let blanche = IdentiteBrute {
        civilite: blanc(),
        nom_naissance: blanc(),
        nom_usage: blanc(),
        prenom: blanc(),
        date_naissance: blanc(),
        email: blanc(),
        numero: blanc(),
    };
    assert_eq!(blanche.lire(fin), Ok(IdentiteSaisie::default()));
}

#[test]
fn une_identite_complete_s_imprime() {
    let brute = IdentiteBrute {
        civilite: Some("Mme".to_owned()),
        nom_naissance: Some("Lefèvre".to_owned()),
        prenom: Some("Anaïs".to_owned()),
        date_naissance: Some("28/2/90".to_owned()),
        numero: Some("jka 37899".to_owned()),
        ..IdentiteBrute::default()
    };
    let mut saisie = brute.lire(date(2026, 5, 31)).expect("valid");
    let identite = saisie.complete().expect("complete");
    assert_eq!(identite.prenom_nom(), "Anaïs LEFÈVRE");
    assert_eq!(identite.nom_prenom(), "LEFÈVRE Anaïs");
    assert_eq!(identite.date_naissance, date(1990, 2, 28));
    assert_eq!(identite.civilite, Some(Civilite::Madame));
    saisie.date_naissance = None;
    assert_eq!(saisie.complete(), None);
}
