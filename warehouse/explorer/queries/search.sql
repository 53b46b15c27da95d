-- The claims that fit a question, in one row: how many, the ids of one page of them in order, and how many each region and each
-- category would have if it were not asked for. claim.published_on is the first day the claim was told.
WITH wide AS MATERIALIZED (
  SELECT claim_id, region, category, value, published_on,
    ($region IS NULL OR region LIKE $region) AS here, ($categories IS NULL OR list_contains($categories, category)) AS named
  FROM claim
  WHERE kind = 'stated' AND ($nature IS NULL OR aggregation = $nature)
    AND ($start IS NULL OR coalesce(period_end, published_on) >= $start)
    AND ($end IS NULL OR coalesce(period_end, published_on) <= $end)
    AND ($words IS NULL OR claim_id IN (SELECT claim_id FROM measure WHERE contains(quote, $words)))
), page AS (
  SELECT claim_id, row_number() OVER () AS place FROM (
    SELECT claim_id FROM wide WHERE here AND named
    ORDER BY CASE $order WHEN '-date' THEN -epoch(published_on) WHEN 'date' THEN epoch(published_on)
      WHEN '-value' THEN -value::DOUBLE ELSE value::DOUBLE END NULLS LAST, claim_id
    LIMIT $rows OFFSET $skip)
)
SELECT (SELECT count(*) FROM wide WHERE here AND named) AS total,
  (SELECT list(claim_id ORDER BY place) FROM page) AS claim_ids,
  (SELECT map_from_entries(list((region, n))) FROM (SELECT region, count(*) AS n FROM wide WHERE named AND region IS NOT NULL GROUP BY region)) AS regions,
  (SELECT map_from_entries(list((category, n))) FROM (SELECT category, count(*) AS n FROM wide WHERE here GROUP BY category)) AS categories;
