-- error: the text between a measure's offsets is its surface
SELECT m.measure_id, m.surface, substr(a.text, m.span_start + 1, m.span_end - m.span_start) AS text
FROM measure m JOIN article a USING (article_id)
WHERE substr(a.text, m.span_start + 1, m.span_end - m.span_start) <> m.surface
