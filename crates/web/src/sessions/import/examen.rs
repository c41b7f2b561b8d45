//! A list held against the rules, the session and the register: all that is wrong with all of its lines, at once.
//!
//! Nothing is written. What [`super::importer`] then does with the same list cannot meet anything else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use forprev_domain::identite::{
    ChampIdentite, FauteIdentite, Identite, IdentiteBrute, IdentiteSaisie, annee_abregee,
};
use forprev_domain::numero::Numero;
use forprev_domain::regles::doublons::{Proposition, Verdict, cles, cles_cherchees, verdict};
use forprev_domain::regles::identite_requise::{age_inhabituel, champs_manquants};
use forprev_domain::session::Session;
use forprev_store::sessions::Presence;
use forprev_store::{Tx, dispositifs};

use super::anomalie::Anomalie;
use super::decision::{Decision, Decisions};
use super::liste::{Ligne, Liste};
use crate::error::Error;
use crate::messages;
use crate::personnes::{Reconnue, Saisie, propositions, reconnaitre};
use crate::sessions::stagiaires::Entree;
use crate::typographie::pluriel;

/// The code of a line whose person is there already.
const EN_DOUBLE: &str = "stagiaire_en_double";
/// The fields without which nobody can be recognised.
const CE_QUI_FAIT_UNE_PERSONNE: [ChampIdentite; 3] =
    [ChampIdentite::NomNaissance, ChampIdentite::Prenom, ChampIdentite::DateNaissance];
/// The fields that, mended, may make him somebody else: who he is is asked once they are right.
const CE_QUI_PEUT_CHANGER_QUI_C_EST: [ChampIdentite; 2] = [ChampIdentite::NomUsage, ChampIdentite::Numero];

/// What an examination found.
#[derive(Debug, Clone)]
pub struct Examen {
    /// Lines of the list.
    pub lignes: usize,
    /// All that is wrong or deserves a look, from the top of the list.
    pub anomalies: Vec<Anomalie>,
    /// The trainees that the lines make; of use when nothing stops the import.
    pub entrees: Vec<Entree>,
    /// What the persons proposed are already in, as far as the requester sees it.
    pub presences: Vec<Presence>,
}

impl Examen {
    /// Whether nothing stops the import.
    #[must_use]
    pub fn est_importable(&self) -> bool {
        !self.anomalies.iter().any(Anomalie::est_bloquante)
    }

    /// The known persons that it proposes, of all lines.
    #[must_use]
    pub fn propositions(&self) -> Vec<Proposition> {
        self.anomalies.iter().flat_map(|anomalie| anomalie.propositions.iter().cloned()).collect()
    }
}

/// Holds a list against a session.
///
/// # Errors
///
/// The store's.
pub fn examiner(
    tx: &mut Tx<'_>,
    session: &Session,
    liste: &Liste,
    decisions: &Decisions,
) -> Result<Examen, Error> {
    let mut vus = Vus::de(session);
    let mut anomalies = liste.anomalies.clone();
    let mut entrees = Vec::with_capacity(liste.lignes.len());
    for ligne in &liste.lignes {
        let entree = entree(ligne, decisions.get(&ligne.ligne));
        let (lue, mut trouvees) = lire(ligne, &entree.identite, session);
        if CE_QUI_FAIT_UNE_PERSONNE.iter().all(|champ| !lue.fautifs.contains(champ)) {
            let sur = CE_QUI_PEUT_CHANGER_QUI_C_EST.iter().all(|champ| !lue.fautifs.contains(champ));
            let jugee = juger(tx, session, ligne, &entree, &lue, &mut vus)?;
            // Who he is is asked whatever else is wrong with his line; that he is there twice is said at once.
            trouvees.extend(jugee.filter(|jugee| sur || jugee.code == EN_DOUBLE));
        }
        anomalies.append(&mut trouvees);
        entrees.push(entree);
    }
    anomalies.extend(trop(tx, session, liste.lignes.len())?);
    anomalies.sort_by_key(|anomalie| (anomalie.ligne, rang(anomalie)));
    Ok(Examen { lignes: liste.lignes.len(), anomalies, entrees, presences: Vec::new() })
}

