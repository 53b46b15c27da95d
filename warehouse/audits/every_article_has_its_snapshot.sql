-- error: where snapshots are recorded, every article reaches the bytes it was read from
SELECT a.article_id, a.snapshot_sha256 FROM article a
WHERE a.snapshot_sha256 IS NOT NULL AND EXISTS (FROM snapshot)
  AND a.snapshot_sha256 NOT IN (SELECT sha256 FROM snapshot WHERE sha256 IS NOT NULL)
