//! Moving from one engine to the other: every row, checked by counts and checksums.

use std::cell::RefCell;

use sha2::{Digest, Sha256};

use crate::db::value::instant_text;
use crate::db::{Row, Sql, Value};
use crate::{Db, Moteur, StoreError, Tx, params};

/// Every table with the columns that put its rows in order, a table after those it refers to.
const TABLES: [(&str, &str); 27] = [
    ("comptes", "id"),
    ("dispositifs", "code, a_partir_du"),
    ("habilitations", "id"),
    ("numeros_utilises", "numero"),
    ("personnes", "numero"),
    ("personne_cles", "cle, numero"),
    ("fusions", "id"),
    ("profils", "id"),
    ("acces", "numero"),
    ("liens", "empreinte"),
    ("sign_ins", "empreinte"),
    ("essais", "cle"),
    ("jetons", "id"),
    ("sessions", "id"),
    ("stagiaires", "id"),
    ("historique", "session, rang"),
    ("logos", "empreinte"),
    ("certificats", "id"),
    ("statuts", "certificat"),
    ("cles_publiques", "empreinte"),
    ("journal", "rang"),
    ("journal_tete", "id"),
    ("courrier", "id"),
    ("idempotence", "numero, route, cle"),
    ("rappels", "destinataire, genre, objet, repere, palier"),
    ("rappels_refuses", "numero, genre"),
    ("personnes_a_revoir", "numero"),
];

/// Rows read at once.
const LOT: usize = 2000;

/// What was copied of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copiee {
    /// Its name.
    pub table: &'static str,
    /// How many rows it has, in both databases.
    pub lignes: u64,
    /// The checksum of these rows, the same in both databases.
    pub somme: String,
}

/// A column as PostgreSQL knows it.
#[derive(Debug, Clone)]
struct Colonne {
    nom: String,
    genre: String,
}

/// Copies every row of a database into another, which is migrated and empty; one of the two is
/// PostgreSQL. Either all is there, checked, or nothing.
///
/// # Errors
/// [`StoreError::Adresse`] when the target is not empty or both are SQLite,
/// [`StoreError::Interne`] when the two differ at the end.
pub fn copier(source: &Db, cible: &Db) -> Result<Vec<Copiee>, StoreError> {
    let types_from = match (source.moteur(), cible.moteur()) {
        (Moteur::Postgres, _) => source,
        (_, Moteur::Postgres) => cible,
        (Moteur::Sqlite, Moteur::Sqlite) => {
            return Err(StoreError::Adresse("a SQLite database is copied by its backup".to_owned()));
        }
    };
    let mut plan = Vec::new();
    for (table, ordre) in TABLES {
        plan.push((table, ordre, types_from.read(|tx| colonnes(tx, table))?));
    }
    cible.write(|vers| {
        vers.patiently()?;
        exiger_vide(vers)?;
        let vers = RefCell::new(vers);
        source.read(|de| {
            de.patiently()?;
            let mut vers = vers.borrow_mut();
            plan.iter()
                .map(|(table, ordre, colonnes)| table_entiere(de, &mut vers, table, ordre, colonnes))
                .collect()
        })
    })
}

fn colonnes(tx: &mut Tx<'_>, table: &str) -> Result<Vec<Colonne>, StoreError> {
    let rows = tx.query(
        "SELECT column_name::text AS nom, data_type::text AS genre FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
        params![table],
    )?;
    rows.iter().map(|row| Ok(Colonne { nom: row.get("nom")?, genre: row.get("genre")? })).collect()
}

fn exiger_vide(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for (table, ordre) in TABLES.iter().filter(|(table, _)| *table != "journal_tete") {
        if !tx.query(&format!("SELECT {ordre} FROM {table} LIMIT 1"), &[])?.is_empty() {
            return Err(StoreError::Adresse(format!("the target is not empty: {table} has rows")));
        }
    }
    tx.execute("DELETE FROM journal_tete", &[])?;
    Ok(())
}

