//! `/sessions`: all that one sees, narrowed and sorted by the address, each with its next deadline.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::numero::Numero;
use forprev_domain::session::{Echeance, NomEtat, Session};
use forprev_domain::utilisateur::Profil;
use forprev_store::sessions::{Fiche, Filtre};
use forprev_store::{Liste, Pagination, Tx, comptes, dispositifs, sessions, utilisateurs};

use super::dossier::est_lu_par_le_reseau;
use super::filtres::{Filtres, Ordre};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::layout::composants::{Champ, Etat as Pastille};
use crate::layout::{Page, render};
use crate::saisie::{Requete, Saisie};
use crate::sessions::echeance::{en_chiffres, verbe};
use crate::sessions::presentation::{Gens, action, combien as combien_de, dispositif_et_niveau, etat};
use crate::sign_in::SignedVisit;
use crate::typographie::{accord, date_chiffree, pluriel};

/// Sessions on one page.
const PAR_PAGE: u16 = 20;
/// Up to so many, deadlines are sorted to the day; beyond, by the day on which each session is deleted.
const TRIEES: usize = 500;

#[derive(Template)]
#[template(path = "sessions/pages/liste.html")]
struct PageListe {
    page: Page,
    saisie: Saisie,
    intro: String,
    declare: bool,
    onglets: Vec<Onglet>,
    dispositifs: Vec<(String, String)>,
    auteurs: Vec<(String, String)>,
    filtres: Filtres,
    legende: String,
    colonnes: Vec<Colonne>,
    lignes: Vec<Ligne>,
    vide: Vide,
    precedentes: Option<String>,
    suivantes: Option<String>,
    exporter: [(&'static str, String); 2],
    toutes: String,
}

/// Why the list is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vide {
    Non,
    Filtree,
    Declarant,
    Formateur,
    Reseau,
}

struct Onglet {
    href: String,
    libelle: &'static str,
    nombre: i64,
    courant: bool,
}

/// A header: a link where the list can be sorted by it.
struct Colonne {
    libelle: &'static str,
    href: Option<String>,
    sens: Option<&'static str>,
}

struct Ligne {
    id: String,
    titre: String,
    sous: String,
    etat: Pastille,
    debut: Option<String>,
    fin: String,
    formateur: Option<String>,
    auteur: String,
    compte: Option<String>,
    stagiaires: usize,
    verbe: &'static str,
    jour: String,
    proche: bool,
}

impl PageListe {
    fn recherche(&self) -> Champ {
        let aide = "Numéro, commune, formateur, stagiaire ou référence.";
        self.saisie.champ("q", "Rechercher").large("l-nom").aide(aide).avec("autocomplete", "off")
    }

    fn dispositif(&self) -> Champ {
        self.saisie.champ("dispositif", "Dispositif").large("").parmi(self.dispositifs.clone())
    }

    fn auteur(&self) -> Champ {
        self.saisie.champ("auteur", "Déclarée par").large("").parmi(self.auteurs.clone())
    }

    fn jour(&self, nom: &str, libelle: &str) -> Champ {
        self.saisie.champ(nom, libelle).date().aide("JJ/MM/AAAA")
    }
}

/// What the page reads in one transaction.
struct Lu {
    liste: Liste<Fiche>,
    nombres: BTreeMap<NomEtat, i64>,
    en_tout: BTreeMap<NomEtat, i64>,
    gens: Gens,
    comptes: BTreeMap<forprev_domain::compte::CompteId, String>,
    dispositifs: Vec<String>,
    auteurs: Vec<(Numero, String)>,
}

/// `GET /sessions`
///
/// # Errors
///
/// Unavailable when the database does not answer.
pub(super) async fn show(
    visit: SignedVisit,
    State(app): State<App>,
    Requete(mut saisie): Requete,
) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    let filtres = Filtres::lire(&mut saisie, ordre_habituel(&demande));
    let (voulue, filtre) = (demande.clone(), filtres.clone());
    let reseau = est_lu_par_le_reseau(&demande.portee());
    let lu = if reseau {
        app.write(move |tx| {
            let lu = lire(tx, &voulue, &filtre)?;
            journal::noter(tx, &voulue, "sessions.listees", "sessions")?;
            Ok(lu)
        })
        .await?
    } else {
        app.read(move |tx| lire(tx, &voulue, &filtre)).await?
    };
    if lu.liste.elements.is_empty() && filtres.page > 1 {
        return Ok(Redirect::to(&filtres.a_la_page(1).adresse()).into_response());
    }
    render(&page(&visit, &demande, filtres, saisie, lu))
}

