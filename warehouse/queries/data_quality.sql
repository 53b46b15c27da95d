-- Q11: how much was read, and how well
SELECT (SELECT count(*) FROM article) AS articles, (SELECT sum(reprints) FROM quality)::BIGINT AS reposts,
  (SELECT count(*) FROM measure WHERE is_measure) AS mentions, count(*) AS facts,
  round(100.0 * avg((period_basis IN ('explicit', 'anchor'))::INTEGER), 1) AS pct_explicit_period,
  round(median(confidence), 2) AS median_confidence, count(*) FILTER (category = 'uncategorised') AS uncategorised,
  count(*) FILTER (conflict) AS conflicts, count(*) FILTER (contradicted) AS contradicted
FROM claim WHERE kind = 'stated'
