-- A share of the touched cells, and every measure that states a claim in them: the ones told anew, and their neighbours,
-- whose claims tell what they say.
CREATE OR REPLACE TEMP TABLE touched_cell AS
SELECT cell_key FROM all_touched_cell WHERE series_key % getvariable('shares') = getvariable('share');
CREATE OR REPLACE TEMP TABLE neighbour_row AS
SELECT m.rowid AS row_id, m.* FROM measure m
WHERE m.claim_id IN (SELECT claim_id FROM claim WHERE cell_key IN (FROM touched_cell))
  AND m.article_id NOT IN (FROM affected_article);
CREATE OR REPLACE TEMP TABLE member AS
FROM said WHERE cell_key IN (FROM touched_cell)
UNION ALL BY NAME
SELECT r.row_id, k.* REPLACE (c.series_key AS series_key, c.region AS region, c.region_scope AS region_scope,
    c.period_start AS period_start, c.period_end AS period_end),
  k.period_start IS NOT NULL AS dated, c.cell_key
FROM keyed('neighbour_row', 'article') k JOIN neighbour_row r USING (measure_id) JOIN claim c ON c.claim_id = k.claim_id;
