//! The objects that come and go, as JSON Schema 2020-12.

use forprev_domain::droits::Acte;
use forprev_domain::evenement::Quoi;
use forprev_domain::session::NomEtat;
use serde_json::{Map, Value, json};

/// All schemas, by name.
#[must_use]
pub fn schemas() -> Value {
    let liste = [
        ("Session", session()),
        ("NouvelleSession", nouvelle_session()),
        ("ChangementDeSession", changement_de_session()),
        ("Lieu", lieu()),
        ("EntrepriseCliente", entreprise_cliente()),
        ("Stagiaire", stagiaire()),
        ("Identite", identite(&[])),
        ("Evenement", evenement()),
        ("Point", point()),
        ("Passage", passage()),
        ("Resultats", resultats()),
        ("ListeAImporter", liste_a_importer()),
        ("Import", import()),
        ("Anomalie", anomalie()),
        ("Certificat", certificat()),
        ("Certificats", json!({ "type": "array", "items": vers("Certificat") })),
        ("Revocation", revocation()),
        ("MonCertificat", mon_certificat()),
        ("Verification", verification()),
        ("Proposition", proposition()),
        ("Propositions", objet(&["propositions"], json!({ "propositions": liste_de("Proposition") }))),
        ("NouvelleFusion", nouvelle_fusion()),
        ("Fusion", fusion()),
        ("Apercu", apercu()),
        ("Personne", personne()),
        ("Moi", moi()),
        ("Compte", compte(&["id"])),
        ("NouveauCompte", compte(&[])),
        ("Habilitation", habilitation()),
        ("NouvelleHabilitation", nouvelle_habilitation()),
        ("ChangementDHabilitation", changement_d_habilitation()),
        ("NouvelUtilisateur", nouvel_utilisateur()),
        ("NouveauFormateur", nouveau_formateur()),
        ("Dispositif", dispositif()),
        ("Probleme", probleme()),
    ];
    Value::Object(liste.into_iter().map(|(nom, schema)| (nom.to_owned(), schema)).collect::<Map<_, _>>())
}

fn session() -> Value {
    let saisie = saisie();
    let mut champs = json!({
        "id": id(), "numero": texte(), "version": entier(), "etat": un_de(&NomEtat::TOUS.map(NomEtat::code)),
        "compte": id(), "auteur": numero(), "stagiaires": liste_de("Stagiaire"), "manquements": liste_de("Point"),
        "avertissements": liste_de("Point"),
        "actions": { "type": "array", "items": un_de(&Acte::TOUS.map(Acte::code)) },
        "historique": liste_de("Evenement"), "generee_le": ou_rien(jour()), "disparait_le": ou_rien(jour()),
    });
    fondre(&mut champs, &saisie);
    tout_requis(champs)
}

/// What is entered of a session.
fn saisie() -> Value {
    json!({
        "dispositif": texte(), "niveau": un_de(&["acteur", "formateur"]),
        "action": ou_rien(un_de(&["initiale", "mac"])), "date_debut": ou_rien(jour()), "date_fin": jour(),
        "lieu": vers("Lieu"), "entreprise_cliente": ou_rien(vers("EntrepriseCliente")),
        "reference": ou_rien(court()), "formateur": ou_rien(numero()),
    })
}

fn nouvelle_session() -> Value {
    let mut champs = saisie();
    let en_plus = json!({
        "compte": decrit(ou_rien(id()), "Nécessaire à qui déclare pour plusieurs comptes."),
        "stagiaires": liste_de("Identite"),
    });
    fondre(&mut champs, &en_plus);
    objet(&["dispositif", "niveau", "date_fin"], champs)
}

fn changement_de_session() -> Value {
    let mut champs = saisie();
    fondre(&mut champs, &json!({ "version": ou_rien(entier()) }));
    objet(&[], champs)
}

fn lieu() -> Value {
    objet(
        &[],
        json!({
            "nom": ou_rien(court()), "adresse": ou_rien(court()), "code_postal": ou_rien(texte()),
            "commune": ou_rien(court()),
        }),
    )
}

fn entreprise_cliente() -> Value {
    objet(&[], json!({ "raison_sociale": ou_rien(court()), "siret": ou_rien(texte()) }))
}

