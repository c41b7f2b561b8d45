//! The ZIP of all certificates, made while it is sent: one file at a time, when the connection asks for more.
//!
//! Whatever the number of files, some of them are in memory, no thread waits for a slow reader, and the first
//! bytes leave as soon as the first file is drawn.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use forprev_domain::certificat::Imprime;
use hyper::body::Frame;
use tokio::task::{JoinHandle, spawn_blocking};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::fichiers::nom_lisible;
use crate::app::App;
use crate::error::Error;
use crate::sceau::{LOT, sceller};

/// A body that holds these certificates, one file each, in this order.
pub(super) fn archive(app: &App, imprimes: Vec<Imprime>) -> Body {
    Body::new(Archive::Prete(Box::new(Chantier::new(app.clone(), imprimes))))
}

/// What was drawn, and what remains to be.
type Avancee = (Bytes, Option<Box<Chantier>>);

enum Archive {
    /// Waiting to be asked for more.
    Prete(Box<Chantier>),
    /// Drawing the next file, away from the asynchronous threads.
    EnCours(JoinHandle<Result<Avancee, Error>>),
    /// All was sent, or something failed.
    Finie,
}

impl HttpBody for Archive {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        loop {
            match std::mem::replace(&mut *self, Self::Finie) {
                Self::Finie => return Poll::Ready(None),
                Self::Prete(chantier) => *self = Self::EnCours(spawn_blocking(|| chantier.avancer())),
                Self::EnCours(mut tache) => {
                    let Poll::Ready(fait) = Pin::new(&mut tache).poll(cx) else {
                        *self = Self::EnCours(tache);
                        return Poll::Pending;
                    };
                    let (octets, suite) = match fait.map_err(Error::internal).flatten() {
                        Ok(fait) => fait,
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    };
                    *self = suite.map_or(Self::Finie, Self::Prete);
                    return Poll::Ready(Some(Ok(Frame::data(octets))));
                }
            }
        }
    }
}

/// An archive under construction: what remains to be drawn, what was written and not yet sent.
struct Chantier {
    app: App,
    zip: ZipWriter<StreamWriter<Tampon>>,
    tampon: Tampon,
    reste: std::vec::IntoIter<Imprime>,
    /// How many were written.
    rang: usize,
    largeur: usize,
    /// How many are sealed next, in one transaction: the first one leaves alone and at once.
    lot: usize,
}

impl Chantier {
    fn new(app: App, imprimes: Vec<Imprime>) -> Self {
        let tampon = Tampon::default();
        let largeur = imprimes.len().to_string().len().max(2);
        let zip = ZipWriter::new_stream(tampon.clone());
        Self { app, zip, tampon, reste: imprimes.into_iter(), rang: 0, largeur, lot: 1 }
    }

    /// Draws and seals some more files, or ends the archive; gives back what is to be sent.
    fn avancer(mut self: Box<Self>) -> Result<Avancee, Error> {
        let imprimes: Vec<Imprime> = self.reste.by_ref().take(self.lot).collect();
        if imprimes.is_empty() {
            self.zip.finish().map_err(Error::internal)?;
            return Ok((self.tampon.vider(), None));
        }
        for (imprime, octets) in imprimes.iter().zip(sceller(&self.app, &imprimes)?) {
            self.rang += 1;
            self.ajouter(imprime, &octets)?;
        }
        self.lot = LOT;
        Ok((self.tampon.vider(), Some(self)))
    }

    fn ajouter(&mut self, imprime: &Imprime, octets: &[u8]) -> Result<(), Error> {
        let nom = format!("{:0largeur$} {}.pdf", self.rang, nom_lisible(imprime), largeur = self.largeur);
        // Deflated, since some readers take no stored file of a size said after it.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .last_modified_time(jour(imprime));
        self.zip.start_file(nom, options).map_err(Error::internal)?;
        self.zip.write_all(octets).map_err(Error::internal)?;
        self.zip.flush().map_err(Error::internal)
    }
}

/// The day of issue, as the archive dates its files.
fn jour(imprime: &Imprime) -> DateTime {
    let jour = imprime.delivre_le;
    let annee = jour.year().unsigned_abs();
    let (mois, quantieme) = (jour.month().unsigned_abs(), jour.day().unsigned_abs());
    DateTime::from_date_and_time(annee, mois, quantieme, 12, 0, 0).unwrap_or_default()
}

/// What was written and not yet sent.
#[derive(Clone, Default)]
struct Tampon(Arc<Mutex<Vec<u8>>>);

impl Tampon {
    fn vider(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Tampon {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
