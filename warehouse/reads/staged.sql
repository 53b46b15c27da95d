-- Articles and measures to be written, articles among them that were there before, articles left out.
SELECT (SELECT count(*) FROM stage_article), (SELECT count(*) FROM stage_measure),
  (SELECT count(*) FROM stage_article SEMI JOIN article USING (article_id)), (SELECT count(*) FROM unchanged)
