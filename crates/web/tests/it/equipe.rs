//! The people of a session and its course: what the pages of sessions are tried on.

use forprev_domain::calendrier::Moment;
use forprev_domain::certificat::Certificat;
use forprev_domain::compte::CompteId;
use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau, NiveauDuCatalogue};
use forprev_domain::droits::Requester;
use forprev_domain::formateur::Qualification;
use forprev_domain::habilitation::Habilitation;
use forprev_domain::id::{HabilitationId, SessionId, StagiaireId};
use forprev_domain::identite::{Identite, Nom};
use forprev_domain::numero::Numero;
use forprev_domain::session::{Action, Geste, Lieu, NouvelleSession, Saisie, Session};
use forprev_domain::stagiaire::{Resultat, Stagiaire};
use forprev_domain::utilisateur::Profil;
use forprev_store::{
    Tx, acces, certificats, dispositifs, faits, habilitations, nouvel_id, personnes, sessions, utilisateurs,
};
use forprev_web::demande::Demande;
use forprev_web::error::Error;
use forprev_web::sessions::passages::{self, Passage};
use forprev_web::sessions::{generation, resultats};
use jiff::civil::{Date, date};

use crate::app::{App, Browser};

const STAGIAIRES: [(&str, &str, Date); 10] = [
    ("Camille", "Aubry", date(1991, 2, 14)),
    ("Jean-Marc", "Berthelot", date(1978, 9, 30)),
    ("Inês", "Da Silva", date(1999, 12, 2)),
    ("Gaëlle", "Ferrand", date(1983, 6, 11)),
    ("Łukasz", "Kowalczyk", date(1986, 5, 19)),
    ("Ronan", "Le Bihan", date(1972, 3, 23)),
    ("Lucie", "Moreau", date(1996, 10, 5)),
    ("Adjoua", "N’Guessan", date(1994, 8, 8)),
    ("Théo", "Ollivier", date(2004, 1, 27)),
    ("Maëlys", "Roussel", date(2001, 4, 16)),
];

/// A compte habilité for SST acteur, its gestionnaire, its délégataire, a formateur.
pub(crate) struct Equipe<'a> {
    pub(crate) app: &'a App,
    pub(crate) compte: CompteId,
    pub(crate) claire: Numero,
    pub(crate) hugo: Numero,
    pub(crate) karim: Numero,
}

impl App {
    /// The people of the sessions.
    pub(crate) async fn equipe(&self) -> Equipe<'_> {
        let compte = self.ardoise().await;
        let le = self.program.clock.moment();
        let (claire, hugo, karim) = self
            .write(move |tx| {
                dispositifs::ajouter(tx, &catalogue())?;
                habilitations::creer(tx, &habilitation(compte)?)?;
                let gestionnaire = Profil::Gestionnaire { compte };
                let claire = personne(tx, "Claire", "Lemoine", Some(gestionnaire), le)?;
                let delegataire = Profil::Delegataire { compte };
                let hugo = personne(tx, "Hugo", "Marchand", Some(delegataire), le)?;
                let karim = personne(tx, "Karim", "Benali", None, le)?;
                let tenu = connu_avant(tx, &karim)?;
                certificats::inscrire(tx, &[tenu])?;
                Ok((claire, hugo, karim))
            })
            .await;
        Equipe { app: self, compte, claire, hugo, karim }
    }
}

