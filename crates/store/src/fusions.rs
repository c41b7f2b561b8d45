//! Merges: two persons of the register who are one become one, and can be parted again.
//!
//! A merge writes down what the old numéro held and which rows followed it, so that parting them
//! gives each his own back. Only what was closed stays so: who was signed in with the old numéro signs
//! in again. Of two answers kept under one key, the old numéro's is given up.

mod apercu;

pub use apercu::apercu;

use std::collections::BTreeMap;

use forprev_domain::id::FusionId;
use forprev_domain::numero::Numero;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db::{Row, Sql, Value};
use crate::valeurs::nouvel_id;
use crate::{StoreError, Tx, acces, balayage, params, personnes, rappels};

/// A merge that can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fusion {
    /// Its identifier.
    pub id: FusionId,
    /// The numéro that leads to the other.
    pub ancien: Numero,
    /// The numéro that it leads to.
    pub nouveau: Numero,
    /// When it was done.
    pub faite_le: Timestamp,
}

/// What a numéro names a row by: table, column of the numéro, key of the row as text.
const SUIVANTS: [(&str, &str, &str); 12] = [
    ("stagiaires", "numero", "CAST(id AS TEXT)"),
    ("certificats", "titulaire", "CAST(id AS TEXT)"),
    ("certificats", "auteur", "CAST(id AS TEXT)"),
    ("certificats", "formateur", "CAST(id AS TEXT)"),
    ("sessions", "auteur", "CAST(id AS TEXT)"),
    ("sessions", "formateur", "CAST(id AS TEXT)"),
    ("sessions", "suivie_par", "CAST(id AS TEXT)"),
    ("historique", "par", "CAST(session AS TEXT) || '/' || CAST(rang AS TEXT)"),
    ("profils", "numero", "CAST(id AS TEXT)"),
    ("jetons", "numero", "CAST(id AS TEXT)"),
    ("courrier", "destinataire", "CAST(id AS TEXT)"),
    ("idempotence", "numero", "route || '|' || cle"),
];

/// What is made of a row that followed, while the two are one, and goes back with it: table, column of
/// the numéro, key of the row that it is made of, where that one followed.
const ISSUS: [(&str, &str, &str, &str); 4] = [
    ("certificats", "titulaire", "CAST(stagiaire AS TEXT)", "stagiaires.numero"),
    ("certificats", "auteur", "CAST(session AS TEXT)", "sessions.auteur"),
    ("certificats", "formateur", "CAST(session AS TEXT)", "sessions.formateur"),
    ("sessions", "suivie_par", "CAST(id AS TEXT)", "sessions.formateur"),
];

