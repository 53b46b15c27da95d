-- What is worked out before anything is written.
CREATE OR REPLACE TEMP TABLE withdrawn AS SELECT article_id FROM suppress;
CREATE OR REPLACE TEMP TABLE told_claim (measure_id VARCHAR, row_id BIGINT, claim_id UBIGINT);
CREATE OR REPLACE TEMP TABLE told AS FROM claim LIMIT 0;
