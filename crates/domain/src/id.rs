//! Identifiers: one type each, so that none is taken for another.

use std::fmt;

use serde::Serialize;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Reads an identifier as it stands in an address; `None` when it cannot be one.
            #[must_use]
            pub fn parse(texte: &str) -> Option<Self> {
                Uuid::try_parse(texte).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// Identifies a compte.
    CompteId
);
id!(
    /// Identifies an habilitation.
    HabilitationId
);
id!(
    /// Identifies a session de certification.
    SessionId
);
id!(
    /// Identifies a line of trainee in one session; not a person.
    StagiaireId
);
id!(
    /// Identifies a merge of two persons.
    FusionId
);
