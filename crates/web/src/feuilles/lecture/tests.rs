use proptest::prelude::*;

use super::*;

/// Each row as « number: cells parted by bars ».
fn montrer(classeur: &Classeur) -> Vec<String> {
    let rangee = |rangee: &Rangee| {
        let derniere = rangee.cellules.keys().next_back().copied().unwrap_or_default();
        let cellules =
            (0..=derniere).map(|c| rangee.cellules.get(&c).map(Cellule::texte).unwrap_or_default());
        format!("{}: {}", rangee.ligne, cellules.collect::<Vec<_>>().join("|"))
    };
    classeur.feuilles.iter().flat_map(|feuille| feuille.rangees.iter().map(rangee)).collect()
}

#[test]
fn un_texte_se_lit_quels_que_soient_son_encodage_et_ses_separateurs() {
    let check = |octets: &[u8], attendu: &[&str]| {
        let lu = lire(octets).unwrap_or_else(|faute| panic!("{faute:?} for {octets:?}"));
        assert_eq!(
            (montrer(&lu), lu.format),
            (attendu.iter().map(|t| (*t).to_owned()).collect(), Format::Csv)
        );
    };
    check(b"Nom;Pr\xe9nom\r\nLef\xe8vre;Ana\xefs\r\n", &["1: Nom|Prénom", "2: Lefèvre|Anaïs"]);
    check("Nom,Prénom\nD’Arc,Jeanne".as_bytes(), &["1: Nom|Prénom", "2: D’Arc|Jeanne"]);
    check("\u{feff}Nom\tPrénom\nA\tB\n".as_bytes(), &["1: Nom|Prénom", "2: A|B"]);
    check(b"\xff\xfeN\0;\0P\0\n\0\xe9\0;\0b\0", &["1: N|P", "2: é|b"]);
    check(b"\xfe\xff\0N\0;\0P\0\n\0\xe9\0;\0b", &["1: N|P", "2: é|b"]);
    check(b"N\0o\0m\0;\0P\0\n\0a\0;\0b\0", &["1: Nom|P", "2: a|b"]);
    // Mixed ends of lines; a blank row is counted, a row of separators too, and neither is kept.
    check(b"A;B\r1;2\n\n;;\r\n3;4\r\n", &["1: A|B", "2: 1|2", "5: 3|4"]);
    check(b"\n\nA;B\n1;2", &["3: A|B", "4: 1|2"]);
    // A quoted cell on two lines is one row, as in a spreadsheet.
    check(b"A;B\n\"x\ny\";2\n3;4", &["1: A|B", "2: x\ny|2", "3: 3|4"]);
    check(b"A;B\n\"a;b\";\"dit \"\"oui\"\"\"\n", &["1: A|B", "2: a;b|dit \"oui\""]);
    check(b"sep=,\nA,B\n1;2,3\n", &["1: A|B", "2: 1;2|3"]);
    check(b"\"Nom, de naissance\";B\n1;2\n", &["1: Nom, de naissance|B", "2: 1|2"]);
    // Neither a title nor a remark with many commas parts the rows.
    check(b"A;B;x, y, z, t\n1;2;3\n", &["1: A|B|x, y, z, t", "2: 1|2|3"]);
    check(b"A,B (x;y;z)\n1,2\n3,4\n5,6\n", &["1: A|B (x;y;z)", "2: 1|2", "3: 3|4", "4: 5|6"]);
    check(b"A\tB\n1\t2, 3, 4\n", &["1: A|B", "2: 1|2, 3, 4"]);
    check(b"A;B\n;2\n3;\n", &["1: A|B", "2: |2", "3: 3"]);
}

#[test]
fn un_fichier_qui_n_est_pas_une_liste_est_nomme() {
    let check =
        |octets: &[u8], attendu: Illisible| assert_eq!(lire(octets).err(), Some(attendu), "{octets:?}");
    check(b"", Illisible::Vide);
    check(b" \r\n\t ", Illisible::Vide);
    check(b"\xef\xbb\xbf", Illisible::Vide);
    check(b"\xff\xfe", Illisible::Vide);
    check(b"%PDF-1.7\n", Illisible::AutreNature("un document PDF"));
    check(b"\x89PNG\r\n\x1a\n\0\0", Illisible::AutreNature("une image PNG"));
    check(b"<html><table>", Illisible::AutreNature("une page web"));
    let fods = |suite: &str| format!("<?xml version=\"1.0\"?>\n<office:document {suite}").into_bytes();
    let non_compresse = Illisible::AutreNature("un classeur ODS non compressé (.fods)");
    let espaces = "xmlns:a=\"urn:a\" ".repeat(150);
    let genre = "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">";
    check(&fods("><office:body><office:spreadsheet>"), non_compresse.clone());
    check(&fods(&format!("{espaces}{genre}")), non_compresse);
    check(&fods(">"), Illisible::AutreNature("un document LibreOffice non compressé"));
    check(
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
        Illisible::AutreNature("un classeur XML d’Excel 2003"),
    );
    check(b"{\\rtf1", Illisible::AutreNature("un document RTF"));
    check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", Illisible::AncienExcel);
    check(b"PK\x03\x04tronque", Illisible::Abime);
    check(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", Illisible::AutreNature("une archive ZIP"));
    check(b"A;B\n1;\0\n", Illisible::EncodageInconnu);
    check(b"A;B\n\x81;2\n", Illisible::EncodageInconnu);
    check(b"A;B\n1;2\n\"3;4\n5;6\n", Illisible::GuillemetOuvert { ligne: 3 });
    check(b"A;B\n1;2\n\"3;4", Illisible::GuillemetOuvert { ligne: 3 });
    check(&vec![b'a'; OCTETS + 1], Illisible::TropVolumineux);
}

#[test]
fn une_longue_liste_n_est_pas_tenue_en_entier() {
    let longue = "Dupont;Jean\n".repeat(100_000);
    let lue = lire(longue.as_bytes()).expect("reads");
    assert_eq!(lue.feuilles[0].rangees.len(), RANGEES);
}

proptest! {
    #[test]
    fn rien_de_ce_qui_arrive_n_arrete_la_lecture(octets in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = lire(&octets);
    }

    #[test]
    fn ni_rien_de_ce_qui_ressemble_a_une_liste(texte in "[;,\t\"\r\n a-cé\u{0}]{0,80}") {
        let _ = lire(texte.as_bytes());
    }

    #[test]
    fn ni_un_debut_de_classeur(suite in proptest::collection::vec(any::<u8>(), 0..300)) {
        for debut in [&b"PK\x03\x04"[..], b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml"] {
            let _ = lire(&[debut, &suite].concat());
        }
    }
}