pub(super) fn ordre_habituel(demande: &Demande) -> Ordre {
    if demande.requester.est_administrateur() { Ordre::FinRecente } else { Ordre::Echeance }
}

fn lire(tx: &mut Tx<'_>, demande: &Demande, filtres: &Filtres) -> Result<Lu, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    let portee = demande.portee();
    let filtre = filtres.du_registre();
    let liste = une_page(tx, demande, filtres, &filtre)?;
    let sessions: Vec<&Session> = liste.elements.iter().map(|fiche| &fiche.session).collect();
    let mut auteurs = Vec::new();
    for compte in demande.requester.gestionnaire_de() {
        for utilisateur in utilisateurs::du_compte(tx, compte)? {
            let numero = utilisateur.personne.numero.clone();
            let identite = &utilisateur.personne.identite;
            auteurs.push((numero, identite.nom_complet()));
        }
    }
    auteurs.dedup();
    Ok(Lu {
        nombres: sessions::compter_par_etat(tx, &portee, &filtre, aujourdhui)?,
        en_tout: sessions::compter_par_etat(tx, &portee, &Filtre::default(), aujourdhui)?,
        gens: Gens::de(tx, &sessions, &[])?,
        comptes: raisons_sociales(tx, &sessions)?,
        dispositifs: dispositifs::en_vigueur(tx, aujourdhui)?.iter().map(|d| d.code.to_string()).collect(),
        auteurs,
        liste,
    })
}

pub(super) fn raisons_sociales(
    tx: &mut Tx<'_>,
    sessions: &[&Session],
) -> Result<BTreeMap<forprev_domain::compte::CompteId, String>, Error> {
    let mut ids: Vec<_> = sessions.iter().map(|session| session.compte).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(comptes::tous(tx, &ids)?.into_iter().map(|compte| (compte.id, compte.raison_sociale)).collect())
}

fn une_page(
    tx: &mut Tx<'_>,
    demande: &Demande,
    filtres: &Filtres,
    filtre: &Filtre,
) -> Result<Liste<Fiche>, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    if filtres.ordre == Ordre::Echeance
        && let Some(mut fiches) = toutes(tx, demande, filtre, filtres.ordre, TRIEES)?
    {
        trier(&mut fiches, aujourdhui);
        let total = i64::try_from(fiches.len()).unwrap_or(i64::MAX);
        let debut = usize::try_from(filtres.page - 1).unwrap_or(0).saturating_mul(usize::from(PAR_PAGE));
        let elements = fiches.into_iter().skip(debut).take(usize::from(PAR_PAGE)).collect();
        return Ok(Liste { elements, total, suivant: None });
    }
    let pagination = Pagination::page(PAR_PAGE, filtres.page);
    Ok(sessions::lister(tx, &demande.portee(), filtre, filtres.ordre.tri(), pagination, aujourdhui)?)
}

/// All sessions of these filters; none when there are more than so many.
pub(super) fn toutes(
    tx: &mut Tx<'_>,
    demande: &Demande,
    filtre: &Filtre,
    ordre: Ordre,
    limite: usize,
) -> Result<Option<Vec<Fiche>>, Error> {
    let mut fiches: Vec<Fiche> = Vec::new();
    for numero in 1.. {
        let pagination = Pagination::page(Pagination::MAXIMUM, numero);
        let aujourdhui = demande.moment.aujourdhui;
        let liste = sessions::lister(tx, &demande.portee(), filtre, ordre.tri(), pagination, aujourdhui)?;
        if usize::try_from(liste.total).is_ok_and(|total| limite < total) {
            return Ok(None);
        }
        let fin = liste.suivant.is_none();
        fiches.extend(liste.elements);
        if fin {
            break;
        }
    }
    Ok(Some(fiches))
}

