-- Pairs of texts to be compared: those that share a quarter of the passages of the shorter one. A passage that more than
-- `common_passage` texts hold is a set phrase and tells nothing; what it told before it became one is taken back, so that the
-- order in which texts arrive makes no difference.
CREATE OR REPLACE TEMP TABLE held AS
WITH touched AS (
  SELECT passage FROM new_passage UNION SELECT passage FROM text_passage WHERE text_key IN (FROM gone_text)
)
SELECT passage, count(*) FILTER (before) AS before, count(*) FILTER (after) AS after FROM (
  SELECT passage, true AS before, text_key NOT IN (FROM gone_text) AS after FROM text_passage SEMI JOIN touched USING (passage)
  UNION ALL SELECT passage, false, true FROM new_passage)
GROUP BY 1;
CREATE OR REPLACE TEMP TABLE turned_passage AS
SELECT text_key, passage, after > common_passage() AS risen FROM (
  SELECT text_key, passage FROM new_passage
  UNION ALL SELECT text_key, passage FROM text_passage WHERE text_key NOT IN (FROM gone_text))
JOIN held USING (passage) WHERE (before > common_passage()) <> (after > common_passage());
CREATE OR REPLACE TEMP TABLE doubted AS
WITH risen AS (
  SELECT text_key, passage FROM turned_passage WHERE risen
)
SELECT DISTINCT l.text_key, l.other_key FROM text_likeness l
JOIN risen p ON p.text_key = l.text_key JOIN risen o ON o.text_key = l.other_key AND o.passage = p.passage;
-- A text that no longer shares a set phrase with many may share other passages that were never counted here.
CREATE OR REPLACE TEMP TABLE seed_passage AS
SELECT text_key, passage FROM new_passage
UNION ALL SELECT text_key, passage FROM text_passage
WHERE text_key IN (
    SELECT text_key FROM turned_passage WHERE NOT risen UNION SELECT text_key FROM doubted UNION SELECT other_key FROM doubted)
  AND text_key NOT IN (FROM gone_text);
CREATE OR REPLACE TEMP TABLE telling AS
WITH rare AS (
  SELECT passage FROM seed_passage WHERE passage NOT IN (SELECT passage FROM held WHERE after > common_passage())
)
SELECT text_key, passage FROM (
  SELECT text_key, passage FROM text_passage WHERE passage IN (FROM rare) AND text_key NOT IN (FROM gone_text)
  UNION ALL SELECT text_key, passage FROM new_passage WHERE passage IN (FROM rare))
QUALIFY count(*) OVER (PARTITION BY passage) <= common_passage();
CREATE OR REPLACE TEMP TABLE pair AS
WITH sharing AS (
  SELECT least(s.text_key, t.text_key) AS text_key, greatest(s.text_key, t.text_key) AS other_key, s.passage
  FROM (FROM telling WHERE text_key IN (SELECT text_key FROM seed_passage)) s JOIN telling t ON t.passage = s.passage AND t.text_key <> s.text_key
), counted AS (
  SELECT text_key, other_key, count(DISTINCT passage) AS shared FROM sharing GROUP BY ALL
), sized AS (
  SELECT text_key, count(*) AS passages FROM (
    FROM new_passage UNION ALL FROM text_passage WHERE text_key IN (SELECT text_key FROM counted UNION SELECT other_key FROM counted))
  GROUP BY 1
)
SELECT c.text_key, c.other_key FROM counted c JOIN sized a USING (text_key) JOIN sized b ON b.text_key = c.other_key
WHERE shared >= greatest(1, ceil(least(a.passages, b.passages) / 4));
CREATE OR REPLACE TEMP TABLE dropped_likeness AS
SELECT text_key, other_key FROM text_likeness
WHERE text_key IN (FROM gone_text) OR other_key IN (FROM gone_text)
  OR ((text_key, other_key) IN (FROM doubted)
    AND (least(text_key, other_key), greatest(text_key, other_key)) NOT IN (SELECT (text_key, other_key) FROM pair));
DELETE FROM pair WHERE (text_key, other_key) IN (SELECT (least(text_key, other_key), greatest(text_key, other_key)) FROM text_likeness)
