//! Two persons of the register who are one: what stands in the way of joining them, what deserves a look.

use crate::numero::NumeroSession;
use crate::personne::Personne;
use crate::regles::doublons::{Verdict, verdict};
use crate::utilisateur::Profil;

/// What is known of two persons before they are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apercu {
    /// Whose numéro will lead to the other's.
    pub ancienne: Personne,
    /// Whose numéro, names and birth day stay.
    pub nouvelle: Personne,
    /// What follows the old numéro.
    pub suit: Suite,
    /// Living sessions in which both are trainees.
    pub ensemble: Vec<NumeroSession>,
    /// Living sessions that one leads as formateur while the other is a trainee there.
    pub face_a_face: Vec<NumeroSession>,
}

/// What a person holds that follows him to another numéro.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suite {
    /// Certificates and qualifications held.
    pub certificats: i64,
    /// Living sessions in which he is a trainee.
    pub stagiaire: i64,
    /// Living sessions that he declared.
    pub declarees: i64,
    /// Living sessions of which he is the formateur.
    pub formateur: i64,
    /// What he is for Forprev.
    pub profils: Vec<Profil>,
    /// Whether he has an account to sign in with.
    pub acces: bool,
    /// Whether the other has one too.
    pub acces_des_deux: bool,
}

/// Why two persons cannot be joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Both numéros are of the same person already.
    DejaUne,
    /// Both are trainees of these sessions: one of the two lines is taken off first.
    Ensemble(Vec<NumeroSession>),
    /// One would be formateur and trainee of these sessions.
    FaceAFace(Vec<NumeroSession>),
}

/// What deserves a look before two persons are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vigilance {
    /// The rule of doubles says that they are two (R17).
    IdentitesEloignees,
    /// Both have an account: the password of the numéro that stays is the one that serves.
    DeuxAcces,
    /// Both have an address, not the same: that of the numéro that stays is kept.
    DeuxAdresses,
}

impl Apercu {
    /// All that stands in the way.
    #[must_use]
    pub fn obstacles(&self) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        if self.ancienne.numero == self.nouvelle.numero {
            obstacles.push(Obstacle::DejaUne);
        }
        if !self.ensemble.is_empty() {
            obstacles.push(Obstacle::Ensemble(self.ensemble.clone()));
        }
        if !self.face_a_face.is_empty() {
            obstacles.push(Obstacle::FaceAFace(self.face_a_face.clone()));
        }
        obstacles
    }

    /// All that deserves a look.
    #[must_use]
    pub fn vigilances(&self) -> Vec<Vigilance> {
        let (ancienne, nouvelle) = (&self.ancienne, &self.nouvelle);
        let adresses =
            [&ancienne.email, &nouvelle.email].map(|email| email.as_ref().map(|email| email.cle()));
        [
            (verdict(&ancienne.identite, &nouvelle.identite) == Verdict::Non, Vigilance::IdentitesEloignees),
            (self.suit.acces && self.suit.acces_des_deux, Vigilance::DeuxAcces),
            (adresses.iter().all(Option::is_some) && adresses[0] != adresses[1], Vigilance::DeuxAdresses),
        ]
        .into_iter()
        .filter_map(|(vraie, vigilance)| vraie.then_some(vigilance))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identite::{Email, Identite, Nom};
    use crate::numero::Numero;

    fn personne(numero: &str, prenom: &str, email: Option<&str>) -> Personne {
        Personne {
            numero: Numero::parse(numero).expect("a numéro"),
            identite: Identite {
                civilite: None,
                nom_naissance: Nom::parse("Lefèvre").expect("a name"),
                nom_usage: None,
                prenom: Nom::parse(prenom).expect("a name"),
                date_naissance: jiff::civil::date(1990, 2, 28),
            },
            email: email.map(|email| Email::parse(email).expect("an address")),
        }
    }

    #[test]
    fn ce_qui_empeche_et_ce_qui_merite_un_regard() {
        let check = |change: &dyn Fn(&mut Apercu), obstacles: &[Obstacle], vigilances: &[Vigilance]| {
            let mut apercu = Apercu {
                ancienne: personne("JKA37899", "Anaïs", Some("a@exemple.fr")),
                nouvelle: personne("KLM00042", "Anais", None),
                suit: Suite::default(),
                ensemble: Vec::new(),
                face_a_face: Vec::new(),
            };
            change(&mut apercu);
            assert_eq!(apercu.obstacles(), obstacles);
            assert_eq!(apercu.vigilances(), vigilances);
        };
        let seance = || NumeroSession::parse("S-2026-7F3K9Q").expect("a number");
        check(&|_| {}, &[], &[]);
        check(&|a| a.nouvelle.numero = a.ancienne.numero.clone(), &[Obstacle::DejaUne], &[]);
        check(&|a| a.ensemble = vec![seance()], &[Obstacle::Ensemble(vec![seance()])], &[]);
        check(&|a| a.face_a_face = vec![seance()], &[Obstacle::FaceAFace(vec![seance()])], &[]);
        let loin = |a: &mut Apercu| a.nouvelle = personne("KLM00042", "Paul", Some("p@exemple.fr"));
        check(&loin, &[], &[Vigilance::IdentitesEloignees, Vigilance::DeuxAdresses]);
        let meme = |a: &mut Apercu| a.nouvelle = personne("KLM00042", "Anaïs", Some("A@EXEMPLE.FR"));
        check(&meme, &[], &[]);
        let deux = |a: &mut Apercu| (a.suit.acces, a.suit.acces_des_deux) = (true, true);
        check(&deux, &[], &[Vigilance::DeuxAcces]);
    }
}
