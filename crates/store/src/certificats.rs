//! The register of certificates: it survives the sessions (R6b).

use forprev_domain::certificat::{Certificat, EtatCertificat};
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::droits::Portee;
use forprev_domain::formateur::Qualification;
use forprev_domain::id::{SessionId, StagiaireId};
use forprev_domain::numero::{Numero, NumeroCertificat};
use forprev_domain::personne::Personne;
use forprev_domain::regles::duree_de_vie::sort_du_registre_le;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::db::{Row, Sql, Value};
use crate::personnes::{self, personne};
use crate::recherche::{Liste, Pagination, motifs, page};
use crate::valeurs::{json, nouvel_id, tirage};
use crate::{StoreError, Tx, logos, params, portee};

const COLONNES: &str = "c.numero, c.titulaire, c.stagiaire, c.session, c.dispositif, c.niveau,
    c.action, c.debut, c.fin, c.delivre_le, c.compte, c.auteur, c.formateur, c.etat,
    c.remplace_par, c.disparait_le, c.specimen, c.imprime";

/// Returns a number that no certificate ever had as long as the register remembers.
///
/// # Errors
/// [`StoreError`].
pub fn nouveau_numero(
    tx: &mut Tx<'_>,
    dispositif: &CodeDispositif,
    niveau: Niveau,
    annee: i16,
) -> Result<NumeroCertificat, StoreError> {
    numero_libre(tx, |tirage| NumeroCertificat::from_random(dispositif, niveau, annee, tirage), tirage)
}

/// Returns the first number drawn that no certificate ever had; `tirer` gives the draws.
///
/// The unique index stands behind: two instances that draw the same number at once both find it free, and the
/// transaction of the second runs again.
///
/// # Errors
/// [`StoreError`].
pub fn numero_libre(
    tx: &mut Tx<'_>,
    former: impl Fn(u64) -> NumeroCertificat,
    mut tirer: impl FnMut() -> Result<u64, StoreError>,
) -> Result<NumeroCertificat, StoreError> {
    loop {
        let numero = former(tirer()?);
        let taken = tx.query("SELECT id FROM certificats WHERE cle = $1", params![numero.cle()])?;
        if taken.is_empty() {
            return Ok(numero);
        }
    }
}

/// Enters certificates in the register, in this order.
///
/// # Errors
/// `un_certificat_par_stagiaire`, `numero_de_certificat_unique`: the nets under the guards.
pub fn inscrire(tx: &mut Tx<'_>, certificats: &[Certificat]) -> Result<(), StoreError> {
    for (rang, certificat) in (0_i64..).zip(certificats) {
        inscrire_un(tx, certificat, rang)?;
    }
    Ok(())
}

fn inscrire_un(tx: &mut Tx<'_>, certificat: &Certificat, rang: i64) -> Result<(), StoreError> {
    let c = certificat;
    if let Some(logo) = c.imprime.as_ref().and_then(|imprime| imprime.logo.as_ref()) {
        logos::garder(tx, logo)?;
    }
    let imprime = c.imprime.as_ref().map(json).transpose()?.unwrap_or(Value::Json(None));
    tx.execute(
        "INSERT INTO certificats (id, cle, numero, titulaire, session, stagiaire, rang, dispositif,
           niveau, action, debut, fin, delivre_le, compte, auteur, formateur, etat, remplace_par,
           disparait_le, sort_du_registre_le, specimen, imprime)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 $19, $20, $21, $22)",
        params![
            nouvel_id()?,
            c.numero.cle(),
            &c.numero,
            &c.titulaire,
            c.session.as_ref(),
            c.stagiaire.as_ref(),
            rang,
            &c.dispositif,
            &c.niveau,
            c.action.as_ref(),
            c.debut,
            c.fin,
            c.delivre_le,
            c.compte.as_ref(),
            c.auteur.as_ref(),
            c.formateur.as_ref(),
            &c.etat,
            c.remplace_par.as_ref(),
            c.disparait_le,
            sort_du_registre_le(c.delivre_le, c.fin),
            c.specimen,
            imprime
        ],
    )?;
    Ok(())
}

