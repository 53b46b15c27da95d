-- The texts that nobody has looked at yet.
SELECT text_key, text FROM stage_article JOIN fresh_text USING (article_id) WHERE staged
UNION ALL SELECT text_key, text FROM article JOIN fresh_text USING (article_id) WHERE NOT staged
