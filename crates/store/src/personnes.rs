//! Persons known to the register, and the candidates for a double (R17).

use std::collections::BTreeMap;

use forprev_domain::id::SessionId;
use forprev_domain::identite::{Email, Identite};
use forprev_domain::numero::Numero;
use forprev_domain::personne::{Candidat, Personne};
use forprev_domain::regles::doublons::{cles, cles_cherchees};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::db::{Row, Sql, Value};
use crate::recherche::{Liste, Pagination, motifs, page, texte_de_recherche};
use crate::valeurs::tirage;
use crate::{Moteur, StoreError, Tx, params};
use crate::{balayage, certificats};

/// A guard, far above what eight million persons give: `docs/doublons.md`.
const CANDIDATS_AU_PLUS: usize = 5_000;
/// Keys are looked for by a multiple of this many, so that few statements are prepared.
const CLES_PAR_LISTE: usize = 16;
/// Persons whose keys are computed again at once.
const LOT: usize = 200;

/// Columns that [`personne`] reads, of the table named `p`.
pub(crate) const COLONNES: &str = "p.numero AS p_numero, p.civilite AS p_civilite,
    p.nom_naissance AS p_nom_naissance, p.nom_usage AS p_nom_usage, p.prenom AS p_prenom,
    p.date_naissance AS p_date_naissance, p.email AS p_email";

/// Returns the person with this numéro, or with the one that it leads to after a merge.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, numero: &Numero) -> Result<Option<Personne>, StoreError> {
    let actuel = numero_actuel(tx, numero)?;
    let sql = format!("SELECT {COLONNES} FROM personnes AS p WHERE p.numero = $1");
    tx.query_opt(&sql, params![&actuel])?.as_ref().map(personne).transpose()
}

/// Returns the numéro that stands for this one: itself, or the one that it leads to after merges.
///
/// # Errors
/// [`StoreError`].
pub fn numero_actuel(tx: &mut Tx<'_>, numero: &Numero) -> Result<Numero, StoreError> {
    let row = tx.query_opt(
        "WITH RECURSIVE chemin (numero, mene_a) AS (
           SELECT n.numero, n.mene_a FROM numeros_utilises AS n WHERE n.numero = $1
           UNION SELECT n.numero, n.mene_a FROM numeros_utilises AS n
                 JOIN chemin AS c ON n.numero = c.mene_a)
         SELECT numero FROM chemin WHERE mene_a IS NULL",
        params![numero],
    )?;
    row.map_or_else(|| Ok(numero.clone()), |row| row.get("numero"))
}

/// Returns those of these numéros that somebody has, with who they are.
///
/// # Errors
/// [`StoreError`].
pub fn toutes<'n>(
    tx: &mut Tx<'_>,
    numeros: impl IntoIterator<Item = &'n Numero>,
) -> Result<BTreeMap<Numero, Personne>, StoreError> {
    let mut sql = Sql::new(&format!("SELECT {COLONNES} FROM personnes AS p WHERE p.numero IN "));
    sql.bind_list(numeros);
    let rows = tx.query_sql(&sql)?;
    rows.iter().map(personne).map(|p| p.map(|p| (p.numero.clone(), p))).collect()
}

/// Returns the persons from this numéro on, in the order of numéros.
///
/// # Errors
/// [`StoreError`].
pub fn a_partir_de(tx: &mut Tx<'_>, numero: &Numero, nombre: u16) -> Result<Vec<Personne>, StoreError> {
    let sql =
        format!("SELECT {COLONNES} FROM personnes AS p WHERE p.numero >= $1 ORDER BY p.numero LIMIT $2");
    tx.query(&sql, params![numero, i64::from(nombre)])?.iter().map(personne).collect()
}

/// Returns the persons who have this address, compared without case.
///
/// # Errors
/// [`StoreError`].
pub fn par_email(tx: &mut Tx<'_>, email: &Email) -> Result<Vec<Personne>, StoreError> {
    let sql =
        format!("SELECT {COLONNES} FROM personnes AS p WHERE p.email_cle = $1 ORDER BY p.numero LIMIT 10");
    tx.query(&sql, params![email.cle()])?.iter().map(personne).collect()
}

