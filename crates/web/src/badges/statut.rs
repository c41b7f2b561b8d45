//! Which badges stand no more: a Bitstring Status List (W3C), itself a signed credential, made anew each time it is
//! asked for, so that a revocation or a correction is in it at once.

use std::io::Write as _;

use axum::extract::{Path, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::{Compression, GzBuilder};
use forprev_store::statuts::{PLACES, Statut, retires};
use serde_json::{Value, json};

use super::{CONTEXTE, GENRE, emetteur, jeton, public};
use crate::app::App;
use crate::clock::Moment;
use crate::config::Config;
use crate::error::Error;

/// Minutes for which a copy of the list may be relied upon.
const MINUTES: i64 = 5;

fn adresse(config: &Config, liste: i64) -> String {
    format!("{}/.well-known/forprev/statuts/{liste}", config.public_url)
}

/// Where a credential says that its state is found.
pub(super) fn entree(config: &Config, place: Statut) -> Value {
    let (liste, rang) = (adresse(config, place.liste), place.rang.to_string());
    json!({
        "id": format!("{liste}#{rang}"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": rang, "statusListCredential": liste,
    })
}

/// `GET /.well-known/forprev/statuts/{liste}`
pub(super) async fn montrer(
    State(app): State<App>,
    moment: Moment,
    Path(liste): Path<String>,
) -> Result<Response, Error> {
    let liste = liste.parse().map_err(|_| Error::NotFound)?;
    let retires = app.read(move |tx| Ok(retires(tx, liste)?)).await?.ok_or(Error::NotFound)?;
    let id = adresse(&app.config, liste);
    let du = moment.instant;
    let justificatif = json!({
        "@context": [CONTEXTE],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": emetteur::adresse(&app.config),
        "validFrom": du,
        "validUntil": du + jiff::SignedDuration::from_mins(MINUTES),
        "credentialSubject": {
            "id": format!("{id}#liste"), "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": encoder(&retires)?,
        },
    });
    Ok(public(GENRE, jeton::signer(&app, &justificatif)))
}

/// The list as the standard writes it: the first place is the highest bit, gzip, base64url after a `u`.
fn encoder(retires: &[u64]) -> Result<String, Error> {
    let mut bits = vec![0_u8; usize::try_from(PLACES / 8).map_err(Error::internal)?];
    for rang in retires {
        let octet = usize::try_from(rang / 8).ok().and_then(|octet| bits.get_mut(octet));
        if let Some(octet) = octet {
            *octet |= 0x80 >> (rang % 8);
        }
    }
    let mut gzip = GzBuilder::new().write(Vec::new(), Compression::default());
    gzip.write_all(&bits).map_err(Error::internal)?;
    let compresse = gzip.finish().map_err(Error::internal)?;
    Ok(format!("u{}", URL_SAFE_NO_PAD.encode(compresse)))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn chaque_place_a_son_bit_de_gauche_a_droite() {
        for retires in [vec![], vec![0], vec![7, 8], vec![1, 94_567, PLACES - 1], vec![PLACES]] {
            let texte = encoder(&retires).expect("encodes");
            let gzip =
                URL_SAFE_NO_PAD.decode(texte.strip_prefix('u').expect("multibase")).expect("base64url");
            let mut bits = Vec::new();
            GzDecoder::new(gzip.as_slice()).read_to_end(&mut bits).expect("gzip");
            assert_eq!(bits.len(), 16 * 1024);
            let lus = (0..PLACES).filter(|rang| {
                let octet = bits[usize::try_from(rang / 8).expect("small")];
                octet >> (7 - rang % 8) & 1 == 1
            });
            let attendus: Vec<u64> = retires.into_iter().filter(|rang| *rang < PLACES).collect();
            assert_eq!(lus.collect::<Vec<_>>(), attendus);
        }
    }
}
