-- Sums by region, category, problem, rank and unit of the claims that lie wholly in one bucket; parts apart from wholes.
CREATE OR REPLACE VIEW summary_month AS
WITH counted AS (
  SELECT *, strftime(period_end, '%Y-%m') AS period, date_trunc('month', period_end)::DATE AS bucket FROM claim WHERE in_month
), summed AS (
  SELECT period, bucket, region, region_scope, category, problem, rank, unit, standing, sum(value) AS value, sum(coalesce(low, 0)) AS low,
    CASE WHEN count(*) = count(high) THEN sum(high) END AS high, count(*) FILTER (kind = 'stated') AS facts,
    count(*) FILTER (kind = 'derived') AS derived, sum(sources) AS sources, sum(statements) - count(*) AS restatements_removed,
    min(min_confidence) AS min_confidence, count(*) FILTER (conflict OR contradicted) AS conflicts, count(*) FILTER (shared) AS shared,
    sum(CASE WHEN first_of_period THEN period_end - period_start + 1 ELSE 0 END) AS days_told, count(DISTINCT subject) AS subjects,
    flatten(list(measure_ids ORDER BY claim_id)) AS measure_ids
  FROM counted GROUP BY ALL
)
SELECT period, bucket AS period_start, (bucket + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE AS period_end,
  region, g.name AS region_name, g.name_en AS region_name_en, region_scope, category, k.label_zh AS category_label, k.label_en AS category_label_en, k.parent AS category_parent, problem, rank, unit,
  standing, value, low, high, facts, derived, sources, restatements_removed::BIGINT AS restatements_removed, min_confidence, conflicts,
  shared, days_told::BIGINT AS days_told,
  days_told >= subjects * date_diff('day', bucket, (bucket + INTERVAL 1 MONTH)::DATE) AND conflicts = 0 AS complete, measure_ids
FROM summed LEFT JOIN ref_region_now g ON g.code = region
LEFT JOIN ref_code k ON k.dim = 'category' AND k.code = category;
CREATE OR REPLACE VIEW summary_quarter AS
WITH counted AS (
  SELECT *, year(period_end) || 'Q' || quarter(period_end) AS period, date_trunc('quarter', period_end)::DATE AS bucket FROM claim WHERE in_quarter
), summed AS (
  SELECT period, bucket, region, region_scope, category, problem, rank, unit, standing, sum(value) AS value, sum(coalesce(low, 0)) AS low,
    CASE WHEN count(*) = count(high) THEN sum(high) END AS high, count(*) FILTER (kind = 'stated') AS facts,
    count(*) FILTER (kind = 'derived') AS derived, sum(sources) AS sources, sum(statements) - count(*) AS restatements_removed,
    min(min_confidence) AS min_confidence, count(*) FILTER (conflict OR contradicted) AS conflicts, count(*) FILTER (shared) AS shared,
    sum(CASE WHEN first_of_period THEN period_end - period_start + 1 ELSE 0 END) AS days_told, count(DISTINCT subject) AS subjects,
    flatten(list(measure_ids ORDER BY claim_id)) AS measure_ids
  FROM counted GROUP BY ALL
)
SELECT period, bucket AS period_start, (bucket + INTERVAL 3 MONTH - INTERVAL 1 DAY)::DATE AS period_end,
  region, g.name AS region_name, g.name_en AS region_name_en, region_scope, category, k.label_zh AS category_label, k.label_en AS category_label_en, k.parent AS category_parent, problem, rank, unit,
  standing, value, low, high, facts, derived, sources, restatements_removed::BIGINT AS restatements_removed, min_confidence, conflicts,
  shared, days_told::BIGINT AS days_told,
  days_told >= subjects * date_diff('day', bucket, (bucket + INTERVAL 3 MONTH)::DATE) AND conflicts = 0 AS complete, measure_ids
FROM summed LEFT JOIN ref_region_now g ON g.code = region
LEFT JOIN ref_code k ON k.dim = 'category' AND k.code = category;
CREATE OR REPLACE VIEW summary_half_year AS
WITH counted AS (
  SELECT *, year(period_end) || 'H' || ((month(period_end) + 5) // 6) AS period, make_date(year(period_end), CASE WHEN month(period_end) > 6 THEN 7 ELSE 1 END, 1) AS bucket FROM claim WHERE in_half_year
), summed AS (
  SELECT period, bucket, region, region_scope, category, problem, rank, unit, standing, sum(value) AS value, sum(coalesce(low, 0)) AS low,
    CASE WHEN count(*) = count(high) THEN sum(high) END AS high, count(*) FILTER (kind = 'stated') AS facts,
    count(*) FILTER (kind = 'derived') AS derived, sum(sources) AS sources, sum(statements) - count(*) AS restatements_removed,
    min(min_confidence) AS min_confidence, count(*) FILTER (conflict OR contradicted) AS conflicts, count(*) FILTER (shared) AS shared,
    sum(CASE WHEN first_of_period THEN period_end - period_start + 1 ELSE 0 END) AS days_told, count(DISTINCT subject) AS subjects,
    flatten(list(measure_ids ORDER BY claim_id)) AS measure_ids
  FROM counted GROUP BY ALL
)
SELECT period, bucket AS period_start, (bucket + INTERVAL 6 MONTH - INTERVAL 1 DAY)::DATE AS period_end,
  region, g.name AS region_name, g.name_en AS region_name_en, region_scope, category, k.label_zh AS category_label, k.label_en AS category_label_en, k.parent AS category_parent, problem, rank, unit,
  standing, value, low, high, facts, derived, sources, restatements_removed::BIGINT AS restatements_removed, min_confidence, conflicts,
  shared, days_told::BIGINT AS days_told,
  days_told >= subjects * date_diff('day', bucket, (bucket + INTERVAL 6 MONTH)::DATE) AND conflicts = 0 AS complete, measure_ids
FROM summed LEFT JOIN ref_region_now g ON g.code = region
LEFT JOIN ref_code k ON k.dim = 'category' AND k.code = category;
CREATE OR REPLACE VIEW summary_year AS
WITH counted AS (
  SELECT *, year(period_end)::VARCHAR AS period, date_trunc('year', period_end)::DATE AS bucket FROM claim WHERE in_year
), summed AS (
  SELECT period, bucket, region, region_scope, category, problem, rank, unit, standing, sum(value) AS value, sum(coalesce(low, 0)) AS low,
    CASE WHEN count(*) = count(high) THEN sum(high) END AS high, count(*) FILTER (kind = 'stated') AS facts,
    count(*) FILTER (kind = 'derived') AS derived, sum(sources) AS sources, sum(statements) - count(*) AS restatements_removed,
    min(min_confidence) AS min_confidence, count(*) FILTER (conflict OR contradicted) AS conflicts, count(*) FILTER (shared) AS shared,
    sum(CASE WHEN first_of_period THEN period_end - period_start + 1 ELSE 0 END) AS days_told, count(DISTINCT subject) AS subjects,
    flatten(list(measure_ids ORDER BY claim_id)) AS measure_ids
  FROM counted GROUP BY ALL
)
SELECT period, bucket AS period_start, (bucket + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE AS period_end,
  region, g.name AS region_name, g.name_en AS region_name_en, region_scope, category, k.label_zh AS category_label, k.label_en AS category_label_en, k.parent AS category_parent, problem, rank, unit,
  standing, value, low, high, facts, derived, sources, restatements_removed::BIGINT AS restatements_removed, min_confidence, conflicts,
  shared, days_told::BIGINT AS days_told,
  days_told >= subjects * date_diff('day', bucket, (bucket + INTERVAL 1 YEAR)::DATE) AND conflicts = 0 AS complete, measure_ids
FROM summed LEFT JOIN ref_region_now g ON g.code = region
LEFT JOIN ref_code k ON k.dim = 'category' AND k.code = category;
