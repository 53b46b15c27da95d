-- Measures that state the same claim: one series, one period, values within each other's bounds.
CREATE OR REPLACE TEMP TABLE grouped AS
WITH bounded AS (
  SELECT * REPLACE (CASE WHEN object IS NOT NULL AND bool_or(standing = 'within') OVER (
      PARTITION BY series_key, period_start, period_end, object, value) THEN 'within' ELSE standing END AS standing),
    scaled(value, scale) AS v, scaled(coalesce(low, value, 0), scale) AS lo,
    scaled(coalesce(high, low + place_of(low), value + place_of(value), 0), scale) AS hi,
    CASE WHEN high IS NULL AND value IS NOT NULL THEN true ELSE false END AS open,
    CASE WHEN period_start IS NOT NULL AND period_end IS NOT NULL AND aggregation IN ('increment', 'cumulative', 'ytd')
      THEN 'flow' ELSE aggregation END AS flow,
    -- Small numbers coincide by chance: 走访企业3家 and 走访商会3家 are two claims, 1280家 told twice is one.
    CASE WHEN value < 10 THEN coalesce(dense_rank() OVER (
        PARTITION BY series_key, period_start, period_end, article_id, value, object IS NULL ORDER BY object), 1)
      ELSE 1 END AS sibling
  FROM member
), keyed_claim AS (
  -- What is told as lying within something larger is another claim than the whole.
  SELECT *, CASE WHEN object IS NULL THEN 1 ELSE sibling END + CASE WHEN standing = 'within' THEN 1000 ELSE 0 END AS twin,
    md5_number_lower(concat_ws('|', series_key, flow, coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, ''))) AS claim_key
  FROM bounded
), reached AS (
  SELECT *, max(hi) OVER (PARTITION BY claim_key, twin ORDER BY lo, hi, measure_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM keyed_claim
), numbered AS (
  SELECT *, sum(CASE WHEN reach IS NULL OR lo > reach THEN 1 ELSE 0 END) OVER (PARTITION BY claim_key, twin ORDER BY lo, hi, measure_id) AS island
  FROM reached
), judged AS (
  -- One article that gives two values under one key speaks of two things; two articles that differ contradict each other.
  SELECT *, max(values_in_article) OVER (PARTITION BY claim_key, twin) > 1 AS shared,
    max(island) OVER (PARTITION BY claim_key, twin) AS islands
  FROM (SELECT *, max(island) OVER w - min(island) OVER w + 1 AS values_in_article FROM numbered
        WINDOW w AS (PARTITION BY claim_key, twin, article_id))
)
SELECT *, md5_number_lower(concat_ws('|', claim_key, twin, CASE WHEN shared THEN island ELSE 0 END)) AS new_claim_id,
  min(published_on) OVER (PARTITION BY claim_key, twin, island) AS island_on
FROM judged;
-- The best source of each claim: where sources differ the latest told, then the narrowest bounds, the original, the surest.
CREATE OR REPLACE TEMP TABLE new_claim AS
WITH ranked AS (
  SELECT *, row_number() OVER (PARTITION BY new_claim_id ORDER BY
    CASE WHEN islands > 1 AND NOT shared THEN island_on END DESC NULLS LAST,
    hi - lo, NOT dated, aggregation <> 'increment', confidence DESC, published_on, article_id, span_start) AS place
  FROM grouped
), best AS (SELECT * FROM ranked WHERE place = 1), told AS (
  -- Where sources agree the bounds narrow to what all of them allow; where they do not the bounds hold all that was told.
  SELECT *, CASE WHEN highest_low > lowest_high THEN lowest ELSE highest_low END AS b_low,
    CASE WHEN highest_low > lowest_high THEN highest WHEN all_open THEN NULL ELSE lowest_high END AS b_high
  FROM (
  SELECT new_claim_id, count(*) AS statements, count(DISTINCT article_id) AS sources,
    list(measure_id ORDER BY place) AS measure_ids, max(lo) AS highest_low, min(hi) AS lowest_high, min(lo) AS lowest,
    CASE WHEN bool_or(open) THEN NULL ELSE max(hi) END AS highest, bool_and(open) AS all_open,
    min(published_on) AS published_on, max(published_on) AS last_published_on, min(confidence) AS min_confidence,
    arg_min(parent, place) FILTER (standing <> 'whole') AS part_of,
    arg_min(relation, place) FILTER (standing <> 'whole') AS part_relation,
    bool_or(shared AND standing <> 'within') AS shared,
    bool_or(aggregation = 'increment' AND dated) AS any_increment,
    CASE WHEN bool_or(standing = 'within') THEN 'within' WHEN bool_or(standing = 'part') THEN 'part' ELSE 'whole' END AS standing
  FROM ranked GROUP BY 1)
)
SELECT new_claim_id AS claim_id, series_key, cell_key, 'stated' AS kind, region, region_scope, subject, category, problem, rank,
  unit, greatest(least(v, coalesce(b_high, v)), b_low) AS value, b_low AS low, b_high AS high,
  period_start, period_end, period_basis, CASE WHEN flow = 'flow' AND any_increment THEN 'increment' ELSE aggregation END AS aggregation,
  modality, polarity, confidence, t.min_confidence, measure_id, article_id, t.published_on, t.last_published_on, t.sources,
  t.statements, t.measure_ids, highest_low > lowest_high OR islands > 1 AND NOT b.shared AS conflict, t.shared, t.part_of,
  t.part_relation AS relation, t.standing, additive, flow
FROM best b JOIN told t USING (new_claim_id);
UPDATE measure SET claim_id = g.new_claim_id FROM grouped g
WHERE measure.rowid = g.row_id AND measure.claim_id IS DISTINCT FROM g.new_claim_id;