/// Puts a corrected certificate in the place of the old one, which from then on leads to it.
/// False, and nothing written, when the old one is not valid any more.
///
/// # Errors
/// [`StoreError`].
pub fn remplacer(
    tx: &mut Tx<'_>,
    ancien: &NumeroCertificat,
    nouveau: &Certificat,
) -> Result<bool, StoreError> {
    let rang = tx.query_opt("SELECT rang FROM certificats WHERE cle = $1", params![ancien.cle()])?;
    let done = tx.execute(
        "UPDATE certificats SET etat = $2, remplace_par = $3 WHERE cle = $1 AND etat = $4",
        params![ancien.cle(), &EtatCertificat::Remplace, &nouveau.numero, &EtatCertificat::Valide],
    )?;
    if let (1, Some(rang)) = (done, rang) {
        inscrire_un(tx, nouveau, rang.get("rang")?)?;
        return Ok(true);
    }
    Ok(false)
}

/// Returns the certificate that a trainee's line was given first, whatever replaced it since.
///
/// # Errors
/// [`StoreError`].
pub fn premier_de_la_ligne(tx: &mut Tx<'_>, ligne: StagiaireId) -> Result<Option<Certificat>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM certificats AS c WHERE c.stagiaire = $1 AND NOT EXISTS
           (SELECT 1 FROM certificats AS ancien WHERE ancien.stagiaire = $1 AND ancien.remplace_par = c.numero)"
    );
    tx.query_opt(&sql, params![&ligne])?.as_ref().map(certificat).transpose()
}

/// Withdraws a certificate, with the reason. False when it was not valid any more.
///
/// # Errors
/// [`StoreError`].
pub fn revoquer(
    tx: &mut Tx<'_>,
    numero: &NumeroCertificat,
    motif: &str,
    le: Timestamp,
) -> Result<bool, StoreError> {
    let done = tx.execute(
        "UPDATE certificats SET etat = $2, motif = $3, revoque_le = $4 WHERE cle = $1 AND etat = $5",
        params![numero.cle(), &EtatCertificat::Revoque, motif, le, &EtatCertificat::Valide],
    )?;
    Ok(done == 1)
}

/// Returns the entry with this number, for everybody: what verification and the rules read; who may know it is
/// `droits`' to say. Its picture comes with its pixels.
///
/// # Errors
/// [`StoreError`].
pub fn charger(tx: &mut Tx<'_>, numero: &NumeroCertificat) -> Result<Option<Certificat>, StoreError> {
    let sql = format!("SELECT {COLONNES} FROM certificats AS c WHERE c.cle = $1");
    let mut lu = tx.query_opt(&sql, params![numero.cle()])?.as_ref().map(certificat).transpose()?;
    logos::completer(tx, lu.as_mut_slice())?;
    Ok(lu)
}

/// Returns the certificates of a session that stand, neither replaced nor revoked, in the order of its trainees;
/// the caller has loaded the session within his portée. Their pictures come with their pixels.
///
/// # Errors
/// [`StoreError`].
pub fn de_la_session(tx: &mut Tx<'_>, session: SessionId) -> Result<Vec<Certificat>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM certificats AS c WHERE c.session = $1 AND c.etat = $2 ORDER BY c.rang"
    );
    let rows = tx.query(&sql, params![&session, &EtatCertificat::Valide])?;
    let mut lus: Vec<Certificat> = rows.iter().map(certificat).collect::<Result<_, _>>()?;
    logos::completer(tx, &mut lus)?;
    Ok(lus)
}

/// Returns the certificates of a session that stand no more, in the order of its trainees; the caller has loaded
/// the session within his portée.
///
/// # Errors
/// [`StoreError`].
pub fn retires_de_la_session(tx: &mut Tx<'_>, session: SessionId) -> Result<Vec<Certificat>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM certificats AS c WHERE c.session = $1 AND c.etat <> $2 ORDER BY c.rang, c.cle"
    );
    tx.query(&sql, params![&session, &EtatCertificat::Valide])?.iter().map(certificat).collect()
}

/// Returns when a certificate was withdrawn, and why; `None` when it was not.
///
/// # Errors
/// [`StoreError`].
pub fn revocation(
    tx: &mut Tx<'_>,
    numero: &NumeroCertificat,
) -> Result<Option<(Timestamp, String)>, StoreError> {
    let row = tx.query_opt(
        "SELECT revoque_le, motif FROM certificats WHERE cle = $1 AND revoque_le IS NOT NULL",
        params![numero.cle()],
    )?;
    row.map(|row| Ok((row.get("revoque_le")?, row.get("motif")?))).transpose()
}

/// Returns all that a person holds or held, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn du_titulaire(tx: &mut Tx<'_>, titulaire: &Numero) -> Result<Vec<Certificat>, StoreError> {
    let sql = format!(
        "SELECT {COLONNES} FROM certificats AS c WHERE c.titulaire = $1 ORDER BY c.debut DESC, c.cle"
    );
    tx.query(&sql, params![titulaire])?.iter().map(certificat).collect()
}

