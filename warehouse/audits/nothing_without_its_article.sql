-- error: every row reaches its article, and every article holds the measures that its row says
SELECT 'measure' AS relation, measure_id AS id FROM measure ANTI JOIN article USING (article_id)
UNION ALL SELECT 'programme_mention', article_id FROM programme_mention ANTI JOIN article USING (article_id)
UNION ALL SELECT 'mention', article_id FROM mention ANTI JOIN article USING (article_id)
UNION ALL SELECT 'case_notice', article_id FROM case_notice ANTI JOIN article USING (article_id)
UNION ALL SELECT 'article', a.article_id FROM article a
  LEFT JOIN (SELECT article_id, count(*) AS held FROM measure GROUP BY 1) m USING (article_id)
  WHERE a.measures <> coalesce(m.held, 0)
