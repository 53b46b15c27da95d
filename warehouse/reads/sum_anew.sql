-- The texts of the views may have changed: what was summed by the old ones is summed anew.
DELETE FROM summary;
INSERT INTO summary BY NAME FROM summed('claim')
