-- How much was read of the articles that came out in $start..$end, and how well.
WITH here AS (
  SELECT * FROM article WHERE published_on BETWEEN $start AND $end AND article_id NOT IN (SELECT article_id FROM suppress)
), told AS (
  SELECT m.* FROM measure m WHERE m.is_measure AND m.article_id IN (SELECT article_id FROM here)
), claims AS (
  SELECT DISTINCT c.* FROM claim c JOIN told t USING (claim_id)
)
SELECT (SELECT count(*) FROM here) AS articles,
  (SELECT count(*) FROM here SEMI JOIN repeat USING (article_id)) AS reposts,
  (SELECT count(*) FROM here WHERE status <> 'ok') AS unread,
  (SELECT count(*) FROM told) AS figures, (SELECT count(*) FROM claims) AS facts,
  (SELECT count(*) FROM claims WHERE period_start IS NOT NULL AND period_basis IN ('explicit', 'anchor', 'inherited', 'campaign')) AS dated,
  (SELECT count(*) FROM claims WHERE category = 'uncategorised') AS uncategorised,
  (SELECT median(confidence) FROM told) AS median_confidence;
