-- Which claims count in which bucket: those that lie wholly in it and are not told again by a longer period in it.
CREATE OR REPLACE TEMP TABLE candidate AS
SELECT *, date_trunc('month', period_start) = date_trunc('month', period_end) AS of_month,
  date_trunc('quarter', period_start) = date_trunc('quarter', period_end) AS of_quarter,
  year(period_start) = year(period_end) AND (month(period_start) - 1) // 6 = (month(period_end) - 1) // 6 AS of_half_year,
  year(period_start) = year(period_end) AS of_year
FROM new_claim
WHERE additive = 'sum' AND flow = 'flow' AND modality = 'achieved' AND polarity = 1 AND value IS NOT NULL AND standing <> 'within';
DELETE FROM claim WHERE cell_key IN (FROM touched_cell);
INSERT INTO claim BY NAME
WITH period AS (SELECT DISTINCT series_key, period_start, period_end, of_month, of_quarter, of_half_year, of_year FROM candidate),
covered AS (
  SELECT p.series_key, p.period_start, p.period_end,
    bool_or(q.of_month) AS by_month, bool_or(q.of_quarter) AS by_quarter,
    bool_or(q.of_half_year) AS by_half_year, bool_or(q.of_year) AS by_year
  FROM period p JOIN period q ON q.series_key = p.series_key
    AND q.period_start <= p.period_end AND p.period_start <= q.period_end
    AND (q.period_end - q.period_start, p.period_start) > (p.period_end - p.period_start, q.period_start)
  GROUP BY ALL
)
SELECT n.* EXCLUDE (additive, flow, standing), CASE WHEN c.claim_id IS NULL THEN NULL ELSE n.standing END AS standing,
  CASE WHEN n.additive = 'sum' AND n.modality = 'achieved' AND n.polarity = 1 AND n.standing <> 'within' THEN
    CASE WHEN n.period_start IS NULL OR n.period_end IS NULL THEN 'undated' WHEN n.value IS NULL THEN 'no value' END END AS outside,
  row_number() OVER (PARTITION BY n.series_key, n.period_start, n.period_end ORDER BY c.claim_id IS NULL, n.claim_id) = 1 AS first_of_period,
  coalesce(c.of_month AND NOT coalesce(v.by_month, false), false) AS in_month,
  coalesce(c.of_quarter AND NOT coalesce(v.by_quarter, false), false) AS in_quarter,
  coalesce(c.of_half_year AND NOT coalesce(v.by_half_year, false), false) AS in_half_year,
  coalesce(c.of_year AND NOT coalesce(v.by_year, false), false) AS in_year
FROM new_claim n LEFT JOIN candidate c USING (claim_id)
LEFT JOIN covered v ON v.series_key = n.series_key AND v.period_start = n.period_start AND v.period_end = n.period_end;
