-- The sentences behind the measures and the programme mentions in $ids, with the article around them.
WITH wanted AS (SELECT unnest($ids::VARCHAR[]) AS measure_id),
figure AS (
  SELECT m.measure_id, m.article_id, m.category, m.region, m.surface, m.quote, m.span_start, m.value, m.low, m.high, m.unit,
    m.aggregation, m.modality, m.period_start, m.period_end, m.period_basis, m.period_surface,
    coalesce(m.actor, m.actor_organ) AS actor, coalesce(m.confidence, 0) AS confidence
  FROM measure m SEMI JOIN wanted USING (measure_id)
), named AS (
  SELECT p.article_id || '@' || p.span_start AS measure_id, p.article_id, p.kind AS category, p.region, p.surface,
    regexp_extract(left(a.text, p.span_start), '[^。!?！？\n]*$') || p.surface
      || regexp_extract(substr(a.text, p.span_end + 1), '^[^。!?！？\n]*[。!?！？]?') AS quote,
    p.span_start, NULL AS value, NULL AS low, NULL AS high, NULL AS unit, '' AS aggregation, 'achieved' AS modality,
    NULL AS period_start, NULL AS period_end, '' AS period_basis, NULL AS period_surface, p.organ AS actor, NULL AS confidence
  FROM programme_mention p JOIN article a USING (article_id)
  WHERE p.article_id || '@' || p.span_start IN (FROM wanted)
), said AS (FROM figure UNION ALL BY NAME FROM named)
SELECT s.measure_id, s.article_id, s.category, coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, '') AS region_name, s.surface, coalesce(s.quote, s.surface) AS quote,
  s.span_start - (strpos(a.text, s.quote) - 1) AS "offset", s.value, s.low, s.high, s.unit, s.aggregation, s.modality, s.period_start,
  s.period_end, s.period_basis, s.period_surface, s.actor, s.confidence, coalesce(a.title, '') AS title, a.source, a.site,
  a.published_on, a.url, a.snapshot_sha256 AS sha256
FROM said s JOIN article a USING (article_id) LEFT JOIN ref_region_now g ON g.code = s.region
WHERE a.article_id NOT IN (SELECT article_id FROM suppress);