/// Lets one transaction at a time, over all instances, recognise people born that day: two entries
/// of the same new person, made at once, must not give him two numéros. Held until the end of the
/// transaction; SQLite has one writer anyway.
///
/// # Errors
/// [`StoreError`].
pub fn un_a_la_fois(tx: &mut Tx<'_>, identite: &Identite) -> Result<(), StoreError> {
    match tx.moteur() {
        Moteur::Sqlite => Ok(()),
        Moteur::Postgres => {
            let jour = identite.date_naissance.to_string();
            tx.query("SELECT pg_advisory_xact_lock(hashtext($1))::text AS pris", params![jour])?;
            Ok(())
        }
    }
}

/// Returns those who may be the one with this identity: those who have one of the keys looked for, to be
/// graded by `doublons`. Whatever the size of the register, a few pages of one index are read.
///
/// # Errors
/// [`StoreError`].
pub fn candidats(tx: &mut Tx<'_>, identite: &Identite) -> Result<Vec<Candidat>, StoreError> {
    let mut cherchees = cles_cherchees(identite);
    let longueur = cherchees.len().next_multiple_of(CLES_PAR_LISTE);
    cherchees.resize_with(longueur, String::new);
    let mut sql = Sql::new(
        "SELECT c.numero, c.nom_naissance, c.nom_usage, c.prenom, c.date_naissance
         FROM personne_cles AS c WHERE c.cle IN ",
    );
    sql.bind_list(cherchees).push(&format!(" LIMIT {CANDIDATS_AU_PLUS}"));
    let mut trouves: BTreeMap<Numero, Candidat> = BTreeMap::new();
    for row in &tx.query_sql(&sql)? {
        let numero: Numero = row.get("numero")?;
        if !trouves.contains_key(&numero) {
            trouves.insert(numero.clone(), candidat(row, numero)?);
        }
    }
    Ok(trouves.into_values().collect())
}

fn candidat(row: &Row, numero: Numero) -> Result<Candidat, StoreError> {
    let identite = Identite {
        civilite: None,
        nom_naissance: row.get("nom_naissance")?,
        nom_usage: row.get("nom_usage")?,
        prenom: row.get("prenom")?,
        date_naissance: row.get("date_naissance")?,
    };
    Ok(Candidat { numero, identite })
}

/// Adds a person, with a numéro drawn at random that nobody ever had.
///
/// # Errors
/// [`StoreError`].
pub fn creer(
    tx: &mut Tx<'_>,
    identite: &Identite,
    email: Option<&Email>,
    le: Timestamp,
) -> Result<Personne, StoreError> {
    let numero = nouveau_numero(tx)?;
    tx.execute(
        "INSERT INTO personnes (numero, civilite, nom_naissance, nom_usage, prenom, date_naissance,
                                email, email_cle, recherche, creee_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            &numero,
            identite.civilite.as_ref(),
            &identite.nom_naissance,
            identite.nom_usage.as_ref(),
            &identite.prenom,
            identite.date_naissance,
            email,
            email.map(Email::cle),
            texte(&numero, identite),
            le
        ],
    )?;
    ecrire_cles(tx, &numero, identite)?;
    balayage::a_revoir(tx, &numero)?;
    Ok(Personne { numero, identite: identite.clone(), email: email.cloned() })
}

/// Changes who a person is.
///
/// # Errors
/// [`StoreError`].
pub fn modifier(tx: &mut Tx<'_>, numero: &Numero, identite: &Identite) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE personnes SET civilite = $2, nom_naissance = $3, nom_usage = $4, prenom = $5,
                date_naissance = $6, recherche = $7
         WHERE numero = $1",
        params![
            numero,
            identite.civilite.as_ref(),
            &identite.nom_naissance,
            identite.nom_usage.as_ref(),
            &identite.prenom,
            identite.date_naissance,
            texte(numero, identite)
        ],
    )?;
    tx.execute("DELETE FROM personne_cles WHERE numero = $1", params![numero])?;
    ecrire_cles(tx, numero, identite)
}

