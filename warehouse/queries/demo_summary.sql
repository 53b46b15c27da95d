-- The largest sums by year: what `qinqing run` prints
SELECT period, region_name AS region, CASE region_scope WHEN 'self' THEN '本级' ELSE '各级' END AS scope, category_label AS category, value::DOUBLE AS value,
  low::DOUBLE AS low, high::DOUBLE AS high, unit, facts, sources::BIGINT AS sources, restatements_removed AS restated
FROM summary_year WHERE standing = 'whole' AND problem IS NULL AND rank IS NULL AND region IS NOT NULL
ORDER BY facts DESC, sources DESC, period, region, category LIMIT 12
