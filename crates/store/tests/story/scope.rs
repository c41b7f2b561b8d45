//! Who sees what: the store's WHERE says what the domain says.

use forprev_domain::certificat::Certificat;
use forprev_domain::id::SessionId;
use forprev_domain::numero::Numero;
use forprev_domain::session::{NomEtat, Session};
use forprev_store::sessions::{Filtre, Tri};
use forprev_store::{Pagination, certificats, sessions};
use jiff::civil::{Date, date};

use crate::fresh::on_both;
use crate::world::{FIN, World};

fn liste(w: &World<'_>, qui: &Numero, filtre: &Filtre, jour: Date) -> Vec<SessionId> {
    let portee = w.portee(qui);
    let page = Pagination::premiere(100);
    let liste = w.db.read(|tx| sessions::lister(tx, &portee, filtre, Tri::Numero, page, jour));
    let liste = liste.expect("lists");
    let comptes: i64 =
        w.db.read(|tx| sessions::compter_par_etat(tx, &portee, filtre, jour)).expect("counts").values().sum();
    assert_eq!((liste.total, comptes), (liste.elements.len() as i64, liste.total));
    liste.elements.into_iter().map(|fiche| fiche.session.id).collect()
}

#[test]
fn la_portee_de_la_base_est_celle_des_droits() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let jour = date(2026, 5, 20);
        let de_zoe = w.brouillon(&w.zoe, 4, jour);
        let soumise = w.brouillon(&w.denis, 4, jour);
        w.soumettre(&soumise, jour);
        let reprise = w.brouillon(&w.alix, 4, jour);
        w.soumettre(&reprise, jour);
        w.fait(&w.alix, &reprise, jour, |tx, lue, geste| {
            let version = lue.version;
            let (apres, quoi) = lue.reprendre(geste).expect("may be taken back");
            sessions::enregistrer(tx, version, &apres, &[quoi], geste.moment.instant)
        })
        .expect("takes back");
        let terminee = w.brouillon(&w.alix, 4, jour);
        w.generer(&terminee, FIN);
        let toutes: Vec<Session> = [&de_zoe, &soumise, &reprise, &terminee]
            .map(|session| w.session(&w.root, session.id, FIN).expect("the network sees all"))
            .to_vec();

        let mut vues = Vec::new();
        for qui in [&w.alix, &w.denis, &w.karim, &w.zoe, &w.root] {
            let portee = w.portee(qui);
            let listees = liste(&w, qui, &Filtre::default(), FIN);
            for session in &toutes {
                let voit = portee.voit(session);
                assert_eq!(w.session(qui, session.id, FIN).is_some(), voit, "{qui} {session:?}");
                assert_eq!(listees.contains(&session.id), voit);
            }
            vues.push(listees.len());
        }
        assert_eq!(vues, [3, 1, 2, 1, 4]);
        // From its day on it is gone for everybody, though the sweep has not run.
        let jour = terminee_disparait();
        for qui in [&w.alix, &w.karim, &w.root] {
            assert_eq!(w.session(qui, terminee.id, jour), None);
            assert!(!liste(&w, qui, &Filtre::default(), jour).contains(&terminee.id));
        }
    });
}

fn terminee_disparait() -> Date {
    date(2026, 6, 13)
}

#[test]
fn la_recherche_ne_sort_pas_de_la_portee() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let jour = date(2026, 5, 20);
        let mienne = w.brouillon(&w.denis, 4, jour);
        let autre = w.brouillon(&w.alix, 4, jour);
        let chercher = |qui: &Numero, q: &str| {
            let filtre = Filtre { q: Some(q.to_owned()), ..Filtre::default() };
            liste(&w, qui, &filtre, jour).len()
        };
        for (q, attendu) in [
            ("lea MARTIN", 2),
            ("Léa 7", 2),
            ("benali", 2),
            ("équipe", 2),
            (mienne.numero.as_str(), 1),
            ("rennes martin", 2),
            ("inconnue", 0),
            ("%", 0),
            ("_", 0),
            ("  ", 2),
        ] {
            assert_eq!(chercher(&w.alix, q), attendu, "{q}");
            assert!(chercher(&w.denis, q) <= 1, "{q}");
        }
        assert_eq!(chercher(&w.denis, autre.numero.as_str()), 0);
    });
}

