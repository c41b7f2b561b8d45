//! The mail of reminders: one a day for a person, a line for each thing, every day said by its date.

use askama::Template;
use forprev_domain::calendrier::plus_jours;
use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::Email;
use forprev_domain::numero::Numero;
use forprev_domain::session::NomEtat;
use forprev_store::courrier::{LIGNES, NouveauCourrier, deposer_une_fois, renouveler};
use forprev_store::{StoreError, Tx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::lettre::{Genre, Lettre, lettre};
use crate::clock::Moment;
use crate::config::Config;
use crate::error::Error;
use crate::messages;
use crate::typographie::{accord, capitale, date, date_longue, insecables, pluriel};

/// The session that a line tells of; its identifier is under the key `session`, by which the store finds it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SessionRappelee {
    pub(crate) session: String,
    pub(crate) numero: String,
    /// « SST acteur »
    pub(crate) intitule: String,
    /// « du 19 au 20 novembre 2026 à Angers »
    pub(crate) dates_et_lieu: String,
    pub(crate) niveau: Niveau,
}

/// One thing that a person is reminded of, with the facts that its words need.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "rappel", rename_all = "snake_case")]
pub(crate) enum LigneDeRappel {
    /// To the formateur: results are waited for.
    Verifier {
        #[serde(flatten)]
        de: SessionRappelee,
        par: String,
        depuis: Date,
    },
    /// To the author: the formateur is silent.
    Relancer {
        #[serde(flatten)]
        de: SessionRappelee,
        formateur: String,
        depuis: Date,
    },
    /// A draft can soon no longer be submitted.
    Soumettre {
        #[serde(flatten)]
        de: SessionRappelee,
        dernier_jour: Date,
    },
    /// Files can soon no longer be downloaded.
    Telecharger {
        #[serde(flatten)]
        de: SessionRappelee,
        certificats: usize,
        dernier_jour: Date,
    },
    /// A session never generated is soon deleted.
    Generer {
        #[serde(flatten)]
        de: SessionRappelee,
        etat: NomEtat,
        dernier_jour: Date,
    },
    /// An habilitation ends.
    Habilitation { dispositif: String, niveau: Niveau, compte: String, dernier_jour: Date },
    /// One's own qualification ends.
    Qualification { dispositif: String, niveau: Niveau, dernier_jour: Date },
}

#[derive(Deserialize)]
struct Donnees {
    lignes: Vec<LigneDeRappel>,
}

/// The mail as its templates read it.
struct Rappels {
    lignes: Vec<Ligne>,
    choix: String,
}

struct Ligne {
    sujet: String,
    titre: String,
    precision: Option<String>,
    phrase: String,
    verbe: &'static str,
    lien: String,
}

/// Puts the reminders of a person for this day in the outbox, or into his mail of an earlier day that still waits;
/// `None` when he has those of the day already.
///
/// # Errors
///
/// The store's.
pub(crate) fn rappeler(
    tx: &mut Tx<'_>,
    (numero, adresse): (&Numero, &Email),
    lignes: &[&LigneDeRappel],
    en_retard: Option<Uuid>,
    moment: Moment,
) -> Result<Option<Uuid>, StoreError> {
    let courrier = NouveauCourrier {
        genre: Genre::Rappels.code().to_owned(),
        destinataire: numero.clone(),
        adresse: adresse.clone(),
        donnees: json!({ LIGNES: lignes }),
        session: None,
    };
    let occasion = format!("rappels/{}/{numero}", moment.aujourdhui);
    match en_retard {
        Some(id) => Ok(renouveler(tx, id, &courrier, &occasion, moment.instant)?.then_some(id)),
        None => deposer_une_fois(tx, &courrier, &occasion, moment.instant),
    }
}

/// Writes the mail from the data of the outbox.
pub(super) fn render(config: &Config, donnees: &Value) -> Result<Lettre, Error> {
    let Donnees { lignes } = Donnees::deserialize(donnees).map_err(Error::internal)?;
    let lignes: Vec<Ligne> = lignes.iter().map(|ligne| dire(ligne, &config.public_url)).collect();
    let sujet = match lignes.as_slice() {
        [] => return Err(Error::internal("a mail of reminders has no line")),
        [seule] => format!("Rappel : {}", seule.sujet),
        [premiere, autres @ ..] => format!(
            "{} rappels : {}, et {} {}",
            lignes.len(),
            premiere.sujet,
            autres.len(),
            accord(autres.len(), "autre", "autres")
        ),
    };
    let s = &Rappels { lignes, choix: format!("{}/mes-rappels", config.public_url) };
    lettre!(sujet, config, s, Rappels, "courrier/rappels/courriel.txt", "courrier/rappels/courriel.html")
}

