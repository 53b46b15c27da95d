-- Neighbouring claims of one series whose order is odd, the later one ending in $start..$end: a total since the same day that
-- fell beyond its bounds, or an increment over as many days that is ten times the one before, or a tenth.
WITH told AS (
  SELECT c.*, coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, '') AS region_name, period_end - period_start AS days
  FROM claim c LEFT JOIN ref_region_now g ON g.code = c.region
  WHERE c.kind = 'stated' AND c.modality = 'achieved' AND c.category <> 'uncategorised' AND c.period_start IS NOT NULL
    AND c.series_key IN (SELECT series_key FROM claim WHERE period_end BETWEEN $start AND $end)
    AND c.period_end IS NOT NULL AND c.value IS NOT NULL AND NOT c.shared AND c.standing IS DISTINCT FROM 'within'
), since AS (
  SELECT 'falling' AS kind, *, lag(value) OVER w AS before, lag(high) OVER w AS before_low_bar, lag(low) OVER w AS before_low,
    lag(period_end) OVER w AS before_on, lag(measure_id) OVER w AS before_id
  FROM told WINDOW w AS (PARTITION BY series_key, period_start ORDER BY period_end, claim_id)
), step AS (
  SELECT 'jump' AS kind, *, lag(value) OVER w AS before, NULL AS before_low_bar, lag(days) OVER w AS before_low,
    lag(period_end) OVER w AS before_on, lag(measure_id) OVER w AS before_id, lag(period_end) OVER w < period_start AS apart
  FROM told WINDOW w AS (PARTITION BY series_key ORDER BY period_end, claim_id)
)
SELECT kind, region_name, category, unit, before, before_on, before_id, value AS after, period_end AS after_on, measure_id AS after_id
FROM since WHERE period_end BETWEEN $start AND $end AND before_on < period_end AND high < before_low
UNION ALL
SELECT kind, region_name, category, unit, before, before_on, before_id, value, period_end, measure_id
FROM step WHERE period_end BETWEEN $start AND $end AND apart AND days BETWEEN 0.8 * before_low AND 1.25 * before_low + 1
  AND before > 0 AND greatest(value, before) >= 10 AND (value >= 10 * before OR value * 10 <= before)
ORDER BY kind, region_name, category, after_on;
