-- Every page that was read, as the lower half of md5(address, space, sha256), and whether it is an article.
-- With `$any`, whichever rules read it. A page that fails for what it holds would fail again by the same rules.
SELECT md5_number_lower(url || ' ' || snapshot_sha256) AS page, true AS is_article
FROM article
WHERE url IS NOT NULL AND snapshot_sha256 IS NOT NULL AND ($any OR (extractor_version = $extractor AND lexicon_hash = $lexicon))
UNION ALL
SELECT md5_number_lower(f.url || ' ' || f.snapshot_sha256), false
FROM failure f JOIN run r USING (run_id)
WHERE f.stage IN ('page', 'reading') AND f.cause NOT IN ('PARSE_TIMEOUT', 'WORKER_DIED') AND f.snapshot_sha256 IS NOT NULL
  AND ($any OR (r.extractor_version = $extractor AND r.lexicon_hash = $lexicon))
