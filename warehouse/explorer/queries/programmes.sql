-- A page of named programmes that fit a question, and how many fit in all; they are told by the articles of the months asked for.
WITH named AS (
  SELECT p.name, arg_max(p.kind, NOT p.short) AS kind, mode(p.organ) AS organ, mode(coalesce(r.code_now, p.region)) AS region,
    min(a.published_on) AS first_seen, max(a.published_on) AS last_seen, count(DISTINCT p.article_id) AS articles
  FROM programme_mention p JOIN article a USING (article_id) LEFT JOIN ref_region_now r ON r.code = p.region
  WHERE ($start IS NULL OR a.published_on >= $start) AND ($end IS NULL OR a.published_on <= $end)
    AND ($words IS NULL OR contains(p.name, $words)) AND ($region IS NULL OR coalesce(r.code_now, p.region) LIKE $region)
    AND p.article_id NOT IN (SELECT article_id FROM suppress)
  GROUP BY p.name
), figure AS (
  SELECT programme AS name, count(DISTINCT claim_id) AS figures FROM measure WHERE programme IN (SELECT name FROM named) GROUP BY 1
)
SELECT n.name, n.kind, n.organ, coalesce(CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END, '') AS region_name, n.first_seen, n.last_seen, n.articles, coalesce(f.figures, 0) AS figures,
  count(*) OVER () AS total
FROM named n LEFT JOIN figure f USING (name) LEFT JOIN ref_region_now g ON g.code = n.region
ORDER BY n.last_seen DESC NULLS LAST, n.articles DESC, n.name LIMIT $rows OFFSET $skip;
