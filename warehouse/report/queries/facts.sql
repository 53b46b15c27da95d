-- Claims that touch the period $start..$end, and whether a sum over a bucket of $kind counts them: their period lies
-- inside it, ends in it, or begins in it; where it is not known, the article came out in it.
WITH told AS (
  SELECT *, coalesce(period_end, published_on) AS ends_on,
    CASE WHEN period_start IS NULL OR period_end IS NULL THEN 'undated'
      WHEN period_start >= $start AND period_end <= $end THEN 'inside' ELSE 'spanning' END AS lies,
    CASE $kind WHEN 'month' THEN in_month WHEN 'quarter' THEN in_quarter WHEN 'half' THEN in_half_year ELSE in_year END AS counted
  FROM claim
)
SELECT coalesce(c.measure_id, c.measure_ids[1]) AS measure_id, c.region, coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, '') AS region_name, c.region_scope,
  c.category, c.problem, c.rank, c.unit, c.value, c.low, c.high, CASE WHEN c.kind = 'stated' THEN m.surface END AS surface,
  c.aggregation, c.modality, c.polarity, c.relation, c.period_start, c.period_end, c.period_basis, c.ends_on, m.programme,
  coalesce(c.confidence, c.min_confidence, 0) AS confidence, c.statements, c.lies AS standing,
  coalesce(c.counted AND c.lies = 'inside' AND c.standing = 'whole', false) AS addable,
  coalesce(c.standing = 'part', false) AS part, coalesce(c.counted AND c.lies = 'inside', false) AS counted,
  c.lies = 'inside' AND c.standing = 'whole' AND NOT c.counted AS covered, c.measure_ids
FROM told c JOIN measure m ON m.measure_id = coalesce(c.measure_id, c.measure_ids[1])
LEFT JOIN ref_region_now g ON g.code = c.region
WHERE (c.kind = 'stated' OR c.counted)
  AND (c.lies = 'inside' OR c.ends_on BETWEEN $start AND $end OR c.period_start BETWEEN $start AND $end)
ORDER BY c.region, c.region_scope, c.category, c.ends_on, c.claim_id;
