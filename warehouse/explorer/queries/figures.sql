-- Every figure read in one article, in reading order; "offset" is into the article's text.
SELECT m.measure_id, m.article_id, m.span_start, NULL::DATE AS published_on, '' AS title, m.region, coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, '') AS region_name,
  m.region_scope, m.category, m.problem, m.rank, m.surface, coalesce(m.quote, m.surface) AS quote, m.span_start AS "offset",
  m.value, m.low, m.high, m.unit, m.aggregation, m.modality, m.period_start, m.period_end, m.period_basis,
  coalesce(m.actor, m.actor_organ) AS actor, m.confidence, 1 AS statements, NULL AS url, NULL AS sha256
FROM measure m LEFT JOIN ref_region_now g ON g.code = m.region
WHERE m.article_id = $article_id AND m.is_measure ORDER BY m.span_start;
