-- What some parts are: their checksums, and how much they hold.
WITH held AS (
  SELECT filename, count(*) FILTER (record = 'article') AS articles, count(*) FILTER (record = 'measure') AS measures
  FROM read_parquet($paths, filename = true) GROUP BY filename
)
SELECT parse_filename(b.filename), b.filename, sha256(b.content), b.size, coalesce(h.articles, 0), coalesce(h.measures, 0), b.last_modified::TIMESTAMP
FROM read_blob($paths) b LEFT JOIN held h USING (filename)
ORDER BY ALL
