//! The command line: reads the words and the settings, hands over to one file a command.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::commandes;
use crate::config::{Config, Values};

/// Déclaration des sessions de certification, du premier brouillon au certificat.
#[derive(Debug, Parser)]
#[command(name = "forprev", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    reglages: Reglages,
    #[command(subcommand)]
    commande: Commande,
}

/// Réglages, plus forts que le fichier et que les variables d’environnement.
#[derive(Debug, Args)]
struct Reglages {
    /// Fichier de réglages TOML
    #[arg(long, global = true, value_name = "FICHIER")]
    config: Option<PathBuf>,
    /// Base de données : sqlite://chemin ou postgres://…
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Adresse d’écoute
    #[arg(long, global = true, value_name = "ADRESSE:PORT")]
    listen: Option<String>,
    /// Adresse publique du site
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// Dossier des données et des clés
    #[arg(long, global = true, value_name = "DOSSIER")]
    data_dir: Option<String>,
    /// Niveau de détail du journal technique
    #[arg(long, global = true, value_name = "FILTRE")]
    log: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Commande {
    /// Montre le service avec des personnes et des sessions inventées, sans rien conserver
    Demo,
    /// Met la base à jour, puis sert les pages et l’interface
    Serve,
    /// Met la base à jour, une fois
    Migrate,
    /// Supprime une fois ce qui doit l’être
    Sweep,
    /// Ouvre l’accès d’un administrateur du réseau
    Administrateur {
        #[command(subcommand)]
        action: ActionAdministrateur,
    },
    /// Jetons de l’interface de programmation
    Jeton {
        #[command(subcommand)]
        action: ActionJeton,
    },
    /// Clés qui scellent les fichiers et signent les codes
    Cles {
        #[command(subcommand)]
        action: ActionCles,
    },
    /// Vérifie un certificat sans registre ni réseau : sceau du fichier, énoncé du code
    Verifier(commandes::verifier::Quoi),
    /// Copie la base SQLite dans un fichier, sans arrêter le service
    Backup {
        /// Fichier à créer
        fichier: PathBuf,
    },
    /// Copie toute la base dans une base vide de l’autre moteur, et vérifie la copie
    Copier {
        /// Base d’arrivée : sqlite://chemin ou postgres://…
        #[arg(long, value_name = "URL")]
        vers: String,
    },
}

#[derive(Debug, Subcommand)]
enum ActionAdministrateur {
    /// Crée l’accès, affiche le numéro et un lien d’activation
    Creer(commandes::administrateur::Qui),
}

#[derive(Debug, Subcommand)]
enum ActionJeton {
    /// Crée un jeton et l’affiche, une seule fois
    Creer(commandes::jeton::Pour),
}

#[derive(Debug, Subcommand)]
enum ActionCles {
    /// Affiche les clés en service et celles qui l’ont été
    Lister,
    /// Change de clé ; l’ancienne reste publiée
    Renouveler {
        /// Celle qui change
        laquelle: commandes::cles::Laquelle,
    },
}

/// Runs the program: 0 when all went well, 1 for a failure, 2 for a wrong use.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let flags: Values = [
        ("FORPREV_DATABASE_URL", cli.reglages.database_url),
        ("FORPREV_LISTEN", cli.reglages.listen),
        ("FORPREV_PUBLIC_URL", cli.reglages.public_url),
        ("FORPREV_DATA_DIR", cli.reglages.data_dir),
        ("FORPREV_LOG", cli.reglages.log),
    ]
    .into_iter()
    .filter_map(|(nom, valeur)| Some((nom.to_owned(), valeur?)))
    .collect();
    let config = match Config::load(cli.reglages.config.as_deref(), flags) {
        Ok(config) => config,
        Err(phrase) => {
            eprintln!("{phrase}");
            return ExitCode::from(2);
        }
    };
    if let Err(phrase) = commandes::start_log(&config) {
        eprintln!("{phrase}");
        return ExitCode::from(2);
    }
    if let Commande::Copier { vers } = &cli.commande
        && let Err(phrase) = commandes::copier::adresses(&config, vers)
    {
        eprintln!("{phrase}");
        return ExitCode::from(2);
    }
    let done = match cli.commande {
        Commande::Demo => commandes::demo::run(config),
        Commande::Serve => commandes::serve::run(config),
        Commande::Migrate => commandes::migrate::run(&config),
        Commande::Sweep => commandes::sweep::run(&config),
        Commande::Administrateur { action: ActionAdministrateur::Creer(qui) } => {
            commandes::administrateur::run(&config, qui)
        }
        Commande::Jeton { action: ActionJeton::Creer(pour) } => commandes::jeton::run(&config, &pour),
        Commande::Cles { action: ActionCles::Lister } => commandes::cles::lister(&config),
        Commande::Cles { action: ActionCles::Renouveler { laquelle } } => {
            commandes::cles::renouveler(&config, laquelle)
        }
        Commande::Verifier(quoi) => commandes::verifier::run(&config, &quoi),
        Commande::Backup { fichier } => commandes::backup::run(&config, &fichier),
        Commande::Copier { vers } => commandes::copier::run(&config, &vers),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(phrase) => {
            eprintln!("{phrase}");
            ExitCode::FAILURE
        }
    }
}
