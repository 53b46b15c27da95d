INSERT INTO lake.failure FROM fresh_failure;
INSERT INTO lake.part FROM fresh_part;
