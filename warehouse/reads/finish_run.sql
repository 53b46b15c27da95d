UPDATE run SET status = $status, finished_at = $at, note = $note,
  articles = (SELECT coalesce(sum(articles), 0) FROM load WHERE load.run_id = $run_id),
  measures = (SELECT coalesce(sum(measures), 0) FROM load WHERE load.run_id = $run_id),
  skipped = (SELECT coalesce(sum(skipped), 0) FROM load WHERE load.run_id = $run_id),
  failures = (SELECT count(*) FROM failure WHERE failure.run_id = $run_id)
WHERE run_id = $run_id
