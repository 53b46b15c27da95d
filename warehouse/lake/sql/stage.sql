-- Of an article that stands in two of the parts the later part counts.
CREATE OR REPLACE TEMP TABLE chosen_load AS
SELECT article_id, arg_max(load_id, list_position(getvariable('loads'), load_id)) AS load_id
FROM lake.article WHERE load_id IN (SELECT unnest(getvariable('loads'))) GROUP BY article_id;
