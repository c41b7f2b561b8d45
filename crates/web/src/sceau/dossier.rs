//! The files of the keys: `cles/` in the data folder, or what the settings name.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use forprev_store::cles::Emploi;
use jiff::civil::Date;

use super::{CleDesEnonces, CleDuSceau, CleRefusee};
use crate::aleas;
use crate::commandes::Phrase;
use crate::config::Config;

/// Where the file of a key is.
pub(super) fn chemin(config: &Config, emploi: Emploi) -> PathBuf {
    configure(config, emploi).map_or_else(|| dossier(config).join(nom(emploi)), Path::to_path_buf)
}

/// Where the public keys are kept for `forprev verifier`.
#[must_use]
pub fn chemin_des_publiques(config: &Config) -> PathBuf {
    dossier(config).join("publiques.json")
}

/// The files of keys that others than their owner may read, each in a sentence that says how to mend it.
#[must_use]
pub fn trop_ouverts(config: &Config) -> Vec<Phrase> {
    let ouvert = |emploi: &Emploi| {
        let lu = fs::metadata(chemin(config, *emploi));
        lu.is_ok_and(|lu| lu.permissions().mode() & 0o077 != 0)
    };
    let ouverts = [Emploi::Sceau, Emploi::Enonces].into_iter().filter(ouvert);
    ouverts
        .map(|emploi| {
            format!("{} se lit par d’autres que son propriétaire : chmod 600.", sujet(config, emploi))
        })
        .collect()
}

/// What the settings name, when they name a file.
pub(super) fn configure(config: &Config, emploi: Emploi) -> Option<&Path> {
    match emploi {
        Emploi::Sceau => config.sceau_fichier.as_deref(),
        Emploi::Enonces => config.enonces_fichier.as_deref(),
    }
}

fn nom(emploi: Emploi) -> &'static str {
    match emploi {
        Emploi::Sceau => "sceau.pem",
        Emploi::Enonces => "enonces.pem",
    }
}

fn dossier(config: &Config) -> PathBuf {
    config.data_dir.join("cles")
}

/// Whether there is a file for this key.
pub(super) fn existe(config: &Config, emploi: Emploi) -> bool {
    chemin(config, emploi).exists()
}

/// Makes a key where there is none; when two processes do so at once, both end with the same one.
///
/// # Errors
/// A sentence when the folder cannot be written.
pub(super) fn amorcer(config: &Config, emploi: Emploi, aujourdhui: Date) -> Result<(), Phrase> {
    if configure(config, emploi).is_some() || existe(config, emploi) {
        return Ok(());
    }
    let chemin = chemin(config, emploi);
    let brouillon = ecrire(config, &nouvelle(config, emploi, aujourdhui)?)?;
    let pose = fs::hard_link(&brouillon, &chemin);
    drop(fs::remove_file(&brouillon));
    match pose {
        Err(cause) if cause.kind() != ErrorKind::AlreadyExists => Err(impossible(&chemin, &cause)),
        Ok(()) | Err(_) => graver(config),
    }
}

/// Writes a new key in the place of the old one; until [`Neuve::poser`], nothing has changed.
///
/// # Errors
/// A sentence when the folder cannot be written.
pub(super) fn preparer(config: &Config, emploi: Emploi, aujourdhui: Date) -> Result<Neuve, Phrase> {
    let texte = nouvelle(config, emploi, aujourdhui)?;
    Ok(Neuve { brouillon: ecrire(config, &texte)?, chemin: chemin(config, emploi), texte })
}

/// A new key that is not in its place yet.
pub(super) struct Neuve {
    brouillon: PathBuf,
    chemin: PathBuf,
    /// Its file.
    pub(super) texte: String,
}

impl Neuve {
    /// Puts it in its place, at once and whole.
    pub(super) fn poser(self, config: &Config) -> Result<(), Phrase> {
        fs::rename(&self.brouillon, &self.chemin).map_err(|cause| impossible(&self.chemin, &cause))?;
        graver(config)
    }
}

