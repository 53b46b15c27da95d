-- Divisions have a name in English, and a label that no other division has.
ALTER TABLE ref_region ADD COLUMN name_en VARCHAR;
ALTER TABLE ref_region_now ADD COLUMN name_en VARCHAR;
ALTER TABLE ref_region_now ADD COLUMN label_zh VARCHAR;
ALTER TABLE ref_region_now ADD COLUMN label_en VARCHAR;
