//! The sessions whose next step is the reader's, each with what is due and what the day after takes away.

use forprev_domain::calendrier::{jour_de_paris, jours_entre};
use forprev_domain::dispositif::Niveau;
use forprev_domain::droits::est_a_son_tour;
use forprev_domain::evenement::{Evenement, Quoi};
use forprev_domain::refus::Manquement;
use forprev_domain::session::{Echeance, Etat, NomEtat, Session, manquements};
use forprev_domain::stagiaire::Resultat;
use forprev_store::sessions::{Fiche, Filtre, Tri};
use forprev_store::{Pagination, Tx, comptes, faits, sessions};
use jiff::civil::Date;

use super::Ligne;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Etat as Pastille, Jour};
use crate::messages::{Noms, durees, manquement};
use crate::sessions::echeance::{compte_a_rebours, ensuite, lendemain};
use crate::sessions::pages::motif_et_texte;
use crate::sessions::presentation::{Gens, court, dernier, dispositif_et_niveau, etat, titre};
use crate::typographie::{capitale, jour_de_semaine, liste, nombre, pluriel};

/// Lines of the dashboard; the list holds the others.
const LIGNES: usize = 20;
/// Longest quotation of a comment.
const CITATION: usize = 120;

/// What waits: the nearest lines, and how many there are in all.
#[derive(Debug, Clone)]
pub(super) struct Attente {
    pub(super) lignes: Vec<Ligne>,
    pub(super) en_tout: usize,
}

/// Reads what waits for this requester.
///
/// # Errors
///
/// The store's.
pub(super) fn lire(tx: &mut Tx<'_>, demande: &Demande) -> Result<Attente, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    let mut fiches: Vec<Fiche> = Vec::new();
    let mut non_lues = 0;
    for etat in NomEtat::TOUS {
        // Within one state the first to disappear is the first that is due.
        let filtre = Filtre { etats: vec![etat], ..Filtre::default() };
        let pagination = Pagination::premiere(Pagination::MAXIMUM);
        let page =
            sessions::lister(tx, &demande.portee(), &filtre, Tri::Disparition, pagination, aujourdhui)?;
        let lues = page.elements.len();
        let a_moi = |fiche: &Fiche| est_a_son_tour(&demande.requester, &fiche.session);
        let attendent = page.elements.into_iter().filter(a_moi).collect::<Vec<_>>();
        if !attendent.is_empty() {
            non_lues += usize::try_from(page.total).unwrap_or(lues).saturating_sub(lues);
        }
        fiches.extend(attendent);
    }
    let en_tout = fiches.len() + non_lues;
    fiches.sort_by_key(|fiche| (Echeance::de(&fiche.session, aujourdhui).dernier_jour, fiche.session.id));
    fiches.truncate(LIGNES);
    let mut lignes = Vec::with_capacity(fiches.len());
    for fiche in &fiches {
        lignes.push(ligne(tx, fiche, aujourdhui)?);
    }
    Ok(Attente { lignes, en_tout })
}

