-- The claims told anew, each with the buckets it counts in, and what follows from differences. `grains` has a bit for each of
-- month, quarter, half-year and year.
CREATE OR REPLACE TEMP TABLE counted AS
SELECT c.row_id, c.claim_id, coalesce(v.contradicted, false) AS contradicted,
  CASE WHEN v.claim_id IS NULL THEN of_month ELSE v.grains & 1 > 0 END AS in_month,
  CASE WHEN v.claim_id IS NULL THEN of_quarter ELSE v.grains & 2 > 0 END AS in_quarter,
  CASE WHEN v.claim_id IS NULL THEN of_half_year ELSE v.grains & 4 > 0 END AS in_half_year,
  CASE WHEN v.claim_id IS NULL THEN of_year ELSE v.grains & 8 > 0 END AS in_year
FROM candidate c LEFT JOIN verdict v USING (claim_id);
INSERT INTO told BY NAME
SELECT n.* EXCLUDE (claim_key, additive, flow, standing, countable, crowd), CASE WHEN countable THEN n.standing END AS standing,
  CASE WHEN n.additive = 'sum' AND n.modality = 'achieved' AND n.polarity = 1 AND n.standing <> 'within' THEN
    CASE WHEN n.period_start IS NULL OR n.period_end IS NULL THEN 'undated' WHEN n.value IS NULL THEN 'no_value' END END AS outside,
  n.claim_id NOT IN (FROM later_of_period) AS first_of_period,
  coalesce(c.in_month, false) AS in_month, coalesce(c.in_quarter, false) AS in_quarter,
  coalesce(c.in_half_year, false) AS in_half_year, coalesce(c.in_year, false) AS in_year, coalesce(c.contradicted, false) AS contradicted
FROM new_claim n LEFT JOIN (FROM counted WHERE row_id IS NULL) c USING (claim_id);
-- Kept claims that now count elsewhere.
INSERT INTO recounted
SELECT c.row_id, c.contradicted, c.in_month, c.in_quarter, c.in_half_year, c.in_year
FROM counted c JOIN standing_claim s USING (row_id)
WHERE (c.contradicted, c.in_month, c.in_quarter, c.in_half_year, c.in_year)
  <> (s.contradicted, s.in_month, s.in_quarter, s.in_half_year, s.in_year);
INSERT INTO told BY NAME
WITH step AS (
  SELECT number, unnest(path) AS claim_id, generate_subscripts(path, 1) AS place FROM implied
), source AS (
  SELECT claim_id, measure_ids, standing, contradicted, min_confidence, published_on, last_published_on FROM told
  WHERE claim_id IN (SELECT claim_id FROM step)
  UNION ALL BY NAME
  SELECT c.claim_id, measure_ids, standing, k.contradicted, min_confidence, published_on, last_published_on
  FROM claim c JOIN counted k ON k.row_id = c.rowid WHERE k.row_id IS NOT NULL AND c.claim_id IN (SELECT claim_id FROM step)
), followed AS (
  SELECT number, flatten(list(s.measure_ids ORDER BY place)) AS measure_ids,
    bool_or(s.contradicted) AS contradicted, bool_and(s.standing = 'whole') AS whole, min(s.min_confidence) AS min_confidence,
    min(s.published_on) AS published_on, max(s.last_published_on) AS last_published_on
  FROM step i JOIN source s USING (claim_id) GROUP BY number
), series AS (
  SELECT cell_key, any_value(series_key) AS series_key, any_value(region) AS region, any_value(region_scope) AS region_scope,
    any_value(category) AS category, any_value(problem) AS problem, any_value(rank) AS rank,
    any_value(unit) AS unit
  FROM candidate WHERE cell_key IN (SELECT cell_key FROM implied) GROUP BY 1
)
SELECT md5_number_lower(concat_ws('|', i.cell_key, 'derived', i.subject, i.period_start, i.period_end)) AS claim_id, i.cell_key, i.subject, s.* EXCLUDE (cell_key),
  'derived' AS kind, i.value::DECIMAL(38,0) / 1000000 AS value, i.low::DECIMAL(38,0) / 1000000 AS low, i.high::DECIMAL(38,0) / 1000000 AS high,
  i.period_start, i.period_end, CASE WHEN i.consecutive THEN 'difference' ELSE 'derived' END AS period_basis, 'increment' AS aggregation,
  'achieved' AS modality, 1 AS polarity, f.min_confidence AS confidence, f.min_confidence, f.published_on, f.last_published_on,
  len(list_distinct(list_transform(f.measure_ids, lambda m: split_part(m, '#', 1)))) AS sources, 1 AS statements, f.measure_ids,
  NOT i.sure AS conflict, f.contradicted, false AS shared, CASE WHEN f.whole THEN 'whole' ELSE 'part' END AS standing, i.outside,
  true AS first_of_period, grains & 1 > 0 AS in_month, grains & 2 > 0 AS in_quarter, grains & 4 > 0 AS in_half_year,
  grains & 8 > 0 AS in_year
FROM implied i JOIN followed f USING (number) JOIN series s USING (cell_key);
