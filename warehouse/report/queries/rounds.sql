-- The inspection rounds whose figures were told as of a day in $start..$end: what was fed back, or else found, and what of it was
-- rectified. A rectified count larger than what was fed back is measured against what was found; if larger still, it belongs to
-- something else and the round is left out.
WITH measured AS (
  SELECT *, fed_back IS NULL OR coalesce(rectified > greatest(fed_back, coalesce(items, 0)), false) AS by_found FROM inspection_round
  WHERE as_of BETWEEN $start AND $end
)
SELECT coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, organ, '') AS region_name, round_no, coalesce(target, '') AS target,
  CASE WHEN by_found THEN found ELSE fed_back END AS base, CASE WHEN by_found THEN 'found' ELSE 'fed_back' END AS base_word,
  CASE WHEN NOT by_found THEN items END AS items, rectified, reported_pct, recomputed_pct, agreement = '不一致' AS disagrees, measure_ids
FROM measured LEFT JOIN ref_region_now g ON g.code = measured.region
WHERE base IS NOT NULL AND coalesce(rectified <= greatest(base, coalesce(items, 0)), true)
ORDER BY base DESC, region_name, round_no, target;
