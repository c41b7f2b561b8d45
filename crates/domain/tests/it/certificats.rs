//! Validity of certificates, to the day, and what a verification answers.

use forprev_domain::certificat::{Certificat, EtatCertificat, Valeur};
use forprev_domain::dispositif::Niveau;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::regles::reussites::{ouvre_un_acces, valable_jusqu_au};
use forprev_domain::session::{Faits, NomEtat, Session};
use jiff::civil::{Date, date};

use crate::construire::{
    FIN, alix, brouillon, catalogue, dans, faits, geste, karim, numero, saisie_finissant, sst,
};

#[test]
fn un_certificat_vaut_du_jour_de_fin_au_jour_anniversaire_compris() {
    for (date_fin, mois, attendu) in [
        (date(2026, 5, 5), Some(24), Some(date(2028, 5, 5))),
        (date(2026, 2, 28), Some(24), Some(date(2028, 2, 28))),
        (date(2028, 2, 29), Some(24), Some(date(2030, 2, 28))),
        (date(2028, 2, 29), Some(48), Some(date(2032, 2, 29))),
        (date(2028, 2, 29), Some(36), Some(date(2031, 2, 28))),
        (date(2026, 8, 31), Some(18), Some(date(2028, 2, 29))),
        (date(2026, 12, 31), Some(2), Some(date(2027, 2, 28))),
        (date(2026, 5, 5), Some(u16::MAX), Some(date(7487, 8, 5))),
        (date(2026, 5, 5), None, None),
    ] {
        let session = Session { saisie: saisie_finissant(date_fin), ..brouillon() };
        let faits = Faits { dispositif: Some(catalogue(mois)), ..faits() };
        assert_eq!(valable_jusqu_au(&session, &faits), attendu, "fin {date_fin}, {mois:?} mois");
    }
}

#[test]
fn la_validite_part_du_jour_de_fin_et_non_du_jour_de_generation() {
    let generee_le = date(2026, 8, 1);
    let (session, _, emissions) =
        dans(NomEtat::ATraiter).generer(&faits(), geste(&alix(), generee_le, None)).expect("generated");
    assert_eq!((emissions[0].debut, emissions[0].fin), (FIN, Some(date(2028, 5, 5))));
    assert_eq!(session.etat.generee_le(), Some(generee_le));
    assert_eq!(session.disparait_le(), date(2026, 8, 16));
}

#[test]
fn la_validite_est_celle_du_niveau() {
    let mut session = brouillon();
    session.saisie.niveau = Niveau::Formateur;
    assert_eq!(valable_jusqu_au(&session, &faits()), Some(date(2029, 5, 5)));
    assert!(ouvre_un_acces(session.niveau()), "R18");
}

pub(crate) fn certificat(etat: EtatCertificat, fin: Option<Date>) -> Certificat {
    Certificat {
        numero: NumeroCertificat::from_random(&sst(), Niveau::Formateur, 2026, 42),
        titulaire: numero("STG00001"),
        stagiaire: None,
        session: None,
        dispositif: sst(),
        niveau: Niveau::Formateur,
        action: None,
        debut: FIN,
        fin,
        delivre_le: FIN,
        compte: None,
        auteur: None,
        formateur: Some(karim()),
        etat,
        remplace_par: None,
        disparait_le: None,
        specimen: false,
        imprime: None,
    }
}

#[test]
fn une_verification_dit_ce_que_vaut_le_certificat_ce_jour_la() {
    let fin = date(2028, 2, 29);
    for (etat, fin, jour, attendu) in [
        (EtatCertificat::Valide, Some(fin), fin, Valeur::Valide),
        (EtatCertificat::Valide, Some(fin), date(2028, 3, 1), Valeur::Expire),
        (EtatCertificat::Valide, None, date(9999, 12, 31), Valeur::Valide),
        (EtatCertificat::Revoque, Some(fin), fin, Valeur::Revoque),
        (EtatCertificat::Revoque, Some(fin), date(2028, 3, 1), Valeur::Revoque),
        (EtatCertificat::Remplace, Some(fin), fin, Valeur::Remplace),
    ] {
        assert_eq!(certificat(etat, fin).valeur_le(jour), attendu, "{etat:?} le {jour}");
    }
}

#[test]
fn un_certificat_revoque_ou_remplace_ne_qualifie_plus() {
    for (etat, attendu) in
        [(EtatCertificat::Valide, true), (EtatCertificat::Revoque, false), (EtatCertificat::Remplace, false)]
    {
        let qualification = certificat(etat, None).qualification();
        assert_eq!(qualification.valide_le(FIN), attendu, "{etat:?}");
        assert!(!qualification.valide_le(date(2026, 5, 4)), "pas avant le jour de fin");
    }
}
