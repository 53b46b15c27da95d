-- warning: no part exceeds its whole, levels and forms sum to theirs, 党纪 and 政务 together reach 处分
SELECT measure_id, category, whole, relation, by_rank, parts, sum_parts, outcome FROM arithmetic_check WHERE outcome <> 'pass'
