-- Put the staged articles in the place of what was stored of them before, and the claims as they are told now. Everything was
-- worked out beforehand: the transaction only deletes, inserts and updates. (DuckDB 2.0.0 now and then spoils its memory where
-- temporary tables are made anew inside a transaction: strings turn to rubbish, updates miss rows.)
INSERT INTO measure_history BY NAME
SELECT run_id, getvariable('run_id') AS replaced_by, measure_id, article_id, span_start, span_end, surface, category, value,
  low, high, unit, region, region_scope, period_start, period_end, aggregation, modality, polarity, rule, is_measure,
  problem, rank, actor, object, parent, relation
FROM measure WHERE rowid IN (SELECT rowid FROM measure WHERE article_id IN (SELECT article_id FROM stage_article))
  AND run_id <> getvariable('run_id');
DELETE FROM article WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM measure WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM programme_mention WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM mention WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM case_notice WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM correction_applied WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM failure WHERE url IN (SELECT url FROM stage_article);
INSERT INTO article BY NAME SELECT * EXCLUDE (passages) FROM stage_article;
INSERT INTO programme_mention BY NAME FROM stage_programme_mention;
INSERT INTO mention BY NAME FROM stage_mention;
INSERT INTO case_notice BY NAME FROM stage_case_notice;
INSERT INTO reading BY NAME
SELECT run_id, article_id, measures, extractor_version, lexicon_hash, content_sha256 FROM stage_article
WHERE getvariable('run_id') IS NOT NULL;
INSERT INTO correction_applied BY NAME FROM stage_correction;
INSERT INTO measure BY NAME
SELECT s.* REPLACE (f.series_key AS series_key, f.statement_key AS statement_key, f.standing AS standing, t.claim_id AS claim_id)
FROM stage_measure s JOIN fresh f ON f.row_id = s.rowid
LEFT JOIN (FROM stated WHERE staged) t ON t.row_id = s.rowid;
UPDATE measure SET claim_id = t.claim_id FROM stated t
WHERE NOT t.staged AND measure.rowid = t.row_id AND measure.claim_id IS DISTINCT FROM t.claim_id;
UPDATE measure SET claim_id = NULL
WHERE claim_id IS NOT NULL AND article_id IN (SELECT article_id FROM touched_article INTERSECT SELECT article_id FROM withdrawn);
DELETE FROM claim WHERE rowid IN (SELECT row_id FROM standing_claim WHERE NOT kept);
UPDATE claim SET contradicted = r.contradicted, in_month = r.in_month, in_quarter = r.in_quarter, in_half_year = r.in_half_year,
  in_year = r.in_year
FROM recounted r WHERE claim.rowid = r.row_id;
INSERT INTO claim BY NAME
SELECT * EXCLUDE (claim_key, countable, crowd, staged, row_id), claim_id NOT IN (FROM later_of_period) AS first_of_period FROM bucketed('told');
INSERT INTO claim BY NAME FROM derived;
DELETE FROM summary WHERE rowid IN (FROM old_sum);
