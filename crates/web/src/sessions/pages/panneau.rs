//! Whose turn it is, in a panel: what to do, until when, with the one main button of the page.

use forprev_domain::dispositif::Niveau;
use forprev_domain::droits::{Acte, Requester, actes_du_role, manquements_lus, peut};
use forprev_domain::evenement::Quoi;
use forprev_domain::refus::Manquement;
use forprev_domain::regles::delai_de_saisie::fenetre;
use forprev_domain::session::{Echeance, Etat};
use forprev_domain::stagiaire::Resultat;

use super::dossier::Dossier;
use super::histoire::motif_et_texte;
use crate::messages::{Noms, durees, manquement, remede};
use crate::sessions::echeance::{dernier_jour, ensuite, lendemain};
use crate::sessions::presentation::court;
use crate::typographie::{accord, capitale, date, date_longue, de, liste, nombre, pluriel};

/// A link that looks like a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bouton {
    pub(super) href: String,
    pub(super) libelle: String,
}

/// The panel of a session's page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Panneau {
    /// Tinted when it is the reader's turn.
    pub(super) a_moi: bool,
    pub(super) titre: String,
    pub(super) paragraphes: Vec<String>,
    /// The words of who sent the session back.
    pub(super) citation: Option<String>,
    /// What stands in the way, each with what would mend it.
    pub(super) points: Vec<(String, String)>,
    pub(super) principal: Option<Bouton>,
    pub(super) autre: Option<Bouton>,
}

/// The panel for this requester.
pub(super) fn panneau(dossier: &Dossier, requester: &Requester) -> Panneau {
    let vue = Vue {
        dossier,
        requester,
        points: manquements_lus(requester, dossier.session(), &dossier.faits, dossier.aujourdhui),
    };
    let declare = actes_du_role(requester, dossier.session()).contains(&Acte::Modifier);
    let mut panneau = match &dossier.session().etat {
        Etat::Brouillon if declare => vue.a_soumettre(),
        Etat::Retournee { .. } if declare => vue.a_corriger(),
        Etat::ATraiter { .. } if declare => vue.a_generer(),
        Etat::Terminee { .. } => vue.terminee(declare),
        Etat::Soumise { .. } => vue.chez_le_formateur(),
        Etat::Brouillon | Etat::Retournee { .. } | Etat::ATraiter { .. } => vue.chez_le_declarant(),
    };
    if requester.est_administrateur() {
        panneau.paragraphes.push(
            "Vous consultez cette session en lecture seule ; le journal garde trace de cette lecture."
                .to_owned(),
        );
    }
    panneau
}

/// « 9 réussites et 1 échec »
pub(super) fn bilan(dossier: &Dossier) -> String {
    let combien = |voulu| dossier.session().stagiaires.iter().filter(|s| s.resultat == Some(voulu)).count();
    let (reussites, echecs) = (combien(Resultat::Reussite), combien(Resultat::Echec));
    let parties = [(reussites, "réussite", "réussites"), (echecs, "échec", "échecs")];
    let parties: Vec<String> =
        parties.iter().filter(|(n, ..)| *n > 0).map(|(n, un, des)| pluriel(*n, un, des)).collect();
    liste(&parties)
}

/// « Au tour de Karim Benali », « Au tour d’Élodie Faure »
fn au_tour(qui: &str) -> String {
    format!("Au tour {}", de(qui))
}

/// What goes with the session on the day it is deleted.
pub(crate) fn apres_la_suppression(niveau: Niveau) -> &'static str {
    match niveau {
        Niveau::Acteur => " et aucun duplicata ne sera délivré",
        Niveau::Formateur | Niveau::FormateurDeFormateurs => {
            " ; chaque formateur gardera son certificat dans son compte"
        }
    }
}

struct Vue<'a> {
    dossier: &'a Dossier,
    requester: &'a Requester,
    points: Vec<Manquement>,
}

