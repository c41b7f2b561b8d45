-- Keys as `doublons::cles` has computed them since: the program writes them again after this step. They are compared
-- byte by byte: the order of a language would cost time, and part neighbouring keys.
TRUNCATE personne_cles;
ALTER TABLE personne_cles ALTER COLUMN cle TYPE TEXT COLLATE "C";
