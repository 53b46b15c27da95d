-- error: categories, problems, ranks and regions are rows of the code lists
SELECT measure_id, 'category' AS field, category AS code FROM measure WHERE category NOT IN (SELECT code FROM ref_code WHERE dim = 'category')
UNION ALL SELECT measure_id, 'problem', problem FROM measure WHERE problem NOT IN (SELECT code FROM ref_code WHERE dim = 'problem')
UNION ALL SELECT measure_id, 'rank', rank FROM measure WHERE rank NOT IN (SELECT code FROM ref_code WHERE dim = 'rank')
UNION ALL SELECT measure_id, 'region', region FROM measure WHERE region NOT IN (SELECT code FROM ref_region)
UNION ALL SELECT measure_id, 'aggregation', aggregation FROM measure
  WHERE 'ag_' || aggregation NOT IN (SELECT code FROM ref_code WHERE dim = 'aggregation')
UNION ALL SELECT measure_id, 'modality', modality FROM measure
  WHERE 'mo_' || modality NOT IN (SELECT code FROM ref_code WHERE dim = 'modality')
