-- Q7: do parts add up to their whole
SELECT measure_id, category, whole::BIGINT AS whole, relation, by_rank, parts, sum_parts::BIGINT AS sum_parts, outcome
FROM arithmetic_check ORDER BY measure_id, relation, by_rank
