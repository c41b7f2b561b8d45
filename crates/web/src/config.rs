//! The settings: environment variables, one TOML file with the same names, flags; in that order
//! of rising strength. A wrong one stops the start with a sentence that names it.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use forprev_domain::certificat::Signataire;
use forprev_domain::identite::Email;
use forprev_domain::theme::{Couleur, Logo};

mod theme;

/// Every setting that the program knows, with what is taken when nobody sets it.
const CONNUS: [(&str, Option<&str>); 20] = [
    ("FORPREV_DATABASE_URL", Some("sqlite://data/forprev.db")),
    ("FORPREV_LISTEN", Some("127.0.0.1:8080")),
    ("FORPREV_PUBLIC_URL", None),
    ("FORPREV_DATA_DIR", Some("data")),
    ("FORPREV_SMTP_URL", None),
    ("FORPREV_SMTP_EXPEDITEUR", None),
    ("FORPREV_LOG", Some("info")),
    ("FORPREV_LOG_FORMAT", Some("texte")),
    ("FORPREV_SERVICE_NOM", None),
    ("FORPREV_SIGNATAIRE_FONCTION", None),
    ("FORPREV_SIGNATAIRE_NOM", None),
    ("FORPREV_COULEUR", None),
    ("FORPREV_LOGO", None),
    ("FORPREV_CORRECTIONS", Some("oui")),
    ("FORPREV_SCEAU_FICHIER", None),
    ("FORPREV_SCEAU_MOT_DE_PASSE", None),
    ("FORPREV_ENONCES_FICHIER", None),
    ("FORPREV_HORODATAGE", None),
    ("FORPREV_THEME_DIR", None),
    ("FORPREV_PROXIES", None),
];

/// The settings of a running program, read and checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the database is: `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address that people use, without a slash at its end; links in mails are made of it.
    pub public_url: String,
    /// Folder of keys and of the default database.
    pub data_dir: PathBuf,
    /// Mail server; none: mails stay in the outbox.
    pub smtp_url: Option<String>,
    /// Address that mails come from; none: one of the site's name that nobody reads.
    pub expediteur: Option<String>,
    /// Filter of the log.
    pub log: String,
    /// Whether the log is written as JSON.
    pub log_json: bool,
    /// Name of the issuing service; without it every certificate is a SPÉCIMEN.
    pub service_nom: Option<String>,
    /// Who signs the certificates for the service.
    pub signataire: Option<Signataire>,
    /// Colour of the certificates; none: the one that the program comes with.
    pub couleur: Option<Couleur>,
    /// Picture beside the name of the service on the certificates.
    pub logo: Option<Logo>,
    /// Whether a misspelt identity may be corrected once certificates are issued (R5b).
    pub corrections: bool,
    /// File of the key that seals, PEM or PKCS#12; none: one is made in the data folder.
    pub sceau_fichier: Option<PathBuf>,
    /// Password of that file, when it is PKCS#12.
    pub sceau_mot_de_passe: Option<String>,
    /// File of the Ed25519 key that signs what codes say, PEM; none: one is made in the data folder.
    pub enonces_fichier: Option<PathBuf>,
    /// Address of the authority that stamps seals with the time (RFC 3161); none: they say their own.
    pub horodatage: Option<String>,
    /// Folder of the theme, when the installation has one.
    pub theme_dir: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Whether this is `forprev demo`.
    pub demo: bool,
}

/// What certificates print of who issues them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emetteur {
    /// Name of the issuing service.
    pub nom: String,
    /// Whether « SPÉCIMEN » stands across the page.
    pub specimen: bool,
    /// Who signs for it.
    pub signataire: Option<Signataire>,
    /// Colour of titles and ornament.
    pub couleur: Option<Couleur>,
    /// Picture beside the name.
    pub logo: Option<Logo>,
    /// Address of the page that verifies, in words.
    pub adresse_verification: String,
    /// Address of the notice on personal data, in words.
    pub adresse_donnees: String,
}

/// A setting that cannot be used, as a French sentence that names it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WrongSetting(String);

fn wrong<T>(phrase: impl Into<String>) -> Result<T, WrongSetting> {
    Err(WrongSetting(phrase.into()))
}

/// Values by name, before they are checked.
pub type Values = BTreeMap<String, String>;

impl Config {
    /// Reads the environment, then the file, then what the flags say, and checks the whole.
    ///
    /// # Errors
    /// The first setting that is unknown or cannot be used, or a file that cannot be read.
    pub fn load(fichier: Option<&Path>, flags: Values) -> Result<Self, WrongSetting> {
        let mut values = Values::new();
        for (nom, _) in CONNUS {
            match std::env::var(nom) {
                Ok(valeur) if !valeur.is_empty() => {
                    values.insert(nom.to_owned(), valeur);
                }
                Ok(_) | Err(std::env::VarError::NotPresent) => {}
                Err(std::env::VarError::NotUnicode(_)) => {
                    return wrong(format!("{nom} n’est pas un texte UTF-8."));
                }
            }
        }
        if let Some(chemin) = fichier {
            values.extend(read_file(chemin)?);
        }
        values.extend(flags);
        Self::check(&values)
    }

