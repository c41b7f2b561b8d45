-- Numéros of persons who were entered, or of whom something that held them is gone: the sweep looks whether anything holds
-- them still (R6b), and has no need to look at the millions of others. A numéro may stand there several times, so that
-- nobody waits for anybody to write it.
CREATE TABLE personnes_a_revoir (numero TEXT NOT NULL);
CREATE INDEX a_revoir_par_numero ON personnes_a_revoir (numero);

CREATE FUNCTION revoir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO personnes_a_revoir (numero)
  SELECT tenue FROM (SELECT to_jsonb(OLD) ->> TG_ARGV[0] AS tenue) AS ligne WHERE tenue IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER certificats_titulaire_efface AFTER DELETE ON certificats
  FOR EACH ROW EXECUTE FUNCTION revoir('titulaire');
CREATE TRIGGER certificats_titulaire_change AFTER UPDATE OF titulaire ON certificats
  FOR EACH ROW WHEN (OLD.titulaire IS DISTINCT FROM NEW.titulaire) EXECUTE FUNCTION revoir('titulaire');

CREATE TRIGGER stagiaires_numero_efface AFTER DELETE ON stagiaires
  FOR EACH ROW EXECUTE FUNCTION revoir('numero');
CREATE TRIGGER stagiaires_numero_change AFTER UPDATE OF numero ON stagiaires
  FOR EACH ROW WHEN (OLD.numero IS DISTINCT FROM NEW.numero) EXECUTE FUNCTION revoir('numero');

CREATE TRIGGER profils_numero_efface AFTER DELETE ON profils
  FOR EACH ROW EXECUTE FUNCTION revoir('numero');
CREATE TRIGGER profils_numero_change AFTER UPDATE OF numero ON profils
  FOR EACH ROW WHEN (OLD.numero IS DISTINCT FROM NEW.numero) EXECUTE FUNCTION revoir('numero');

CREATE TRIGGER sessions_auteur_efface AFTER DELETE ON sessions
  FOR EACH ROW EXECUTE FUNCTION revoir('auteur');
CREATE TRIGGER sessions_auteur_change AFTER UPDATE OF auteur ON sessions
  FOR EACH ROW WHEN (OLD.auteur IS DISTINCT FROM NEW.auteur) EXECUTE FUNCTION revoir('auteur');

CREATE TRIGGER sessions_formateur_efface AFTER DELETE ON sessions
  FOR EACH ROW EXECUTE FUNCTION revoir('formateur');
CREATE TRIGGER sessions_formateur_change AFTER UPDATE OF formateur ON sessions
  FOR EACH ROW WHEN (OLD.formateur IS DISTINCT FROM NEW.formateur) EXECUTE FUNCTION revoir('formateur');

INSERT INTO personnes_a_revoir (numero) SELECT p.numero FROM personnes AS p
WHERE NOT EXISTS (SELECT 1 FROM certificats AS c WHERE c.titulaire = p.numero)
  AND NOT EXISTS (SELECT 1 FROM profils AS u WHERE u.numero = p.numero)
  AND NOT EXISTS (SELECT 1 FROM stagiaires AS t WHERE t.numero = p.numero)
  AND NOT EXISTS (SELECT 1 FROM sessions AS s WHERE s.auteur = p.numero OR s.formateur = p.numero);