fn stagiaire() -> Value {
    tout_requis(json!({
        "id": id(), "numero": decrit(ou_rien(numero()), "Null tant que l’identité est incomplète."),
        "civilite": ou_rien(texte()), "nom_naissance": ou_rien(texte()), "nom_usage": ou_rien(texte()),
        "prenom": ou_rien(texte()), "date_naissance": ou_rien(jour()), "email": ou_rien(texte()),
        "resultat": ou_rien(un_de(&["reussite", "echec"])),
    }))
}

fn identite(requis: &[&str]) -> Value {
    objet(requis, champs_d_identite())
}

fn champs_d_identite() -> Value {
    json!({
        "civilite": ou_rien(un_de(&["Madame", "Monsieur"])), "nom_naissance": ou_rien(court()),
        "nom_usage": ou_rien(court()), "prenom": ou_rien(court()), "date_naissance": ou_rien(texte()),
        "email": ou_rien(texte()),
        "numero": decrit(ou_rien(numero()), "C’est cette personne, déjà connue."),
        "autre_personne": decrit(json!({ "type": ["boolean", "null"] }), "C’est quelqu’un d’autre que les personnes connues."),
        "version": ou_rien(entier()),
    })
}

fn evenement() -> Value {
    let changement = tout_requis(json!({
        "champ": texte(), "avant": ou_rien(texte()), "apres": ou_rien(texte()),
        "stagiaire": ou_rien(objet(&["id", "nom"], json!({ "id": id(), "nom": texte() }))),
    }));
    tout_requis(json!({
        "le": instant(), "par": numero(), "evenement": un_de(&Quoi::TOUS.map(Quoi::code)),
        "commentaire": ou_rien(texte()),
        "changements": decrit(json!({ "type": "array", "items": changement }), "À une nouvelle soumission : ce qui a changé depuis la précédente."),
    }))
}

fn point() -> Value {
    decrit(
        objet(
            &["regle", "code", "message"],
            json!({ "regle": texte(), "code": texte(), "message": texte() }),
        ),
        "Une règle, son code stable, une phrase, et ses faits.",
    )
}

fn passage() -> Value {
    let commentaire = json!({ "type": ["string", "null"], "maxLength": 4000 });
    objet(&[], json!({ "commentaire": commentaire, "version": ou_rien(entier()) }))
}

fn resultats() -> Value {
    let mut schema = passage();
    schema["additionalProperties"] = ou_rien(un_de(&["reussite", "echec"]));
    decrit(schema, "Par identifiant de stagiaire.")
}

fn certificat() -> Value {
    tout_requis(json!({
        "numero": texte(), "stagiaire": ou_rien(id()), "titulaire": texte(),
        "valable_jusqu_au": ou_rien(jour()), "pdf": texte(),
    }))
}

fn revocation() -> Value {
    objet(&["motif"], json!({ "motif": { "type": "string", "minLength": 1, "maxLength": 4000 } }))
}

fn mon_certificat() -> Value {
    tout_requis(json!({
        "numero": texte(), "dispositif": texte(), "niveau": niveau(), "valable_du": jour(),
        "valable_jusqu_au": ou_rien(jour()), "delivre_le": jour(), "etat": valeur(),
        "telechargeable": { "type": "boolean" }, "pdf": ou_rien(texte()), "badge": ou_rien(texte()),
    }))
}

fn verification() -> Value {
    decrit(
        tout_requis(json!({
            "etat": valeur(), "specimen": { "type": "boolean" }, "numero": texte(), "titulaire": ou_rien(texte()),
            "nom_usage": ou_rien(texte()), "dispositif": texte(), "niveau": niveau(), "delivre_le": jour(),
            "valable_jusqu_au": ou_rien(jour()), "compte": ou_rien(texte()), "remplace_par": ou_rien(texte()),
        })),
        "Un numéro inconnu répond 404, avec « etat » : « inconnu ». « specimen » : fait pour un essai, sans valeur \
         quel que soit « etat ». « titulaire » : tel qu’imprimé ; null sur un certificat remplacé dont l’impression \
         est effacée.",
    )
}

fn proposition() -> Value {
    tout_requis(json!({
        "numero": numero(), "nom_naissance": texte(), "nom_usage": ou_rien(texte()), "prenom": texte(),
        "annee_naissance": entier(), "verdict": un_de(&["certain", "possible"]),
    }))
}

