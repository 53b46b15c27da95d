-- error: what is kept of a bucket is what its claims come to
WITH counted AS (
  SELECT unnest([CASE WHEN in_month THEN 'month' END, CASE WHEN in_quarter THEN 'quarter' END,
    CASE WHEN in_half_year THEN 'half_year' END, CASE WHEN in_year THEN 'year' END]) AS grain, cell_key, value FROM claim
), from_claims AS (
  SELECT grain, cell_key, count(*) AS claims, sum(value) AS value FROM counted WHERE grain IS NOT NULL GROUP BY ALL
), kept AS (
  SELECT grain, cell_key, sum(facts + derived) AS claims, sum(value) AS value FROM summary GROUP BY ALL
)
SELECT grain, cell_key, k.value AS kept, c.value AS follows FROM kept k FULL JOIN from_claims c USING (grain, cell_key)
WHERE (k.claims, k.value) IS DISTINCT FROM (c.claims, c.value)
