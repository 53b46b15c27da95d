-- A run that is still open while another begins has died: its process can say so no more.
UPDATE run SET status = 'crashed', note = 'its process ended before it did' WHERE status = 'running' AND run_id <> ?
