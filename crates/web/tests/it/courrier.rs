//! The outbox: sent once, tried again later and later, shown to the administrateur.

use std::sync::{Arc, Mutex};

use forprev_domain::identite::Email;
use forprev_domain::utilisateur::Profil;
use forprev_store::courrier::{NouveauCourrier, deposer};
use forprev_web::courrier::{Report, send};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::app::App;

/// How the mail server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Humeur {
    Accepte,
    RefusePourLInstant,
    RefusePourDeBon,
    CoupeApresData,
}

/// A mail server that keeps what it is sent.
struct Puits {
    url: String,
    humeur: Arc<Mutex<Humeur>>,
    recus: Arc<Mutex<Vec<String>>>,
}

impl Puits {
    async fn ouvrir() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let humeur = Arc::new(Mutex::new(Humeur::Accepte));
        let recus = Arc::new(Mutex::new(Vec::new()));
        let (mood, received) = (Arc::clone(&humeur), Arc::clone(&recus));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mood = *mood.lock().expect("sound");
                tokio::spawn(converser(stream, mood, Arc::clone(&received)));
            }
        });
        Self { url, humeur, recus }
    }

    fn devient(&self, humeur: Humeur) {
        *self.humeur.lock().expect("sound") = humeur;
    }

    fn recus(&self) -> Vec<String> {
        self.recus.lock().expect("sound").clone()
    }
}

async fn converser(stream: TcpStream, humeur: Humeur, recus: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let (lit, mut ecrit) = stream.into_split();
    let mut lignes = BufReader::new(lit).lines();
    ecrit.write_all(b"220 puits.example\r\n").await.ok()?;
    while let Some(ligne) = lignes.next_line().await.ok()? {
        let verbe = ligne.split([' ', ':']).next().unwrap_or("").to_uppercase();
        let reponse = match (verbe.as_str(), humeur) {
            ("EHLO", _) => "250-puits.example\r\n250 8BITMIME",
            ("RCPT", Humeur::RefusePourLInstant) => "451 4.3.0 plus tard",
            ("RCPT", Humeur::RefusePourDeBon) => "550 5.1.1 inconnu",
            ("DATA", _) => {
                ecrit.write_all(b"354 oui\r\n").await.ok()?;
                let mut message = String::new();
                while let Some(ligne) = lignes.next_line().await.ok()?.filter(|ligne| ligne != ".") {
                    message.push_str(&ligne);
                    message.push('\n');
                }
                recus.lock().expect("sound").push(message);
                if humeur == Humeur::CoupeApresData {
                    return None;
                }
                "250 2.0.0 pris"
            }
            ("QUIT", _) => "221 au revoir",
            _ => "250 2.0.0 bien",
        };
        ecrit.write_all(format!("{reponse}\r\n").as_bytes()).await.ok()?;
    }
    Some(())
}

/// Puts an invitation in the outbox.
async fn invitation(app: &App, prenom: &str) {
    let numero = app.personne(prenom, &[]).await;
    let le = app.program.clock.moment().instant;
    let adresse = Email::parse(&format!("{prenom}@exemple.fr")).expect("an address");
    app.write(move |tx| {
        let courrier = NouveauCourrier {
            genre: "invitation".to_owned(),
            destinataire: numero.clone(),
            adresse: adresse.clone(),
            donnees: json!({ "lien": "http://forprev.test/activation/secret", "numero": numero }),
            session: None,
        };
        Ok(deposer(tx, &courrier, le)?)
    })
    .await;
}

fn entete(message: &str, nom: &str) -> String {
    let debut = format!("{nom}: ");
    message.lines().find_map(|ligne| ligne.strip_prefix(&debut)).unwrap_or_default().to_owned()
}

async fn avec_puits() -> (App, Puits) {
    let puits = Puits::ouvrir().await;
    let url = puits.url.clone();
    (App::start_with(|config| config.smtp_url = Some(url)), puits)
}

