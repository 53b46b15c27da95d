-- What series.judge needs of the tangled cells, cell by cell.
SELECT t.cell_key, t.claim_id, t.subject, t.period_start - DATE '1970-01-01' AS start, t.period_end - DATE '1970-01-01' + 1 AS stop,
  (t.value * 1000000)::HUGEINT AS value, (t.low * 1000000)::HUGEINT AS low, (t.high * 1000000)::HUGEINT AS high, NOT t.conflict AS sure, t.here,
  (SELECT count(*) FROM ref_break b WHERE b.category = t.category AND (b.region IS NULL OR b.region = t.region)
     AND b.breaks_on <= t.period_end) AS era, t.state
FROM (
  SELECT cell_key, claim_id, subject, period_start, period_end, value, coalesce(low, 0) AS low, high, conflict, category, region, true AS here, state
  FROM candidate WHERE cell_key IN (FROM tangled)
  UNION ALL
  SELECT cell_key, claim_id, subject, period_start, period_end, value, coalesce(low, 0), high, conflict, category, region, false, NULL FROM earlier
) t
ORDER BY t.cell_key, start, stop, t.claim_id
