//! A small network with its people: who the stories are about.

use forprev_domain::calendrier::Moment;
use forprev_domain::certificat::{Certificat, Edition, EtatCertificat, Imprime};
use forprev_domain::compte::{Compte, CompteId, Genre};
use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau, NiveauDuCatalogue};
use forprev_domain::droits::{Portee, portee};
use forprev_domain::formateur::Qualification;
use forprev_domain::habilitation::Habilitation;
use forprev_domain::id::{HabilitationId, SessionId, StagiaireId};
use forprev_domain::identite::{Email, Identite, IdentiteSaisie, Nom};
use forprev_domain::numero::{Numero, NumeroCertificat};
use forprev_domain::regles::duree_de_vie::apres_generation;
use forprev_domain::regles::reussites::AEmettre;
use forprev_domain::session::{Action, Geste, Lieu, NouvelleSession, Saisie, Session};
use forprev_domain::stagiaire::{Resultat, Stagiaire};
use forprev_domain::utilisateur::Profil;
use forprev_store::{
    Db, StoreError, Tx, certificats, comptes, dispositifs, faits, habilitations, nouvel_id, personnes,
    sessions, utilisateurs,
};
use jiff::civil::{Date, date};

/// The last day of every session of the stories.
pub(crate) const FIN: Date = date(2026, 5, 29);

/// One compte with its people, a formateur, another compte with its gestionnaire.
#[derive(Clone)]
pub(crate) struct World<'a> {
    pub(crate) db: &'a Db,
    pub(crate) compte: CompteId,
    pub(crate) autre_compte: CompteId,
    pub(crate) alix: Numero,
    pub(crate) denis: Numero,
    pub(crate) karim: Numero,
    pub(crate) zoe: Numero,
    pub(crate) root: Numero,
}

/// Ten o'clock in Paris, or near it, on that day.
pub(crate) fn moment(jour: Date) -> Moment {
    Moment::de(format!("{jour}T08:00:00.5Z").parse().expect("an instant"))
}

pub(crate) fn nom(texte: &str) -> Nom {
    Nom::parse(texte).expect("a name")
}

pub(crate) fn email(texte: &str) -> Email {
    Email::parse(texte).expect("an address")
}

pub(crate) fn identite(prenom: &str, nom_naissance: &str, ne_le: Date) -> Identite {
    Identite {
        civilite: None,
        nom_naissance: nom(nom_naissance),
        nom_usage: None,
        prenom: nom(prenom),
        date_naissance: ne_le,
    }
}

/// The line of an identity, complete or not.
pub(crate) fn saisie_de(identite: &Identite) -> IdentiteSaisie {
    IdentiteSaisie {
        civilite: identite.civilite,
        nom_naissance: Some(identite.nom_naissance.clone()),
        nom_usage: identite.nom_usage.clone(),
        prenom: Some(identite.prenom.clone()),
        date_naissance: Some(identite.date_naissance),
        email: None,
    }
}

pub(crate) fn sst() -> CodeDispositif {
    CodeDispositif::parse("SST").expect("a code")
}

