use super::*;

#[test]
fn la_forme_normale_ramene_chaque_lettre_latine_a_ses_lettres_de_base() {
    let check = |nom: &str, attendu: &str| assert_eq!(forme_normale(nom), attendu, "{nom}");
    check("Lefèvre", "lefevre");
    check("LEFÈVRE", "lefevre");
    check("Jean-Pierre", "jean pierre");
    check("  Jean   Pierre ", "jean pierre");
    check("Jean - Pierre", "jean pierre");
    check("D’Angelo", "d angelo");
    check("d'Angelo", "d angelo");
    check("Cœur", "coeur");
    check("ŒUVRARD", "oeuvrard");
    check("Lætitia", "laetitia");
    check("Strauß", "strauss");
    check("STRAUẞ", "strauss");
    check("Łukasz", "lukasz");
    check("Søren", "soren");
    check("Şahin", "sahin");
    check("Erdoğan", "erdogan");
    check("Işık", "isik");
    check("İpek", "ipek");
    check("Ðorđević", "dordevic");
    check("Þór", "thor");
    check("Núñez", "nunez");
    check("Kovács-Szőke", "kovacs szoke");
    check("Nguyễn", "nguyen");
    check("Dvořák", "dvorak");
    check("Țepeș", "tepes");
    check("Ɔkɔ", "oko");
    check("M\u{303}ara", "mara");
    check("'-", "");
    check("Ƹ", "ƹ");
}

#[test]
fn la_meme_identite_ecrite_autrement_est_certaine() {
    check(
        &[
            "Lefèvre, Anaïs ~ Lefèvre, Anaïs",
            "Lefèvre, Anaïs ~ LEFEVRE, ANAIS",
            "Lefèvre, Anaïs ~ lefevre, anaïs",
            "Martin, Jean-Pierre ~ Martin, Jean Pierre",
            "Martin, Jean-Pierre ~ MARTIN, JEAN  PIERRE",
            "Martin, Jean-Pierre ~ Martin, Jean - Pierre",
            "Martin, Jean‑Pierre ~ Martin, Jean-Pierre",
            "D'Angelo, Luc ~ D’Angelo, Luc",
            "D’Angelo, Luc ~ d Angelo, Luc",
            "N’Diaye, Awa ~ N'DIAYE, AWA",
            "O'Brien, Sean ~ O’BRIEN, Seán",
            "Le Goff, Yann ~ Le-Goff, Yann",
            "Le Goff, Yann ~ LE  GOFF, YANN",
            "Saint-Martin, Ève ~ SAINT MARTIN, EVE",
            "Lecœur, Zoé ~ LECOEUR, ZOE",
            "Œuvrard, Lætitia ~ Oeuvrard, Laetitia",
            "Strauß, Jörg ~ STRAUSS, JORG",
            "Łukasiewicz, Paweł ~ LUKASIEWICZ, PAWEL",
            "Sørensen, Bjørn ~ SORENSEN, BJORN",
            "Şahin, Işıl ~ SAHIN, ISIL",
            "Şahin, İpek ~ sahin, ipek",
            "Núñez, Iñaki ~ NUNEZ, INAKI",
            "Szőke, Ágnes ~ Szoke, Agnes",
            "Nguyễn, Thị ~ NGUYEN, THI",
            "Dvořák, Jiří ~ Dvorak, Jiri",
            "Đorđević, Ana ~ Dordevic, Ana",
            "Þórsson, Ari ~ THORSSON, ARI",
            "Ceauşescu, Ion ~ Ceaușescu, Ion",
            "Lefe\u{300}vre, Anai\u{308}s ~ Lefèvre, Anaïs",
            "Lefèvre,\u{a0}Anaïs ~ Lefèvre, Anaïs",
            // The usage name plays no part when the birth names are the same.
            "Lefèvre (Durand), Anaïs ~ Lefèvre, Anaïs",
            "Lefèvre (Durand), Anaïs ~ Lefèvre (Moreau), Anaïs",
            "Lefèvre (Lefèvre), Anaïs ~ Lefèvre, Anaïs",
            // The first given name counts.
            "Martin, Paul Henri ~ Martin, Paul",
            "Martin, Paul Henri Marie ~ Martin, Paul",
            "Martin, Paul Henri ~ Martin, Paul Émile",
            "Martin, Marie Claire Anne ~ Martin, Marie-Claire",
            "Martin, Marie-Claire Anne ~ Martin, Marie Claire",
            "Martin, Marie-Claire Anne ~ MARTIN, MARIE CLAIRE ANNE",
            "Martin, Jean-Pierre Louis ~ Martin, Jean-Pierre",
            "Martin, Martin ~ martin, MARTIN",
            "de La Fontaine, Jean ~ DE LA FONTAINE, JEAN",
            "De, Anh ~ de, ANH",
        ],
        Verdict::Certain,
    );
}

