-- What became of what the last run that fetched asked for.
SELECT kind, outcome, count(*) FROM fetch_attempt
WHERE run_id = (SELECT arg_max(run_id, started_at) FROM fetch_attempt)
GROUP BY ALL ORDER BY ALL