/// What the old numéro held: rows that went, rows that followed.
#[derive(Debug, Serialize, Deserialize)]
struct Contenu {
    personne: Gardee,
    /// The address was given to the other, who had none.
    adresse_donnee: bool,
    acces: Option<Compte>,
    /// Links of an account that did not follow.
    #[serde(default)]
    liens: Vec<Lien>,
    /// Profiles that the other had too.
    profils: Vec<Profil>,
    /// Keys of the rows that followed, by « table.column ».
    suivis: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Gardee {
    civilite: Option<String>,
    nom_naissance: String,
    nom_usage: Option<String>,
    prenom: String,
    date_naissance: Date,
    email: Option<String>,
    email_cle: Option<String>,
    recherche: String,
    creee_le: Timestamp,
}

#[derive(Debug, Serialize, Deserialize)]
struct Compte {
    mot_de_passe: Option<String>,
    ouvert_le: Timestamp,
    active_le: Option<Timestamp>,
    /// The other had none: it is his now.
    suit: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Lien {
    empreinte: String,
    but: String,
    expire_le: Timestamp,
}

#[derive(Debug, Serialize, Deserialize)]
struct Profil {
    id: Uuid,
    profil: String,
    compte: Option<Uuid>,
    cree_le: Timestamp,
}

/// Makes whoever else merges, parts or saves a session of one of these persons wait.
///
/// # Errors
/// [`StoreError`].
pub fn verrouiller(tx: &mut Tx<'_>, numeros: [&Numero; 2]) -> Result<(), StoreError> {
    let attendre = tx.for_update();
    let [a, b] = numeros;
    tx.query(
        &format!(
            "SELECT numero FROM numeros_utilises WHERE numero = $1 OR numero = $2 ORDER BY numero{attendre}"
        ),
        params![a, b],
    )?;
    tx.query(
        &format!(
            "SELECT s.id FROM sessions AS s WHERE s.auteur = $1 OR s.auteur = $2 OR s.formateur = $1
               OR s.formateur = $2
               OR s.id IN (SELECT t.session FROM stagiaires AS t WHERE t.numero = $1 OR t.numero = $2)
             ORDER BY s.id{attendre}"
        ),
        params![a, b],
    )?;
    Ok(())
}

/// Joins two persons who are one: what the old numéro held is the new one's, and the old numéro
/// leads there. The identity kept is the new numéro's. The caller has judged the [`Apercu`].
///
/// # Errors
/// `un_stagiaire_une_fois_par_session` when both are in one session: they are two persons there.
pub fn fusionner(
    tx: &mut Tx<'_>,
    ancien: &Numero,
    nouveau: &Numero,
    par: Option<&Numero>,
    le: Timestamp,
) -> Result<Fusion, StoreError> {
    let both = params![ancien, nouveau];
    let mut contenu = contenu(tx, ancien, nouveau)?;
    for double in &contenu.profils {
        tx.execute("DELETE FROM profils WHERE id = $1", params![double.id])?;
    }
    tx.execute(
        "DELETE FROM idempotence WHERE numero = $1 AND EXISTS
           (SELECT 1 FROM idempotence AS n
            WHERE n.numero = $2 AND n.route = idempotence.route AND n.cle = idempotence.cle)",
        both,
    )?;
    for (table, colonne, cle) in SUIVANTS {
        let sql = format!("SELECT {cle} AS cle FROM {table} WHERE {colonne} = $1 ORDER BY 1");
        let cles: Vec<String> =
            tx.query(&sql, params![ancien])?.iter().map(|row| row.get("cle")).collect::<Result<_, _>>()?;
        if cles.is_empty() {
            continue;
        }
        tx.execute(&format!("UPDATE {table} SET {colonne} = $2 WHERE {colonne} = $1"), both)?;
        contenu.suivis.insert(format!("{table}.{colonne}"), cles);
    }
    if contenu.acces.as_ref().is_some_and(|acces| acces.suit) {
        tx.execute("UPDATE acces SET numero = $2 WHERE numero = $1", both)?;
        tx.execute("UPDATE liens SET numero = $2 WHERE numero = $1", both)?;
    }
    if contenu.adresse_donnee {
        tx.execute(
            "UPDATE personnes SET email = $2, email_cle = $3 WHERE numero = $1",
            params![nouveau, contenu.personne.email.clone(), contenu.personne.email_cle.clone()],
        )?;
    }
    tx.execute("UPDATE numeros_utilises SET mene_a = $2 WHERE numero = $1", both)?;
    rappels::suivre(tx, ancien, nouveau)?;
    // The rest goes with the old numéro: who is signed in, the links that were put aside, keys.
    tx.execute("DELETE FROM personnes WHERE numero = $1", params![ancien])?;
    let id = FusionId(nouvel_id()?);
    let contenu = serde_json::to_value(&contenu).map_err(|e| StoreError::Interne(e.to_string()))?;
    tx.execute(
        "INSERT INTO fusions (id, ancien, nouveau, par, faite_le, contenu) VALUES ($1, $2, $3, $4, $5, $6)",
        params![&id, ancien, nouveau, par, le, Value::Json(Some(contenu))],
    )?;
    Ok(Fusion { id, ancien: ancien.clone(), nouveau: nouveau.clone(), faite_le: le })
}

/// What the old numéro holds now.
fn contenu(tx: &mut Tx<'_>, ancien: &Numero, nouveau: &Numero) -> Result<Contenu, StoreError> {
    let row = tx.query_one(
        "SELECT civilite, nom_naissance, nom_usage, prenom, date_naissance, email, email_cle, recherche, creee_le
         FROM personnes WHERE numero = $1",
        params![ancien],
    )?;
    let personne = gardee(&row)?;
    let sans_adresse =
        tx.query_opt("SELECT 1 AS un FROM personnes WHERE numero = $1 AND email IS NULL", params![nouveau])?;
    let suit = acces::charger(tx, nouveau)?.is_none();
    let acces = acces::charger(tx, ancien)?.map(|acces| Compte {
        mot_de_passe: acces.mot_de_passe,
        ouvert_le: acces.ouvert_le,
        active_le: acces.active_le,
        suit,
    });
    let liens = if acces.as_ref().is_some_and(|acces| !acces.suit) { liens(tx, ancien)? } else { Vec::new() };
    let doubles = tx.query(
        "SELECT id, profil, compte, cree_le FROM profils WHERE numero = $1 AND EXISTS
           (SELECT 1 FROM profils AS n WHERE n.numero = $2 AND n.profil = profils.profil
            AND (n.compte = profils.compte OR (n.compte IS NULL AND profils.compte IS NULL)))
         ORDER BY id",
        params![ancien, nouveau],
    )?;
    let profil = |row: &Row| -> Result<Profil, StoreError> {
        Ok(Profil {
            id: row.get("id")?,
            profil: row.get("profil")?,
            compte: row.get("compte")?,
            cree_le: row.get("cree_le")?,
        })
    };
    Ok(Contenu {
        adresse_donnee: personne.email.is_some() && sans_adresse.is_some(),
        personne,
        acces,
        liens,
        profils: doubles.iter().map(profil).collect::<Result<_, _>>()?,
        suivis: BTreeMap::new(),
    })
}

fn liens(tx: &mut Tx<'_>, numero: &Numero) -> Result<Vec<Lien>, StoreError> {
    let rows = tx.query(
        "SELECT empreinte, but, expire_le FROM liens WHERE numero = $1 ORDER BY empreinte",
        params![numero],
    )?;
    let lien = |row: &Row| {
        Ok(Lien { empreinte: row.get("empreinte")?, but: row.get("but")?, expire_le: row.get("expire_le")? })
    };
    rows.iter().map(lien).collect()
}

fn gardee(row: &Row) -> Result<Gardee, StoreError> {
    Ok(Gardee {
        civilite: row.get("civilite")?,
        nom_naissance: row.get("nom_naissance")?,
        nom_usage: row.get("nom_usage")?,
        prenom: row.get("prenom")?,
        date_naissance: row.get("date_naissance")?,
        email: row.get("email")?,
        email_cle: row.get("email_cle")?,
        recherche: row.get("recherche")?,
        creee_le: row.get("creee_le")?,
    })
}

/// Returns the merge with this identifier.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, id: FusionId) -> Result<Option<Fusion>, StoreError> {
    let row =
        tx.query_opt("SELECT id, ancien, nouveau, faite_le FROM fusions WHERE id = $1", params![&id])?;
    row.as_ref().map(fusion).transpose()
}

/// Returns the merges that led to this person, the latest first: only that one can be undone.
///
/// # Errors
/// [`StoreError`].
pub fn menant_a(tx: &mut Tx<'_>, numero: &Numero) -> Result<Vec<Fusion>, StoreError> {
    let rows = tx.query(
        "SELECT id, ancien, nouveau, faite_le FROM fusions WHERE nouveau = $1 ORDER BY faite_le DESC, id DESC",
        params![numero],
    )?;
    rows.iter().map(fusion).collect()
}

fn fusion(row: &Row) -> Result<Fusion, StoreError> {
    Ok(Fusion {
        id: row.get("id")?,
        ancien: row.get("ancien")?,
        nouveau: row.get("nouveau")?,
        faite_le: row.get("faite_le")?,
    })
}

/// Parts two persons who were joined: each has his own again, with what was made of it since: the
/// certificate of a session that goes back goes back too. What else came to the new numéro since stays
/// with it; what is gone since stays gone.
///
/// # Errors
/// [`StoreError`]. The caller has seen that nothing was merged over this merge.
pub fn defaire(tx: &mut Tx<'_>, fusion: &Fusion) -> Result<(), StoreError> {
    let (ancien, nouveau) = (&fusion.ancien, &fusion.nouveau);
    let row = tx.query_one("SELECT contenu FROM fusions WHERE id = $1", params![&fusion.id])?;
    let contenu: Contenu = row.json("contenu")?;
    tx.execute("UPDATE numeros_utilises SET mene_a = NULL WHERE numero = $1", params![ancien])?;
    revenir(tx, ancien, &contenu.personne)?;
    if contenu.adresse_donnee {
        tx.execute(
            "UPDATE personnes SET email = NULL, email_cle = NULL WHERE numero = $1 AND email_cle = $2",
            params![nouveau, contenu.personne.email_cle.clone()],
        )?;
    }
    for (table, colonne, cle) in SUIVANTS {
        let suivis = contenu.suivis.get(&format!("{table}.{colonne}"));
        rendre(tx, fusion, (table, colonne, cle), suivis)?;
    }
    for (table, colonne, cle, d_ou) in ISSUS {
        rendre(tx, fusion, (table, colonne, cle), contenu.suivis.get(d_ou))?;
    }
    for p in contenu.profils {
        tx.execute(
            "INSERT INTO profils (id, numero, profil, compte, cree_le) VALUES ($1, $2, $3, $4, $5)",
            params![p.id, ancien, p.profil, p.compte, p.cree_le],
        )?;
    }
    if let Some(acces) = contenu.acces {
        if acces.suit {
            // Whoever is signed in came in with the account that goes back.
            tx.execute("DELETE FROM sign_ins WHERE numero = $1", params![nouveau])?;
            tx.execute("UPDATE acces SET numero = $1 WHERE numero = $2", params![ancien, nouveau])?;
            tx.execute("UPDATE liens SET numero = $1 WHERE numero = $2", params![ancien, nouveau])?;
        } else {
            tx.execute(
                "INSERT INTO acces (numero, mot_de_passe, ouvert_le, active_le) VALUES ($1, $2, $3, $4)",
                params![ancien, acces.mot_de_passe, acces.ouvert_le, acces.active_le],
            )?;
        }
    }
    for lien in &contenu.liens {
        acces::creer_lien(tx, &lien.empreinte, ancien, &lien.but, lien.expire_le)?;
    }
    tx.execute("DELETE FROM fusions WHERE id = $1", params![&fusion.id])?;
    Ok(())
}

/// Gives rows back to the old numéro, by their keys: those that the new one still has.
fn rendre(
    tx: &mut Tx<'_>,
    Fusion { ancien, nouveau, .. }: &Fusion,
    (table, colonne, cle): (&str, &str, &str),
    cles: Option<&Vec<String>>,
) -> Result<(), StoreError> {
    for lot in cles.map_or(&[][..], Vec::as_slice).chunks(500) {
        let mut sql = Sql::new(&format!("UPDATE {table} SET {colonne} = "));
        sql.bind(ancien).push(&format!(" WHERE {colonne} = ")).bind(nouveau);
        sql.push(&format!(" AND {cle} IN ")).bind_list(lot.iter().cloned());
        tx.execute_sql(&sql)?;
    }
    Ok(())
}

/// Writes the person that was kept, with his keys.
fn revenir(tx: &mut Tx<'_>, numero: &Numero, p: &Gardee) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO personnes (numero, civilite, nom_naissance, nom_usage, prenom, date_naissance,
                                email, email_cle, recherche, creee_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            numero,
            p.civilite.clone(),
            p.nom_naissance.clone(),
            p.nom_usage.clone(),
            p.prenom.clone(),
            p.date_naissance,
            p.email.clone(),
            p.email_cle.clone(),
            p.recherche.clone(),
            p.creee_le
        ],
    )?;
    balayage::a_revoir(tx, numero)?;
    let personne = personnes::charger(tx, numero)?;
    personne.map_or(Ok(()), |personne| personnes::ecrire_cles(tx, numero, &personne.identite))
}
