CREATE OR REPLACE TEMP TABLE touched_article (article_id VARCHAR);
CREATE OR REPLACE TEMP TABLE old_measure (claim_id UBIGINT, statement_key UBIGINT);
CREATE OR REPLACE TEMP TABLE new_statement (statement_key UBIGINT);
CREATE OR REPLACE TEMP TABLE fresh_key AS FROM keyed('measure', 'article') LIMIT 0;
