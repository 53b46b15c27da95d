-- How many stated claims each region has for each month from $first to $end, by the last day they speak of.
SELECT coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, '') AS region_name, strftime(coalesce(c.period_end, c.published_on), '%Y-%m') AS month,
  count(*) AS figures, list(c.measure_id ORDER BY c.confidence DESC, c.claim_id)[1:20] AS measure_ids
FROM claim c LEFT JOIN ref_region_now g ON g.code = c.region
WHERE c.kind = 'stated' AND coalesce(c.period_end, c.published_on) BETWEEN $first AND $end
GROUP BY ALL ORDER BY 1, 2;
