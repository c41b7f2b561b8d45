//! Passwords: how long, how common, how they are kept.
//!
//! Long rather than complicated: any characters, no rule of composition, never renewed by force.
//! Those that everybody tries first are refused, from a list inside the program.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use forprev_domain::personne::Personne;
use forprev_domain::utilisateur::Profil;
use unicode_normalization::UnicodeNormalization as _;

use super::courants::{MOTS, SUITES};
use crate::app::{App, blocking};
use crate::error::Error;

/// Fewest characters of a password.
const LONGUEUR: usize = 12;
/// Fewest for those who can do more.
const LONGUEUR_ELEVEE: usize = 15;
/// Most: beyond, it is no password, and hashing it would only cost time.
const LONGUEUR_MAX: usize = 200;
/// Distinct characters below which a password is guessed at once.
const CARACTERES_DISTINCTS: usize = 5;

/// Fewest characters of the password of somebody with these profiles.
#[must_use]
pub fn longueur(profils: &[Profil]) -> usize {
    let elevee = profils.iter().any(|profil| match profil {
        Profil::Gestionnaire { .. } | Profil::Administrateur => true,
        Profil::Delegataire { .. } | Profil::Formateur => false,
    });
    if elevee { LONGUEUR_ELEVEE } else { LONGUEUR }
}

/// The hint under the field.
#[must_use]
pub fn conseil(longueur: usize) -> String {
    format!(
        "Au moins {longueur} caractères, tous permis. Quelques mots sans lien entre eux font un bon mot de passe."
    )
}

/// What is too close to the person to be her password.
#[derive(Debug, Clone, Default)]
pub struct Proche(Vec<String>);

impl Proche {
    /// The names, the numéro and the address of a person.
    #[must_use]
    pub fn of(personne: &Personne) -> Self {
        let identite = &personne.identite;
        let mut mots = vec![
            identite.nom_naissance.to_string(),
            identite.prenom.to_string(),
            personne.numero.to_string(),
        ];
        mots.extend(identite.nom_usage.as_ref().map(ToString::to_string));
        mots.extend(personne.email.as_ref().and_then(|e| e.as_str().split('@').next().map(str::to_owned)));
        Self(mots.into_iter().map(|mot| base(&mot)).filter(|mot| mot.chars().count() >= 3).collect())
    }
}

/// Says what is wrong with a password, and how to mend it.
///
/// # Errors
/// The French sentence for the field.
pub fn judge(choisi: &str, longueur: usize, proche: &Proche) -> Result<(), String> {
    let nombre = choisi.chars().count();
    if nombre < longueur {
        return Err(format!(
            "Ce mot de passe compte {nombre} caractères. Il en faut au moins {longueur} : ajoutez un ou deux mots."
        ));
    }
    if nombre > LONGUEUR_MAX {
        return Err(format!(
            "Ce mot de passe compte {nombre} caractères. Il en faut au plus {LONGUEUR_MAX}."
        ));
    }
    if is_common(choisi, proche) {
        return Err("Ce mot de passe fait partie de ceux qui sont essayés en premier. Choisissez plutôt quelques mots sans lien entre eux, ni avec vous.".to_owned());
    }
    Ok(())
}

/// Whether nothing is left of a password once common words, the person's own, digits and
/// keyboard runs are taken out of it.
fn is_common(choisi: &str, proche: &Proche) -> bool {
    let mut distincts: Vec<char> = choisi.to_lowercase().chars().collect();
    distincts.sort_unstable();
    distincts.dedup();
    if distincts.len() < CARACTERES_DISTINCTS {
        return true;
    }
    let mut reste = base(choisi);
    for connu in
        MOTS.split_whitespace().chain(SUITES.split_whitespace()).chain(proche.0.iter().map(String::as_str))
    {
        reste = reste.replace(connu, "");
    }
    reste.chars().filter(|c| c.is_alphabetic()).count() < 4
}

/// Lower-case letters and digits, with the usual stand-ins read as the letters that they mean.
fn base(texte: &str) -> String {
    texte
        .to_lowercase()
        .nfd()
        .filter_map(|c| match c {
            '@' => Some('a'),
            '$' => Some('s'),
            '€' => Some('e'),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

/// The hash of a password, made on a blocking thread, a few at once.
///
/// # Errors
/// Unavailable while the program stops; internal when the system gives no randomness.
pub async fn hash(app: &App, choisi: String) -> Result<String, Error> {
    let _turn = app.hashing.acquire().await.map_err(Error::unavailable)?;
    blocking(move || {
        let normal: String = choisi.nfc().collect();
        let hash = Argon2::default().hash_password(normal.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|cause| Error::internal(cause.to_string()))
    })
    .await
}

/// Whether this is the password with this hash. Without a hash the same work is done, and the
/// answer is no: the time does not tell whether the account exists.
///
/// # Errors
/// Unavailable while the program stops; internal when the hash cannot be read.
pub async fn verify(app: &App, donne: &str, hash: Option<String>) -> Result<bool, Error> {
    static PERSONNE: OnceLock<String> = OnceLock::new();
    let _turn = app.hashing.acquire().await.map_err(Error::unavailable)?;
    let normal: String = donne.chars().take(LONGUEUR_MAX).nfc().collect();
    blocking(move || {
        let known = hash.is_some();
        let hash = match hash {
            Some(hash) => hash,
            None => match PERSONNE.get() {
                Some(hash) => hash.clone(),
                None => {
                    let made = Argon2::default().hash_password(b"personne");
                    let made = made.map_err(|cause| Error::internal(cause.to_string()))?.to_string();
                    PERSONNE.get_or_init(|| made).clone()
                }
            },
        };
        let hash = PasswordHash::new(&hash).map_err(|cause| Error::internal(cause.to_string()))?;
        let good = Argon2::default().verify_password(normal.as_bytes(), &hash).is_ok();
        Ok(good && known)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_mot_de_passe_est_long_et_peu_commun() {
        let proche = Proche(vec!["lemoine".to_owned(), "claire".to_owned(), "jka37899".to_owned()]);
        for (choisi, longueur, bon) in [
            ("brouette violon marée", 15, true),
            ("Žluťoučký kůň úpěl", 15, true),
            ("cheval agrafe", 12, true),
            ("cheval agrafe", 15, false),
            ("court", 12, false),
            ("motdepasse123", 12, false),
            ("M0tdepasse!2026", 12, true),
            ("Azertyuiop123", 12, false),
            ("Bonjour12345!", 12, false),
            ("P@ssword2026!", 12, false),
            ("aaaaaaaaaaaaaaa", 12, false),
            ("121212121212", 12, false),
            ("Claire Lemoine 2026", 15, false),
            ("forprev-forprev-1", 15, false),
            ("JKA37899jka37899", 12, false),
        ] {
            let bon_attendu = judge(choisi, longueur, &proche).is_ok();
            assert_eq!(bon_attendu, bon, "{choisi}");
        }
        assert!(judge(&"x y z t u ".repeat(21), 12, &proche).is_err());
    }
}
