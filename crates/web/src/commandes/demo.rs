//! `forprev demo`: invented people and sessions around today, in a database that does not last.

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};

use super::serve::{bind, serve};
use super::{Phrase, phrase};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo;

/// How many ports are tried after the one asked for.
const PORTS: u16 = 9;

/// Tells the story, says where it is to be seen, and serves until it is told to stop.
///
/// # Errors
/// A sentence, when no port is free or the folder cannot be made.
pub fn run(mut config: Config) -> Result<(), Phrase> {
    let voulue = config.listen;
    let listener = first_free(voulue)?;
    let prise =
        listener.local_addr().map_err(|cause| format!("Le programme ne peut pas démarrer : {cause}."))?;
    if config.public_url == format!("http://{voulue}") {
        config.public_url = format!("http://{prise}");
    }
    config.listen = prise;
    if voulue.port() != 0 && voulue != prise {
        eprintln!(
            "Le port {} est déjà pris : la démonstration prend le port {}.",
            voulue.port(),
            prise.port()
        );
    }
    let demo = demo::ouvrir(config, Clock::Machine).map_err(|error| phrase(&error))?;
    println!("{}", accueil(&demo.app));
    serve(demo.app.clone(), listener)
}

/// The address asked for, or the first of the next ports that is free.
fn first_free(voulue: SocketAddr) -> Result<TcpListener, Phrase> {
    let derniere = voulue.port().saturating_add(PORTS);
    for port in voulue.port()..=derniere {
        match bind(SocketAddr::new(voulue.ip(), port)) {
            Ok(listener) => return Ok(listener),
            Err(cause) if cause.kind() == ErrorKind::AddrInUse => {}
            Err(cause) => {
                return Err(format!("FORPREV_LISTEN : impossible d’écouter sur {voulue} : {cause}."));
            }
        }
    }
    Err(format!(
        "Les ports {} à {derniere} sont tous pris : choisissez-en un autre avec --listen, par exemple --listen 127.0.0.1:9090.",
        voulue.port()
    ))
}

/// The address, the people, and that nothing is kept.
fn accueil(app: &App) -> String {
    let mut texte = format!(
        "Démonstration de Forprev : {}/demonstration\n\nPersonnes inventées, sans mot de passe :\n",
        app.config.public_url
    );
    for persona in &app.personas {
        // Writing to a text does not fail.
        let _ = writeln!(texte, "  {}  {:<15} {}", persona.numero, persona.nom, persona.qualite);
    }
    texte.push_str("\nRien n’est conservé : tout disparaît à l’arrêt du programme (Ctrl-C).");
    texte
}