fn nouvelle_fusion() -> Value {
    let champs =
        json!({ "ancien": numero(), "nouveau": numero(), "confirmee": { "type": ["boolean", "null"] } });
    objet(&["ancien", "nouveau"], champs)
}

fn fusion() -> Value {
    tout_requis(json!({ "id": id(), "ancien": numero(), "nouveau": numero(), "faite_le": instant() }))
}

fn apercu() -> Value {
    let personne = tout_requis(json!({
        "numero": numero(), "nom_naissance": texte(), "nom_usage": ou_rien(texte()), "prenom": texte(),
        "date_naissance": jour(),
    }));
    let phrases = json!({ "type": "array", "items": texte() });
    let suit = tout_requis(json!({
        "certificats": entier(), "stagiaire": entier(), "declarees": entier(), "formateur": entier(),
    }));
    tout_requis(json!({
        "ancienne": personne, "nouvelle": personne, "suit": suit, "obstacles": phrases,
        "avertissements": phrases,
    }))
}

fn personne() -> Value {
    tout_requis(json!({
        "numero": numero(), "civilite": ou_rien(texte()), "nom_naissance": texte(), "nom_usage": ou_rien(texte()),
        "prenom": texte(), "date_naissance": jour(),
    }))
}

fn moi() -> Value {
    let profil = tout_requis(json!({
        "profil": un_de(&["gestionnaire", "delegataire", "formateur", "administrateur"]),
        "compte": ou_rien(id()), "raison_sociale": ou_rien(texte()),
    }));
    let mut champs = personne()["properties"].clone();
    let en_plus = json!({ "email": ou_rien(texte()), "profils": { "type": "array", "items": profil } });
    fondre(&mut champs, &en_plus);
    tout_requis(champs)
}

fn compte(en_plus: &[&str]) -> Value {
    let mut champs = json!({
        "raison_sociale": court(), "siret": texte(), "genre": un_de(&["organisme_de_formation", "entreprise"]),
    });
    for champ in en_plus {
        champs[*champ] = id();
    }
    tout_requis(champs)
}

fn habilitation() -> Value {
    tout_requis(json!({
        "id": id(), "compte": id(), "dispositif": texte(), "niveau": niveau(), "debut": jour(), "fin": jour(),
        "numero": ou_rien(texte()), "retiree_le": ou_rien(jour()), "suspendue_du": ou_rien(jour()),
        "suspendue_au": ou_rien(jour()), "motif": ou_rien(texte()),
    }))
}

fn nouvelle_habilitation() -> Value {
    objet(
        &["dispositif", "niveau", "debut", "fin"],
        json!({
            "dispositif": texte(), "niveau": un_de(&["acteur", "formateur"]), "debut": jour(), "fin": jour(),
            "numero": ou_rien(court()),
        }),
    )
}

fn changement_d_habilitation() -> Value {
    objet(
        &[],
        json!({
            "fin": jour(), "retiree_le": ou_rien(jour()), "suspendue_du": ou_rien(jour()),
            "suspendue_au": ou_rien(jour()), "motif": ou_rien(court()),
        }),
    )
}

fn nouvel_utilisateur() -> Value {
    let mut champs = champs_d_identite();
    champs["profil"] = un_de(&["gestionnaire", "delegataire"]);
    objet(&["nom_naissance", "prenom", "date_naissance", "email", "profil"], champs)
}

fn nouveau_formateur() -> Value {
    let qualification = objet(
        &["dispositif", "niveau", "debut"],
        json!({ "dispositif": texte(), "niveau": niveau(), "debut": jour(), "fin": ou_rien(jour()) }),
    );
    let mut champs = champs_d_identite();
    champs["certificats"] = json!({ "type": "array", "items": qualification });
    objet(&["nom_naissance", "prenom", "date_naissance", "email"], champs)
}

fn dispositif() -> Value {
    let petit = json!({ "type": ["integer", "null"], "minimum": 0, "maximum": 1200 });
    let niveau = objet(
        &["niveau", "groupe_min", "groupe_max", "validite_mois"],
        json!({
            "niveau": niveau(), "groupe_min": entier(), "groupe_max": entier(), "validite_mois": petit,
            "heures_initiale": petit, "heures_mac": petit,
        }),
    );
    tout_requis(json!({
        "code": texte(), "libelle": court(), "a_partir_du": jour(),
        "niveaux": { "type": "array", "minItems": 1, "items": niveau },
    }))
}

