//! The keys at the start: those of the files must be those that the database knows.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forprev_domain::calendrier::Moment;
use forprev_store::cles::{self, ClePublique, Emploi};
use forprev_store::journal::{self, Entree};
use forprev_store::{Db, StoreError};

use super::{CleDesEnonces, CleDuSceau, CleRefusee, Publiques, Trousseau, dossier, pem};
use crate::commandes::{Phrase, sentence};
use crate::config::Config;
use crate::security;

/// The public half of a key, as the database and the world know it.
struct Publique {
    emploi: Emploi,
    empreinte: String,
    texte: String,
}

impl Publique {
    fn du_sceau(cle: &CleDuSceau) -> Self {
        let certificats = cle.chaine().certificats();
        let empreinte = security::digest(&certificats[0]);
        Self { emploi: Emploi::Sceau, empreinte, texte: pem::certificats(certificats) }
    }

    fn des_enonces(cle: &CleDesEnonces) -> Self {
        let texte = URL_SAFE_NO_PAD.encode(cle.publique());
        Self { emploi: Emploi::Enonces, empreinte: security::digest(cle.publique()), texte }
    }
}

/// The keys of this installation: made at the first start, read at the others, and the same on every instance.
///
/// # Errors
/// A sentence that names the file: it cannot be read, or it is not the key that the database knows.
pub fn ouvrir(config: &Config, db: &Db, moment: Moment) -> Result<Trousseau, Phrase> {
    let connues = db.read(cles::toutes).map_err(|cause: StoreError| sentence(&cause))?;
    for emploi in [Emploi::Sceau, Emploi::Enonces] {
        match courante(&connues, emploi) {
            Some(connue) if !dossier::existe(config, emploi) => {
                return Err(absente(config, emploi, connue));
            }
            Some(_) => {}
            None => dossier::amorcer(config, emploi, moment.aujourdhui)?,
        }
    }
    let trousseau = Trousseau { sceau: dossier::sceau(config)?, enonces: dossier::enonces(config)? };
    reconnaitre(config, db, &trousseau, moment)?;
    let connues = db.read(cles::toutes).map_err(|cause: StoreError| sentence(&cause))?;
    dossier::publier(config, &Publiques::de(&connues).json())?;
    Ok(trousseau)
}

/// New keys, which are written in no file: for the demonstration and for tests.
///
/// # Errors
/// A sentence when the database does not answer.
pub fn ephemere(config: &Config, db: &Db, moment: Moment) -> Result<Trousseau, Phrase> {
    let impossible = |raison: CleRefusee| format!("La clé {raison}.");
    let (sceau, _) = CleDuSceau::nouvelle(config.service(), moment.aujourdhui).map_err(impossible)?;
    let (enonces, _) = CleDesEnonces::nouvelle().map_err(impossible)?;
    let trousseau = Trousseau { sceau, enonces };
    reconnaitre(config, db, &trousseau, moment)?;
    Ok(trousseau)
}

/// Makes these keys known when there were none, both or neither; refuses them when there are others.
fn reconnaitre(config: &Config, db: &Db, trousseau: &Trousseau, moment: Moment) -> Result<(), Phrase> {
    let ici = [Publique::du_sceau(&trousseau.sceau), Publique::des_enonces(&trousseau.enonces)];
    let declarer = || {
        db.write(|tx| {
            let connues = cles::toutes(tx)?;
            let connue = |cle: &Publique| courante(&connues, cle.emploi);
            let autre = |cle: &&Publique| connue(cle).is_some_and(|autre| autre.empreinte != cle.empreinte);
            if let Some(ici) = ici.iter().find(autre) {
                return Ok(connue(ici).map(|connue| (ici, connue.clone())));
            }
            for ici in ici.iter().filter(|ici| connue(ici).is_none()) {
                cles::declarer(tx, ici.emploi, &ici.empreinte, &ici.texte, moment.instant)?;
            }
            Ok(None)
        })
    };
    let autre = match declarer() {
        // Another instance declared its own at the same time: they are known by now.
        Err(StoreError::Contrainte { .. }) => declarer(),
        issue => issue,
    };
    match autre.map_err(|cause: StoreError| sentence(&cause))? {
        Some((ici, connue)) => Err(differente(config, ici, &connue)),
        None => Ok(()),
    }
}

