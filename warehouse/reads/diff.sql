-- What the later run read otherwise, in the articles that both had read.
WITH said AS (
  SELECT run_id, measure_id, article_id, unnest(map_entries(MAP {
    'surface': surface, 'category': category, 'problem': problem, 'rank': rank, 'value': value::VARCHAR, 'low': low::VARCHAR,
    'high': high::VARCHAR, 'unit': unit, 'region': region, 'region_scope': region_scope, 'period_start': period_start::VARCHAR,
    'period_end': period_end::VARCHAR, 'aggregation': aggregation, 'modality': modality, 'polarity': polarity::VARCHAR,
    'is_measure': is_measure::VARCHAR, 'actor': actor, 'object': object, 'parent': parent, 'relation': relation})) AS cell
  FROM (SELECT * FROM measure WHERE run_id IN ($run1, $run2)
        UNION ALL BY NAME SELECT * EXCLUDE (replaced_by) FROM measure_history WHERE run_id IN ($run1, $run2))
), both_read AS (
  SELECT article_id FROM reading WHERE run_id = $run1 INTERSECT SELECT article_id FROM reading WHERE run_id = $run2
), one AS (SELECT DISTINCT measure_id, cell.key AS field, cell.value AS told FROM said SEMI JOIN both_read USING (article_id) WHERE run_id = $run1),
other AS (SELECT DISTINCT measure_id, cell.key AS field, cell.value AS told FROM said SEMI JOIN both_read USING (article_id) WHERE run_id = $run2)
SELECT measure_id, CASE WHEN o.measure_id IS NULL THEN 'gained' WHEN n.measure_id IS NULL THEN 'lost' ELSE 'changed' END AS change,
  field, o.told AS before, n.told AS after
FROM one o FULL JOIN other n USING (measure_id, field)
WHERE o.told IS DISTINCT FROM n.told
ORDER BY ALL
