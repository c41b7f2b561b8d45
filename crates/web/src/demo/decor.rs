//! Who is in the demonstration: two comptes, their habilitations, eight people.

use std::collections::BTreeMap;

use forprev_domain::calendrier::{Moment, paris, plus_jours};
use forprev_domain::compte::{CompteId, Genre};
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::droits::Requester;
use forprev_domain::habilitation::HabilitationId;
use forprev_domain::identite::{Email, IdentiteBrute};
use forprev_domain::numero::Numero;
use forprev_domain::utilisateur::Profil;
use forprev_store::{Tx, acces, personnes, utilisateurs};
use jiff::civil::{Date, date};

use super::stagiaires::{adresse, identite};
use crate::app::App;
use crate::comptes::habilitations::{NouvelleHabilitation, accorder};
use crate::comptes::utilisateurs::{QualificationConnue, inscrire_formateur, inviter};
use crate::comptes::{NouveauCompte, ouvrir};
use crate::demande::Demande;
use crate::error::Error;
use crate::sessions::stagiaires::Entree;

/// The people of the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Qui {
    /// Claire Lemoine, gestionnaire.
    Claire,
    /// Hugo Marchand, délégataire.
    Hugo,
    /// Karim Benali, formateur SST.
    Karim,
    /// Solène Le Goff, formatrice PRAP-2S and gestionnaire.
    Solene,
    /// Élodie Faure, formatrice APS-ASD, who also trains formateurs SST.
    Elodie,
    /// Awa Diallo, administratrice.
    Awa,
    /// Bruno Peeters, gestionnaire of a new compte.
    Bruno,
    /// Margaux Tessier, délégataire of the same compte.
    Margaux,
}

impl Qui {
    /// All of them, in the order of the page.
    pub const TOUS: [Self; 8] = [
        Self::Claire,
        Self::Hugo,
        Self::Karim,
        Self::Solene,
        Self::Elodie,
        Self::Awa,
        Self::Bruno,
        Self::Margaux,
    ];

    /// Who it is, as it would be typed.
    pub(super) fn identite(self) -> IdentiteBrute {
        let (prenom, nom, naissance, domaine) = match self {
            Self::Claire => ("Claire", "Lemoine", date(1981, 6, 14), "ardoise-formation"),
            Self::Hugo => ("Hugo", "Marchand", date(1992, 9, 3), "ardoise-formation"),
            Self::Karim => ("Karim", "Benali", date(1979, 11, 27), "karim-benali"),
            Self::Solene => ("Solène", "Le Goff", date(1985, 4, 8), "ardoise-formation"),
            Self::Elodie => ("Élodie", "Faure", date(1974, 1, 19), "faure-prevention"),
            Self::Awa => ("Awa", "Diallo", date(1977, 8, 30), "reseau"),
            Self::Bruno => ("Bruno", "Peeters", date(1969, 12, 5), "cordage-et-fils"),
            Self::Margaux => ("Margaux", "Tessier", date(1998, 2, 21), "cordage-et-fils"),
        };
        IdentiteBrute { email: Some(adresse(prenom, nom, domaine)), ..identite(prenom, nom, naissance) }
    }
}

/// What stands before the story begins.
pub(super) struct Decor {
    /// « Ardoise Formation », which declares nearly all.
    pub(super) ardoise: CompteId,
    /// « Cordage et Fils », new.
    pub(super) cordage: CompteId,
    /// Its habilitation PRAP-IBC, which will be withdrawn.
    pub(super) prap_ibc: HabilitationId,
    /// The people, with all their profiles.
    pub(super) gens: BTreeMap<Qui, Requester>,
}

impl Decor {
    /// The numéro of somebody.
    pub(super) fn numero(&self, qui: Qui) -> Result<&Numero, Error> {
        Ok(&self.requester(qui)?.numero)
    }

    /// Somebody, with all profiles.
    pub(super) fn requester(&self, qui: Qui) -> Result<&Requester, Error> {
        self.gens.get(&qui).ok_or(Error::NotFound)
    }
}

/// The moment so many days from today, at this time in Paris.
pub(super) fn a(maintenant: Moment, jours: i32, heure: i8, minute: i8) -> Moment {
    let jour = plus_jours(maintenant.aujourdhui, jours);
    let instant = jour.at(heure, minute, 0, 0).to_zoned(paris()).map(|z| z.timestamp());
    Moment::de(instant.unwrap_or(maintenant.instant).min(maintenant.instant))
}

