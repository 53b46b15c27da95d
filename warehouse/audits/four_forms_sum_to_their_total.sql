-- warning: across articles, the four forms of one region and period sum to their total
WITH told AS (
  SELECT region, region_scope, subject, period_start, period_end, unit, max(value) FILTER (category = 'four_forms_total') AS total,
    max(high) FILTER (category = 'four_forms_total') AS total_high, max(low) FILTER (category = 'four_forms_total') AS total_low,
    count(DISTINCT category) FILTER (category LIKE 'form\__' ESCAPE '\') AS forms,
    sum(low) FILTER (category LIKE 'form\__' ESCAPE '\') AS low, sum(high) FILTER (category LIKE 'form\__' ESCAPE '\') AS high
  FROM claim WHERE kind = 'stated' AND modality = 'achieved' AND problem IS NULL AND rank IS NULL AND period_start IS NOT NULL
    AND (category = 'four_forms_total' OR category LIKE 'form\__' ESCAPE '\')
  GROUP BY ALL
)
SELECT * FROM told WHERE total IS NOT NULL AND forms = 4 AND (low > total_high OR high < total_low)
