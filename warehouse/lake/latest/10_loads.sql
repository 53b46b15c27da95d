-- Which appended rows count: parts that were told, each once; of an article what was told last, and before it whatever said
-- something else.
CREATE VIEW told_load AS SELECT part, min(load_id) AS load_id, min(seq) AS seq FROM lake.told GROUP BY part;
CREATE VIEW article_load AS
SELECT article_id, load_id, seq, run_id, lead(run_id) OVER (PARTITION BY article_id ORDER BY seq) AS replaced_by
FROM (
  SELECT article_id, load_id, seq, run_id, row(content_sha256, extractor_version, lexicon_hash) AS said
  FROM lake.article JOIN told_load USING (load_id)
  QUALIFY said IS DISTINCT FROM lag(said) OVER (PARTITION BY article_id ORDER BY seq)
);
CREATE VIEW newest_load AS SELECT article_id, load_id FROM article_load WHERE replaced_by IS NULL;