/// The identities that could be read whole: to be locked in one order before they are examined.
pub(super) fn identites(session: &Session, liste: &Liste) -> Vec<Identite> {
    // A decision beside the list may stand in for a numéro that is wrong.
    let sans_numero = |ligne: &Ligne| IdentiteBrute { numero: None, ..ligne.identite.clone() };
    let lues = liste.lignes.iter().filter_map(|ligne| sans_numero(ligne).lire(session.saisie.date_fin).ok());
    let mut identites: Vec<Identite> = lues.filter_map(|lue| lue.complete()).collect();
    identites.sort_by_key(|identite| identite.date_naissance);
    identites.dedup_by_key(|identite| identite.date_naissance);
    identites
}

/// A line's anomalies stand in the order of the model's columns.
fn rang(anomalie: &Anomalie) -> usize {
    let colonne = anomalie.colonne.as_deref();
    let place = ChampIdentite::TOUS.iter().position(|champ| colonne == Some(super::colonnes::entete(*champ)));
    place.unwrap_or(ChampIdentite::TOUS.len())
}

fn entree(ligne: &Ligne, decision: Option<&Decision>) -> Entree {
    let numero = match decision {
        None => ligne.identite.numero.clone(),
        Some(Decision::CettePersonne(numero)) => Some(numero.clone()),
        Some(Decision::AutrePersonne) => None,
    };
    let autre_personne =
        decision.map_or(ligne.autre_personne, |decision| *decision == Decision::AutrePersonne);
    Entree { identite: IdentiteBrute { numero, ..ligne.identite.clone() }, autre_personne }
}

/// What could be read of a line.
struct Lue {
    identite: IdentiteSaisie,
    /// Fields that hold something which cannot be taken.
    fautifs: BTreeSet<ChampIdentite>,
}

/// Reads the values of a line: what is left of it, each wrong value, each missing one.
fn lire(ligne: &Ligne, brute: &IdentiteBrute, session: &Session) -> (Lue, Vec<Anomalie>) {
    let date_fin = session.saisie.date_fin;
    let mut anomalies = Vec::new();
    let mut fautifs: BTreeSet<ChampIdentite> = ligne.illisibles.clone();
    let mut reste = brute.clone();
    if let Err(fautes) = brute.lire(date_fin) {
        for (champ, faute) in fautes {
            let message = messages::faute(champ, &faute);
            anomalies.push(Anomalie::bloquante(ligne.ligne, champ, "identite_invalide", message));
            fautifs.insert(champ);
            *reste.champ_mut(champ) = None;
        }
    }
    let lue = reste.lire(date_fin).unwrap_or_default();
    for champ in champs_manquants(&lue, session.niveau()) {
        if !fautifs.contains(&champ) {
            let message = format!(
                "{} Complétez la liste, ou complétez la personne dans la session avant de la soumettre.",
                messages::faute(champ, &FauteIdentite::Vide)
            );
            let incomplete = Anomalie::bloquante(ligne.ligne, champ, "identite_incomplete", message);
            anomalies.push(incomplete.sans_bloquer());
        }
    }
    let ecrite = reste.date_naissance.as_deref().is_some_and(annee_abregee);
    if let Some(naissance) = lue.date_naissance.filter(|_| ecrite) {
        let message = format!(
            "L’année, écrite sur deux chiffres, est comprise comme {}. Si c’en est une autre, écrivez-la en quatre chiffres.",
            naissance.year()
        );
        let champ = ChampIdentite::DateNaissance;
        let devinee = Anomalie::bloquante(ligne.ligne, champ, "annee_sur_deux_chiffres", message);
        anomalies.push(devinee.sans_bloquer());
    }
    if lue.date_naissance.is_some_and(|naissance| age_inhabituel(naissance, date_fin)) {
        let message = "Moins de 16 ans à la fin de la session. Vérifiez la date de naissance.".to_owned();
        let champ = ChampIdentite::DateNaissance;
        anomalies.push(Anomalie::bloquante(ligne.ligne, champ, "age_inhabituel", message).sans_bloquer());
    }
    (Lue { identite: lue, fautifs }, anomalies)
}

