-- The organisations that declare sessions.
CREATE TABLE comptes (
  id TEXT NOT NULL PRIMARY KEY,
  raison_sociale TEXT NOT NULL,
  siret TEXT NOT NULL,
  genre TEXT NOT NULL,
  recherche TEXT NOT NULL,
  cree_le TEXT NOT NULL
) STRICT;

-- The catalogue: one row for each dispositif and day from which its values hold.
CREATE TABLE dispositifs (
  code TEXT NOT NULL,
  a_partir_du TEXT NOT NULL,
  libelle TEXT NOT NULL,
  niveaux TEXT NOT NULL,
  PRIMARY KEY (code, a_partir_du)
) STRICT;

CREATE TABLE habilitations (
  id TEXT NOT NULL PRIMARY KEY,
  compte TEXT NOT NULL REFERENCES comptes (id),
  dispositif TEXT NOT NULL,
  niveau TEXT NOT NULL,
  debut TEXT NOT NULL,
  fin TEXT NOT NULL,
  numero TEXT,
  retiree_le TEXT,
  suspendue_du TEXT,
  suspendue_au TEXT,
  motif TEXT
) STRICT;
CREATE INDEX habilitations_du_compte ON habilitations (compte, dispositif, niveau);

-- Every numéro ever given: a person is erased, his numéro stays used. After a merge the old
-- numéro leads to the new one.
CREATE TABLE numeros_utilises (
  numero TEXT NOT NULL PRIMARY KEY,
  mene_a TEXT REFERENCES numeros_utilises (numero)
) STRICT;
CREATE INDEX numeros_menant_a ON numeros_utilises (mene_a);

CREATE TABLE personnes (
  numero TEXT NOT NULL PRIMARY KEY REFERENCES numeros_utilises (numero),
  civilite TEXT,
  nom_naissance TEXT NOT NULL,
  nom_usage TEXT,
  prenom TEXT NOT NULL,
  date_naissance TEXT NOT NULL,
  email TEXT,
  email_cle TEXT,
  recherche TEXT NOT NULL,
  creee_le TEXT NOT NULL
) STRICT;
CREATE INDEX personnes_par_email ON personnes (email_cle);

-- Keys by which candidates for the same person are found (R17).
CREATE TABLE personne_cles (
  cle TEXT NOT NULL,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  PRIMARY KEY (cle, numero)
) STRICT, WITHOUT ROWID;
CREATE INDEX cles_de_la_personne ON personne_cles (numero);