#[test]
fn la_liste_se_filtre_se_trie_et_se_feuillette() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let jour = date(2026, 5, 20);
        for _ in 0..5 {
            w.brouillon(&w.alix, 1, jour);
        }
        let soumise = w.brouillon(&w.denis, 4, jour);
        w.soumettre(&soumise, jour);
        let filtres = [
            (Filtre { etats: vec![NomEtat::Brouillon], ..Filtre::default() }, 5),
            (Filtre { etats: vec![NomEtat::Soumise, NomEtat::ATraiter], ..Filtre::default() }, 1),
            (Filtre { auteur: Some(w.denis.clone()), ..Filtre::default() }, 1),
            (Filtre { formateur: Some(w.karim.clone()), ..Filtre::default() }, 6),
            (Filtre { du: Some(FIN), au: Some(FIN), ..Filtre::default() }, 6),
            (Filtre { du: Some(date(2026, 5, 30)), ..Filtre::default() }, 0),
            (Filtre { compte: Some(w.autre_compte), ..Filtre::default() }, 0),
            (Filtre { dispositif: Some(crate::world::sst()), ..Filtre::default() }, 6),
        ];
        let portee = w.portee(&w.alix);
        for (filtre, attendu) in filtres {
            let page = Pagination::premiere(100);
            let read = w.db.read(|tx| sessions::lister(tx, &portee, &filtre, Tri::default(), page, jour));
            assert_eq!(read.expect("lists").elements.len(), attendu, "{filtre:?}");
        }
        for tri in [
            Tri::DateFinRecente,
            Tri::DateFinAncienne,
            Tri::Modification,
            Tri::Numero,
            Tri::Dispositif,
            Tri::Etat,
            Tri::Disparition,
        ] {
            let mut vus = Vec::new();
            let mut apres: Option<String> = None;
            loop {
                let page = Pagination::new(4, apres.as_deref()).expect("our own cursor");
                let filtre = Filtre::default();
                let read = w.db.read(|tx| sessions::lister(tx, &portee, &filtre, tri, page, jour));
                let liste = read.expect("lists");
                assert_eq!(liste.total, 6);
                vus.extend(liste.elements.into_iter().map(|fiche| fiche.session.id));
                apres = liste.suivant;
                if apres.is_none() {
                    break;
                }
            }
            vus.sort_unstable();
            vus.dedup();
            assert_eq!(vus.len(), 6, "{tri:?}");
        }
        assert_eq!(Pagination::new(4, Some("n’importe quoi")), None);
    });
}

#[test]
fn qui_est_a_recycler_ne_l_a_pas_encore_ete() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let emis = w.generer(&w.brouillon(&w.denis, 2, date(2026, 5, 20)), FIN);
        let fin = emis[0].fin.expect("it ends");
        let check = |qui: &Numero, au: Date, attendu: i64| {
            let portee = w.portee(qui);
            let filtre = certificats::FiltreCertifies { a_recycler: Some((FIN, au)), ..Default::default() };
            let lus = w.db.read(|tx| certificats::certifies(tx, &portee, &filtre, Pagination::premiere(50)));
            assert_eq!(lus.expect("lists").total, attendu, "{qui} {au}");
        };
        check(&w.alix, fin.yesterday().expect("a day"), 0);
        check(&w.alix, fin, 2);
        // Alix certifies the first one anew: for Denis, who sees his own sessions only, nothing has changed.
        let suite = w.db.write(|tx| {
            let suite = Certificat {
                numero: certificats::nouveau_numero(tx, &emis[0].dispositif, emis[0].niveau, 2028)?,
                stagiaire: None,
                session: None,
                fin: Some(fin.tomorrow().expect("a day")),
                auteur: Some(w.alix.clone()),
                ..emis[0].clone()
            };
            certificats::inscrire(tx, std::slice::from_ref(&suite))
        });
        suite.expect("enters");
        check(&w.alix, fin, 1);
        check(&w.denis, fin, 2);
        check(&w.karim, fin, 0);
    });
}

#[test]
fn le_registre_se_lit_dans_la_portee() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let jour = date(2026, 5, 20);
        let de_denis = w.brouillon(&w.denis, 4, jour);
        w.generer(&de_denis, FIN);
        let d_alix = w.brouillon(&w.alix, 4, jour);
        w.generer(&d_alix, FIN);
        let page = Pagination::premiere(50);
        for (qui, certifies) in [(&w.alix, 8), (&w.denis, 4), (&w.karim, 0), (&w.zoe, 0)] {
            let portee = w.portee(qui);
            let filtre = certificats::FiltreCertifies::default();
            let read = w.db.read(|tx| certificats::certifies(tx, &portee, &filtre, page));
            assert_eq!(read.expect("lists").total, certifies, "{qui}");
            let formateurs = w.db.read(|tx| certificats::formateurs_connus(tx, &portee, "kari", FIN));
            let karim = formateurs.expect("reads").iter().any(|p| p.numero == w.karim);
            assert_eq!(karim, certifies > 0 || *qui == w.karim);
        }
    });
}
