-- error: a measure states one claim and a claim lists the measures that state it
SELECT m.measure_id, m.claim_id FROM measure m
LEFT JOIN (SELECT claim_id, unnest(measure_ids) AS measure_id FROM claim WHERE kind = 'stated') c
  ON c.measure_id = m.measure_id AND c.claim_id = m.claim_id
WHERE m.is_measure AND c.claim_id IS NULL AND m.article_id NOT IN (SELECT article_id FROM suppress)
UNION ALL
SELECT c.measure_id, c.claim_id
FROM (SELECT claim_id, unnest(measure_ids) AS measure_id FROM claim WHERE kind = 'stated') c
LEFT JOIN measure m ON m.measure_id = c.measure_id AND m.claim_id = c.claim_id WHERE m.measure_id IS NULL
