//! The form of one trainee: what is typed, what is refused, who may be known already (R16, R17).

use askama::Template;
use forprev_domain::dispositif::Niveau;
use forprev_domain::identite::{IdentiteBrute, IdentiteSaisie};
use forprev_domain::numero::Numero;
use forprev_domain::refus::Manquement;
use forprev_domain::regles::doublons::{Proposition, Verdict};
use forprev_domain::session::Session;

use crate::layout::composants::{Champ, Choix};
use crate::messages::{self, Noms};
use crate::saisie::Saisie;
use crate::security;
use crate::sessions::stagiaires::Entree;
use crate::typographie::date_chiffree;

/// « C’est quelqu’un d’autre », among the proposals.
const AUTRE: &str = "autre";
/// The fields with their names, in the order of the form.
pub(super) const CHAMPS: [(&str, &str); 6] = [
    ("civilite", "Civilité"),
    ("nom_naissance", "Nom de naissance"),
    ("prenom", "Prénom"),
    ("date_naissance", "Date de naissance"),
    ("nom_usage", "Nom d’usage"),
    ("email", "Adresse électronique"),
];

/// The fields of the form, and the proposals when there are some.
#[derive(Template)]
#[template(path = "sessions/saisie/stagiaires/identite.html")]
pub(super) struct ChampsIdentite {
    saisie: Saisie,
    avec_email: bool,
    propositions: Vec<Proposition>,
    propose_pour: String,
    /// What each person proposed is already in, as far as this user sees it.
    deja: Vec<(Numero, String)>,
    focus: bool,
}

impl askama::filters::HtmlSafe for ChampsIdentite {}

impl ChampsIdentite {
    /// The form with these values; the e-mail is asked for from the niveau formateur on only.
    pub(super) fn new(saisie: &Saisie, niveau: Niveau, propositions: Vec<Proposition>) -> Self {
        Self {
            propose_pour: empreinte(saisie),
            saisie: saisie.clone(),
            avec_email: demande_un_email(niveau),
            propositions,
            deja: Vec::new(),
            focus: false,
        }
    }

    /// The same, with what the persons proposed are already in.
    pub(super) fn deja(self, deja: Vec<(Numero, String)>) -> Self {
        Self { deja, ..self }
    }

    /// Taken by the keyboard when the page opens: the next trainee is typed at once.
    pub(super) fn prete(mut self) -> Self {
        self.focus = true;
        self
    }

    fn civilite(&self) -> Choix {
        let choix = self.saisie.choix("civilite", "Civilité").facultatif();
        choix.mot("Madame", "Madame").mot("Monsieur", "Monsieur")
    }

    fn nom(&self) -> Champ {
        let champ = self.nom_propre("nom_naissance", "Nom de naissance");
        if self.focus { champ.avec("autofocus", "") } else { champ }
    }

    fn nom_propre(&self, nom: &str, libelle: &str) -> Champ {
        self.saisie
            .champ(nom, libelle)
            .large("l-nom")
            .avec("autocomplete", "off")
            .avec("autocapitalize", "words")
            .avec("spellcheck", "false")
    }

    fn titre(p: &Proposition) -> String {
        let usage = p.nom_usage.as_ref().map(|nom| format!(" ({})", nom.to_uppercase())).unwrap_or_default();
        format!("{} {}{usage}, naissance en {}", p.prenom, p.nom_naissance.to_uppercase(), p.annee_naissance)
    }

    fn deja_dans(&self, p: &Proposition) -> impl Iterator<Item = &str> {
        self.deja.iter().filter(|(numero, _)| *numero == p.numero).map(|(_, phrase)| phrase.as_str())
    }

    /// What the proposals have in common with what was typed.
    fn rapport(&self) -> &'static str {
        if self.propositions.iter().any(|p| p.verdict == Verdict::Certain) {
            "Même nom, même prénom et même date de naissance que ce que vous avez saisi."
        } else {
            "Ce que vous avez saisi lui ressemble à une différence près. Seul ce qui coïncide est montré en entier."
        }
    }
}

