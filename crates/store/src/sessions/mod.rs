//! Sessions de certification with their trainees and history. Every reading takes a [`Portee`]
//! and the day: outside of the portée, or once the session is gone, it is not found.

mod lecture;
mod liste;
mod presence;
mod rappels;

use std::collections::HashMap;

use forprev_domain::droits::Portee;
use forprev_domain::evenement::Evenement;
use forprev_domain::id::SessionId;
use forprev_domain::identite::Nom;
use forprev_domain::numero::NumeroSession;
use forprev_domain::session::{NomEtat, Session};
use jiff::Timestamp;
use jiff::civil::Date;

pub use self::lecture::Fiche;
pub use self::liste::{Filtre, Tri, compter_par_etat, lister};
pub use self::presence::{Presence, presences};
pub use self::rappels::a_rappeler;
use crate::db::{Sql, Value};
use crate::recherche::texte_de_recherche;
use crate::valeurs::{json, tirage};
use crate::{StoreError, Tx, courrier, params, portee};

/// Returns the session with its trainees; `None` when it does not exist or is not visible.
///
/// # Errors
/// [`StoreError`].
pub fn charger(
    tx: &mut Tx<'_>,
    portee: &Portee,
    id: SessionId,
    aujourdhui: Date,
) -> Result<Option<Session>, StoreError> {
    Ok(fiche(tx, portee, id, aujourdhui)?.map(|fiche| fiche.session))
}

/// As [`charger`], and nobody else changes the session until the end of this transaction: what a
/// move starts with.
///
/// # Errors
/// [`StoreError`].
pub fn charger_pour_modifier(
    tx: &mut Tx<'_>,
    portee: &Portee,
    id: SessionId,
    aujourdhui: Date,
) -> Result<Option<Session>, StoreError> {
    let lock = format!("SELECT id FROM sessions WHERE id = $1{}", tx.for_update());
    tx.query(&lock, params![&id])?;
    charger(tx, portee, id, aujourdhui)
}

/// Says whether this session, declared with this person as formateur, was submitted and is a draft
/// again: he is told so when he acts on what he had before his eyes; to his readings it is absent.
///
/// # Errors
/// [`StoreError`].
pub fn est_reprise_a(
    tx: &mut Tx<'_>,
    portee: &Portee,
    id: SessionId,
    aujourdhui: Date,
) -> Result<bool, StoreError> {
    let row = tx.query_opt(
        "SELECT 1 AS un FROM sessions WHERE id = $1 AND formateur = $2 AND etat = $3
           AND contenu_soumis IS NOT NULL AND disparait_le > $4",
        params![&id, &portee.moi, &NomEtat::Brouillon, aujourdhui],
    )?;
    Ok(portee.formateur && row.is_some())
}

/// Returns the session with its dates of change; `None` when it does not exist or is not visible.
///
/// # Errors
/// [`StoreError`].
pub fn fiche(
    tx: &mut Tx<'_>,
    portee: &Portee,
    id: SessionId,
    aujourdhui: Date,
) -> Result<Option<Fiche>, StoreError> {
    let mut corps = Sql::new("FROM sessions AS s WHERE s.id = ");
    corps.bind(&id);
    portee::sessions(&mut corps, portee, aujourdhui);
    Ok(lecture::fiches(tx, &corps, "s.id")?.pop())
}

/// Returns the history of a session, oldest first; the caller has loaded it within his portée.
///
/// # Errors
/// [`StoreError`].
pub fn historique(tx: &mut Tx<'_>, id: SessionId) -> Result<Vec<Evenement>, StoreError> {
    let rows = tx.query(
        "SELECT le, par, evenement, commentaire, changements FROM historique
         WHERE session = $1 ORDER BY rang",
        params![&id],
    )?;
    rows.iter().map(lecture::evenement).collect()
}

