-- Q1: accountability outcomes by region, quarter and form; what lies in no single quarter is named for what it spans
SELECT region_name AS region, period, form, sum(value)::BIGINT AS n, sum(low)::BIGINT AS lo, sum(high)::BIGINT AS hi,
  sum(facts)::BIGINT AS facts, sum(restatements_removed)::BIGINT AS restatements_removed, round(min(min_confidence), 2) AS min_confidence
FROM accountability_by_form WHERE problem IS NULL AND rank IS NULL
GROUP BY ALL ORDER BY region, period, n DESC, form