impl<'a> World<'a> {
    pub(crate) fn new(db: &'a Db) -> Self {
        let built: Result<World<'a>, StoreError> = db.write(|tx| {
            let le = moment(date(2026, 1, 5)).instant;
            dispositifs::ajouter(tx, &catalogue(date(2020, 1, 1), 24))?;
            let compte = compte(tx, "Œuvres & Prévention")?;
            let autre_compte = self::compte(tx, "Bâtir demain")?;
            let mut personne = |prenom: &str, nom: &str, profil: Option<Profil>| {
                let identite = identite(prenom, nom, date(1980, 4, 2));
                let numero = personnes::creer(tx, &identite, None, le)?.numero;
                if let Some(profil) = profil {
                    assert!(utilisateurs::donner_profil(tx, &numero, profil, le)?);
                    assert!(!utilisateurs::donner_profil(tx, &numero, profil, le)?);
                }
                Ok::<_, StoreError>(numero)
            };
            let alix = personne("Alix", "Morel", Some(Profil::Gestionnaire { compte }))?;
            let denis = personne("Denis", "Roy", Some(Profil::Delegataire { compte }))?;
            let autre = Profil::Gestionnaire { compte: autre_compte };
            let zoe = personne("Zoé", "Autre", Some(autre))?;
            let root = personne("Ada", "Réseau", Some(Profil::Administrateur))?;
            let karim = personne("Karim", "Benali", None)?;
            let tenu = connu_avant(tx, &karim)?;
            certificats::inscrire(tx, &[tenu])?;
            Ok(World { db, compte, autre_compte, alix, denis, karim, zoe, root })
        });
        built.expect("builds the world")
    }

    pub(crate) fn portee(&self, qui: &Numero) -> Portee {
        let read: Result<_, StoreError> = self.db.read(|tx| utilisateurs::requester(tx, qui));
        portee(&read.expect("reads").expect("is somebody"))
    }

    /// A draft declared by `auteur`, with `n` trainees known to the register.
    pub(crate) fn brouillon(&self, auteur: &Numero, n: u32, jour: Date) -> Session {
        let compte = if *auteur == self.zoe { self.autre_compte } else { self.compte };
        let written = self.db.write(|tx| {
            let nouvelle = NouvelleSession {
                id: SessionId(nouvel_id()?),
                numero: sessions::nouveau_numero(tx, 2026)?,
                compte,
                saisie: saisie(&self.karim),
            };
            let faits = faits::pour(tx, compte, &nouvelle.saisie, &[])?;
            let geste = Geste { par: auteur, moment: moment(jour), commentaire: None };
            let (mut session, creee) = Session::creer(nouvelle, &faits, geste).expect("may be declared");
            for i in 0..n {
                let age = i8::try_from(i % 28).expect("small") + 1;
                let identite = identite("Léa", "Martin", date(1990, 1, age));
                let connus = personnes::candidats(tx, &identite)?;
                let numero = match connus.into_iter().find(|p| p.identite == identite) {
                    Some(connue) => connue.numero,
                    None => personnes::creer(tx, &identite, None, moment(jour).instant)?.numero,
                };
                session = session
                    .ajouter_stagiaire(ligne(&identite, Some(numero))?, geste)
                    .expect("may be added")
                    .0;
            }
            sessions::creer(tx, &session, &[creee], moment(jour).instant)?;
            Ok::<_, StoreError>(session)
        });
        written.expect("declares")
    }

    /// Loads a session as `qui` sees it, makes a move, writes it.
    pub(crate) fn fait<T>(
        &self,
        qui: &Numero,
        session: &Session,
        jour: Date,
        acte: impl Fn(&mut Tx<'_>, Session, Geste<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let portee = self.portee(qui);
        self.db.write(|tx| {
            let moment = moment(jour);
            let lue = sessions::charger_pour_modifier(tx, &portee, session.id, moment.aujourdhui)?
                .expect("is visible");
            acte(tx, lue, Geste { par: qui, moment, commentaire: Some("Bien reçu") })
        })
    }

    /// Brings a draft to its end: submitted, all passed, generated.
    pub(crate) fn generer(&self, session: &Session, jour: Date) -> Vec<Certificat> {
        self.soumettre(session, jour);
        let resultats = session.stagiaires.iter().map(|s| (s.id, Resultat::Reussite)).collect();
        self.fait(&self.karim, session, jour, |tx, lue, geste| {
            let faits = faits::de_la_session(tx, &lue)?;
            let version = lue.version;
            let (apres, quoi) =
                lue.transmettre_resultats(&resultats, &faits, geste).expect("may be handed over");
            sessions::enregistrer(tx, version, &apres, &[quoi], geste.moment.instant)
        })
        .expect("hands over");
        self.fait(&self.alix, session, jour, emettre).expect("generates")
    }

    pub(crate) fn soumettre(&self, session: &Session, jour: Date) {
        let auteur = session.auteur.clone();
        self.fait(&auteur, session, jour, |tx, lue, geste| {
            let faits = faits::de_la_session(tx, &lue)?;
            let version = lue.version;
            let (apres, quoi) = lue.soumettre(&faits, geste).expect("may be submitted");
            sessions::enregistrer(tx, version, &apres, &[quoi], geste.moment.instant)
        })
        .expect("submits");
    }

    pub(crate) fn session(&self, qui: &Numero, id: SessionId, jour: Date) -> Option<Session> {
        let portee = self.portee(qui);
        self.db.read(|tx| sessions::charger(tx, &portee, id, jour)).expect("reads")
    }
}

/// Closes a session and enters its certificates, in one transaction.
pub(crate) fn emettre(
    tx: &mut Tx<'_>,
    lue: Session,
    geste: Geste<'_>,
) -> Result<Vec<Certificat>, StoreError> {
    let faits = faits::de_la_session(tx, &lue)?;
    let version = lue.version;
    let (apres, quoi, emissions) = lue.generer(&faits, geste).expect("may be generated");
    sessions::enregistrer(tx, version, &apres, &[quoi], geste.moment.instant)?;
    let mut emis = Vec::new();
    for emission in emissions {
        let numero = certificats::nouveau_numero(tx, &sst(), apres.niveau(), 2026)?;
        emis.push(certificat(&apres, emission, numero, geste.moment));
    }
    certificats::inscrire(tx, &emis)?;
    Ok(emis)
}