/// Returns what a person holds, as R2 reads it; empty when nobody has the numéro.
///
/// # Errors
/// [`StoreError`].
pub fn qualifications(tx: &mut Tx<'_>, numero: &Numero) -> Result<Vec<Qualification>, StoreError> {
    let actuel = personnes::numero_actuel(tx, numero)?;
    Ok(acquis(tx, &[&actuel])?.into_iter().map(|(_, qualification)| qualification).collect())
}

/// Returns what these persons hold.
///
/// # Errors
/// [`StoreError`].
pub fn acquis(tx: &mut Tx<'_>, numeros: &[&Numero]) -> Result<Vec<(Numero, Qualification)>, StoreError> {
    let mut tous = Vec::new();
    // Engines bound the parameters of a statement.
    for lot in numeros.chunks(5_000) {
        let mut sql = Sql::new(
            "SELECT c.titulaire, c.dispositif, c.niveau, c.debut, c.fin, c.etat
             FROM certificats AS c WHERE c.titulaire IN ",
        );
        sql.bind_list(lot.iter().copied()).push(" ORDER BY c.titulaire, c.debut, c.cle");
        for row in tx.query_sql(&sql)? {
            let qualification = Qualification {
                dispositif: row.get("dispositif")?,
                niveau: row.get("niveau")?,
                debut: row.get("debut")?,
                fin: row.get("fin")?,
                retiree: row.get::<EtatCertificat>("etat")? != EtatCertificat::Valide,
            };
            tous.push((row.get("titulaire")?, qualification));
        }
    }
    Ok(tous)
}

/// What the page « Stagiaires » is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FiltreCertifies {
    /// Of this dispositif.
    pub dispositif: Option<CodeDispositif>,
    /// Of this niveau.
    pub niveau: Option<Niveau>,
    /// To be renewed: standing, ending from this day on and up to that one, and not followed by a later one of
    /// the same dispositif and niveau within the same portée.
    pub a_recycler: Option<(Date, Date)>,
    /// Each word is in the names or the numéro.
    pub q: Option<String>,
}

/// Lists the persons certified by the comptes within the portée, one line for each entry that
/// stands, by name. No birth day is to be shown of them.
///
/// # Errors
/// [`StoreError`].
pub fn certifies(
    tx: &mut Tx<'_>,
    portee: &Portee,
    filtre: &FiltreCertifies,
    pagination: Pagination,
) -> Result<Liste<(Personne, Certificat)>, StoreError> {
    let mut corps = Sql::new(
        "FROM certificats AS c JOIN personnes AS p ON p.numero = c.titulaire
         WHERE c.compte IS NOT NULL AND c.etat <> ",
    );
    corps.bind(&EtatCertificat::Remplace);
    portee::certificats(&mut corps, portee);
    if let Some(dispositif) = &filtre.dispositif {
        corps.push(" AND c.dispositif = ").bind(dispositif);
    }
    if let Some(niveau) = &filtre.niveau {
        corps.push(" AND c.niveau = ").bind(niveau);
    }
    if let Some((du, au)) = filtre.a_recycler {
        corps.push(" AND c.fin >= ").bind(du).push(" AND c.fin <= ").bind(au);
        corps.push(" AND c.etat = ").bind(&EtatCertificat::Valide);
        corps.push(
            " AND NOT EXISTS (SELECT 1 FROM certificats AS suite WHERE suite.titulaire = c.titulaire
               AND suite.dispositif = c.dispositif AND suite.niveau = c.niveau
               AND (suite.fin IS NULL OR suite.fin > c.fin) AND suite.etat = ",
        );
        corps.bind(&EtatCertificat::Valide);
        portee::certificats_nommes(&mut corps, "suite", portee);
        corps.push(")");
    }
    personnes::filtrer(tx, &mut corps, filtre.q.as_deref())?;
    let columns = format!("{COLONNES}, {}", personnes::COLONNES);
    page(tx, &columns, &corps, "p.recherche, c.fin, c.cle", pagination, |row| {
        Ok((personne(row)?, certificat(row)?))
    })
}

/// The condition under which a certificate `c` makes its holder a formateur: the domain's `fait_un_formateur`.
pub(crate) fn font_un_formateur(sql: &mut Sql) {
    sql.push("c.niveau <> ").bind(&Niveau::Acteur).push(" AND c.etat = ").bind(&EtatCertificat::Valide);
}

