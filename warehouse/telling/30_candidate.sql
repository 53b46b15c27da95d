-- Claims that may count in a bucket, and the series and years among them whose periods overlap or run over years: there the
-- same doing is told more than once, and what counts is judged in warehouse.series. `state`: what a kept claim counts for
-- as it stands, its grains and, in the fifth bit, whether it is contradicted.
CREATE OR REPLACE TEMP TABLE candidate AS
SELECT claim_id, series_key, cell_key, region, subject, category, value, low, high, period_start, period_end, conflict,
  NULL::INTEGER AS state FROM told
WHERE countable AND series_key % getvariable('shares') = getvariable('share')
UNION ALL
SELECT claim_id, series_key, cell_key, region, subject, category, value, low, high, period_start, period_end, conflict,
  in_month::INTEGER | in_quarter::INTEGER << 1 | in_half_year::INTEGER << 2 | in_year::INTEGER << 3 | contradicted::INTEGER << 4
FROM standing_claim
WHERE kept AND standing IS NOT NULL AND series_key % getvariable('shares') = getvariable('share');
CREATE OR REPLACE TEMP TABLE tangled AS
SELECT DISTINCT cell_key FROM (
  SELECT cell_key, period_start, max(period_end) OVER (PARTITION BY cell_key ORDER BY period_start, period_end
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM (SELECT DISTINCT cell_key, period_start, period_end FROM candidate))
WHERE period_start <= reach
UNION SELECT cell_key FROM candidate WHERE year(period_start) < year(period_end)
UNION SELECT cell_key FROM candidate GROUP BY 1 HAVING min(subject) = '' AND max(subject) <> '';
INSERT INTO judged_cell FROM tangled;
-- Earlier cut-offs of totals that run over years; their cells are among the touched ones.
CREATE OR REPLACE TEMP TABLE earlier AS
WITH long_total AS (
  SELECT DISTINCT cell_key, series_key, year(period_end) AS ends FROM candidate WHERE year(period_start) < year(period_end)
)
SELECT l.cell_key, t.claim_id, t.subject, t.period_start, t.period_end, t.value, t.low, t.high, t.conflict, t.category, t.region
FROM candidate t JOIN long_total l ON l.series_key = t.series_key AND year(t.period_end) < l.ends
WHERE year(t.period_start) < year(t.period_end);
