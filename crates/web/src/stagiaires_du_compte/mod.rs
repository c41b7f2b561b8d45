//! `/stagiaires`: the people certified by the compte (for a délégataire: in his own sessions), as long as the
//! register knows them. No birth date.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forprev_domain::calendrier::{jours_entre, plus_mois};
use forprev_domain::certificat::{Certificat, Valeur};
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::personne::Personne;
use forprev_domain::regles::habilitation_valide::JOURS_D_ALERTE;
use forprev_store::certificats::{FiltreCertifies, certifies};
use forprev_store::{Pagination, dispositifs};
use jiff::civil::Date;

use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::feuilles::ecriture::{Tableau, telecharger};
use crate::feuilles::{Cellule, Format};
use crate::layout::{Page, render};
use crate::messages;
use crate::saisie::{Requete, Saisie, encode};
use crate::sign_in::SignedVisit;
use crate::typographie::{capitale, date, liste, pluriel, reste};

/// People on one page of the list.
const PAR_PAGE: u16 = 50;
/// Months within which somebody may be asked for « à recycler »: those of the menu, and the most in an address.
const MOIS: [i32; 5] = [1, 2, 3, 6, 12];
const MOIS_AU_PLUS: i32 = 60;
/// Certificates that one file holds.
const EXPORTES: i64 = 50_000;

/// The routes of this folder.
pub fn routes() -> Router<App> {
    Router::new().route("/stagiaires", get(show)).route("/stagiaires/{fichier}", get(exporter))
}

#[derive(Template)]
#[template(path = "stagiaires_du_compte/liste.html")]
struct Stagiaires {
    page: Page,
    saisie: Saisie,
    dispositifs: Vec<(String, String)>,
    niveaux: Vec<(String, String)>,
    mois: Vec<(String, String)>,
    titre: String,
    filtre: bool,
    seulement_les_siens: bool,
    lignes: Vec<Ligne>,
    requete: String,
    precedents: Option<String>,
    suivants: Option<String>,
}

/// One certificate of one person.
struct Ligne {
    nom: String,
    usage: Option<String>,
    numero: String,
    certificat: String,
    intitule: String,
    fin: String,
    precision: Option<(&'static str, String)>,
}

/// What the address narrows the list to; a filter that cannot be read is no filter.
struct Filtres {
    dispositif: Option<CodeDispositif>,
    niveau: Option<Niveau>,
    mois: Option<i32>,
    q: Option<String>,
}

impl Filtres {
    fn lire(saisie: &Saisie) -> Self {
        Self {
            dispositif: saisie.option("dispositif").and_then(CodeDispositif::parse),
            niveau: saisie.option("niveau").and_then(Niveau::from_code),
            mois: saisie
                .option("mois")
                .and_then(|mois| mois.parse().ok())
                .filter(|mois| (1..=MOIS_AU_PLUS).contains(mois)),
            q: saisie.option("q").map(str::to_owned),
        }
    }

    fn du_registre(&self, aujourdhui: Date) -> FiltreCertifies {
        FiltreCertifies {
            dispositif: self.dispositif.clone(),
            niveau: self.niveau,
            a_recycler: self.mois.map(|mois| (aujourdhui, plus_mois(aujourdhui, mois))),
            q: self.q.clone(),
        }
    }

    /// « SST », « à recycler d’ici 3 mois », « recherche Aubry »: what the title says of them.
    fn mots(&self) -> Vec<String> {
        let dispositif = self.dispositif.as_ref().map(ToString::to_string);
        let niveau = self.niveau.map(|niveau| format!("niveau {}", messages::niveau(niveau)));
        let mois = self.mois.map(|mois| format!("à recycler d’ici {mois} mois"));
        let q = self.q.as_ref().map(|q| format!("recherche « {q} »"));
        dispositif.into_iter().chain(niveau).chain(mois).chain(q).collect()
    }