    /// Checks values by name; those not given take their default.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn check(values: &Values) -> Result<Self, WrongSetting> {
        let get = |nom: &str| {
            let defaut = CONNUS.iter().find(|(connu, _)| *connu == nom).and_then(|(_, d)| *d);
            values.get(nom).map(String::as_str).or(defaut).map(str::to_owned)
        };
        let database_url = get("FORPREV_DATABASE_URL").unwrap_or_default();
        if !["sqlite://", "postgres://", "postgresql://"].iter().any(|p| database_url.starts_with(p)) {
            return wrong(
                "FORPREV_DATABASE_URL doit commencer par sqlite:// ou par postgres://, \
                 par exemple sqlite://data/forprev.db.",
            );
        }
        let listen = get("FORPREV_LISTEN").unwrap_or_default();
        let Ok(listen) = listen.parse::<SocketAddr>() else {
            return wrong(format!(
                "FORPREV_LISTEN vaut « {listen} » : il faut une adresse et un port, \
                 par exemple 127.0.0.1:8080."
            ));
        };
        let public_url = public_url(get("FORPREV_PUBLIC_URL"), listen)?;
        let smtp_url = get("FORPREV_SMTP_URL");
        if smtp_url.as_ref().is_some_and(|u| !u.starts_with("smtp://") && !u.starts_with("smtps://")) {
            return wrong("FORPREV_SMTP_URL doit commencer par smtp:// ou par smtps://.");
        }
        let horodatage = get("FORPREV_HORODATAGE");
        let hote = |u: &str| {
            let hote = u.strip_prefix("http://").or_else(|| u.strip_prefix("https://"));
            hote.is_some_and(|hote| !hote.is_empty() && !hote.starts_with('/'))
        };
        if horodatage.as_deref().is_some_and(|u| !hote(u)) {
            return wrong(
                "FORPREV_HORODATAGE doit être une adresse qui commence par http:// ou par https://.",
            );
        }
        let expediteur = get("FORPREV_SMTP_EXPEDITEUR");
        if expediteur.as_deref().is_some_and(|adresse| Email::parse(adresse).is_err()) {
            return wrong("FORPREV_SMTP_EXPEDITEUR doit être une adresse, par exemple forprev@exemple.fr.");
        }
        let log_json = match get("FORPREV_LOG_FORMAT").as_deref() {
            None | Some("texte") => false,
            Some("json") => true,
            Some(autre) => {
                return wrong(format!("FORPREV_LOG_FORMAT vaut « {autre} » : il faut texte ou json."));
            }
        };
        let signataire = match (get("FORPREV_SIGNATAIRE_FONCTION"), get("FORPREV_SIGNATAIRE_NOM")) {
            (Some(fonction), Some(nom)) => Some(Signataire { fonction, nom }),
            (None, None) => None,
            (Some(_), None) => {
                return wrong(
                    "FORPREV_SIGNATAIRE_NOM manque : la fonction du signataire est donnée sans son nom.",
                );
            }
            (None, Some(_)) => {
                return wrong(
                    "FORPREV_SIGNATAIRE_FONCTION manque : le nom du signataire est donné sans sa fonction.",
                );
            }
        };
        let corrections = match get("FORPREV_CORRECTIONS").as_deref() {
            None | Some("oui") => true,
            Some("non") => false,
            Some(autre) => {
                return wrong(format!("FORPREV_CORRECTIONS vaut « {autre} » : il faut oui ou non."));
            }
        };
        let theme_dir = get("FORPREV_THEME_DIR").map(PathBuf::from);
        if let Some(dossier) = theme_dir.as_ref().filter(|d| !d.is_dir()) {
            return wrong(format!("FORPREV_THEME_DIR : le dossier {} n’existe pas.", dossier.display()));
        }
        Ok(Self {
            database_url,
            listen,
            public_url,
            data_dir: get("FORPREV_DATA_DIR").map_or_else(|| "data".into(), PathBuf::from),
            smtp_url,
            expediteur,
            log: get("FORPREV_LOG").unwrap_or_default(),
            log_json,
            service_nom: get("FORPREV_SERVICE_NOM").map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()),
            signataire,
            couleur: theme::couleur(get("FORPREV_COULEUR"))?,
            logo: theme::logo(get("FORPREV_LOGO"))?,
            corrections,
            sceau_fichier: get("FORPREV_SCEAU_FICHIER").map(PathBuf::from),
            sceau_mot_de_passe: get("FORPREV_SCEAU_MOT_DE_PASSE"),
            enonces_fichier: get("FORPREV_ENONCES_FICHIER").map(PathBuf::from),
            horodatage,
            theme_dir,
            proxies: proxies(get("FORPREV_PROXIES"))?,
            demo: false,
        })
    }

    /// Whether people reach the program through https.
    #[must_use]
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whether certificates bear « SPÉCIMEN »: in the demonstration, and until the operator has
    /// named the issuing service.
    #[must_use]
    pub fn specimen(&self) -> bool {
        self.demo || self.service_nom.is_none()
    }

    /// What certificates print of who issues them; addresses without scheme are in `https`.
    #[must_use]
    pub fn emetteur(&self) -> Emetteur {
        let adresse = self.public_url.strip_prefix("https://").unwrap_or(&self.public_url);
        Emetteur {
            nom: self.service().to_owned(),
            specimen: self.specimen(),
            signataire: self.signataire.clone(),
            couleur: self.couleur,
            logo: self.logo.clone(),
            adresse_verification: format!("{adresse}/verifier"),
            adresse_donnees: format!("{adresse}/donnees-personnelles"),
        }
    }

    /// The name of the issuing service, or the program's own.
    #[must_use]
    pub fn service(&self) -> &str {
        self.service_nom.as_deref().unwrap_or("Forprev")
    }
}

