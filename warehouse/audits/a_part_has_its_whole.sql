-- error: what is a part of another measure finds it in the same article
SELECT c.measure_id, c.parent, c.relation FROM measure c LEFT JOIN measure p ON p.measure_id = c.parent
WHERE c.parent IS NOT NULL AND (p.measure_id IS NULL OR p.article_id <> c.article_id OR c.parent = c.measure_id)
