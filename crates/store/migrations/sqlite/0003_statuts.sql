-- The place of a certificate in the published lists that say which portable copies stand no more.
CREATE TABLE statuts (
  certificat TEXT NOT NULL PRIMARY KEY REFERENCES certificats (id) ON DELETE CASCADE,
  liste INTEGER NOT NULL,
  rang INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX un_certificat_par_rang ON statuts (liste, rang);
