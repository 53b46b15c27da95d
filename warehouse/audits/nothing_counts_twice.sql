-- error: within one bucket no two periods of one series overlap, of one organ, nor of the region at large and an organ
WITH counted AS (
  SELECT grain, series_key, subject, period_start, period_end,
    CASE grain WHEN 'month' THEN date_trunc('month', period_end) WHEN 'quarter' THEN date_trunc('quarter', period_end)
      WHEN 'half_year' THEN make_date(year(period_end), CASE WHEN month(period_end) > 6 THEN 7 ELSE 1 END, 1)
      ELSE date_trunc('year', period_end) END AS bucket
  FROM claim CROSS JOIN (VALUES ('month'), ('quarter'), ('half_year'), ('year')) t(grain)
  WHERE CASE grain WHEN 'month' THEN in_month WHEN 'quarter' THEN in_quarter WHEN 'half_year' THEN in_half_year ELSE in_year END
  GROUP BY ALL
), ordered AS (
  SELECT *, max(period_end) OVER (PARTITION BY grain, series_key, subject, bucket ORDER BY period_start, period_end
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM counted
)
SELECT grain, series_key, subject, bucket, period_start, period_end, reach FROM ordered WHERE period_start <= reach
UNION ALL
SELECT r.grain, r.series_key, o.subject, r.bucket, o.period_start, o.period_end, r.period_end FROM counted r
JOIN counted o ON o.grain = r.grain AND o.series_key = r.series_key AND o.bucket = r.bucket AND r.subject = '' AND o.subject <> ''
  AND o.period_start <= r.period_end AND r.period_start <= o.period_end
