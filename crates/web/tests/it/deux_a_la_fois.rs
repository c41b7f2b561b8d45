//! Two sendings at the same time, through the pages, on both engines: one effect, and the other one is told.

use forprev_domain::id::SessionId;
use forprev_domain::session::Session;
use forprev_domain::utilisateur::Profil;
use forprev_store::journal::{FiltreJournal, lister};
use forprev_store::{Pagination, certificats, fusions, sessions};
use jiff::civil::date;

use crate::app::{Answer, App, Browser, Moteur};
use crate::equipe::Equipe;

type Champs = Vec<(String, String)>;

fn champs(valeurs: &[(&str, &str)]) -> Champs {
    valeurs.iter().map(|(nom, valeur)| ((*nom).to_owned(), (*valeur).to_owned())).collect()
}

async fn envoyer(mut browser: Browser<'_>, chemin: &str, champs: &Champs) -> Answer {
    let paires: Vec<_> = champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
    browser.post(chemin, &paires).await
}

impl App {
    /// How often this act is in the journal.
    async fn compter(&self, acte: &str) -> i64 {
        let filtre = FiltreJournal { acte: Some(acte.to_owned()), ..FiltreJournal::default() };
        self.write(move |tx| Ok(lister(tx, &filtre, Pagination::premiere(1))?.total)).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn un_formulaire_envoye_deux_fois_n_agit_qu_une_fois() {
    const IDENTITE: [(&str, &str); 4] = [
        ("nom_naissance", "Żółć-D’Artagnan"),
        ("prenom", "Zoé"),
        ("date_naissance", "3/7/1990"),
        ("email", "zoe@exemple.fr"),
    ];
    for moteur in Moteur::TOUS {
        let app = App::start_on(moteur);
        let equipe = app.equipe().await;
        let (claire, sacha) = (equipe.claire().await, app.administrateur("Sacha").await);
        let compte = format!("/comptes/{}", equipe.compte);
        let groupe = [("acteur-min", "4"), ("acteur-max", "10")];
        for (qui, page, valeurs, acte) in [
            (
                &claire,
                "/sessions/nouvelle".to_owned(),
                champs(&[("dispositif", "SST.acteur"), ("date_fin", "30/11/2026")]),
                "session.creee",
            ),
            (
                &sacha,
                "/comptes/nouveau".to_owned(),
                champs(&[
                    ("raison_sociale", "Atlantique"),
                    ("siret", "73282932000074"),
                    ("genre", "entreprise"),
                ]),
                "compte.ouvert",
            ),
            (
                &sacha,
                format!("{compte}/habilitations/nouvelle"),
                champs(&[
                    ("dispositif", "SST"),
                    ("niveau", "formateur"),
                    ("debut", "1/1/2026"),
                    ("fin", "31/12/2027"),
                ]),
                "habilitation.accordee",
            ),
            (
                &sacha,
                format!("{compte}/invitation"),
                champs(&[&IDENTITE[..], &[("profil", "delegataire")]].concat()),
                "profil.delegataire",
            ),
            (
                &sacha,
                "/personnes/formateur".to_owned(),
                champs(
                    &[
                        &[("nom_naissance", "Le Goff"), ("prenom", "Yann"), ("date_naissance", "3/8/1979")],
                        &[("email", "yann@exemple.fr"), ("dispositif-1", "SST")][..],
                        &[("niveau-1", "formateur"), ("debut-1", "1/1/2026"), ("fin-1", "31/12/2027")],
                    ]
                    .concat(),
                ),
                "formateur.inscrit",
            ),
            (
                &sacha,
                "/dispositifs/nouveau".to_owned(),
                champs(
                    &[&[("code", "GEP"), ("libelle", "Gestes"), ("a_partir_du", "1/1/2027")], &groupe[..]]
                        .concat(),
                ),
                "dispositif.ajoute",
            ),
        ] {
            let mut qui = qui.clone();
            let ouverte = qui.get(&page).await.expect(200);
            une_seule_fois(&app, &qui, &page, &ouverte, valeurs, acte).await;
        }
    }
}

/// The form of this page, sent twice at once and once more later, has one effect and one answer.
async fn une_seule_fois(
    app: &App,
    qui: &Browser<'_>,
    chemin: &str,
    ouverte: &Answer,
    valeurs: Champs,
    acte: &str,
) {
    let mut envoi = valeurs;
    envoi.push(("cle".to_owned(), ouverte.hidden("cle")));
    let (un, deux) = tokio::join!(envoyer(qui.clone(), chemin, &envoi), envoyer(qui.clone(), chemin, &envoi));
    let (un, deux) = (un.expect(303), deux.expect(303));
    assert_eq!(un.header("location"), deux.header("location"), "{chemin}");
    assert_eq!(app.compter(acte).await, 1, "{acte}");
    let encore = envoyer(qui.clone(), chemin, &envoi).await.expect(303);
    assert_eq!(encore.header("location"), un.header("location"), "{chemin}, later");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ce_qui_ne_se_defait_pas_ne_se_fait_qu_une_fois() {
    for moteur in Moteur::TOUS {
        let app = App::start_on(moteur);
        let equipe = app.equipe().await;
        let mut sacha = app.administrateur("Sacha").await;
        let id = equipe.terminee(date(2026, 11, 19), date(2026, 11, 20), 2, 0).await;
        let session = equipe.session(id).await;
        let delivres = app.write(move |tx| Ok(certificats::de_la_session(tx, id)?)).await;

        let jour = session.stagiaires[0].identite.date_naissance.expect("a day").to_string();
        let correction = format!("/certificats/{}/correction", delivres[0].numero);
        sacha.get(&correction).await.expect(200);
        let identite = champs(&[("nom_naissance", "Corrigée"), ("prenom", "Zoé"), ("date_naissance", &jour)]);
        let question = envoyer(sacha.clone(), &correction, &identite).await.expect(200);
        let confirmee = [identite, champs(&[("confirme", "oui")])].concat();
        une_seule_fois(&app, &sacha, &correction, &question, confirmee, "certificat.remplace").await;

        let revocation = format!("/certificats/{}/revocation", delivres[1].numero);
        let question = sacha.get(&revocation).await.expect(200);
        let motif = champs(&[("motif", "Fraude")]);
        une_seule_fois(&app, &sacha, &revocation, &question, motif, "certificat.revoque").await;

        let (ancien, nouveau) = (app.personne("Lea", &[]).await, app.personne("Leah", &[]).await);
        let fusion = format!("/personnes/{nouveau}/fusion");
        let question = sacha.get(&format!("{fusion}?avec={ancien}")).await.expect(200);
        let les_deux = champs(&[("ancien", ancien.as_str())]);
        une_seule_fois(&app, &sacha, &fusion, &question, les_deux, "personne.fusionnee").await;

        let faite = app.write(move |tx| Ok(fusions::menant_a(tx, &nouveau)?)).await.remove(0);
        let separation = format!("/personnes/fusions/{}", faite.id);
        let question = sacha.get(&separation).await.expect(200);
        une_seule_fois(&app, &sacha, &separation, &question, Champs::new(), "personne.separee").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn un_stagiaire_ajoute_deux_fois_n_est_ajoute_qu_une_fois_et_un_autre_l_est_aussi() {
    let app = App::start();
    let equipe = app.equipe().await;
    let id = equipe.brouillon(date(2026, 11, 19), date(2026, 11, 20), 0).await;
    let page = format!("/sessions/{id}/stagiaires");
    let mut claire = equipe.claire().await;
    let ouverte = claire.get(&page).await.expect(200);
    let mut envoi =
        champs(&[("nom_naissance", "Aubry"), ("prenom", "Camille"), ("date_naissance", "14/2/1991")]);
    for nom in ["cle", "version"] {
        envoi.push((nom.to_owned(), ouverte.hidden(nom)));
    }
    let (un, deux) =
        tokio::join!(envoyer(claire.clone(), &page, &envoi), envoyer(claire.clone(), &page, &envoi));
    assert_eq!(un.expect(303).header("location"), deux.expect(303).header("location"));
    let session = equipe.session(id).await;
    assert_eq!(session.stagiaires.len(), 1);
    // Back to the page as it was, another name: another sending, which finds the session changed and loses nothing.
    "Ronan".clone_into(&mut envoi[1].1);
    envoyer(claire, &page, &envoi).await.expect(409).shows("Modifiée par vous-même").shows("value=\"Ronan\"");
}

/// Where a session is when two people act on it.
#[derive(Debug, Clone, Copy)]
enum Depart {
    Brouillon,
    Soumise,
    ATraiter,
}

/// Who acts.
#[derive(Debug, Clone, Copy)]
enum Qui {
    Claire,
    Zoe,
    Karim,
}

/// What the second one is told.
#[derive(Debug, Clone, Copy)]
enum Autre {
    /// That the session changed meanwhile.
    Conflit,
    /// That the session is no more, or changed: whoever was first.
    Disparue,
    /// The same as the first one.
    Pareil,
}

async fn depart(equipe: &Equipe<'_>, depart: Depart) -> SessionId {
    let (debut, fin) = (date(2026, 11, 19), date(2026, 11, 20));
    match depart {
        Depart::Brouillon => equipe.brouillon(debut, fin, 4).await,
        Depart::Soumise => equipe.soumise(debut, fin, 4).await,
        Depart::ATraiter => equipe.a_traiter(debut, fin, 4, 1).await,
    }
}

/// The form of this move, as the page of this version sends it.
fn formulaire(session: &Session, geste: &str) -> Champs {
    let mut envoi = champs(&[("version", &session.version.to_string())]);
    match geste {
        "retour" => {
            envoi.extend(champs(&[("motif", "Autre raison"), ("precisions", "Le lieu est à corriger.")]))
        }
        "renvoi" => envoi.extend(champs(&[("commentaire", "Un résultat est à revoir.")])),
        "transmission" => {
            let lignes = session.stagiaires.iter();
            envoi.extend(lignes.map(|ligne| (format!("r-{}", ligne.id), "reussite".to_owned())));
        }
        _ => {}
    }
    envoi
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deux_gestes_a_la_fois_font_un_seul_effet() {
    use Autre::{Conflit, Disparue, Pareil};
    use Depart::{ATraiter, Brouillon, Soumise};
    use Qui::{Claire, Karim, Zoe};
    for moteur in Moteur::TOUS {
        let app = App::start_on(moteur);
        let equipe = app.equipe().await;
        let zoe = app.personne("Zoe", &[Profil::Gestionnaire { compte: equipe.compte }]).await;
        let mut gens = [equipe.claire().await, app.signed_in(&zoe).await, equipe.karim().await];
        for browser in &mut gens {
            browser.get("/tableau-de-bord").await.expect(200);
        }
        for (de, un, deux, autre) in [
            (Brouillon, (Claire, "soumission"), (Zoe, "soumission"), Conflit),
            (Brouillon, (Claire, "soumission"), (Zoe, "suppression"), Disparue),
            (Brouillon, (Claire, "suppression"), (Zoe, "suppression"), Disparue),
            (Soumise, (Claire, "reprise"), (Zoe, "reprise"), Conflit),
            (Soumise, (Claire, "reprise"), (Karim, "retour"), Conflit),
            (Soumise, (Claire, "reprise"), (Karim, "transmission"), Conflit),
            (Soumise, (Karim, "retour"), (Karim, "transmission"), Conflit),
            (Soumise, (Karim, "retour"), (Karim, "retour"), Conflit),
            (Soumise, (Karim, "transmission"), (Karim, "transmission"), Conflit),
            (ATraiter, (Claire, "renvoi"), (Zoe, "renvoi"), Conflit),
            (ATraiter, (Claire, "renvoi"), (Zoe, "generation"), Conflit),
            (ATraiter, (Claire, "generation"), (Zoe, "generation"), Pareil),
        ] {
            let cas = format!("{moteur:?} {de:?}, {un:?}, {deux:?}");
            let id = depart(&equipe, de).await;
            let session = equipe.session(id).await;
            let avant = app.write(move |tx| Ok(sessions::historique(tx, id)?.len())).await;
            let faire = |(qui, geste): (Qui, &'static str)| {
                let (browser, envoi) = (gens[qui as usize].clone(), formulaire(&session, geste));
                let chemin = format!("/sessions/{id}/{geste}");
                async move { envoyer(browser, &chemin, &envoi).await }
            };
            let (a, b) = tokio::join!(faire(un), faire(deux));
            let (faits, refuses): (Vec<_>, Vec<_>) = [a, b].into_iter().partition(|r| r.status == 303);
            let apres = app.write(move |tx| Ok(sessions::historique(tx, id)?.len())).await;
            if matches!(autre, Pareil) {
                assert_eq!((faits.len(), apres), (2, avant + 1), "{cas}");
                assert_eq!(faits[0].header("location"), faits[1].header("location"), "{cas}");
                continue;
            }
            assert_eq!(faits.len(), 1, "{cas}: {}", refuses.first().map(Answer::text).unwrap_or_default());
            assert!(apres == 0 || apres == avant + 1, "{cas}: {avant} then {apres} in the history");
            let refus = &refuses[0];
            let page = refus.text();
            let dit = page.contains("La session a changé") || page.contains("Modifiée par");
            match autre {
                Disparue if refus.status == 404 => assert!(page.contains("n’existe plus"), "{cas}"),
                Conflit | Disparue => assert!(refus.status == 409 && dit, "{cas}: {page}"),
                Pareil => unreachable!("said above"),
            }
        }
    }
}
