-- Which measures must be told anew which claim they state. Only what the batch touches is read.
-- Nothing is written yet: what is staged stands in `said` and, as it was read, in `fresh` and `fresh_statement`; what it will
-- replace is left out of what is stored.
CREATE OR REPLACE TEMP TABLE touched_statement AS
SELECT statement_key FROM old_measure WHERE statement_key IS NOT NULL
UNION SELECT statement_key FROM fresh_statement;
CREATE OR REPLACE TEMP TABLE affected_article AS
SELECT article_id FROM touched_article UNION SELECT article_id FROM turned
UNION SELECT article_id FROM measure
WHERE rowid IN (SELECT rowid FROM measure WHERE statement_key IN (FROM touched_statement));
CREATE OR REPLACE TEMP TABLE affected_row AS
SELECT rowid AS row_id, * FROM measure
WHERE (is_measure OR list_contains(flags, 'misprint')) AND rowid IN (
  SELECT rowid FROM measure
  WHERE article_id IN (FROM affected_article EXCEPT SELECT article_id FROM stage_article EXCEPT FROM withdrawn));
-- What each affected measure says. `row_id` is the one in stage_measure of what is staged, else the one in measure.
DELETE FROM said WHERE NOT is_measure OR article_id IN (FROM withdrawn);
INSERT INTO said BY NAME SELECT false AS staged, * FROM gathered('affected_row', 'article');
-- The first printing of each sentence among the affected ones, and what it said of the period: printed again, it says the same.
CREATE OR REPLACE TEMP TABLE printed AS
SELECT statement_key, series_key, article_id, period_end, period_start FROM measure
WHERE rowid IN (
    SELECT rowid FROM measure WHERE statement_key IN (SELECT statement_key FROM said WHERE statement_key IS NOT NULL))
  AND article_id NOT IN (SELECT article_id FROM stage_article) AND article_id NOT IN (FROM withdrawn);
CREATE OR REPLACE TEMP TABLE first_printing AS
WITH printing AS (
  SELECT statement_key, series_key, published_on, article_id, period_end, period_start FROM printed
  JOIN (SELECT article_id, published_on FROM article WHERE article_id IN (SELECT article_id FROM printed)) USING (article_id)
  UNION ALL
  SELECT statement_key, series_key, published_on, article_id, period_end, period_start FROM fresh_statement
  WHERE article_id NOT IN (FROM withdrawn)
)
SELECT statement_key, series_key, min(published_on) AS published_on,
  arg_min(article_id, (published_on, article_id)) AS article_id,
  arg_min(period_end, (published_on, article_id)) AS period_end,
  arg_min(period_start, (published_on, article_id)) AS period_start
FROM printing WHERE published_on IS NOT NULL GROUP BY statement_key, series_key;
CREATE OR REPLACE TEMP TABLE reprint AS
SELECT s.staged, s.row_id, p.period_start, p.period_end
FROM said s JOIN first_printing p USING (statement_key, series_key)
WHERE p.article_id <> s.article_id AND s.published_on - p.published_on <= 45;
UPDATE said SET period_start = r.period_start, period_end = r.period_end FROM reprint r
WHERE said.staged = r.staged AND said.row_id = r.row_id;
-- A figure without a period is the same figure told in full elsewhere in the same article, where there is one such only.
CREATE OR REPLACE TEMP TABLE headline AS
WITH brief AS (
  FROM said WHERE period_start IS NULL AND category <> 'uncategorised'
), full_told AS (
  FROM said WHERE period_start IS NOT NULL AND article_id IN (SELECT article_id FROM brief)
), fuller AS (
  SELECT m.staged, m.row_id, m.article_id, min(c.measure_id) AS measure_id
  FROM brief m JOIN full_told c ON c.article_id = m.article_id AND c.measure_id <> m.measure_id
    AND c.category = m.category AND c.value = m.value AND c.unit IS NOT DISTINCT FROM m.unit
    AND c.problem IS NOT DISTINCT FROM m.problem AND c.rank IS NOT DISTINCT FROM m.rank
    AND c.modality = m.modality AND c.polarity = m.polarity
    AND (m.region IS NULL OR c.region IS NOT DISTINCT FROM m.region)
  GROUP BY ALL HAVING count(DISTINCT (c.period_start, c.period_end, c.series_key)) = 1
)
SELECT f.staged, f.row_id, c.series_key, c.region, c.region_scope, c.period_start, c.period_end
FROM fuller f JOIN full_told c USING (article_id, measure_id);
UPDATE said SET series_key = h.series_key, region = coalesce(h.region, said.region), region_scope = h.region_scope,
  period_start = h.period_start, period_end = h.period_end
FROM headline h WHERE said.staged = h.staged AND said.row_id = h.row_id;
UPDATE said SET cell_key = cell_key_of(series_key, period_end, published_on),
  flow = flow_of(aggregation, period_start, period_end),
  told_of = told_of_key(series_key, flow_of(aggregation, period_start, period_end), period_start, period_end)
FROM (SELECT staged, row_id FROM reprint UNION SELECT staged, row_id FROM headline) moved
WHERE said.staged = moved.staged AND said.row_id = moved.row_id;
-- A cell is a series in a year: what its claims count for is judged anew.
CREATE OR REPLACE TEMP TABLE old_claim AS
SELECT claim_id FROM old_measure UNION SELECT claim_id FROM said WHERE claim_id IS NOT NULL;
CREATE OR REPLACE TEMP TABLE all_touched_cell AS
SELECT cell_key, series_key FROM claim WHERE claim_id IN (FROM old_claim)
UNION SELECT cell_key, series_key FROM said;
-- The claims of the touched cells as they stand. Those of which nothing new is said, and nothing old taken back, are kept as
-- they are, but for the buckets that they count in.
CREATE OR REPLACE TEMP TABLE standing_claim AS FROM standing_in('all_touched_cell');
-- A total that runs over years is subtracted from the later ones of its series.
CREATE OR REPLACE TEMP TABLE later_cell AS
SELECT DISTINCT cell_key, series_key FROM claim
WHERE rowid IN (SELECT rowid FROM claim WHERE series_key IN (
    SELECT series_key FROM said WHERE year(period_start) < year(period_end)
    UNION SELECT series_key FROM standing_claim WHERE year(period_start) < year(period_end)))
  AND year(period_start) < year(period_end) AND cell_key NOT IN (SELECT cell_key FROM all_touched_cell);
INSERT INTO standing_claim FROM standing_in('later_cell');
INSERT INTO all_touched_cell FROM later_cell;
UPDATE standing_claim SET kept = false WHERE kept AND told_of IN (
  SELECT told_of FROM said UNION SELECT told_of FROM standing_claim WHERE kind = 'stated' AND claim_id IN (FROM old_claim));
CREATE OR REPLACE TEMP VIEW kept_claim AS
SELECT row_id, claim_id, period_start, period_end, true AS countable FROM standing_claim
WHERE kept AND standing IS NOT NULL AND (cell_key NOT IN (FROM judged_cell) OR claim_id IN (SELECT claim_id FROM verdict));
