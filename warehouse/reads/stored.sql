-- The articles are stored already; only their claims are told anew. One that is suppressed states none.
INSERT INTO touched_article SELECT unnest(getvariable('articles')::VARCHAR[]);
INSERT INTO old_measure
SELECT claim_id, statement_key FROM measure WHERE article_id IN (FROM touched_article) AND claim_id IS NOT NULL;
INSERT INTO new_statement
SELECT statement_key FROM measure WHERE article_id IN (FROM touched_article) AND statement_key IS NOT NULL;
UPDATE measure SET claim_id = NULL WHERE article_id IN (FROM touched_article);
