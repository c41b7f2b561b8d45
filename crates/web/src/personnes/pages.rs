//! `/personnes`: the register's people, looked up by the administrateur. Each identity shown is in the journal.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forprev_domain::certificat::Valeur;
use forprev_domain::identite::Identite;
use forprev_domain::numero::{Numero, NumeroCertificat};
use forprev_domain::regles::doublons::{Verdict, meme_son, verdict};
use forprev_store::{Pagination, certificats, fusions, personnes, utilisateurs};

use super::fusion::page as fusion;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::formateurs::page as formateur;
use crate::journal;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::messages;
use crate::saisie::{Requete, Saisie, encode};
use crate::sign_in::{SignedVisit, libelle};
use crate::typographie::{capitale, date, date_chiffree, instant, pluriel};

/// People on one page: few, since each one shown is in the journal.
const PAR_PAGE: u16 = 20;

/// What was just done, by the word of the address.
const FAITS: [(&str, &str); 3] = [
    (
        "inscrite",
        "Inscription faite, avec les qualifications. Sans accès encore, une invitation part par courriel.",
    ),
    ("fusionnee", "Fusion faite : l’ancien numéro mène à cette fiche."),
    ("separee", "Séparation faite : ce numéro a retrouvé ce qui était à lui."),
];

/// The routes of these pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/personnes", get(show))
        .route("/personnes/formateur", get(formateur::form).post(formateur::add))
        .route("/personnes/{numero}", get(one))
        .route("/personnes/{numero}/fusion", get(fusion::show).post(fusion::join))
        .route("/personnes/fusions/{id}", get(fusion::ask).post(fusion::part))
}

#[derive(Template)]
#[template(path = "personnes/pages.html")]
struct Personnes {
    page: Page,
    saisie: Saisie,
    titre: String,
    lignes: Option<Vec<(String, String, String)>>,
    suite: Option<String>,
}

#[derive(Template)]
#[template(path = "personnes/fiche.html")]
struct Fiche {
    page: Page,
    nom: String,
    numero: String,
    usage: Option<String>,
    naissance: String,
    profils: String,
    certificats: Vec<Ligne>,
    /// Those who may be the same person: numéro, names, birth day, how sure.
    proches: Vec<(String, String, String, &'static str)>,
    /// Numéros that lead here: numéro, since when, where to part them (the latest only).
    fusions: Vec<(String, String, Option<String>)>,
    saisie: Saisie,
    fait: Option<&'static str>,
}

struct Ligne {
    intitule: String,
    numero: String,
    href: String,
    validite: String,
    valeur: &'static str,
}

async fn show(visit: SignedVisit, Requete(saisie): Requete) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    demande.exiger_administrateur()?;
    let Some(q) = saisie.option("q").map(str::to_owned) else {
        let page = visit.page("Personnes");
        return render(&Personnes { page, saisie, titre: String::new(), lignes: None, suite: None });
    };
    if let Some(numero) = NumeroCertificat::parse(&q) {
        return Ok(Redirect::to(&format!("/certificats/{numero}")).into_response());
    }
    let pagination =
        Pagination::new(PAR_PAGE, saisie.option("apres")).unwrap_or_else(|| Pagination::premiere(PAR_PAGE));
    let mots = q.clone();
    let page = visit
        .app
        .write(move |tx| {
            let page = personnes::lister(tx, Some(&mots), pagination)?;
            let vus = page.elements.iter().map(|personne| &personne.numero);
            journal::noter_personnes(tx, &demande, "personne.consultee", vus)?;
            Ok(page)
        })
        .await?;
    let combien = pluriel(usize::try_from(page.total).unwrap_or_default(), "personne", "personnes");
    let titre = format!("{combien}, recherche « {q} »");
    let lignes = page.elements.iter().map(|personne| {
        let identite = &personne.identite;
        (personne.numero.to_string(), identite.nom_prenom(), date_chiffree(identite.date_naissance))
    });
    render(&Personnes {
        page: visit.page(format!("Personnes – {titre}")),
        lignes: Some(lignes.collect()),
        suite: page.suivant.map(|curseur| format!("/personnes?q={}&apres={curseur}", encode(&q))),
        titre,
        saisie,
    })
}

