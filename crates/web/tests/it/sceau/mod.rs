//! Keys, seals and statements: made here, checked by others.

mod cles;
mod commande;
mod enonces;
mod fichiers;
mod horodatage;
mod mille;

use std::path::PathBuf;
use std::process::Command;

use forprev_domain::certificat::Certificat;
use forprev_domain::dispositif::Niveau;
use forprev_domain::utilisateur::Profil;

use forprev_web::sceau::Publiques;
use forprev_web::sessions::generation::generer;

use crate::app::App;
use crate::chaine::Chaine;

/// Certificates for these people, generated.
async fn emis(app: &App, niveau: Niveau, groupe: &[&str]) -> Vec<Certificat> {
    let chaine = Chaine::new(app).await;
    let alix = app.personne("Alix", &[Profil::Gestionnaire { compte: chaine.compte }]).await;
    let session = chaine.a_traiter(&alix, niveau, groupe).await;
    let demande = chaine.demande(&alix).await;
    app.write(move |tx| Ok(generer(tx, &demande, session.id, None)?.certificats)).await
}

/// The public keys that this program publishes.
async fn publiques(app: &App) -> Publiques {
    app.write(|tx| Ok(Publiques::de(&forprev_store::cles::toutes(tx)?))).await
}

/// A folder of its own, gone at the end.
struct Dossier(PathBuf);

impl Dossier {
    fn nouveau() -> Self {
        let chemin =
            std::env::temp_dir().join(format!("forprev-sceau-{:016x}", forprev_web::aleas::tirage()));
        std::fs::create_dir(&chemin).expect("a folder");
        Self(chemin)
    }

    fn chemin(&self, nom: &str) -> String {
        self.0.join(nom).to_str().expect("UTF-8").to_owned()
    }

    fn ecrire(&self, nom: &str, octets: impl AsRef<[u8]>) -> String {
        let chemin = self.chemin(nom);
        std::fs::write(&chemin, octets).expect("writes");
        chemin
    }
}

impl Drop for Dossier {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Runs another program to its good end, and returns what it printed.
#[track_caller]
fn lance(mots: &[&str]) -> String {
    let fait = Command::new(mots[0]).args(&mots[1..]).output();
    let fait = fait.unwrap_or_else(|cause| panic!("{} is needed by this test: {cause}", mots[0]));
    let [sortie, erreur] = [&fait.stdout, &fait.stderr].map(|octets| String::from_utf8_lossy(octets));
    assert!(fait.status.success(), "{mots:?}\n{sortie}\n{erreur}");
    sortie.into_owned()
}
