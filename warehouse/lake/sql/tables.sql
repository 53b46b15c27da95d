-- What a lake holds beside the tables of parts. Rows are only ever appended.
-- `load_id` names one appending of one part; `told` lists those that the claims were told from, in their order.
CREATE TABLE IF NOT EXISTS lake.part (
  part VARCHAR, sha256 VARCHAR, bytes BIGINT, articles INTEGER, measures INTEGER, written_at TIMESTAMP, load_id VARCHAR
);
CREATE TABLE IF NOT EXISTS lake.failure AS SELECT *, '' AS load_id FROM main.failure LIMIT 0;
CREATE TABLE IF NOT EXISTS lake.told (part VARCHAR, load_id VARCHAR, seq BIGINT, telling BIGINT);
CREATE TABLE IF NOT EXISTS lake.claim AS SELECT *, 0::BIGINT AS telling FROM main.claim LIMIT 0;
-- The cells whose claims a telling has told anew: of each the newest telling counts.
CREATE TABLE IF NOT EXISTS lake.cell (cell_key UBIGINT, telling BIGINT);
CREATE TABLE IF NOT EXISTS lake.measure_key AS
SELECT measure_id, standing, series_key, statement_key, claim_id, 0::BIGINT AS telling FROM main.measure LIMIT 0;
-- Which articles tell another again; of each article in `repeat_of` the newest telling counts, that it repeats none too.
CREATE TABLE IF NOT EXISTS lake.repeat AS SELECT *, 0::BIGINT AS telling FROM main.repeat LIMIT 0;
CREATE TABLE IF NOT EXISTS lake.repeat_of (article_id VARCHAR, telling BIGINT);
CREATE TABLE IF NOT EXISTS lake.telling (telling BIGINT, run_id VARCHAR);
