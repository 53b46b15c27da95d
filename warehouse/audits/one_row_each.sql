-- error: an article, a measure and a claim have one row each
SELECT 'article' AS relation, article_id AS id, count(*) AS rows FROM article GROUP BY 2 HAVING count(*) > 1
UNION ALL SELECT 'measure', measure_id, count(*) FROM measure GROUP BY 2 HAVING count(*) > 1
UNION ALL SELECT 'claim', claim_id::VARCHAR, count(*) FROM claim GROUP BY 2 HAVING count(*) > 1
