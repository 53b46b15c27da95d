-- The tables that the views of the warehouse read, as they are told now.
CREATE VIEW article AS SELECT a.* EXCLUDE (load_id) FROM lake.article a JOIN newest_load USING (article_id, load_id);
CREATE VIEW programme_mention AS
SELECT p.* EXCLUDE (load_id) FROM lake.programme_mention p JOIN newest_load USING (article_id, load_id);
CREATE VIEW mention AS SELECT m.* EXCLUDE (load_id) FROM lake.mention m JOIN newest_load USING (article_id, load_id);
CREATE VIEW case_notice AS SELECT c.* EXCLUDE (load_id) FROM lake.case_notice c JOIN newest_load USING (article_id, load_id);
CREATE VIEW measure AS
SELECT m.* EXCLUDE (load_id), k.standing, k.series_key, k.statement_key, k.claim_id
FROM lake.measure m JOIN newest_load USING (article_id, load_id)
LEFT JOIN (FROM lake.measure_key QUALIFY telling = max(telling) OVER (PARTITION BY measure_id)) k USING (measure_id);
CREATE VIEW claim AS
SELECT c.* EXCLUDE (telling) FROM lake.claim c
JOIN (SELECT cell_key, max(telling) AS telling FROM lake.cell GROUP BY cell_key) USING (cell_key, telling);
CREATE VIEW summary AS FROM summed('claim');
CREATE VIEW failure AS
SELECT f.* EXCLUDE (load_id) FROM lake.failure f JOIN told_load t USING (load_id)
WHERE f.url NOT IN (SELECT url FROM article WHERE url IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY f.url ORDER BY t.seq DESC) = 1;
CREATE VIEW part AS
SELECT part, min(sha256) AS sha256, min(bytes) AS bytes, min(articles) AS articles, min(measures) AS measures, NULL::VARCHAR AS run_id
FROM lake.part WHERE part IN (SELECT part FROM told_load) GROUP BY part;
CREATE VIEW reading AS
SELECT a.run_id, article_id, measures, extractor_version, lexicon_hash, content_sha256 FROM lake.article a JOIN article_load USING (article_id, load_id);
CREATE VIEW measure_history AS
SELECT a.run_id, a.replaced_by, measure_id, article_id, span_start, span_end, surface, category, value, low, high, unit, region,
  region_scope, period_start, period_end, aggregation, modality, polarity, rule, is_measure, problem, rank, actor, object, parent, relation
FROM lake.measure m JOIN article_load a USING (article_id, load_id) WHERE a.replaced_by <> a.run_id;
-- When a page was fetched stands in the archive's index alone.
CREATE VIEW snapshot AS
SELECT snapshot_sha256 AS sha256, url, NULL::VARCHAR AS final_url, site, NULL::TIMESTAMP AS fetched_at, NULL::INTEGER AS http_status,
  NULL::BIGINT AS bytes, encoding, 'OK' AS outcome, NULL::VARCHAR AS cause, run_id FROM article WHERE snapshot_sha256 IS NOT NULL
UNION ALL BY NAME
SELECT snapshot_sha256 AS sha256, url, 'OK' AS outcome, run_id FROM failure WHERE snapshot_sha256 IS NOT NULL;
CREATE VIEW repeat AS
SELECT r.* EXCLUDE (telling) FROM lake.repeat r
JOIN (SELECT article_id, max(telling) AS telling FROM lake.repeat_of GROUP BY article_id) USING (article_id, telling);