/// Changes a key: for that of the file that the settings name, or for a new one. The old one stays published.
/// Returns the file of the key now in use.
///
/// # Errors
/// A sentence: the file cannot be read or written, or its key is in use already.
pub fn renouveler(config: &Config, db: &Db, emploi: Emploi, moment: Moment) -> Result<PathBuf, Phrase> {
    let neuve = match dossier::configure(config, emploi) {
        Some(_) => None,
        None => Some(dossier::preparer(config, emploi, moment.aujourdhui)?),
    };
    let ici = match (emploi, &neuve) {
        (Emploi::Sceau, Some(neuve)) => {
            CleDuSceau::de_pem(neuve.texte.as_bytes()).map(|c| Publique::du_sceau(&c))
        }
        (Emploi::Enonces, Some(neuve)) => {
            CleDesEnonces::de_pem(neuve.texte.as_bytes()).map(|c| Publique::des_enonces(&c))
        }
        (Emploi::Sceau, None) => Ok(Publique::du_sceau(&dossier::sceau(config)?)),
        (Emploi::Enonces, None) => Ok(Publique::des_enonces(&dossier::enonces(config)?)),
    };
    let ici = ici.map_err(|raison| dossier::phrase(config, emploi, raison))?;
    let connues = db.write(|tx| {
        let deja = courante(&cles::toutes(tx)?, emploi).is_some_and(|c| c.empreinte == ici.empreinte);
        if deja {
            return Ok(None);
        }
        cles::retirer(tx, emploi, moment.instant)?;
        cles::declarer(tx, emploi, &ici.empreinte, &ici.texte, moment.instant)?;
        journal::inscrire(tx, &entree(moment, emploi, &ici))?;
        cles::toutes(tx).map(Some)
    });
    let Some(connues) = connues.map_err(|cause: StoreError| sentence(&cause))? else {
        return Err(format!(
            "{} contient la clé déjà en service : rien n’a changé.",
            dossier::sujet(config, emploi)
        ));
    };
    if let Some(neuve) = neuve {
        neuve.poser(config)?;
    }
    dossier::publier(config, &Publiques::de(&connues).json())?;
    Ok(dossier::chemin(config, emploi))
}

fn entree(moment: Moment, emploi: Emploi, cle: &Publique) -> Entree {
    Entree {
        le: moment.instant,
        par: None,
        instance: "commande".to_owned(),
        acte: "cle.renouvelee".to_owned(),
        objet: format!("{}:{}", emploi.code(), court(&cle.empreinte)),
        avant: None,
        apres: None,
    }
}

fn courante(connues: &[ClePublique], emploi: Emploi) -> Option<&ClePublique> {
    connues.iter().find(|cle| cle.emploi == emploi && cle.retiree_le.is_none())
}

/// Enough of a digest for people to compare.
fn court(empreinte: &str) -> &str {
    empreinte.get(..16).unwrap_or(empreinte)
}

/// « la clé du sceau »
fn laquelle(emploi: Emploi) -> &'static str {
    match emploi {
        Emploi::Sceau => "la clé du sceau",
        Emploi::Enonces => "la clé des énoncés",
    }
}

fn absente(config: &Config, emploi: Emploi, connue: &ClePublique) -> Phrase {
    format!(
        "{} n’existe pas, alors que cette installation a déjà {} (empreinte {}). Remettez-le depuis la sauvegarde ou \
         depuis une autre instance ; s’il est perdu, changez de clé : forprev cles renouveler {}.",
        dossier::sujet(config, emploi),
        laquelle(emploi),
        court(&connue.empreinte),
        emploi.code()
    )
}

fn differente(config: &Config, ici: &Publique, connue: &ClePublique) -> Phrase {
    format!(
        "{} ne contient pas {} de cette installation (empreinte {} au lieu de {}). Toutes les instances ont la même : \
         copiez-y le fichier d’une autre, ou, pour changer de clé : forprev cles renouveler {}.",
        dossier::sujet(config, ici.emploi),
        laquelle(ici.emploi),
        court(&ici.empreinte),
        court(&connue.empreinte),
        ici.emploi.code()
    )
}
