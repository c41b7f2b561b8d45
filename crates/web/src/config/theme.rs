//! What the certificates show of the installation: its colour and its logo, checked at start.

use forprev_domain::theme::{Couleur, Logo};
use forprev_pdf::LogoRefuse;

use super::{WrongSetting, wrong};

/// Contrast with white that a colour of titles needs (WCAG 2.2, 1.4.3).
const CONTRASTE: f64 = 4.5;

pub(super) fn couleur(donnee: Option<String>) -> Result<Option<Couleur>, WrongSetting> {
    let Some(texte) = donnee else { return Ok(None) };
    let Some(couleur) = Couleur::parse(&texte) else {
        return wrong(format!(
            "FORPREV_COULEUR vaut « {texte} » : il faut six chiffres hexadécimaux, par exemple #0a5c66."
        ));
    };
    let contraste = couleur.contraste_sur_blanc();
    if contraste < CONTRASTE {
        return wrong(format!(
            "FORPREV_COULEUR vaut « {texte} », trop clair pour être lu sur du blanc : son contraste est de {} pour 1, \
             il en faut 4,5. Choisissez une couleur plus foncée.",
            format!("{contraste:.1}").replace('.', ",")
        ));
    }
    Ok(Some(couleur))
}

pub(super) fn logo(donnee: Option<String>) -> Result<Option<Logo>, WrongSetting> {
    let Some(chemin) = donnee else { return Ok(None) };
    let octets = match std::fs::read(&chemin) {
        Ok(octets) => octets,
        Err(cause) => return wrong(format!("FORPREV_LOGO : le fichier {chemin} ne se lit pas : {cause}.")),
    };
    let (largeur, hauteur) = forprev_pdf::LOGO_MAX;
    match forprev_pdf::lire_logo(&octets) {
        Ok(logo) => Ok(Some(logo)),
        Err(LogoRefuse::PasUnPng) => {
            wrong(format!("FORPREV_LOGO : {chemin} n’est pas une image PNG entière."))
        }
        Err(LogoRefuse::TropGrand) => wrong(format!(
            "FORPREV_LOGO : {chemin} est trop grand : {largeur} pixels de large et {hauteur} de haut au plus."
        )),
        Err(LogoRefuse::TropLourd) => wrong(format!(
            "FORPREV_LOGO : {chemin} est trop lourd, car il est dans chaque certificat : {} Ko au plus une fois \
             compressé. Réduisez ses dimensions ou ses couleurs.",
            forprev_pdf::LOGO_POIDS_MAX / 1024
        )),
    }
}