/// Whether this niveau asks for an e-mail (R16).
pub(in crate::sessions::saisie) fn demande_un_email(niveau: Niveau) -> bool {
    Niveau::Acteur < niveau
}

/// What was typed, with what was decided about known persons. « Quelqu’un d’autre » counts only for the identity that it
/// was asked for; the numéro of who was chosen is held against what is typed now (R17).
pub(super) fn entree(saisie: &Saisie, niveau: Niveau) -> Entree {
    let texte = |champ: &str| saisie.option(champ).map(str::to_owned);
    let choix = saisie.option("connu");
    let inchangee = saisie.texte("propose_pour") == empreinte(saisie);
    Entree {
        identite: IdentiteBrute {
            civilite: texte("civilite"),
            nom_naissance: texte("nom_naissance"),
            nom_usage: texte("nom_usage"),
            prenom: texte("prenom"),
            date_naissance: texte("date_naissance"),
            email: texte("email").filter(|_| demande_un_email(niveau)),
            numero: choix.filter(|connu| *connu != AUTRE).map(str::to_owned),
        },
        autre_personne: choix == Some(AUTRE) && inchangee,
    }
}

/// The form that a line fills.
pub(super) fn remplir(identite: &IdentiteSaisie) -> Saisie {
    let valeurs = [
        identite.civilite.map(|civilite| civilite.libelle().to_owned()),
        identite.nom_naissance.as_ref().map(ToString::to_string),
        identite.prenom.as_ref().map(ToString::to_string),
        identite.date_naissance.map(date_chiffree),
        identite.nom_usage.as_ref().map(ToString::to_string),
        identite.email.as_ref().map(|email| email.as_str().to_owned()),
    ];
    Saisie::avec(CHAMPS.iter().zip(valeurs).filter_map(|((nom, _), valeur)| Some((*nom, valeur?))))
}

/// A form with nothing in it makes no line.
pub(super) fn exiger_quelque_chose(saisie: &mut Saisie) {
    if CHAMPS.iter().all(|(champ, _)| *champ == "civilite" || saisie.option(champ).is_none()) {
        saisie.refuser(
            "nom_naissance",
            "Saisissez au moins le nom de naissance. Le reste peut être complété plus tard.",
        );
    }
}

/// Says each point at the field that mends it.
pub(super) fn refuser(saisie: &mut Saisie, points: &[Manquement], session: &Session) {
    let noms = Noms::de(session);
    for point in points {
        let phrase = || {
            format!("{} {}", messages::manquement(point, noms), messages::remede(point, noms))
                .trim_end()
                .to_owned()
        };
        match point {
            Manquement::IdentiteInvalide { fautes, .. } => {
                for (champ, faute) in fautes {
                    saisie.refuser(champ.code(), messages::faute(*champ, faute));
                }
            }
            Manquement::IdentiteIncomplete { champs, .. } => {
                for champ in champs {
                    let mots = format!(
                        "Donnez {} : cette personne a déjà un numéro Forprev.",
                        messages::champ(*champ)
                    );
                    saisie.refuser(champ.code(), mots);
                }
            }
            Manquement::StagiaireEnDouble { .. } | Manquement::IdentiteDuRegistre { .. } => {
                saisie.refuser("nom_naissance", phrase());
            }
            Manquement::IdentiteDifferente { .. } => saisie.refuser("connu", phrase()),
            _ => saisie.refuser("", phrase()),
        }
    }
}

/// Asks again when proposals were shown and nothing was chosen.
pub(super) fn exiger_un_choix(saisie: &mut Saisie) {
    if saisie.texte("propose_pour") == empreinte(saisie) {
        saisie.refuser("connu", "Dites si c’est cette personne, ou quelqu’un d’autre.");
    }
}

/// Names an identity as typed, to know whether it is still the one that proposals were shown for.
fn empreinte(saisie: &Saisie) -> String {
    let valeurs = ["nom_naissance", "prenom", "date_naissance", "nom_usage"].map(|champ| saisie.texte(champ));
    security::digest(valeurs.join("\n"))[..16].to_owned()
}