fn ligne(tx: &mut Tx<'_>, fiche: &Fiche, aujourdhui: Date) -> Result<Ligne, Error> {
    let session = &fiche.session;
    let historique = sessions::historique(tx, session.id)?;
    let gens = Gens::de(tx, &[session], &historique)?;
    let echeance = Echeance::de(session, aujourdhui);
    let vue = Vue { session, historique: &historique, gens: &gens, echeance, aujourdhui };
    let (pastille, titre, page, bouton) = match session.etat {
        Etat::Brouillon if echeance.est_passee() => (etat(session), titre(&session.saisie), "", "Voir"),
        Etat::Brouillon => (etat(session), titre(&session.saisie), "recapitulatif", "Compléter"),
        Etat::Retournee { .. } => (etat(session), titre(&session.saisie), "recapitulatif", "Corriger"),
        Etat::Soumise { .. } => {
            (etat(session).en_clair("À vérifier"), titre(&session.saisie), "", "Vérifier")
        }
        Etat::ATraiter { .. } => (etat(session), titre(&session.saisie), "", "Générer"),
        Etat::Terminee { .. } => (
            Pastille::new(NomEtat::Terminee).en_clair("À télécharger"),
            vue.certificats(),
            "certificats",
            "Télécharger",
        ),
    };
    let phrase = match session.etat {
        Etat::Brouillon => {
            let faits = faits::de_la_session(tx, session)?;
            vue.brouillon(&manquements(session, &faits, aujourdhui))
        }
        Etat::Retournee { .. } => vue.retournee(),
        Etat::Soumise { .. } => {
            let compte = comptes::charger(tx, session.compte)?.map(|compte| compte.raison_sociale);
            vue.soumise(&compte.unwrap_or_default())
        }
        Etat::ATraiter { .. } => vue.a_traiter(),
        Etat::Terminee { .. } => vue.terminee(),
    };
    let base = format!("/sessions/{}", session.id);
    let commune = session.saisie.lieu.commune.as_ref().map(|commune| format!("{commune}, "));
    Ok(Ligne {
        le: echeance.dernier_jour,
        jour: Jour::new(echeance.dernier_jour, aujourdhui),
        etat: pastille,
        titre,
        href: if page.is_empty() { base } else { format!("{base}/{page}") },
        reste: compte_a_rebours(&echeance, aujourdhui),
        phrase,
        precision: commune.map_or_else(|| "Session".to_owned(), |commune| format!("{commune}session")),
        bouton: if bouton == "Générer" && session.sans_reussite() { "Clore" } else { bouton },
        numero: session.numero.to_string(),
    })
}

struct Vue<'a> {
    session: &'a Session,
    historique: &'a [Evenement],
    gens: &'a Gens,
    echeance: Echeance,
    aujourdhui: Date,
}

