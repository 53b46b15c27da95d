-- What a site's newest articles are like, beside those before them: characters of text and measures an article.
WITH ranked AS (
  SELECT site, length(text) AS characters, measures,
    row_number() OVER (PARTITION BY site ORDER BY published_on DESC, article_id DESC) AS n
  FROM article WHERE published_on IS NOT NULL
)
SELECT site, count(*) FILTER (n <= $recent) AS recent, count(*) FILTER (n > $recent) AS past,
  median(characters) FILTER (n <= $recent), median(characters) FILTER (n > $recent),
  avg(measures) FILTER (n <= $recent), avg(measures) FILTER (n > $recent)
FROM ranked WHERE n <= $recent + $past GROUP BY site ORDER BY site
