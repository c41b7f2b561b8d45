//! People with a token: `reseau.gestionnaire("Alix")`. What they are, they became through the interface itself.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::{Method, Request, header};
use forprev_domain::identite::{Identite, Nom};
use forprev_domain::numero::Numero;
use forprev_domain::utilisateur::Profil;
use forprev_store::courrier::{self, Boite};
use forprev_store::{Pagination, StoreError, jetons, personnes, utilisateurs};
use forprev_web::security;
use jiff::ToSpan as _;
use jiff::civil::date;
use serde_json::{Value, json};

use super::schema::prouver;
pub(crate) use crate::app::Moteur;
use crate::app::{Answer, App};

/// A network with its administrateur, one compte habilité for SST, and a catalogue.
pub(crate) struct Reseau {
    pub(crate) app: App,
    pub(crate) compte: String,
    administrateur: (String, String),
    rang: AtomicUsize,
}

/// Somebody with a token.
#[derive(Clone)]
pub(crate) struct Acteur<'a> {
    pub(crate) app: &'a App,
    pub(crate) numero: String,
    pub(crate) jeton: String,
    cle: Option<String>,
}

impl Reseau {
    /// On SQLite.
    pub(crate) async fn ouvrir() -> Self {
        Self::sur(Moteur::Sqlite).await
    }

    /// On this engine.
    pub(crate) async fn sur(moteur: Moteur) -> Self {
        let app = App::start_on(moteur);
        let administrateur = administrateur(&app).await;
        let mut reseau = Self { app, compte: String::new(), administrateur, rang: AtomicUsize::new(0) };
        for code in ["SST", "PRAP-2S"] {
            reseau.administrateur().post("/dispositifs", catalogue(code)).await.expect(201);
        }
        reseau.compte = reseau.nouveau_compte("Prévention Atlantique").await;
        reseau
    }

