-- The articles are stored already; only their claims are told anew. One that is withdrawn states none.
CREATE OR REPLACE TEMP TABLE touched_article AS SELECT unnest(getvariable('articles')::VARCHAR[]) AS article_id;
CREATE OR REPLACE TEMP TABLE old_measure AS
SELECT claim_id, statement_key FROM measure WHERE article_id IN (FROM touched_article) AND (claim_id IS NOT NULL OR statement_key IS NOT NULL);
CREATE OR REPLACE TEMP VIEW staged_measure AS SELECT rowid AS row_id, * FROM stage_measure;
CREATE OR REPLACE TEMP TABLE said AS SELECT true AS staged, * FROM gathered('staged_measure', 'stage_article');
CREATE OR REPLACE TEMP TABLE fresh AS SELECT row_id, series_key, statement_key, standing FROM said;
CREATE OR REPLACE TEMP TABLE fresh_statement AS
SELECT statement_key, series_key, article_id, published_on, period_start, period_end FROM said WHERE statement_key IS NOT NULL;
