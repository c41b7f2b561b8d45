//! What deserves a look and stops nothing.

use forprev_domain::dispositif::Niveau;
use forprev_domain::formateur::Qualification;
use forprev_domain::refus::Avertissement;
use forprev_domain::session::{Action, Faits, NomEtat, Session, avertissements};
use jiff::civil::{Date, date};

use crate::construire::{
    DEBUT, FIN, avec_stagiaires, brouillon, dans, faits, habilitation, identite, ligne, numero, qualification,
};

fn check(cas: &str, session: &Session, faits: &Faits, aujourdhui: Date, attendus: &[Avertissement]) {
    assert_eq!(avertissements(session, faits, aujourdhui), attendus, "{cas}");
}

#[test]
fn un_groupe_sous_le_minimum_se_signale() {
    for nombre in [0, 1, 3, 4, 10] {
        let attendu = Avertissement::GroupeTropPetit { nombre, minimum: 4 };
        let attendus: &[_] = if (1..4).contains(&nombre) { &[attendu] } else { &[] };
        check(&format!("{nombre} stagiaires"), &avec_stagiaires(nombre), &faits(), FIN, attendus);
    }
}

#[test]
fn un_age_sous_seize_ans_se_signale() {
    for (naissance, signale) in [("2010-05-05", false), ("2010-05-06", true), ("2012-05-05", true)] {
        let mut session = brouillon();
        session.stagiaires[0].identite = identite("Petit", naissance, "");
        let attendus: &[_] =
            if signale { &[Avertissement::AgeInhabituel { stagiaire: ligne(0) }] } else { &[] };
        check(naissance, &session, &faits(), FIN, attendus);
    }
}

#[test]
fn un_mac_attend_un_certificat_anterieur_meme_echu() {
    let acteur = |debut, fin| qualification(Niveau::Acteur, debut, fin);
    let ancien = acteur(date(2020, 1, 1), date(2022, 1, 1));
    let non = Avertissement::MacSansCertificatConnu { stagiaire: ligne(0) };
    for (cas, tenu, signale) in [
        ("aucun", None, true),
        ("en cours", Some(acteur(date(2025, 1, 1), date(2027, 1, 1))), false),
        ("échu", Some(ancien.clone()), false),
        ("révoqué", Some(Qualification { retiree: true, ..ancien.clone() }), true),
        ("plus haut", Some(qualification(Niveau::Formateur, date(2020, 1, 1), date(2022, 1, 1))), false),
        ("du jour même", Some(acteur(FIN, date(2028, 5, 5))), true),
    ] {
        let mut session = avec_stagiaires(4);
        session.saisie.action = Some(Action::Mac);
        let mut connus = faits();
        let tous = (1..4).map(|rang| (numero(&format!("STG{rang:05}")), ancien.clone()));
        connus.acquis = tous.chain(tenu.map(|q| (numero("STG00000"), q))).collect();
        let attendus: &[_] = if signale { std::slice::from_ref(&non) } else { &[] };
        check(cas, &session, &connus, FIN, attendus);
        session.saisie.action = Some(Action::Initiale);
        check("formation initiale", &session, &connus, FIN, &[]);
    }
}

#[test]
fn une_formation_de_formateur_attend_un_certificat_d_acteur_au_premier_jour() {
    for (cas, fin, signale) in [("valide au début", DEBUT, false), ("échu la veille", date(2026, 5, 3), true)]
    {
        let mut session = avec_stagiaires(5);
        session.saisie.niveau = Niveau::Formateur;
        let mut connus = faits();
        let tenu = |rang| {
            let fin = if rang == 0 { fin } else { date(2027, 1, 1) };
            (numero(&format!("STG{rang:05}")), qualification(Niveau::Acteur, date(2024, 1, 1), fin))
        };
        connus.acquis = (0..5).map(tenu).collect();
        let non = Avertissement::FormateurSansCertificatActeur { stagiaire: ligne(0) };
        let attendus: &[_] = if signale { &[non] } else { &[] };
        check(cas, &session, &connus, FIN, attendus);
    }
}

#[test]
fn une_habilitation_ou_une_qualification_bientot_echue_se_signale() {
    let fin = date(2026, 6, 30);
    for (aujourdhui, signale) in
        [(date(2026, 4, 1), true), (date(2026, 3, 31), false), (fin, true), (date(2026, 7, 1), false)]
    {
        let bientot = Faits { habilitations: vec![habilitation(date(2020, 1, 1), fin)], ..faits() };
        let non = [Avertissement::HabilitationBientotEchue { fin }];
        check("habilitation", &brouillon(), &bientot, aujourdhui, if signale { &non } else { &[] });
        let tenue = qualification(Niveau::Formateur, date(2020, 1, 1), fin);
        let bientot = Faits { qualifications: vec![tenue], ..faits() };
        let non = [Avertissement::QualificationBientotEchue { fin }];
        check("qualification", &brouillon(), &bientot, aujourdhui, if signale { &non } else { &[] });
    }
    let mut retiree = habilitation(date(2020, 1, 1), date(2030, 1, 1));
    retiree.retiree_le = Some(date(2026, 6, 1));
    let retiree = Faits { habilitations: vec![retiree], ..faits() };
    check(
        "un retrait à venir",
        &brouillon(),
        &retiree,
        FIN,
        &[Avertissement::HabilitationBientotEchue { fin: date(2026, 5, 31) }],
    );
}

#[test]
fn transmettre_avant_la_date_de_fin_se_confirme() {
    let avant = Avertissement::ResultatsAvantLaFin { date_fin: FIN };
    for (etat, jour, signale) in [
        (NomEtat::Soumise, date(2026, 5, 3), false),
        (NomEtat::Soumise, DEBUT, true),
        (NomEtat::Soumise, FIN, false),
        (NomEtat::Brouillon, DEBUT, false),
        (NomEtat::ATraiter, DEBUT, false),
    ] {
        let attendus: &[_] = if signale { std::slice::from_ref(&avant) } else { &[] };
        check(&format!("{} le {jour}", etat.code()), &dans(etat), &faits(), jour, attendus);
    }
}

#[test]
fn une_session_terminee_ne_signale_plus_rien() {
    let mut session = dans(NomEtat::Terminee);
    session.stagiaires.truncate(1);
    check("terminée", &session, &Faits::default(), FIN, &[]);
}