    pub(crate) fn administrateur(&self) -> Acteur<'_> {
        let (numero, jeton) = self.administrateur.clone();
        Acteur { app: &self.app, numero, jeton, cle: None }
    }

    /// Nobody: without a token.
    pub(crate) fn personne(&self) -> Acteur<'_> {
        Acteur { jeton: String::new(), ..self.administrateur() }
    }

    /// A compte habilité for SST, both niveaux, from 2020 to 2030.
    pub(crate) async fn nouveau_compte(&self, raison_sociale: &str) -> String {
        let corps = json!({
            "raison_sociale": raison_sociale, "siret": siret(self.suivant()), "genre": "organisme_de_formation",
        });
        let compte = self.administrateur().post("/comptes", corps).await.expect(201).json();
        let compte = texte(&compte, "id");
        for niveau in ["acteur", "formateur"] {
            self.habiliter(&compte, niveau, "2020-01-01", "2030-12-31").await;
        }
        compte
    }

    pub(crate) async fn habiliter(&self, compte: &str, niveau: &str, debut: &str, fin: &str) -> String {
        let corps =
            json!({ "dispositif": "SST", "niveau": niveau, "debut": debut, "fin": fin, "numero": "H-1" });
        let chemin = format!("/comptes/{compte}/habilitations");
        let habilitation = self.administrateur().post(&chemin, corps).await.expect(201).json();
        texte(&habilitation, "id")
    }

    pub(crate) async fn gestionnaire(&self, prenom: &str) -> Acteur<'_> {
        self.utilisateur(prenom, "gestionnaire", &self.compte).await
    }

    pub(crate) async fn delegataire(&self, prenom: &str) -> Acteur<'_> {
        self.utilisateur(prenom, "delegataire", &self.compte).await
    }

    pub(crate) async fn utilisateur(&self, prenom: &str, profil: &str, compte: &str) -> Acteur<'_> {
        let mut corps = self.identite(prenom);
        corps["email"] = json!(format!("p{}@exemple.fr", self.suivant()));
        corps["profil"] = json!(profil);
        let chemin = format!("/comptes/{compte}/utilisateurs");
        let cree = self.administrateur().post(&chemin, corps).await.expect(201).json();
        self.acteur(&texte(&cree, "numero")).await
    }

    /// A formateur SST, qualified from 2024 to 2027.
    pub(crate) async fn formateur(&self, prenom: &str) -> Acteur<'_> {
        self.formateur_du(prenom, "formateur", "2024-01-01", "2027-06-30").await
    }

    /// Who certifies formateurs SST.
    pub(crate) async fn formateur_de_formateurs(&self, prenom: &str) -> Acteur<'_> {
        self.formateur_du(prenom, "formateur_de_formateurs", "2024-01-01", "2027-06-30").await
    }

    pub(crate) async fn formateur_du(
        &self,
        prenom: &str,
        niveau: &str,
        debut: &str,
        fin: &str,
    ) -> Acteur<'_> {
        let mut corps = self.identite(prenom);
        corps["email"] = json!(format!("p{}@exemple.fr", self.suivant()));
        corps["certificats"] = json!([{ "dispositif": "SST", "niveau": niveau, "debut": debut, "fin": fin }]);
        let cree = self.administrateur().post("/formateurs", corps).await.expect(201).json();
        self.acteur(&texte(&cree, "numero")).await
    }

    /// A token for the person with this numéro.
    pub(crate) async fn acteur(&self, numero: &str) -> Acteur<'_> {
        let jeton = jeton(&self.app, numero).await;
        Acteur { app: &self.app, numero: numero.to_owned(), jeton, cle: None }
    }

    /// The numéros of those to whom an invitation waits in the outbox.
    pub(crate) async fn invites(&self) -> Vec<String> {
        let jour = self.app.program.clock.moment().aujourdhui;
        let lus = self.app.program.read(move |tx| {
            Ok(courrier::lister(tx, Boite::EnAttente, Pagination::premiere(100), jour)?.elements)
        });
        let courriers = lus.await.expect("reads").into_iter().map(|envoi| envoi.courrier);
        let invitations = courriers.filter(|courrier| courrier.genre == "invitation");
        invitations.map(|courrier| courrier.destinataire.to_string()).collect()
    }

    /// An identity that looks like no other of this network.
    pub(crate) fn identite(&self, prenom: &str) -> Value {
        let rang = self.suivant();
        let jour = date(1960, 1, 1) + i64::try_from(rang * 7919 % 14_000).expect("small").days();
        json!({ "nom_naissance": format!("De {prenom}mont"), "prenom": prenom, "date_naissance": jour })
    }

    /// As many different trainees.
    pub(crate) fn stagiaires(&self, nombre: usize) -> Vec<Value> {
        const NOMS: [&str; 8] =
            ["Lefèvre", "Œstreich", "Nguyen", "D’Almeida", "Müller-Roux", "Benhaddou", "Ştefan", "Ruiz"];
        const PRENOMS: [&str; 7] = ["Anaïs", "Jean-Pierre", "Linh", "Inês", "Ursula", "Yacine", "Zoé"];
        let un = |_| {
            let rang = self.suivant();
            let mut identite = self.identite(PRENOMS[rang % 7]);
            identite["nom_naissance"] = json!(NOMS[rang % 8]);
            identite
        };
        (0..nombre).map(un).collect()
    }

    fn suivant(&self) -> usize {
        self.rang.fetch_add(1, Ordering::Relaxed)
    }
}

impl Acteur<'_> {
    /// The same, whose next calls bear this `Idempotency-Key`.
    pub(crate) fn avec_cle(&self, cle: &str) -> Self {
        Self { cle: Some(cle.to_owned()), ..self.clone() }
    }

    pub(crate) async fn get(&self, chemin: &str) -> Answer {
        self.envoyer(Method::GET, chemin, None).await
    }

    pub(crate) async fn post(&self, chemin: &str, corps: Value) -> Answer {
        self.envoyer(Method::POST, chemin, Some(corps)).await
    }

    pub(crate) async fn patch(&self, chemin: &str, corps: Value) -> Answer {
        self.envoyer(Method::PATCH, chemin, Some(corps)).await
    }

    pub(crate) async fn put(&self, chemin: &str, corps: Value) -> Answer {
        self.envoyer(Method::PUT, chemin, Some(corps)).await
    }

    pub(crate) async fn delete(&self, chemin: &str) -> Answer {
        self.envoyer(Method::DELETE, chemin, None).await
    }

    pub(crate) async fn envoyer(&self, methode: Method, chemin: &str, corps: Option<Value>) -> Answer {
        let genre = corps.is_some().then_some("application/json");
        let corps = corps.map(|corps| corps.to_string().into_bytes()).unwrap_or_default();
        self.brut(methode, chemin, genre, corps).await
    }

    /// Sends bytes as they are.
    pub(crate) async fn brut(
        &self,
        methode: Method,
        chemin: &str,
        genre: Option<&str>,
        corps: Vec<u8>,
    ) -> Answer {
        let verbe = methode.to_string();
        let mut request = Request::builder().method(methode).uri(format!("/api/v1{chemin}"));
        if !self.jeton.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.jeton));
        }
        if let Some(cle) = &self.cle {
            request = request.header("idempotency-key", cle);
        }
        if let Some(genre) = genre {
            request = request.header(header::CONTENT_TYPE, genre);
        }
        let reponse = self.app.send(request.body(Body::from(corps)).expect("a request")).await;
        prouver(&verbe, chemin, &reponse);
        reponse
    }
}

