//! Tells a session: each step by the action of who makes it, at a moment of its own.

use std::collections::BTreeMap;

use forprev_domain::calendrier::{Moment, plus_jours};
use forprev_domain::identite::IdentiteBrute;
use forprev_domain::session::{EntrepriseCliente, Lieu, Saisie, Session};
use forprev_domain::stagiaire::Resultat;
use forprev_store::{Tx, courrier, habilitations};
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, ToSpan as _};

use super::decor::{Decor, Qui, a, dispositif};
use super::groupes::{Groupes, de_la_ligne};
use super::sessions::{Etape, Invite, Plan};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::sessions::passages::{self, Passage};
use crate::sessions::stagiaires::{Entree, ajouter, modifier};
use crate::sessions::{declaration, generation, resultats};

/// Name of the site, street, postcode, commune.
const LIEUX: [(Option<&str>, &str, &str, &str); 9] = [
    (Some("Centre Ardoise"), "12 rue des Couvreurs", "35000", "Rennes"),
    (None, "4 quai du Lin", "49400", "Saumur"),
    (Some("Résidence des Glycines"), "27 avenue du Verger", "44000", "Nantes"),
    (Some("Maison des services"), "3 place de la Halle-aux-Grains", "56000", "Vannes"),
    (Some("Plateau technique"), "18 rue du Puits-Neuf", "53000", "Laval"),
    (Some("Centre Ardoise"), "12 rue des Couvreurs", "35000", "Rennes"),
    (Some("Atelier 2"), "61 boulevard de l’Étang", "35500", "Vitré"),
    (None, "9 chaussée du Bosc", "35400", "Saint-Malo"),
    (Some("Corderie"), "2 cale des Filières", "29200", "Brest"),
];

/// Clients, none of which exists.
const CLIENTS: [(&str, &str); 3] = [
    ("Biscuiterie des Trois Moulins", "00034567800015"),
    ("Imprimerie Hardy-Kermadec", "00045678000014"),
    ("Transports Belle-Étoile", "00056789100015"),
];

/// The story as far as it was told.
pub(super) struct Recit<'a> {
    app: &'a App,
    maintenant: Moment,
    pub(super) decor: Decor,
    /// How many sessions were told.
    sessions: usize,
    groupes: Groupes,
}

impl<'a> Recit<'a> {
    pub(super) fn new(app: &'a App, maintenant: Moment, decor: Decor) -> Self {
        Self { app, maintenant, decor, sessions: 0, groupes: Groupes::default() }
    }

    /// Tells one session from its declaration on.
    pub(super) fn jouer(&mut self, tx: &mut Tx<'_>, plan: &Plan) -> Result<(), Error> {
        self.sessions += 1;
        let entrees = self.entrees(plan)?;
        let demande = self.demande(plan.auteur, plan.declaree, 0)?;
        let compte = match plan.auteur {
            Qui::Margaux | Qui::Bruno => self.decor.cordage,
            _ => self.decor.ardoise,
        };
        let saisie = self.saisie(plan)?;
        let mut session = declaration::declarer(tx, &demande, compte, saisie, &entrees)?;
        for (rang, (jours, etape)) in plan.suite.iter().enumerate() {
            session = self.avancer(tx, plan, session, *etape, (*jours, rang + 1))?;
        }
        self.groupes.retenir(plan, &session);
        Ok(())
    }

    /// What happens once all sessions are there: an habilitation withdrawn, mails gone.
    pub(super) fn conclure(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let demande = self.demande(Qui::Awa, -20, 2)?;
        let mut retiree = habilitations::charger(tx, self.decor.prap_ibc)?.ok_or(Error::NotFound)?;
        retiree.retiree_le = Some(plus_jours(self.maintenant.aujourdhui, -20));
        retiree.motif = Some("Dossier de renouvellement resté sans réponse".to_owned());
        habilitations::modifier(tx, &retiree)?;
        journal::noter(tx, &demande, "habilitation.changee", &format!("habilitation:{}", retiree.id))?;
        // What was written before yesterday has left; the rest waits, as without a mail server.
        let hier = a(self.maintenant, -2, 0, 0);
        loop {
            let pris = courrier::prendre(tx, 100, SignedDuration::from_secs(60), hier)?;
            if pris.is_empty() {
                break;
            }
            for pli in &pris {
                let parti_le = pli.cree_le.saturating_add(SignedDuration::from_secs(41));
                courrier::envoye(tx, pli.id, parti_le.unwrap_or(hier.instant))?;
            }
        }
        Ok(())
    }

    fn demande(&self, qui: Qui, jours: i32, rang: usize) -> Result<Demande, Error> {
        let heure = 8 + i8::try_from(rang.min(10)).unwrap_or(0);
        let minute = i8::try_from((rang * 17 + self.sessions * 7) % 60).unwrap_or(0);
        Ok(Demande {
            app: self.app.clone(),
            requester: self.decor.requester(qui)?.clone(),
            moment: a(self.maintenant, jours, heure, minute),
        })
    }

