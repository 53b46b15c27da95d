-- The last attempt at each article: its outcome, and when it may be asked for again, which is NULL after a success.
SELECT url, arg_max(outcome, started_at) AS outcome, arg_max_null(retry_at, started_at) AS retry_at
FROM fetch_attempt
WHERE kind = 'article'
GROUP BY url
