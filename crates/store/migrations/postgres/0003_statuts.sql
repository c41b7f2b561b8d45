-- The place of a certificate in the published lists that say which portable copies stand no more.
CREATE TABLE statuts (
  certificat UUID NOT NULL PRIMARY KEY REFERENCES certificats (id) ON DELETE CASCADE,
  liste BIGINT NOT NULL,
  rang BIGINT NOT NULL
);
CREATE UNIQUE INDEX un_certificat_par_rang ON statuts (liste, rang);
