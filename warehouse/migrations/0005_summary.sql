-- Sums of the claims of one series, standing and bucket, kept with the claims so that a summary needs no second look at them.
CREATE TABLE summary (
  grain VARCHAR NOT NULL, period_start DATE NOT NULL, cell_key UBIGINT NOT NULL, region VARCHAR, region_scope VARCHAR NOT NULL,
  category VARCHAR NOT NULL, problem VARCHAR, rank VARCHAR, unit VARCHAR, standing VARCHAR NOT NULL, value DECIMAL(38,6),
  low DECIMAL(38,6), high DECIMAL(38,6), facts BIGINT, derived BIGINT, sources BIGINT, restatements_removed BIGINT,
  min_confidence DOUBLE, conflicts BIGINT, shared BIGINT, days_told BIGINT, subjects BIGINT, measure_ids VARCHAR[]
);
