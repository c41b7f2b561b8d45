//! The journal: who did what to what, identifiers only, each entry sealed to the one before.

use forprev_domain::numero::Numero;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::db::value::{instant_text, to_microsecond};
use crate::db::{Row, Sql, Value};
use crate::recherche::{Liste, Pagination, page};
use crate::{StoreError, Tx, params};

/// What is written in the journal. No names: numéros, identifiers, codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entree {
    /// When.
    pub le: Timestamp,
    /// Who; `None`: the program itself.
    pub par: Option<Numero>,
    /// Which instance of the program.
    pub instance: String,
    /// What: `session.soumise`, `personne.consultee`.
    pub acte: String,
    /// To what: `session:…`, `compte:…`, `personne:JKA37899`.
    pub objet: String,
    /// State or value before, as a code.
    pub avant: Option<String>,
    /// State or value after, as a code.
    pub apres: Option<String>,
}

/// An entry at its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maillon {
    /// Its place; no place is left out.
    pub rang: i64,
    /// What is written.
    pub entree: Entree,
    /// Seal of the entry before.
    pub precedent: String,
    /// Its own seal.
    pub empreinte: String,
}

const COLONNES: &str = "j.rang, j.le, j.par, j.instance, j.acte, j.objet, j.avant, j.apres,
    j.precedent, j.empreinte";

/// Entries written by one statement.
const LOT: usize = 100;

/// Adds an entry. Call it last in a transaction: all who write wait for one another here.
///
/// # Errors
/// [`StoreError`].
pub fn inscrire(tx: &mut Tx<'_>, entree: &Entree) -> Result<(), StoreError> {
    inscrire_toutes(tx, std::slice::from_ref(entree))
}

/// Adds entries in this order, as [`inscrire`] does one.
///
/// # Errors
/// [`StoreError`].
pub fn inscrire_toutes(tx: &mut Tx<'_>, entrees: &[Entree]) -> Result<(), StoreError> {
    if entrees.is_empty() {
        return Ok(());
    }
    let sql = format!("SELECT rang, empreinte FROM journal_tete WHERE id = 1{}", tx.for_update());
    let tete = tx.query_one(&sql, &[])?;
    let mut rang: i64 = tete.get("rang")?;
    let mut empreinte: String = tete.get("empreinte")?;
    for lot in entrees.chunks(LOT) {
        let mut sql = Sql::new(
            "INSERT INTO journal (rang, le, par, instance, acte, objet, avant, apres, precedent, empreinte)
             VALUES ",
        );
        for (place, entree) in lot.iter().enumerate() {
            rang += 1;
            let precedent = std::mem::take(&mut empreinte);
            empreinte = sceller(rang, &precedent, entree);
            sql.push(if place == 0 { "" } else { ", " }).bind_list([
                Value::from(rang),
                Value::from(entree.le),
                Value::from(entree.par.as_ref()),
                Value::from(&entree.instance),
                Value::from(&entree.acte),
                Value::from(&entree.objet),
                Value::from(entree.avant.as_deref()),
                Value::from(entree.apres.as_deref()),
                Value::from(precedent),
                Value::from(&empreinte),
            ]);
        }
        tx.execute_sql(&sql)?;
    }
    tx.execute("UPDATE journal_tete SET rang = $1, empreinte = $2 WHERE id = 1", params![rang, &empreinte])?;
    Ok(())
}

/// What the page « Journal » is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FiltreJournal {
    /// Done by this person.
    pub par: Option<Numero>,
    /// Done to this.
    pub objet: Option<String>,
    /// This act.
    pub acte: Option<String>,
    /// At this instant or later.
    pub depuis: Option<Timestamp>,
}

/// Lists the journal, the latest first, for the administrateur.
///
/// # Errors
/// [`StoreError`].
pub fn lister(
    tx: &mut Tx<'_>,
    filtre: &FiltreJournal,
    pagination: Pagination,
) -> Result<Liste<Maillon>, StoreError> {
    let mut corps = Sql::new("FROM journal AS j WHERE 1 = 1");
    if let Some(par) = &filtre.par {
        corps.push(" AND j.par = ").bind(par);
    }
    if let Some(objet) = &filtre.objet {
        corps.push(" AND j.objet = ").bind(objet);
    }
    if let Some(acte) = &filtre.acte {
        corps.push(" AND j.acte = ").bind(acte);
    }
    if let Some(depuis) = filtre.depuis {
        corps.push(" AND j.le >= ").bind(depuis);
    }
    page(tx, COLONNES, &corps, "j.rang DESC", pagination, maillon)
}

/// Reads the whole chain and returns the place of the first entry that does not hold; `None` when
/// all do. Entries older than the first one kept were erased at their time.
///
/// # Errors
/// [`StoreError`].
pub fn verifier(tx: &mut Tx<'_>) -> Result<Option<i64>, StoreError> {
    let tete = tx.query_one("SELECT rang, empreinte FROM journal_tete WHERE id = 1", &[])?;
    let derniere = (tete.get::<i64>("rang")?, tete.get::<String>("empreinte")?);
    let mut vue: Option<(i64, String)> = None;
    loop {
        let apres = vue.as_ref().map_or(-1, |(rang, _)| *rang);
        let sql = format!("SELECT {COLONNES} FROM journal AS j WHERE j.rang > $1 ORDER BY j.rang LIMIT 1000");
        let rows = tx.query(&sql, params![apres])?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let maillon = maillon(row)?;
            let suit = vue
                .as_ref()
                .is_none_or(|(rang, empreinte)| maillon.rang == rang + 1 && maillon.precedent == *empreinte);
            let juste = sceller(maillon.rang, &maillon.precedent, &maillon.entree) == maillon.empreinte;
            if !suit || !juste {
                return Ok(Some(maillon.rang));
            }
            vue = Some((maillon.rang, maillon.empreinte));
        }
    }
    let entiere = match vue {
        Some(vue) => vue == derniere,
        None => true,
    };
    Ok((!entiere).then_some(derniere.0))
}

/// The seal of an entry: the digest of all it says and of the seal before it.
fn sceller(rang: i64, precedent: &str, entree: &Entree) -> String {
    let le = instant_text(to_microsecond(entree.le));
    // As JSON, so that no two entries are written alike.
    let texte = serde_json::json!([
        rang,
        precedent,
        le,
        entree.par.as_ref().map(Numero::as_str),
        entree.instance,
        entree.acte,
        entree.objet,
        entree.avant,
        entree.apres
    ]);
    Sha256::digest(texte.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn maillon(row: &Row) -> Result<Maillon, StoreError> {
    Ok(Maillon {
        rang: row.get("rang")?,
        entree: Entree {
            le: row.get("le")?,
            par: row.get("par")?,
            instance: row.get("instance")?,
            acte: row.get("acte")?,
            objet: row.get("objet")?,
            avant: row.get("avant")?,
            apres: row.get("apres")?,
        },
        precedent: row.get("precedent")?,
        empreinte: row.get("empreinte")?,
    })
}
