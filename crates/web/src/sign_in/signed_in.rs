//! Who is signed in, as the edge finds it for each request.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use forprev_domain::droits::Requester;
use forprev_domain::numero::Numero;
use forprev_domain::rappel::GenreDeRappel;
use forprev_domain::utilisateur::Profil;
use forprev_store::acces::SignIn;
use forprev_store::{acces, comptes, journal, personnes, utilisateurs};
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::clock::Moment;
use crate::error::Error;
use crate::layout::{EnTete, MenuDe};
use crate::messages::nom_courant;
use crate::security::{self, Cookie};
use crate::visit::Visit;

/// A sign-in ends after so long without a request.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// And at the latest so long after it was opened.
const LIFE: SignedDuration = SignedDuration::from_hours(12);
/// The last request is written down at most so often.
const TOUCH: SignedDuration = SignedDuration::from_mins(1);

/// Somebody who is signed in, with the profile in use.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who asks, limited to the profile in use.
    pub requester: Requester,
    /// « Claire Lemoine »
    pub nom: String,
    /// The profile in use.
    pub profil: Profil,
    /// Raison sociale of the compte of that profile.
    pub organisme: Option<String>,
    /// All profiles of the person, the one in use among them.
    pub profils: Vec<Profil>,
}

impl SignedIn {
    /// What the header says of the person.
    #[must_use]
    pub fn en_tete(&self) -> EnTete {
        let qualite = libelle(self.profil);
        EnTete {
            nom: self.nom.clone(),
            qualite: self
                .organisme
                .as_ref()
                .map_or_else(|| qualite.to_owned(), |o| format!("{qualite}, {o}")),
            menu: match self.profil {
                Profil::Gestionnaire { .. } => MenuDe::Gestionnaire,
                Profil::Delegataire { .. } => MenuDe::Delegataire,
                Profil::Formateur => MenuDe::Formateur,
                Profil::Administrateur => MenuDe::Administrateur,
            },
            plusieurs_profils: self.profils.len() > 1,
            rappels: !GenreDeRappel::des_profils(&self.profils).is_empty(),
        }
    }
}

/// The page that every profile begins on.
pub(super) const ACCUEIL: &str = "/tableau-de-bord";

/// The words of a profile.
#[must_use]
pub fn libelle(profil: Profil) -> &'static str {
    match profil {
        Profil::Gestionnaire { .. } => "gestionnaire",
        Profil::Delegataire { .. } => "délégataire",
        Profil::Formateur => "formateur",
        Profil::Administrateur => "administrateur du réseau",
    }
}

/// A visit by somebody who is signed in; without, the answer leads to the sign-in.
#[derive(Clone)]
pub struct SignedVisit {
    /// Who asks, limited to the profile in use.
    pub requester: Requester,
    visit: Visit,
}

impl SignedVisit {
    /// The numéro of who asks.
    #[must_use]
    pub fn numero(&self) -> &Numero {
        &self.requester.numero
    }
}

impl Deref for SignedVisit {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl FromRequestParts<App> for SignedVisit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let signed_in = visit.signed_in.clone().ok_or(Error::SignedOut)?;
        Ok(Self { requester: signed_in.requester.clone(), visit })
    }
}

/// The sign-in that this secret opens, if it is still open and its person still has a profile.
///
/// # Errors
/// Unavailable when the database does not answer.
pub async fn load(app: &App, secret: &str, moment: Moment) -> Result<Option<SignedIn>, Error> {
    let empreinte = security::digest(secret);
    let cle = empreinte.clone();
    let found = app
        .read(move |tx| {
            let since = moment.instant.saturating_sub(IDLE).unwrap_or(Timestamp::MIN);
            let Some(sign_in) = acces::sign_in(tx, &cle, since, moment.instant)? else {
                return Ok(None);
            };
            let Some(personne) = personnes::charger(tx, &sign_in.numero)? else {
                return Ok(None);
            };
            let profils = utilisateurs::profils(tx, &personne.numero)?;
            let voulu = profils.iter().find(|profil| Some(profile_key(**profil)) == sign_in.profil);
            let Some(profil) = voulu.or(profils.first()).copied() else {
                return Ok(None);
            };
            let organisme = match profil.compte() {
                Some(compte) => comptes::charger(tx, compte)?.map(|compte| compte.raison_sociale),
                None => None,
            };
            let signed_in = SignedIn {
                requester: Requester { numero: personne.numero, profils: vec![profil] },
                nom: nom_courant(&personne.identite),
                profil,
                organisme,
                profils,
            };
            Ok(Some((signed_in, sign_in.vu_le)))
        })
        .await?;
    let Some((signed_in, vu_le)) = found else {
        return Ok(None);
    };
    if moment.instant.duration_since(vu_le) >= TOUCH {
        app.write(move |tx| Ok(acces::vu(tx, &empreinte, moment.instant)?)).await?;
    }
    Ok(Some(signed_in))
}

/// Opens a sign-in for this person in place of the one that the request bore, and returns its
/// secret.
///
/// # Errors
/// Unavailable when the database does not answer.
pub(super) async fn open(
    app: &App,
    numero: &Numero,
    former: Option<&str>,
    moment: Moment,
) -> Result<String, Error> {
    let secret = security::secret().map_err(Error::internal)?;
    let former = former.map(security::digest);
    let sign_in = SignIn {
        empreinte: security::digest(&secret),
        numero: numero.clone(),
        profil: None,
        appareil: None,
        ouvert_le: moment.instant,
        vu_le: moment.instant,
        expire_le: moment.instant.saturating_add(LIFE).unwrap_or(Timestamp::MAX),
    };
    let entree = app.entree(moment, Some(numero), "connexion.ouverte", &format!("personne:{numero}"));
    app.write(move |tx| {
        if let Some(former) = &former {
            acces::fermer(tx, former)?;
        }
        acces::ouvrir_sign_in(tx, &sign_in)?;
        Ok(journal::inscrire(tx, &entree)?)
    })
    .await?;
    Ok(secret)
}

/// Renews the secret of a sign-in with the profile now in use; its end stays the same. `None`
/// when it was closed meanwhile.
///
/// # Errors
/// Unavailable when the database does not answer.
pub(super) async fn renew(app: &App, former: &str, profil: Profil) -> Result<Option<String>, Error> {
    let secret = security::secret().map_err(Error::internal)?;
    let (ancienne, nouvelle) = (security::digest(former), security::digest(&secret));
    let profil = profile_key(profil);
    let renewed =
        app.write(move |tx| Ok(acces::renouveler(tx, &ancienne, &nouvelle, Some(&profil))?)).await?;
    Ok(renewed.then_some(secret))
}

/// The text of a profile, in forms and in the sign-in: `gestionnaire.0198…`.
pub(super) fn profile_key(profil: Profil) -> String {
    match profil.compte() {
        Some(compte) => format!("{}.{compte}", profil.code()),
        None => profil.code().to_owned(),
    }
}

/// The answer, with the cookie of this sign-in.
pub(super) fn with_cookie(visit: &Visit, secret: &str, response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, Cookie::SignIn.set(&visit.app.config, secret));
    headers.append(header::SET_COOKIE, Cookie::Visitor.clear(&visit.app.config));
    response
}
