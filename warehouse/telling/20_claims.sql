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
SELECT *, claim_id_of(claim_key, twin, CASE WHEN shared THEN island ELSE 0 END) AS new_claim_id FROM judged
UNION ALL BY NAME
SELECT *, false AS shared, 1 AS islands, claim_id_of(claim_key, 1, 0) AS new_claim_id
FROM keyed_claim SEMI JOIN (FROM crowded WHERE agreed) USING (claim_key);
-- The best source of each claim: where sources differ the latest told, then the narrowest bounds, the original, the surest.
INSERT INTO told BY NAME
WITH ranked AS (
  SELECT g.*, coalesce(r.cluster_id, g.article_id) AS cluster_id, row_number() OVER (PARTITION BY new_claim_id ORDER BY
    CASE WHEN islands > 1 AND NOT shared THEN island_on END DESC NULLS LAST,
    hi - lo, NOT dated, aggregation <> 'increment', r.article_id IS NOT NULL, confidence DESC, published_on, g.article_id, span_start) AS place
  FROM grouped g LEFT JOIN retold r ON r.article_id = g.article_id
), summed AS (
  SELECT new_claim_id, count(*) AS statements, count(DISTINCT cluster_id) AS sources,
    count(DISTINCT article_id) - count(DISTINCT cluster_id) AS reposts,
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
SELECT * EXCLUDE (additive, flow, standing), CASE WHEN countable THEN standing END AS standing,
  CASE WHEN additive = 'sum' AND modality = 'achieved' AND polarity = 1 AND standing <> 'within' THEN
    CASE WHEN period_start IS NULL OR period_end IS NULL THEN 'undated' WHEN value IS NULL THEN 'no_value' END END AS outside
FROM (
  SELECT *, coalesce(additive = 'sum' AND flow = 'flow' AND modality = 'achieved' AND polarity = 1 AND value IS NOT NULL
    AND standing <> 'within' AND period_start <= period_end, false) AS countable
  FROM (
    SELECT b.new_claim_id AS claim_id, claim_key, series_key, cell_key, 'stated' AS kind, region, region_scope, subject, category, problem, rank,
      unit, greatest(least(v, coalesce(t.high, v)), t.low) AS value, t.low, t.high, period_start, period_end, period_basis,
      CASE WHEN flow = 'flow' AND any_increment THEN 'increment' ELSE aggregation END AS aggregation, modality, polarity, confidence,
      t.min_confidence, measure_id, article_id, t.published_on, t.last_published_on, t.sources, t.reposts, t.statements, t.measure_ids,
      highest_low > lowest_high OR t.differ AS conflict, t.shared, t.part_of, t.relation, t.standing, additive, flow, true AS crowd
    FROM ranked b JOIN bounded t USING (new_claim_id) WHERE b.place = 1
    UNION ALL BY NAME
    SELECT claim_id_of(claim_key, CASE WHEN standing = 'within' THEN 1001 ELSE 1 END, 0) AS claim_id, claim_key, series_key,
      cell_key, 'stated' AS kind, region, region_scope, subject, category, problem, rank, unit, v AS value, lo AS low,
      CASE WHEN NOT open THEN hi END AS high, period_start, period_end, period_basis, aggregation, modality, polarity, confidence,
      confidence AS min_confidence, measure_id, article_id, published_on, published_on AS last_published_on, 1 AS sources, 0 AS reposts, 1 AS statements,
      [measure_id] AS measure_ids, false AS conflict, false AS shared, CASE WHEN standing <> 'whole' THEN parent END AS part_of,
      CASE WHEN standing <> 'whole' THEN relation END AS relation, standing, additive, flow, false AS crowd, staged, row_id
    FROM keyed_claim ANTI JOIN crowded USING (claim_key)));
INSERT INTO told_claim SELECT staged, row_id, new_claim_id FROM grouped;
-- Of several claims of one doer and period the days are counted once.
INSERT INTO later_of_period
SELECT claim_id FROM told WHERE crowd AND series_key % getvariable('shares') = getvariable('share')
QUALIFY row_number() OVER (PARTITION BY claim_key ORDER BY NOT countable, claim_id) > 1;
