-- Stand in for the step that replaces articles: the articles are stored already, only their claims are told anew.
CREATE OR REPLACE TEMP TABLE touched_article AS SELECT unnest(getvariable('articles')::VARCHAR[]) AS article_id;
CREATE OR REPLACE TEMP TABLE old_measure AS
SELECT claim_id, statement_key FROM measure WHERE article_id IN (FROM touched_article) AND claim_id IS NOT NULL;
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT statement_key FROM measure WHERE article_id IN (FROM touched_article) AND statement_key IS NOT NULL;
-- An article that is suppressed states no claim; those whose claim is told anew get it back below.
UPDATE measure SET claim_id = NULL WHERE article_id IN (FROM touched_article);
