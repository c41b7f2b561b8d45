//! Components: small values that render themselves, unescaped, where a template names them.
//!
//! `{{ saisie.champ("prenom", "Prénom").large("l-nom") }}` in a template is a whole field with
//! its label, its hint, its message and its value.

mod champ;
mod choix;
mod etat;
mod frise;
mod icone;
mod jour;
mod relais;
mod resume;

pub use champ::Champ;
pub use choix::{Choix, Option as OptionDeChoix};
pub use etat::{Etat, Resultat};
pub use frise::{Frise, Place, Repere};
pub use icone::Icone;
pub use jour::Jour;
pub use relais::{EtapeDeRelais, Relais};
pub use resume::{FauteResumee, Resume};

#[cfg(test)]
mod tests;