impl LigneDeRappel {
    /// The day by which lines are put in order: that of a silence is past, so that it comes first.
    pub(crate) fn jour(&self) -> Date {
        match self {
            Self::Verifier { depuis, .. } | Self::Relancer { depuis, .. } => *depuis,
            Self::Soumettre { dernier_jour, .. }
            | Self::Telecharger { dernier_jour, .. }
            | Self::Generer { dernier_jour, .. }
            | Self::Habilitation { dernier_jour, .. }
            | Self::Qualification { dernier_jour, .. } => *dernier_jour,
        }
    }
}

fn dire(ligne: &LigneDeRappel, site: &str) -> Ligne {
    match ligne {
        LigneDeRappel::Verifier { de, par, depuis } => de.ligne(
            format!("session {} à vérifier", de.numero),
            format!(
                "{par} attend les résultats. Rien n’a été enregistré depuis le {}. Vérifiez les informations, puis transmettez les résultats, ou retournez la session avec un commentaire.",
                date_longue(*depuis)
            ),
            ("Vérifier la session", site, ""),
        ),
        LigneDeRappel::Relancer { de, formateur, depuis } => de.ligne(
            format!("session {} toujours sans résultats", de.numero),
            format!(
                "{formateur} n’a pas transmis les résultats, et n’a rien enregistré depuis le {}. Un mot de votre part peut suffire ; sinon, reprenez la session pour la confier à quelqu’un d’autre.",
                date_longue(*depuis)
            ),
            ("Voir la session", site, ""),
        ),
        LigneDeRappel::Soumettre { de, dernier_jour } => de.ligne(
            format!("session {} à soumettre d’ici le {}", de.numero, date(*dernier_jour)),
            format!(
                "Cette session n’a pas été soumise au formateur. Elle peut l’être jusqu’au {} inclus ; ensuite, il sera trop tard.",
                date_longue(*dernier_jour)
            ),
            ("Compléter et soumettre", site, "/recapitulatif"),
        ),
        LigneDeRappel::Telecharger { de, certificats, dernier_jour } => {
            let suite = match de.niveau {
                Niveau::Acteur => "la session sera supprimée et aucun duplicata ne sera délivré",
                Niveau::Formateur | Niveau::FormateurDeFormateurs => {
                    "la session sera supprimée ; chacun gardera son certificat dans son compte"
                }
            };
            de.ligne(
                format!("certificats de la session {} à télécharger", de.numero),
                format!(
                    "{} {} jusqu’au {} inclus. Le lendemain, {suite}.",
                    pluriel(*certificats, "certificat", "certificats"),
                    accord(*certificats, "se télécharge", "se téléchargent"),
                    date_longue(*dernier_jour)
                ),
                ("Télécharger les certificats", site, "/certificats"),
            )
        }
        LigneDeRappel::Generer { de, etat, dernier_jour } => de.ligne(
            format!("la session {} sera supprimée le {}", de.numero, date(plus_jours(*dernier_jour, 1))),
            format!(
                "{} Elle sera supprimée le {}, avec tout ce qui y est saisi, si ses certificats ne sont pas générés avant.",
                ou_elle_en_est(*etat),
                date_longue(plus_jours(*dernier_jour, 1))
            ),
            ("Voir la session", site, ""),
        ),
        LigneDeRappel::Habilitation { dispositif, niveau, compte, dernier_jour } => {
            let quoi = format!("habilitation {dispositif} {}", messages::niveau(*niveau));
            Ligne {
                titre: capitale(&quoi),
                precision: Some(compte.clone()),
                phrase: format!(
                    "Elle est valable jusqu’au {} inclus. Une session qui finit après ce jour ne pourra pas être déclarée sans son renouvellement, qui se demande au réseau.",
                    date_longue(*dernier_jour)
                ),
                sujet: format!("{quoi} à renouveler"),
                verbe: "Voir les habilitations du compte",
                lien: format!("{site}/compte"),
            }
        }
        LigneDeRappel::Qualification { dispositif, niveau, dernier_jour } => {
            let quoi = format!("certificat de {} {dispositif}", messages::niveau(*niveau));
            Ligne {
                titre: format!("Votre {quoi}"),
                precision: None,
                phrase: format!(
                    "Il est valable jusqu’au {} inclus. Vous ne pourrez pas certifier une session qui finit après ce jour sans l’avoir renouvelé.",
                    date_longue(*dernier_jour)
                ),
                sujet: format!("{quoi} à renouveler"),
                verbe: "Voir mes certificats",
                lien: format!("{site}/mes-certificats"),
            }
        }
    }
}

