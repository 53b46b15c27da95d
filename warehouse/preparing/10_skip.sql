-- Leave out what the database already holds word for word, read by the same rules.
CREATE OR REPLACE TEMP TABLE unchanged AS
SELECT s.article_id FROM stage_article s JOIN article a USING (article_id)
WHERE a.content_sha256 = s.content_sha256 AND a.extractor_version = s.extractor_version AND a.lexicon_hash = s.lexicon_hash;
DELETE FROM stage_measure WHERE article_id IN (FROM unchanged);
DELETE FROM stage_programme_mention WHERE article_id IN (FROM unchanged);
DELETE FROM stage_mention WHERE article_id IN (FROM unchanged);
DELETE FROM stage_case_notice WHERE article_id IN (FROM unchanged);
DELETE FROM stage_article WHERE article_id IN (FROM unchanged);