/// Holds a line against those before it, the session and the register.
fn juger(
    tx: &mut Tx<'_>,
    session: &Session,
    Ligne { ligne, autre_personne: dit_dans_la_liste, .. }: &Ligne,
    entree: &Entree,
    Lue { identite: lue, fautifs }: &Lue,
    vus: &mut Vus,
) -> Result<Option<Anomalie>, Error> {
    let ligne = *ligne;
    let numero = entree.identite.numero.as_deref().filter(|numero| Numero::parse(numero).is_some());
    // What is wrong today is there once it is mended.
    let complete = champs_manquants(lue, session.niveau()).iter().all(|champ| fautifs.contains(champ));
    let Some(identite) = lue.complete().filter(|_| complete || numero.is_some()) else {
        return Ok(numero.map(|numero| differente(ligne, numero)));
    };
    let proches = vus.proches(&identite);
    if let Some((ou, _)) = proches.iter().find(|(_, verdict)| *verdict == Verdict::Certain) {
        return Ok(Some(en_double(ligne, ChampIdentite::NomNaissance, ou)));
    }
    let saisie = Saisie {
        identite: &identite,
        email: lue.email.as_ref(),
        numero,
        autre_personne: entree.autre_personne,
    };
    let anomalie = match reconnaitre(tx, &saisie) {
        Ok(Reconnue::Connue(personne)) => {
            let deja = vus.numeros.get(&personne.numero).cloned();
            vus.numeros.entry(personne.numero).or_insert_with(|| Ou::Ligne(ligne));
            deja.map(|ou| en_double(ligne, ChampIdentite::Numero, &ou))
        }
        Ok(Reconnue::Nouvelle) if entree.autre_personne => {
            if *dit_dans_la_liste {
                connue_pourtant(tx, ligne, &identite)?
            } else {
                None
            }
        }
        Ok(Reconnue::Nouvelle) => proches.first().map(|(ou, _)| a_trancher(ligne, Vec::new(), Some(ou))),
        Err(Error::Doublons(propositions)) => {
            Some(a_trancher(ligne, propositions, proches.first().map(|(ou, _)| ou)))
        }
        Err(Error::Refused { .. }) => Some(differente(ligne, numero.unwrap_or_default())),
        Err(autre) => return Err(autre),
    };
    vus.retenir(Ou::Ligne(ligne), identite);
    Ok(anomalie)
}

/// Where somebody was seen before.
#[derive(Debug, Clone)]
enum Ou {
    Session,
    Ligne(u32),
}

/// Those of the session and of the lines before, found by the keys of the one rule (R17).
struct Vus {
    connus: Vec<(Ou, Identite)>,
    par_cle: HashMap<String, Vec<usize>>,
    numeros: BTreeMap<Numero, Ou>,
}

impl Vus {
    fn de(session: &Session) -> Self {
        let numeros = session.stagiaires.iter().filter_map(|s| s.numero.clone());
        let mut vus = Self {
            connus: Vec::new(),
            par_cle: HashMap::new(),
            numeros: numeros.map(|numero| (numero, Ou::Session)).collect(),
        };
        for stagiaire in &session.stagiaires {
            if let Some(identite) = stagiaire.identite.complete() {
                vus.retenir(Ou::Session, identite);
            }
        }
        vus
    }

    fn retenir(&mut self, ou: Ou, identite: Identite) {
        for cle in cles(&identite) {
            self.par_cle.entry(cle).or_default().push(self.connus.len());
        }
        self.connus.push((ou, identite));
    }

    /// Those who may be this one, in the order in which they were seen.
    fn proches(&self, identite: &Identite) -> Vec<(Ou, Verdict)> {
        let rangs: BTreeSet<usize> = cles_cherchees(identite)
            .iter()
            .filter_map(|cle| self.par_cle.get(cle))
            .flatten()
            .copied()
            .collect();
        let graves = rangs.into_iter().map(|rang| &self.connus[rang]);
        let graves = graves.map(|(ou, vu)| (ou.clone(), verdict(identite, vu)));
        graves.filter(|(_, verdict)| *verdict != Verdict::Non).collect()
    }
}