impl Equipe<'_> {
    /// A browser in which Claire, the gestionnaire, is signed in.
    pub(crate) async fn claire(&self) -> Browser<'_> {
        self.app.signed_in(&self.claire).await
    }

    /// A browser in which Hugo, the délégataire, is signed in.
    pub(crate) async fn hugo(&self) -> Browser<'_> {
        self.app.signed_in(&self.hugo).await
    }

    /// A browser in which Karim, the formateur, is signed in.
    pub(crate) async fn karim(&self) -> Browser<'_> {
        self.app.signed_in(&self.karim).await
    }

    /// A complete draft of Claire's, from `debut` to `fin`, with so many trainees.
    pub(crate) async fn brouillon(&self, debut: Date, fin: Date, stagiaires: usize) -> SessionId {
        self.brouillon_de(&self.claire, debut, fin, stagiaires).await
    }

    /// A complete draft declared by this person.
    pub(crate) async fn brouillon_de(
        &self,
        auteur: &Numero,
        debut: Date,
        fin: Date,
        stagiaires: usize,
    ) -> SessionId {
        let (compte, auteur, karim) = (self.compte, auteur.clone(), self.karim.clone());
        let le = self.app.program.clock.moment();
        self.app
            .write(move |tx| {
                let nouvelle = NouvelleSession {
                    id: SessionId(nouvel_id()?),
                    numero: sessions::nouveau_numero(tx, 2026)?,
                    compte,
                    saisie: saisie(&karim, debut, fin),
                };
                let faits = faits::pour(tx, compte, &nouvelle.saisie, &[])?;
                let geste = Geste { par: &auteur, moment: le, commentaire: None };
                let (mut session, creee) = Session::creer(nouvelle, &faits, geste).expect("may be declared");
                let mut evenements = vec![creee];
                for (prenom, nom, ne_le) in &STAGIAIRES[..stagiaires] {
                    let identite = identite(prenom, nom, *ne_le);
                    let (apres, quoi) =
                        session.ajouter_stagiaire(ligne(tx, identite, le)?, geste).expect("may be added");
                    session = apres;
                    evenements.push(quoi);
                }
                sessions::creer(tx, &session, &evenements, le.instant)?;
                Ok(session.id)
            })
            .await
    }

    /// A session submitted to Karim.
    pub(crate) async fn soumise(&self, debut: Date, fin: Date, stagiaires: usize) -> SessionId {
        let id = self.brouillon(debut, fin, stagiaires).await;
        self.soumettre(id).await;
        id
    }

    /// Submits a draft or a returned session.
    pub(crate) async fn soumettre(&self, id: SessionId) {
        self.acte(&self.claire, move |tx, d| passages::soumettre(tx, d, id, &Passage::default())).await;
    }

    /// Takes a session back.
    pub(crate) async fn reprendre(&self, id: SessionId) {
        self.acte(&self.claire, move |tx, d| passages::reprendre(tx, d, id, &Passage::default())).await;
    }

    /// Sends a session back with these words.
    pub(crate) async fn retourner(&self, id: SessionId, commentaire: &str) {
        let passage = Passage { version: None, commentaire: Some(commentaire.to_owned()) };
        self.acte(&self.karim, move |tx, d| passages::retourner(tx, d, id, &passage)).await;
    }

    /// A session whose results are handed over: all passed but so many at the end of the list.
    pub(crate) async fn a_traiter(&self, debut: Date, fin: Date, nombre: usize, echecs: usize) -> SessionId {
        let id = self.soumise(debut, fin, nombre).await;
        let session = self.session(id).await;
        let reussites = nombre - echecs;
        let resultat = |rang| if rang < reussites { Resultat::Reussite } else { Resultat::Echec };
        let lignes = session.stagiaires.iter().enumerate();
        let resultats: resultats::Resultats = lignes.map(|(rang, s)| (s.id, resultat(rang))).collect();
        let passage = Passage { version: None, commentaire: Some("Groupe attentif.".to_owned()) };
        self.acte(&self.karim, move |tx, d| resultats::transmettre(tx, d, id, &passage, &resultats)).await;
        id
    }

    /// A session whose certificates are generated.
    pub(crate) async fn terminee(&self, debut: Date, fin: Date, nombre: usize, echecs: usize) -> SessionId {
        let id = self.a_traiter(debut, fin, nombre, echecs).await;
        self.acte(&self.claire, move |tx, d| generation::generer(tx, d, id, None)).await;
        id
    }

    /// The session as it stands.
    pub(crate) async fn session(&self, id: SessionId) -> Session {
        self.acte(&self.claire, move |tx, d| forprev_web::sessions::charger(tx, d, id)).await
    }

    /// Does something as this person, at the moment of the clock.
    pub(crate) async fn acte<T: Send + 'static>(
        &self,
        qui: &Numero,
        f: impl Fn(&mut Tx<'_>, &Demande) -> Result<T, Error> + Send + 'static,
    ) -> T {
        let (program, qui) = (self.app.program.clone(), qui.clone());
        let moment = program.clock.moment();
        self.app
            .write(move |tx| {
                let profils = utilisateurs::profils(tx, &qui)?;
                let requester = Requester { numero: qui.clone(), profils };
                f(tx, &Demande { app: program.clone(), requester, moment })
            })
            .await
    }
}

