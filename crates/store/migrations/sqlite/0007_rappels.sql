-- A mail that is written once for an occasion, whoever writes it: the reminders of a person on a day.
ALTER TABLE courrier ADD COLUMN occasion TEXT;
CREATE UNIQUE INDEX un_courrier_par_occasion ON courrier (occasion);

-- What was told, to whom, of what, at which step: never twice. It goes with its session and its person.
CREATE TABLE rappels (
  destinataire TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  genre TEXT NOT NULL,
  objet TEXT NOT NULL,
  repere TEXT NOT NULL,
  palier INTEGER NOT NULL,
  session TEXT REFERENCES sessions (id) ON DELETE CASCADE,
  courrier TEXT NOT NULL,
  PRIMARY KEY (destinataire, genre, objet, repere, palier)
) STRICT;
CREATE INDEX rappels_de_la_session ON rappels (session);
CREATE INDEX rappels_du_courrier ON rappels (courrier);
CREATE INDEX rappels_par_jour ON rappels (repere);

-- The kinds of reminders that a person does not want.
CREATE TABLE rappels_refuses (
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  genre TEXT NOT NULL,
  PRIMARY KEY (numero, genre)
) STRICT;

CREATE INDEX sessions_par_etat ON sessions (etat, date_fin);
CREATE INDEX habilitations_par_fin ON habilitations (fin);
CREATE INDEX qualifications_par_fin ON certificats (fin) WHERE niveau <> 'acteur';
