-- One article, unless it is held back.
SELECT article_id, coalesce(title, '') AS title, coalesce(text, '') AS text, source, site, published_on, url, snapshot_sha256 AS sha256
FROM article WHERE article_id = $article_id AND article_id NOT IN (SELECT article_id FROM suppress);