/// Returns the histories of sessions that the caller has loaded within his portée, each oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn historiques(
    tx: &mut Tx<'_>,
    sessions: &[SessionId],
) -> Result<HashMap<SessionId, Vec<Evenement>>, StoreError> {
    let mut sql = Sql::new(
        "SELECT session, le, par, evenement, commentaire, changements FROM historique WHERE session IN ",
    );
    sql.bind_list(sessions).push(" ORDER BY session, rang");
    let mut histoires: HashMap<SessionId, Vec<Evenement>> = HashMap::new();
    for row in tx.query_sql(&sql)? {
        histoires.entry(row.get("session")?).or_default().push(lecture::evenement(&row)?);
    }
    Ok(histoires)
}

/// Returns a number for a new session that no living session has.
///
/// # Errors
/// [`StoreError`].
pub fn nouveau_numero(tx: &mut Tx<'_>, annee: i16) -> Result<NumeroSession, StoreError> {
    loop {
        let numero = NumeroSession::from_random(annee, tirage()?);
        let taken = tx.query("SELECT id FROM sessions WHERE numero = $1", params![&numero])?;
        if taken.is_empty() {
            return Ok(numero);
        }
    }
}

/// Writes a new session with its trainees and what its history begins with.
///
/// # Errors
/// `numero_de_session_unique`, `un_stagiaire_une_fois_par_session`.
pub fn creer(
    tx: &mut Tx<'_>,
    session: &Session,
    evenements: &[Evenement],
    le: Timestamp,
) -> Result<(), StoreError> {
    let mut row = vec![
        ("id", Value::from(&session.id)),
        ("numero", Value::from(&session.numero)),
        ("compte", Value::from(&session.compte)),
        ("auteur", Value::from(&session.auteur)),
        ("version", Value::from(session.version)),
        ("creee_le", le.into()),
        ("modifiee_le", le.into()),
        ("etat_depuis", le.into()),
    ];
    row.extend(contenu(session)?);
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let mut sql = Sql::new("INSERT INTO sessions (");
    sql.push(&columns.join(", ")).push(") VALUES ").bind_list(values);
    tx.execute_sql(&sql)?;
    ecrire_stagiaires(tx, session)?;
    raconter(tx, session.id, evenements)
}

/// Writes a session that a move gave back, with what happened. `lue` is the version that it had
/// when it was read.
///
/// # Errors
/// [`StoreError::VersionDepassee`] when somebody changed it since: nothing is written.
pub fn enregistrer(
    tx: &mut Tx<'_>,
    lue: i64,
    session: &Session,
    evenements: &[Evenement],
    le: Timestamp,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("UPDATE sessions SET version = ");
    sql.bind(session.version).push(", modifiee_le = ").bind(le);
    sql.push(", etat_depuis = CASE WHEN etat = ").bind(&session.etat.nom());
    sql.push(" THEN etat_depuis ELSE ").bind(le).push(" END");
    for (column, value) in contenu(session)? {
        sql.push(", ").push(column).push(" = ").bind(value);
    }
    sql.push(" WHERE id = ").bind(&session.id).push(" AND version = ").bind(lue);
    if tx.execute_sql(&sql)? == 0 {
        return Err(StoreError::VersionDepassee);
    }
    tx.execute("DELETE FROM stagiaires WHERE session = $1", params![&session.id])?;
    ecrire_stagiaires(tx, session)?;
    raconter(tx, session.id, evenements)
}

/// Deletes a session with its trainees, history, waiting mails and kept answers.
///
/// # Errors
/// [`StoreError::VersionDepassee`] when somebody changed it since it was read as `lue`.
pub fn supprimer(tx: &mut Tx<'_>, id: SessionId, lue: i64) -> Result<(), StoreError> {
    // What waits is found by what the session holds.
    courrier::oublier(tx, &[id])?;
    let gone = tx.execute("DELETE FROM sessions WHERE id = $1 AND version = $2", params![&id, lue])?;
    if gone == 0 {
        return Err(StoreError::VersionDepassee);
    }
    tx.execute("DELETE FROM idempotence WHERE session = $1", params![&id])?;
    Ok(())
}

