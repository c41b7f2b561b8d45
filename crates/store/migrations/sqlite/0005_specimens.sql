-- Whether a certificate was issued without value: still said once what it printed is erased.
ALTER TABLE certificats ADD COLUMN specimen INTEGER NOT NULL DEFAULT 0;
UPDATE certificats SET specimen = 1 WHERE imprime ->> 'specimen' = 1;
