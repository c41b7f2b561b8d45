//! `/certificats/{numero}`: what the register knows of one certificate, for the administrateur; from here he
//! corrects or withdraws it. Each look is in the journal.

use askama::Template;
use axum::response::Response;
use forprev_domain::certificat::{Certificat, Valeur};
use forprev_domain::dispositif::Niveau;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::regles::duplicata::encore_delivre;
use forprev_store::{Tx, certificats, comptes, dispositifs, personnes, sessions};

use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::messages;
use crate::saisie::Saisie;
use crate::sign_in::SignedVisit;
use crate::typographie::{date, date_longue, instant};

#[derive(Template)]
#[template(path = "certificats/fiche.html")]
struct Fiche {
    page: Page,
    titre: String,
    faits: Vec<Fait>,
    etat: Etat,
    corriger: Option<String>,
    revoquer: Option<String>,
    verifier: Option<String>,
    faite: Option<&'static str>,
}

/// One fact, with where it leads.
struct Fait {
    libelle: &'static str,
    valeur: String,
    href: Option<String>,
}

/// What the certificate is worth, in words.
struct Etat {
    classe: &'static str,
    icone: Icone,
    phrase: String,
    suite: Option<(String, String)>,
    motif: Option<String>,
}

/// Where the page of a certificate is.
pub(super) fn adresse(numero: &NumeroCertificat) -> String {
    format!("/certificats/{numero}")
}

/// Whether sessions rest on this certificate (R2).
pub(super) fn habilite_a_former(certificat: &Certificat) -> bool {
    Niveau::Formateur <= certificat.niveau
}

/// `GET /certificats/{numero}`
///
/// # Errors
/// Forbidden for anybody but the administrateur; not found.
pub(super) async fn show(visit: SignedVisit, numero: &str, requete: &Saisie) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    demande.exiger_administrateur()?;
    let numero = NumeroCertificat::parse(numero).ok_or(Error::NotFound)?;
    let faite = if requete.contient("corrige") {
        Some("L’identité est corrigée : ce certificat remplace le précédent.")
    } else if requete.contient("revoque") {
        Some("Le certificat est révoqué. Toute vérification le dit dès maintenant.")
    } else {
        None
    };
    let page = visit.page(format!("Certificat {numero}")).fil("Personnes", "/personnes");
    let page = page.ici(format!("Certificat {numero}"));
    let fiche = visit.app.write(move |tx| lire(tx, &demande, &numero)).await?;
    render(&Fiche { page, faite, ..fiche })
}

fn lire(tx: &mut Tx<'_>, demande: &Demande, numero: &NumeroCertificat) -> Result<Fiche, Error> {
    let certificat = certificats::charger(tx, numero)?.ok_or(Error::NotFound)?;
    journal::noter(tx, demande, "certificat.consulte", &format!("certificat:{}", certificat.numero))?;
    let c = &certificat;
    let aujourdhui = demande.moment.aujourdhui;
    let valide = matches!(c.valeur_le(aujourdhui), Valeur::Valide | Valeur::Expire);
    let delivre = c.disparait_le.is_some_and(|jour| encore_delivre(c.niveau, jour, aujourdhui).is_ok());
    let corrigeable = valide && delivre && demande.app.config.corrections;
    let adresse = adresse(&c.numero);
    Ok(Fiche {
        page: Page::default(),
        titre: format!("Certificat {}", c.numero),
        faits: faits(tx, demande, c)?,
        etat: etat(tx, demande, c)?,
        corriger: corrigeable.then(|| format!("{adresse}/correction")),
        revoquer: valide.then(|| format!("{adresse}/revocation")),
        verifier: c.compte.map(|_| format!("/verifier/{}", c.numero)),
        faite: None,
    })
}

fn faits(tx: &mut Tx<'_>, demande: &Demande, c: &Certificat) -> Result<Vec<Fait>, Error> {
    let mut faits = Vec::new();
    let mut dire = |libelle, valeur, href| faits.push(Fait { libelle, valeur, href });
    if let Some(titulaire) = personnes::charger(tx, &c.titulaire)? {
        let nom = format!("{}, {}", titulaire.identite.prenom_nom(), titulaire.numero);
        dire("Titulaire", nom, Some(format!("/personnes/{}", titulaire.numero)));
    }
    let libelle = dispositifs::charger(tx, &c.dispositif, c.debut)?;
    let libelle =
        libelle.map_or_else(|| c.dispositif.to_string(), |d| format!("{} ({})", d.libelle, c.dispositif));
    dire("Certificat", format!("{libelle}, {}", messages::niveau(c.niveau)), None);
    let validite = c.fin.map_or_else(
        || format!("depuis le {}, sans limite de durée", date(c.debut)),
        |fin| format!("du {} au {} inclus", date(c.debut), date(fin)),
    );
    dire("Validité", validite, None);
    dire("Délivré le", date_longue(c.delivre_le), None);
    match c.compte.map(|id| comptes::charger(tx, id)).transpose()?.flatten() {
        Some(compte) => dire("Compte", compte.raison_sociale, Some(format!("/comptes/{}", compte.id))),
        None => dire("Compte", "délivré ailleurs, inscrit par le réseau".to_owned(), None),
    }
    if let Some(formateur) =
        c.formateur.as_ref().map(|numero| personnes::charger(tx, numero)).transpose()?.flatten()
    {
        let nom = format!("{}, {}", formateur.identite.prenom_nom(), formateur.numero);
        dire("Formateur", nom, Some(format!("/personnes/{}", formateur.numero)));
    }
    if let Some(id) = c.session {
        let vivante = sessions::charger(tx, &demande.portee(), id, demande.moment.aujourdhui)?;
        match vivante {
            Some(session) => dire("Session", session.numero.to_string(), Some(format!("/sessions/{id}"))),
            None => dire("Session", "supprimée".to_owned(), None),
        }
    }
    Ok(faits)
}

fn etat(tx: &mut Tx<'_>, demande: &Demande, c: &Certificat) -> Result<Etat, Error> {
    let simple = |classe, icone, phrase: String| Etat { classe, icone, phrase, suite: None, motif: None };
    Ok(match c.valeur_le(demande.moment.aujourdhui) {
        Valeur::Valide => simple("valide", Icone::Coche, "Valide".to_owned()),
        Valeur::Expire => {
            let fin = c.fin.map(date).unwrap_or_default();
            simple("alerte", Icone::Attention, format!("Expiré depuis le {fin}"))
        }
        Valeur::Remplace => Etat {
            suite: c.remplace_par.as_ref().map(|numero| (numero.to_string(), adresse(numero))),
            ..simple("alerte", Icone::Attention, "Remplacé".to_owned())
        },
        Valeur::Revoque => match certificats::revocation(tx, &c.numero)? {
            Some((le, motif)) => Etat {
                motif: Some(motif),
                ..simple("refus", Icone::Refus, format!("Révoqué le {}", instant(le)))
            },
            None => simple("refus", Icone::Refus, "Révoqué".to_owned()),
        },
    })
}