fn table_entiere(
    de: &mut Tx<'_>,
    vers: &mut Tx<'_>,
    table: &'static str,
    ordre: &str,
    colonnes: &[Colonne],
) -> Result<Copiee, StoreError> {
    let lue = parcourir(de, table, ordre, colonnes, |valeurs| {
        let noms: Vec<&str> = colonnes.iter().map(|colonne| colonne.nom.as_str()).collect();
        let mut sql = Sql::new(&format!("INSERT INTO {table} ({}) VALUES ", noms.join(", ")));
        // A numéro may lead to one that comes later: where to is written once all are there.
        let menant = |nom: &str| table == "numeros_utilises" && nom == "mene_a";
        sql.bind_list(
            noms.iter().zip(valeurs).map(
                |(nom, valeur)| {
                    if menant(nom) { Value::Text(None) } else { valeur.clone() }
                },
            ),
        );
        vers.execute_sql(&sql).map(|_| ())
    })?;
    if table == "numeros_utilises" {
        for row in de.query("SELECT numero, mene_a FROM numeros_utilises WHERE mene_a IS NOT NULL", &[])? {
            let (numero, mene_a): (String, String) = (row.get("numero")?, row.get("mene_a")?);
            vers.execute(
                "UPDATE numeros_utilises SET mene_a = $2 WHERE numero = $1",
                params![numero, mene_a],
            )?;
        }
    }
    let ecrite = parcourir(vers, table, ordre, colonnes, |_| Ok(()))?;
    if lue != ecrite {
        return Err(StoreError::Interne(format!("the copy of {table} is not the same")));
    }
    Ok(lue)
}

/// Reads a table in batches and returns its count and checksum, which does not depend on the
/// order of the rows: the engines do not sort alike.
fn parcourir(
    tx: &mut Tx<'_>,
    table: &'static str,
    ordre: &str,
    colonnes: &[Colonne],
    mut f: impl FnMut(&[Value]) -> Result<(), StoreError>,
) -> Result<Copiee, StoreError> {
    let noms: Vec<&str> = colonnes.iter().map(|colonne| colonne.nom.as_str()).collect();
    let (mut lignes, mut somme) = (0_u64, [0_u8; 32]);
    loop {
        let sql =
            format!("SELECT {} FROM {table} ORDER BY {ordre} LIMIT {LOT} OFFSET {lignes}", noms.join(", "));
        let rows = tx.query(&sql, &[])?;
        for row in &rows {
            let valeurs = colonnes.iter().map(|c| valeur(row, c)).collect::<Result<Vec<_>, _>>()?;
            ajouter(&mut somme, &Sha256::digest(texte(&valeurs)));
            f(&valeurs)?;
            lignes += 1;
        }
        if rows.len() < LOT {
            let somme = somme.iter().map(|byte| format!("{byte:02x}")).collect();
            return Ok(Copiee { table, lignes, somme });
        }
    }
}

fn valeur(row: &Row, colonne: &Colonne) -> Result<Value, StoreError> {
    let nom = colonne.nom.as_str();
    Ok(match colonne.genre.as_str() {
        "text" => Value::Text(row.get(nom)?),
        "bigint" => Value::Int(row.get(nom)?),
        "boolean" => Value::Bool(row.get(nom)?),
        "uuid" => Value::Uuid(row.get(nom)?),
        "date" => Value::Date(row.get(nom)?),
        "timestamp with time zone" => Value::Instant(row.get(nom)?),
        "jsonb" => Value::Json(row.get(nom)?),
        _ => return Err(row.illisible(nom)),
    })
}

/// One row as text, the same whatever the engine.
fn texte(valeurs: &[Value]) -> String {
    let champ = |valeur: &Value| match valeur {
        Value::Text(v) => serde_json::json!(v),
        Value::Int(v) => serde_json::json!(v),
        Value::Bool(v) => serde_json::json!(v),
        Value::Uuid(v) => serde_json::json!(v.map(|v| v.to_string())),
        Value::Date(v) => serde_json::json!(v.map(|v| v.to_string())),
        Value::Instant(v) => serde_json::json!(v.map(instant_text)),
        Value::Json(v) => serde_json::json!(v),
    };
    serde_json::Value::Array(valeurs.iter().map(champ).collect()).to_string()
}

/// Adds two numbers of 256 bits.
fn ajouter(somme: &mut [u8; 32], digest: &[u8]) {
    let mut retenue = 0_u16;
    for (a, b) in somme.iter_mut().zip(digest) {
        let s = u16::from(*a) + u16::from(*b) + retenue;
        *a = (s & 0xFF) as u8;
        retenue = s >> 8;
    }
}
