-- The name of the bucket a period lies in, or how it fails to lie in one; nothing is guessed.
CREATE OR REPLACE MACRO quarter_of(s, e) AS CASE WHEN s IS NULL OR e IS NULL THEN '未定期间'
  WHEN date_trunc('quarter', s) = date_trunc('quarter', e) THEN year(e) || 'Q' || quarter(e)
  WHEN year(s) = year(e) THEN year(e) || '年内跨季'
  ELSE '跨年 ' || strftime(s, '%Y-%m') || '~' || strftime(e, '%Y-%m') END;
-- Half a unit of the last place in which a rate is written: 98.7 may be 98.65 to 98.75.
CREATE OR REPLACE MACRO rounding_of(v) AS
  CASE WHEN v = trunc(v) THEN 0.5 WHEN v * 10 = trunc(v * 10) THEN 0.05 WHEN v * 100 = trunc(v * 100) THEN 0.005 ELSE 0.0005 END;
-- Totals since 1 January, or since another day, turned into what was done between consecutive cut-offs. `fault` says why a
-- difference counts nowhere: fall, definition_change.
CREATE OR REPLACE VIEW ytd_increment AS
WITH running AS (
  SELECT category, series_key, period_start, min(period_end) AS period_end FROM claim
  WHERE kind = 'stated' AND standing IS NOT NULL AND period_start <= period_end
    AND month(period_start) = 1 AND day(period_start) = 1 AND year(period_start) = year(period_end)
  GROUP BY ALL HAVING bool_or(aggregation IN ('ytd', 'cumulative'))
), step AS (
  SELECT 'difference' AS step, * FROM claim WHERE period_basis = 'difference' AND kind = 'derived'
  UNION ALL
  -- A series has one category: named here, it lets a question of one category read no other.
  SELECT 'first', c.* FROM claim c JOIN running r ON r.category = c.category AND r.series_key = c.series_key
    AND r.period_start = c.period_start AND r.period_end = c.period_end
  WHERE c.kind = 'stated' AND c.standing IS NOT NULL
)
SELECT c.region, g.name AS region_name, g.name_en AS region_name_en, c.region_scope, c.subject, c.category, c.problem, c.rank, c.unit, c.standing,
  c.step, c.period_start, c.period_end, c.value, c.low, c.high,
  c.outside AS fault, quarter_of(c.period_start, c.period_end) AS quarter, c.conflict OR c.contradicted AS doubtful, c.measure_ids
FROM step c LEFT JOIN ref_region_now g ON g.code = c.region;
-- Claims of what was done that a bucket does not count, and why: no known days (undated), no single value, days of more than
-- one bucket (spanning), told again by what counts (covered), a total that fell, a changed definition.
CREATE OR REPLACE VIEW outside_bucket AS
SELECT grain, CASE WHEN c.outside IS NOT NULL THEN c.outside
    WHEN CASE grain WHEN 'month' THEN date_trunc('month', period_start) = date_trunc('month', period_end)
      WHEN 'quarter' THEN date_trunc('quarter', period_start) = date_trunc('quarter', period_end)
      WHEN 'half_year' THEN year(period_start) = year(period_end) AND (month(period_start) - 1) // 6 = (month(period_end) - 1) // 6
      ELSE year(period_start) = year(period_end) END THEN 'covered'
    ELSE 'spanning' END AS reason,
  c.kind, c.claim_id, c.region, g.name AS region_name, g.name_en AS region_name_en, c.region_scope, c.subject, c.category, c.problem, c.rank, c.unit, c.value, c.low,
  c.high, c.period_start, c.period_end, c.period_basis, c.published_on, c.sources, c.confidence, c.measure_ids
FROM claim c CROSS JOIN (VALUES ('month'), ('quarter'), ('half_year'), ('year')) t(grain)
LEFT JOIN ref_region_now g ON g.code = c.region
WHERE (c.standing IS NOT NULL OR c.outside IS NOT NULL)
  AND NOT CASE grain WHEN 'month' THEN in_month WHEN 'quarter' THEN in_quarter WHEN 'half_year' THEN in_half_year ELSE in_year END
  AND (c.kind = 'stated' OR c.outside IS NOT NULL);
-- What stands, not what was done: the latest figure of each series in each year; stocks are never added over time.
CREATE OR REPLACE VIEW stock_latest AS
SELECT strftime(coalesce(period_end, published_on), '%Y') AS period, region, g.name AS region_name, g.name_en AS region_name_en, region_scope, subject, c.category,
  k.label_zh AS category_label, k.label_en AS category_label_en, problem, rank, unit, coalesce(period_end, published_on) AS as_of, value, low, high, aggregation,
  sources, confidence, conflict, measure_ids
FROM claim c LEFT JOIN ref_region_now g ON g.code = c.region
JOIN ref_code k ON k.dim = 'category' AND k.code = c.category
WHERE c.kind = 'stated' AND modality IN ('achieved', 'ongoing') AND polarity = 1 AND value IS NOT NULL
  AND (aggregation = 'stock' OR k.additive = 'latest' OR aggregation = 'cumulative')
