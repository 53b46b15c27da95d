-- The texts that nobody has looked at yet, and that came without the numbers of their passages.
SELECT text_key, text FROM stage_article JOIN fresh_text USING (article_id) WHERE staged AND passages IS NULL
UNION ALL SELECT text_key, text FROM article JOIN fresh_text USING (article_id) WHERE NOT staged
