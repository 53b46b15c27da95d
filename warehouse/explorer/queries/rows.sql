-- What the sentences that state these claims best say, in the order of $claim_ids. Rows are found by the narrow columns first and
-- fetched by rowid: a join on wide rows would read every text.
WITH wanted AS MATERIALIZED (
  SELECT unnest($claim_ids::UBIGINT[]) AS claim_id, unnest(range(len($claim_ids))) AS place
), best AS MATERIALIZED (
  SELECT c.claim_id, c.measure_id, c.statements, c.region, w.place FROM claim c JOIN wanted w ON w.claim_id = c.claim_id
), spot AS MATERIALIZED (SELECT rowid AS r FROM measure WHERE claim_id IN (SELECT claim_id FROM wanted)
), said AS MATERIALIZED (SELECT measure_id, article_id, span_start, category, problem, rank, surface, quote, value, low, high, unit, aggregation, modality,
    period_start, period_end, period_basis, actor, actor_organ, confidence, region_scope FROM measure WHERE rowid IN (SELECT r FROM spot)
), sheet AS MATERIALIZED (SELECT rowid AS r FROM article WHERE article_id IN (SELECT article_id FROM said)
), printed AS MATERIALIZED (SELECT article_id, published_on, title, text, url, snapshot_sha256 FROM article WHERE rowid IN (SELECT r FROM sheet))
SELECT m.measure_id, m.article_id, m.span_start, a.published_on, coalesce(a.title, '') AS title, b.region, coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, '') AS region_name,
  m.region_scope, m.category, m.problem, m.rank, m.surface, coalesce(m.quote, m.surface) AS quote,
  m.span_start - (strpos(a.text, m.quote) - 1) AS "offset", m.value, m.low, m.high, m.unit, m.aggregation, m.modality, m.period_start, m.period_end,
  m.period_basis, coalesce(m.actor, m.actor_organ) AS actor, m.confidence, b.statements, a.url, a.snapshot_sha256 AS sha256
FROM said m JOIN best b ON b.measure_id = m.measure_id JOIN printed a ON a.article_id = m.article_id
LEFT JOIN ref_region_now g ON g.code = b.region
ORDER BY b.place;
