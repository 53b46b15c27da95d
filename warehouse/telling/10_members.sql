-- A share of what is told anew: every measure that states a claim of a series, kind and period of which something is said, the
-- affected ones and their neighbours, whose claims tell what they say.
CREATE OR REPLACE TEMP TABLE reweighed AS
SELECT claim_id, cell_key, series_key, told_of, region, region_scope, period_start, period_end FROM standing_claim
WHERE kind = 'stated' AND NOT kept AND series_key % getvariable('shares') = getvariable('share');
CREATE OR REPLACE TEMP TABLE neighbour_row AS
SELECT m.rowid AS row_id, measure_id, article_id, span_start, NULL::VARCHAR AS quote, NULL::VARCHAR AS surface, value, low, high, unit,
  category, problem, rank, object, actor_organ, region, region_scope, period_start, period_end, period_basis, is_measure,
  aggregation, modality, polarity, parent, relation, confidence, flags, run_id, standing, claim_id
FROM measure m
WHERE m.rowid IN (SELECT rowid FROM measure WHERE claim_id IN (SELECT claim_id FROM reweighed))
  AND m.article_id NOT IN (FROM affected_article);
-- Measures that state the same claim: one series, one period, values within each other's bounds.
CREATE OR REPLACE TEMP TABLE keyed_claim AS
WITH member AS (
  FROM said WHERE series_key % getvariable('shares') = getvariable('share')
  UNION ALL BY NAME
  SELECT false AS staged, k.* REPLACE (c.series_key AS series_key, c.region AS region, c.region_scope AS region_scope,
      c.period_start AS period_start, c.period_end AS period_end),
    k.period_start IS NOT NULL AS dated, c.cell_key, c.told_of,
    flow_of(k.aggregation, c.period_start, c.period_end) AS flow
  FROM keyed('neighbour_row', 'article') k JOIN reweighed c ON c.claim_id = k.claim_id
)
SELECT staged, row_id, measure_id, article_id, published_on, span_start, series_key, cell_key, told_of, flow, region, region_scope,
  subject, category, problem, rank, unit, object, period_start, period_end, period_basis, aggregation, modality, polarity,
  confidence, parent, relation, additive, standing, misprint, dated,
  scaled(value, scale) AS v, scaled(coalesce(low, value, 0), scale) AS lo,
  scaled(coalesce(high, low + place_of(low), value + place_of(value), 0), scale) AS hi,
  high IS NULL AND value IS NOT NULL AS open, claim_key_of(told_of, subject) AS claim_key
FROM member;
-- A figure told of the region at large that is told, to the digit, of one of its organs is that organ's: the restatement only
-- leaves the organ out. A figure that a later text calls a misprint is in no sum, wherever it stands.
CREATE OR REPLACE TEMP TABLE organ_told AS
SELECT told_of, v, article_id, min(subject) AS subject, count(DISTINCT subject) AS organs FROM keyed_claim WHERE subject <> ''
GROUP BY GROUPING SETS ((told_of, v), (told_of, v, article_id));
CREATE OR REPLACE TEMP TABLE organ_of AS
SELECT * FROM (
  SELECT x.staged, x.row_id, x.told_of,
    CASE WHEN a.organs = 1 AND (x.v >= 10 OR NOT x.dated) THEN a.subject WHEN n.organs = 1 AND x.v >= 100 THEN n.subject END AS subject
  FROM (FROM keyed_claim WHERE subject = '' AND told_of IN (SELECT told_of FROM organ_told)) x
  LEFT JOIN organ_told n ON n.told_of = x.told_of AND n.v = x.v AND n.article_id IS NULL
  LEFT JOIN organ_told a ON a.told_of = x.told_of AND a.v = x.v AND a.article_id = x.article_id)
WHERE subject IS NOT NULL;
UPDATE keyed_claim SET subject = o.subject, claim_key = claim_key_of(o.told_of, o.subject) FROM organ_of o
WHERE keyed_claim.staged = o.staged AND keyed_claim.row_id = o.row_id;
CREATE OR REPLACE TEMP TABLE misprinted AS SELECT DISTINCT told_of, v FROM keyed_claim WHERE misprint;
UPDATE keyed_claim SET standing = 'within' FROM misprinted p WHERE keyed_claim.told_of = p.told_of AND keyed_claim.v = p.v;
