-- Q10: money recovered, by what kind of supervision
SELECT CASE WHEN contains(coalesce(programme, '') || coalesce(actor, '') || quote, '巡察') OR contains(quote, '巡视') THEN '巡察' ELSE '其他' END AS via,
  region_name AS region, round(sum(value) / 1e4, 2)::DOUBLE AS wan_yuan, aggregation, min(period_start) AS from_, max(period_end) AS to_, count(*) AS facts
FROM fact WHERE category = 'money_recovered' AND modality = 'achieved' AND unit = '元' AND standing = 'whole'
GROUP BY 1, region_name, aggregation, CASE WHEN aggregation <> 'increment' THEN claim_id END ORDER BY ALL
