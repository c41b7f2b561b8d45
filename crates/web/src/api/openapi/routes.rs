//! Every route of the interface, on one screen or two.

/// What an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contenu {
    /// Nothing.
    Empty,
    /// The object, or the array, of this schema.
    Objet(&'static str),
    /// A page of a list of such objects.
    Liste(&'static str),
    /// A file of this media type.
    Fichier(&'static str),
}

/// A parameter of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub nom: &'static str,
    /// What it does, in French.
    pub sens: &'static str,
}

/// One route: what it takes, what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// What it goes with.
    pub theme: &'static str,
    /// `get`, `post`…
    pub methode: &'static str,
    /// Under `/api/v1`.
    pub chemin: &'static str,
    /// One line, in French.
    pub resume: &'static str,
    /// Who may call it.
    pub qui: &'static str,
    /// Parameters of its query.
    pub requete: &'static [Param],
    /// Schema of its body.
    pub corps: Option<&'static str>,
    /// Media type of its body.
    pub media: &'static str,
    /// Whether the body must be there.
    pub corps_requis: bool,
    /// Answers that are no refusal: status, sentence, content.
    pub reponses: &'static [(u16, &'static str, Contenu)],
}

impl Route {
    /// The names between braces in its path.
    pub fn noms_du_chemin(&self) -> impl Iterator<Item = &'static str> {
        self.chemin.split('{').skip(1).filter_map(|suite| suite.split('}').next())
    }

    /// True when no token is asked for.
    #[must_use]
    pub fn est_public(&self) -> bool {
        self.qui == PUBLIC
    }

    /// Its name in generated programs: `post_sessions_id_soumission`.
    #[must_use]
    pub fn name(&self) -> String {
        let mots = self.chemin.split(['/', '{', '}', '.']).filter(|mot| !mot.is_empty());
        std::iter::once(self.methode).chain(mots).collect::<Vec<_>>().join("_")
    }

    /// Its method as it is called: `POST`.
    #[must_use]
    pub fn http(&self) -> String {
        self.methode.to_ascii_uppercase()
    }
}

const PUBLIC: &str = "tout le monde";
const ADMINISTRATEUR: &str = "l’administrateur du réseau";
const DECLARANT: &str = "le gestionnaire du compte, le délégataire qui l’a déclarée";
const FORMATEUR: &str = "le formateur déclaré";
const QUI_VOIT: &str = "le gestionnaire du compte, le délégataire qui l’a déclarée, le formateur à qui elle est soumise, l’administrateur";

const PAGES: [Param; 2] = [
    Param { nom: "limite", sens: "Nombre d’éléments, de 1 à 100 ; 50 sinon." },
    Param { nom: "apres", sens: "Le « suivant » de la page d’avant." },
];
const SESSIONS: [Param; 8] = [
    PAGES[0],
    PAGES[1],
    Param { nom: "etat", sens: "Un état, ou plusieurs séparés par des virgules." },
    Param { nom: "dispositif", sens: "Code d’un dispositif." },
    Param { nom: "du", sens: "Finissant ce jour ou après." },
    Param { nom: "au", sens: "Finissant ce jour ou avant." },
    Param { nom: "auteur", sens: "Numéro FORPREV de qui l’a déclarée." },
    Param { nom: "q", sens: "Mots du numéro, de la référence, du client, de la commune ou des noms." },
];
const COMPTES: [Param; 3] =
    [PAGES[0], PAGES[1], Param { nom: "q", sens: "Mots de la raison sociale ou SIRET." }];
const LE: [Param; 1] = [Param { nom: "le", sens: "Jour AAAA-MM-JJ ; aujourd’hui sinon." }];
const IMPORT: [Param; 2] = [
    Param { nom: "essai", sens: "true : dire toutes les anomalies, sans rien écrire." },
    Param { nom: "version", sens: "La version lue ; dépassée : 409." },
];
const ESSAI: [Param; 1] = [Param { nom: "essai", sens: "« true » : rien n’est écrit." }];
const VERSION: [Param; 1] = [Param { nom: "version", sens: "La version lue ; dépassée : 409." }];