#[tokio::test]
async fn chaque_courrier_part_une_fois() {
    let (app, puits) = avec_puits().await;
    for prenom in ["alix", "noor", "iris"] {
        invitation(&app, prenom).await;
    }
    let (une, deux) = tokio::join!(send(&app.program), send(&app.program));
    assert_eq!(une.expect("runs").partis + deux.expect("runs").partis, 3);
    assert_eq!(send(&app.program).await.expect("runs"), Report::default());
    let recus = puits.recus();
    assert_eq!(recus.len(), 3);
    let message = &recus[0];
    assert_eq!(entete(message, "Auto-Submitted"), "auto-generated");
    assert!(entete(message, "From").contains("<ne-pas-repondre@forprev.test>"), "{message}");
    assert!(entete(message, "Message-ID").ends_with("@forprev.test>"), "{message}");
    assert!(message.contains("text/plain") && message.contains("text/html"), "{message}");
}

#[tokio::test]
async fn un_courrier_refuse_est_repris_plus_tard_sous_le_meme_nom() {
    for humeur in [Humeur::RefusePourLInstant, Humeur::RefusePourDeBon, Humeur::CoupeApresData] {
        let (app, puits) = avec_puits().await;
        invitation(&app, "alix").await;
        puits.devient(humeur);
        let report = send(&app.program).await.expect("runs");
        assert_eq!(report, Report { partis: 0, remis: 1 }, "{humeur:?}");
        puits.devient(Humeur::Accepte);
        assert_eq!(send(&app.program).await.expect("runs"), Report::default(), "{humeur:?}");
        app.clock("2026-11-23T09:01:30Z");
        assert_eq!(send(&app.program).await.expect("runs").partis, 1, "{humeur:?}");
        let noms: Vec<_> = puits.recus().iter().map(|message| entete(message, "Message-ID")).collect();
        assert!(noms.iter().all(|nom| *nom == noms[0] && !nom.is_empty()), "{noms:?}");
    }
}

#[tokio::test]
async fn sans_reponse_du_serveur_tout_attend_ensemble() {
    let app = App::start_with(|config| config.smtp_url = Some("smtp://127.0.0.1:1".to_owned()));
    for prenom in ["alix", "noor", "iris"] {
        invitation(&app, prenom).await;
    }
    assert_eq!(send(&app.program).await.expect("runs"), Report { partis: 0, remis: 3 });
    let mut awa = app.administrateur("Awa").await;
    awa.get("/courrier").await.expect(200).shows("1 essai sans succès, nouvel essai le");
}

#[tokio::test]
async fn l_administrateur_lit_le_courrier_qui_attend() {
    let app = App::start();
    invitation(&app, "alix").await;
    assert_eq!(send(&app.program).await.expect("runs"), Report::default());
    let mut awa = app.administrateur("Awa").await;
    let page = awa.get("/courrier?etat=en_attente").await.expect(200).shows("1 message en attente");
    let page = page.shows("Aucun serveur de messagerie n’est réglé").shows("alix@exemple.fr");
    let html = page.text();
    let (_, suite) = html.split_once("href=\"/courrier/").expect("a link");
    let chemin = format!("/courrier/{}", suite.split('"').next().expect("an address"));
    awa.get(&chemin)
        .await
        .expect(200)
        .shows("http://forprev.test/activation/secret")
        .shows("Choisissez votre mot de passe");
    awa.get("/courrier/rien").await.expect(404);
    let mut claire = app.gestionnaire("Claire").await;
    claire.get("/courrier").await.expect(403);
    claire.get(&chemin).await.expect(403);
}

#[tokio::test]
async fn le_texte_d_un_courrier_parti_est_efface() {
    let (app, _puits) = avec_puits().await;
    invitation(&app, "alix").await;
    send(&app.program).await.expect("runs");
    let numero = app.personne("Awa", &[Profil::Administrateur]).await;
    let mut awa = app.signed_in(&numero).await;
    let html = awa.get("/courrier").await.expect(200).shows("Envoyé le").text();
    let (_, suite) = html.split_once("href=\"/courrier/").expect("a link");
    let page = awa.get(&format!("/courrier/{}", suite.split('"').next().expect("an address"))).await;
    let page = page.expect(200).shows("son texte a été effacé");
    assert!(!page.text().contains("secret"));
}
