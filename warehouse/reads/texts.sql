-- The texts with these keys, wherever they stand.
WITH wanted AS (SELECT unnest(?::UBIGINT[]) AS text_key), held AS (
  SELECT text_key_of(text_sha256) AS text_key, text FROM stage_article
  UNION ALL
  SELECT text_key_of(text_sha256), text FROM article
  WHERE rowid IN (SELECT rowid FROM article WHERE left(text_sha256, 16) IN (SELECT text_head_of(text_key) FROM wanted))
)
SELECT text_key, any_value(text) FROM held WHERE text_key IN (FROM wanted) GROUP BY 1
