//! Sealed files. A seal is made at the first download, or as soon as the certificate is issued where an authority
//! stamps it with the time, and kept: the same bytes come back each time, after a restart, and from another instance;
//! of two made at once, the first one kept serves both.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use forprev_domain::certificat::Imprime;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::session::SessionId;
use forprev_pdf::ASceller;
use forprev_pdf::sceau::Cms;
use forprev_store::certificats;
use tokio::task::JoinHandle;

use super::Panne;
use crate::app::App;
use crate::error::Error;
use crate::metrics::Metrics;

/// Files sealed in one transaction.
pub(crate) const LOT: usize = 16;

/// The sealed files of these certificates, in this order: one reading transaction, and one writing one when a
/// seal is missing. Blocks.
///
/// # Errors
/// Unavailable when the database does not answer.
pub fn sceller(app: &App, imprimes: &[Imprime]) -> Result<Vec<Vec<u8>>, Error> {
    let numeros = imprimes.iter().map(numero).collect::<Result<Vec<_>, _>>()?;
    let gardes = app.db().read(|tx| {
        let gardes = numeros.iter().map(|numero| certificats::sceau_garde(tx, numero));
        gardes.collect::<Result<Vec<_>, _>>().map_err(Error::from)
    })?;
    let mut ouvrages = Vec::with_capacity(imprimes.len());
    for ((imprime, numero), garde) in imprimes.iter().zip(numeros).zip(gardes) {
        ouvrages.push(Ouvrage::new(app, imprime, numero, garde)?);
    }
    if ouvrages.iter().any(|ouvrage| ouvrage.nouveau.is_some()) {
        let gardes = app.db().write(|tx| {
            let gardes = ouvrages.iter().map(|ouvrage| match (&ouvrage.nouveau, &ouvrage.garde) {
                (Some(nouveau), Some(ancien)) => {
                    certificats::remplacer_sceau(tx, &ouvrage.numero, ancien, nouveau)
                }
                (Some(nouveau), None) => certificats::garder_sceau(tx, &ouvrage.numero, nouveau),
                (None, garde) => Ok(garde.clone()),
            });
            gardes.collect::<Result<Vec<_>, _>>().map_err(Error::from)
        })?;
        for (ouvrage, garde) in ouvrages.iter_mut().zip(gardes) {
            // Erased in the meantime: this download, which began before, is the last one.
            ouvrage.garde = garde.or_else(|| ouvrage.nouveau.take());
        }
    }
    ouvrages.into_iter().map(Ouvrage::finir).collect()
}

/// Seals the files of a session in the background, where an authority stamps seals with the time: it shall be that
/// of the issue. Whatever keeps it from ending, the first download seals what is left. Returns the task, for whoever
/// wants to see its end.
pub fn sceller_aussitot(app: &App, session: SessionId) -> Option<JoinHandle<()>> {
    app.horodateur.as_ref()?;
    let app = app.clone();
    Some(tokio::task::spawn_blocking(move || {
        let fait = app.db().read(|tx| certificats::de_la_session(tx, session).map_err(Error::from));
        let fait = fait.and_then(|certificats| {
            let imprimes: Vec<Imprime> = certificats.into_iter().filter_map(|c| c.imprime).collect();
            imprimes.chunks(LOT).try_for_each(|lot| sceller(&app, lot).map(drop))
        });
        if let Err(error) = fait {
            tracing::warn!(%error, "not sealed at once: the first download will");
        }
    }))
}

/// All in one file, or cards, under one seal, always the same one, which is not kept. Blocks.
///
/// # Errors
/// A fault of the program only.
pub fn sceller_ensemble(app: &App, fichier: ASceller) -> Result<Vec<u8>, Error> {
    let cms = app.trousseau.sceau.sceller_pareil(fichier.empreinte()).map_err(Error::internal)?;
    fichier.avec(&cms).map_err(Error::internal)
}

/// One file in the making.
struct Ouvrage {
    numero: NumeroCertificat,
    fichier: ASceller,
    garde: Option<String>,
    nouveau: Option<String>,
}

impl Ouvrage {
    fn new(
        app: &App,
        imprime: &Imprime,
        numero: NumeroCertificat,
        garde: Option<String>,
    ) -> Result<Self, Error> {
        let fichier = forprev_pdf::a_sceller(imprime);
        let empreinte = fichier.empreinte();
        let tient = garde.as_deref().is_some_and(|garde| {
            let cms = STANDARD.decode(garde).ok().and_then(|der| Cms::lire(&der).ok());
            cms.is_some_and(|cms| cms.empreinte == empreinte)
        });
        if garde.is_some() && !tient {
            tracing::error!(%numero, "the file is drawn otherwise than when it was sealed: it is sealed anew");
        }
        let nouveau = if tient {
            None
        } else {
            let cms = app.trousseau.sceau.sceller(empreinte).map_err(Error::internal)?;
            Some(STANDARD.encode(horodate(app, cms)))
        };
        Ok(Self { numero, fichier, garde, nouveau })
    }

    fn finir(self) -> Result<Vec<u8>, Error> {
        let cms = STANDARD.decode(self.garde.unwrap_or_default()).map_err(Error::internal)?;
        self.fichier.avec(&cms).map_err(Error::internal)
    }
}

/// The same seal with the time of the authority, where the settings name one and it answers: a seal waits for nobody.
fn horodate(app: &App, cms: Vec<u8>) -> Vec<u8> {
    let Some(horodateur) = &app.horodateur else { return cms };
    match horodateur.horodater(&cms) {
        Ok(horodate) => {
            Metrics::add(&app.metrics.timestamps);
            horodate
        }
        Err(panne) => {
            Metrics::add(&app.metrics.timestamps_missed);
            if !matches!(panne, Panne::Pause) {
                tracing::warn!(%panne, "sealed without a time-stamp");
            }
            cms
        }
    }
}

fn numero(imprime: &Imprime) -> Result<NumeroCertificat, Error> {
    NumeroCertificat::parse(&imprime.numero_certificat)
        .ok_or_else(|| Error::internal("a certificate bears no number of ours"))
}