pub(super) fn trier(fiches: &mut [Fiche], aujourdhui: jiff::civil::Date) {
    fiches.sort_by_key(|fiche| (Echeance::de(&fiche.session, aujourdhui).dernier_jour, fiche.session.id));
}

fn page(visit: &SignedVisit, demande: &Demande, filtres: Filtres, saisie: Saisie, lu: Lu) -> PageListe {
    let total = usize::try_from(lu.liste.total).unwrap_or(0);
    let debut = usize::try_from(filtres.page - 1).unwrap_or(0) * usize::from(PAR_PAGE);
    let fin = debut + lu.liste.elements.len();
    let toutes: i64 = lu.en_tout.values().sum();
    let declare = !demande.requester.declare_pour().is_empty();
    let reseau = demande.requester.est_administrateur();
    let vide = match (lu.liste.elements.is_empty(), toutes) {
        (false, _) => Vide::Non,
        (true, 1..) => Vide::Filtree,
        (true, _) if declare => Vide::Declarant,
        (true, _) if reseau => Vide::Reseau,
        (true, _) => Vide::Formateur,
    };
    let choix = |premier: &str, reste: Vec<(String, String)>| {
        let mut options = vec![(String::new(), premier.to_owned())];
        options.extend(reste);
        options
    };
    let onglets = onglets(&filtres, &lu.nombres);
    let courant = onglets.iter().find(|onglet| onglet.courant).map_or("", |onglet| onglet.libelle);
    let filtree = if filtres.restreignent() { ", filtrées" } else { "" };
    let titre = format!("{}, {}{filtree}", pluriel(total, "session", "sessions"), courant.to_lowercase());
    let suite = |page: u32| Some(filtres.a_la_page(page).adresse());
    PageListe {
        page: visit.page(titre).en_erreur(&saisie),
        intro: intro(&lu.en_tout, declare, reseau),
        declare,
        dispositifs: choix("Tous", lu.dispositifs.iter().map(|code| (code.clone(), code.clone())).collect()),
        auteurs: if lu.auteurs.len() < 2 {
            Vec::new()
        } else {
            choix("Tout le compte", lu.auteurs.iter().map(|(n, nom)| (n.to_string(), nom.clone())).collect())
        },
        legende: format!(
            "{} {} à {fin} sur {total}, {}",
            accord(total, "Session", "Sessions"),
            debut + 1,
            filtres.ordre.en_clair()
        ),
        colonnes: colonnes(&filtres),
        lignes: lu.liste.elements.iter().map(|fiche| ligne(fiche, &lu, demande)).collect(),
        vide,
        precedentes: (filtres.page > 1).then(|| suite(filtres.page - 1)).flatten(),
        suivantes: (fin < total).then(|| suite(filtres.page + 1)).flatten(),
        exporter: [("XLSX", "/sessions.xlsx"), ("CSV", "/sessions.csv")]
            .map(|(nom, chemin)| (nom, filtres.a_la_page(1).adresse_de(chemin))),
        toutes: "/sessions".to_owned(),
        onglets,
        filtres,
        saisie,
    }
}

