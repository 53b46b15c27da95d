-- What is worked out before anything is written.
CREATE OR REPLACE TEMP TABLE withdrawn AS SELECT article_id FROM suppress;
CREATE OR REPLACE TEMP TABLE told_claim (measure_id VARCHAR, row_id BIGINT, claim_id UBIGINT);
CREATE OR REPLACE TEMP TABLE told AS FROM claim LIMIT 0;
CREATE OR REPLACE TEMP TABLE retold AS SELECT article_id FROM repeat;
CREATE OR REPLACE TEMP TABLE turned AS SELECT article_id FROM repeat LIMIT 0
