-- Regions that published figures in the year before $end and then, for more than 30 days up to it, none.
WITH told AS (
  SELECT m.region, a.published_on, m.measure_id, m.confidence
  FROM measure m JOIN article a USING (article_id)
  WHERE m.is_measure AND m.region IS NOT NULL AND a.published_on BETWEEN $end - INTERVAL 365 DAY AND $end
    AND a.article_id NOT IN (SELECT article_id FROM suppress)
), last AS (
  SELECT region, max(published_on) AS last_on, count(DISTINCT published_on) AS times FROM told GROUP BY region
)
SELECT CASE $lang WHEN 'en' THEN g.label_en ELSE g.label_zh END AS region_name, last_on, date_diff('day', last_on, $end) AS days,
  list(t.measure_id ORDER BY t.confidence DESC, t.measure_id) AS measure_ids
FROM last JOIN told t ON t.region = last.region AND t.published_on = last_on JOIN ref_region_now g ON g.code = last.region
WHERE times >= 2 AND date_diff('day', last_on, $end) > 30
GROUP BY ALL ORDER BY days DESC, region_name;
