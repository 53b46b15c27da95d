-- The last attempt at each article: its outcome, and when it may be asked for again.
SELECT url, arg_max(outcome, started_at) AS outcome, arg_max(retry_at, started_at) AS retry_at
FROM fetch_attempt
WHERE kind = 'article'
GROUP BY url
