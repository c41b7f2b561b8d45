-- The organisations that declare sessions.
CREATE TABLE comptes (
  id UUID NOT NULL PRIMARY KEY,
  raison_sociale TEXT NOT NULL,
  siret TEXT NOT NULL,
  genre TEXT NOT NULL,
  recherche TEXT NOT NULL,
  cree_le TIMESTAMPTZ NOT NULL
);

-- The catalogue: one row for each dispositif and day from which its values hold.
CREATE TABLE dispositifs (
  code TEXT NOT NULL,
  a_partir_du DATE NOT NULL,
  libelle TEXT NOT NULL,
  niveaux JSONB NOT NULL,
  PRIMARY KEY (code, a_partir_du)
);

CREATE TABLE habilitations (
  id UUID NOT NULL PRIMARY KEY,
  compte UUID NOT NULL REFERENCES comptes (id),
  dispositif TEXT NOT NULL,
  niveau TEXT NOT NULL,
  debut DATE NOT NULL,
  fin DATE NOT NULL,
  numero TEXT,
  retiree_le DATE,
  suspendue_du DATE,
  suspendue_au DATE,
  motif TEXT
);
CREATE INDEX habilitations_du_compte ON habilitations (compte, dispositif, niveau);

-- Every numéro ever given: a person is erased, his numéro stays used. After a merge the old
-- numéro leads to the new one.
CREATE TABLE numeros_utilises (
  numero TEXT NOT NULL PRIMARY KEY,
  mene_a TEXT REFERENCES numeros_utilises (numero)
);
CREATE INDEX numeros_menant_a ON numeros_utilises (mene_a);

