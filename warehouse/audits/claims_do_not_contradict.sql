-- warning: months make their quarter, a total does not fall, a part of a period holds no more than the period
SELECT claim_id, measure_id, category, region, region_scope, period_start, period_end, value FROM claim WHERE kind = 'stated' AND contradicted