impl Vue<'_> {
    /// « 8 certificats SST acteur »
    fn certificats(&self) -> String {
        let combien = pluriel(self.session.reussites().count(), "certificat", "certificats");
        format!("{combien} {}", dispositif_et_niveau(&self.session.saisie))
    }

    fn brouillon(&self, points: &[Manquement]) -> String {
        let manque = match points {
            _ if self.echeance.est_passee() => {
                format!(
                    "Trop tard pour la soumettre : plus de {} ont passé depuis sa date de fin. Corrigez cette date si elle est inexacte.",
                    durees::de_saisie()
                )
            }
            [] => "Rien ne manque : vérifiez, puis soumettez.".to_owned(),
            [seul] => manquement(seul, Noms::de(self.session)),
            plusieurs => format!("Il reste {} points à régler.", nombre(plusieurs.len())),
        };
        format!("{manque} {}", ensuite(&self.echeance, self.aujourdhui))
    }

    fn retournee(&self) -> String {
        let Some(retour) = dernier(self.historique, Quoi::Retournee) else {
            return "Corrigez, puis soumettez à nouveau.".to_owned();
        };
        let (motif, texte) = retour.commentaire.as_deref().map(motif_et_texte).unwrap_or_default();
        let motif = motif.map(str::to_lowercase);
        let texte = texte.map(|texte| format!("« {} »", abrege(&texte)));
        let parties: Vec<String> = motif.into_iter().chain(texte).collect();
        let raison = if parties.is_empty() { String::new() } else { format!(" : {}", parties.join(", ")) };
        let quand = self.quand(retour);
        format!(
            "{} l’a retournée {quand}{raison}. Corrigez, puis soumettez à nouveau.",
            self.gens.nom(&retour.par)
        )
    }

    fn soumise(&self, compte: &str) -> String {
        let auteur = self.gens.nom(&self.session.auteur);
        let depuis = [Quoi::Soumise, Quoi::Renvoyee].map(|quoi| dernier(self.historique, quoi));
        let depuis = depuis.into_iter().flatten().max_by_key(|evenement| evenement.le);
        let attend = match depuis {
            Some(evenement) => {
                let jour = jour_de_paris(evenement.le);
                let quand = if jour == self.aujourdhui {
                    "aujourd’hui".to_owned()
                } else {
                    format!("le {}", court(jour, self.aujourdhui))
                };
                format!("{auteur} ({compte}) attend vos résultats depuis {quand}.")
            }
            None => format!("{auteur} ({compte}) attend vos résultats."),
        };
        let debut = self.session.saisie.date_debut.unwrap_or(self.session.saisie.date_fin);
        if self.aujourdhui < debut {
            return format!("{attend} Ils se saisissent à partir du {}.", court(debut, self.aujourdhui));
        }
        let faits = self.session.stagiaires.iter().filter(|s| s.resultat.is_some()).count();
        let tous = pluriel(self.session.stagiaires.len(), "stagiaire", "stagiaires");
        match faits {
            0 => format!("{attend} {tous}."),
            n => {
                format!("{attend} {} sur {tous}.", pluriel(n, "résultat enregistré", "résultats enregistrés"))
            }
        }
    }

    fn a_traiter(&self) -> String {
        let transmis = match dernier(self.historique, Quoi::ResultatsTransmis) {
            Some(evenement) => {
                let qui = self.gens.nom(&evenement.par);
                format!("{qui} a transmis les résultats {} : {}.", self.quand(evenement), self.bilan())
            }
            None => format!("{}.", capitale(&self.bilan())),
        };
        let fin = self.session.saisie.date_fin;
        if self.aujourdhui < fin {
            let possible = court(fin, self.aujourdhui);
            return format!("{transmis} Les certificats pourront être générés à partir du {possible}.");
        }
        format!("{transmis} Sans génération, la session sera supprimée {}.", minuscule(&self.lendemain()))
    }

    fn terminee(&self) -> String {
        let suite = match self.session.niveau() {
            Niveau::Acteur => "la session sera supprimée et aucun duplicata ne sera délivré",
            Niveau::Formateur | Niveau::FormateurDeFormateurs => {
                "la session sera supprimée ; chacun gardera son certificat dans son compte"
            }
        };
        format!("{}, {suite}.", self.lendemain())
    }

    fn bilan(&self) -> String {
        let combien = |voulu| self.session.stagiaires.iter().filter(|s| s.resultat == Some(voulu)).count();
        let mots = [(Resultat::Reussite, "réussite", "réussites"), (Resultat::Echec, "échec", "échecs")];
        let parties: Vec<String> = mots
            .into_iter()
            .map(|(voulu, un, des)| (combien(voulu), un, des))
            .filter(|(n, ..)| *n > 0)
            .map(|(n, un, des)| pluriel(n, un, des))
            .collect();
        liste(&parties)
    }

    fn lendemain(&self) -> String {
        lendemain(&self.echeance, self.aujourdhui)
    }

    /// « aujourd’hui », « hier », « vendredi », « le 12 octobre ».
    fn quand(&self, evenement: &Evenement) -> String {
        let jour = jour_de_paris(evenement.le);
        match jours_entre(jour, self.aujourdhui) {
            0 => "aujourd’hui".to_owned(),
            1 => "hier".to_owned(),
            2..=6 => jour_de_semaine(jour).to_owned(),
            _ => format!("le {}", court(jour, self.aujourdhui)),
        }
    }
}

fn minuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres.next().map_or_else(String::new, |premiere| premiere.to_lowercase().chain(lettres).collect())
}

/// The beginning of a comment, on one line.
fn abrege(texte: &str) -> String {
    let mots: Vec<&str> = texte.split_whitespace().collect();
    let entier = mots.join(" ");
    let entier = entier.trim_end_matches('.');
    if entier.chars().count() <= CITATION {
        return entier.to_owned();
    }
    let debut: String = entier.chars().take(CITATION).collect();
    let coupe = debut.rsplit_once(' ').map_or(debut.as_str(), |(avant, _)| avant);
    format!("{coupe}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_long_commentaire_est_coupe_entre_deux_mots() {
        assert_eq!(abrege("Il manque\nJean Lefèvre."), "Il manque Jean Lefèvre");
        let long = abrege(&"mot ".repeat(60));
        assert!(long.ends_with("mot…") && long.chars().count() <= CITATION + 1, "{long}");
    }
}
