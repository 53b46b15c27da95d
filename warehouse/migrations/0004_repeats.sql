-- Which articles tell another one again. A text is known by the first 64 bits of its sha256: text_key_of(text_sha256).
CREATE TABLE text_passage (text_key UBIGINT NOT NULL, passage UINTEGER NOT NULL);
CREATE TABLE text_likeness (
  text_key UBIGINT NOT NULL, other_key UBIGINT NOT NULL, likeness DOUBLE NOT NULL, within DOUBLE NOT NULL, excerpt BOOLEAN NOT NULL
);
CREATE TABLE repeat (
  article_id VARCHAR NOT NULL, cluster_id VARCHAR NOT NULL, repeats VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  evidence VARCHAR NOT NULL, likeness DOUBLE NOT NULL, within DOUBLE NOT NULL
);
