//! The columns of a list: those of the model, recognised without case, accents or order; the others named.

use std::collections::BTreeMap;

use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::{ChampIdentite, IdentiteSaisie};
use forprev_domain::regles::doublons::forme_normale;
use forprev_domain::regles::identite_requise::champs_manquants;

use crate::feuilles::lecture::{Feuille, Illisible, Rangee};
use crate::typographie::liste;

/// The column that is written beside a list that was refused; ignored when it comes back.
pub const ANOMALIES: &str = "Anomalies";
/// Headers that the rows after the first are searched for, to say where they are.
const RANGEES_FOUILLEES: usize = 20;

/// The header of a field in the model.
#[must_use]
pub fn entete(champ: ChampIdentite) -> &'static str {
    match champ {
        ChampIdentite::Civilite => "Civilité",
        ChampIdentite::NomNaissance => "Nom de naissance",
        ChampIdentite::NomUsage => "Nom d'usage",
        ChampIdentite::Prenom => "Prénom",
        ChampIdentite::DateNaissance => "Date de naissance",
        ChampIdentite::Email => "E-mail",
        ChampIdentite::Numero => "Numéro FORPREV",
    }
}

/// Other ways in which people write a header, in normal form.
fn autres_ecritures(champ: ChampIdentite) -> &'static [&'static str] {
    match champ {
        ChampIdentite::Civilite => &["civ", "titre"],
        ChampIdentite::NomNaissance => &["nom naissance", "noms de naissance"],
        ChampIdentite::NomUsage => &["nom usage"],
        ChampIdentite::Prenom => &["prenoms", "prenom s"],
        ChampIdentite::DateNaissance => &["date naissance", "ne e le", "ne le", "nee le"],
        ChampIdentite::Email => {
            &["email", "mail", "courriel", "adresse electronique", "adresse e mail", "adresse mail"]
        }
        ChampIdentite::Numero => &["numero", "n forprev", "no forprev", "num forprev", "numero de forprev"],
    }
}

/// Headers of older models, which left open what they meant, with what replaces them.
const ANCIENS: [(&str, ChampIdentite); 7] = [
    ("nom", ChampIdentite::NomNaissance),
    ("nom de famille", ChampIdentite::NomNaissance),
    ("nom patronymique", ChampIdentite::NomNaissance),
    ("nom de jeune fille", ChampIdentite::NomNaissance),
    ("nom marital", ChampIdentite::NomUsage),
    ("nom d epouse", ChampIdentite::NomUsage),
    ("nom et prenom", ChampIdentite::NomNaissance),
];

/// Which column holds which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colonnes {
    /// The fields, by the rank of their column from 0.
    pub champs: BTreeMap<u32, ChampIdentite>,
    /// Columns that the model does not have, with their headers.
    pub inconnues: BTreeMap<u32, String>,
    /// The column « Anomalies » of a list that comes back.
    pub anomalies: Option<u32>,
}

enum Entete {
    Connue(ChampIdentite),
    Ancienne(ChampIdentite),
    Anomalies,
    Inconnue,
}

fn reconnaitre(texte: &str) -> Entete {
    // Of « é » written as two characters, as a Macintosh does, the accent stays with its letter.
    let d_un_mot = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    let mots: String = texte.chars().map(|c| if d_un_mot(c) { c } else { ' ' }).collect();
    let court = texte.split_once(" (").map_or("", |(debut, _)| debut);
    let formes = [forme_normale(&mots), forme_normale(court)];
    let est = |nom: &str| formes.iter().any(|forme| !forme.is_empty() && forme == nom);
    let connue = ChampIdentite::TOUS.into_iter().find(|champ| {
        est(&forme_normale(entete(*champ))) || autres_ecritures(*champ).iter().any(|nom| est(nom))
    });
    if let Some(champ) = connue {
        return Entete::Connue(champ);
    }
    if est("anomalies") || est("anomalie") {
        return Entete::Anomalies;
    }
    let ancienne = ANCIENS.iter().find(|(nom, _)| est(nom));
    ancienne.map_or(Entete::Inconnue, |(_, champ)| Entete::Ancienne(*champ))
}

/// Whether a row is one of headers: two of them are known.
pub(super) fn est_un_entete(rangee: &Rangee) -> bool {
    let connues = rangee
        .cellules
        .values()
        .filter(|cellule| matches!(reconnaitre(&cellule.texte()), Entete::Connue(_) | Entete::Ancienne(_)));
    1 < connues.count()
}

