-- The first full mention of each named programme in each article that came out in $start..$end.
SELECT p.name, p.kind, coalesce(g.code_now, p.region) AS region, coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, '') AS region_name, a.published_on, p.article_id,
  p.article_id || '@' || p.span_start AS mention_id
FROM programme_mention p JOIN article a USING (article_id) LEFT JOIN ref_region_now g ON g.code = p.region
WHERE a.published_on BETWEEN $start AND $end AND p.kind NOT IN ('ck_concept', 'ck_rule', 'ck_list')
  AND p.article_id NOT IN (SELECT article_id FROM suppress)
QUALIFY row_number() OVER (PARTITION BY p.article_id, p.name ORDER BY p.short, p.span_start) = 1
ORDER BY a.published_on, p.article_id, p.span_start;
