-- Numéros of persons who were entered, or of whom something that held them is gone: the sweep looks whether anything holds
-- them still (R6b), and has no need to look at the millions of others. A numéro may stand there several times, so that
-- nobody waits for anybody to write it.
CREATE TABLE personnes_a_revoir (numero TEXT NOT NULL) STRICT;
CREATE INDEX a_revoir_par_numero ON personnes_a_revoir (numero);

CREATE TRIGGER certificats_titulaire_efface AFTER DELETE ON certificats BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.titulaire);
END;
CREATE TRIGGER certificats_titulaire_change AFTER UPDATE OF titulaire ON certificats
  WHEN OLD.titulaire IS NOT NEW.titulaire BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.titulaire);
END;

CREATE TRIGGER stagiaires_numero_efface AFTER DELETE ON stagiaires
  WHEN OLD.numero IS NOT NULL BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.numero);
END;
CREATE TRIGGER stagiaires_numero_change AFTER UPDATE OF numero ON stagiaires
  WHEN OLD.numero IS NOT NEW.numero AND OLD.numero IS NOT NULL BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.numero);
END;

CREATE TRIGGER profils_numero_efface AFTER DELETE ON profils BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.numero);
END;
CREATE TRIGGER profils_numero_change AFTER UPDATE OF numero ON profils
  WHEN OLD.numero IS NOT NEW.numero BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.numero);
END;

CREATE TRIGGER sessions_auteur_efface AFTER DELETE ON sessions BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.auteur);
END;
CREATE TRIGGER sessions_auteur_change AFTER UPDATE OF auteur ON sessions
  WHEN OLD.auteur IS NOT NEW.auteur BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.auteur);
END;

CREATE TRIGGER sessions_formateur_efface AFTER DELETE ON sessions
  WHEN OLD.formateur IS NOT NULL BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.formateur);
END;
CREATE TRIGGER sessions_formateur_change AFTER UPDATE OF formateur ON sessions
  WHEN OLD.formateur IS NOT NEW.formateur AND OLD.formateur IS NOT NULL BEGIN
  INSERT INTO personnes_a_revoir (numero) VALUES (OLD.formateur);
END;

INSERT INTO personnes_a_revoir (numero) SELECT p.numero FROM personnes AS p
WHERE NOT EXISTS (SELECT 1 FROM certificats AS c WHERE c.titulaire = p.numero)
  AND NOT EXISTS (SELECT 1 FROM profils AS u WHERE u.numero = p.numero)
  AND NOT EXISTS (SELECT 1 FROM stagiaires AS t WHERE t.numero = p.numero)
  AND NOT EXISTS (SELECT 1 FROM sessions AS s WHERE s.auteur = p.numero OR s.formateur = p.numero);
