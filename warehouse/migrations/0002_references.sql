-- Copies of the lexicons that SQL needs; they are written anew whenever a lexicon changes.
CREATE TABLE ref_code (
  dim VARCHAR NOT NULL, code VARCHAR NOT NULL, parent VARCHAR, depth INTEGER, label_zh VARCHAR, label_en VARCHAR,
  units VARCHAR[], basis VARCHAR, additive VARCHAR, source VARCHAR, note VARCHAR
);
CREATE TABLE ref_unit (
  unit VARCHAR NOT NULL, code VARCHAR, dimension VARCHAR, base_unit VARCHAR, factor DOUBLE, count_basis VARCHAR,
  note VARCHAR
);
CREATE TABLE ref_region (
  code VARCHAR NOT NULL, name VARCHAR NOT NULL, level VARCHAR, parent VARCHAR, valid_from INTEGER, valid_to INTEGER,
  successor VARCHAR
);
-- Each code and the code that stands for the same place today.
CREATE TABLE ref_region_now (code VARCHAR NOT NULL, code_now VARCHAR NOT NULL, name VARCHAR NOT NULL, short VARCHAR NOT NULL);
CREATE TABLE ref_anchor (
  code VARCHAR NOT NULL, phrases VARCHAR[], kind VARCHAR, "start" VARCHAR, "end" VARCHAR, rule VARCHAR, scope VARCHAR,
  confidence VARCHAR, note VARCHAR
);
-- Days on which the definition of a series changed: nothing is differenced across one.
CREATE TABLE ref_break (
  category VARCHAR NOT NULL, region VARCHAR, breaks_on DATE NOT NULL, reason VARCHAR NOT NULL
);
-- Problems that a category says already: 查处违反中央八项规定精神问题 is about conduct, told or not.
CREATE TABLE ref_implied_problem (category VARCHAR NOT NULL, problem VARCHAR NOT NULL);
