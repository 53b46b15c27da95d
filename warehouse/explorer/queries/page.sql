-- The ids of one page of the claims that fit a question without words, in the order of the last line (its other orders are in
-- search.py: an expression in its place would keep DuckDB from skipping what cannot reach the page).
SELECT claim_id FROM claim
WHERE kind = 'stated' AND ($nature IS NULL OR aggregation = $nature) AND ($region IS NULL OR region LIKE $region)
  AND ($categories IS NULL OR list_contains($categories, category))
  AND ($start IS NULL OR coalesce(period_end, published_on) >= $start)
  AND ($end IS NULL OR coalesce(period_end, published_on) <= $end)
ORDER BY published_on DESC NULLS LAST, claim_id LIMIT $rows OFFSET $skip;