#[test]
fn une_seule_difference_de_la_table_est_possible() {
    check(
        &[
            // Swapped.
            "Martin, Paul ~ Paul, Martin",
            "Lefèvre, Anaïs ~ ANAIS, LEFEVRE",
            "Martin, Jean-Pierre ~ Jean Pierre, Martin",
            "Jean-Pierre, Martin ~ Martin, Jean Pierre",
            "Le Goff, Yann ~ Yann, Le Goff",
            "Martin, Paul Henri ~ Paul Henri, Martin",
            "Martin, Paul Henri ~ Paul, Martin",
            "Nguyen, Thi Mai ~ Thi Mai, Nguyen",
            // One edit of the birth name.
            "Lefèvre, Anaïs ~ Lefebvre, Anaïs",
            "Lefebvre, Anaïs ~ LEFEVRE, ANAIS",
            "Durand, Léa ~ Durant, Léa",
            "Durand, Léa ~ Durrand, Léa",
            "Durand, Léa ~ Duran, Léa",
            "Durand, Léa ~ Druand, Léa",
            "Durand, Léa ~ Durnad, Léa",
            "Durand, Léa ~ urand, Léa",
            "Müller, Eva ~ Mueller, Eva",
            "Strauß, Eva ~ Straus, Eva",
            "Le Goff, Yann ~ Legoff, Yann",
            "Dupont, Luc ~ Du Pont, Luc",
            "N'Diaye, Awa ~ Ndiaye, Awa",
            "O’Brien, Sean ~ Obrien, Sean",
            "Saint-Martin, Ève ~ Saintmartin, Ève",
            "Meyer, Jo ~ Meier, Jo",
            "Le, Anh ~ Ly, Anh",
            // One edit of the given name.
            "Durand, Léa ~ Durand, Léo",
            "Durand, Philippe ~ Durand, Philipe",
            "Durand, Mathieu ~ Durand, Matthieu",
            "Durand, Anne-Marie ~ Durand, Annemarie",
            "Durand, Jean-Pierre ~ Durand, Jean Piere",
            "Durand, Marie Clair ~ Durand, Marie-Claire",
            "Durand, Mari Claire Anne ~ Durand, Marie-Claire",
            "Durand, Mari Anne ~ Durand, Marie",
            "Durand, Sandrien ~ Durand, Sandrine",
            "Durand, Jon ~ Durand, Jo",
            // Usage name and birth name.
            "Martin (Durand), Léa ~ Durand, Léa",
            "Martin (DURAND), Léa ~ Durand, LEA",
            "Martin (Durand), Léa ~ Durand (Martin), Léa",
            "Martin (Durand), Léa ~ Durand (Petit), Léa",
            "Martin (Le Goff), Léa ~ LE-GOFF, Léa",
            "Martin (Durand), Léa Marie ~ Durand, Léa",
            "Martin (Martin-Durand), Léa ~ Martin Durand, Léa",
            // Compound given name and its first part.
            "Martin, Jean-Pierre ~ Martin, Jean",
            "Martin, JEAN-PIERRE ~ Martin, jean",
            "Martin, Anne-Sophie ~ Martin, Anne",
            "Martin, Jean-Pierre Louis ~ Martin, Jean",
            "Martin, Jean-Pierre ~ Martin, Jean Louis",
            // Particles.
            "de Villiers, Guy ~ Villiers, Guy",
            "d'Aboville, Guy ~ Aboville, Guy",
            "d’Aboville, Guy ~ ABOVILLE, Guy",
            "D Aboville, Guy ~ Aboville, Guy",
            "du Bellay, Guy ~ Bellay, Guy",
            "de La Fontaine, Guy ~ La Fontaine, Guy",
            "de La Fontaine, Guy ~ Fontaine, Guy",
            "de La Fontaine, Guy ~ de Fontaine, Guy",
            "Le Goff, Yann ~ Goff, Yann",
            "La Rivière, Yann ~ Rivière, Yann",
            "Ben Ali, Sami ~ Ali, Sami",
            "Ben-Ali, Sami ~ Ali, Sami",
            "El Amrani, Sami ~ Amrani, Sami",
            "El-Amrani, Sami ~ AMRANI, Sami",
            "van den Berg, Jan ~ Berg, Jan",
            "van den Berg, Jan ~ van Berg, Jan",
            "von Braun, Jan ~ Braun, Jan",
            "dos Santos, Ana ~ Santos, Ana",
            "Silva dos Santos, Ana ~ Silva Santos, Ana",
            "García de la Cruz, Ana ~ García Cruz, Ana",
            "Della Rovere, Ana ~ Rovere, Ana",
            "Van Le, Anh ~ Le, Anh",
            "d’Aboville, Marie-Claire Anne ~ Aboville, Marie Claire",
            // Neighbouring days.
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1990-03-02",
            "Durand, Léa, 1990-12-01 ~ DURAND, LEA, 1990-01-12",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1990-02-04",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1990-02-13",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1990-12-03",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1990-03-03",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1991-02-03",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1980-02-03",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1890-02-03",
            "Durand, Léa Marie, 1990-02-03 ~ Durand, Léa, 1990-02-04",
            "Durand, Jean-Pierre, 1990-02-03 ~ Durand, Jean Pierre, 1990-03-02",
            "Durand, Léa, 1987-05-13 ~ Durand, Léa, 1987-05-14",
        ],
        Verdict::Possible,
    );
}

