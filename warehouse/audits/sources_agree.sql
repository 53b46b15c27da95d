-- warning: sources that state one claim give one value
SELECT claim_id, measure_id, category, region, period_start, period_end, low, value, high, sources FROM claim WHERE kind = 'stated' AND conflict
