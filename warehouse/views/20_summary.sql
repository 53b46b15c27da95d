-- The buckets: month, quarter, half-year and year, by their first day.
CREATE OR REPLACE MACRO bucket_start(grain, day) AS CASE grain WHEN 'month' THEN date_trunc('month', day)::DATE
  WHEN 'quarter' THEN date_trunc('quarter', day)::DATE WHEN 'half_year' THEN make_date(year(day), CASE WHEN month(day) > 6 THEN 7 ELSE 1 END, 1)
  ELSE date_trunc('year', day)::DATE END;
CREATE OR REPLACE MACRO bucket_name(grain, first) AS CASE grain WHEN 'month' THEN strftime(first, '%Y-%m')
  WHEN 'quarter' THEN year(first) || 'Q' || quarter(first) WHEN 'half_year' THEN year(first) || 'H' || ((month(first) + 5) // 6)
  ELSE year(first)::VARCHAR END;
CREATE OR REPLACE MACRO bucket_end(grain, first) AS (first + to_months(CASE grain WHEN 'month' THEN 1 WHEN 'quarter' THEN 3
  WHEN 'half_year' THEN 6 ELSE 12 END::INTEGER) - INTERVAL 1 DAY)::DATE;
-- What the claims that lie wholly in one bucket come to, series by series; parts apart from wholes. The numbers of measures are
-- strung together and cut again: lists of lists take DuckDB thrice the time.
CREATE OR REPLACE MACRO summed(claims) AS TABLE
WITH held AS (
  FROM query_table(claims) WHERE standing IS NOT NULL
), placed AS (
  SELECT 'month' AS grain, bucket_start('month', period_end) AS first, * FROM held WHERE in_month
  UNION ALL SELECT 'quarter', bucket_start('quarter', period_end), * FROM held WHERE in_quarter
  UNION ALL SELECT 'half_year', bucket_start('half_year', period_end), * FROM held WHERE in_half_year
  UNION ALL SELECT 'year', bucket_start('year', period_end), * FROM held WHERE in_year
), added AS (
  SELECT grain, first AS period_start, cell_key, standing,
    sum(value) AS value, sum(coalesce(low, 0)) AS low, CASE WHEN count(*) = count(high) THEN sum(high) END AS high,
    count(*) FILTER (kind = 'stated') AS facts, count(*) FILTER (kind = 'derived') AS derived, sum(sources) AS sources,
    sum(reposts) AS reposts, sum(statements) - count(*) AS restatements_removed, min(min_confidence) AS min_confidence,
    count(*) FILTER (conflict OR contradicted) AS conflicts, count(*) FILTER (shared) AS shared,
    sum(CASE WHEN first_of_period THEN p.period_end - p.period_start + 1 ELSE 0 END) AS days_told,
    coalesce(len(list_distinct(list(subject) FILTER (subject <> ''))), 0) + bool_or(subject = '')::INTEGER AS subjects,
    list_sort(string_split(string_agg(array_to_string(measure_ids, chr(10)), chr(10)), chr(10))) AS measure_ids
  FROM placed p GROUP BY ALL
), cell AS (
  SELECT cell_key, any_value(region) AS region, any_value(region_scope) AS region_scope, any_value(category) AS category,
    any_value(problem) AS problem, any_value(rank) AS rank, any_value(unit) AS unit
  FROM held GROUP BY cell_key
)
SELECT grain, period_start, cell_key, region, region_scope, category, problem, rank, unit, standing, value, low, high, facts, derived,
  sources, restatements_removed, min_confidence, conflicts, shared, days_told, subjects, measure_ids, reposts
FROM added JOIN cell USING (cell_key);
-- Series whose region nobody knows stand together in one row; every other row of `summary` is one of the views.
CREATE OR REPLACE MACRO summary_of(wanted) AS TABLE
WITH merged AS (
  FROM summary WHERE grain = wanted AND region IS NOT NULL
  UNION ALL BY NAME
  SELECT grain, period_start, region, region_scope, category, problem, rank, unit, standing, sum(value) AS value, sum(low) AS low,
    CASE WHEN count(*) = count(high) THEN sum(high) END AS high, sum(facts) AS facts, sum(derived) AS derived, sum(sources) AS sources,
    sum(reposts) AS reposts, sum(restatements_removed) AS restatements_removed, min(min_confidence) AS min_confidence, sum(conflicts) AS conflicts,
    sum(shared) AS shared, sum(days_told) AS days_told, sum(subjects) AS subjects, list_sort(flatten(list(measure_ids))) AS measure_ids
  FROM summary WHERE grain = wanted AND region IS NULL GROUP BY ALL
)
SELECT bucket_name(grain, period_start) AS period, period_start, bucket_end(grain, period_start) AS period_end, region,
  g.name AS region_name, g.name_en AS region_name_en, region_scope, category, k.label_zh AS category_label,
  k.label_en AS category_label_en, k.parent AS category_parent, problem, rank, unit, standing, value::DECIMAL(38,6) AS value,
  low::DECIMAL(38,6) AS low, high::DECIMAL(38,6) AS high, facts::BIGINT AS facts, derived::BIGINT AS derived, sources::BIGINT AS sources, reposts::BIGINT AS reposts,
  restatements_removed::BIGINT AS restatements_removed, min_confidence, conflicts::BIGINT AS conflicts, shared::BIGINT AS shared,
  days_told::BIGINT AS days_told,
  days_told >= subjects * (bucket_end(grain, period_start) - period_start + 1) AND conflicts = 0 AND shared = 0 AS complete, measure_ids
FROM merged LEFT JOIN ref_region_now g ON g.code = region
LEFT JOIN ref_code k ON k.dim = 'category' AND k.code = category;
CREATE OR REPLACE VIEW summary_month AS FROM summary_of('month');
CREATE OR REPLACE VIEW summary_quarter AS FROM summary_of('quarter');
CREATE OR REPLACE VIEW summary_half_year AS FROM summary_of('half_year');
CREATE OR REPLACE VIEW summary_year AS FROM summary_of('year');
