-- Q2: problems fed back and rectified by round of inspection, the reported rate beside the recomputed one
SELECT region_name AS region, term_no, round_no, target, fed_back::BIGINT AS fed_back, items::BIGINT AS items, rectified::BIGINT AS rectified,
  recomputed_pct, reported_pct::DOUBLE AS reported_pct, agreement
FROM inspection_round ORDER BY ALL
