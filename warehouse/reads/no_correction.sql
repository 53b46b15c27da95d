CREATE OR REPLACE TEMP TABLE stage_correction AS FROM correction_applied LIMIT 0