    /// The same filters, in an address.
    fn requete(&self) -> String {
        let dispositif = self.dispositif.as_ref().map(|d| format!("dispositif={d}"));
        let niveau = self.niveau.map(|niveau| format!("niveau={}", niveau.code()));
        let mois = self.mois.map(|mois| format!("mois={mois}"));
        let q = self.q.as_ref().map(|q| format!("q={}", encode(q)));
        dispositif.into_iter().chain(niveau).chain(mois).chain(q).collect::<Vec<_>>().join("&")
    }

    /// This page of the same list, counted from 1.
    fn page(&self, page: u32) -> String {
        let page = (1 < page).then(|| format!("page={page}"));
        let parts: Vec<String> =
            [self.requete()].into_iter().filter(|part| !part.is_empty()).chain(page).collect();
        let suite = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
        format!("/stagiaires{suite}")
    }

    /// The months of the menu, that of the address among them.
    fn mois_offerts(&self) -> Vec<i32> {
        let mut mois = MOIS.to_vec();
        mois.extend(self.mois.filter(|mois| !MOIS.contains(mois)));
        mois.sort_unstable();
        mois
    }
}

async fn show(visit: SignedVisit, Requete(saisie): Requete) -> Result<Response, Error> {
    let demande = declarant(&visit)?;
    let filtres = Filtres::lire(&saisie);
    let numero: u32 = saisie.texte("page").parse().unwrap_or(1).max(1);
    let pagination = Pagination::page(PAR_PAGE, numero);
    let aujourdhui = visit.moment.aujourdhui;
    let registre = filtres.du_registre(aujourdhui);
    let portee = demande.portee();
    let (page, catalogue) = visit
        .app
        .read(move |tx| {
            let page = certifies(tx, &portee, &registre, pagination)?;
            Ok((page, dispositifs::en_vigueur(tx, aujourdhui)?))
        })
        .await?;
    if page.elements.is_empty() && 1 < numero {
        return Ok(Redirect::to(&filtres.page(1)).into_response());
    }
    let total = usize::try_from(page.total).unwrap_or_default();
    let mots = filtres.mots();
    let avant = usize::from(PAR_PAGE) * (numero as usize - 1);
    let fin = avant + page.elements.len();
    let combien = if fin - avant == total {
        pluriel(total, "certificat", "certificats")
    } else {
        format!("Certificats {} à {fin} sur {total}", avant + 1)
    };
    let titre = if mots.is_empty() { combien } else { format!("{combien}, {}", liste(&mots)) };
    let tous = || std::iter::once((String::new(), "Tous".to_owned()));
    render(&Stagiaires {
        page: visit.page(format!("Stagiaires certifiés – {titre}")),
        dispositifs: tous()
            .chain(catalogue.iter().map(|d| (d.code.to_string(), d.code.to_string())))
            .collect(),
        niveaux: tous()
            .chain(
                Niveau::DES_SESSIONS
                    .iter()
                    .map(|niveau| (niveau.code().to_owned(), capitale(messages::niveau(*niveau)))),
            )
            .collect(),
        mois: [(String::new(), "Toutes les dates".to_owned())]
            .into_iter()
            .chain(filtres.mois_offerts().iter().map(|mois| (mois.to_string(), format!("D’ici {mois} mois"))))
            .collect(),
        titre,
        filtre: !mots.is_empty(),
        seulement_les_siens: demande.requester.gestionnaire_de().is_empty(),
        lignes: page.elements.iter().map(|(personne, c)| ligne(personne, c, aujourdhui)).collect(),
        precedents: (1 < numero).then(|| filtres.page(numero - 1)),
        suivants: (fin < total).then(|| filtres.page(numero + 1)),
        requete: filtres.requete(),
        saisie,
    })
}

/// Who declares sessions: the others have nobody certified.
fn declarant(visit: &SignedVisit) -> Result<Demande, Error> {
    let demande = Demande::from(visit);
    if demande.requester.declare_pour().is_empty() { Err(Error::Forbidden) } else { Ok(demande) }
}

fn ligne(personne: &Personne, certificat: &Certificat, aujourdhui: Date) -> Ligne {
    let identite = &personne.identite;
    let fin = certificat.fin;
    let precision = match certificat.valeur_le(aujourdhui) {
        Valeur::Revoque => Some(("sous", "révoqué".to_owned())),
        Valeur::Expire => Some(("sous", "expiré".to_owned())),
        Valeur::Valide | Valeur::Remplace => fin
            .map(|fin| jours_entre(aujourdhui, fin))
            .filter(|jours| *jours <= JOURS_D_ALERTE)
            .map(|jours| ("sous reste", reste(jours))),
    };
    Ligne {
        nom: identite.nom_prenom(),
        usage: identite.nom_usage.as_ref().map(ToString::to_string),
        numero: personne.numero.to_string(),
        certificat: certificat.numero.to_string(),
        intitule: format!("{} {}", certificat.dispositif, messages::niveau(certificat.niveau)),
        fin: fin.map_or_else(|| "sans limite".to_owned(), date),
        precision,
    }
}

/// `GET /stagiaires/export.xlsx`, `.ods`, `.csv`: the whole list as filtered, for a spreadsheet.
async fn exporter(
    visit: SignedVisit,
    Path(fichier): Path<String>,
    Requete(saisie): Requete,
) -> Result<Response, Error> {
    let demande = declarant(&visit)?;
    let format = fichier.strip_prefix("export.").and_then(Format::from_extension).ok_or(Error::NotFound)?;
    let aujourdhui = visit.moment.aujourdhui;
    let registre = Filtres::lire(&saisie).du_registre(aujourdhui);
    let portee = demande.portee();
    let lignes = visit
        .app
        .read(move |tx| {
            let mut lignes = Vec::new();
            let mut pagination = Pagination::fichier(None);
            while let Some(part) = pagination {
                let part = certifies(tx, &portee, &registre, part)?;
                if EXPORTES < part.total {
                    return Err(Error::Malformed(format!(
                        "Un fichier contient {EXPORTES} certificats au plus. Filtrez la liste, puis exportez-la."
                    )));
                }
                lignes.extend(part.elements.iter().map(|(personne, c)| cellules(personne, c, aujourdhui)));
                pagination = part.suivant.and_then(|curseur| Pagination::fichier(Some(&curseur)));
            }
            Ok(lignes)
        })
        .await?;
    let mut tableau = Tableau::new(
        "Stagiaires certifiés",
        &[
            "Nom de naissance",
            "Nom d’usage",
            "Prénom",
            "Numéro FORPREV",
            "Dispositif",
            "Niveau",
            "Numéro du certificat",
            "Valable du",
            "Valable jusqu’au",
            "État",
        ],
    );
    tableau.rangees.extend(lignes);
    telecharger(format, &format!("stagiaires-{aujourdhui}"), &tableau)
}

fn cellules(personne: &Personne, certificat: &Certificat, aujourdhui: Date) -> Vec<Option<Cellule>> {
    let identite = &personne.identite;
    let etat = match certificat.valeur_le(aujourdhui) {
        Valeur::Valide => "valide",
        Valeur::Expire => "expiré",
        Valeur::Revoque => "révoqué",
        Valeur::Remplace => "remplacé",
    };
    vec![
        Some(Cellule::de(identite.nom_naissance.as_str())),
        identite.nom_usage.as_ref().map(|nom| Cellule::de(nom.as_str())),
        Some(Cellule::de(identite.prenom.as_str())),
        Some(Cellule::de(personne.numero.as_str())),
        Some(Cellule::de(&certificat.dispositif.to_string())),
        Some(Cellule::de(messages::niveau(certificat.niveau))),
        Some(Cellule::de(&certificat.numero.to_string())),
        Some(Cellule::Jour(certificat.debut)),
        certificat.fin.map(Cellule::Jour),
        Some(Cellule::de(etat)),
    ]
}
