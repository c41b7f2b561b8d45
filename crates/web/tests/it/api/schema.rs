//! Holds every answer of the suite against the schema that the interface publishes of it.

use std::sync::OnceLock;

use forprev_web::api::openapi::{Contenu, ROUTES, Route, document};
use serde_json::Value;

use crate::app::Answer;

fn publie() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(document)
}

/// The documented route that this call is for.
fn route(methode: &str, chemin: &str) -> Option<&'static Route> {
    let chemin: Vec<&str> = chemin.split('?').next().unwrap_or_default().split('/').collect();
    let repond = |route: &&Route| {
        let modele: Vec<&str> = route.chemin.split('/').collect();
        let memes = modele.iter().zip(&chemin).all(|(m, c)| m.starts_with('{') || m == c);
        route.methode.eq_ignore_ascii_case(methode) && modele.len() == chemin.len() && memes
    };
    ROUTES.iter().find(repond)
}

/// Proves that an answer is one of those that its route announces.
#[track_caller]
pub(crate) fn prouver(methode: &str, chemin: &str, reponse: &Answer) {
    let Some(route) = route(methode, chemin) else { return };
    let statut = reponse.status.as_u16();
    let (schema, corps) = if statut >= 400 {
        assert_eq!(reponse.header("content-type"), "application/problem+json", "{methode} {chemin}");
        (reference("Probleme"), reponse.json())
    } else {
        let annoncee = route.reponses.iter().find(|(annonce, ..)| *annonce == statut);
        let (_, _, contenu) =
            annoncee.unwrap_or_else(|| panic!("{methode} {chemin}: {statut} is not announced"));
        match contenu {
            Contenu::Empty => {
                assert!(reponse.bytes.is_empty(), "{methode} {chemin}");
                return;
            }
            Contenu::Fichier(genre) => {
                assert!(reponse.header("content-type").starts_with(genre), "{methode} {chemin}");
                return;
            }
            Contenu::Objet(nom) => (reference(nom), reponse.json()),
            Contenu::Liste(_) => {
                let methode = &publie()["paths"][route.chemin][route.methode];
                let contenu = &methode["responses"][statut.to_string()]["content"];
                (contenu["application/json"]["schema"].clone(), reponse.json())
            }
        }
    };
    let mut fautes = Vec::new();
    tenir(&schema, &corps, "$", &mut fautes);
    assert!(fautes.is_empty(), "{methode} {chemin} {statut}: {fautes:#?}\n{corps:#}");
}

fn reference(nom: &str) -> Value {
    serde_json::json!({ "$ref": format!("#/components/schemas/{nom}") })
}

/// Collects what in a value is not as its schema says: the words that our schemas use, and no other.
fn tenir(schema: &Value, valeur: &Value, ou: &str, fautes: &mut Vec<String>) {
    for (mot, sens) in schema.as_object().expect("a schema is an object") {
        let tenu = match mot.as_str() {
            "$ref" => {
                let vers = sens.as_str().and_then(|sens| sens.strip_prefix('#')).expect("a reference");
                tenir(publie().pointer(vers).expect("of a schema that is there"), valeur, ou, fautes);
                true
            }
            "anyOf" => sens.as_array().expect("choices").iter().any(|choix| {
                let mut siennes = Vec::new();
                tenir(choix, valeur, ou, &mut siennes);
                siennes.is_empty()
            }),
            "type" => match sens {
                Value::Array(genres) => genres.iter().any(|genre| est(genre, valeur)),
                genre => est(genre, valeur),
            },
            "enum" => sens.as_array().expect("codes").contains(valeur),
            "required" => {
                let noms = sens.as_array().expect("names").iter().filter_map(Value::as_str);
                noms.into_iter().all(|nom| valeur.get(nom).is_some())
            }
            "properties" => {
                for (nom, champ) in sens.as_object().expect("properties") {
                    if let Some(valeur) = valeur.get(nom) {
                        tenir(champ, valeur, &format!("{ou}.{nom}"), fautes);
                    }
                }
                true
            }
            "additionalProperties" => {
                let connus = &schema["properties"];
                let autres =
                    valeur.as_object().into_iter().flatten().filter(|(nom, _)| connus.get(nom).is_none());
                let autres: Vec<_> = autres.collect();
                if sens.is_object() {
                    autres.iter().for_each(|(nom, v)| tenir(sens, v, &format!("{ou}.{nom}"), fautes));
                }
                sens.is_object() || autres.is_empty()
            }
            "items" => {
                for (rang, element) in valeur.as_array().into_iter().flatten().enumerate() {
                    tenir(sens, element, &format!("{ou}[{rang}]"), fautes);
                }
                true
            }
            "format" => valeur.as_str().is_none_or(|texte| forme(sens, texte)),
            "minimum" => valeur.as_i64().is_none_or(|n| Some(n) >= sens.as_i64()),
            "maximum" => valeur.as_i64().is_none_or(|n| Some(n) <= sens.as_i64()),
            "minItems" => valeur.as_array().is_none_or(|liste| Some(liste.len() as u64) >= sens.as_u64()),
            "maxLength" => {
                valeur.as_str().is_none_or(|texte| Some(texte.chars().count() as u64) <= sens.as_u64())
            }
            "description" | "examples" => true,
            autre => panic!("« {autre} » is a word that this checker does not know"),
        };
        if !tenu {
            fautes.push(format!("{ou}: « {mot} » {sens}"));
        }
    }
}

fn est(genre: &Value, valeur: &Value) -> bool {
    match genre.as_str().expect("a type") {
        "object" => valeur.is_object(),
        "array" => valeur.is_array(),
        "string" => valeur.is_string(),
        "integer" => valeur.is_i64(),
        "boolean" => valeur.is_boolean(),
        "null" => valeur.is_null(),
        autre => panic!("« {autre} » is a type that this checker does not know"),
    }
}

fn forme(format: &Value, texte: &str) -> bool {
    match format.as_str().expect("a format") {
        "date" => texte.parse::<jiff::civil::Date>().is_ok() && texte.len() == 10,
        "date-time" => texte.parse::<jiff::Timestamp>().is_ok() && texte.ends_with('Z'),
        "uuid" => texte.len() == 36,
        autre => panic!("« {autre} » is a format that this checker does not know"),
    }
}
