-- What lies beside the finished parts: their checksums, and the pages that gave no article.
SELECT replace(parse_filename(filename), '.failures.json', '.parquet') AS part, content FROM read_text(?)
