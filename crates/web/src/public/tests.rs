//! Every public page rendered once.

use super::*;
use crate::typographie::insecables;

fn check(template: &impl Template, voulus: &[&str]) {
    let html = insecables(&template.render().expect("renders"));
    for voulu in voulus {
        assert!(html.contains(voulu), "« {voulu} » is missing");
    }
    assert_eq!(html.matches("<h1").count(), 1, "one title");
    assert!(!html.contains(" :") && !html.contains("« "), "no-break spaces are set");
}

#[test]
fn les_pages_publiques_se_composent() {
    let page = || Page { titre: "Essai".to_owned(), ..Page::default() };
    check(&Accueil { page: page() }, &["Se connecter", "Vérifier un certificat"]);
    check(&Aide { page: page() }, &["id=\"gestionnaire\"", "id=\"formateur\""]);
    check(&Accessibilite { page: page() }, &["faute d’audit"]);
    check(&DonneesPersonnelles { page: page() }, &["15\u{a0}jours"]);
}
