-- The pages that the given rules have read. A failed page has no rules of its own: it is read again.
SELECT url, snapshot_sha256
FROM article
WHERE extractor_version = ? AND lexicon_hash = ? AND url IS NOT NULL AND snapshot_sha256 IS NOT NULL
