-- The public halves of the keys that seal files and sign statements: known to all instances, kept for ever.
CREATE TABLE cles_publiques (
  empreinte TEXT NOT NULL PRIMARY KEY,
  emploi TEXT NOT NULL CONSTRAINT emploi_connu CHECK (emploi IN ('sceau', 'enonces')),
  publique TEXT NOT NULL,
  depuis TEXT NOT NULL,
  retiree_le TEXT
) STRICT;
CREATE UNIQUE INDEX une_cle_courante_par_emploi ON cles_publiques (emploi) WHERE retiree_le IS NULL;
