//! A session that lacks nothing, what the register knows of it, and ways to bend both.

use std::collections::BTreeMap;

use forprev_domain::calendrier::Moment;
use forprev_domain::compte::CompteId;
use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau, NiveauDuCatalogue};
use forprev_domain::droits::Requester;
use forprev_domain::formateur::Qualification;
use forprev_domain::habilitation::{Habilitation, HabilitationId};
use forprev_domain::identite::{IdentiteBrute, IdentiteSaisie};
use forprev_domain::numero::{Numero, NumeroSession};
use forprev_domain::refus::Refus;
use forprev_domain::session::{
    Action, Faits, Geste, Lieu, NomEtat, NouvelleSession, Saisie, Session, SessionId,
};
use forprev_domain::stagiaire::{Resultat, Stagiaire, StagiaireId};
use forprev_domain::utilisateur::Profil;
use jiff::civil::{Date, date};
use uuid::Uuid;

/// First day of the session.
pub(crate) const DEBUT: Date = date(2026, 5, 4);
/// Last day of the session, on which everything happens unless said otherwise.
pub(crate) const FIN: Date = date(2026, 5, 5);
/// The compte that declares it.
pub(crate) const COMPTE: CompteId = CompteId(Uuid::from_u128(1));

pub(crate) fn numero(texte: &str) -> Numero {
    Numero::parse(texte).expect("a numéro")
}

/// Who declares.
pub(crate) fn alix() -> Numero {
    numero("ALX00001")
}

/// Who certifies.
pub(crate) fn karim() -> Numero {
    numero("KLM00042")
}

pub(crate) fn requester(qui: &Numero, profils: &[Profil]) -> Requester {
    Requester { numero: qui.clone(), profils: profils.to_vec() }
}

pub(crate) fn sst() -> CodeDispositif {
    CodeDispositif::parse("SST").expect("a code")
}

/// Noon of that day.
pub(crate) fn le(jour: Date) -> Moment {
    let instant = format!("{jour}T12:00:00Z").parse().expect("an instant");
    Moment { instant, aujourdhui: jour }
}

/// A move of `par` on that day, with these words.
pub(crate) fn geste<'a>(par: &'a Numero, jour: Date, commentaire: Option<&'a str>) -> Geste<'a> {
    Geste { par, moment: le(jour), commentaire }
}

pub(crate) fn saisie() -> Saisie {
    Saisie {
        dispositif: sst(),
        niveau: Niveau::Acteur,
        action: Some(Action::Initiale),
        date_debut: Some(DEBUT),
        date_fin: FIN,
        lieu: Lieu {
            nom: None,
            adresse: Some("4, rue des Lices".to_owned()),
            code_postal: Some("35000".to_owned()),
            commune: Some("Rennes".to_owned()),
        },
        entreprise_cliente: None,
        reference: None,
        formateur: Some(karim()),
    }
}

/// A session of one day, on that day.
pub(crate) fn saisie_finissant(date_fin: Date) -> Saisie {
    Saisie { date_debut: Some(date_fin), date_fin, ..saisie() }
}

pub(crate) fn identite(nom: &str, naissance: &str, email: &str) -> IdentiteSaisie {
    let texte = |texte: &str| (!texte.is_empty()).then(|| texte.to_owned());
    let brute = IdentiteBrute {
        nom_naissance: texte(nom),
        prenom: texte("Léa"),
        date_naissance: texte(naissance),
        email: texte(email),
        ..IdentiteBrute::default()
    };
    brute.lire(FIN).expect("a valid identity")
}

pub(crate) fn ligne(rang: usize) -> StagiaireId {
    StagiaireId(Uuid::from_u128(100 + rang as u128))
}

/// The trainee of this rank, complete for every niveau.
pub(crate) fn stagiaire(rang: usize) -> Stagiaire {
    let nom = format!("Durand{}", "ABCDEFGHIJKLMNOP".chars().nth(rang).expect("a rank below 16"));
    Stagiaire {
        id: ligne(rang),
        numero: Some(numero(&format!("STG{rang:05}"))),
        identite: identite(&nom, "1990-02-28", &format!("stagiaire{rang}@exemple.fr")),
        resultat: None,
    }
}

pub(crate) fn habilitation(debut: Date, fin: Date) -> Habilitation {
    Habilitation {
        id: HabilitationId(Uuid::from_u128(9)),
        compte: COMPTE,
        dispositif: sst(),
        niveau: Niveau::Acteur,
        debut,
        fin,
        numero: Some("H-35-0042".to_owned()),
        retiree_le: None,
        suspendue_du: None,
        suspendue_au: None,
        motif: None,
    }
}

pub(crate) fn qualification(niveau: Niveau, debut: Date, fin: Date) -> Qualification {
    Qualification { dispositif: sst(), niveau, debut, fin: Some(fin), retiree: false }
}