fn en_double(ligne: u32, champ: ChampIdentite, ou: &Ou) -> Anomalie {
    let message = match ou {
        Ou::Session => "Cette personne est déjà inscrite dans la session. Retirez la ligne.".to_owned(),
        Ou::Ligne(autre) => {
            format!("Cette personne figure déjà à la ligne {autre}. Gardez une seule des deux lignes.")
        }
    };
    Anomalie::bloquante(ligne, champ, EN_DOUBLE, message)
}

fn differente(ligne: u32, numero: &str) -> Anomalie {
    let numero: String = numero.chars().take(20).collect();
    let message = format!(
        "Le numéro {numero} n’est pas celui de cette personne : nom, prénom et date de naissance ne s’accordent pas. Vérifiez-le, ou laissez la cellule vide."
    );
    Anomalie::bloquante(ligne, ChampIdentite::Numero, "identite_differente", message)
}

/// A known person of the same identity, of whom the list says that he is somebody else: right for two people of the same
/// names and birth day, and a second numéro for one who was entered since the list was answered.
fn connue_pourtant(tx: &mut Tx<'_>, ligne: u32, identite: &Identite) -> Result<Option<Anomalie>, Error> {
    let connues = propositions(tx, identite)?;
    Ok(connues.iter().any(|connue| connue.verdict == Verdict::Certain).then(|| {
        let message = "Une personne de mêmes noms et date de naissance est déjà connue ; avec « quelqu’un d’autre », un second numéro sera attribué. Si ce n’est pas une autre personne, videz la cellule : celle qui est connue vous sera proposée.".to_owned();
        Anomalie::bloquante(ligne, ChampIdentite::Numero, "personne_deja_connue", message).sans_bloquer()
    }))
}

fn a_trancher(ligne: u32, propositions: Vec<Proposition>, proche: Option<&Ou>) -> Anomalie {
    let ressemble = match proche {
        Some(Ou::Session) => "Cette ligne ressemble à quelqu’un de la session.",
        Some(Ou::Ligne(autre)) => &format!("Cette ligne ressemble à la ligne {autre}."),
        None => "",
    };
    let connues = match propositions.as_slice() {
        [] => String::new(),
        [seule] if seule.verdict == Verdict::Certain => "Cette personne est déjà connue.".to_owned(),
        [_] => "Cette personne est peut-être déjà connue.".to_owned(),
        liste => format!("{} connues ressemblent à celle-ci.", pluriel(liste.len(), "personne", "personnes")),
    };
    let remede = match propositions.len() {
        0 => "Corrigez la ligne, ou écrivez « quelqu’un d’autre » à la place du numéro.",
        1 => "Écrivez son numéro si c’est elle, « quelqu’un d’autre » sinon.",
        _ => "Écrivez le numéro de celle dont il s’agit, ou « quelqu’un d’autre ».",
    };
    let message =
        [ressemble, &connues, remede].into_iter().filter(|m| !m.is_empty()).collect::<Vec<_>>().join(" ");
    let anomalie = Anomalie::bloquante(ligne, ChampIdentite::Numero, "doublon_a_trancher", message);
    Anomalie { propositions, a_trancher: true, ..anomalie }
}

/// More trainees than the group may have: submission refuses it anyway.
fn trop(tx: &mut Tx<'_>, session: &Session, lignes: usize) -> Result<Option<Anomalie>, Error> {
    let saisie = &session.saisie;
    let dispositif = dispositifs::charger(tx, &saisie.dispositif, saisie.date_fin)?;
    let Some(maximum) = dispositif.as_ref().and_then(|d| d.niveau(session.niveau())).map(|n| n.groupe_max)
    else {
        return Ok(None);
    };
    let nombre = session.stagiaires.len() + lignes;
    Ok((usize::from(maximum) < nombre).then(|| {
        let message = format!(
            "La session compterait {} ; le maximum est de {maximum}. Elle ne pourrait pas être soumise ainsi.",
            pluriel(nombre, "stagiaire", "stagiaires")
        );
        Anomalie::de_la_liste("trop_de_stagiaires", message)
    }))
}
