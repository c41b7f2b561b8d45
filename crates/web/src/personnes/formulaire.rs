//! The form of an identity: its fields, what is wrong with each, the known persons to decide on (R16, R17).

use askama::Template;
use forprev_domain::identite::{ChampIdentite, IdentiteBrute};
use forprev_domain::refus::Manquement;
use forprev_domain::regles::doublons::{Proposition, Verdict};

use crate::error::Error;
use crate::messages::{self, Noms};
use crate::saisie::Saisie;
use crate::sessions::stagiaires::Entree;

/// Name of the radio buttons by which a known person is chosen, or somebody else.
pub const CONNUE: &str = "connue";
const AUTRE: &str = "autre";

/// The identity that a form holds, with what was decided about known persons.
#[must_use]
pub fn entree(saisie: &Saisie) -> Entree {
    let texte = |champ: ChampIdentite| saisie.option(champ.code()).map(str::to_owned);
    let choix = saisie.option(CONNUE);
    Entree {
        identite: IdentiteBrute {
            civilite: texte(ChampIdentite::Civilite),
            nom_naissance: texte(ChampIdentite::NomNaissance),
            nom_usage: texte(ChampIdentite::NomUsage),
            prenom: texte(ChampIdentite::Prenom),
            date_naissance: texte(ChampIdentite::DateNaissance),
            email: texte(ChampIdentite::Email),
            numero: choix.filter(|choix| *choix != AUTRE).map(str::to_owned),
        },
        autre_personne: choix == Some(AUTRE),
    }
}

/// Turns what an action refused of an identity into messages at its fields, and known persons into a choice.
///
/// # Errors
/// Every other error, as it is.
pub fn refuser(saisie: &mut Saisie, error: Error) -> Result<Propositions, Error> {
    match error {
        Error::Doublons(propositions) => {
            saisie.refuser(CONNUE, "Cette personne est peut-être déjà connue : dites si c’est elle.");
            Ok(Propositions(propositions.iter().map(Choix::de).collect()))
        }
        Error::Refused { points, detail, .. } => {
            for point in &points {
                placer(saisie, point);
            }
            if points.is_empty() {
                saisie.refuser("", detail);
            }
            Ok(Propositions::default())
        }
        Error::Malformed(detail) => {
            saisie.refuser("", detail);
            Ok(Propositions::default())
        }
        error => Err(error),
    }
}

fn placer(saisie: &mut Saisie, point: &Manquement) {
    match point {
        Manquement::IdentiteIncomplete { champs, .. } => {
            for champ in champs {
                saisie.refuser(champ.code(), format!("Indiquez {}.", messages::champ(*champ)));
            }
        }
        Manquement::IdentiteInvalide { fautes, .. } => {
            for (champ, faute) in fautes {
                saisie.refuser(champ.code(), messages::faute(*champ, faute));
            }
        }
        Manquement::IdentiteDifferente { .. } => {
            saisie.poser(CONNUE, "");
            saisie.refuser(ChampIdentite::NomNaissance.code(), messages::manquement(point, Noms::default()));
        }
        autre => saisie.refuser("", messages::manquement(autre, Noms::default())),
    }
}

/// The known persons among whom to choose; shows nothing when there are none.
#[derive(Debug, Clone, Default, Template)]
#[template(
    source = r#"{% if !self.0.is_empty() %}<fieldset class="note alerte"><legend class="vh">Cette personne est-elle déjà connue ?</legend><h3>{{ crate::layout::composants::Icone::Personne }}{% if self.0.len() == 1 %}Cette personne est peut-être déjà connue{% else %}Cette personne est peut-être l’une de celles-ci{% endif %}</h3><p>Seul ce qui coïncide avec votre saisie est montré en entier.</p>{% for choix in self.0 %}<label class="option"><input type="radio" name="{{ CONNUE }}" value="{{ choix.numero }}"{% if loop.first %} id="{{ CONNUE }}"{% endif %} required><span><b>{{ choix.qui }}</b>C’est la même personne : reprendre son numéro {{ choix.numero }}</span></label>{% endfor %}<label class="option"><input type="radio" name="{{ CONNUE }}" value="{{ AUTRE }}" required><span><b>Quelqu’un d’autre</b>Un nouveau numéro sera attribué, et ce choix sera inscrit au journal</span></label></fieldset>{% endif %}"#,
    ext = "html"
)]
pub struct Propositions(Vec<Choix>);

impl askama::filters::HtmlSafe for Propositions {}

#[derive(Debug, Clone)]
struct Choix {
    numero: String,
    qui: String,
}

impl Choix {
    fn de(proposition: &Proposition) -> Self {
        let p = proposition;
        let usage = p.nom_usage.as_ref().map(|nom| format!(", nom d’usage {nom}")).unwrap_or_default();
        let sure = if p.verdict == Verdict::Certain { ", même date de naissance" } else { "" };
        Self {
            numero: p.numero.to_string(),
            qui: format!("{} {}{usage}, né(e) en {}{sure}", p.prenom, p.nom_naissance, p.annee_naissance),
        }
    }
}
