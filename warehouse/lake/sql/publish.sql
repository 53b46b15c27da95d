-- Append what the claims and keys now say otherwise than the lake; computed by whoever told them.
INSERT INTO lake.cell SELECT cell_key, getvariable('telling') FROM changed_cell;
INSERT INTO lake.claim BY NAME
SELECT *, getvariable('telling') AS telling FROM main.claim WHERE cell_key IN (FROM changed_cell);
INSERT INTO lake.measure_key BY NAME SELECT *, getvariable('telling') AS telling FROM changed_key;
INSERT INTO lake.told FROM fresh_told;
INSERT INTO lake.repeat_of SELECT article_id, getvariable('telling') FROM changed_repeat;
INSERT INTO lake.repeat BY NAME
SELECT *, getvariable('telling') AS telling FROM main.repeat WHERE article_id IN (FROM changed_repeat);
INSERT INTO lake.telling SELECT getvariable('telling'), getvariable('run_id');