fn catalogue() -> Dispositif {
    let niveau = |niveau, validite_mois| NiveauDuCatalogue {
        niveau,
        groupe_min: 4,
        groupe_max: 10,
        validite_mois,
        heures_initiale: Some(14),
        heures_mac: Some(7),
    };
    Dispositif {
        code: sst(),
        libelle: "Sauveteur secouriste du travail".to_owned(),
        a_partir_du: date(2020, 1, 1),
        niveaux: vec![niveau(Niveau::Acteur, Some(24)), niveau(Niveau::Formateur, Some(36))],
    }
}

fn sst() -> CodeDispositif {
    CodeDispositif::parse("SST").expect("a code")
}

fn habilitation(compte: CompteId) -> Result<Habilitation, Error> {
    Ok(Habilitation {
        id: HabilitationId(nouvel_id()?),
        compte,
        dispositif: sst(),
        niveau: Niveau::Acteur,
        debut: date(2023, 12, 15),
        fin: date(2027, 1, 14),
        numero: Some("H-4907".to_owned()),
        retiree_le: None,
        suspendue_du: None,
        suspendue_au: None,
        motif: None,
    })
}

fn personne(
    tx: &mut Tx<'_>,
    prenom: &str,
    nom: &str,
    profil: Option<Profil>,
    le: Moment,
) -> Result<Numero, Error> {
    let numero = personnes::creer(tx, &identite(prenom, nom, date(1980, 4, 2)), None, le.instant)?.numero;
    acces::ouvrir(tx, &numero, le.instant)?;
    if let Some(profil) = profil {
        utilisateurs::donner_profil(tx, &numero, profil, le.instant)?;
    }
    Ok(numero)
}

fn identite(prenom: &str, nom: &str, date_naissance: Date) -> Identite {
    Identite {
        civilite: None,
        nom_naissance: Nom::parse(nom).expect("a name"),
        nom_usage: None,
        prenom: Nom::parse(prenom).expect("a name"),
        date_naissance,
    }
}

fn ligne(tx: &mut Tx<'_>, identite: Identite, le: Moment) -> Result<Stagiaire, Error> {
    let connus = personnes::candidats(tx, &identite)?;
    let numero = match connus.into_iter().find(|personne| personne.identite == identite) {
        Some(connue) => connue.numero,
        None => personnes::creer(tx, &identite, None, le.instant)?.numero,
    };
    Ok(Stagiaire {
        id: StagiaireId(nouvel_id()?),
        numero: Some(numero),
        identite: identite.into(),
        resultat: None,
    })
}

fn saisie(formateur: &Numero, debut: Date, fin: Date) -> Saisie {
    Saisie {
        dispositif: sst(),
        niveau: Niveau::Acteur,
        action: Some(Action::Initiale),
        date_debut: Some(debut),
        date_fin: fin,
        lieu: Lieu {
            nom: Some("Atelier de Saint-Serge".to_owned()),
            adresse: Some("14 rue du Port-de-l’Ancre".to_owned()),
            code_postal: Some("49100".to_owned()),
            commune: Some("Angers".to_owned()),
        },
        entreprise_cliente: None,
        reference: Some("Équipe 7".to_owned()),
        formateur: Some(formateur.clone()),
    }
}

/// A qualification of formateur issued elsewhere.
fn connu_avant(tx: &mut Tx<'_>, titulaire: &Numero) -> Result<Certificat, Error> {
    Ok(Certificat::obtenu_ailleurs(
        certificats::nouveau_numero(tx, &sst(), Niveau::Formateur, 2025)?,
        titulaire.clone(),
        Qualification {
            dispositif: sst(),
            niveau: Niveau::Formateur,
            debut: date(2024, 2, 10),
            fin: Some(date(2027, 2, 9)),
            retiree: false,
        },
        date(2026, 1, 5),
    ))
}