#[test]
fn deux_personnes_ne_sont_pas_confondues() {
    check(
        &[
            // Other names, or another day.
            "Durand, Léa ~ Martin, Luc",
            "Durand, Léa ~ Durand, Luc",
            "Durand, Léa ~ Martin, Léa",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1975-11-28",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1991-02-04",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1990-03-04",
            "Durand, Léa, 1990-02-03 ~ Durand, Léa, 1991-03-02",
            "Durand, Léa, 1990-02-12 ~ Durand, Léa, 1990-02-21",
            "Durand, Léa, 1990-01-01 ~ Durand, Léa, 2001-01-01",
            "Durand, Léa, 1999-12-31 ~ Durand, Léa, 2000-01-01",
            // Names that are near, and are not the same.
            "Martin, Jean-Pierre ~ Martin, Pierre",
            "Martin, Jean-Pierre ~ Martin, Jean-Paul",
            "Martin, Anne-Marie ~ Martin, Anne-Sophie",
            "Martin, Anne-Marie ~ Martin, Marie-Anne",
            "Martin, Anne-Marie ~ Martin, Marie",
            "Martin, Jean ~ Martin, Jeanne",
            "Martin, Louis ~ Martin, Louise-Marie",
            "Martin, Paul ~ Martin, Pauline",
            "Martin, Paul Henri ~ Martin, Henri Paul",
            "Martin, Paul Henri ~ Martin, Henri",
            "Martin, Julien ~ Martin, Julie-Anne",
            "Martin, Fabien ~ Martin, Fabienne",
            "Martin, Alexandre ~ Martin, Alexandra-Lou",
            "Martin, Sacha ~ Martin, Alexandre",
            "Martin, Lola ~ Martin, Lila-Rose",
            "Durand, Léa ~ Durandeau, Léa",
            "Durand, Léa ~ Durieu, Léa",
            "Dupont, Léa ~ Duponchel, Léa",
            "Petit, Léa ~ Petitjean, Léa",
            "Roux, Léa ~ Rousseau, Léa",
            "Roy, Léa ~ Leroy, Léa",
            "Fèvre, Léa ~ Lefèvre, Léa",
            "Goff, Léa ~ Legoff, Léa",
            "Fontaine, Léa ~ Delafontaine, Léa",
            "Durand, Léa ~ Durand-Martin, Léa",
            "Durand-Martin, Léa ~ Martin, Léa",
            "Durand-Martin, Léa ~ Martin-Durand, Léa",
            "Saint-Martin, Léa ~ Martin, Léa",
            "Saint-Martin, Léa ~ Saint-Marc, Léa",
            "N’Diaye, Awa ~ Diaye, Awa",
            "O’Brien, Awa ~ Brien, Awa",
            "McKenzie, Awa ~ Kenzie, Awa",
            "Nguyen, Thi Mai ~ Nguyen, Thanh Mai",
            "van den Berg, Jan ~ de Berg, Jan",
            "Ben Amrani, Sami ~ El Amrani, Sami",
            "Ben Ali, Sami ~ Ben, Sami",
            "Villiers de, Guy ~ Villers, Guy",
            "Le, Anh ~ Tran, Anh",
            "De, Anh ~ La, Anh",
            "Li, Na ~ Wu, Na",
            // Usage names that prove nothing.
            "Martin (Durand), Léa ~ Petit (Durand), Léa",
            "Martin (Durand), Léa ~ Petit (Moreau), Léa",
            "Martin (Durand), Léa ~ Durand, Luc",
            // Two differences at once.
            "Lefebvre, Anaïs, 1990-02-03 ~ Lefèvre, Anaïs, 1990-03-02",
            "Lefebvre, Anaïs ~ Lefèvre, Anais-Lou",
            "Lefebvre, Anaïs ~ Lefèvre, Anas",
            "Durand, Léa ~ Dupand, Léo",
            "Durand, Léa ~ Dutant, Léa",
            "Durand, Léa, 1990-02-03 ~ Durand, Léo, 1990-03-02",
            "Durand, Léa, 1990-02-03 ~ Léa, Durand, 1990-03-02",
            "Durand, Léa ~ Léo, Durand",
            "Durand, Léa ~ Léa, Durant",
            "Martin (Durand), Léa ~ Durant, Léa",
            "Martin (Durand), Léa ~ Durand, Léo",
            "Martin (Durand), Léa ~ Léa, Durand",
            "Martin (Durand), Léa, 1990-02-03 ~ Durand, Léa, 1990-02-04",
            "Martin (de Villiers), Léa ~ Villiers, Léa",
            "Martin (Durand), Jean-Pierre ~ Durand, Jean",
            "Martin, Jean-Pierre, 1990-02-03 ~ Martin, Jean, 1990-02-04",
            "Martin, Jean-Pierre ~ Martine, Jean",
            "Martin, Jean-Pierre ~ Martin, Jeanne",
            "Jean, Martin ~ Martin, Jean-Pierre",
            "de Villiers, Guy ~ Villers, Guy",
            "de Villiers, Guy ~ Villiers, Gui",
            "de Villiers, Guy, 1990-02-03 ~ Villiers, Guy, 1990-02-04",
            "de Villiers, Jean-Guy ~ Villiers, Jean",
            "El Amrani, Sami ~ Sami, Amrani",
        ],
        Verdict::Non,
    );
}
