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
-- The first 64 bits of a text's sha256 as they stand written in it.
CREATE OR REPLACE TEMP MACRO text_head_of(text_key) AS lpad(lower(to_hex(text_key)), 16, '0');
CREATE OR REPLACE TEMP TABLE all_touched_cell (cell_key UBIGINT, series_key UBIGINT);
-- Cells whose claims were judged: what stands of a claim there, and got no verdict, stands as before.
CREATE OR REPLACE TEMP TABLE judged_cell (cell_key UBIGINT);
-- The months of a cell, bit by bit, in which a claim is told, taken back or counted otherwise: only the sums of buckets that
-- hold one of them are made anew.
CREATE OR REPLACE TEMP TABLE touched_month (cell_key UBIGINT, months INTEGER);
CREATE OR REPLACE TEMP MACRO months_of(grain, day) AS CASE grain WHEN 'month' THEN 1 << (month(day) - 1)
  WHEN 'quarter' THEN 7 << (3 * (quarter(day) - 1)) WHEN 'half_year' THEN 63 << (6 * ((month(day) - 1) // 6)) ELSE 4095 END;
-- Rows are found by one narrow column and then read by their place: asked for together, DuckDB reads whole every row that
-- its filter only takes for one of them, one in a hundred of the table.
CREATE OR REPLACE TEMP MACRO standing_in(cells) AS TABLE
SELECT rowid AS row_id, *, told_of_key(series_key, flow_of(aggregation, period_start, period_end), period_start, period_end) AS told_of,
  kind = 'stated' AS kept
FROM claim WHERE rowid IN (SELECT rowid FROM claim WHERE cell_key IN (SELECT cell_key FROM query_table(cells)));
-- Claims after this one are those that are about to be written.
SET VARIABLE last_claim = (SELECT coalesce(max(rowid), -1) FROM claim);
