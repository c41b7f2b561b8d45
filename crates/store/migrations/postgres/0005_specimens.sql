-- Whether a certificate was issued without value: still said once what it printed is erased.
ALTER TABLE certificats ADD COLUMN specimen BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE certificats SET specimen = TRUE WHERE imprime ->> 'specimen' = 'true';
