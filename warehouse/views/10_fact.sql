-- One row for each claim that sources make, with the sentence that states it best. Claim and sentence are of one category: named
-- in the join, it lets a question of one category read no other.
CREATE OR REPLACE VIEW fact AS
SELECT c.claim_id, m.measure_id, m.article_id, c.region, g.name AS region_name, g.name_en AS region_name_en, c.region_scope, c.subject, c.category, k.label_zh AS category_label, k.label_en AS category_label_en,
  k.additive, c.problem, c.rank, c.value, c.low, c.high, m.approximator, c.unit, m.dimension, c.period_start, c.period_end, c.period_basis,
  c.aggregation, c.modality, c.polarity, c.standing, c.part_of, c.relation, c.sources, c.reposts, c.statements, c.measure_ids, c.conflict, c.contradicted, c.shared,
  c.confidence, c.min_confidence, c.published_on, c.last_published_on, m.predicate, m.object, m.actor, m.actor_organ, m.reporter,
  m.target, m.programme, m.surface, m.quote, m.span_start, m.span_end, m.rule, m.flags, a.title, a.url, a.source, a.site,
  CASE WHEN c.in_month THEN strftime(c.period_end, '%Y-%m') END AS month,
  CASE WHEN c.in_quarter THEN year(c.period_end) || 'Q' || quarter(c.period_end) END AS quarter,
  CASE WHEN c.in_half_year THEN year(c.period_end) || 'H' || ((month(c.period_end) + 5) // 6) END AS half_year,
  CASE WHEN c.in_year THEN strftime(c.period_end, '%Y') END AS year
FROM claim c JOIN measure m ON m.measure_id = c.measure_id AND m.category = c.category JOIN article a ON a.article_id = m.article_id
LEFT JOIN ref_region_now g ON g.code = c.region
LEFT JOIN ref_code k ON k.dim = 'category' AND k.code = c.category
WHERE c.kind = 'stated';
-- The only rows that a SUM may touch, within one category and unit: increments done, told once, no part of another row.
CREATE OR REPLACE VIEW addable AS
SELECT * FROM fact f
WHERE f.additive = 'sum' AND f.aggregation = 'increment' AND f.modality = 'achieved' AND f.polarity = 1
  AND f.standing = 'whole' AND f.value IS NOT NULL
  AND NOT EXISTS (
    FROM claim w WHERE w.kind = 'stated' AND w.standing = 'whole' AND (f.problem IS NOT NULL OR f.rank IS NOT NULL)
      AND w.problem IS NULL AND w.rank IS NULL AND w.category = f.category AND w.region IS NOT DISTINCT FROM f.region
      AND w.region_scope = f.region_scope AND w.subject = f.subject AND w.unit IS NOT DISTINCT FROM f.unit
      AND w.period_start = f.period_start AND w.period_end = f.period_end);
