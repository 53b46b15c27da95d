-- error: a sum touches only increments done, whole, told once, of categories that may be summed
SELECT measure_id, category, aggregation, modality, polarity, relation FROM addable
WHERE additive <> 'sum' OR aggregation <> 'increment' OR modality <> 'achieved' OR polarity <> 1
  OR coalesce(relation, '') IN ('subset', 'overlap', 'two_level')
UNION ALL
SELECT measure_id, category, aggregation, 'twice', polarity, relation FROM addable
QUALIFY count(*) OVER (PARTITION BY claim_id) > 1
