-- The largest sums by year: what `qinqing run` prints; a column x_en stands for x in an English session
SELECT period, region_name AS region, region_name_en AS region_en, CASE region_scope WHEN 'self' THEN '本级' ELSE '各级' END AS scope, region_scope AS scope_en,
  category_label AS category, category_label_en AS category_en, value::DOUBLE AS value, low::DOUBLE AS low, high::DOUBLE AS high, unit, facts,
  sources::BIGINT AS sources, restatements_removed AS restated
FROM summary_year WHERE standing = 'whole' AND problem IS NULL AND rank IS NULL AND region IS NOT NULL
ORDER BY facts DESC, sources DESC, period, region, category LIMIT 12
