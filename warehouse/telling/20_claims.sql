-- Measures that state the same claim: one series, one period, values within each other's bounds.
CREATE OR REPLACE TEMP TABLE valued AS
WITH bounded AS (
  SELECT *, scaled(value, scale) AS v, scaled(coalesce(low, value, 0), scale) AS lo,
    scaled(coalesce(high, low + place_of(low), value + place_of(value), 0), scale) AS hi,
    high IS NULL AND value IS NOT NULL AS open,
    CASE WHEN period_start IS NOT NULL AND period_end IS NOT NULL AND aggregation IN ('increment', 'cumulative', 'ytd')
      THEN 'flow' ELSE aggregation END AS flow
  FROM member
)
SELECT * EXCLUDE (value, low, high, scale),
  md5_number_lower(concat_ws('|', series_key, flow, coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, ''))) AS told_of
FROM bounded;
-- A figure told of the region at large that is told, to the digit, of one of its organs is that organ's: the restatement only
-- leaves the organ out. A figure that a later text calls a misprint is in no sum, wherever it stands.
CREATE OR REPLACE TEMP TABLE organ_told AS
SELECT told_of, v, article_id, min(subject) AS subject, count(DISTINCT subject) AS organs FROM valued WHERE subject <> ''
GROUP BY GROUPING SETS ((told_of, v), (told_of, v, article_id));
CREATE OR REPLACE TEMP TABLE misprinted AS SELECT DISTINCT told_of, v FROM valued WHERE misprint;
CREATE OR REPLACE TEMP TABLE keyed_claim AS
SELECT x.*, md5_number_lower(concat_ws('|', told_of, subject)) AS claim_key
FROM (
  SELECT v.* REPLACE (
      CASE WHEN v.subject = '' AND a.organs = 1 AND (v.v >= 10 OR NOT v.dated) THEN a.subject
        WHEN v.subject = '' AND n.organs = 1 AND v.v >= 100 THEN n.subject ELSE v.subject END AS subject,
      CASE WHEN p.v IS NULL THEN v.standing ELSE 'within' END AS standing)
  FROM valued v
  LEFT JOIN organ_told n ON n.told_of = v.told_of AND n.v = v.v AND n.article_id IS NULL
  LEFT JOIN organ_told a ON a.told_of = v.told_of AND a.v = v.v AND a.article_id = v.article_id
  LEFT JOIN misprinted p ON p.told_of = v.told_of AND p.v = v.v) x;
