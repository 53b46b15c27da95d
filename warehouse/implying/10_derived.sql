-- What was said is told; the room is needed.
DROP TABLE said;
DROP TABLE keyed_claim;
DROP TABLE grouped;
DROP TABLE candidate;
-- Kept claims that now count in other buckets.
INSERT INTO recounted
SELECT row_id, k.contradicted, k.in_month, k.in_quarter, k.in_half_year, k.in_year FROM bucketed('kept_claim') k
JOIN standing_claim s USING (row_id)
WHERE (k.contradicted, k.in_month, k.in_quarter, k.in_half_year, k.in_year)
  <> (s.contradicted, s.in_month, s.in_quarter, s.in_half_year, s.in_year);
-- What follows from differences, with all that stands behind it.
CREATE OR REPLACE TEMP TABLE derived AS
WITH step AS (
  SELECT number, unnest(path) AS claim_id, generate_subscripts(path, 1) AS place FROM implied
), wanted AS (
  SELECT DISTINCT claim_id FROM step
), source AS (
  SELECT claim_id, measure_ids, standing, min_confidence, published_on, last_published_on, false AS contradicted
  FROM told SEMI JOIN wanted USING (claim_id)
  UNION ALL BY NAME
  SELECT claim_id, measure_ids, standing, min_confidence, published_on, last_published_on, contradicted
  FROM standing_claim WHERE kept AND claim_id IN (FROM wanted)
), followed AS (
  SELECT number, flatten(list(s.measure_ids ORDER BY place)) AS measure_ids,
    bool_or(coalesce(v.contradicted, s.contradicted)) AS contradicted, bool_and(s.standing = 'whole') AS whole, min(s.min_confidence) AS min_confidence,
    min(s.published_on) AS published_on, max(s.last_published_on) AS last_published_on
  FROM step i JOIN source s USING (claim_id) LEFT JOIN verdict v USING (claim_id) GROUP BY number
), behind AS (
  SELECT number, count(DISTINCT coalesce(r.cluster_id, a.article_id)) AS sources, count(DISTINCT a.article_id) AS articles
  FROM (SELECT number, split_part(unnest(measure_ids), '#', 1) AS article_id FROM followed) a
  LEFT JOIN retold r ON r.article_id = a.article_id GROUP BY number
), series AS (
  SELECT cell_key, any_value(series_key) AS series_key, any_value(region) AS region, any_value(region_scope) AS region_scope,
    any_value(category) AS category, any_value(problem) AS problem, any_value(rank) AS rank, any_value(unit) AS unit
  FROM (
    SELECT cell_key, series_key, region, region_scope, category, problem, rank, unit FROM told WHERE countable
    UNION ALL
    SELECT cell_key, series_key, region, region_scope, category, problem, rank, unit FROM standing_claim WHERE kept AND standing IS NOT NULL)
  WHERE cell_key IN (SELECT cell_key FROM implied) GROUP BY 1
)
SELECT md5_number_lower(concat_ws('|', i.cell_key, 'derived', i.subject, i.period_start, i.period_end)) AS claim_id, i.cell_key, i.subject, s.* EXCLUDE (cell_key),
  'derived' AS kind, (i.value::DECIMAL(38,0) / 1000000)::DECIMAL(24,6) AS value, (i.low::DECIMAL(38,0) / 1000000)::DECIMAL(24,6) AS low,
  (i.high::DECIMAL(38,0) / 1000000)::DECIMAL(24,6) AS high,
  i.period_start, i.period_end, CASE WHEN i.consecutive THEN 'difference' ELSE 'derived' END AS period_basis, 'increment' AS aggregation,
  'achieved' AS modality, 1 AS polarity, f.min_confidence AS confidence, f.min_confidence, f.published_on, f.last_published_on,
  b.sources, b.articles - b.sources AS reposts, 1 AS statements, f.measure_ids,
  NOT i.sure AS conflict, f.contradicted, false AS shared, CASE WHEN f.whole THEN 'whole' ELSE 'part' END AS standing, i.outside,
  true AS first_of_period, grains & 1 > 0 AS in_month, grains & 2 > 0 AS in_quarter, grains & 4 > 0 AS in_half_year,
  grains & 8 > 0 AS in_year
FROM implied i JOIN followed f USING (number) JOIN behind b USING (number) JOIN series s USING (cell_key);
-- What follows as it followed before is left as it stands.
CREATE OR REPLACE TEMP TABLE followed_before AS
SELECT claim_id FROM (
  FROM derived INTERSECT
  SELECT claim_id, cell_key, subject, series_key, region, region_scope, category, problem, rank, unit, kind, value, low, high,
    period_start, period_end, period_basis, aggregation, modality, polarity, confidence, min_confidence, published_on,
    last_published_on, sources, reposts, statements, measure_ids, conflict, contradicted, shared, standing, outside,
    first_of_period, in_month, in_quarter, in_half_year, in_year
  FROM standing_claim WHERE kind = 'derived');
DELETE FROM derived WHERE claim_id IN (FROM followed_before);
UPDATE standing_claim SET kept = true WHERE kind = 'derived' AND claim_id IN (FROM followed_before);
INSERT INTO touched_month
SELECT cell_key, bit_or(months_of('month', period_end)) FROM (
  SELECT cell_key, period_end FROM standing_claim WHERE standing IS NOT NULL AND (NOT kept OR row_id IN (SELECT row_id FROM recounted))
  UNION ALL SELECT cell_key, period_end FROM told WHERE standing IS NOT NULL
  UNION ALL SELECT cell_key, period_end FROM derived)
GROUP BY 1;
CREATE OR REPLACE TEMP TABLE old_sum AS
SELECT s.rowid AS row_id FROM summary s JOIN touched_month t ON t.cell_key = s.cell_key
WHERE months & months_of(grain, period_start) > 0;
-- What is summed once all is written: a share of the claims kept and of those that came.
CREATE OR REPLACE TEMP MACRO in_share(cell_key) AS cell_key % getvariable('shares') = getvariable('share');
CREATE OR REPLACE TEMP VIEW summed_claim AS
SELECT c.* REPLACE (in_month AND months & months_of('month', period_end) > 0 AS in_month,
  in_quarter AND months & months_of('quarter', period_end) > 0 AS in_quarter,
  in_half_year AND months & months_of('half_year', period_end) > 0 AS in_half_year)
FROM (
  FROM claim WHERE rowid IN (SELECT row_id FROM standing_claim WHERE kept AND in_share(cell_key))
  UNION ALL
  FROM claim WHERE rowid > getvariable('last_claim') AND in_share(cell_key)) c
JOIN touched_month t ON t.cell_key = c.cell_key;
