SELECT * FROM article WHERE article_id = ?