pub(crate) fn catalogue(validite_acteur: Option<u16>) -> Dispositif {
    let niveau = |niveau, groupe_min, validite_mois| NiveauDuCatalogue {
        niveau,
        groupe_min,
        groupe_max: 10,
        validite_mois,
        heures_initiale: Some(14),
        heures_mac: Some(7),
    };
    Dispositif {
        code: sst(),
        libelle: "Sauveteur secouriste du travail".to_owned(),
        a_partir_du: date(2000, 1, 1),
        niveaux: vec![niveau(Niveau::Acteur, 4, validite_acteur), niveau(Niveau::Formateur, 5, Some(36))],
    }
}

/// Everything holds, for ten years around the session.
pub(crate) fn faits() -> Faits {
    let (debut, fin) = (date(2020, 1, 1), date(2035, 12, 31));
    Faits {
        habilitations: vec![habilitation(debut, fin)],
        qualifications: vec![qualification(Niveau::Formateur, debut, fin)],
        dispositif: Some(catalogue(Some(24))),
        acquis: Vec::new(),
    }
}

pub(crate) fn creer(saisie: Saisie, faits: &Faits, jour: Date) -> Result<Session, Refus> {
    let nouvelle = NouvelleSession {
        id: SessionId(Uuid::from_u128(2)),
        numero: NumeroSession::from_random(2026, 7),
        compte: COMPTE,
        saisie,
    };
    Session::creer(nouvelle, faits, geste(&alix(), jour, None)).map(|(session, _)| session)
}

/// A draft that lacks nothing, with four trainees.
pub(crate) fn brouillon() -> Session {
    avec_stagiaires(4)
}

pub(crate) fn avec_stagiaires(nombre: usize) -> Session {
    let mut session = creer(saisie(), &faits(), FIN).expect("a draft");
    session.stagiaires = (0..nombre).map(stagiaire).collect();
    session
}

/// The same result for every trainee.
pub(crate) fn tous(session: &Session, resultat: Resultat) -> BTreeMap<StagiaireId, Resultat> {
    session.stagiaires.iter().map(|s| (s.id, resultat)).collect()
}

/// The session brought to that state by its own moves, everybody having passed from `ATraiter` on.
pub(crate) fn mener(session: Session, etat: NomEtat) -> Session {
    let (alix, karim, faits) = (alix(), karim(), faits());
    let soumettre = |s: Session| s.soumettre(&faits, geste(&alix, FIN, None)).expect("submitted").0;
    let transmettre = |s: Session| {
        let resultats = tous(&s, Resultat::Reussite);
        s.transmettre_resultats(&resultats, &faits, geste(&karim, FIN, None)).expect("handed over").0
    };
    match etat {
        NomEtat::Brouillon => session,
        NomEtat::Soumise => soumettre(session),
        NomEtat::Retournee => {
            soumettre(session).retourner(geste(&karim, FIN, Some("Il manque Jean."))).expect("returned").0
        }
        NomEtat::ATraiter => transmettre(soumettre(session)),
        NomEtat::Terminee => {
            let (session, _, _) =
                transmettre(soumettre(session)).generer(&faits, geste(&alix, FIN, None)).expect("generated");
            session
        }
    }
}

/// A complete session in that state.
pub(crate) fn dans(etat: NomEtat) -> Session {
    mener(brouillon(), etat)
}

/// Submitted, then taken back.
pub(crate) fn reprise() -> Session {
    dans(NomEtat::Soumise).reprendre(geste(&alix(), FIN, None)).expect("taken back").0
}

/// `oui`, or the codes of all that is refused, in their order.
pub(crate) fn reponse<T>(obtenu: Result<T, Refus>) -> String {
    match obtenu {
        Ok(_) => "oui".to_owned(),
        Err(Refus::PasVotreRole) => "pas_votre_role".to_owned(),
        Err(Refus::MauvaisEtat { etat }) => format!("mauvais_etat {}", etat.code()),
        Err(Refus::VersionDepassee { actuelle }) => format!("version_depassee {actuelle}"),
        Err(Refus::StagiaireInconnu) => "stagiaire_inconnu".to_owned(),
        Err(Refus::Manquements(liste)) => liste.iter().map(|m| m.code()).collect::<Vec<_>>().join(" "),
    }
}

/// A session closed without a certificate: everybody failed.
pub(crate) fn close() -> Session {
    let soumise = dans(NomEtat::Soumise);
    let echecs = tous(&soumise, Resultat::Echec);
    let (transmise, _) =
        soumise.transmettre_resultats(&echecs, &faits(), geste(&karim(), FIN, None)).expect("handed over");
    transmise.generer(&faits(), geste(&alix(), FIN, None)).expect("closed").0
}