fn liste_a_importer() -> Value {
    let phrase = "Un objet JSON : pour chaque ligne à trancher, { \"numero\": \"JKA37899\" } si c’est cette personne, { \"autre_personne\": true } si c’est quelqu’un d’autre. La colonne « Numéro FORPREV » de la liste tranche aussi, par un numéro ou par les mots « quelqu’un d’autre » ; ce qui est dit ici l’emporte.";
    objet(
        &["fichier"],
        json!({
            "fichier": { "type": "string", "contentMediaType": "application/octet-stream" },
            "decisions": decrit(texte(), phrase),
        }),
    )
}

fn import() -> Value {
    let mut champs = bilan();
    champs["presences"] = presences();
    objet(&["lignes", "anomalies", "importees"], champs)
}

fn bilan() -> Value {
    json!({ "lignes": entier(), "anomalies": liste_de("Anomalie"), "importees": entier() })
}

fn presences() -> Value {
    let presence = tout_requis(json!({
        "numero": texte(), "session": texte(), "numero_de_session": texte(),
        "date_debut": ou_rien(jour()), "date_fin": jour(),
    }));
    let phrase = "Où les personnes proposées sont déjà inscrites ces jours-là, parmi les sessions que vous voyez ; absent si elles ne le sont nulle part.";
    decrit(json!({ "type": "array", "items": presence }), phrase)
}

fn anomalie() -> Value {
    objet(
        &["ligne", "colonne", "gravite", "code", "message"],
        json!({
            "ligne": decrit(ou_rien(entier()), "Comme le tableur la numérote ; null : toute la liste."),
            "colonne": decrit(ou_rien(texte()), "Le titre de la colonne dans le modèle."),
            "gravite": un_de(&["bloquante", "avertissement"]), "code": texte(), "message": texte(),
            "propositions": liste_de("Proposition"),
        }),
    )
}

fn probleme() -> Value {
    let rangs = json!({ "type": "array", "items": entier() });
    let double =
        tout_requis(json!({ "rang": entier(), "propositions": liste_de("Proposition"), "lignes": rangs }));
    let mut champs = json!({
        "type": texte(), "title": texte(), "status": entier(), "detail": texte(), "code": texte(),
        "manquements": liste_de("Point"), "propositions": liste_de("Proposition"),
        "presences": presences(),
        "doublons": { "type": "array", "items": double }, "etat": texte(),
    });
    fondre(&mut champs, &bilan());
    objet(&["type", "title", "status", "detail", "code", "manquements"], champs)
}

fn niveau() -> Value {
    un_de(&["acteur", "formateur", "formateur_de_formateurs"])
}

fn valeur() -> Value {
    un_de(&["valide", "expire", "revoque", "remplace"])
}

fn texte() -> Value {
    json!({ "type": "string" })
}

fn court() -> Value {
    json!({ "type": "string", "maxLength": 200 })
}

fn numero() -> Value {
    json!({ "type": "string", "examples": ["JKA37899"] })
}

fn entier() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn jour() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn instant() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn id() -> Value {
    json!({ "type": "string", "format": "uuid" })
}

fn un_de(codes: &[&str]) -> Value {
    json!({ "type": "string", "enum": codes })
}

fn vers(nom: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{nom}") })
}

fn liste_de(nom: &str) -> Value {
    json!({ "type": "array", "items": vers(nom) })
}

fn ou_rien(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn decrit(mut schema: Value, phrase: &str) -> Value {
    schema["description"] = json!(phrase);
    schema
}

fn objet(requis: &[&str], champs: Value) -> Value {
    json!({ "type": "object", "required": requis, "properties": champs })
}

/// An object of ours: every field is always there.
fn tout_requis(champs: Value) -> Value {
    let requis: Vec<&String> = champs.as_object().into_iter().flat_map(Map::keys).collect();
    let requis = json!(requis);
    json!({ "type": "object", "required": requis, "properties": champs, "additionalProperties": false })
}

fn fondre(dans: &mut Value, autres: &Value) {
    if let (Value::Object(dans), Value::Object(autres)) = (dans, autres) {
        dans.extend(autres.clone());
    }
}
