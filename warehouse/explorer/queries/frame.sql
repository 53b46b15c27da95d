-- The first and the last month that a claim speaks of (in living memory), and the name of each region there is a claim about.
SELECT min(coalesce(period_end, published_on)) FILTER (coalesce(period_end, published_on) >= DATE '1978-01-01') AS first,
  max(least(coalesce(period_end, published_on), published_on)) AS last,
  (SELECT map_from_entries(list((code, name))) FROM ref_region_now WHERE code = code_now) AS names,
  (SELECT map_from_entries(list((code, name_en))) FROM ref_region_now WHERE code = code_now) AS names_en
FROM claim WHERE kind = 'stated';
