-- What is worked out before anything is written.
CREATE OR REPLACE TEMP TABLE withdrawn AS SELECT article_id FROM suppress;
CREATE OR REPLACE TEMP TABLE told_claim (staged BOOLEAN, row_id BIGINT, claim_id UBIGINT);
-- The claims as they are told now, without the buckets that they count in; those are judged in warehouse.series where periods
-- overlap. `grains` has a bit for each of month, quarter, half-year and year.
CREATE OR REPLACE TEMP TABLE told AS
SELECT * EXCLUDE (contradicted, first_of_period, in_month, in_quarter, in_half_year, in_year),
  claim_id AS claim_key, in_year AS countable, in_year AS crowd, in_year AS staged, rowid AS row_id FROM claim LIMIT 0;
-- The claim that each measure states, which is its own where none other states it.
CREATE OR REPLACE TEMP VIEW stated AS
FROM told_claim UNION ALL SELECT staged, row_id, claim_id FROM told WHERE NOT crowd;
CREATE OR REPLACE TEMP TABLE later_of_period (claim_id UBIGINT);
CREATE OR REPLACE TEMP TABLE verdict (claim_id UBIGINT, grains UTINYINT, contradicted BOOLEAN);
CREATE OR REPLACE TEMP TABLE implied (
  number INTEGER, cell_key UBIGINT, subject VARCHAR, period_start DATE, period_end DATE, value HUGEINT, low HUGEINT, high HUGEINT,
  path UBIGINT[], sure BOOLEAN, outside VARCHAR, consecutive BOOLEAN, grains UTINYINT);
CREATE OR REPLACE TEMP MACRO bucketed(claims) AS TABLE
SELECT c.*, coalesce(v.contradicted, false) AS contradicted,
  CASE WHEN v.claim_id IS NOT NULL THEN v.grains & 1 > 0 WHEN countable THEN date_trunc('month', period_start) = date_trunc('month', period_end)
    ELSE false END AS in_month,
  CASE WHEN v.claim_id IS NOT NULL THEN v.grains & 2 > 0 WHEN countable THEN date_trunc('quarter', period_start) = date_trunc('quarter', period_end)
    ELSE false END AS in_quarter,
  CASE WHEN v.claim_id IS NOT NULL THEN v.grains & 4 > 0
    WHEN countable THEN year(period_start) = year(period_end) AND (month(period_start) - 1) // 6 = (month(period_end) - 1) // 6
    ELSE false END AS in_half_year,
  CASE WHEN v.claim_id IS NOT NULL THEN v.grains & 8 > 0 WHEN countable THEN year(period_start) = year(period_end)
    ELSE false END AS in_year
FROM query_table(claims) c LEFT JOIN verdict v USING (claim_id);
CREATE OR REPLACE TEMP TABLE retold AS SELECT article_id, cluster_id FROM repeat;
CREATE OR REPLACE TEMP TABLE turned AS SELECT article_id FROM repeat LIMIT 0;
CREATE OR REPLACE TEMP TABLE recounted (
  row_id BIGINT, contradicted BOOLEAN, in_month BOOLEAN, in_quarter BOOLEAN, in_half_year BOOLEAN, in_year BOOLEAN);
CREATE OR REPLACE TEMP TABLE all_touched_cell (cell_key UBIGINT, series_key UBIGINT);
-- The share is taken of the cells: asked of the claims, it would keep DuckDB from reading only those of the cells.
CREATE OR REPLACE TEMP VIEW summed_claim AS
FROM claim WHERE cell_key IN (
  SELECT cell_key FROM all_touched_cell WHERE cell_key % getvariable('shares') = getvariable('share'));
