-- The inspection rounds whose figures were told as of a day in $start..$end; a rectified count larger than what was fed back belongs
-- to something else, so such a round is left out.
SELECT coalesce(region_name, organ, '') AS region_name, round_no, coalesce(target, '') AS target, fed_back, items, rectified, reported_pct, recomputed_pct, agreement = '不一致' AS disagrees, measure_ids
FROM inspection_round
WHERE as_of BETWEEN $start AND $end AND fed_back IS NOT NULL
  AND coalesce(rectified <= greatest(fed_back, coalesce(items, 0)), true)
ORDER BY fed_back DESC, region_name, round_no, target;