-- Merges that can be undone: what the old numéro held, and which rows followed it.
CREATE TABLE fusions (
  id TEXT NOT NULL PRIMARY KEY,
  ancien TEXT NOT NULL REFERENCES numeros_utilises (numero),
  nouveau TEXT NOT NULL REFERENCES numeros_utilises (numero),
  par TEXT,
  faite_le TEXT NOT NULL,
  contenu TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX une_fusion_par_ancien_numero ON fusions (ancien);
CREATE INDEX fusions_vers ON fusions (nouveau);

-- The profile formateur is not here: it is read from the certificates held.
CREATE TABLE profils (
  id TEXT NOT NULL PRIMARY KEY,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  profil TEXT NOT NULL,
  compte TEXT REFERENCES comptes (id),
  cree_le TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX un_profil_une_fois_par_compte ON profils (numero, profil, compte);
CREATE UNIQUE INDEX un_profil_une_fois_sans_compte ON profils (numero, profil) WHERE compte IS NULL;
CREATE INDEX profils_du_compte ON profils (compte);

-- How a person signs in.
CREATE TABLE acces (
  numero TEXT NOT NULL PRIMARY KEY REFERENCES personnes (numero) ON DELETE CASCADE,
  mot_de_passe TEXT,
  ouvert_le TEXT NOT NULL,
  active_le TEXT
) STRICT;

-- Links that serve once; only the digest of their secret is kept.
CREATE TABLE liens (
  empreinte TEXT NOT NULL PRIMARY KEY,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  but TEXT NOT NULL,
  expire_le TEXT NOT NULL
) STRICT;
CREATE INDEX liens_de_la_personne ON liens (numero);

-- Who is signed in, on which device; only the digest of the secret is kept.
CREATE TABLE sign_ins (
  empreinte TEXT NOT NULL PRIMARY KEY,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  profil TEXT,
  appareil TEXT,
  ouvert_le TEXT NOT NULL,
  vu_le TEXT NOT NULL,
  expire_le TEXT NOT NULL
) STRICT;
CREATE INDEX sign_ins_de_la_personne ON sign_ins (numero);

-- Counted attempts: sign-ins, lookups of strangers, verifications.
CREATE TABLE essais (
  cle TEXT NOT NULL PRIMARY KEY,
  nombre INTEGER NOT NULL,
  depuis TEXT NOT NULL,
  dernier_le TEXT NOT NULL
) STRICT;
CREATE INDEX essais_par_age ON essais (dernier_le);

-- Tokens of the programming interface; only their digest is kept.
CREATE TABLE jetons (
  id TEXT NOT NULL PRIMARY KEY,
  empreinte TEXT NOT NULL,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  libelle TEXT NOT NULL,
  cree_le TEXT NOT NULL,
  expire_le TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX jeton_unique ON jetons (empreinte);
CREATE INDEX jetons_de_la_personne ON jetons (numero);

-- A row is gone for everybody from disparait_le on, and deleted by the sweep after it.
CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  numero TEXT NOT NULL,
  version INTEGER NOT NULL,
  compte TEXT NOT NULL REFERENCES comptes (id),
  auteur TEXT NOT NULL,
  dispositif TEXT NOT NULL,
  niveau TEXT NOT NULL,
  action TEXT,
  date_debut TEXT,
  date_fin TEXT NOT NULL,
  lieu_nom TEXT,
  lieu_adresse TEXT,
  lieu_code_postal TEXT,
  lieu_commune TEXT,
  entreprise_cliente TEXT,
  reference TEXT,
  formateur TEXT,
  etat TEXT NOT NULL,
  suivie_par TEXT,
  generee_le TEXT,
  contenu_soumis TEXT,
  disparait_le TEXT NOT NULL,
  recherche TEXT NOT NULL,
  creee_le TEXT NOT NULL,
  modifiee_le TEXT NOT NULL,
  etat_depuis TEXT NOT NULL,
  CONSTRAINT un_formateur_suit_ce_qui_est_soumis CHECK ((etat = 'brouillon') = (suivie_par IS NULL)),
  CONSTRAINT un_jour_de_generation_une_fois_terminee CHECK ((etat = 'terminee') = (generee_le IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX numero_de_session_unique ON sessions (numero);
CREATE INDEX sessions_du_compte ON sessions (compte, date_fin);
CREATE INDEX sessions_de_l_auteur ON sessions (auteur);
CREATE INDEX sessions_du_formateur ON sessions (formateur);
CREATE INDEX sessions_a_supprimer ON sessions (disparait_le);

-- With a numéro, names and birth day are the register's: only the e-mail typed stays here.
CREATE TABLE stagiaires (
  id TEXT NOT NULL PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  rang INTEGER NOT NULL,
  numero TEXT REFERENCES personnes (numero),
  civilite TEXT,
  nom_naissance TEXT,
  nom_usage TEXT,
  prenom TEXT,
  date_naissance TEXT,
  email TEXT,
  resultat TEXT,
  recherche TEXT,
  CONSTRAINT identite_au_registre_ou_sur_la_ligne CHECK (numero IS NULL OR
    (civilite IS NULL AND nom_naissance IS NULL AND nom_usage IS NULL AND prenom IS NULL
     AND date_naissance IS NULL AND recherche IS NULL))
) STRICT;
CREATE UNIQUE INDEX un_stagiaire_une_fois_par_session ON stagiaires (session, numero);
CREATE INDEX stagiaires_de_la_session ON stagiaires (session, rang);
CREATE INDEX sessions_de_la_personne ON stagiaires (numero);

CREATE TABLE historique (
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  rang INTEGER NOT NULL,
  le TEXT NOT NULL,
  par TEXT NOT NULL,
  evenement TEXT NOT NULL,
  commentaire TEXT,
  changements TEXT NOT NULL,
  PRIMARY KEY (session, rang)
) STRICT;

-- The pictures printed on certificates, by SHA-256 of their pixels (zlib, here in base 64).
CREATE TABLE logos (
  empreinte TEXT NOT NULL PRIMARY KEY,
  pixels TEXT NOT NULL
) STRICT;

-- The register: it survives the session. Persons, authors and formateurs are numéros here.
CREATE TABLE certificats (
  id TEXT NOT NULL PRIMARY KEY,
  cle TEXT NOT NULL,
  numero TEXT NOT NULL,
  titulaire TEXT NOT NULL REFERENCES personnes (numero),
  session TEXT,
  stagiaire TEXT,
  rang INTEGER NOT NULL,
  dispositif TEXT NOT NULL,
  niveau TEXT NOT NULL,
  action TEXT,
  debut TEXT NOT NULL,
  fin TEXT,
  delivre_le TEXT NOT NULL,
  compte TEXT REFERENCES comptes (id),
  auteur TEXT,
  formateur TEXT,
  etat TEXT NOT NULL,
  remplace_par TEXT,
  revoque_le TEXT,
  motif TEXT,
  disparait_le TEXT,
  sort_du_registre_le TEXT NOT NULL,
  imprime TEXT,
  sceau TEXT
) STRICT;
CREATE UNIQUE INDEX numero_de_certificat_unique ON certificats (cle);
CREATE UNIQUE INDEX un_certificat_par_stagiaire ON certificats (stagiaire) WHERE etat <> 'remplace';
CREATE INDEX certificats_du_titulaire ON certificats (titulaire);
CREATE INDEX certificats_de_la_session ON certificats (session);
CREATE INDEX certificats_du_compte ON certificats (compte, delivre_le);
CREATE INDEX certificats_de_l_auteur ON certificats (auteur);
CREATE INDEX certificats_du_formateur ON certificats (formateur);
CREATE INDEX certificats_a_effacer ON certificats (sort_du_registre_le);
CREATE INDEX imprimes_a_effacer ON certificats (disparait_le);

-- Who did what to what: identifiers only, each entry sealed to the one before.
CREATE TABLE journal (
  rang INTEGER NOT NULL PRIMARY KEY,
  le TEXT NOT NULL,
  par TEXT,
  instance TEXT NOT NULL,
  acte TEXT NOT NULL,
  objet TEXT NOT NULL,
  avant TEXT,
  apres TEXT,
  precedent TEXT NOT NULL,
  empreinte TEXT NOT NULL
) STRICT;
CREATE INDEX journal_par_objet ON journal (objet);
CREATE INDEX journal_par_auteur ON journal (par);
CREATE INDEX journal_par_date ON journal (le);

-- One row: the last entry of the journal, locked by whoever adds one.
CREATE TABLE journal_tete (
  id INTEGER NOT NULL PRIMARY KEY,
  rang INTEGER NOT NULL,
  empreinte TEXT NOT NULL
) STRICT;
INSERT INTO journal_tete (id, rang, empreinte) VALUES (1, 0, '');

-- Mails to send, written with the change that they tell.
CREATE TABLE courrier (
  id TEXT NOT NULL PRIMARY KEY,
  genre TEXT NOT NULL,
  destinataire TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  adresse TEXT NOT NULL,
  donnees TEXT NOT NULL,
  session TEXT,
  cree_le TEXT NOT NULL,
  essais INTEGER NOT NULL,
  prochain_essai_le TEXT NOT NULL,
  envoye_le TEXT,
  derniere_erreur TEXT
) STRICT;
CREATE INDEX courrier_a_envoyer ON courrier (envoye_le, prochain_essai_le);
CREATE INDEX courrier_de_la_session ON courrier (session);
CREATE INDEX courrier_du_destinataire ON courrier (destinataire);

-- Answers kept for 24 hours under the key that the caller gave.
CREATE TABLE idempotence (
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  route TEXT NOT NULL,
  cle TEXT NOT NULL,
  corps TEXT NOT NULL,
  statut INTEGER,
  reponse TEXT,
  session TEXT,
  cree_le TEXT NOT NULL,
  PRIMARY KEY (numero, route, cle)
) STRICT;
CREATE INDEX idempotence_de_la_session ON idempotence (session);
CREATE INDEX idempotence_par_age ON idempotence (cree_le);
