-- Texts that no stored article holds yet, or that nobody has looked at, and texts that no article will hold any more.
CREATE OR REPLACE TEMP TABLE replaced_text AS
SELECT text_sha256 FROM article WHERE article_id IN (SELECT article_id FROM stage_article);
CREATE OR REPLACE TEMP TABLE stored_text AS
SELECT rowid AS row_id, text_sha256, article_id FROM article
WHERE text_sha256 IN (SELECT text_sha256 FROM stage_article UNION SELECT text_sha256 FROM replaced_text);
CREATE OR REPLACE TEMP TABLE fresh_text AS
SELECT text_key_of(text_sha256) AS text_key, true AS staged, min(article_id) AS article_id FROM stage_article
WHERE length(text) >= shortest_text() AND text_sha256 NOT IN (SELECT text_sha256 FROM stored_text) GROUP BY text_sha256;
INSERT INTO fresh_text SELECT text_key_of(text_sha256), false, min(article_id) FROM article
WHERE length(text) >= shortest_text() AND NOT EXISTS (FROM text_passage) GROUP BY text_sha256;
CREATE OR REPLACE TEMP TABLE gone_text AS
SELECT DISTINCT text_key_of(text_sha256) AS text_key FROM replaced_text
WHERE text_sha256 NOT IN (SELECT text_sha256 FROM stage_article)
  AND text_sha256 NOT IN (SELECT text_sha256 FROM stored_text WHERE article_id NOT IN (SELECT article_id FROM stage_article));
CREATE OR REPLACE TEMP TABLE new_passage AS
SELECT text_key, unnest(passages) AS passage FROM stage_article JOIN fresh_text USING (article_id) WHERE staged;
CREATE OR REPLACE TEMP TABLE new_likeness AS FROM text_likeness LIMIT 0
