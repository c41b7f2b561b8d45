//! Precision and recall on people entered again with known errors, and on others who are near them; the same
//! pairs go out as CSV for the baselines.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write as _;
use std::path::Path;

use forprev_domain::identite::Identite;
use forprev_domain::regles::doublons::{Verdict, cles, cles_cherchees, forme_normale, meme_son, verdict};
use jiff::ToSpan as _;
use rand::RngExt;

use crate::Cause;
use crate::fautes::{FAUTES, Faute, fauter};
use crate::population::{Population, nom};

/// An entry, with the person of the register that it is.
struct Entree {
    saisie: Identite,
    vraie: Option<usize>,
    faute: Option<Faute>,
}

pub(crate) fn evaluer(dossier: &Path, nombre: u64, graine: u64) -> Result<(), Cause> {
    let mut population = Population::new(graine);
    let registre: Vec<Identite> = (0..nombre).map(|_| population.suivante()).collect();
    let entrees = entrees(&registre, &mut population);
    let mut par_cle: HashMap<String, Vec<usize>> = HashMap::new();
    let mut par_bloc: HashMap<String, Vec<usize>> = HashMap::new();
    for (rang, connue) in registre.iter().enumerate() {
        for cle in cles(connue) {
            par_cle.entry(cle).or_default().push(rang);
        }
        for bloc in blocs(connue) {
            par_bloc.entry(bloc).or_default().push(rang);
        }
    }
    std::fs::create_dir_all(dossier)?;
    let mut csv = std::io::BufWriter::new(std::fs::File::create(dossier.join("paires.csv"))?);
    writeln!(csv, "entree,meme,nom_a,prenom_a,usage_a,date_a,nom_b,prenom_b,usage_b,date_b")?;
    let (mut vues, mut candidats, mut justes, mut fausses) = (0_u64, 0_u64, [0_u64; 3], [0_u64; 3]);
    let mut par_faute: BTreeMap<Faute, [u64; 3]> = BTreeMap::new();
    for (numero, entree) in entrees.iter().enumerate() {
        let trouver = |index: &HashMap<String, Vec<usize>>, mots: Vec<String>| -> BTreeSet<usize> {
            mots.iter().filter_map(|mot| index.get(mot)).flatten().copied().collect()
        };
        let (mut proposee, mut entendue) = (false, false);
        for rang in trouver(&par_cle, cles_cherchees(&entree.saisie)) {
            let degre = verdict(&entree.saisie, &registre[rang]);
            let compte = if entree.vraie == Some(rang) { &mut justes } else { &mut fausses };
            match degre {
                Verdict::Certain => compte.iter_mut().for_each(|nombre| *nombre += 1),
                Verdict::Possible => compte[1..].iter_mut().for_each(|nombre| *nombre += 1),
                Verdict::Non => compte[2] += u64::from(meme_son(&entree.saisie, &registre[rang])),
            }
            candidats += 1;
            proposee |= entree.vraie == Some(rang) && degre != Verdict::Non;
            entendue |= entree.vraie == Some(rang) && meme_son(&entree.saisie, &registre[rang]);
        }
        if let Some(faute) = entree.faute {
            let comptes = par_faute.entry(faute).or_default();
            for (compte, vrai) in comptes.iter_mut().zip([true, proposee, proposee || entendue]) {
                *compte += u64::from(vrai);
            }
        }
        let mut paires = trouver(&par_bloc, blocs(&entree.saisie));
        paires.extend(entree.vraie);
        for rang in paires {
            vues += 1;
            let meme = u8::from(entree.vraie == Some(rang));
            writeln!(csv, "{numero},{meme},{},{}", colonnes(&entree.saisie), colonnes(&registre[rang]))?;
        }
    }
    csv.flush()?;
    let retrouvables = entrees.iter().filter(|entree| entree.vraie.is_some()).count() as u64;
    println!("{nombre} persons, {} entries of which {retrouvables} again, {vues} pairs", entrees.len());
    println!("{:.2} candidates an entry by the keys\n", candidats as f64 / entrees.len() as f64);
    println!("| Rule of R17 | precision | recall | found | wrongly proposed |\n|---|---:|---:|---:|---:|");
    for (titre, degre) in [("certain", 0), ("certain or possible", 1), ("these, or sounding the same", 2)] {
        let (juste, fausse) = (justes[degre], fausses[degre]);
        println!(
            "| {titre} | {:.2} % | {:.2} % | {juste} | {fausse} |",
            100.0 * juste as f64 / (juste + fausse) as f64,
            100.0 * juste as f64 / retrouvables as f64,
        );
    }
    println!("\n| Error | entries | proposed | or sounding the same |\n|---|---:|---:|---:|");
    for (faute, [toutes, proposees, entendues]) in par_faute {
        let part = |nombre| 100.0 * nombre as f64 / toutes as f64;
        println!("| {} | {toutes} | {:.1} % | {:.1} % |", faute.libelle(), part(proposees), part(entendues));
    }
    Ok(())
}

/// A fifth of the register entered again, as many strangers; one stranger in five is near somebody.
fn entrees(registre: &[Identite], population: &mut Population) -> Vec<Entree> {
    let mut entrees = Vec::new();
    for rang in (0..registre.len()).step_by(5) {
        let faute = tirer(population);
        if let Some(saisie) = fauter(&registre[rang], faute, population) {
            entrees.push(Entree { saisie, vraie: Some(rang), faute: Some(faute) });
        }
        let proche = &registre[population.tirage.random_range(0..registre.len())];
        let mut saisie = population.suivante();
        match population.tirage.random_range(0..20) {
            // A twin, a brother or sister, a parent of the same name, somebody born the same day.
            0 => {
                saisie.nom_naissance = proche.nom_naissance.clone();
                saisie.date_naissance = proche.date_naissance;
            }
            1 => {
                saisie.nom_naissance = proche.nom_naissance.clone();
                saisie.date_naissance = proche.date_naissance.saturating_add(700.days());
            }
            2 => {
                saisie.nom_naissance = proche.nom_naissance.clone();
                saisie.prenom = nom(proche.prenom.as_str());
                saisie.date_naissance = proche.date_naissance.saturating_sub(9_950.days());
            }
            3 => saisie.date_naissance = proche.date_naissance,
            _ => {}
        }
        entrees.push(Entree { saisie, vraie: None, faute: None });
    }
    entrees
}

fn tirer(population: &mut Population) -> Faute {
    let total: u32 = FAUTES.iter().map(|faute| faute.part()).sum();
    let mut reste = population.tirage.random_range(0..total);
    for faute in FAUTES {
        if reste < faute.part() {
            return faute;
        }
        reste -= faute.part();
    }
    Faute::Graphie
}

/// Wide blocks, for the baselines: born the same day, or the same names.
fn blocs(i: &Identite) -> Vec<String> {
    let prenom = forme_normale(i.prenom.as_str());
    let premier = prenom.split(' ').next().unwrap_or_default();
    vec![i.date_naissance.to_string(), format!("{}|{premier}", forme_normale(i.nom_naissance.as_str()))]
}

fn colonnes(i: &Identite) -> String {
    let usage = i.nom_usage.as_ref().map_or("", |nom| nom.as_str());
    format!("{},{},{usage},{}", i.nom_naissance, i.prenom, i.date_naissance)
}
