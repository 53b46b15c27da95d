"""What was fetched, kept as it was sent: WARC files, their index, and their checks."""
