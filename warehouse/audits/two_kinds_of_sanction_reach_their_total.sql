-- warning: party and government sanctions of one region and period together are no fewer than persons sanctioned
WITH told AS (
  SELECT region, region_scope, subject, period_start, period_end, max(low) FILTER (category = 'person_sanctioned') AS persons_low,
    max(high) FILTER (category = 'person_sanctioned_party') AS party_high, max(high) FILTER (category = 'person_sanctioned_gov') AS gov_high
  FROM claim WHERE kind = 'stated' AND modality = 'achieved' AND problem IS NULL AND rank IS NULL AND unit = '人' AND period_start IS NOT NULL
    AND category IN ('person_sanctioned', 'person_sanctioned_party', 'person_sanctioned_gov')
  GROUP BY ALL
)
SELECT * FROM told WHERE party_high + gov_high < persons_low
