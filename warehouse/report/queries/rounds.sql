-- What inspection rounds that touch $start..$end fed back and what of it was rectified; figures of one round, or else of one
-- article, belong together. A rectified count larger than what was fed back belongs to something else: such a round is left out.
WITH told AS (
  SELECT c.*, m.programme, m.relation AS said_relation, m.target, coalesce(g.name, '') AS region_name,
    coalesce(m.programme, m.article_id) AS round_key
  FROM claim c JOIN measure m ON m.measure_id = c.measure_id LEFT JOIN ref_region_now g ON g.code = c.region
  WHERE c.kind = 'stated' AND c.modality = 'achieved'
    AND c.category IN ('inspection_issue_fedback', 'inspection_issue_rectified', 'inspection_rectify_rate')
    AND (coalesce(c.period_end, c.published_on) BETWEEN $start AND $end OR c.period_start BETWEEN $start AND $end)
), part AS (
  SELECT *, category = 'inspection_issue_fedback' AND said_relation IS DISTINCT FROM 'two_level' AS fed,
    category = 'inspection_issue_fedback' AND said_relation = 'two_level' AS item,
    category = 'inspection_issue_rectified' AND polarity = 1 AS done, category = 'inspection_rectify_rate' AS rate
  FROM told
)
SELECT concat_ws('', any_value(region_name), any_value(programme)) AS name, any_value(region_name) AS region_name,
  max(value) FILTER (fed) AS fed_back, max(value) FILTER (item) AS items, max(value) FILTER (done) AS rectified,
  max(value) FILTER (rate) AS reported_rate, max(low) FILTER (rate) AS rate_low, max(high) FILTER (rate) AS rate_high,
  coalesce(list(measure_id ORDER BY value DESC) FILTER (fed OR item), []) AS fed_ids,
  coalesce(list(measure_id ORDER BY value DESC) FILTER (done), []) AS done_ids,
  coalesce(list(measure_id ORDER BY value DESC) FILTER (rate), []) AS rate_ids
FROM part GROUP BY region, region_scope, round_key
HAVING fed_back IS NOT NULL AND coalesce(rectified <= greatest(fed_back, coalesce(items, 0)), true)
ORDER BY fed_back DESC, name;
