-- Every attempt to fetch a page and how it ended; the times are those of a clock in China.
CREATE TABLE fetch_attempt (
  url VARCHAR NOT NULL, host VARCHAR NOT NULL, site VARCHAR, kind VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
  http_status INTEGER, detail VARCHAR, retry_at TIMESTAMP, started_at TIMESTAMP NOT NULL, seconds DOUBLE,
  requests INTEGER, wire_bytes BIGINT, sha256 VARCHAR, run_id VARCHAR
);
