-- error: no U+FFFD in any text
SELECT article_id, strpos(coalesce(title, '') || chr(10) || text, chr(65533)) AS at FROM article
WHERE contains(coalesce(title, '') || text, chr(65533))
