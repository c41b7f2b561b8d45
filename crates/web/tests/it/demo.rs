//! The demonstration: always forty sessions in all states, whatever the day on which it starts.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, header};
use forprev_domain::droits::portee;
use forprev_domain::session::{NomEtat, avertissements, manquements};
use forprev_store::sessions::{self, Filtre, Tri};
use forprev_store::{Pagination, faits, utilisateurs};
use forprev_web::clock::Clock;
use forprev_web::config::{Config, Values};
use forprev_web::demo::{self, Demo};
use forprev_web::error::Error;
use forprev_web::router::router;
use forprev_web::saisie::encode;
use tower::ServiceExt as _;

fn ouvrir(instant: &str) -> Demo {
    let config = Config::check(&Values::new()).expect("settings");
    demo::ouvrir(config, Clock::fixed(instant.parse().expect("an instant"))).expect("starts")
}

/// States, codes of obstacles and warnings of all the sessions there are.
fn contenu(demo: &Demo) -> (Vec<NomEtat>, BTreeSet<&'static str>) {
    let app = &demo.app;
    let aujourdhui = app.clock.moment().aujourdhui;
    app.db()
        .read(|tx| {
            let awa = app.personas.iter().find(|p| p.nom == "Awa Diallo").expect("Awa");
            let awa = utilisateurs::requester(tx, &awa.numero)?.expect("known");
            let toutes = sessions::lister(
                tx,
                &portee(&awa),
                &Filtre::default(),
                Tri::default(),
                Pagination::premiere(100),
                aujourdhui,
            )?;
            let (mut etats, mut codes) = (Vec::new(), BTreeSet::new());
            for fiche in &toutes.elements {
                let session = &fiche.session;
                let faits = faits::de_la_session(tx, session)?;
                etats.push(session.etat.nom());
                codes.extend(manquements(session, &faits, aujourdhui).iter().map(|m| m.code()));
                codes.extend(avertissements(session, &faits, aujourdhui).iter().map(|a| a.code()));
            }
            Ok::<_, Error>((etats, codes))
        })
        .expect("reads")
}

#[test]
fn quarante_sessions_dans_tous_les_etats_quel_que_soit_le_jour() {
    for instant in [
        "2026-11-23T09:00:00Z",
        "2026-11-24T23:30:00Z",
        "2026-11-25T05:00:00Z",
        "2026-11-26T12:00:00Z",
        "2026-11-27T12:00:00Z",
        "2026-11-28T12:00:00Z",
        "2026-11-29T12:00:00Z",
        "2026-03-29T00:30:00Z",
        "2026-10-25T01:30:00Z",
        "2026-12-31T22:59:00Z",
        "2027-02-28T08:00:00Z",
        "2027-08-31T08:00:00Z",
        "2028-02-29T08:00:00Z",
    ] {
        let (etats, codes) = contenu(&ouvrir(instant));
        assert_eq!(etats.len(), 40, "{instant}");
        for etat in NomEtat::TOUS {
            assert!(etats.iter().filter(|e| **e == etat).count() >= 4, "{instant} {etat:?}");
        }
        for code in [
            "habilitation_invalide",
            "formateur_pas_a_jour",
            "hors_delai_de_saisie",
            "avant_la_date_de_fin",
            "avant_la_date_de_debut",
            "informations_incompletes",
            "formateur_absent",
            "aucun_stagiaire",
            "trop_de_stagiaires",
            "identite_incomplete",
            "identite_invalide",
            "formateur_parmi_les_stagiaires",
            "dates_incoherentes",
            "resultats_incomplets",
            "groupe_trop_petit",
            "mac_sans_certificat_connu",
            "age_inhabituel",
            "habilitation_bientot_echue",
            "qualification_bientot_echue",
        ] {
            assert!(codes.contains(code), "{instant} {code}: {codes:?}");
        }
    }
}

#[tokio::test]
async fn chacun_entre_sans_mot_de_passe_et_voit_sa_premiere_page() {
    let demo = ouvrir("2026-11-23T09:00:00Z");
    let router = router(demo.app.clone());
    let get = |chemin: &str, cookie: &str| {
        let request =
            Request::get(chemin).header(header::HOST, "127.0.0.1:8080").header(header::COOKIE, cookie);
        router.clone().oneshot(request.body(Body::empty()).expect("a request"))
    };
    assert_eq!(demo.app.personas.len(), 8);
    for persona in &demo.app.personas {
        let page = get("/demonstration", "").await.expect("answers");
        let visite = page.headers()[header::SET_COOKIE].to_str().expect("ASCII").to_owned();
        let visite = visite.split(';').next().unwrap_or("").to_owned();
        let html = axum::body::to_bytes(page.into_body(), usize::MAX).await.expect("whole");
        let html = String::from_utf8_lossy(&html).into_owned();
        let csrf = html.split_once("name=\"csrf\" value=\"").and_then(|(_, s)| s.split('"').next());
        let corps = format!("csrf={}&numero={}", encode(csrf.expect("a token")), persona.numero);
        let entre = Request::post("/demonstration")
            .header(header::HOST, "127.0.0.1:8080")
            .header(header::COOKIE, &visite)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(corps))
            .expect("a request");
        let entree = router.clone().oneshot(entre).await.expect("answers");
        assert_eq!(entree.status(), 303, "{}", persona.nom);
        let cookie = entree.headers().get_all(header::SET_COOKIE).iter().next().expect("a cookie");
        let cookie = cookie.to_str().expect("ASCII").split(';').next().unwrap_or("").to_owned();
        for chemin in ["/tableau-de-bord", "/profil"] {
            let page = get(chemin, &cookie).await.expect("answers");
            let status = page.status();
            assert!(status.is_success() || status.is_redirection(), "{} {chemin} {status}", persona.nom);
        }
    }
}

#[test]
fn rien_ne_reste_de_la_demonstration() {
    let demo = ouvrir("2026-11-23T09:00:00Z");
    let chemin = demo.dossier.chemin().to_owned();
    assert!(chemin.join("demonstration.db").exists());
    drop(demo);
    assert!(!chemin.exists());
}
