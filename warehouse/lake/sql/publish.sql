-- Append what the claims and keys now say otherwise than the lake; computed by whoever told them.
INSERT INTO lake.cell SELECT cell_key, getvariable('telling') FROM changed_cell;
INSERT INTO lake.claim BY NAME
SELECT *, getvariable('telling') AS telling FROM main.claim WHERE cell_key IN (FROM changed_cell);
INSERT INTO lake.measure_key BY NAME SELECT *, getvariable('telling') AS telling FROM changed_key;
INSERT INTO lake.told FROM fresh_told;
