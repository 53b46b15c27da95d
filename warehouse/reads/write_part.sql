COPY (
  SELECT * FROM (
    SELECT 'article' AS record, * FROM stage_article
    UNION ALL BY NAME SELECT 'measure' AS record, * FROM stage_measure
    UNION ALL BY NAME SELECT 'programme_mention' AS record, * FROM stage_programme_mention
    UNION ALL BY NAME SELECT 'mention' AS record, * FROM stage_mention
    UNION ALL BY NAME SELECT 'case_notice' AS record, * FROM stage_case_notice)
  ORDER BY record, article_id, span_start, span_end
) TO ? (FORMAT parquet, COMPRESSION zstd)
