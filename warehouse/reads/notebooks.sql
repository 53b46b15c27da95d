-- What is worked out before anything is written.
CREATE OR REPLACE TEMP TABLE withdrawn AS SELECT article_id FROM suppress;
CREATE OR REPLACE TEMP TABLE told_claim (staged BOOLEAN, row_id BIGINT, claim_id UBIGINT);
CREATE OR REPLACE TEMP TABLE told AS FROM claim LIMIT 0;
CREATE OR REPLACE TEMP TABLE retold AS SELECT article_id FROM repeat;
CREATE OR REPLACE TEMP TABLE turned AS SELECT article_id FROM repeat LIMIT 0;
CREATE OR REPLACE TEMP TABLE recounted (
  row_id BIGINT, contradicted BOOLEAN, in_month BOOLEAN, in_quarter BOOLEAN, in_half_year BOOLEAN, in_year BOOLEAN);
CREATE OR REPLACE TEMP TABLE all_touched_cell (cell_key UBIGINT, series_key UBIGINT);
CREATE OR REPLACE TEMP VIEW touched_claim AS FROM claim WHERE cell_key IN (SELECT cell_key FROM all_touched_cell);