/// Returns the formateurs who have already worked for the comptes within the portée (for a
/// délégataire: with himself), by name; each word of `q` must be in the names or the numéro.
///
/// # Errors
/// [`StoreError`].
pub fn formateurs_connus(
    tx: &mut Tx<'_>,
    portee: &Portee,
    q: &str,
    aujourdhui: Date,
) -> Result<Vec<Personne>, StoreError> {
    let mut sql = Sql::new(&format!(
        "SELECT {} FROM personnes AS p WHERE (p.numero IN
           (SELECT c.formateur FROM certificats AS c WHERE 1 = 1",
        personnes::COLONNES
    ));
    portee::certificats(&mut sql, portee);
    sql.push(") OR p.numero IN (SELECT s.suivie_par FROM sessions AS s WHERE 1 = 1");
    portee::sessions(&mut sql, portee, aujourdhui);
    sql.push("))");
    for motif in motifs(q) {
        sql.push(" AND p.recherche LIKE ").bind(motif).push(" ESCAPE '\\'");
    }
    sql.push(" ORDER BY p.recherche LIMIT 50");
    tx.query_sql(&sql)?.iter().map(personne).collect()
}

/// Counts the certificates issued by comptes since a day, by day of issue, dispositif and niveau; no persons.
///
/// # Errors
/// [`StoreError`].
pub fn compter(
    tx: &mut Tx<'_>,
    depuis: Date,
) -> Result<Vec<(Date, CodeDispositif, Niveau, i64)>, StoreError> {
    let rows = tx.query(
        "SELECT c.delivre_le, c.dispositif, c.niveau, count(*) AS nombre FROM certificats AS c
         WHERE c.compte IS NOT NULL AND c.etat <> $1 AND c.delivre_le >= $2
         GROUP BY c.delivre_le, c.dispositif, c.niveau ORDER BY c.delivre_le, c.dispositif, c.niveau",
        params![&EtatCertificat::Remplace, depuis],
    )?;
    rows.iter()
        .map(|row| {
            Ok((row.get("delivre_le")?, row.get("dispositif")?, row.get("niveau")?, row.get("nombre")?))
        })
        .collect()
}

/// Keeps the seal of a file, so that the same bytes come back; the first one kept stays. Returns
/// the one that is kept; `None` when what is printed is erased, and its seal with it.
///
/// # Errors
/// [`StoreError`].
pub fn garder_sceau(
    tx: &mut Tx<'_>,
    numero: &NumeroCertificat,
    sceau: &str,
) -> Result<Option<String>, StoreError> {
    tx.execute(
        "UPDATE certificats SET sceau = $2 WHERE cle = $1 AND sceau IS NULL AND imprime IS NOT NULL",
        params![numero.cle(), sceau],
    )?;
    sceau_garde(tx, numero)
}

/// Keeps another seal in the place of this one, which does not fit the file any more; of two that do so at
/// once, the first one stays. Returns the one that is kept, as [`garder_sceau`].
///
/// # Errors
/// [`StoreError`].
pub fn remplacer_sceau(
    tx: &mut Tx<'_>,
    numero: &NumeroCertificat,
    ancien: &str,
    nouveau: &str,
) -> Result<Option<String>, StoreError> {
    tx.execute(
        "UPDATE certificats SET sceau = $3 WHERE cle = $1 AND sceau = $2",
        params![numero.cle(), ancien, nouveau],
    )?;
    sceau_garde(tx, numero)
}

/// Returns the seal of a file, once made.
///
/// # Errors
/// [`StoreError`].
pub fn sceau_garde(tx: &mut Tx<'_>, numero: &NumeroCertificat) -> Result<Option<String>, StoreError> {
    let row = tx.query_opt("SELECT sceau FROM certificats WHERE cle = $1", params![numero.cle()])?;
    row.map_or(Ok(None), |row| row.get("sceau"))
}

fn certificat(row: &Row) -> Result<Certificat, StoreError> {
    Ok(Certificat {
        numero: row.get("numero")?,
        titulaire: row.get("titulaire")?,
        stagiaire: row.get("stagiaire")?,
        session: row.get("session")?,
        dispositif: row.get("dispositif")?,
        niveau: row.get("niveau")?,
        action: row.get("action")?,
        debut: row.get("debut")?,
        fin: row.get("fin")?,
        delivre_le: row.get("delivre_le")?,
        compte: row.get("compte")?,
        auteur: row.get("auteur")?,
        formateur: row.get("formateur")?,
        etat: row.get("etat")?,
        remplace_par: row.get("remplace_par")?,
        disparait_le: row.get("disparait_le")?,
        specimen: row.get("specimen")?,
        imprime: row.json_opt("imprime")?,
    })
}