/// Changes the address of a person.
///
/// # Errors
/// [`StoreError`].
pub fn changer_email(tx: &mut Tx<'_>, numero: &Numero, email: Option<&Email>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE personnes SET email = $2, email_cle = $3 WHERE numero = $1",
        params![numero, email, email.map(Email::cle)],
    )?;
    Ok(())
}

/// Gives a person this address if he has none (R17).
///
/// # Errors
/// [`StoreError`].
pub fn donner_email(tx: &mut Tx<'_>, numero: &Numero, email: &Email) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE personnes SET email = $2, email_cle = $3 WHERE numero = $1 AND email IS NULL",
        params![numero, email, email.cle()],
    )?;
    Ok(())
}

/// Says whether the identity is the register's: its person has a certificate, a profile, or is in
/// another living session; this session then changes it no more (R17, `identite_du_registre`).
///
/// # Errors
/// [`StoreError`].
pub fn appartient_au_registre(
    tx: &mut Tx<'_>,
    numero: &Numero,
    session: SessionId,
    aujourdhui: Date,
) -> Result<bool, StoreError> {
    let row = tx.query_one(
        "SELECT (SELECT count(*) FROM certificats WHERE titulaire = $1)
              + (SELECT count(*) FROM profils WHERE numero = $1)
              + (SELECT count(*) FROM stagiaires AS t JOIN sessions AS s ON s.id = t.session
                 WHERE t.numero = $1 AND t.session <> $2 AND s.disparait_le > $3) AS liens
         FROM numeros_utilises WHERE numero = $1",
        params![numero, &session, aujourdhui],
    )?;
    Ok(row.get::<i64>("liens")? > 0)
}

/// Says whether a person has certificates besides those of this session, or an active account:
/// the correction of his identity is then for the administrateur.
///
/// # Errors
/// [`StoreError`].
pub fn est_connu_hors_de(tx: &mut Tx<'_>, numero: &Numero, session: SessionId) -> Result<bool, StoreError> {
    let row = tx.query_one(
        "SELECT (SELECT count(*) FROM certificats
                 WHERE titulaire = $1 AND (session IS NULL OR session <> $2))
              + (SELECT count(*) FROM acces WHERE numero = $1 AND active_le IS NOT NULL) AS liens
         FROM numeros_utilises WHERE numero = $1",
        params![numero, &session],
    )?;
    Ok(row.get::<i64>("liens")? > 0)
}

/// Lists persons by name, for the administrateur; each word of `q` must be in the names or the
/// numéro.
///
/// # Errors
/// [`StoreError`].
pub fn lister(
    tx: &mut Tx<'_>,
    q: Option<&str>,
    pagination: Pagination,
) -> Result<Liste<Personne>, StoreError> {
    let mut corps = Sql::new("FROM personnes AS p WHERE 1 = 1");
    filtrer(tx, &mut corps, q)?;
    page(tx, COLONNES, &corps, "p.recherche, p.numero", pagination, personne)
}

/// Lists the formateurs: persons who hold a certificate that makes them one.
///
/// # Errors
/// [`StoreError`].
pub fn formateurs(
    tx: &mut Tx<'_>,
    q: Option<&str>,
    pagination: Pagination,
) -> Result<Liste<Personne>, StoreError> {
    let mut corps = Sql::new(
        "FROM personnes AS p WHERE EXISTS (SELECT 1 FROM certificats AS c WHERE c.titulaire = p.numero AND ",
    );
    certificats::font_un_formateur(&mut corps);
    corps.push(")");
    filtrer(tx, &mut corps, q)?;
    page(tx, COLONNES, &corps, "p.recherche, p.numero", pagination, personne)
}