impl Colonnes {
    /// Reads the headers of a list, on its first row that is not blank.
    ///
    /// # Errors
    ///
    /// No headers; one that the niveau needs is missing, or is there twice; those of an older model. Each named.
    pub fn lire(feuille: &Feuille, niveau: Niveau) -> Result<Self, Illisible> {
        let Some(premiere) = feuille.rangees.first() else { return Err(Illisible::Vide) };
        let mut lues = Self { champs: BTreeMap::new(), inconnues: BTreeMap::new(), anomalies: None };
        let mut anciennes = Vec::new();
        for (colonne, cellule) in &premiere.cellules {
            let texte = cellule.texte();
            match reconnaitre(&texte) {
                Entete::Connue(champ) => {
                    if lues.champs.values().any(|lu| *lu == champ) {
                        return Err(en_double(champ));
                    }
                    lues.champs.insert(*colonne, champ);
                }
                Entete::Ancienne(champ) => {
                    anciennes.push((texte.clone(), champ));
                    lues.inconnues.insert(*colonne, texte);
                }
                Entete::Anomalies => lues.anomalies = Some(*colonne),
                Entete::Inconnue => {
                    lues.inconnues.insert(*colonne, texte);
                }
            }
        }
        if lues.champs.is_empty() && anciennes.is_empty() {
            return Err(sans_entetes(feuille));
        }
        let manquantes: Vec<ChampIdentite> = champs_manquants(&IdentiteSaisie::default(), niveau)
            .into_iter()
            .filter(|requis| !lues.champs.values().any(|lu| lu == requis))
            .collect();
        if let Some((ancienne, champ)) = anciennes.iter().find(|(_, champ)| manquantes.contains(champ)) {
            return Err(modele_ancien(ancienne, *champ));
        }
        if manquantes.is_empty() { Ok(lues) } else { Err(absentes(&manquantes, &lues)) }
    }

    /// The rank of the column that holds a field, from 0; none when the list does not have it.
    #[must_use]
    pub fn de(&self, champ: ChampIdentite) -> Option<u32> {
        self.champs.iter().find(|(_, lu)| **lu == champ).map(|(colonne, _)| *colonne)
    }
}

/// « Prénom » between quotes, as a page writes it.
pub(super) fn citer(entete: &str) -> String {
    format!("« {} »", entete.replace('\'', "’"))
}

fn pas_une_liste(code: &'static str, phrase: String) -> Illisible {
    Illisible::PasUneListe { code, phrase }
}

fn en_double(champ: ChampIdentite) -> Illisible {
    let phrase = format!(
        "La colonne {} figure deux fois. Gardez celle qui est juste, et retirez l’autre.",
        citer(entete(champ))
    );
    pas_une_liste("colonne_en_double", phrase)
}

fn modele_ancien(ancienne: &str, champ: ChampIdentite) -> Illisible {
    let phrase = format!(
        "Ce fichier suit un modèle plus ancien : sa colonne {} ne dit pas de quel nom il s’agit. Nommez-la {} si c’est bien le cas, ou reprenez le modèle actuel.",
        citer(ancienne),
        citer(entete(champ))
    );
    pas_une_liste("modele_ancien", phrase)
}

fn absentes(manquantes: &[ChampIdentite], lues: &Colonnes) -> Illisible {
    let noms: Vec<String> = manquantes.iter().map(|champ| citer(entete(*champ))).collect();
    let debut = match noms.as_slice() {
        [seule] => format!("Il manque la colonne {seule}."),
        _ => format!("Il manque les colonnes {}.", liste(&noms)),
    };
    let inconnues: Vec<String> =
        lues.inconnues.values().filter(|nom| !nom.is_empty()).map(|nom| citer(nom)).collect();
    let suite = match inconnues.as_slice() {
        [] => String::new(),
        [seule] => format!(" La colonne {seule} n’est pas du modèle : est-ce elle, sous un autre nom ?"),
        _ => format!(
            " Les colonnes {} ne sont pas du modèle : sont-ce elles, sous d’autres noms ?",
            liste(&inconnues)
        ),
    };
    pas_une_liste("colonne_absente", format!("{debut}{suite} Reprenez les titres du modèle."))
}

fn sans_entetes(feuille: &Feuille) -> Illisible {
    let plus_bas = feuille.rangees.iter().take(RANGEES_FOUILLEES).find(|rangee| est_un_entete(rangee));
    match plus_bas {
        Some(rangee) => pas_une_liste(
            "en_tetes_plus_bas",
            format!(
                "Les titres des colonnes sont à la ligne {}. Retirez les lignes qui les précèdent, et envoyez la liste à nouveau.",
                rangee.ligne
            ),
        ),
        None => pas_une_liste(
            "en_tetes_absents",
            "La première ligne ne porte aucun des titres du modèle : Nom de naissance, Prénom, Date de naissance… Ajoutez-les au-dessus de la liste, ou reprenez le modèle.".to_owned(),
        ),
    }
}
