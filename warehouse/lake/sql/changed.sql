-- What the claims and keys of this database say otherwise than the lake.
CREATE OR REPLACE TEMP TABLE lake_claim AS
SELECT c.* EXCLUDE (telling) FROM lake.claim c
JOIN (SELECT cell_key, max(telling) AS telling FROM lake.cell GROUP BY cell_key) USING (cell_key, telling);
CREATE OR REPLACE TEMP TABLE changed_cell AS
SELECT cell_key FROM (FROM main.claim EXCEPT FROM lake_claim) UNION SELECT cell_key FROM (FROM lake_claim EXCEPT FROM main.claim);
CREATE OR REPLACE TEMP TABLE changed_key AS
SELECT measure_id, standing, series_key, statement_key, claim_id FROM main.measure
EXCEPT
SELECT measure_id, standing, series_key, statement_key, claim_id FROM lake.measure_key
QUALIFY telling = max(telling) OVER (PARTITION BY measure_id);
CREATE OR REPLACE TEMP TABLE fresh_told AS FROM lake.told LIMIT 0;
CREATE OR REPLACE TEMP TABLE lake_repeat AS
SELECT r.* EXCLUDE (telling) FROM lake.repeat r
JOIN (SELECT article_id, max(telling) AS telling FROM lake.repeat_of GROUP BY article_id) USING (article_id, telling);
CREATE OR REPLACE TEMP TABLE changed_repeat AS
SELECT article_id FROM (FROM main.repeat EXCEPT FROM lake_repeat)
UNION SELECT article_id FROM (FROM lake_repeat EXCEPT FROM main.repeat);