fn certificat(session: &Session, emission: AEmettre, numero: NumeroCertificat, moment: Moment) -> Certificat {
    let stagiaire = session.stagiaire(emission.stagiaire).expect("a line");
    let identite = stagiaire.identite.complete().expect("complete");
    let imprime = Imprime {
        edition: Edition::COURANTE,
        numero_certificat: numero.to_string(),
        service: "Service d’essai".to_owned(),
        specimen: true,
        dispositif: "SST".to_owned(),
        libelle: "Sauveteur secouriste du travail".to_owned(),
        niveau: session.niveau(),
        civilite: identite.civilite,
        prenom: identite.prenom.to_string(),
        nom_naissance: identite.nom_naissance.to_string(),
        nom_usage: None,
        date_naissance: identite.date_naissance,
        numero_forprev: emission.titulaire.to_string(),
        action: Action::Initiale,
        heures: Some(14),
        date_debut: session.saisie.date_debut.expect("complete"),
        date_fin: session.saisie.date_fin,
        lieu: "Rennes".to_owned(),
        organisme: "Œuvres & Prévention".to_owned(),
        habilitation: Some("H-42".to_owned()),
        formateur: "Karim BENALI".to_owned(),
        formateur_numero: "KLM00042".to_owned(),
        delivre_le: moment.aujourdhui,
        emis_a: moment.instant,
        valable_jusqu_au: emission.fin,
        signataire: None,
        couleur: None,
        logo: None,
        adresse_verification: "forprev.example/verifier".to_owned(),
        adresse_donnees: "forprev.example/donnees".to_owned(),
        enonce: None,
    };
    Certificat {
        numero,
        titulaire: emission.titulaire,
        stagiaire: Some(emission.stagiaire),
        session: Some(session.id),
        dispositif: sst(),
        niveau: session.niveau(),
        action: session.saisie.action,
        debut: emission.debut,
        fin: emission.fin,
        delivre_le: moment.aujourdhui,
        compte: Some(session.compte),
        auteur: Some(session.auteur.clone()),
        formateur: session.saisie.formateur.clone(),
        etat: EtatCertificat::Valide,
        remplace_par: None,
        disparait_le: Some(apres_generation(moment.aujourdhui)),
        specimen: imprime.specimen,
        imprime: Some(imprime),
    }
}

pub(crate) fn ligne(identite: &Identite, numero: Option<Numero>) -> Result<Stagiaire, StoreError> {
    let id = StagiaireId(nouvel_id()?);
    Ok(Stagiaire { id, numero, identite: saisie_de(identite), resultat: None })
}

pub(crate) fn saisie(formateur: &Numero) -> Saisie {
    Saisie {
        dispositif: sst(),
        niveau: Niveau::Acteur,
        action: Some(Action::Initiale),
        date_debut: Some(date(2026, 5, 28)),
        date_fin: FIN,
        lieu: Lieu {
            nom: None,
            adresse: Some("3 rue de l’Étang".to_owned()),
            code_postal: Some("35000".to_owned()),
            commune: Some("Rennes".to_owned()),
        },
        entreprise_cliente: None,
        reference: Some("Équipe n° 7".to_owned()),
        formateur: Some(formateur.clone()),
    }
}

pub(crate) fn catalogue(a_partir_du: Date, mois: u16) -> Dispositif {
    let niveau = |niveau, validite_mois| NiveauDuCatalogue {
        niveau,
        groupe_min: 4,
        groupe_max: 10,
        validite_mois,
        heures_initiale: Some(14),
        heures_mac: None,
    };
    Dispositif {
        code: sst(),
        libelle: "Sauveteur secouriste du travail".to_owned(),
        a_partir_du,
        niveaux: vec![niveau(Niveau::Acteur, Some(mois)), niveau(Niveau::Formateur, None)],
    }
}

fn compte(tx: &mut Tx<'_>, raison_sociale: &str) -> Result<CompteId, StoreError> {
    let compte = Compte {
        id: CompteId(nouvel_id()?),
        raison_sociale: raison_sociale.to_owned(),
        siret: "73282932000074".to_owned(),
        genre: Genre::OrganismeDeFormation,
    };
    comptes::creer(tx, &compte, moment(date(2026, 1, 5)).instant)?;
    habilitations::creer(
        tx,
        &Habilitation {
            id: HabilitationId(nouvel_id()?),
            compte: compte.id,
            dispositif: sst(),
            niveau: Niveau::Acteur,
            debut: date(2025, 1, 1),
            fin: date(2027, 12, 31),
            numero: Some("H-42".to_owned()),
            retiree_le: None,
            suspendue_du: None,
            suspendue_au: None,
            motif: None,
        },
    )?;
    Ok(compte.id)
}

/// A qualification of formateur issued elsewhere.
pub(crate) fn connu_avant(tx: &mut Tx<'_>, titulaire: &Numero) -> Result<Certificat, StoreError> {
    Ok(Certificat::obtenu_ailleurs(
        certificats::nouveau_numero(tx, &sst(), Niveau::Formateur, 2025)?,
        titulaire.clone(),
        Qualification {
            dispositif: sst(),
            niveau: Niveau::Formateur,
            debut: date(2025, 3, 1),
            fin: Some(date(2028, 2, 29)),
            retiree: false,
        },
        date(2026, 1, 5),
    ))
}
