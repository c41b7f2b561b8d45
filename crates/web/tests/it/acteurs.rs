//! Actors: people with a first name, a profile and a browser that is signed in.

use forprev_domain::compte::{Compte, CompteId, Genre};
use forprev_domain::identite::{Email, IdentiteBrute};
use forprev_domain::numero::Numero;
use forprev_domain::utilisateur::Profil;
use forprev_store::acces::SignIn;
use forprev_store::{acces, comptes, nouvel_id, personnes, utilisateurs};
use forprev_web::error::Error;
use forprev_web::security;
use jiff::SignedDuration;

use crate::app::{App, Browser};

/// The compte of the actors that are given none.
pub(crate) const ARDOISE: &str = "Ardoise Formation";

impl App {
    /// Adds a compte with this name.
    pub(crate) async fn compte(&self, raison_sociale: &str) -> CompteId {
        let compte = Compte {
            id: CompteId(nouvel_id().expect("randomness")),
            raison_sociale: raison_sociale.to_owned(),
            siret: "73282932000074".to_owned(),
            genre: Genre::OrganismeDeFormation,
        };
        let id = compte.id;
        let le = self.program.clock.moment().instant;
        self.write(move |tx| Ok(comptes::creer(tx, &compte, le)?)).await;
        id
    }

    /// A gestionnaire of Ardoise Formation, signed in.
    pub(crate) async fn gestionnaire(&self, prenom: &str) -> Browser<'_> {
        let compte = self.ardoise().await;
        let numero = self.personne(prenom, &[Profil::Gestionnaire { compte }]).await;
        self.signed_in(&numero).await
    }

    /// A délégataire of Ardoise Formation, signed in.
    pub(crate) async fn delegataire(&self, prenom: &str) -> Browser<'_> {
        let compte = self.ardoise().await;
        let numero = self.personne(prenom, &[Profil::Delegataire { compte }]).await;
        self.signed_in(&numero).await
    }

    /// An administrateur of the network, signed in.
    pub(crate) async fn administrateur(&self, prenom: &str) -> Browser<'_> {
        let numero = self.personne(prenom, &[Profil::Administrateur]).await;
        self.signed_in(&numero).await
    }

    /// The compte of the actors, made at its first use.
    pub(crate) async fn ardoise(&self) -> CompteId {
        let known = self
            .write(|tx| {
                let liste = comptes::lister(tx, Some(ARDOISE), forprev_store::Pagination::premiere(1))?;
                Ok(liste.elements.first().map(|compte| compte.id))
            })
            .await;
        match known {
            Some(id) => id,
            None => self.compte(ARDOISE).await,
        }
    }

    /// « Alix Essai », born on 3 July 1988, with an account and these profiles.
    pub(crate) async fn personne(&self, prenom: &str, profils: &[Profil]) -> Numero {
        let le = self.program.clock.moment();
        let brute = IdentiteBrute {
            nom_naissance: Some("Essai".to_owned()),
            prenom: Some(prenom.to_owned()),
            date_naissance: Some("1988-07-03".to_owned()),
            ..IdentiteBrute::default()
        };
        let identite = brute.lire(le.aujourdhui).expect("valid").complete().expect("complete");
        let email = Email::parse(&format!("{}@exemple.fr", prenom.to_lowercase())).expect("an address");
        let profils = profils.to_vec();
        self.write(move |tx| {
            let numero = personnes::creer(tx, &identite, Some(&email), le.instant)?.numero;
            acces::ouvrir(tx, &numero, le.instant)?;
            for profil in &profils {
                utilisateurs::donner_profil(tx, &numero, *profil, le.instant)?;
            }
            Ok(numero)
        })
        .await
    }

    /// A browser in which this person is signed in, without the password being asked.
    pub(crate) async fn signed_in(&self, numero: &Numero) -> Browser<'_> {
        let secret = security::secret().expect("randomness");
        let now = self.program.clock.moment().instant;
        let sign_in = SignIn {
            empreinte: security::digest(&secret),
            numero: numero.clone(),
            profil: None,
            appareil: None,
            ouvert_le: now,
            vu_le: now,
            expire_le: now + SignedDuration::from_hours(12),
        };
        self.write(move |tx| Ok(acces::ouvrir_sign_in(tx, &sign_in)?)).await;
        self.visitor().with_sign_in(&secret)
    }

    /// Writes into the database, as the program does.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        f: impl Fn(&mut forprev_store::Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> T {
        self.program.write(f).await.expect("writes")
    }
}