fn intro(nombres: &BTreeMap<NomEtat, i64>, declare: bool, reseau: bool) -> String {
    let combien = |etats: &[NomEtat]| -> usize {
        etats.iter().filter_map(|etat| usize::try_from(*nombres.get(etat)?).ok()).sum()
    };
    let toutes = combien(&NomEtat::TOUS);
    let sessions = pluriel(toutes, "session", "sessions");
    if reseau {
        return format!(
            "{sessions} dans tout le réseau, en lecture seule ; le journal garde trace de chaque lecture."
        );
    }
    if toutes == 0 {
        return String::new();
    }
    if declare {
        let attendent = combien(&[NomEtat::Brouillon, NomEtat::Retournee, NomEtat::ATraiter]);
        return match attendent {
            0 => format!("{sessions} ; aucune à compléter, à corriger ou à générer."),
            n => format!("{sessions}, dont {} à compléter, à corriger ou à générer.", combien_de(n)),
        };
    }
    match combien(&[NomEtat::Soumise]) {
        0 => format!("{sessions} ; aucune n’attend vos résultats."),
        n => {
            format!("{sessions}, dont {} {} vos résultats.", combien_de(n), accord(n, "attend", "attendent"))
        }
    }
}

fn onglets(filtres: &Filtres, nombres: &BTreeMap<NomEtat, i64>) -> Vec<Onglet> {
    let onglet = |etat: Option<NomEtat>, libelle, nombre| Onglet {
        href: filtres.dans(etat).adresse(),
        libelle,
        nombre,
        courant: filtres.etat == etat,
    };
    let mut liste = vec![onglet(None, "Toutes", nombres.values().sum())];
    for (etat, libelle) in [
        (NomEtat::ATraiter, "À traiter"),
        (NomEtat::Retournee, "Retournées"),
        (NomEtat::Brouillon, "Brouillons"),
        (NomEtat::Soumise, "Soumises"),
        (NomEtat::Terminee, "Terminées"),
    ] {
        liste.push(onglet(Some(etat), libelle, nombres.get(&etat).copied().unwrap_or(0)));
    }
    liste
}

fn colonnes(filtres: &Filtres) -> Vec<Colonne> {
    let par = |libelle, ordre: Ordre| Colonne {
        libelle,
        href: Some(filtres.par(ordre).adresse()),
        sens: (filtres.ordre == ordre).then_some("ascending"),
    };
    let simple = |libelle| Colonne { libelle, href: None, sens: None };
    let dates = match filtres.ordre {
        Ordre::FinRecente => Colonne { sens: Some("descending"), ..par("Dates", Ordre::FinAncienne) },
        Ordre::FinAncienne => Colonne { sens: Some("ascending"), ..par("Dates", Ordre::FinRecente) },
        Ordre::Echeance | Ordre::Dispositif | Ordre::Etat => par("Dates", Ordre::FinRecente),
    };
    vec![
        par("Session", Ordre::Dispositif),
        par("État", Ordre::Etat),
        dates,
        simple("Formateur"),
        simple("Déclarée par"),
        simple("Stagiaires"),
        par("Prochaine échéance", Ordre::Echeance),
    ]
}

fn ligne(fiche: &Fiche, lu: &Lu, demande: &Demande) -> Ligne {
    let session = &fiche.session;
    let saisie = &session.saisie;
    let aujourdhui = demande.moment.aujourdhui;
    let echeance = Echeance::de(session, aujourdhui);
    let choisie = saisie.action.map(|choisie| match action(choisie) {
        "formation initiale" => ", initiale".to_owned(),
        autre => format!(", {autre}"),
    });
    let du_compte =
        demande.requester.profils.iter().any(|profil| matches!(profil, Profil::Gestionnaire { .. }));
    let compte = lu.comptes.get(&session.compte).cloned();
    Ligne {
        id: session.id.to_string(),
        titre: dispositif_et_niveau(saisie),
        sous: format!("{}{}", session.numero, choisie.unwrap_or_default()),
        etat: etat(session),
        debut: saisie.date_debut.filter(|debut| *debut != saisie.date_fin).map(date_chiffree),
        fin: date_chiffree(saisie.date_fin),
        formateur: saisie.formateur.as_ref().map(|numero| lu.gens.nom(numero)),
        auteur: lu.gens.nom(&session.auteur),
        compte: compte.filter(|_| !du_compte),
        stagiaires: session.stagiaires.len(),
        verbe: verbe(echeance.attendu),
        jour: en_chiffres(&echeance),
        proche: echeance.est_proche(aujourdhui),
    }
}
