-- Write the claims of the touched cells anew, each with the buckets it counts in, and what follows from their differences.
INSERT INTO told BY NAME
SELECT n.* EXCLUDE (additive, flow, standing), CASE WHEN c.claim_id IS NOT NULL THEN n.standing END AS standing,
  CASE WHEN n.additive = 'sum' AND n.modality = 'achieved' AND n.polarity = 1 AND n.standing <> 'within' THEN
    CASE WHEN n.period_start IS NULL OR n.period_end IS NULL THEN 'undated' WHEN n.value IS NULL THEN 'no_value' END END AS outside,
  row_number() OVER (PARTITION BY n.series_key, n.subject, n.period_start, n.period_end ORDER BY c.claim_id IS NULL, n.claim_id) = 1 AS first_of_period,
  coalesce(v.in_month, c.of_month, false) AS in_month, coalesce(v.in_quarter, c.of_quarter, false) AS in_quarter,
  coalesce(v.in_half_year, c.of_half_year, false) AS in_half_year, coalesce(v.in_year, c.of_year, false) AS in_year,
  coalesce(v.contradicted, false) AS contradicted
FROM new_claim n LEFT JOIN candidate c USING (claim_id) LEFT JOIN verdict v USING (claim_id);
INSERT INTO told BY NAME
WITH source AS (
  SELECT claim_id, measure_ids, standing, contradicted, min_confidence, published_on, last_published_on FROM told WHERE cell_key IN (FROM touched_cell)
  UNION ALL BY NAME
  SELECT claim_id, measure_ids, standing, contradicted, min_confidence, published_on, last_published_on FROM claim
  WHERE claim_id IN (SELECT claim_id FROM earlier) AND cell_key NOT IN (FROM touched_cell)
), step AS (
  SELECT cell_key, subject, period_start, period_end, unnest(path) AS claim_id, generate_subscripts(path, 1) AS place FROM implied
), followed AS (
  SELECT i.cell_key, i.subject, i.period_start, i.period_end, flatten(list(s.measure_ids ORDER BY i.place)) AS measure_ids,
    bool_or(s.contradicted) AS contradicted, bool_and(s.standing = 'whole') AS whole, min(s.min_confidence) AS min_confidence,
    min(s.published_on) AS published_on, max(s.last_published_on) AS last_published_on
  FROM step i JOIN source s USING (claim_id) GROUP BY ALL
), series AS (
  SELECT cell_key, any_value(series_key) AS series_key, any_value(region) AS region, any_value(region_scope) AS region_scope,
    any_value(category) AS category, any_value(problem) AS problem, any_value(rank) AS rank,
    any_value(unit) AS unit
  FROM candidate GROUP BY 1
)
SELECT md5_number_lower(concat_ws('|', i.cell_key, 'derived', i.subject, i.period_start, i.period_end)) AS claim_id, i.cell_key, i.subject, s.* EXCLUDE (cell_key),
  'derived' AS kind, i.value, i.low, i.high, i.period_start, i.period_end, CASE WHEN i.consecutive THEN 'difference' ELSE 'derived' END AS period_basis, 'increment' AS aggregation,
  'achieved' AS modality, 1 AS polarity, f.min_confidence AS confidence, f.min_confidence, f.published_on, f.last_published_on,
  len(list_distinct(list_transform(f.measure_ids, lambda m: split_part(m, '#', 1)))) AS sources, 1 AS statements, f.measure_ids,
  NOT i.sure AS conflict, f.contradicted, false AS shared, CASE WHEN f.whole THEN 'whole' ELSE 'part' END AS standing, i.outside,
  true AS first_of_period, i.in_month, i.in_quarter, i.in_half_year, i.in_year
FROM implied i JOIN followed f USING (cell_key, subject, period_start, period_end) JOIN series s USING (cell_key);
