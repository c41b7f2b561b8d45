-- The keys of a person carry what a look-up compares, so that candidates are graded where they are found (R17), and
-- nobody else's row is read. Filled by the program.
DROP TABLE personne_cles;
CREATE TABLE personne_cles (
  cle TEXT NOT NULL,
  numero TEXT NOT NULL REFERENCES personnes (numero) ON DELETE CASCADE,
  nom_naissance TEXT NOT NULL,
  nom_usage TEXT,
  prenom TEXT NOT NULL,
  date_naissance TEXT NOT NULL,
  PRIMARY KEY (cle, numero)
) STRICT, WITHOUT ROWID;
CREATE INDEX cles_de_la_personne ON personne_cles (numero);
