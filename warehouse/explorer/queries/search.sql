-- The claims that fit a question, in one row: how many, the ids of one page of them in the order of the marked line (its other
-- orders are in search.py), and how many each region and each category would have if it were not asked for. Where most sentences
-- hold the words ($common), it is quicker to look for the claims that none of their sentences bears out.
WITH missing AS MATERIALIZED (
  SELECT claim_id FROM measure WHERE $common AND claim_id IN (SELECT claim_id FROM measure WHERE $common AND NOT contains(quote, $words))
  GROUP BY claim_id HAVING NOT bool_or(contains(quote, $words))
), wide AS MATERIALIZED (
  SELECT claim_id, region, category, value, published_on,
    ($region IS NULL OR region LIKE $region) AS here, ($categories IS NULL OR list_contains($categories, category)) AS named
  FROM claim
  WHERE kind = 'stated' AND ($nature IS NULL OR aggregation = $nature)
    AND ($start IS NULL OR coalesce(period_end, published_on) >= $start)
    AND ($end IS NULL OR coalesce(period_end, published_on) <= $end)
    AND CASE WHEN $common THEN claim_id NOT IN (FROM missing)
      ELSE claim_id IN (SELECT claim_id FROM measure WHERE NOT $common AND contains(quote, $words)) END
), page AS (
  SELECT claim_id, row_number() OVER () AS place FROM (
    SELECT claim_id FROM wide WHERE here AND named
    ORDER BY published_on DESC NULLS LAST, claim_id LIMIT $rows OFFSET $skip)
), counted AS MATERIALIZED (
  SELECT grouping(region) AS by_category, region, category, count(*) FILTER (named) AS elsewhere, count(*) FILTER (here) AS otherwise,
    count(*) FILTER (here AND named) AS fit
  FROM wide GROUP BY GROUPING SETS ((region), (category))
)
SELECT (SELECT coalesce(sum(fit), 0)::BIGINT FROM counted WHERE by_category = 1) AS total,
  (SELECT list(claim_id ORDER BY place) FROM page) AS claim_ids,
  (SELECT map_from_entries(list((region, elsewhere))) FROM counted WHERE by_category = 0 AND region IS NOT NULL AND elsewhere > 0) AS regions,
  (SELECT map_from_entries(list((category, otherwise))) FROM counted WHERE by_category = 1 AND otherwise > 0) AS categories;
