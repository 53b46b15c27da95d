-- Q6: what a plain sum over every mention gives, beside the total by year, for problems of the eight-point rule
WITH naive AS (
  SELECT coalesce(strftime(period_end, '%Y'), '') AS year, sum(value)::BIGINT AS naive_sum FROM measure
  WHERE category = 'issue_conduct_investigated' AND region = '000000' GROUP BY 1
)
SELECT year, naive_sum, s.value::BIGINT AS total, s.complete FROM naive
LEFT JOIN summary_year s ON s.period = year AND s.category = 'issue_conduct_investigated' AND s.region = '000000' AND s.standing = 'whole'
  AND s.problem IS NULL AND s.rank IS NULL AND s.unit = '起'
ORDER BY year
