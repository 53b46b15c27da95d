-- The last runs, the newest first.
SELECT run_id, kind, status, started_at, finished_at, articles, measures, skipped, failures, note
FROM run ORDER BY started_at DESC, run_id DESC LIMIT ?
