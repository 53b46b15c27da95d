-- Q9: who is sanctioned, by rank, in the longest period told of each year
SELECT region_name AS region, period_start, period_end, k.label_zh AS rank, value::BIGINT AS n,
  round(100 * value / sum(value) OVER (PARTITION BY f.region, f.region_scope, f.subject, f.period_start, f.period_end), 1)::DOUBLE AS pct
FROM fact f JOIN ref_code k ON k.dim = 'rank' AND k.code = f.rank
WHERE category = 'person_sanctioned' AND modality = 'achieved' AND f.rank NOT IN ('rank_top_leader', 'rank_region_managed') AND k.parent IS NULL
  AND f.period_start IS NOT NULL
ORDER BY region, period_start, period_end, n DESC, rank
