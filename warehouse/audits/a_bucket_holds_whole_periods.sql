-- error: what a bucket counts lies wholly in it, and was done
SELECT claim_id, period_start, period_end, modality, polarity FROM claim
WHERE (in_month OR in_quarter OR in_half_year OR in_year)
  AND (period_start IS NULL OR period_end IS NULL OR period_start > period_end OR value IS NULL OR value < 0
    OR modality <> 'achieved' OR polarity <> 1
    OR in_month AND date_trunc('month', period_start) <> date_trunc('month', period_end)
    OR in_quarter AND date_trunc('quarter', period_start) <> date_trunc('quarter', period_end)
    OR in_half_year AND (year(period_start), (month(period_start) - 1) // 6) <> (year(period_end), (month(period_end) - 1) // 6)
    OR in_year AND year(period_start) <> year(period_end))
