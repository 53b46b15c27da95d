-- Which articles tell another again: only the rows of what is tied to the batch are written anew.
DELETE FROM text_passage WHERE text_key IN (FROM gone_text);
INSERT INTO text_passage FROM new_passage;
DELETE FROM text_likeness WHERE (text_key, other_key) IN (FROM dropped_likeness);
INSERT INTO text_likeness FROM new_likeness;
DELETE FROM repeat WHERE article_id IN (FROM untied);
INSERT INTO repeat BY NAME FROM repeat_now
