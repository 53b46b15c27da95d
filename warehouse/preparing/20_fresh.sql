-- Each measure gets the key of its series and, where its period hangs on the day of publication, of its sentence:
-- the same sentence printed again some days later states the same claim.
-- `standing`: a whole may be added up within its category, and so may one share of a whole of another category (a form, of
-- all four forms); a part stands beside its whole; what lies within a whole of the same kind is in no sum.
CREATE OR REPLACE TEMP VIEW staged_measure AS SELECT rowid AS row_id, * FROM stage_measure;
CREATE OR REPLACE TEMP TABLE said AS
WITH whole AS (
  SELECT measure_id, is_measure, category, problem, rank FROM stage_measure WHERE measure_id IN (
    SELECT parent FROM stage_measure WHERE relation IN ('partition', 'subset', 'overlap'))
)
SELECT true AS staged, k.* REPLACE (CASE
    WHEN k.parent IS NULL OR coalesce(k.relation, '') NOT IN ('partition', 'subset', 'overlap', 'two_level') THEN 'whole'
    WHEN k.relation = 'two_level' THEN 'within'
    WHEN p.measure_id IS NULL OR NOT p.is_measure THEN CASE WHEN k.relation = 'partition' THEN 'whole' ELSE 'part' END
    WHEN (p.category, p.problem, p.rank) IS NOT DISTINCT FROM (k.category, k.problem, k.rank) THEN 'within'
    WHEN k.relation = 'partition' AND p.category <> k.category THEN 'whole'
    ELSE 'part' END AS standing)
FROM gathered('staged_measure', 'stage_article') k LEFT JOIN whole p ON p.measure_id = k.parent;
CREATE OR REPLACE TEMP TABLE fresh AS SELECT row_id, series_key, statement_key, standing FROM said;
CREATE OR REPLACE TEMP TABLE fresh_statement AS
SELECT statement_key, series_key, article_id, published_on, period_start, period_end FROM said WHERE statement_key IS NOT NULL;
CREATE OR REPLACE TEMP TABLE touched_article AS SELECT article_id FROM stage_article;
CREATE OR REPLACE TEMP TABLE old_measure AS
SELECT claim_id, statement_key FROM measure WHERE article_id IN (FROM touched_article) AND claim_id IS NOT NULL;
