//! A formateur: a person who holds, or held, a certificate of niveau formateur or above.

use jiff::civil::Date;

use crate::dispositif::{CodeDispositif, Niveau};

/// What a certificate proves of its holder, read by rule R2 and by the warnings on the MAC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    /// Dispositif of the certificate.
    pub dispositif: CodeDispositif,
    /// Niveau of the certificate.
    pub niveau: Niveau,
    /// First valid day.
    pub debut: Date,
    /// Last valid day; `None`: no end.
    pub fin: Option<Date>,
    /// True when it was revoked or replaced: it proves nothing any more.
    pub retiree: bool,
}

impl Qualification {
    /// True when it holds on that day.
    #[must_use]
    pub fn valide_le(&self, jour: Date) -> bool {
        !self.retiree && self.debut <= jour && self.fin.is_none_or(|fin| jour <= fin)
    }

    /// True when it makes its holder a formateur, valid or past.
    #[must_use]
    pub fn fait_un_formateur(&self) -> bool {
        !self.retiree && Niveau::Acteur < self.niveau
    }

    /// True when another that its holder has, of the same dispositif and of this niveau or above, goes on after it
    /// ends.
    #[must_use]
    pub fn est_relayee(&self, du_titulaire: &[Self]) -> bool {
        let Some(fin) = self.fin else { return false };
        du_titulaire.iter().any(|autre| {
            !autre.retiree
                && autre.dispositif == self.dispositif
                && self.niveau <= autre.niveau
                && autre.fin.is_none_or(|autre_fin| fin < autre_fin)
        })
    }
}
