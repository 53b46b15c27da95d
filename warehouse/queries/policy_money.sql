-- Q4: policy money by district; amounts up to a day are listed apart from increments
SELECT region_name AS district, category_label AS kind, aggregation, as_of, payer, wan_yuan::DOUBLE AS wan_yuan, low_wan_yuan::DOUBLE AS lo,
  high_wan_yuan::DOUBLE AS hi, statements AS sources
FROM funds_by_district ORDER BY ALL