/// Opens the comptes, grants the habilitations, invites the people.
pub(super) fn planter(tx: &mut Tx<'_>, app: &App, maintenant: Moment) -> Result<Decor, Error> {
    let jour = |jours| plus_jours(maintenant.aujourdhui, jours);
    let au_debut = a(maintenant, -1460, 9, 30);
    let awa = administratrice(tx, au_debut)?;
    let demande =
        |jours| Demande { app: app.clone(), requester: awa.clone(), moment: a(maintenant, jours, 10, 12) };
    let ardoise =
        compte(tx, &demande(-1450), "Ardoise Formation", "00012345500016", Genre::OrganismeDeFormation)?;
    let cordage = compte(tx, &demande(-16), "Cordage et Fils", "00023456700014", Genre::Entreprise)?;
    let habiliter = |tx: &mut Tx<'_>, compte, code: &str, niveau, debut, fin| {
        habilitation(tx, &demande(debut), compte, code, niveau, (jour(debut), jour(fin)))
    };
    habiliter(tx, ardoise, "SST", Niveau::Acteur, -1440, 640)?;
    habiliter(tx, ardoise, "SST", Niveau::Formateur, -1440, 640)?;
    habiliter(tx, ardoise, "APS-ASD", Niveau::Acteur, -900, 410)?;
    habiliter(tx, ardoise, "PRAP-2S", Niveau::Acteur, -1020, 76)?;
    habiliter(tx, ardoise, "CATEC-I", Niveau::Acteur, -1100, -40)?;
    let prap_ibc = habiliter(tx, ardoise, "PRAP-IBC", Niveau::Acteur, -800, 300)?;
    habiliter(tx, cordage, "SST", Niveau::Acteur, -15, 1080)?;

    let gestionnaire = |compte| Profil::Gestionnaire { compte };
    let delegataire = |compte| Profil::Delegataire { compte };
    for (qui, compte, profil, jours) in [
        (Qui::Claire, ardoise, gestionnaire(ardoise), -1449),
        (Qui::Hugo, ardoise, delegataire(ardoise), -210),
        (Qui::Solene, ardoise, gestionnaire(ardoise), -1000),
        (Qui::Bruno, cordage, gestionnaire(cordage), -14),
        (Qui::Margaux, cordage, delegataire(cordage), -13),
    ] {
        let entree = Entree { identite: qui.identite(), autre_personne: false };
        inviter(tx, &demande(jours), compte, profil, &entree)?;
    }
    let q = |code: &str, niveau, debut, fin| qualification(code, niveau, jour(debut), jour(fin));
    use Niveau::{Formateur, FormateurDeFormateurs};
    for (qui, jours, qualifications) in [
        (Qui::Karim, -1400, vec![q("SST", Formateur, -1500, -405)]),
        (Qui::Solene, -1000, vec![q("PRAP-2S", Formateur, -1025, 70), q("PRAP-IBC", Formateur, -700, 395)]),
        (
            Qui::Elodie,
            -980,
            vec![
                q("SST", FormateurDeFormateurs, -1000, 800),
                q("APS-ASD", Formateur, -600, 495),
                q("CATEC-I", Formateur, -700, 395),
            ],
        ),
    ] {
        let connue = personne(tx, qui)?;
        let numero = connue.map(|numero| numero.to_string());
        let entree = Entree { identite: IdentiteBrute { numero, ..qui.identite() }, autre_personne: false };
        let qualifications = qualifications.into_iter().collect::<Result<Vec<_>, _>>()?;
        inscrire_formateur(tx, &demande(jours), &entree, &qualifications)?;
    }
    let mut gens = BTreeMap::new();
    for qui in Qui::TOUS {
        let numero = personne(tx, qui)?.ok_or(Error::NotFound)?;
        let requester = utilisateurs::requester(tx, &numero)?.ok_or(Error::NotFound)?;
        gens.insert(qui, requester);
    }
    Ok(Decor { ardoise, cordage, prap_ibc, gens })
}

/// The first administrateur comes by the command line: nobody could invite her.
fn administratrice(tx: &mut Tx<'_>, moment: Moment) -> Result<Requester, Error> {
    let lue = Qui::Awa.identite().lire(moment.aujourdhui).map_err(|_| Error::NotFound)?;
    let identite = lue.complete().ok_or(Error::NotFound)?;
    let numero = personnes::creer(tx, &identite, lue.email.as_ref(), moment.instant)?.numero;
    utilisateurs::donner_profil(tx, &numero, Profil::Administrateur, moment.instant)?;
    acces::ouvrir(tx, &numero, moment.instant)?;
    utilisateurs::requester(tx, &numero)?.ok_or(Error::NotFound)
}

/// His numéro, once he is known: each has an address of his own.
fn personne(tx: &mut Tx<'_>, qui: Qui) -> Result<Option<Numero>, Error> {
    let email = Email::parse(&qui.identite().email.unwrap_or_default()).map_err(|_| Error::NotFound)?;
    Ok(personnes::par_email(tx, &email)?.into_iter().next().map(|personne| personne.numero))
}

fn compte(
    tx: &mut Tx<'_>,
    demande: &Demande,
    raison_sociale: &str,
    siret: &str,
    genre: Genre,
) -> Result<CompteId, Error> {
    let nouveau = NouveauCompte { raison_sociale: raison_sociale.to_owned(), siret: siret.to_owned(), genre };
    Ok(ouvrir(tx, demande, &nouveau)?.id)
}

fn habilitation(
    tx: &mut Tx<'_>,
    demande: &Demande,
    compte: CompteId,
    code: &str,
    niveau: Niveau,
    (debut, fin): (Date, Date),
) -> Result<HabilitationId, Error> {
    let numero = format!("H-{code}-{}-{:04}", niveau.lettre(), 1000 + i32::from(debut.day_of_year()) * 7);
    let nouvelle =
        NouvelleHabilitation { dispositif: dispositif(code)?, niveau, debut, fin, numero: Some(numero) };
    Ok(accorder(tx, demande, compte, &nouvelle)?.id)
}

fn qualification(code: &str, niveau: Niveau, debut: Date, fin: Date) -> Result<QualificationConnue, Error> {
    Ok(QualificationConnue { dispositif: dispositif(code)?, niveau, debut, fin: Some(fin) })
}

/// The dispositif with this code.
pub(super) fn dispositif(code: &str) -> Result<CodeDispositif, Error> {
    CodeDispositif::parse(code).ok_or(Error::NotFound)
}