fn read_file(chemin: &Path) -> Result<Values, WrongSetting> {
    let texte = match std::fs::read_to_string(chemin) {
        Ok(texte) => texte,
        Err(cause) => {
            return wrong(format!("Le fichier de réglages {} ne se lit pas : {cause}.", chemin.display()));
        }
    };
    let table: toml::Table = match texte.parse() {
        Ok(table) => table,
        Err(cause) => {
            return wrong(format!("Le fichier de réglages {} n’est pas du TOML : {cause}", chemin.display()));
        }
    };
    let mut values = Values::new();
    for (nom, valeur) in table {
        if !CONNUS.iter().any(|(connu, _)| *connu == nom) {
            return wrong(format!("Le fichier {} contient un réglage inconnu : {nom}.", chemin.display()));
        }
        let toml::Value::String(valeur) = valeur else {
            return wrong(format!("{nom} doit être un texte entre guillemets dans {}.", chemin.display()));
        };
        values.insert(nom, valeur);
    }
    Ok(values)
}

/// The public address without its final slash; on the listening address when nobody sets it.
fn public_url(donnee: Option<String>, listen: SocketAddr) -> Result<String, WrongSetting> {
    let Some(url) = donnee else {
        return Ok(format!("http://{listen}"));
    };
    let url = url.trim_end_matches('/').to_owned();
    let hote = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match hote {
        Some(hote) if !hote.is_empty() && !hote.contains(['/', '?', '#', ' ', '@']) => Ok(url),
        _ => wrong(format!(
            "FORPREV_PUBLIC_URL vaut « {url} » : il faut l’adresse du site sans chemin, \
             par exemple https://forprev.example."
        )),
    }
}

fn proxies(donnes: Option<String>) -> Result<Vec<IpAddr>, WrongSetting> {
    let mut adresses = Vec::new();
    for texte in donnes.as_deref().unwrap_or("").split([',', ' ']).filter(|t| !t.is_empty()) {
        match texte.parse() {
            Ok(adresse) => adresses.push(adresse),
            Err(_) => return wrong(format!("FORPREV_PROXIES : « {texte} » n’est pas une adresse IP.")),
        }
    }
    Ok(adresses)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[(&str, &str)]) -> Result<Config, String> {
        let values = values.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Config::check(&values).map_err(|e| e.to_string())
    }

    #[test]
    fn sans_reglage_tout_a_une_valeur() {
        let config = check(&[]).expect("defaults");
        assert_eq!(config.database_url, "sqlite://data/forprev.db");
        assert_eq!(config.public_url, "http://127.0.0.1:8080");
        assert!(config.specimen());
        assert!(!config.https());
    }

    #[test]
    fn un_reglage_faux_est_nomme() {
        for (nom, valeur) in [
            ("FORPREV_DATABASE_URL", "mysql://x"),
            ("FORPREV_LISTEN", "8080"),
            ("FORPREV_PUBLIC_URL", "forprev.example"),
            ("FORPREV_PUBLIC_URL", "https://forprev.example/chemin"),
            ("FORPREV_SMTP_URL", "mail.example"),
            ("FORPREV_SMTP_EXPEDITEUR", "forprev"),
            ("FORPREV_HORODATAGE", "horodatage.example"),
            ("FORPREV_HORODATAGE", "http://"),
            ("FORPREV_LOG_FORMAT", "xml"),
            ("FORPREV_SIGNATAIRE_FONCTION", "la directrice"),
            ("FORPREV_CORRECTIONS", "parfois"),
            ("FORPREV_THEME_DIR", "/nulle/part"),
            ("FORPREV_COULEUR", "pétrole"),
            ("FORPREV_COULEUR", "#7fb0b4"),
            ("FORPREV_LOGO", "/nulle/part.png"),
            ("FORPREV_PROXIES", "10.0.0.300"),
        ] {
            let phrase = check(&[(nom, valeur)]).expect_err(nom);
            let famille = nom.rsplit_once('_').map_or(nom, |(avant, _)| avant);
            assert!(phrase.contains(famille), "{phrase}");
        }
    }

    #[test]
    fn un_service_nomme_n_est_plus_un_specimen() {
        let config =
            check(&[("FORPREV_SERVICE_NOM", "Réseau d’essai"), ("FORPREV_PUBLIC_URL", "https://f.example/")])
                .expect("settings");
        assert!(!config.specimen());
        assert_eq!(config.public_url, "https://f.example");
    }
}