    /// The day so many days from today, or the Friday before when it is in a week-end.
    fn jour(&self, jours: i32) -> Date {
        let jour = plus_jours(self.maintenant.aujourdhui, jours);
        match jour.weekday() {
            Weekday::Saturday => plus_jours(jour, -1),
            Weekday::Sunday => plus_jours(jour, -2),
            _ => jour,
        }
    }

    fn saisie(&self, plan: &Plan) -> Result<Saisie, Error> {
        let client = CLIENTS.get(self.sessions % 5);
        Ok(Saisie {
            dispositif: dispositif(plan.dispositif)?,
            niveau: plan.niveau,
            action: plan.action,
            date_debut: Some(self.jour(plan.debut)),
            date_fin: self.jour(plan.fin),
            lieu: plan.lieu.map(lieu).unwrap_or_default(),
            entreprise_cliente: client.map(|(raison_sociale, siret)| EntrepriseCliente {
                raison_sociale: Some((*raison_sociale).to_owned()),
                siret: Some((*siret).to_owned()),
            }),
            reference: plan.reference.map(ToOwned::to_owned),
            formateur: plan.formateur.map(|qui| self.decor.numero(qui).cloned()).transpose()?,
        })
    }

    fn avancer(
        &mut self,
        tx: &mut Tx<'_>,
        plan: &Plan,
        session: Session,
        etape: Etape,
        (jours, rang): (i32, usize),
    ) -> Result<Session, Error> {
        let auteur = self.demande(plan.auteur, jours, rang)?;
        let formateur = self.demande(plan.formateur.unwrap_or(plan.auteur), jours, rang)?;
        let id = session.id;
        let mot = |texte: Option<&str>| Passage { version: None, commentaire: texte.map(ToOwned::to_owned) };
        match etape {
            Etape::Soumettre(texte) => passages::soumettre(tx, &auteur, id, &mot(texte)),
            Etape::Reprendre => passages::reprendre(tx, &auteur, id, &mot(None)),
            Etape::Retourner(texte) => passages::retourner(tx, &formateur, id, &mot(Some(texte))),
            Etape::Renvoyer(texte) => passages::renvoyer(tx, &auteur, id, &mot(Some(texte))),
            Etape::Deplacer(debut, fin) => declaration::modifier(tx, &auteur, id, None, |saisie| {
                let (date_debut, date_fin) = (Some(self.jour(debut)), self.jour(fin));
                Ok(Saisie { date_debut, date_fin, ..saisie.clone() })
            }),
            Etape::ChangerDeLieu(rang) => declaration::modifier(tx, &auteur, id, None, |saisie| {
                Ok(Saisie { lieu: lieu(rang), ..saisie.clone() })
            }),
            Etape::CorrigerNaissance(rang) => {
                let ligne = session.stagiaires.get(rang).ok_or(Error::NotFound)?.id;
                modifier(tx, &auteur, id, ligne, None, |ancien| {
                    let naissance = ancien.identite.date_naissance.map(|jour| jour.saturating_add(3.days()));
                    let date_naissance = naissance.map(|jour| jour.to_string());
                    let identite = IdentiteBrute { date_naissance, ..de_la_ligne(ancien) };
                    Ok(Entree { identite, autre_personne: false })
                })
            }
            Etape::Ajouter => {
                let entree = Entree { identite: self.groupes.nouveau(), autre_personne: false };
                ajouter(tx, &auteur, id, None, &entree).map(|(session, _)| session)
            }
            Etape::Noter(combien) => {
                let lignes = session.stagiaires.iter().take(combien);
                let notes = lignes.map(|s| (s.id, Resultat::Reussite)).collect();
                resultats::enregistrer(tx, &formateur, id, None, &notes)
            }
            Etape::Transmettre(echecs) => {
                let note = |rang| if echecs.contains(&rang) { Resultat::Echec } else { Resultat::Reussite };
                let lignes = session.stagiaires.iter().enumerate();
                let notes: BTreeMap<_, _> = lignes.map(|(rang, s)| (s.id, note(rang))).collect();
                resultats::transmettre(tx, &formateur, id, &mot(None), &notes)
            }
            Etape::Generer => generation::generer(tx, &auteur, id, None).map(|faite| faite.session),
        }
    }

    fn entrees(&mut self, plan: &Plan) -> Result<Vec<Entree>, Error> {
        let fin = plus_jours(self.maintenant.aujourdhui, plan.fin);
        let mut entrees = self.groupes.entrees(plan, fin);
        for invite in plan.avec {
            if let Invite::Connu(qui) = invite {
                let numero = self.decor.numero(*qui)?.to_string();
                let identite = IdentiteBrute { numero: Some(numero), ..qui.identite() };
                entrees.push(Entree { identite, autre_personne: false });
            }
        }
        Ok(entrees)
    }
}

fn lieu(rang: usize) -> Lieu {
    let (nom, adresse, code_postal, commune) = LIEUX[rang % LIEUX.len()];
    Lieu {
        nom: nom.map(ToOwned::to_owned),
        adresse: Some(adresse.to_owned()),
        code_postal: Some(code_postal.to_owned()),
        commune: Some(commune.to_owned()),
    }
}