const LA_SESSION: (u16, &str, Contenu) = (200, "La session.", Contenu::Objet("Session"));
const FAIT: (u16, &str, Contenu) = (204, "Fait.", Contenu::Empty);

const fn lire(
    theme: &'static str,
    chemin: &'static str,
    resume: &'static str,
    qui: &'static str,
    reponses: &'static [(u16, &'static str, Contenu)],
) -> Route {
    Route {
        theme,
        methode: "get",
        chemin,
        resume,
        qui,
        requete: &[],
        corps: None,
        media: "application/json",
        corps_requis: false,
        reponses,
    }
}

impl Route {
    const fn par(self, methode: &'static str) -> Self {
        Self { methode, ..self }
    }

    const fn prend(self, corps: &'static str) -> Self {
        Self { corps: Some(corps), corps_requis: true, ..self }
    }

    const fn accepte(self, corps: &'static str) -> Self {
        Self { corps: Some(corps), corps_requis: false, ..self }
    }

    const fn recoit_un_fichier(self, corps: &'static str) -> Self {
        Self { media: "multipart/form-data", ..self.prend(corps) }
    }

    const fn filtre(self, requete: &'static [Param]) -> Self {
        Self { requete, ..self }
    }
}

/// Every route, those that go together side by side.
pub const ROUTES: &[Route] = &[
    lire(
        "Moi",
        "/moi",
        "Mon identité et mes profils",
        "qui a un jeton",
        &[(200, "Qui je suis.", Contenu::Objet("Moi"))],
    ),
    lire(
        "Moi",
        "/moi/certificats",
        "Mes certificats",
        "qui a un jeton",
        &[(200, "Ceux que je tiens ou ai tenus.", Contenu::Liste("MonCertificat"))],
    ),
    lire(
        "Sessions",
        "/sessions",
        "Les sessions que je vois",
        "qui a un jeton",
        &[(200, "Une page.", Contenu::Liste("Session"))],
    )
    .filtre(&SESSIONS),
    lire(
        "Sessions",
        "/sessions",
        "Déclarer une session, avec ses stagiaires si l’on veut : tous ou aucun",
        "le gestionnaire, le délégataire",
        &[(201, "La session, brouillon.", Contenu::Objet("Session"))],
    )
    .par("post")
    .prend("NouvelleSession"),
    lire("Sessions", "/sessions/{id}", "Une session", QUI_VOIT, &[LA_SESSION]),
    lire(
        "Sessions",
        "/sessions/{id}",
        "Changer ce qui est saisi (JSON Merge Patch), stagiaires à part",
        DECLARANT,
        &[LA_SESSION],
    )
    .par("patch")
    .prend("ChangementDeSession"),
    lire("Sessions", "/sessions/{id}", "Supprimer un brouillon ou une session retournée", DECLARANT, &[FAIT])
        .par("delete")
        .filtre(&VERSION),
    lire(
        "Stagiaires",
        "/sessions/{id}/stagiaires",
        "Inscrire un stagiaire",
        DECLARANT,
        &[(201, "Sa ligne.", Contenu::Objet("Stagiaire"))],
    )
    .par("post")
    .prend("Identite"),
    lire(
        "Stagiaires",
        "/sessions/{id}/stagiaires/{ligne}",
        "Changer une ligne (JSON Merge Patch)",
        DECLARANT,
        &[(200, "La ligne.", Contenu::Objet("Stagiaire"))],
    )
    .par("patch")
    .prend("Identite"),
    lire("Stagiaires", "/sessions/{id}/stagiaires/{ligne}", "Retirer un stagiaire", DECLARANT, &[FAIT])
        .par("delete")
        .filtre(&VERSION),
    lire(
        "Stagiaires",
        "/sessions/{id}/import",
        "Importer une liste de stagiaires (CSV, XLSX, ODS) : toutes les lignes ou aucune",
        DECLARANT,
        &[(
            200,
            "Les anomalies de toutes les lignes, et combien ont été importées.",
            Contenu::Objet("Import"),
        )],
    )
    .par("post")
    .filtre(&IMPORT)
    .recoit_un_fichier("ListeAImporter"),
    lire("Passages", "/sessions/{id}/soumission", "Soumettre au formateur", DECLARANT, &[LA_SESSION])
        .par("post")
        .accepte("Passage"),
    lire("Passages", "/sessions/{id}/reprise", "Reprendre une session soumise", DECLARANT, &[LA_SESSION])
        .par("post")
        .accepte("Passage"),
    lire("Passages", "/sessions/{id}/retour", "Retourner, avec un commentaire", FORMATEUR, &[LA_SESSION])
        .par("post")
        .prend("Passage"),
    lire(
        "Passages",
        "/sessions/{id}/resultats",
        "Enregistrer des résultats, en partie s’il le faut",
        FORMATEUR,
        &[LA_SESSION],
    )
    .par("put")
    .prend("Resultats"),
    lire("Passages", "/sessions/{id}/resultats", "Transmettre les résultats", FORMATEUR, &[LA_SESSION])
        .par("post")
        .accepte("Resultats"),
    lire(
        "Passages",
        "/sessions/{id}/renvoi",
        "Renvoyer au formateur, avec un commentaire",
        DECLARANT,
        &[LA_SESSION],
    )
    .par("post")
    .prend("Passage"),
    lire(
        "Certificats",
        "/sessions/{id}/certificats",
        "Générer les certificats, une fois",
        DECLARANT,
        &[
            (201, "Générés.", Contenu::Objet("Certificats")),
            (200, "Déjà générés : la même liste.", Contenu::Objet("Certificats")),
        ],
    )
    .par("post")
    .accepte("Passage"),
    lire(
        "Certificats",
        "/sessions/{id}/certificats",
        "La liste des certificats",
        DECLARANT,
        &[(200, "Un par réussite.", Contenu::Objet("Certificats"))],
    ),
    lire(
        "Certificats",
        "/sessions/{id}/certificats.pdf",
        "Tous en un fichier",
        DECLARANT,
        &[(200, "Une page chacun.", Contenu::Fichier("application/pdf"))],
    ),
    lire(
        "Certificats",
        "/sessions/{id}/certificats.zip",
        "Tous, un fichier chacun",
        DECLARANT,
        &[(200, "L’archive.", Contenu::Fichier("application/zip"))],
    ),
    lire(
        "Certificats",
        "/certificats/{fichier}",
        "Un certificat : son numéro suivi de .pdf",
        "qui voit sa session et peut télécharger, tant qu’elle existe ; le titulaire, au niveau formateur, tant qu’il est valide",
        &[(200, "Le fichier.", Contenu::Fichier("application/pdf"))],
    ),
    lire(
        "Certificats",
        "/certificats/{numero}/badge",
        "La copie portable d’un certificat de formateur : Open Badges 3.0, signée (JWT)",
        "le titulaire, au niveau formateur, tant qu’il est valide",
        &[(200, "Le badge.", Contenu::Fichier("application/vc+jwt"))],
    ),
    lire(
        "Certificats",
        "/certificats/{numero}/correction",
        "Corriger une identité : un nouveau certificat remplace l’ancien, dont le numéro mène au nouveau ; ce qui n’est pas envoyé reste",
        "qui voit sa session et peut télécharger, tant qu’elle existe, pour deux lettres ou chiffres au plus ; l’administrateur",
        &[(201, "Le nouveau certificat.", Contenu::Objet("Certificat"))],
    )
    .par("post")
    .prend("Identite"),
    lire(
        "Certificats",
        "/certificats/{numero}/revocation",
        "Révoquer un certificat, avec un motif",
        ADMINISTRATEUR,
        &[(200, "Ce qu’il vaut désormais.", Contenu::Objet("Verification"))],
    )
    .par("post")
    .prend("Revocation"),
    lire(
        "Certificats",
        "/verification/{numero}",
        "Vérifier un certificat",
        PUBLIC,
        &[(200, "Ce qu’il vaut aujourd’hui.", Contenu::Objet("Verification"))],
    ),
    lire(
        "Personnes",
        "/doublons",
        "Qui peut être cette personne",
        "le gestionnaire, le délégataire",
        &[(200, "Les personnes connues.", Contenu::Objet("Propositions"))],
    )
    .par("post")
    .prend("Identite"),
    lire(
        "Personnes",
        "/formateurs",
        "Inscrire un formateur connu auparavant",
        ADMINISTRATEUR,
        &[(201, "La personne.", Contenu::Objet("Personne"))],
    )
    .par("post")
    .prend("NouveauFormateur"),
    lire(
        "Personnes",
        "/fusions",
        "Fusionner deux numéros d’une même personne",
        ADMINISTRATEUR,
        &[
            (200, "À l’essai : ce que la fusion ferait.", Contenu::Objet("Apercu")),
            (201, "La fusion.", Contenu::Objet("Fusion")),
        ],
    )
    .par("post")
    .prend("NouvelleFusion")
    .filtre(&ESSAI),
    lire("Personnes", "/fusions/{id}", "Séparer deux numéros fusionnés", ADMINISTRATEUR, &[FAIT]).par("delete"),
    lire(
        "Comptes",
        "/comptes",
        "Les comptes",
        ADMINISTRATEUR,
        &[(200, "Une page.", Contenu::Liste("Compte"))],
    )
    .filtre(&COMPTES),
    lire(
        "Comptes",
        "/comptes",
        "Ouvrir un compte",
        ADMINISTRATEUR,
        &[(201, "Le compte.", Contenu::Objet("Compte"))],
    )
    .par("post")
    .prend("NouveauCompte"),
    lire(
        "Comptes",
        "/comptes/{id}",
        "Un compte",
        "l’administrateur ; les utilisateurs du compte",
        &[(200, "Le compte.", Contenu::Objet("Compte"))],
    ),
    lire(
        "Comptes",
        "/comptes/{id}/habilitations",
        "Les habilitations d’un compte",
        "l’administrateur ; les utilisateurs du compte",
        &[(200, "Toutes.", Contenu::Liste("Habilitation"))],
    ),
    lire(
        "Comptes",
        "/comptes/{id}/habilitations",
        "Accorder une habilitation",
        ADMINISTRATEUR,
        &[(201, "L’habilitation.", Contenu::Objet("Habilitation"))],
    )
    .par("post")
    .prend("NouvelleHabilitation"),
    lire(
        "Comptes",
        "/habilitations/{id}",
        "Abréger, retirer ou suspendre une habilitation",
        ADMINISTRATEUR,
        &[(200, "L’habilitation.", Contenu::Objet("Habilitation"))],
    )
    .par("patch")
    .prend("ChangementDHabilitation"),
    lire(
        "Comptes",
        "/comptes/{id}/utilisateurs",
        "Inviter un utilisateur",
        "l’administrateur, le gestionnaire du compte",
        &[(201, "La personne.", Contenu::Objet("Personne"))],
    )
    .par("post")
    .prend("NouvelUtilisateur"),
    lire(
        "Catalogue",
        "/dispositifs",
        "Le catalogue en vigueur un jour",
        "qui a un jeton",
        &[(200, "Tous.", Contenu::Liste("Dispositif"))],
    )
    .filtre(&LE),
    lire(
        "Catalogue",
        "/dispositifs",
        "Ajouter un dispositif, ou ses valeurs à partir d’un jour",
        ADMINISTRATEUR,
        &[(201, "Le dispositif.", Contenu::Objet("Dispositif"))],
    )
    .par("post")
    .prend("Dispositif"),
    lire(
        "Description",
        "/openapi.json",
        "Ce document",
        PUBLIC,
        &[(200, "OpenAPI 3.1.", Contenu::Fichier("application/json"))],
    ),
    lire(
        "Description",
        "/docs",
        "La page qui présente ces adresses",
        PUBLIC,
        &[(200, "Une page.", Contenu::Fichier("text/html"))],
    ),
];
