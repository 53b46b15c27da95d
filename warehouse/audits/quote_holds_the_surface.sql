-- error: the sentence quoted for a measure stands in the article and holds the surface
SELECT m.measure_id, m.surface, m.quote FROM measure m JOIN article a USING (article_id)
WHERE m.quote IS NOT NULL AND NOT (contains(a.text, m.quote) AND contains(m.quote, m.surface))
