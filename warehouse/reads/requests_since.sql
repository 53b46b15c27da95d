-- How many requests were sent to each host since a moment.
SELECT host, sum(requests)::BIGINT FROM fetch_attempt WHERE started_at >= ? GROUP BY host