/// What may change of a session: each column with its value.
fn contenu(session: &Session) -> Result<Vec<(&'static str, Value)>, StoreError> {
    let saisie = &session.saisie;
    let lieu = &saisie.lieu;
    let entreprise = saisie.entreprise_cliente.as_ref().map(json).transpose()?;
    let soumis = session.contenu_soumis.as_ref().map(json).transpose()?;
    let client = saisie.entreprise_cliente.as_ref();
    let recherche = texte_de_recherche(
        [
            Some(session.numero.as_str()),
            saisie.reference.as_deref(),
            client.and_then(|c| c.raison_sociale.as_deref()),
            lieu.commune.as_deref(),
        ]
        .into_iter()
        .flatten(),
    );
    Ok(vec![
        ("dispositif", Value::from(&saisie.dispositif)),
        ("niveau", Value::from(&saisie.niveau)),
        ("action", Value::from(saisie.action.as_ref())),
        ("date_debut", Value::from(saisie.date_debut)),
        ("date_fin", Value::from(saisie.date_fin)),
        ("lieu_nom", Value::from(lieu.nom.as_deref())),
        ("lieu_adresse", Value::from(lieu.adresse.as_deref())),
        ("lieu_code_postal", Value::from(lieu.code_postal.as_deref())),
        ("lieu_commune", Value::from(lieu.commune.as_deref())),
        ("entreprise_cliente", entreprise.unwrap_or(Value::Json(None))),
        ("reference", Value::from(saisie.reference.as_deref())),
        ("formateur", Value::from(saisie.formateur.as_ref())),
        ("etat", Value::from(&session.etat.nom())),
        ("suivie_par", Value::from(session.etat.soumise_a())),
        ("generee_le", Value::from(session.etat.generee_le())),
        ("contenu_soumis", soumis.unwrap_or(Value::Json(None))),
        ("disparait_le", Value::from(session.disparait_le())),
        ("recherche", Value::from(recherche)),
    ])
}

/// Writes the lines: with a numéro the identity is the register's, only the e-mail stays here.
fn ecrire_stagiaires(tx: &mut Tx<'_>, session: &Session) -> Result<(), StoreError> {
    for (rang, stagiaire) in (0_i64..).zip(&session.stagiaires) {
        let seule = stagiaire.numero.is_none().then_some(&stagiaire.identite);
        let nom = seule.and_then(|i| i.nom_naissance.as_ref());
        let usage = seule.and_then(|i| i.nom_usage.as_ref());
        let prenom = seule.and_then(|i| i.prenom.as_ref());
        let noms = [nom, prenom, usage].into_iter().flatten().map(Nom::as_str);
        let recherche = seule.map(|_| texte_de_recherche(noms));
        tx.execute(
            "INSERT INTO stagiaires (id, session, rang, numero, civilite, nom_naissance, nom_usage,
                                     prenom, date_naissance, email, resultat, recherche)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            params![
                &stagiaire.id,
                &session.id,
                rang,
                stagiaire.numero.as_ref(),
                seule.and_then(|i| i.civilite.as_ref()),
                nom,
                usage,
                prenom,
                seule.and_then(|i| i.date_naissance),
                stagiaire.identite.email.as_ref(),
                stagiaire.resultat.as_ref(),
                recherche
            ],
        )?;
    }
    Ok(())
}

/// Adds what happened to the history.
fn raconter(tx: &mut Tx<'_>, session: SessionId, evenements: &[Evenement]) -> Result<(), StoreError> {
    for evenement in evenements {
        tx.execute(
            "INSERT INTO historique (session, rang, le, par, evenement, commentaire, changements)
             SELECT s.id, (SELECT count(*) FROM historique AS h WHERE h.session = s.id),
                    $2, $3, $4, $5, $6
             FROM sessions AS s WHERE s.id = $1",
            params![
                &session,
                evenement.le,
                &evenement.par,
                &evenement.quoi,
                evenement.commentaire.as_deref(),
                json(&evenement.changements)?
            ],
        )?;
    }
    Ok(())
}