/// Adds the condition that each word typed is in the names or the numéro of `p`; a numéro that leads to another one
/// after a merge finds whom it leads to.
pub(crate) fn filtrer(tx: &mut Tx<'_>, corps: &mut Sql, q: Option<&str>) -> Result<(), StoreError> {
    let tape = q.unwrap_or_default().trim();
    let actuel = Numero::parse(tape).map(|numero| numero_actuel(tx, &numero)).transpose()?;
    for motif in motifs(actuel.as_ref().map_or(tape, Numero::as_str)) {
        corps.push(" AND p.recherche LIKE ").bind(motif).push(" ESCAPE '\\'");
    }
    Ok(())
}

/// Reads a person from the columns of [`COLONNES`].
pub(crate) fn personne(row: &Row) -> Result<Personne, StoreError> {
    Ok(Personne { numero: row.get("p_numero")?, identite: identite(row)?, email: row.get("p_email")? })
}

pub(crate) fn identite(row: &Row) -> Result<Identite, StoreError> {
    Ok(Identite {
        civilite: row.get("p_civilite")?,
        nom_naissance: row.get("p_nom_naissance")?,
        nom_usage: row.get("p_nom_usage")?,
        prenom: row.get("p_prenom")?,
        date_naissance: row.get("p_date_naissance")?,
    })
}

/// The text in which a person is searched for.
#[must_use]
pub fn texte(numero: &Numero, identite: &Identite) -> String {
    let usage = identite.nom_usage.as_ref().map(|nom| nom.as_str());
    texte_de_recherche(
        [identite.nom_naissance.as_str(), identite.prenom.as_str()]
            .into_iter()
            .chain(usage)
            .chain([numero.as_str()]),
    )
}

pub(crate) fn ecrire_cles(tx: &mut Tx<'_>, numero: &Numero, identite: &Identite) -> Result<(), StoreError> {
    ajouter_cles(tx, [(numero, identite)])
}

/// Computes the keys of every person again: the step of the history for a rule whose keys are others.
pub(crate) fn recalculer_les_cles(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let sql =
        format!("SELECT {COLONNES} FROM personnes AS p WHERE p.numero > $1 ORDER BY p.numero LIMIT {LOT}");
    let mut dernier = String::new();
    loop {
        let rows = tx.query(&sql, params![&dernier])?;
        let lot: Vec<Personne> = rows.iter().map(personne).collect::<Result<_, _>>()?;
        let Some(derniere) = lot.last() else { return Ok(()) };
        derniere.numero.as_str().clone_into(&mut dernier);
        ajouter_cles(tx, lot.iter().map(|p| (&p.numero, &p.identite)))?;
    }
}

fn ajouter_cles<'p>(
    tx: &mut Tx<'_>,
    gens: impl IntoIterator<Item = (&'p Numero, &'p Identite)>,
) -> Result<(), StoreError> {
    let mut sql = Sql::new(
        "INSERT INTO personne_cles (cle, numero, nom_naissance, nom_usage, prenom, date_naissance) VALUES ",
    );
    let cles = gens.into_iter().flat_map(|(numero, i)| cles(i).into_iter().map(move |cle| (cle, numero, i)));
    for (rang, (cle, numero, identite)) in cles.enumerate() {
        sql.push(if rang == 0 { "" } else { ", " }).bind_list([
            Value::from(cle),
            Value::from(numero),
            Value::from(&identite.nom_naissance),
            Value::from(identite.nom_usage.as_ref()),
            Value::from(&identite.prenom),
            Value::from(identite.date_naissance),
        ]);
    }
    tx.execute_sql(sql.push(" ON CONFLICT DO NOTHING")).map(|_| ())
}

fn nouveau_numero(tx: &mut Tx<'_>) -> Result<Numero, StoreError> {
    loop {
        let numero = Numero::from_random(tirage()?);
        let drawn: &[Value] = params![&numero];
        let libre =
            tx.execute("INSERT INTO numeros_utilises (numero) VALUES ($1) ON CONFLICT DO NOTHING", drawn)?;
        if libre == 1 {
            return Ok(numero);
        }
    }
}