impl Vue<'_> {
    fn a_soumettre(&self) -> Panneau {
        let principal = |libelle: &str| Some(self.bouton("recapitulatif", libelle));
        if Echeance::de(self.dossier.session(), self.dossier.aujourdhui).est_passee() {
            return self.trop_tard();
        }
        let paragraphes = vec![self.delai_pour_soumettre()];
        if self.points.is_empty() {
            return Panneau {
                a_moi: true,
                titre: format!("C’est à vous : vérifiez, puis soumettez à {}", self.dossier.formateur()),
                paragraphes: [vec!["Rien ne manque.".to_owned()], paragraphes].concat(),
                principal: principal("Vérifier et soumettre"),
                ..Panneau::default()
            };
        }
        Panneau {
            a_moi: true,
            titre: "C’est à vous : complétez la session, puis soumettez-la".to_owned(),
            paragraphes,
            points: self.points_en_clair(),
            principal: principal("Compléter la session"),
            ..Panneau::default()
        }
    }

    fn trop_tard(&self) -> Panneau {
        let session = self.dossier.session();
        Panneau {
            a_moi: true,
            titre: "Cette session ne peut plus être soumise".to_owned(),
            paragraphes: vec![
                format!(
                    "Une session se saisit jusqu’à {} après sa date de fin : celle-ci pouvait l’être jusqu’au {}.",
                    durees::de_saisie(),
                    date(fenetre(session.saisie.date_fin).1)
                ),
                format!(
                    "Si la date de fin est inexacte, corrigez-la. Sinon, supprimez ce brouillon, ou laissez-le : il sera supprimé le {}.",
                    date(session.disparait_le())
                ),
            ],
            principal: Some(self.bouton("informations", "Corriger la date de fin")),
            autre: Some(self.bouton("suppression", "Supprimer le brouillon")),
            ..Panneau::default()
        }
    }

    fn a_corriger(&self) -> Panneau {
        let retour = self.dossier.dernier(Quoi::Retournee);
        let motif = retour.and_then(|evenement| evenement.commentaire.as_deref()).map(motif_et_texte);
        let (motif, citation) = motif.unwrap_or_default();
        let qui = self.dossier.formateur();
        let phrase = match motif {
            Some(motif) => format!("{qui} l’a retournée : {}.", motif.to_lowercase()),
            None => format!("{qui} l’a retournée."),
        };
        Panneau {
            a_moi: true,
            titre: "C’est à vous : corrigez la session, puis soumettez-la à nouveau".to_owned(),
            paragraphes: vec![phrase, self.delai_pour_soumettre()],
            citation,
            points: self.points_en_clair(),
            principal: Some(self.bouton("recapitulatif", "Corriger la session")),
            autre: None,
        }
    }

    fn a_generer(&self) -> Panneau {
        let reussites = self.dossier.session().reussites().count();
        let transmis = format!("{} a indiqué {}.", self.dossier.formateur(), bilan(self.dossier));
        let emis = match reussites {
            0 => "Aucun certificat ne sera émis : la session sera close.".to_owned(),
            1 => "Un certificat sera émis.".to_owned(),
            n => format!("{} certificats seront émis.", capitale(&nombre(n))),
        };
        let sinon = format!(
            "Si rien n’est généré, la session sera supprimée le {}.",
            date(self.dossier.session().disparait_le())
        );
        let renvoi = self.bouton("renvoi", "Renvoyer au formateur");
        let mut panneau = Panneau {
            a_moi: true,
            titre: "C’est à vous : vérifiez les résultats, puis générez les certificats".to_owned(),
            paragraphes: vec![format!("{transmis} {emis} {sinon}")],
            autre: Some(renvoi),
            ..Panneau::default()
        };
        let pas_encore = |point: &Manquement| matches!(point, Manquement::AvantLaDateDeFin { .. });
        if self.points.iter().any(pas_encore) {
            panneau.titre = format!(
                "C’est à vous : vérifiez les résultats ; la génération sera possible à partir du {}",
                court(self.dossier.session().saisie.date_fin, self.dossier.aujourdhui)
            );
        }
        panneau.points = self.points_en_clair();
        if self.points.is_empty() {
            let libelle = match reussites {
                0 => "Clore la session sans certificat".to_owned(),
                1 => "Générer le certificat".to_owned(),
                n => format!("Générer les {n} certificats"),
            };
            panneau.principal = Some(self.bouton("generation", &libelle));
        }
        panneau
    }

    fn terminee(&self, declare: bool) -> Panneau {
        let session = self.dossier.session();
        let reussites = session.reussites().count();
        let disparait = date_longue(session.disparait_le());
        if reussites == 0 {
            return Panneau {
                titre: "Session close sans certificat".to_owned(),
                paragraphes: vec![format!("Personne n’a réussi. La session sera supprimée le {disparait}.")],
                ..Panneau::default()
            };
        }
        let combien = match reussites {
            1 => "le certificat".to_owned(),
            n => format!("les {n} certificats"),
        };
        if !declare || peut(self.requester, Acte::Telecharger, session).is_err() {
            let emis = accord(reussites, "Certificat généré", "Certificats générés");
            return Panneau {
                titre: emis.to_owned(),
                paragraphes: vec![format!(
                    "{} les télécharge. La session sera supprimée le {disparait}.",
                    self.dossier.compte
                )],
                ..Panneau::default()
            };
        }
        let echeance = Echeance::de(session, self.dossier.aujourdhui);
        let reste = dernier_jour(&echeance, self.dossier.aujourdhui);
        let ensuite = lendemain(&echeance, self.dossier.aujourdhui);
        Panneau {
            a_moi: true,
            titre: format!("C’est à vous : téléchargez {combien}"),
            paragraphes: vec![format!(
                "{reste} {ensuite}, la session sera supprimée{}.",
                apres_la_suppression(session.niveau())
            )],
            principal: Some(self.bouton("certificats", &format!("Télécharger {combien}"))),
            ..Panneau::default()
        }
    }

    fn chez_le_formateur(&self) -> Panneau {
        let session = self.dossier.session();
        let qui = self.dossier.formateur();
        let dernier = Echeance::de(session, self.dossier.aujourdhui).dernier_jour;
        let mut panneau = Panneau {
            titre: au_tour(&qui),
            paragraphes: vec![format!(
                "{qui} vérifie la session et indique les résultats. Sans certificats générés le {} au plus tard, la session sera supprimée.",
                date(dernier)
            )],
            ..Panneau::default()
        };
        if peut(self.requester, Acte::Reprendre, session).is_ok() {
            panneau.paragraphes.push("Rien à faire de votre côté. Pour corriger la session, ou si le formateur ne répond pas, reprenez-la : elle redeviendra un brouillon.".to_owned());
            panneau.autre = Some(self.bouton("reprise", "Reprendre la session"));
            panneau.points = self.obstacles_durables();
        }
        panneau
    }

    fn chez_le_declarant(&self) -> Panneau {
        let qui = format!("{} ({})", self.dossier.auteur(), self.dossier.compte);
        let phrase = match self.dossier.session().etat {
            Etat::Retournee { .. } => format!("{qui} corrige la session, puis la soumettra à nouveau."),
            Etat::ATraiter { .. } => format!("{qui} vérifie les résultats, puis génère les certificats."),
            Etat::Brouillon | Etat::Soumise { .. } | Etat::Terminee { .. } => {
                format!("{qui} complète la session, puis la soumettra au formateur.")
            }
        };
        Panneau { titre: au_tour(&self.dossier.auteur()), paragraphes: vec![phrase], ..Panneau::default() }
    }

    /// What will stop the formateur whatever he does: not the results that he has still to give.
    fn obstacles_durables(&self) -> Vec<(String, String)> {
        let durable = |point: &&Manquement| {
            matches!(point, Manquement::HabilitationInvalide { .. } | Manquement::FormateurPasAJour { .. })
        };
        self.en_clair(self.points.iter().filter(durable))
    }

    fn points_en_clair(&self) -> Vec<(String, String)> {
        self.en_clair(self.points.iter())
    }

    fn en_clair<'m>(&self, points: impl Iterator<Item = &'m Manquement>) -> Vec<(String, String)> {
        let noms = Noms::de(self.dossier.session());
        points.map(|point| (manquement(point, noms), remede(point, noms))).collect()
    }

    fn delai_pour_soumettre(&self) -> String {
        let echeance = Echeance::de(self.dossier.session(), self.dossier.aujourdhui);
        let aujourdhui = self.dossier.aujourdhui;
        format!("{} {}", dernier_jour(&echeance, aujourdhui), ensuite(&echeance, aujourdhui))
    }

    fn bouton(&self, page: &str, libelle: &str) -> Bouton {
        Bouton {
            href: format!("/sessions/{}/{page}", self.dossier.session().id),
            libelle: libelle.to_owned(),
        }
    }
}
