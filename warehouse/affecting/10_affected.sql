-- Which measures must be told anew which claim they state. Only the series and years that the batch touches are read.
-- Nothing is written yet: what is staged stands in `fresh`, and what it will replace is left out of what is stored.
CREATE OR REPLACE TEMP TABLE touched_statement AS
SELECT statement_key FROM old_measure WHERE statement_key IS NOT NULL
UNION SELECT statement_key FROM fresh WHERE statement_key IS NOT NULL;
CREATE OR REPLACE TEMP TABLE affected_article AS
SELECT article_id FROM touched_article UNION SELECT article_id FROM turned
UNION SELECT article_id FROM measure WHERE statement_key IN (FROM touched_statement);
CREATE OR REPLACE TEMP TABLE affected_row AS
SELECT rowid AS row_id, * FROM measure
WHERE (is_measure OR list_contains(flags, 'misprint'))
  AND article_id IN (FROM affected_article EXCEPT SELECT article_id FROM stage_article EXCEPT FROM withdrawn);
CREATE OR REPLACE TEMP TABLE affected AS
SELECT NULL::BIGINT AS row_id, * FROM fresh WHERE is_measure AND article_id NOT IN (FROM withdrawn)
UNION ALL BY NAME
SELECT a.row_id, k.* FROM keyed('affected_row', 'article') k JOIN affected_row a USING (measure_id);
-- The first printing of each sentence among the affected ones, and what it said of the period.
CREATE OR REPLACE TEMP TABLE first_printing AS
WITH printing AS (
  SELECT m.statement_key, m.series_key, a.published_on, m.article_id, m.period_end, m.period_start
  FROM measure m JOIN article a USING (article_id)
  WHERE m.statement_key IN (SELECT statement_key FROM affected WHERE statement_key IS NOT NULL)
    AND m.article_id NOT IN (SELECT article_id FROM stage_article) AND m.article_id NOT IN (FROM withdrawn)
  UNION ALL
  SELECT statement_key, series_key, published_on, article_id, period_end, period_start FROM fresh
  WHERE statement_key IS NOT NULL AND article_id NOT IN (FROM withdrawn)
)
SELECT statement_key, series_key, min(published_on) AS published_on,
  arg_min(article_id, (published_on, article_id)) AS article_id,
  arg_min(period_end, (published_on, article_id)) AS period_end,
  arg_min(period_start, (published_on, article_id)) AS period_start
FROM printing WHERE published_on IS NOT NULL GROUP BY statement_key, series_key;
-- What each affected measure says, its period taken from the first printing or from the same figure told in full elsewhere in
-- the same article (a headline without a period).
CREATE OR REPLACE TEMP TABLE said AS
WITH printed AS (
  SELECT a.* REPLACE (CASE WHEN again THEN p.period_start ELSE a.period_start END AS period_start,
      CASE WHEN again THEN p.period_end ELSE a.period_end END AS period_end), again
  FROM (SELECT a.*, coalesce(p.article_id <> a.article_id AND a.published_on - p.published_on <= 45, false) AS again
        FROM affected a LEFT JOIN first_printing p USING (statement_key, series_key)) a
  LEFT JOIN first_printing p USING (statement_key, series_key)
), fuller AS (
  SELECT m.measure_id, count(DISTINCT (c.period_start, c.period_end, c.series_key)) AS choices, min(c.measure_id) AS of_id
  FROM printed m JOIN printed c ON c.article_id = m.article_id AND c.measure_id <> m.measure_id
    AND c.category = m.category AND c.value = m.value AND c.unit IS NOT DISTINCT FROM m.unit
    AND c.problem IS NOT DISTINCT FROM m.problem AND c.rank IS NOT DISTINCT FROM m.rank
    AND c.modality = m.modality AND c.polarity = m.polarity
    AND (m.region IS NULL OR c.region IS NOT DISTINCT FROM m.region)
    AND m.period_start IS NULL AND c.period_start IS NOT NULL
  WHERE m.category <> 'uncategorised'
  GROUP BY 1
)
SELECT x.*, cell_key_of(series_key, period_end, published_on) AS cell_key FROM (
SELECT m.* EXCLUDE (again) REPLACE (
    coalesce(c.series_key, m.series_key) AS series_key, coalesce(c.region, m.region) AS region,
    coalesce(c.region_scope, m.region_scope) AS region_scope,
    coalesce(c.period_start, m.period_start) AS period_start,
    CASE WHEN c.measure_id IS NULL THEN m.period_end ELSE c.period_end END AS period_end),
  a.period_start IS NOT NULL AS dated
FROM printed m LEFT JOIN fuller f ON f.measure_id = m.measure_id AND f.choices = 1
LEFT JOIN printed c ON c.measure_id = f.of_id
JOIN affected a ON a.measure_id = m.measure_id) x;
CREATE OR REPLACE TEMP TABLE all_touched_cell AS
SELECT cell_key, series_key FROM claim WHERE claim_id IN (SELECT claim_id FROM old_measure UNION SELECT claim_id FROM said)
UNION SELECT cell_key, series_key FROM said;
-- A total that runs over years is subtracted from the later ones of its series.
INSERT INTO all_touched_cell
SELECT DISTINCT cell_key, series_key FROM claim
WHERE year(period_start) < year(period_end) AND cell_key NOT IN (SELECT cell_key FROM all_touched_cell) AND series_key IN (
  SELECT series_key FROM said WHERE year(period_start) < year(period_end)
  UNION SELECT series_key FROM claim WHERE year(period_start) < year(period_end) AND claim_id IN (SELECT claim_id FROM old_measure));
