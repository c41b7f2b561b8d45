//! Texts with separators.

use super::super::fichiers::csv;
use super::Sort;
use super::Sort::{Dit, Importe, Lu, Refuse};

const T: &str = "Nom de naissance;Prénom;Date de naissance";
const L: &str = "Ruiz;Zoé;01/01/1980";

pub(super) fn tous() -> Vec<(&'static str, Vec<u8>, Sort)> {
    let latin = |texte: &str| encoding_rs::WINDOWS_1252.encode(texte).0.into_owned();
    let utf16 = |texte: &str, marque: bool| {
        let marque = marque.then_some(0xfeff);
        marque.into_iter().chain(texte.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let longue = |lignes: u32| {
        let ligne = |rang: u32| {
            let lettres: String = rang.to_string().bytes().map(|c| char::from(c - b'0' + b'a')).collect();
            format!(
                "Nom{lettres};Zoé;{:02}/{:02}/{}",
                rang % 28 + 1,
                rang / 28 % 12 + 1,
                1950 + rang / 336 % 50
            )
        };
        csv(&std::iter::once(T.to_owned())
            .chain((0..lignes).map(ligne))
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>())
    };
    vec![
        ("utf8.csv", csv(&[T, L]), Importe(1)),
        ("marque.csv", format!("\u{feff}{T}\r\n{L}\r\n").into_bytes(), Importe(1)),
        (
            "windows.csv",
            latin(&format!("{T}\r\nLefèvre;Anaïs;28/02/1990")),
            Lu(&["Lefèvre Anaïs 28/02/1990"]),
        ),
        ("utf16.csv", utf16(&format!("{T}\r\n{L}").replace(';', "\t"), true), Importe(1)),
        ("utf16-sans-marque.csv", utf16(&format!("{T}\n{L}"), false), Importe(1)),
        ("virgules.csv", format!("{T}\n{L}").replace(';', ",").into_bytes(), Importe(1)),
        ("tabulations.txt", format!("{T}\n{L}").replace(';', "\t").into_bytes(), Importe(1)),
        (
            "fins-melees.csv",
            format!("{T}\r{L}\nDupont;Jean;02/02/1982\r\nPetit;Léa;1983-03-03").into_bytes(),
            Importe(3),
        ),
        (
            "guillemets.csv",
            csv(&[
                "\"Nom de naissance\";\"Prénom\";\"Date de naissance\"",
                "\"D’Arc\";\"Jeanne\";\"6/1/80\"",
            ]),
            Dit(1, &[("annee_sur_deux_chiffres", 2)]),
        ),
        (
            "siecle.csv",
            csv(&[T, "Ruiz;Zoé;1/2/12", "Petit;Léo;1-2-27"]),
            Dit(2, &[("annee_sur_deux_chiffres", 2), ("age_inhabituel", 2), ("annee_sur_deux_chiffres", 3)]),
        ),
        ("vides.csv", csv(&["", T, "", ";;", L, " ; ;", ""]), Importe(1)),
        (
            "ordre-et-casse.csv",
            csv(&["DATE DE NAISSANCE ; prenom;NOM DE NAISSANCE", "01.02.1990;Zoé;Ruiz"]),
            Importe(1),
        ),
        (
            "apostrophe.csv",
            csv(&[
                "nom de naissance;nom d’usage;prénom;Date de naissance (JJ/MM/AAAA)",
                "Ruiz;Petit;Zoé;1990-02-28",
            ]),
            Importe(1),
        ),
        ("sep.csv", csv(&["sep=;", T, L]), Importe(1)),
        ("anomalies.csv", csv(&[&format!("{T};Anomalies"), &format!("{L};tout va bien")]), Importe(1)),
        ("formule-neutralisee.csv", csv(&[T, "'-Ruiz;Zoé;01/01/1980"]), Importe(1)),
        ("vide.csv", Vec::new(), Refuse(422, "fichier_vide")),
        ("blancs.csv", b" \r\n\t\r\n".to_vec(), Refuse(422, "fichier_vide")),
        ("marque-seule.csv", b"\xef\xbb\xbf".to_vec(), Refuse(422, "fichier_vide")),
        ("titres.csv", csv(&[T]), Refuse(422, "liste_sans_ligne")),
        ("sans-titres.csv", csv(&[L, "Dupont;Jean;02/02/1982"]), Refuse(422, "en_tetes_absents")),
        ("titres-plus-bas.csv", csv(&["Liste du 3 mars", T, L]), Refuse(422, "en_tetes_plus_bas")),
        (
            "colonne-absente.csv",
            csv(&["Nom de naissance;Prénom", "Ruiz;Zoé"]),
            Refuse(422, "colonne_absente"),
        ),
        (
            "colonne-mal-ecrite.csv",
            csv(&["Nom de naissance;Prenon;Date de naissance", L]),
            Refuse(422, "colonne_absente"),
        ),
        (
            "colonne-en-double.csv",
            csv(&["Nom de naissance;Prénom;PRENOM;Date de naissance", "Ruiz;Zoé;Zoé;01/01/1980"]),
            Refuse(422, "colonne_en_double"),
        ),
        ("modele-ancien.csv", csv(&["Nom;Prénom;Date de naissance", L]), Refuse(422, "modele_ancien")),
        (
            "colonne-inconnue.csv",
            csv(&[&format!("{T};Téléphone"), &format!("{L};0102030405")]),
            Dit(1, &[("colonne_inconnue", 1)]),
        ),
        ("cellule-en-trop.csv", csv(&[T, &format!("{L};oublié")]), Dit(1, &[("cellule_en_trop", 2)])),
        (
            "separateur-dans-le-nom.csv",
            csv(&["Nom de naissance,Prénom,Date de naissance", "Ruiz, Martin,Zoé,01/01/1980"]),
            Dit(1, &[("identite_invalide", 2), ("cellule_en_trop", 2)]),
        ),
        (
            "guillemet-ouvert.csv",
            csv(&[T, "\"Ruiz;Zoé;01/01/1980", "Dupont;Jean;02/02/1982"]),
            Refuse(422, "guillemet_ouvert"),
        ),
        (
            "retour-dans-la-cellule.csv",
            csv(&[T, "\"Ruiz\nMartin\";Zoé;01/01/1980", "Dupont;Jean;99/99/1982"]),
            Dit(2, &[("identite_invalide", 2), ("identite_invalide", 3)]),
        ),
        (
            "deux-guillemets-ouverts.csv",
            csv(&[T, "\"Ruiz;Zoé;01/01/1980", "Dupont;Jean;02/02/1982", "\"Petit;Léa;03/03/1983"]),
            Refuse(422, "guillemet_ouvert"),
        ),
        (
            "lignes-dans-une-remarque.csv",
            csv(&[
                &format!("{T};Remarque"),
                &format!("{L};\"note"),
                "Dupont;Jean;02/02/1982;\"",
                "Petit;Léa;03/03/1983;",
            ]),
            Refuse(422, "guillemet_ouvert"),
        ),
        (
            "remarque-sur-deux-lignes.csv",
            csv(&[&format!("{T};Remarque"), &format!("{L};\"vient ; puis\nrepart\"")]),
            Dit(1, &[("colonne_inconnue", 1)]),
        ),
        ("titres-repetes.csv", csv(&[T, L, T, "Dupont;Jean;02/02/1982"]), Dit(3, &[("titres_repetes", 3)])),
        ("erreur-de-formule.csv", csv(&[T, "#N/A;Zoé;#######"]), Dit(1, &[("cellule_en_erreur", 2)])),
        (
            "nom-immense.csv",
            csv(&[T, &format!("{};Zoé;01/01/1980", "a".repeat(200_000))]),
            Dit(1, &[("identite_invalide", 2)]),
        ),
        ("nul.csv", csv(&[T, "Ru\0iz;Zoé;01/01/1980"]), Refuse(422, "encodage_inconnu")),
        ("controle.csv", csv(&[T, "Ru\u{1}iz;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        (
            "accents-decomposes.csv",
            csv(&[
                "Nom de naissance;Pre\u{301}nom;Date de naissance",
                "Lefe\u{300}vre;Zoe\u{301};01/01/1980",
            ]),
            Importe(1),
        ),
        ("sans-chasse.csv", csv(&[T, "\u{200b}Ruiz;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        ("sens-inverse.csv", csv(&[T, "Ru\u{202e}iz;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        (
            "utf8-puis-windows.csv",
            [format!("{T}\r\nLefèvre;Anaïs;28/02/1990\r\n").into_bytes(), latin("Gérard;Zoé;01/01/1980")]
                .concat(),
            Refuse(422, "encodage_mele"),
        ),
        (
            "windows-puis-utf8.csv",
            [
                latin(&format!("{T}\r\nGérard;Zoé;01/01/1980\r\n")),
                "Lefèvre;Anaïs;28/02/1990".as_bytes().to_vec(),
            ]
            .concat(),
            Refuse(422, "encodage_mele"),
        ),
        ("utf8-tronque.csv", [T.as_bytes(), b"\r\nRuiz;Zo\xc3"].concat(), Refuse(422, "encodage_mele")),
        (
            "capitales-windows.csv",
            latin(&format!("{}\r\nLEFÈVRE;ANAÏS;28/02/1990", T.to_uppercase())),
            Lu(&["LEFÈVRE ANAÏS 28/02/1990"]),
        ),
        (
            "macintosh.csv",
            b"Nom de naissance;Prenom;Date de naissance\rAubry;Andr\x8e;01/01/1980".to_vec(),
            Refuse(422, "encodage_inconnu"),
        ),
        (
            "dos.csv",
            b"Nom de naissance;Pr\x82nom;Date de naissance\r\nLef\x8avre;Zo\x82;01/01/1980".to_vec(),
            Refuse(422, "encodage_inconnu"),
        ),
        (
            "utf16be-sans-marque.csv",
            format!("{T}\n{L}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Lu(&["Ruiz Zoé 01/01/1980"]),
        ),
        (
            "utf16-impair.csv",
            [utf16(&format!("{T}\n{L}"), true), vec![b'x']].concat(),
            Refuse(422, "encodage_inconnu"),
        ),
        ("retours-seuls.csv", format!("{T}\r{L}\r").into_bytes(), Lu(&["Ruiz Zoé 01/01/1980"])),
        ("mal-decode.csv", csv(&[T, "LefÃ¨vre;Zoé;01/01/1980"]), Dit(1, &[("accents_abimes", 2)])),
        ("binaire.csv", (0..=255).cycle().skip(7).take(4000).collect(), Refuse(422, "encodage_inconnu")),
        ("utf32.csv", b"\xff\xfe\0\0N\0\0\0".to_vec(), Refuse(415, "type_non_pris_en_charge")),
        ("formule.csv", csv(&[T, "=1+1;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        ("balises.csv", csv(&[T, "<script>;Zoé;01/01/1980"]), Dit(1, &[("identite_invalide", 2)])),
        ("mille.csv", longue(1_000), Dit(1_000, &[("trop_de_stagiaires", 0)])),
        ("mille-et-une.csv", longue(1_001), Refuse(422, "trop_de_lignes")),
        ("cent-mille.csv", longue(100_000), Refuse(422, "trop_de_lignes")),
        ("cinq-mega.csv", vec![b'a'; 5 * 1024 * 1024 + 1], Refuse(413, "trop_volumineux")),
    ]
}
