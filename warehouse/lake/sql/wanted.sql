-- Every part in the order of its telling: those told before, then the others as they were written. A part that two loaders
-- appended counts once.
SELECT p.part, min(p.sha256), min(p.bytes), min(p.articles), min(p.measures),
  coalesce(min(t.load_id), min(p.load_id)) AS load_id, min(t.seq) AS seq
FROM lake.part p LEFT JOIN lake.told t USING (part)
GROUP BY p.part
ORDER BY seq NULLS LAST, min(p.written_at), p.part