QUALIFY row_number() OVER (PARTITION BY series_key, year(coalesce(period_end, published_on)), aggregation, period_start
  ORDER BY coalesce(period_end, published_on) DESC, confidence DESC, claim_id) = 1;
-- A region beside the sum of what its parts tell of themselves; the two are never added together. `told_below` counts the
-- regions next below that tell anything.
CREATE OR REPLACE VIEW region_rollup AS
WITH told AS (
  SELECT 'quarter' AS grain, * FROM summary_quarter UNION ALL BY NAME SELECT 'year' AS grain, * FROM summary_year
), line AS (
  SELECT t.grain, t.period, t.category, t.problem, t.rank, t.unit, t.standing, t.region, r.parent, t.region_scope, t.value, t.conflicts, t.complete
  FROM told t LEFT JOIN (SELECT code, min(parent) AS parent FROM ref_region GROUP BY code) r ON r.code = t.region
), beside AS (
  SELECT grain, period, region, category, problem, rank, unit, standing, sum(value) FILTER (above = 0 AND region_scope = 'self') AS own_self,
    sum(value) FILTER (above = 1 AND region_scope = 'self') AS below_self,
    count(DISTINCT told_by) FILTER (above = 1 AND region_scope = 'self') AS told_below,
    sum(value) FILTER (above = 1 AND region_scope = 'all_levels') AS below_all_levels,
    sum(value) FILTER (above = 0 AND region_scope = 'all_levels') AS all_levels
  FROM (SELECT 0 AS above, region AS told_by, * FROM line UNION ALL
        SELECT 1 AS above, region AS told_by, * REPLACE (parent AS region) FROM line)
  WHERE region IS NOT NULL
  GROUP BY grain, period, region, category, problem, rank, unit, standing
)
SELECT grain, period, region, g.name AS region_name, g.name_en AS region_name_en, category, problem, rank, unit, standing, own_self, below_self,
  coalesce(own_self, 0) + coalesce(below_self, 0) AS rollup_self, told_below, below_all_levels, all_levels,
  CASE WHEN all_levels IS NULL THEN NULL WHEN rollup_self > all_levels THEN 'parts exceed the whole' WHEN rollup_self = all_levels THEN 'equal'
    ELSE 'parts are fewer' END AS comparison
FROM beside LEFT JOIN ref_region_now g ON g.code = region;
-- A category beside the sum of the categories under it, where the list of codes says that the parent may be summed.
CREATE OR REPLACE VIEW category_rollup AS
WITH told AS (
  SELECT 'quarter' AS grain, * FROM summary_quarter UNION ALL BY NAME SELECT 'year' AS grain, * FROM summary_year
), line AS (
  SELECT grain, period, region, region_scope, category, category_parent, unit, sum(value) AS value FROM told
  WHERE problem IS NULL AND rank IS NULL GROUP BY ALL
), beside AS (
  SELECT grain, period, region, region_scope, category, unit, sum(value) FILTER (NOT under) AS told, sum(value) FILTER (under) AS sum_under,
    list({'category': told_of, 'value': value} ORDER BY told_of) FILTER (under) AS parts
  FROM (SELECT false AS under, category AS told_of, * EXCLUDE (category_parent) FROM line UNION ALL
        SELECT true AS under, category AS told_of, * EXCLUDE (category_parent) REPLACE (category_parent AS category) FROM line WHERE category_parent IS NOT NULL)
  GROUP BY grain, period, region, region_scope, category, unit
)
SELECT grain, period, region, g.name AS region_name, g.name_en AS region_name_en, region_scope, category, k.label_zh AS category_label, k.label_en AS category_label_en, unit, told, sum_under, parts,
  greatest(told, sum_under) AS at_least
FROM beside JOIN ref_code k ON k.dim = 'category' AND k.code = category AND k.additive = 'sum'
LEFT JOIN ref_region_now g ON g.code = region
WHERE sum_under IS NOT NULL;
-- A whole and its parts as one text tells them, and whether the sum comes out.
CREATE OR REPLACE VIEW arithmetic_check AS
WITH sums AS (
  SELECT p.measure_id, p.article_id, p.category, p.value AS whole, p.low, p.high, c.relation,
    c.rank IS NOT NULL AND p.rank IS NULL AS by_rank, count(*) AS parts, sum(c.value) AS sum_parts, sum(coalesce(c.low, c.value)) AS sum_low,
    CASE WHEN count(*) = count(c.high) THEN sum(c.high) END AS sum_high, max(coalesce(c.low, c.value)) AS largest
  FROM measure p JOIN measure c ON c.parent = p.measure_id AND c.article_id = p.article_id
  WHERE c.relation IN ('partition', 'overlap', 'subset') AND c.unit IS NOT DISTINCT FROM p.unit AND c.is_measure AND p.is_measure
  GROUP BY ALL
)
SELECT *, CASE WHEN largest > coalesce(high, largest) THEN 'part exceeds whole'
    WHEN relation = 'partition' AND (sum_low > coalesce(high, sum_low) OR coalesce(sum_high, low) < low) THEN 'parts do not sum'
    WHEN relation = 'overlap' AND coalesce(sum_high, low) < low THEN 'parts do not cover'
    ELSE 'pass' END AS outcome
FROM sums;
