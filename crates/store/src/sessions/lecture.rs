//! Rows to sessions.

use std::collections::HashMap;

use forprev_domain::evenement::Evenement;
use forprev_domain::id::SessionId;
use forprev_domain::identite::IdentiteSaisie;
use forprev_domain::numero::Numero;
use forprev_domain::session::{Etat, Lieu, NomEtat, Saisie, Session};
use forprev_domain::stagiaire::Stagiaire;
use jiff::Timestamp;

use crate::db::{Row, Sql};
use crate::{StoreError, Tx};

/// A session with what the store knows of its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fiche {
    /// The session itself.
    pub session: Session,
    /// When it was declared.
    pub creee_le: Timestamp,
    /// When it was last changed.
    pub modifiee_le: Timestamp,
    /// Since when it is in its state.
    pub etat_depuis: Timestamp,
}

/// Columns that [`fiche`] reads.
pub(super) const COLONNES: &str = "s.id, s.numero, s.version, s.compte, s.auteur, s.dispositif,
    s.niveau, s.action, s.date_debut, s.date_fin, s.lieu_nom, s.lieu_adresse, s.lieu_code_postal,
    s.lieu_commune, s.entreprise_cliente, s.reference, s.formateur, s.etat, s.suivie_par,
    s.generee_le, s.contenu_soumis, s.creee_le, s.modifiee_le, s.etat_depuis";

/// Reads the sessions of `corps`, which starts with `FROM sessions AS s`, with their trainees.
pub(super) fn fiches(tx: &mut Tx<'_>, corps: &Sql, ordre: &str) -> Result<Vec<Fiche>, StoreError> {
    let select = format!("SELECT {COLONNES} {} ORDER BY {ordre}", corps.text());
    let rows = tx.query(&select, corps.values())?;
    let mut fiches = rows.iter().map(fiche).collect::<Result<Vec<_>, _>>()?;
    avec_stagiaires(tx, &mut fiches)?;
    Ok(fiches)
}

/// Adds the trainees, one statement for all sessions. Names are the register's where it knows
/// them; the e-mail is the line's.
pub(super) fn avec_stagiaires(tx: &mut Tx<'_>, fiches: &mut [Fiche]) -> Result<(), StoreError> {
    let mut sql = Sql::new(
        "SELECT t.session, t.id, t.numero, t.email, t.resultat,
           CASE WHEN t.numero IS NULL THEN t.civilite ELSE p.civilite END AS civilite,
           CASE WHEN t.numero IS NULL THEN t.nom_naissance ELSE p.nom_naissance END AS nom_naissance,
           CASE WHEN t.numero IS NULL THEN t.nom_usage ELSE p.nom_usage END AS nom_usage,
           CASE WHEN t.numero IS NULL THEN t.prenom ELSE p.prenom END AS prenom,
           CASE WHEN t.numero IS NULL THEN t.date_naissance ELSE p.date_naissance END
             AS date_naissance
         FROM stagiaires AS t LEFT JOIN personnes AS p ON p.numero = t.numero
         WHERE t.session IN ",
    );
    sql.bind_list(fiches.iter().map(|fiche| &fiche.session.id)).push(" ORDER BY t.session, t.rang");
    let mut lines: HashMap<SessionId, Vec<Stagiaire>> = HashMap::new();
    for row in tx.query_sql(&sql)? {
        lines.entry(row.get("session")?).or_default().push(stagiaire(&row)?);
    }
    for fiche in fiches {
        fiche.session.stagiaires = lines.remove(&fiche.session.id).unwrap_or_default();
    }
    Ok(())
}

/// Reads one session, its trainees apart.
pub(super) fn fiche(row: &Row) -> Result<Fiche, StoreError> {
    let saisie = Saisie {
        dispositif: row.get("dispositif")?,
        niveau: row.get("niveau")?,
        action: row.get("action")?,
        date_debut: row.get("date_debut")?,
        date_fin: row.get("date_fin")?,
        lieu: Lieu {
            nom: row.get("lieu_nom")?,
            adresse: row.get("lieu_adresse")?,
            code_postal: row.get("lieu_code_postal")?,
            commune: row.get("lieu_commune")?,
        },
        entreprise_cliente: row.json_opt("entreprise_cliente")?,
        reference: row.get("reference")?,
        formateur: row.get("formateur")?,
    };
    let session = Session {
        id: row.get("id")?,
        numero: row.get("numero")?,
        version: row.get("version")?,
        compte: row.get("compte")?,
        auteur: row.get("auteur")?,
        saisie,
        stagiaires: Vec::new(),
        etat: etat(row)?,
        contenu_soumis: row.json_opt("contenu_soumis")?,
    };
    Ok(Fiche {
        session,
        creee_le: row.get("creee_le")?,
        modifiee_le: row.get("modifiee_le")?,
        etat_depuis: row.get("etat_depuis")?,
    })
}

fn etat(row: &Row) -> Result<Etat, StoreError> {
    let nom: NomEtat = row.get("etat")?;
    let suivie_par: Option<Numero> = row.get("suivie_par")?;
    let par = || suivie_par.clone().ok_or_else(|| row.illisible("suivie_par"));
    Ok(match nom {
        NomEtat::Brouillon => Etat::Brouillon,
        NomEtat::Soumise => Etat::Soumise { a: par()? },
        NomEtat::Retournee => Etat::Retournee { par: par()? },
        NomEtat::ATraiter => Etat::ATraiter { par: par()? },
        NomEtat::Terminee => Etat::Terminee { par: par()?, generee_le: row.get("generee_le")? },
    })
}

fn stagiaire(row: &Row) -> Result<Stagiaire, StoreError> {
    Ok(Stagiaire {
        id: row.get("id")?,
        numero: row.get("numero")?,
        identite: IdentiteSaisie {
            civilite: row.get("civilite")?,
            nom_naissance: row.get("nom_naissance")?,
            nom_usage: row.get("nom_usage")?,
            prenom: row.get("prenom")?,
            date_naissance: row.get("date_naissance")?,
            email: row.get("email")?,
        },
        resultat: row.get("resultat")?,
    })
}

pub(super) fn evenement(row: &Row) -> Result<Evenement, StoreError> {
    Ok(Evenement {
        le: row.get("le")?,
        par: row.get("par")?,
        quoi: row.get("evenement")?,
        commentaire: row.get("commentaire")?,
        changements: row.json("changements")?,
    })
}
