//! What can go wrong between the program and its database.

/// Why the store could not do what it was asked. Never carries a value typed by a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database does not answer, is locked for too long, or has no room left: nothing was
    /// kept, the same act may be tried again later (503 at the web edge).
    #[error("the database is not available: {cause}")]
    Indisponible {
        /// What the engine or the network said.
        cause: String,
    },
    /// A constraint of the schema refused the write.
    #[error("the constraint {nom} refused the write")]
    Contrainte {
        /// Its name by intent: `un_stagiaire_une_fois_par_session`; `cle_etrangere` for any
        /// foreign key, `table.colonne` for a missing value.
        nom: String,
    },
    /// Somebody changed the session since it was read: nothing was written.
    #[error("the session was changed since it was read")]
    VersionDepassee,
    /// A row holds what this program cannot read: damage, or a newer program.
    #[error("unreadable value in {table}.{colonne}")]
    Illisible {
        /// The table of the row.
        table: String,
        /// The column that could not be read.
        colonne: String,
    },
    /// The address of the database is of no known kind.
    #[error("unknown database address: {0}")]
    Adresse(String),
    /// A fault of this program or of its database file.
    #[error("store fault: {0}")]
    Interne(String),
}

impl StoreError {
    /// Returns the error for a value of a row that is none of the values known.
    #[must_use]
    pub fn illisible(table: &str, colonne: &str) -> Self {
        Self::Illisible { table: table.to_owned(), colonne: colonne.to_owned() }
    }

    /// True when this is the refusal of the named constraint.
    #[must_use]
    pub fn is_contrainte(&self, voulue: &str) -> bool {
        matches!(self, Self::Contrainte { nom } if nom == voulue)
    }
}
