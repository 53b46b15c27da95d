-- Every text that the batch brings, changes or takes away, and all that are tied to one of them by likeness.
CREATE OR REPLACE TEMP TABLE likeness_now AS
FROM text_likeness ANTI JOIN dropped_likeness USING (text_key, other_key) UNION ALL FROM new_likeness;
CREATE OR REPLACE TEMP TABLE tied_text AS
WITH RECURSIVE tie AS (
  SELECT text_key, other_key FROM likeness_now UNION ALL SELECT other_key, text_key FROM likeness_now
), reached(text_key) AS (
  SELECT text_key FROM fresh_text
  UNION SELECT text_key_of(text_sha256) FROM stage_article
  UNION SELECT text_key_of(text_sha256) FROM replaced_text
  UNION SELECT unnest([text_key, other_key]) FROM (FROM dropped_likeness UNION ALL SELECT text_key, other_key FROM new_likeness)
  UNION SELECT t.other_key FROM reached r JOIN tie t ON t.text_key = r.text_key
)
FROM reached;
CREATE OR REPLACE TEMP TABLE far_text AS
SELECT text_head_of(text_key) AS head FROM tied_text
WHERE text_key NOT IN (SELECT text_key_of(text_sha256) FROM stage_article UNION SELECT text_key_of(text_sha256) FROM replaced_text);
CREATE OR REPLACE TEMP TABLE tied_row AS
SELECT row_id FROM stored_text UNION SELECT rowid FROM article WHERE left(text_sha256, 16) IN (FROM far_text);
CREATE OR REPLACE TEMP TABLE tied_article AS
SELECT article_id, text_key_of(text_sha256) AS text_key, coalesce(site, regexp_extract(url, '^[a-z]*://([^/]*)', 1)) AS place,
  {'undated': published_at IS NULL, 'at': published_at, 'shorter': -length(text), 'id': article_id} AS age, published_at
FROM (
  SELECT article_id, text_sha256, site, url, published_at, text FROM stage_article
  UNION ALL
  SELECT article_id, text_sha256, site, url, published_at, text FROM article
  WHERE rowid IN (FROM tied_row)
    AND article_id NOT IN (SELECT article_id FROM stage_article)
) WHERE length(text) >= shortest_text();
-- The first printing of each text, and the earlier one it is likest; an excerpt repeats what tells more, not what it is told in later.
CREATE OR REPLACE TEMP TABLE printing AS
SELECT *, first_value(article_id) OVER (PARTITION BY text_key ORDER BY age) AS first_id FROM tied_article;
CREATE OR REPLACE TEMP TABLE led_back AS
WITH first_printing AS (FROM printing WHERE article_id = first_id), earlier AS (
  SELECT f.article_id, o.article_id AS repeats, l.likeness, l.within, l.excerpt, o.age FROM likeness_now l
  JOIN first_printing f ON f.text_key = l.text_key JOIN first_printing o ON o.text_key = l.other_key WHERE o.age < f.age
  UNION ALL
  SELECT f.article_id, o.article_id, l.likeness, l.within, l.excerpt, o.age FROM likeness_now l
  JOIN first_printing f ON f.text_key = l.other_key JOIN first_printing o ON o.text_key = l.text_key WHERE o.age < f.age AND NOT l.excerpt
)
SELECT article_id, repeats, likeness, within, excerpt, 'signature' AS evidence FROM earlier
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY excerpt, likeness DESC, age) = 1
UNION ALL
SELECT article_id, first_id, 1, 1, false, 'text' FROM printing WHERE article_id <> first_id;
CREATE OR REPLACE TEMP TABLE repeat_now AS
WITH RECURSIVE climbing AS (
  SELECT article_id, repeats AS cluster_id FROM led_back
  UNION ALL SELECT c.article_id, l.repeats FROM climbing c JOIN led_back l ON l.article_id = c.cluster_id
)
SELECT l.article_id, c.cluster_id, l.repeats,
  CASE WHEN l.excerpt THEN 'excerpt' WHEN a.place IS DISTINCT FROM b.place THEN 'repost' WHEN l.likeness = 1 THEN 'same_text' ELSE 'revision' END AS kind,
  l.evidence, l.likeness, l.within
FROM led_back l JOIN climbing c USING (article_id) JOIN printing a USING (article_id) JOIN printing b ON b.article_id = l.repeats
WHERE c.cluster_id NOT IN (SELECT article_id FROM led_back);
-- The articles that tell another one again once all is written, and those stored whose story changes.
CREATE OR REPLACE TEMP TABLE untied AS
SELECT article_id FROM printing UNION SELECT article_id FROM stage_article;
CREATE OR REPLACE TEMP TABLE retold AS
SELECT article_id, cluster_id FROM repeat WHERE article_id NOT IN (FROM untied)
UNION ALL SELECT article_id, cluster_id FROM repeat_now;
CREATE OR REPLACE TEMP TABLE turned AS
SELECT DISTINCT article_id FROM (
  SELECT article_id, cluster_id FROM repeat WHERE article_id IN (FROM untied) EXCEPT SELECT article_id, cluster_id FROM repeat_now
  UNION ALL (SELECT article_id, cluster_id FROM repeat_now EXCEPT SELECT article_id, cluster_id FROM repeat))
WHERE article_id NOT IN (SELECT article_id FROM stage_article);
-- The room is needed: what is left is written as it stands.
DROP TABLE held;
DROP TABLE turned_passage;
DROP TABLE seed_passage;
DROP TABLE telling;
DROP TABLE pair;
DROP TABLE likeness_now;
DROP TABLE tied_article;
DROP TABLE printing
