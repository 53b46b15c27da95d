-- What was fetched, read and counted. No keys on the big tables: uniqueness is an audit.
CREATE TABLE run (
  run_id VARCHAR NOT NULL, kind VARCHAR, status VARCHAR, started_at TIMESTAMP, finished_at TIMESTAMP,
  extractor_version VARCHAR, lexicon_hash VARCHAR, articles INTEGER, measures INTEGER, skipped INTEGER,
  failures INTEGER, note VARCHAR
);
CREATE TABLE snapshot (
  sha256 VARCHAR, url VARCHAR NOT NULL, final_url VARCHAR, site VARCHAR, fetched_at TIMESTAMP, http_status INTEGER,
  bytes BIGINT, encoding VARCHAR, outcome VARCHAR NOT NULL, cause VARCHAR, run_id VARCHAR
);
CREATE TABLE article (
  article_id VARCHAR NOT NULL, site VARCHAR, url VARCHAR, title VARCHAR, subtitle VARCHAR, published_at TIMESTAMP,
  published_on DATE, source VARCHAR, author VARCHAR, editor VARCHAR, "column" VARCHAR, kind VARCHAR, status VARCHAR,
  encoding VARCHAR, text VARCHAR, text_sha256 VARCHAR, snapshot_sha256 VARCHAR, removed_characters INTEGER,
  problems VARCHAR[], measures INTEGER, content_sha256 VARCHAR, run_id VARCHAR, extractor_version VARCHAR,
  lexicon_hash VARCHAR
);
CREATE TABLE measure (
  measure_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  surface VARCHAR NOT NULL, quote VARCHAR, value DECIMAL(24,6), low DECIMAL(24,6), high DECIMAL(24,6),
  approximator VARCHAR, unit VARCHAR, dimension VARCHAR, category VARCHAR NOT NULL, problem VARCHAR, rank VARCHAR,
  predicate VARCHAR, object VARCHAR, actor VARCHAR, actor_organ VARCHAR, reporter VARCHAR, target VARCHAR,
  region VARCHAR, region_scope VARCHAR NOT NULL, period_start DATE, period_end DATE, period_basis VARCHAR NOT NULL,
  period_surface VARCHAR, period_cue VARCHAR, period_reason VARCHAR, is_measure BOOLEAN NOT NULL,
  aggregation VARCHAR NOT NULL, modality VARCHAR NOT NULL, polarity TINYINT NOT NULL, parent VARCHAR,
  relation VARCHAR, programme VARCHAR, confidence DOUBLE, rule VARCHAR, flags VARCHAR[], run_id VARCHAR,
  standing VARCHAR, series_key UBIGINT, statement_key UBIGINT, claim_id UBIGINT
);
CREATE TABLE programme_mention (
  article_id VARCHAR NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, surface VARCHAR,
  name VARCHAR NOT NULL, kind VARCHAR, organ VARCHAR, region VARCHAR, parent VARCHAR, short BOOLEAN,
  round_no INTEGER, term_no INTEGER, run_id VARCHAR
);
CREATE TABLE mention (
  article_id VARCHAR NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, surface VARCHAR, kind VARCHAR,
  name VARCHAR, code VARCHAR, level VARCHAR, org_kind VARCHAR, scope VARCHAR, run_id VARCHAR
);
CREATE TABLE case_notice (
  article_id VARCHAR NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, stage VARCHAR,
  sanctions VARCHAR[], organ VARCHAR, level VARCHAR, region VARCHAR, decided_on DATE, run_id VARCHAR
);
CREATE TABLE failure (
  url VARCHAR NOT NULL, article_id VARCHAR, stage VARCHAR NOT NULL, cause VARCHAR NOT NULL, detail VARCHAR,
  snapshot_sha256 VARCHAR, run_id VARCHAR
);
CREATE TABLE correction (
  article_id VARCHAR NOT NULL, quoted VARCHAR NOT NULL, field VARCHAR NOT NULL, value VARCHAR, reason VARCHAR NOT NULL,
  decided_on DATE NOT NULL, expectation VARCHAR
);
CREATE TABLE correction_applied (
  measure_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, field VARCHAR NOT NULL, extracted VARCHAR, corrected VARCHAR,
  reason VARCHAR NOT NULL, decided_on DATE NOT NULL
);
CREATE TABLE suppress (article_id VARCHAR NOT NULL, reason VARCHAR NOT NULL, decided_on DATE NOT NULL);
CREATE TABLE part (
  part VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, bytes BIGINT, articles INTEGER, measures INTEGER, run_id VARCHAR
);
CREATE TABLE load (
  run_id VARCHAR NOT NULL, articles INTEGER NOT NULL, measures INTEGER NOT NULL, replaced INTEGER NOT NULL,
  skipped INTEGER NOT NULL
);
CREATE TABLE reading (
  run_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, measures INTEGER, extractor_version VARCHAR,
  lexicon_hash VARCHAR, content_sha256 VARCHAR
);
-- What earlier runs had said of articles that a later run read otherwise.
CREATE TABLE measure_history (
  run_id VARCHAR, replaced_by VARCHAR, measure_id VARCHAR, article_id VARCHAR, span_start INTEGER, span_end INTEGER,
  surface VARCHAR, category VARCHAR, value DECIMAL(24,6), low DECIMAL(24,6), high DECIMAL(24,6), unit VARCHAR,
  region VARCHAR, region_scope VARCHAR, period_start DATE, period_end DATE, aggregation VARCHAR, modality VARCHAR,
  polarity TINYINT, rule VARCHAR, is_measure BOOLEAN, problem VARCHAR, rank VARCHAR, actor VARCHAR, object VARCHAR,
  parent VARCHAR, relation VARCHAR
);
-- One row for each claim that sources make, and for each increment that follows from several claims.
CREATE TABLE claim (
  claim_id UBIGINT NOT NULL, series_key UBIGINT NOT NULL, cell_key UBIGINT NOT NULL, kind VARCHAR NOT NULL,
  region VARCHAR, region_scope VARCHAR NOT NULL, subject VARCHAR NOT NULL, category VARCHAR NOT NULL,
  problem VARCHAR, rank VARCHAR, unit VARCHAR, value DECIMAL(24,6), low DECIMAL(24,6), high DECIMAL(24,6),
  period_start DATE, period_end DATE, period_basis VARCHAR NOT NULL, aggregation VARCHAR NOT NULL,
  modality VARCHAR NOT NULL, polarity TINYINT NOT NULL, confidence DOUBLE, min_confidence DOUBLE,
  measure_id VARCHAR, article_id VARCHAR, published_on DATE, last_published_on DATE, sources INTEGER NOT NULL,
  statements INTEGER NOT NULL, measure_ids VARCHAR[] NOT NULL, conflict BOOLEAN NOT NULL, contradicted BOOLEAN NOT NULL, shared BOOLEAN NOT NULL,
  part_of VARCHAR, relation VARCHAR, standing VARCHAR, outside VARCHAR, first_of_period BOOLEAN NOT NULL,
  in_month BOOLEAN NOT NULL, in_quarter BOOLEAN NOT NULL, in_half_year BOOLEAN NOT NULL, in_year BOOLEAN NOT NULL
);
