-- Q12: the sentences behind the cells of enterprise visits, mediated disputes and admonitions of one district
SELECT measure_id, surface, object, actor, reporter, period_start, period_end, confidence, quote, url FROM fact
WHERE region = '450107' AND category IN ('enterprise_visit', 'dispute_mediated', 'admonition') ORDER BY measure_id
