//! One file a rule: the sentence of the guide, one constant, one pure function, one table of bounds.

pub mod doublons;
pub mod identite_requise;