CREATE TABLE personnes (
  numero TEXT NOT NULL PRIMARY KEY REFERENCES numeros_utilises (numero),
  civilite TEXT,
  nom_naissance TEXT NOT NULL,
  nom_usage TEXT,
  prenom TEXT NOT NULL,
  date_naissance DATE NOT NULL,
  email TEXT,
  email_cle TEXT,
  recherche TEXT NOT NULL,
  creee_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX personnes_par_email ON personnes (email_cle);

-- Keys by which candidates for the same person are found (R17).
CREATE TABLE personne_cles (
  cle TEXT NOT NULL,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  PRIMARY KEY (cle, numero)
);
CREATE INDEX cles_de_la_personne ON personne_cles (numero);

-- Merges that can be undone: what the old numéro held, and which rows followed it.
CREATE TABLE fusions (
  id UUID NOT NULL PRIMARY KEY,
  ancien TEXT NOT NULL REFERENCES numeros_utilises (numero),
  nouveau TEXT NOT NULL REFERENCES numeros_utilises (numero),
  par TEXT,
  faite_le TIMESTAMPTZ NOT NULL,
  contenu JSONB NOT NULL
);
CREATE UNIQUE INDEX une_fusion_par_ancien_numero ON fusions (ancien);
CREATE INDEX fusions_vers ON fusions (nouveau);

-- The profile formateur is not here: it is read from the certificates held.
CREATE TABLE profils (
  id UUID NOT NULL PRIMARY KEY,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  profil TEXT NOT NULL,
  compte UUID REFERENCES comptes (id),
  cree_le TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX un_profil_une_fois_par_compte ON profils (numero, profil, compte);
CREATE UNIQUE INDEX un_profil_une_fois_sans_compte ON profils (numero, profil) WHERE compte IS NULL;
CREATE INDEX profils_du_compte ON profils (compte);

-- How a person signs in.
CREATE TABLE acces (
  numero TEXT NOT NULL PRIMARY KEY REFERENCES personnes (numero) ON DELETE CASCADE,
  mot_de_passe TEXT,
  ouvert_le TIMESTAMPTZ NOT NULL,
  active_le TIMESTAMPTZ
);

-- Links that serve once; only the digest of their secret is kept.
CREATE TABLE liens (
  empreinte TEXT NOT NULL PRIMARY KEY,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  but TEXT NOT NULL,
  expire_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX liens_de_la_personne ON liens (numero);

-- Who is signed in, on which device; only the digest of the secret is kept.
CREATE TABLE sign_ins (
  empreinte TEXT NOT NULL PRIMARY KEY,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  profil TEXT,
  appareil TEXT,
  ouvert_le TIMESTAMPTZ NOT NULL,
  vu_le TIMESTAMPTZ NOT NULL,
  expire_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX sign_ins_de_la_personne ON sign_ins (numero);

-- Counted attempts: sign-ins, lookups of strangers, verifications.
CREATE TABLE essais (
  cle TEXT NOT NULL PRIMARY KEY,
  nombre BIGINT NOT NULL,
  depuis TIMESTAMPTZ NOT NULL,
  dernier_le TIMESTAMPTZ NOT NULL
);
CREATE INDEX essais_par_age ON essais (dernier_le);

-- Tokens of the programming interface; only their digest is kept.
CREATE TABLE jetons (
  id UUID NOT NULL PRIMARY KEY,
  empreinte TEXT NOT NULL,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  libelle TEXT NOT NULL,
  cree_le TIMESTAMPTZ NOT NULL,
  expire_le TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX jeton_unique ON jetons (empreinte);
CREATE INDEX jetons_de_la_personne ON jetons (numero);

-- A row is gone for everybody from disparait_le on, and deleted by the sweep after it.
CREATE TABLE sessions (
  id UUID NOT NULL PRIMARY KEY,
  numero TEXT NOT NULL,
  version BIGINT NOT NULL,
  compte UUID NOT NULL REFERENCES comptes (id),
  auteur TEXT NOT NULL,
  dispositif TEXT NOT NULL,
  niveau TEXT NOT NULL,
  action TEXT,
  date_debut DATE,
  date_fin DATE NOT NULL,
  lieu_nom TEXT,
  lieu_adresse TEXT,
  lieu_code_postal TEXT,
  lieu_commune TEXT,
  entreprise_cliente JSONB,
  reference TEXT,
  formateur TEXT,
  etat TEXT NOT NULL,
  suivie_par TEXT,
  generee_le DATE,
  contenu_soumis JSONB,
  disparait_le DATE NOT NULL,
  recherche TEXT NOT NULL,
  creee_le TIMESTAMPTZ NOT NULL,
  modifiee_le TIMESTAMPTZ NOT NULL,
  etat_depuis TIMESTAMPTZ NOT NULL,
  CONSTRAINT un_formateur_suit_ce_qui_est_soumis CHECK ((etat = 'brouillon') = (suivie_par IS NULL)),
  CONSTRAINT un_jour_de_generation_une_fois_terminee CHECK ((etat = 'terminee') = (generee_le IS NOT NULL))
);
CREATE UNIQUE INDEX numero_de_session_unique ON sessions (numero);
CREATE INDEX sessions_du_compte ON sessions (compte, date_fin);
CREATE INDEX sessions_de_l_auteur ON sessions (auteur);
CREATE INDEX sessions_du_formateur ON sessions (formateur);
CREATE INDEX sessions_a_supprimer ON sessions (disparait_le);

-- With a numéro, names and birth day are the register's: only the e-mail typed stays here.
CREATE TABLE stagiaires (
  id UUID NOT NULL PRIMARY KEY,
  session UUID NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  rang BIGINT NOT NULL,
  numero TEXT REFERENCES personnes (numero),
  civilite TEXT,
  nom_naissance TEXT,
  nom_usage TEXT,
  prenom TEXT,
  date_naissance DATE,
  email TEXT,
  resultat TEXT,
  recherche TEXT,
  CONSTRAINT identite_au_registre_ou_sur_la_ligne CHECK (numero IS NULL OR
    (civilite IS NULL AND nom_naissance IS NULL AND nom_usage IS NULL AND prenom IS NULL
     AND date_naissance IS NULL AND recherche IS NULL))
);
CREATE UNIQUE INDEX un_stagiaire_une_fois_par_session ON stagiaires (session, numero);
CREATE INDEX stagiaires_de_la_session ON stagiaires (session, rang);
CREATE INDEX sessions_de_la_personne ON stagiaires (numero);

CREATE TABLE historique (
  session UUID NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  rang BIGINT NOT NULL,
  le TIMESTAMPTZ NOT NULL,
  par TEXT NOT NULL,
  evenement TEXT NOT NULL,
  commentaire TEXT,
  changements JSONB NOT NULL,
  PRIMARY KEY (session, rang)
);

-- The pictures printed on certificates, by SHA-256 of their pixels (zlib, here in base 64).
CREATE TABLE logos (
  empreinte TEXT NOT NULL PRIMARY KEY,
  pixels TEXT NOT NULL
);

-- The register: it survives the session. Persons, authors and formateurs are numéros here.
CREATE TABLE certificats (
  id UUID NOT NULL PRIMARY KEY,
  cle TEXT NOT NULL,
  numero TEXT NOT NULL,
  titulaire TEXT NOT NULL REFERENCES personnes (numero),
  session UUID,
  stagiaire UUID,
  rang BIGINT NOT NULL,
  dispositif TEXT NOT NULL,
  niveau TEXT NOT NULL,
  action TEXT,
  debut DATE NOT NULL,
  fin DATE,
  delivre_le DATE NOT NULL,
  compte UUID REFERENCES comptes (id),
  auteur TEXT,
  formateur TEXT,
  etat TEXT NOT NULL,
  remplace_par TEXT,
  revoque_le TIMESTAMPTZ,
  motif TEXT,
  disparait_le DATE,
  sort_du_registre_le DATE NOT NULL,
  imprime JSONB,
  sceau TEXT
);
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
  rang BIGINT NOT NULL PRIMARY KEY,
  le TIMESTAMPTZ NOT NULL,
  par TEXT,
  instance TEXT NOT NULL,
  acte TEXT NOT NULL,
  objet TEXT NOT NULL,
  avant TEXT,
  apres TEXT,
  precedent TEXT NOT NULL,
  empreinte TEXT NOT NULL
);
CREATE INDEX journal_par_objet ON journal (objet);
CREATE INDEX journal_par_auteur ON journal (par);
CREATE INDEX journal_par_date ON journal (le);

-- One row: the last entry of the journal, locked by whoever adds one.
CREATE TABLE journal_tete (
  id BIGINT NOT NULL PRIMARY KEY,
  rang BIGINT NOT NULL,
  empreinte TEXT NOT NULL
);
INSERT INTO journal_tete (id, rang, empreinte) VALUES (1, 0, '');

-- Mails to send, written with the change that they tell.
CREATE TABLE courrier (
  id UUID NOT NULL PRIMARY KEY,
  genre TEXT NOT NULL,
  destinataire TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  adresse TEXT NOT NULL,
  donnees JSONB NOT NULL,
  session UUID,
  cree_le TIMESTAMPTZ NOT NULL,
  essais BIGINT NOT NULL,
  prochain_essai_le TIMESTAMPTZ NOT NULL,
  envoye_le TIMESTAMPTZ,
  derniere_erreur TEXT
);
CREATE INDEX courrier_a_envoyer ON courrier (envoye_le, prochain_essai_le);
CREATE INDEX courrier_de_la_session ON courrier (session);
CREATE INDEX courrier_du_destinataire ON courrier (destinataire);

-- Answers kept for 24 hours under the key that the caller gave.
CREATE TABLE idempotence (
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  route TEXT NOT NULL,
  cle TEXT NOT NULL,
  corps TEXT NOT NULL,
  statut BIGINT,
  reponse TEXT,
  session UUID,
  cree_le TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (numero, route, cle)
);
CREATE INDEX idempotence_de_la_session ON idempotence (session);
CREATE INDEX idempotence_par_age ON idempotence (cree_le);
