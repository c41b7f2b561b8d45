//! Invented certificates, for the tests and the example.

use forprev_domain::certificat::{Edition, Enonce, Imprime, Signataire};
use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::Civilite;
use forprev_domain::session::Action;
use forprev_domain::theme::Couleur;
use jiff::civil::date;

/// Certificates of all kinds, with a name for each.
pub(crate) fn variantes() -> Vec<(&'static str, Imprime)> {
    let variantes = vec![
        ("acteur", acteur()),
        ("formateur", formateur()),
        ("noms-longs", noms_longs()),
        ("demesure", demesure()),
        ("specimen", Imprime { specimen: true, ..acteur() }),
        ("lettres", lettres()),
        ("theme", theme()),
        (
            "deux-lignes",
            Imprime {
                prenom: "Marie-Apolonia Gülşen Louise".into(),
                nom_naissance: "van der Elstraeten".into(),
                ..acteur()
            },
        ),
        (
            "faits-longs",
            Imprime {
                organisme: "Union régionale des organismes de formation aux premiers secours".into(),
                formateur: "Jean-Baptiste DE LA ROCHEFOUCAULD".into(),
                date_debut: date(2026, 10, 30),
                ..acteur()
            },
        ),
    ];
    variantes.into_iter().map(|(nom, imprime)| (nom, enonce(imprime))).collect()
}

/// The same, with something as long as its signed statement.
pub(crate) fn enonce(imprime: Imprime) -> Imprime {
    let octets = Enonce::de(&imprime).octets([0; 4]).len() + 64;
    let lettres = "Aq7-Zk3_Xb9".chars().cycle().take((octets * 8).div_ceil(6));
    Imprime { enonce: Some(lettres.collect()), ..imprime }
}

/// Letters of every Latin script, marks without precomposed form, and what no font here has.
pub(crate) fn lettres() -> Imprime {
    Imprime {
        prenom: "Łucja Nguyễn Phạm Ǆemal ș ț ẞ Ĩĵǚ M\u{304}ea\u{32a}".into(),
        nom_naissance: "Żółć-D’Artagnan Œşőñ".into(),
        nom_usage: Some("Ðorđe Ɖå Ⅳ 漢".into()),
        civilite: Some(Civilite::Monsieur),
        ..acteur()
    }
}

/// The certificate of an acteur: everything usual.
pub(crate) fn acteur() -> Imprime {
    Imprime {
        edition: Edition::Premiere,
        numero_certificat: "SST-A-26-7F3K9-QXMW2".into(),
        service: "Service des certifications de prévention".into(),
        specimen: false,
        dispositif: "SST".into(),
        libelle: "Sauveteur secouriste du travail".into(),
        niveau: Niveau::Acteur,
        civilite: Some(Civilite::Madame),
        prenom: "Anaïs".into(),
        nom_naissance: "Lefèvre-Quintard".into(),
        nom_usage: None,
        date_naissance: date(1984, 3, 12),
        numero_forprev: "JKA37899".into(),
        action: Action::Initiale,
        heures: Some(14),
        date_debut: date(2026, 11, 19),
        date_fin: date(2026, 11, 20),
        lieu: "Angers".into(),
        organisme: "Ardoise Formation".into(),
        habilitation: Some("H-4907".into()),
        formateur: "Karim BENALI".into(),
        formateur_numero: "BNL40217".into(),
        delivre_le: date(2026, 11, 23),
        emis_a: jiff::Timestamp::constant(1_795_423_500, 0),
        valable_jusqu_au: Some(date(2028, 11, 20)),
        signataire: Some(Signataire { fonction: "la directrice".into(), nom: "Hélène Marchand".into() }),
        couleur: None,
        logo: None,
        adresse_verification: "forprev.example/verifier".into(),
        adresse_donnees: "forprev.example/donnees".into(),
        enonce: None,
    }
}

/// The certificate of a service that has chosen its colour and its logo.
pub(crate) fn theme() -> Imprime {
    Imprime {
        service: "Service régional d’essai des certifications de prévention".into(),
        couleur: Couleur::parse("#7a1f3d"),
        logo: crate::lire_logo(include_bytes!("../tests/logo.png")).ok(),
        ..acteur()
    }
}

/// The certificate of a formateur: no end of validity, MAC of one day, usage name, nobody signs.
pub(crate) fn formateur() -> Imprime {
    Imprime {
        numero_certificat: "PRAP-IBC-F-26-2B8D0-ZT4Y7".into(),
        dispositif: "PRAP-IBC".into(),
        libelle: "Prévention des risques liés à l’activité physique, industrie, bâtiment et commerce".into(),
        niveau: Niveau::Formateur,
        civilite: None,
        prenom: "Zoé Marie".into(),
        nom_naissance: "Nguyễn".into(),
        nom_usage: Some("d’Aubigné".into()),
        action: Action::Mac,
        heures: Some(21),
        date_debut: date(2026, 3, 1),
        date_fin: date(2026, 3, 1),
        lieu: "Le Mans".into(),
        habilitation: None,
        valable_jusqu_au: None,
        signataire: None,
        ..acteur()
    }
}

/// Names of 78 and 80 characters.
pub(crate) fn noms_longs() -> Imprime {
    Imprime {
        specimen: true,
        prenom: "Marie-Thérèse Apolonia Œnone Łucja Gülşen Erzsébet-Ibolya Íñiga Anne-Charlotte".into(),
        nom_naissance: "van der Elstraeten-Ponthoz de La Rochefoucauld-Montbrison d’Őrszentmiklósy-Łącka"
            .into(),
        ..acteur()
    }
}

/// Everything as long as it can be.
pub(crate) fn demesure() -> Imprime {
    Imprime {
        prenom: "W".repeat(80),
        nom_naissance: "W".repeat(80),
        nom_usage: Some("W".repeat(80)),
        libelle: "Prévention des risques liés à l’activité physique dans les métiers du secteur sanitaire, \
                  médico-social, de l’aide et du maintien à domicile, y compris la petite enfance".into(),
        lieu: "Saint-Germain-de-Tallevende-la-Lande-Vaumont ".repeat(2),
        organisme: "Groupement interprofessionnel régional pour la promotion et le développement de la formation \
                    aux métiers du bâtiment, des travaux publics et de l’artisanat, section des Pays-de-la-Loire"
            .into(),
        habilitation: Some("H-4907-2026-PAYS-DE-LA-LOIRE-0000017".into()),
        formateur: format!("{} {}", "Marie-Charlotte ".repeat(5).trim(), "ELSTRAETEN-".repeat(7)),
        service: "Service régional des certifications de prévention des risques professionnels des Pays-de-la-Loire \
                  et de la Bretagne, direction des habilitations".into(),
        signataire: Some(Signataire {
            fonction: "la directrice adjointe chargée des habilitations et des certifications, par délégation".into(),
            nom: "Marie-Thérèse van der Elstraeten-Ponthoz de La Rochefoucauld-Montbrison".into(),
        }),
        adresse_verification: "certifications.prevention.pays-de-la-loire.service.example/certificats/verifier".into(),
        adresse_donnees: "certifications.prevention.pays-de-la-loire.service.example/donnees-personnelles".into(),
        ..acteur()
    }
}