impl Answer {
    /// The same answer, proven to be a problem document with this status and code.
    #[track_caller]
    pub(crate) fn refuse(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let document = self.json();
        assert_eq!(document["code"], code, "{document:#}");
        assert_eq!(document["status"], status, "{document:#}");
        for champ in ["type", "title", "detail"] {
            assert!(document[champ].as_str().is_some_and(|texte| !texte.is_empty()), "{document:#}");
        }
        assert!(document["manquements"].is_array(), "{document:#}");
        self
    }

    /// The codes of the unmet rules, in order.
    pub(crate) fn manquements(&self) -> Vec<String> {
        codes(&self.json()["manquements"])
    }
}

/// The codes of a list of points.
pub(crate) fn codes(points: &Value) -> Vec<String> {
    points.as_array().into_iter().flatten().map(|point| texte(point, "code")).collect()
}

/// A field that is a text.
#[track_caller]
pub(crate) fn texte(objet: &Value, champ: &str) -> String {
    objet[champ].as_str().unwrap_or_else(|| panic!("no text « {champ} » in {objet:#}")).to_owned()
}

fn catalogue(code: &str) -> Value {
    json!({ "code": code, "libelle": "Sauveteur secouriste du travail", "a_partir_du": "2020-01-01", "niveaux": [
        { "niveau": "acteur", "groupe_min": 4, "groupe_max": 10, "validite_mois": 24, "heures_initiale": 14,
          "heures_mac": 7 },
        { "niveau": "formateur", "groupe_min": 1, "groupe_max": 10, "validite_mois": 36, "heures_initiale": 56 },
    ] })
}

async fn administrateur(app: &App) -> (String, String) {
    let instant = app.program.clock.moment().instant;
    let identite = Identite {
        civilite: None,
        nom_naissance: Nom::parse("Réseau").expect("a name"),
        nom_usage: None,
        prenom: Nom::parse("Ada").expect("a name"),
        date_naissance: date(1950, 2, 3),
    };
    let ecrit = app.program.write(move |tx| {
        let numero = personnes::creer(tx, &identite, None, instant)?.numero;
        utilisateurs::donner_profil(tx, &numero, Profil::Administrateur, instant)?;
        Ok(numero.to_string())
    });
    let numero = ecrit.await.expect("writes");
    let jeton = jeton(app, &numero).await;
    (numero, jeton)
}

async fn jeton(app: &App, numero: &str) -> String {
    let secret = security::secret().expect("randomness");
    let (empreinte, instant) = (security::digest(&secret), app.program.clock.moment().instant);
    let numero = Numero::parse(numero).expect("a numéro");
    let ecrit = app.program.write(move |tx| {
        let fin = "2100-01-01T00:00:00Z".parse().expect("an instant");
        jetons::creer(tx, &empreinte, &numero, "essai", instant, fin)?;
        Ok::<_, StoreError>(()).map_err(Into::into)
    });
    ecrit.await.expect("writes a token");
    secret
}

/// Fourteen digits of which the last checks the others.
pub(crate) fn siret(rang: usize) -> String {
    let debut = format!("{:013}", 7_328_293_200_000 + rang);
    let somme: u32 = debut
        .bytes()
        .enumerate()
        .map(|(i, c)| {
            let chiffre = u32::from(c - b'0');
            let double = if i % 2 == 0 { chiffre * 2 } else { chiffre };
            if double > 9 { double - 9 } else { double }
        })
        .sum();
    format!("{debut}{}", (10 - somme % 10) % 10)
}
