-- error: a period ends after it starts, and what is done ends by the day of publication
SELECT m.measure_id, m.period_start, m.period_end, a.published_on FROM measure m JOIN article a USING (article_id)
WHERE m.period_start > m.period_end
  OR m.is_measure AND m.modality = 'achieved' AND m.period_end > a.published_on