async fn one(
    visit: SignedVisit,
    Path(numero): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    demande.exiger_administrateur()?;
    let numero = Numero::parse(&numero).ok_or(Error::NotFound)?;
    let (personne, profils, tenus, proches, fusions) = visit
        .app
        .write(move |tx| {
            let personne = personnes::charger(tx, &numero)?.ok_or(Error::NotFound)?;
            journal::noter(tx, &demande, "personne.consultee", &format!("personne:{}", personne.numero))?;
            let profils = utilisateurs::profils(tx, &personne.numero)?;
            let tenus = certificats::du_titulaire(tx, &personne.numero)?;
            let mut proches = personnes::candidats(tx, &personne.identite)?;
            proches.retain(|p| p.numero != personne.numero);
            proches.retain(|p| ressemblance(&personne.identite, &p.identite).is_some());
            let vus = proches.iter().map(|proche| &proche.numero);
            journal::noter_personnes(tx, &demande, "personne.consultee", vus)?;
            let fusions = fusions::menant_a(tx, &personne.numero)?;
            Ok((personne, profils, tenus, proches, fusions))
        })
        .await?;
    let aujourdhui = visit.moment.aujourdhui;
    let lignes = tenus.iter().map(|c| Ligne {
        intitule: format!("{} {}", c.dispositif, messages::niveau(c.niveau)),
        href: format!("/certificats/{}", c.numero),
        numero: if c.compte.is_some() { c.numero.to_string() } else { "délivré ailleurs".to_owned() },
        validite: c.fin.map_or_else(
            || format!("depuis le {}, sans limite", date(c.debut)),
            |fin| format!("du {} au {}", date(c.debut), date(fin)),
        ),
        valeur: match c.valeur_le(aujourdhui) {
            Valeur::Valide => "valide",
            Valeur::Expire => "expiré",
            Valeur::Revoque => "révoqué",
            Valeur::Remplace => "remplacé",
        },
    });
    let profils: Vec<&str> = profils.into_iter().map(libelle).collect();
    let nom = personne.identite.prenom_nom();
    let page = visit.page(format!("{nom} – {}", personne.numero)).fil("Personnes", "/personnes").ici(&nom);
    render(&Fiche {
        page,
        numero: personne.numero.to_string(),
        usage: personne.identite.nom_usage.as_ref().map(ToString::to_string),
        naissance: date(personne.identite.date_naissance),
        profils: if profils.is_empty() { "Aucun".to_owned() } else { capitale(&profils.join(", ")) },
        certificats: lignes.collect(),
        proches: proches
            .iter()
            .filter_map(|p| {
                let identite = &p.identite;
                let sure = ressemblance(&personne.identite, identite)?;
                Some((
                    p.numero.to_string(),
                    identite.nom_prenom(),
                    date_chiffree(identite.date_naissance),
                    sure,
                ))
            })
            .collect(),
        fusions: fusions
            .iter()
            .enumerate()
            .map(|(rang, f)| {
                let vers = (rang == 0).then(|| format!("/personnes/fusions/{}", f.id));
                (f.ancien.to_string(), instant(f.faite_le), vers)
            })
            .collect(),
        fait: FAITS.iter().find(|(champ, _)| requete.contient(champ)).map(|(_, phrase)| *phrase),
        saisie: autre_numero(&requete),
        nom,
    })
}

/// How a person of the register resembles another; `None` when he does not.
fn ressemblance(de: &Identite, autre: &Identite) -> Option<&'static str> {
    match verdict(de, autre) {
        Verdict::Certain => Some("Même identité"),
        Verdict::Possible => Some("À une différence près"),
        Verdict::Non => meme_son(de, autre).then_some("Se prononce pareil"),
    }
}

/// The form for another numéro, said unknown when it was.
fn autre_numero(requete: &Saisie) -> Saisie {
    let mut saisie = Saisie::vide();
    if requete.contient("numero_inconnu") {
        saisie.refuser("avec", "Personne n’a ce numéro : trois lettres et cinq chiffres, comme JKA37899.");
    }
    saisie
}