-- Most claims are told once, or alike wherever they are told; only the others need to be weighed.
CREATE OR REPLACE TEMP TABLE crowded AS
SELECT claim_key, max(lo) <= min(hi) AND NOT bool_or(standing = 'within') AND NOT bool_or(v < 10 AND object IS NOT NULL) AS agreed
FROM keyed_claim GROUP BY 1 HAVING count(*) > 1;
CREATE OR REPLACE TEMP TABLE grouped AS
WITH placed AS (
  -- What is told as lying within something larger lies within it wherever else the same object and number are told.
  SELECT * REPLACE (CASE WHEN object IS NOT NULL AND bool_or(standing = 'within') OVER (PARTITION BY claim_key, object, v)
      THEN 'within' ELSE standing END AS standing),
    -- Small numbers coincide by chance: 走访企业3家 and 走访商会3家 are two claims, 1280家 told twice is one.
    CASE WHEN v < 10 AND object IS NOT NULL
      THEN dense_rank() OVER (PARTITION BY claim_key, article_id, v, object IS NULL ORDER BY object) ELSE 1 END AS sibling
  FROM keyed_claim SEMI JOIN (FROM crowded WHERE NOT coalesce(agreed, false)) USING (claim_key)
), twinned AS (
  -- A part within a whole is another claim than the whole.
  SELECT *, sibling + CASE WHEN standing = 'within' THEN 1000 ELSE 0 END AS twin FROM placed
), reached AS (
  SELECT *, max(hi) OVER (PARTITION BY claim_key, twin ORDER BY lo, hi, measure_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM twinned
), numbered AS (
  SELECT *, sum(CASE WHEN reach IS NULL OR lo > reach THEN 1 ELSE 0 END) OVER (PARTITION BY claim_key, twin ORDER BY lo, hi, measure_id) AS island
  FROM reached
), spread AS (
  SELECT *, max(island) OVER w - min(island) OVER w + 1 AS values_in_article FROM numbered
  WINDOW w AS (PARTITION BY claim_key, twin, article_id)
), judged AS (
  -- One article that gives two values under one key speaks of two things; two articles that differ contradict each other.
  SELECT *, max(values_in_article) OVER (PARTITION BY claim_key, twin) > 1 AS shared,
    max(island) OVER (PARTITION BY claim_key, twin) AS islands,
    min(published_on) OVER (PARTITION BY claim_key, twin, island) AS island_on
  FROM spread
)
SELECT *, md5_number_lower(concat_ws('|', claim_key, twin, CASE WHEN shared THEN island ELSE 0 END)) AS new_claim_id FROM judged
UNION ALL BY NAME
SELECT *, false AS shared, 1 AS islands, md5_number_lower(concat_ws('|', claim_key, 1, 0)) AS new_claim_id
FROM keyed_claim SEMI JOIN (FROM crowded WHERE agreed) USING (claim_key);
-- The best source of each claim: where sources differ the latest told, then the narrowest bounds, the original, the surest.
CREATE OR REPLACE TEMP TABLE new_claim AS
WITH ranked AS (
  SELECT *, row_number() OVER (PARTITION BY new_claim_id ORDER BY
    CASE WHEN islands > 1 AND NOT shared THEN island_on END DESC NULLS LAST,
    hi - lo, NOT dated, aggregation <> 'increment', article_id IN (FROM retold), confidence DESC, published_on, article_id, span_start) AS place
  FROM grouped
), summed AS (
  SELECT new_claim_id, count(*) AS statements, count(DISTINCT article_id) AS sources,
    list(measure_id ORDER BY place) AS measure_ids, max(lo) AS highest_low, min(hi) AS lowest_high, min(lo) AS lowest,
    CASE WHEN bool_or(open) THEN NULL ELSE max(hi) END AS highest, bool_and(open) AS all_open,
    min(published_on) AS published_on, max(published_on) AS last_published_on, min(confidence) AS min_confidence,
    arg_min(parent, place) FILTER (standing <> 'whole') AS part_of,
    arg_min(relation, place) FILTER (standing <> 'whole') AS relation,
    bool_or(shared AND standing <> 'within') AS shared, bool_or(islands > 1 AND NOT shared) AS differ,
    bool_or(aggregation = 'increment' AND dated) AS any_increment,
    CASE WHEN bool_or(standing = 'within') THEN 'within' WHEN bool_or(standing = 'part') THEN 'part' ELSE 'whole' END AS standing
  FROM ranked GROUP BY 1
), bounded AS (
  -- Where sources agree the bounds narrow to what all of them allow; where they do not the bounds hold all that was told.
  SELECT *, CASE WHEN highest_low > lowest_high THEN lowest ELSE highest_low END AS low,
    CASE WHEN highest_low > lowest_high THEN highest WHEN all_open THEN NULL ELSE lowest_high END AS high
  FROM summed
)
SELECT b.new_claim_id AS claim_id, series_key, cell_key, 'stated' AS kind, region, region_scope, subject, category, problem, rank,
  unit, greatest(least(v, coalesce(t.high, v)), t.low) AS value, t.low, t.high, period_start, period_end, period_basis,
  CASE WHEN flow = 'flow' AND any_increment THEN 'increment' ELSE aggregation END AS aggregation, modality, polarity, confidence,
  t.min_confidence, measure_id, article_id, t.published_on, t.last_published_on, t.sources, t.statements, t.measure_ids,
  highest_low > lowest_high OR t.differ AS conflict, t.shared, t.part_of, t.relation, t.standing, additive, flow
FROM ranked b JOIN bounded t USING (new_claim_id) WHERE b.place = 1
UNION ALL BY NAME
SELECT md5_number_lower(concat_ws('|', claim_key, CASE WHEN standing = 'within' THEN 1001 ELSE 1 END, 0)) AS claim_id, series_key,
  cell_key, 'stated' AS kind, region, region_scope, subject, category, problem, rank, unit, v AS value, lo AS low,
  CASE WHEN NOT open THEN hi END AS high, period_start, period_end, period_basis, aggregation, modality, polarity, confidence,
  confidence AS min_confidence, measure_id, article_id, published_on, published_on AS last_published_on, 1 AS sources, 1 AS statements,
  [measure_id] AS measure_ids, false AS conflict, false AS shared, CASE WHEN standing <> 'whole' THEN parent END AS part_of,
  CASE WHEN standing <> 'whole' THEN relation END AS relation, standing, additive, flow
FROM keyed_claim ANTI JOIN crowded USING (claim_key);
INSERT INTO told_claim
SELECT measure_id, row_id, new_claim_id FROM grouped
UNION ALL
SELECT measure_id, v.row_id, n.claim_id FROM keyed_claim v ANTI JOIN crowded USING (claim_key) JOIN new_claim n USING (measure_id);
