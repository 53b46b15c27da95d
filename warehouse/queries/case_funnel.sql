-- Q8: clues, cases and sanctions by region and year, as of the last day told
SELECT g.name AS region, year(period_end) AS year, max(period_end) AS as_of, max(value) FILTER (category = 'clue_disposed')::BIGINT AS clues,
  max(value) FILTER (category = 'case_filed')::BIGINT AS cases,
  max(value) FILTER (category = 'person_sanctioned')::BIGINT AS sanctioned,
  round(max(value) FILTER (category = 'case_filed') / nullif(max(value) FILTER (category = 'clue_disposed'), 0), 3) AS cases_per_clue
FROM claim LEFT JOIN ref_region_now g ON g.code = claim.region
WHERE kind = 'stated' AND modality = 'achieved' AND standing IS NOT NULL AND problem IS NULL AND rank IS NULL AND year(period_start) = year(period_end)
  AND (category IN ('clue_disposed', 'case_filed') AND unit = '件' OR category = 'person_sanctioned')
GROUP BY g.name, claim.region_scope, year(period_end) HAVING clues IS NOT NULL ORDER BY 1, 2
