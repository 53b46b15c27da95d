-- Put the staged articles in the place of what was stored of them before.
INSERT INTO touched_article SELECT article_id FROM stage_article;
INSERT INTO old_measure
SELECT claim_id, statement_key FROM measure WHERE article_id IN (SELECT article_id FROM stage_article) AND claim_id IS NOT NULL;
INSERT INTO measure_history BY NAME
SELECT run_id, getvariable('run_id') AS replaced_by, measure_id, article_id, span_start, span_end, surface, category, value,
  low, high, unit, region, region_scope, period_start, period_end, aggregation, modality, polarity, rule, is_measure,
  problem, rank, actor, object, parent, relation
FROM measure WHERE article_id IN (SELECT article_id FROM stage_article) AND run_id <> getvariable('run_id');
DELETE FROM article WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM measure WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM programme_mention WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM mention WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM case_notice WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM correction_applied WHERE article_id IN (SELECT article_id FROM stage_article);
DELETE FROM failure WHERE url IN (SELECT url FROM stage_article);
INSERT INTO article BY NAME FROM stage_article;
INSERT INTO programme_mention BY NAME FROM stage_programme_mention;
INSERT INTO mention BY NAME FROM stage_mention;
INSERT INTO case_notice BY NAME FROM stage_case_notice;
INSERT INTO reading BY NAME
SELECT run_id, article_id, measures, extractor_version, lexicon_hash, content_sha256 FROM stage_article
WHERE getvariable('run_id') IS NOT NULL;
INSERT INTO correction_applied BY NAME FROM stage_correction;
-- Each measure gets the key of its series and, where its period hangs on the day of publication, of its sentence:
-- the same sentence printed again some days later states the same claim.
-- `standing`: a whole may be added up within its category, and so may one share of a whole of another category (a form, of
-- all four forms); a part stands beside its whole; what lies within a whole of the same kind is in no sum.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT k.* REPLACE (CASE
    WHEN k.parent IS NULL OR coalesce(k.relation, '') NOT IN ('partition', 'subset', 'overlap', 'two_level') THEN 'whole'
    WHEN k.relation = 'two_level' THEN 'within'
    WHEN p.measure_id IS NULL OR NOT p.is_measure THEN CASE WHEN k.relation = 'partition' THEN 'whole' ELSE 'part' END
    WHEN (p.category, p.problem, p.rank) IS NOT DISTINCT FROM (k.category, k.problem, k.rank) THEN 'within'
    WHEN k.relation = 'partition' AND p.category <> k.category THEN 'whole'
    ELSE 'part' END AS standing)
FROM keyed('stage_measure', 'stage_article') k LEFT JOIN stage_measure p ON p.measure_id = k.parent;
INSERT INTO measure BY NAME
SELECT s.* REPLACE (f.series_key AS series_key, f.statement_key AS statement_key, f.standing AS standing)
FROM stage_measure s JOIN fresh f USING (measure_id);
INSERT INTO new_statement SELECT statement_key FROM fresh WHERE statement_key IS NOT NULL;
INSERT INTO fresh_key BY NAME FROM fresh WHERE is_measure;
DROP TABLE fresh;