/// What a session never generated waits for.
fn ou_elle_en_est(etat: NomEtat) -> &'static str {
    match etat {
        NomEtat::Brouillon => "Cette session est restée à l’état de brouillon.",
        NomEtat::Retournee => "Cette session, retournée par le formateur, attend d’être corrigée.",
        NomEtat::Soumise => "Le formateur n’a pas transmis les résultats de cette session.",
        NomEtat::ATraiter | NomEtat::Terminee => {
            "Les résultats de cette session sont là, mais ses certificats n’ont pas été générés."
        }
    }
}

impl SessionRappelee {
    fn ligne(&self, sujet: String, phrase: String, (verbe, site, page): (&'static str, &str, &str)) -> Ligne {
        Ligne {
            sujet,
            titre: format!("{}, {}", self.intitule, self.dates_et_lieu),
            precision: Some(format!("Session {}", self.numero)),
            phrase,
            verbe,
            lien: format!("{site}/sessions/{}{page}", self.session),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as jour;

    use super::*;
    use crate::config::Values;

    fn session(niveau: Niveau) -> SessionRappelee {
        SessionRappelee {
            session: "0190c2a8-0000-4000-8000-000000000001".to_owned(),
            numero: "S-2026-7F3K9Q".to_owned(),
            intitule: format!("SST {}", messages::niveau(niveau)),
            dates_et_lieu: "du 19 au 20 novembre 2026 à L’Haÿ-les-Roses <b>".to_owned(),
            niveau,
        }
    }

    /// One line of each kind.
    fn lignes() -> Vec<LigneDeRappel> {
        let (de, dernier_jour) = (session(Niveau::Acteur), jour(2026, 12, 7));
        let dispositif = "SST".to_owned();
        let depuis = jour(2026, 11, 20);
        let generer = |etat| LigneDeRappel::Generer { de: de.clone(), etat, dernier_jour };
        let telecharger = |niveau, certificats| LigneDeRappel::Telecharger {
            de: session(niveau),
            certificats,
            dernier_jour,
        };
        vec![
            LigneDeRappel::Verifier { de: de.clone(), par: "Claire LEMOINE".to_owned(), depuis },
            LigneDeRappel::Relancer { de: de.clone(), formateur: "Karim BENALI".to_owned(), depuis },
            LigneDeRappel::Soumettre { de: de.clone(), dernier_jour },
            telecharger(Niveau::Acteur, 8),
            telecharger(Niveau::Formateur, 1),
            generer(NomEtat::Brouillon),
            generer(NomEtat::Retournee),
            generer(NomEtat::Soumise),
            generer(NomEtat::ATraiter),
            LigneDeRappel::Habilitation {
                dispositif: dispositif.clone(),
                niveau: Niveau::Acteur,
                compte: "Ardoise Formation".to_owned(),
                dernier_jour,
            },
            LigneDeRappel::Qualification { dispositif, niveau: Niveau::Formateur, dernier_jour },
        ]
    }

    fn lire(lignes: &[LigneDeRappel]) -> Lettre {
        let values = Values::from([("FORPREV_PUBLIC_URL".to_owned(), "https://f.example".to_owned())]);
        render(&Config::check(&values).expect("settings"), &json!({ LIGNES: lignes })).expect("renders")
    }

    #[test]
    fn les_rappels_d_un_jour_font_une_lettre() {
        let lettre = lire(&lignes());
        assert!(!lettre.html.contains("<b>"), "{}", lettre.html);
        let tout = format!("{}\n\n{}\n{}", lettre.sujet, lettre.texte, lettre.html);
        insta::assert_snapshot!("rappels", tout.replace(['\u{a0}', '\u{202f}'], "~"));
    }

    #[test]
    fn chaque_rappel_dit_son_objet() {
        let sujets: Vec<String> =
            lignes().iter().map(|ligne| lire(std::slice::from_ref(ligne)).sujet).collect();
        insta::assert_snapshot!("objets_des_rappels", sujets.join("\n").replace(['\u{a0}', '\u{202f}'], "~"));
        assert!(lire(&lignes()[..2]).sujet.ends_with("à vérifier, et 1 autre"));
    }
}
