DELETE FROM correction;
INSERT INTO correction FROM new_correction;
