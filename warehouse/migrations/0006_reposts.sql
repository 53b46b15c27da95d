-- A claim's sources are the articles that tell it on their own; those that print one of them again are counted apart.
ALTER TABLE claim ADD COLUMN reposts INTEGER DEFAULT 0;
ALTER TABLE summary ADD COLUMN reposts BIGINT;
UPDATE claim SET sources = c.sources, reposts = c.articles - c.sources
FROM (
  SELECT s.claim_id, count(DISTINCT m.article_id) AS articles, count(DISTINCT coalesce(r.cluster_id, m.article_id)) AS sources
  FROM (SELECT claim_id, unnest(measure_ids) AS measure_id FROM claim) s
  JOIN measure m USING (measure_id) LEFT JOIN repeat r ON r.article_id = m.article_id GROUP BY s.claim_id
) c
WHERE claim.claim_id = c.claim_id;
