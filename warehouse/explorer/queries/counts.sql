-- How many claims that fit a question without words each region would have if it were not asked for, and each category likewise.
SELECT 'region' AS dim, region AS code, count(*) AS n FROM claim
WHERE kind = 'stated' AND ($nature IS NULL OR aggregation = $nature) AND ($categories IS NULL OR list_contains($categories, category))
  AND ($start IS NULL OR coalesce(period_end, published_on) >= $start) AND ($end IS NULL OR coalesce(period_end, published_on) <= $end)
GROUP BY region
UNION ALL
SELECT 'category', category, count(*) FROM claim
WHERE kind = 'stated' AND ($nature IS NULL OR aggregation = $nature) AND ($region IS NULL OR region LIKE $region)
  AND ($start IS NULL OR coalesce(period_end, published_on) >= $start) AND ($end IS NULL OR coalesce(period_end, published_on) <= $end)
GROUP BY category;
