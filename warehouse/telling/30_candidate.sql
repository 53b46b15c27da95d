-- Claims that may count in a bucket, and the series and years among them whose periods overlap or run over years: there the
-- same doing is told more than once, and what counts is judged in warehouse.series.
CREATE OR REPLACE TEMP TABLE candidate AS
SELECT *, date_trunc('month', period_start) = date_trunc('month', period_end) AS of_month,
  date_trunc('quarter', period_start) = date_trunc('quarter', period_end) AS of_quarter,
  year(period_start) = year(period_end) AND (month(period_start) - 1) // 6 = (month(period_end) - 1) // 6 AS of_half_year,
  year(period_start) = year(period_end) AS of_year
FROM new_claim
WHERE additive = 'sum' AND flow = 'flow' AND modality = 'achieved' AND polarity = 1 AND value IS NOT NULL
  AND standing <> 'within' AND period_start <= period_end;
CREATE OR REPLACE TEMP TABLE tangled AS
SELECT DISTINCT cell_key FROM (
  SELECT cell_key, period_start, max(period_end) OVER (PARTITION BY cell_key ORDER BY period_start, period_end
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM (SELECT DISTINCT cell_key, period_start, period_end FROM candidate))
WHERE period_start <= reach
UNION SELECT cell_key FROM candidate WHERE year(period_start) < year(period_end)
UNION SELECT cell_key FROM candidate GROUP BY 1 HAVING min(subject) = '' AND max(subject) <> '';
-- Earlier cut-offs of totals that run over years.
CREATE OR REPLACE TEMP TABLE earlier AS
WITH long_total AS (
  SELECT DISTINCT cell_key, series_key, year(period_end) AS ends FROM candidate WHERE year(period_start) < year(period_end)
), told AS (
  SELECT claim_id, series_key, subject, period_start, period_end, value, low, high, conflict, category, region, measure_ids FROM candidate
  WHERE year(period_start) < year(period_end)
  UNION ALL BY NAME
  SELECT claim_id, series_key, subject, period_start, period_end, value, low, high, conflict, category, region, measure_ids FROM claim
  WHERE kind = 'stated' AND standing IS NOT NULL AND year(period_start) < year(period_end)
    AND cell_key NOT IN (FROM touched_cell) AND series_key IN (SELECT series_key FROM long_total)
)
SELECT l.cell_key, t.* EXCLUDE (series_key)
FROM told t JOIN long_total l ON l.series_key = t.series_key AND year(t.period_end) < l.ends;
CREATE OR REPLACE TEMP TABLE verdict (
  claim_id UBIGINT, in_month BOOLEAN, in_quarter BOOLEAN, in_half_year BOOLEAN, in_year BOOLEAN, contradicted BOOLEAN);
CREATE OR REPLACE TEMP TABLE implied (
  cell_key UBIGINT, subject VARCHAR, period_start DATE, period_end DATE, value DECIMAL(24,6), low DECIMAL(24,6), high DECIMAL(24,6),
  path UBIGINT[], sure BOOLEAN, outside VARCHAR, consecutive BOOLEAN, in_month BOOLEAN, in_quarter BOOLEAN, in_half_year BOOLEAN, in_year BOOLEAN);
