//! Reminders: whom they can reach, what was told already, which kinds each person switched off.

use std::collections::{BTreeMap, BTreeSet};

use forprev_domain::certificat::EtatCertificat;
use forprev_domain::formateur::Qualification;
use forprev_domain::id::SessionId;
use forprev_domain::identite::Email;
use forprev_domain::numero::{Numero, NumeroCertificat};
use forprev_domain::rappel::GenreDeRappel;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::db::Sql;
use crate::{StoreError, Tx, params};

/// Persons asked for by one statement: engines bound its parameters.
const LOT: usize = 5_000;

/// What was told, or is to be: the same thing is told to a person once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dit {
    /// To whom.
    pub a: Numero,
    /// Which kind.
    pub genre: GenreDeRappel,
    /// Of what: the identifier of a session or of an habilitation, the number of a certificate.
    pub objet: String,
    /// The day counted from, or to.
    pub repere: Date,
    /// At which step, in days.
    pub palier: i32,
}

/// Returns those of these persons who can be reached, with their addresses: an e-mail, and an account.
///
/// # Errors
/// [`StoreError`].
pub fn joignables(tx: &mut Tx<'_>, numeros: &[&Numero]) -> Result<BTreeMap<Numero, Email>, StoreError> {
    let mut joignables = BTreeMap::new();
    for lot in numeros.chunks(LOT) {
        let mut sql = Sql::new(
            "SELECT p.numero, p.email FROM personnes AS p JOIN acces AS a ON a.numero = p.numero
             WHERE p.email IS NOT NULL AND p.numero IN ",
        );
        sql.bind_list(lot.iter().copied());
        for row in tx.query_sql(&sql)? {
            joignables.insert(row.get("numero")?, row.get("email")?);
        }
    }
    Ok(joignables)
}

/// Returns which kinds these persons do not want.
///
/// # Errors
/// [`StoreError`].
pub fn refuses(
    tx: &mut Tx<'_>,
    numeros: &[&Numero],
) -> Result<BTreeSet<(Numero, GenreDeRappel)>, StoreError> {
    let mut refuses = BTreeSet::new();
    for lot in numeros.chunks(LOT) {
        let mut sql = Sql::new("SELECT numero, genre FROM rappels_refuses WHERE numero IN ");
        sql.bind_list(lot.iter().copied());
        for row in tx.query_sql(&sql)? {
            refuses.insert((row.get("numero")?, row.get("genre")?));
        }
    }
    Ok(refuses)
}

/// Writes that a person wants this kind, or does not.
///
/// # Errors
/// `cle_etrangere` when nobody has the numéro.
pub fn choisir(
    tx: &mut Tx<'_>,
    numero: &Numero,
    genre: GenreDeRappel,
    choix: Choix,
) -> Result<(), StoreError> {
    let sql = match choix {
        Choix::Voulu => "DELETE FROM rappels_refuses WHERE numero = $1 AND genre = $2",
        Choix::Refuse => "INSERT INTO rappels_refuses (numero, genre) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    };
    tx.execute(sql, params![numero, &genre])?;
    Ok(())
}

/// What a person chose of a kind; wanted as long as nothing was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choix {
    /// To be sent.
    Voulu,
    /// Not to be sent.
    Refuse,
}

/// Returns the qualifications of formateur of all persons that end between these two days and stand, with their
/// numbers and who holds them.
///
/// # Errors
/// [`StoreError`].
pub fn qualifications_finissant(
    tx: &mut Tx<'_>,
    du: Date,
    au: Date,
) -> Result<Vec<(NumeroCertificat, Numero, Qualification)>, StoreError> {
    // Written as in the index, which holds no acteur.
    let rows = tx.query(
        "SELECT c.numero, c.titulaire, c.dispositif, c.niveau, c.debut, c.fin FROM certificats AS c
         WHERE c.niveau <> 'acteur' AND c.fin >= $1 AND c.fin <= $2 AND c.etat = $3 ORDER BY c.fin, c.cle",
        params![du, au, &EtatCertificat::Valide],
    )?;
    rows.iter()
        .map(|row| {
            let qualification = Qualification {
                dispositif: row.get("dispositif")?,
                niveau: row.get("niveau")?,
                debut: row.get("debut")?,
                fin: row.get("fin")?,
                retiree: false,
            };
            Ok((row.get("numero")?, row.get("titulaire")?, qualification))
        })
        .collect()
}

/// Returns all that was told to these persons; what a mail says that was written before that instant and still waits
/// is not told yet.
///
/// # Errors
/// [`StoreError`].
pub fn deja_dits(
    tx: &mut Tx<'_>,
    numeros: &[&Numero],
    avant: Timestamp,
) -> Result<BTreeSet<Dit>, StoreError> {
    let mut dits = BTreeSet::new();
    for lot in numeros.chunks(LOT) {
        let mut sql = Sql::new(
            "SELECT r.destinataire, r.genre, r.objet, r.repere, r.palier FROM rappels AS r
             WHERE NOT EXISTS (SELECT 1 FROM courrier AS m
               WHERE m.id = r.courrier AND m.envoye_le IS NULL AND m.cree_le < ",
        );
        sql.bind(avant).push(") AND r.destinataire IN ").bind_list(lot.iter().copied());
        for row in tx.query_sql(&sql)? {
            let palier: i64 = row.get("palier")?;
            dits.insert(Dit {
                a: row.get("destinataire")?,
                genre: row.get("genre")?,
                objet: row.get("objet")?,
                repere: row.get("repere")?,
                palier: i32::try_from(palier).map_err(|_| row.illisible("palier"))?,
            });
        }
    }
    Ok(dits)
}

/// Writes that this was told by this mail; it is forgotten with its session.
///
/// # Errors
/// `cle_etrangere` when the session is gone.
pub fn noter(
    tx: &mut Tx<'_>,
    dit: &Dit,
    session: Option<SessionId>,
    courrier: Uuid,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO rappels (destinataire, genre, objet, repere, palier, session, courrier)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        params![&dit.a, &dit.genre, &dit.objet, dit.repere, dit.palier, session.as_ref(), courrier],
    )?;
    Ok(())
}

/// Forgets what this mail told: it does not leave as it was.
///
/// # Errors
/// [`StoreError`].
pub fn oublier(tx: &mut Tx<'_>, courrier: Uuid) -> Result<(), StoreError> {
    tx.execute("DELETE FROM rappels WHERE courrier = $1", params![courrier])?;
    Ok(())
}

/// What was told to a person who is joined to another was told to the other.
pub(crate) fn suivre(tx: &mut Tx<'_>, ancien: &Numero, nouveau: &Numero) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO rappels (destinataire, genre, objet, repere, palier, session, courrier)
         SELECT $2, r.genre, r.objet, r.repere, r.palier, r.session, r.courrier FROM rappels AS r
         WHERE r.destinataire = $1 ON CONFLICT DO NOTHING",
        params![ancien, nouveau],
    )?;
    Ok(())
}