fn nouvelle(config: &Config, emploi: Emploi, aujourdhui: Date) -> Result<String, Phrase> {
    let texte = match emploi {
        Emploi::Sceau => CleDuSceau::nouvelle(config.service(), aujourdhui).map(|(_, texte)| texte),
        Emploi::Enonces => CleDesEnonces::nouvelle().map(|(_, texte)| texte),
    };
    texte.map_err(|raison| phrase(config, emploi, raison))
}

/// Writes a secret under a name of its own, for its owner's eyes only, down to the disk.
fn ecrire(config: &Config, texte: &str) -> Result<PathBuf, Phrase> {
    let dossier = dossier(config);
    let brouillon = dossier.join(format!(".{:016x}", aleas::tirage()));
    let fait = fs::create_dir_all(&config.data_dir).and_then(|()| {
        match fs::DirBuilder::new().mode(0o700).create(&dossier) {
            Err(cause) if cause.kind() != ErrorKind::AlreadyExists => return Err(cause),
            Ok(()) | Err(_) => {}
        }
        let mut fichier = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&brouillon)?;
        fichier.write_all(texte.as_bytes())?;
        fichier.sync_all()
    });
    fait.map(|()| brouillon).map_err(|cause| impossible(&dossier, &cause))
}

/// The names of the folder, down to the disk.
fn graver(config: &Config) -> Result<(), Phrase> {
    let dossier = dossier(config);
    fs::File::open(&dossier).and_then(|d| d.sync_all()).map_err(|cause| impossible(&dossier, &cause))
}

/// Keeps the public keys beside the others, for `forprev verifier`.
///
/// # Errors
/// A sentence when the folder cannot be written.
pub(super) fn publier(config: &Config, texte: &str) -> Result<(), Phrase> {
    let chemin = chemin_des_publiques(config);
    let brouillon = ecrire(config, texte)?;
    fs::rename(&brouillon, &chemin).map_err(|cause| impossible(&chemin, &cause))
}

/// Reads the key of the seal: PEM, or PKCS#12 with the password of the settings.
///
/// # Errors
/// A sentence that names the file and says what is wrong with it.
pub(super) fn sceau(config: &Config) -> Result<CleDuSceau, Phrase> {
    let fichier = lire(config, Emploi::Sceau)?;
    let lue = if fichier.windows(5).any(|mot| mot == b"-----") {
        CleDuSceau::de_pem(&fichier)
    } else {
        CleDuSceau::de_pkcs12(&fichier, config.sceau_mot_de_passe.as_deref().unwrap_or_default())
    };
    lue.map_err(|raison| phrase(config, Emploi::Sceau, raison))
}

/// Reads the key of the statements.
///
/// # Errors
/// As [`sceau`].
pub(super) fn enonces(config: &Config) -> Result<CleDesEnonces, Phrase> {
    let lue = CleDesEnonces::de_pem(&lire(config, Emploi::Enonces)?);
    lue.map_err(|raison| phrase(config, Emploi::Enonces, raison))
}

fn lire(config: &Config, emploi: Emploi) -> Result<Vec<u8>, Phrase> {
    fs::read(chemin(config, emploi))
        .map_err(|cause| format!("{} ne se lit pas : {cause}.", sujet(config, emploi)))
}

/// « FORPREV_SCEAU_FICHIER : le fichier /… », or the file alone when no setting names it.
pub(super) fn sujet(config: &Config, emploi: Emploi) -> String {
    let reglage = match emploi {
        Emploi::Sceau => "FORPREV_SCEAU_FICHIER : le",
        Emploi::Enonces => "FORPREV_ENONCES_FICHIER : le",
    };
    let debut = if configure(config, emploi).is_some() { reglage } else { "Le" };
    format!("{debut} fichier {}", chemin(config, emploi).display())
}

pub(super) fn phrase(config: &Config, emploi: Emploi, raison: CleRefusee) -> Phrase {
    format!("{} {raison}.", sujet(config, emploi))
}

fn impossible(chemin: &Path, cause: &std::io::Error) -> Phrase {
    format!("FORPREV_DATA_DIR : impossible d’écrire dans {} : {cause}.", chemin.display())
}
