-- error: within one bucket no two periods of one series overlap
WITH counted AS (
  SELECT grain, series_key, period_start, period_end,
    CASE grain WHEN 'month' THEN date_trunc('month', period_end) WHEN 'quarter' THEN date_trunc('quarter', period_end)
      WHEN 'half_year' THEN make_date(year(period_end), CASE WHEN month(period_end) > 6 THEN 7 ELSE 1 END, 1)
      ELSE date_trunc('year', period_end) END AS bucket
  FROM claim CROSS JOIN (VALUES ('month'), ('quarter'), ('half_year'), ('year')) t(grain)
  WHERE CASE grain WHEN 'month' THEN in_month WHEN 'quarter' THEN in_quarter WHEN 'half_year' THEN in_half_year ELSE in_year END
  GROUP BY ALL
), ordered AS (
  SELECT *, max(period_end) OVER (PARTITION BY grain, series_key, bucket ORDER BY period_start, period_end
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM counted
)
SELECT grain, series_key, bucket, period_start, period_end, reach FROM ordered WHERE period_start <= reach
