//! A session brought to where its certificates are generated, by the actions of the program itself.

use std::collections::BTreeMap;

use forprev_domain::certificat::Certificat;
use forprev_domain::compte::CompteId;
use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau, NiveauDuCatalogue};
use forprev_domain::formateur::Qualification;
use forprev_domain::habilitation::Habilitation;
use forprev_domain::id::HabilitationId;
use forprev_domain::identite::IdentiteBrute;
use forprev_domain::numero::Numero;
use forprev_domain::session::{Action, Lieu, Saisie, Session};
use forprev_domain::stagiaire::Resultat;
use forprev_store::{Tx, certificats, dispositifs, habilitations, nouvel_id, utilisateurs};
use forprev_web::demande::Demande;
use forprev_web::sessions::passages::{self, Passage};
use forprev_web::sessions::stagiaires::Entree;
use forprev_web::sessions::{declaration, resultats};
use jiff::civil::{Date, date};

use crate::app::App;

/// The last day of the sessions of these stories: the day on which tests begin.
pub(crate) const FIN: Date = date(2026, 11, 23);

/// A compte that may declare, and a formateur who may certify.
pub(crate) struct Chaine<'a> {
    pub(crate) app: &'a App,
    pub(crate) compte: CompteId,
    pub(crate) formateur: Numero,
}

pub(crate) fn sst() -> CodeDispositif {
    CodeDispositif::parse("SST").expect("a code")
}

impl<'a> Chaine<'a> {
    /// Ardoise Formation, habilitée for SST, and Karim, formateur de formateurs.
    pub(crate) async fn new(app: &'a App) -> Chaine<'a> {
        let compte = app.ardoise().await;
        let formateur = app.personne("Karim", &[]).await;
        let titulaire = formateur.clone();
        app.write(move |tx| {
            dispositifs::ajouter(tx, &catalogue())?;
            for niveau in Niveau::DES_SESSIONS {
                habilitations::creer(tx, &habilitation(compte, niveau))?;
            }
            let numero = certificats::nouveau_numero(tx, &sst(), Niveau::FormateurDeFormateurs, 2025)?;
            let qualification = Certificat::obtenu_ailleurs(
                numero,
                titulaire.clone(),
                Qualification {
                    dispositif: sst(),
                    niveau: Niveau::FormateurDeFormateurs,
                    debut: date(2025, 1, 10),
                    fin: Some(date(2028, 1, 9)),
                    retiree: false,
                },
                date(2025, 1, 10),
            );
            Ok(certificats::inscrire(tx, &[qualification])?)
        })
        .await;
        Chaine { app, compte, formateur }
    }

    /// What somebody asks for, with all his profiles.
    pub(crate) async fn demande(&self, numero: &Numero) -> Demande {
        let cle = numero.clone();
        let requester = self.app.write(move |tx| Ok(utilisateurs::requester(tx, &cle)?)).await;
        Demande {
            app: self.app.program.clone(),
            requester: requester.expect("somebody"),
            moment: self.app.program.clock.moment(),
        }
    }

    /// A draft of these people, « prénom nom » each, declared by `auteur`.
    pub(crate) async fn brouillon(&self, auteur: &Numero, niveau: Niveau, stagiaires: &[&str]) -> Session {
        let demande = self.demande(auteur).await;
        let (compte, formateur) = (self.compte, self.formateur.clone());
        let entrees: Vec<Entree> =
            (1..).zip(stagiaires).map(|(rang, nom)| entree(rang, nom.trim_end_matches('!'))).collect();
        let declarer = move |tx: &mut Tx<'_>| {
            declaration::declarer(tx, &demande, compte, saisie(niveau, &formateur), &entrees)
        };
        self.app.write(declarer).await
    }

    /// As [`Chaine::brouillon`], submitted.
    pub(crate) async fn soumise(&self, auteur: &Numero, niveau: Niveau, stagiaires: &[&str]) -> Session {
        let id = self.brouillon(auteur, niveau, stagiaires).await.id;
        let demande = self.demande(auteur).await;
        let passage = || Passage { version: None, commentaire: None };
        self.app.write(move |tx| passages::soumettre(tx, &demande, id, &passage())).await
    }

    /// As [`Chaine::soumise`], with its results handed over: those whose name ends with an exclamation mark failed.
    pub(crate) async fn a_traiter(&self, auteur: &Numero, niveau: Niveau, stagiaires: &[&str]) -> Session {
        let session = self.soumise(auteur, niveau, stagiaires).await;
        let demande = self.demande(&self.formateur).await;
        let lignes = session.stagiaires.iter().zip(stagiaires).map(|(ligne, nom)| {
            (ligne.id, if nom.ends_with('!') { Resultat::Echec } else { Resultat::Reussite })
        });
        let lus: resultats::Resultats = lignes.collect::<BTreeMap<_, _>>().into_iter().collect();
        let id = session.id;
        let passage = || Passage { version: None, commentaire: None };
        self.app.write(move |tx| resultats::transmettre(tx, &demande, id, &passage(), &lus)).await
    }
}

fn catalogue() -> Dispositif {
    let niveau = |niveau, mois| NiveauDuCatalogue {
        niveau,
        groupe_min: 1,
        groupe_max: 10,
        validite_mois: Some(mois),
        heures_initiale: Some(14),
        heures_mac: Some(7),
    };
    Dispositif {
        code: sst(),
        libelle: "Sauveteur secouriste du travail".to_owned(),
        a_partir_du: date(2020, 1, 1),
        niveaux: vec![
            niveau(Niveau::Acteur, 24),
            niveau(Niveau::Formateur, 36),
            niveau(Niveau::FormateurDeFormateurs, 36),
        ],
    }
}

fn habilitation(compte: CompteId, niveau: Niveau) -> Habilitation {
    Habilitation {
        id: HabilitationId(nouvel_id().expect("randomness")),
        compte,
        dispositif: sst(),
        niveau,
        debut: date(2024, 1, 1),
        fin: date(2027, 12, 31),
        numero: Some("H-26-1".to_owned()),
        retiree_le: None,
        suspendue_du: None,
        suspendue_au: None,
        motif: None,
    }
}

fn saisie(niveau: Niveau, formateur: &Numero) -> Saisie {
    Saisie {
        dispositif: sst(),
        niveau,
        action: Some(Action::Initiale),
        date_debut: Some(FIN),
        date_fin: FIN,
        lieu: Lieu {
            nom: None,
            adresse: Some("3 rue des Lices".to_owned()),
            code_postal: Some("49000".to_owned()),
            commune: Some("Angers".to_owned()),
        },
        entreprise_cliente: None,
        reference: None,
        formateur: Some(formateur.clone()),
    }
}

fn entree(rang: i8, nom: &str) -> Entree {
    let (prenom, nom_naissance) = nom.split_once(' ').expect("two names");
    let texte = |texte: &str| Some(texte.to_owned());
    Entree {
        identite: IdentiteBrute {
            prenom: texte(prenom),
            nom_naissance: texte(nom_naissance),
            date_naissance: Some(date(1980 + i16::from(rang), 3, rang).to_string()),
            email: Some(format!("stagiaire{rang}@exemple.fr")),
            ..IdentiteBrute::default()
        },
        autre_personne: true,
    }
}
