-- Forms of handling and accountability by region and quarter; what spans quarters or has no period stands apart, by its own name.
CREATE OR REPLACE VIEW accountability_by_form AS
WITH RECURSIVE form AS (
  SELECT code FROM ref_code WHERE dim = 'category' AND code = 'accountability'
  UNION ALL SELECT c.code FROM ref_code c JOIN form f ON c.parent = f.code WHERE c.dim = 'category'
), counted AS (
  SELECT region, region_scope, period, true AS in_bucket, category, problem, rank, unit, standing, value, low, high, facts, derived,
    restatements_removed, min_confidence, conflicts, measure_ids
  FROM summary_quarter WHERE category IN (FROM form)
  UNION ALL BY NAME
  SELECT region, region_scope, quarter_of(period_start, period_end) AS period, false AS in_bucket, category, problem, rank, unit,
    standing, value, low, high, 1 AS facts, 0 AS derived, statements - 1 AS restatements_removed, min_confidence,
    (conflict OR contradicted)::INTEGER AS conflicts, measure_ids
  FROM claim
  WHERE kind = 'stated' AND modality = 'achieved' AND polarity = 1 AND category IN (FROM form) AND NOT in_quarter
    AND (standing IS NOT NULL OR outside = 'undated')
    AND (period_start IS NULL OR period_end IS NULL OR date_trunc('quarter', period_start) <> date_trunc('quarter', period_end))
)
SELECT region, g.name AS region_name, g.name_en AS region_name_en, region_scope, period, in_bucket, category, k.label_zh AS form, k.label_en AS form_en, problem, rank, unit, standing,
  c.value, low, high, facts, derived, restatements_removed, min_confidence, conflicts, measure_ids
FROM counted c LEFT JOIN ref_region_now g ON g.code = region JOIN ref_code k ON k.dim = 'category' AND k.code = category;
-- The rounds of inspection that articles name.
CREATE OR REPLACE VIEW inspection AS
SELECT coalesce(r.code_now, p.region) AS region, r.name AS region_name, r.name_en AS region_name_en, p.term_no, p.round_no, min(p.organ) AS organ,
  min(p.name) AS name, min(a.published_on) AS first_seen, max(a.published_on) AS last_seen, count(DISTINCT p.article_id) AS articles
FROM programme_mention p JOIN article a USING (article_id) LEFT JOIN ref_region_now r ON r.code = p.region
WHERE p.round_no IS NOT NULL AND p.article_id NOT IN (SELECT article_id FROM suppress)
GROUP BY coalesce(r.code_now, p.region), r.name, r.name_en, p.term_no, p.round_no;
-- Problems fed back and rectified by round of inspection, the rate as reported and as it comes out: 一致, 不一致 or 未报.
CREATE OR REPLACE VIEW inspection_round AS
-- Asked of claim and sentence by a join: a list would be compared word by word with every row.
WITH counted(category) AS (
  VALUES ('inspection_issue_found'), ('inspection_issue_fedback'), ('inspection_issue_rectified'), ('inspection_rectify_rate')
), named AS (
  SELECT article_id, name, min(term_no) AS term_no, min(round_no) AS round_no, min(organ) AS organ
  FROM programme_mention WHERE round_no IS NOT NULL GROUP BY ALL
), sole AS (
  SELECT article_id, min(name) AS name FROM named GROUP BY 1 HAVING count(*) = 1
), told AS (
  SELECT c.region, coalesce(n.term_no, 0) AS term, n.round_no, n.organ, m.target,
    CASE WHEN n.round_no IS NULL THEN c.article_id ELSE '' END AS apart,
    -- What was done since some day is of more than one round: it stands beside nothing but what was counted from that day.
    CASE WHEN c.aggregation IN ('ytd', 'cumulative') THEN c.period_start END AS since, c.category, c.value, c.low, c.high, c.polarity, c.relation,
    c.measure_ids, c.period_end, c.published_on
  FROM claim c JOIN measure m ON m.measure_id = c.measure_id AND m.category = c.category
  LEFT JOIN sole s ON s.article_id = c.article_id
  LEFT JOIN named n ON n.article_id = c.article_id AND n.name = coalesce(m.programme, s.name)
  WHERE c.kind = 'stated' AND c.modality IN ('achieved', 'ongoing')
    AND c.category IN (FROM counted) AND m.category IN (FROM counted)
), summed AS (
  SELECT region, nullif(term, 0) AS term_no, round_no, min(organ) AS organ, target, max(coalesce(period_end, published_on)) AS as_of,
    max(value) FILTER (category = 'inspection_issue_found') AS found,
    max(value) FILTER (category = 'inspection_issue_fedback' AND relation IS DISTINCT FROM 'two_level') AS fed_back,
    max(value) FILTER (category = 'inspection_issue_fedback' AND relation = 'two_level') AS items,
    max(value) FILTER (category = 'inspection_issue_rectified' AND polarity = 1) AS rectified,
    max(value) FILTER (category = 'inspection_issue_rectified' AND polarity = -1) AS unfinished,
    max(value) FILTER (category = 'inspection_rectify_rate') AS reported_pct,
    max(low) FILTER (category = 'inspection_rectify_rate') AS reported_low,
    max(coalesce(high, 100)) FILTER (category = 'inspection_rectify_rate') AS reported_high, flatten(list(measure_ids ORDER BY measure_ids)) AS measure_ids
  FROM told GROUP BY region, term, round_no, target, apart, since
)
SELECT region, g.name AS region_name, g.name_en AS region_name_en, term_no, round_no, organ, target, as_of, found, fed_back, items,
  -- A rectified count larger than what was fed back belongs to something else: it is not told of this round.
  CASE WHEN rectified > greatest(fed_back, items) THEN NULL ELSE rectified END AS rectified, unfinished,
  CASE WHEN rectified <= greatest(fed_back, items) THEN round(100 * rectified / nullif(fed_back, 0), 2) END AS recomputed_pct, reported_pct,
  CASE WHEN reported_pct IS NULL THEN '未报' WHEN recomputed_pct IS NULL THEN '无法核算'
    WHEN recomputed_pct BETWEEN reported_low - rounding_of(reported_pct) AND reported_high + rounding_of(reported_pct) THEN '一致' ELSE '不一致' END AS agreement,
  measure_ids
FROM summed LEFT JOIN ref_region_now g ON g.code = region;
-- Named campaigns, actions, lists and mechanisms, first to last seen; marks, blanks and a last 活动 or 工作 make no other one,
-- and a round of inspection is one of its region. The name is the one most articles write.
CREATE OR REPLACE MACRO programme_key_of(name) AS
  regexp_replace(regexp_replace(name, '[“”‘’「」『』《》〈〉"·• 　]', '', 'g'), '(活动|工作)+$', '');
CREATE OR REPLACE VIEW programme AS
WITH told AS (
  SELECT p.*, programme_key_of(p.name) AS key, coalesce(r.code_now, p.region) AS region_now,
    CASE WHEN p.round_no IS NOT NULL THEN coalesce(r.code_now, p.region, '') ELSE '' END AS place, a.published_on, a.text_sha256
  FROM programme_mention p JOIN article a USING (article_id) LEFT JOIN ref_region_now r ON r.code = p.region
  WHERE p.article_id NOT IN (SELECT article_id FROM suppress)
), spelt AS (
  SELECT key, place, name, count(DISTINCT article_id) AS articles FROM told GROUP BY ALL
), chosen AS (
  SELECT key, place, arg_max(name, (articles, name)) AS name, list(name ORDER BY name) AS variants FROM spelt GROUP BY ALL
)
SELECT any_value(c.name) AS name, any_value(c.variants) AS variants, arg_max(kind, (NOT short, kind)) AS kind,
  arg_min(organ, (published_on, article_id, span_start)) AS organ, arg_min(region_now, (published_on, article_id, span_start)) AS region,
  min(parent) AS parent, min(published_on) AS first_seen, max(published_on) AS last_seen,
  count(DISTINCT article_id) AS articles, count(DISTINCT text_sha256) AS texts
FROM told t JOIN chosen c ON c.key = t.key AND c.place = t.place
GROUP BY t.key, t.place;
CREATE OR REPLACE VIEW programme_timeline AS
WITH figure AS (
  SELECT programme_key_of(m.programme) AS key, coalesce(r.code_now, m.region) AS place, count(DISTINCT m.claim_id) AS figures
  FROM measure m LEFT JOIN ref_region_now r ON r.code = m.region WHERE m.programme IS NOT NULL AND m.claim_id IS NOT NULL GROUP BY ALL
)
SELECT p.name, p.kind, any_value(k.label_zh) AS kind_label, any_value(k.label_en) AS kind_label_en, p.organ, p.region, any_value(g.name) AS region_name,
  any_value(g.name_en) AS region_name_en, p.parent, p.first_seen, p.last_seen, p.articles, p.texts, coalesce(sum(f.figures), 0)::BIGINT AS figures
FROM programme p LEFT JOIN ref_region_now g ON g.code = p.region
LEFT JOIN ref_code k ON k.dim = 'campaign_kind' AND k.code = p.kind
LEFT JOIN figure f ON f.key = programme_key_of(p.name) AND (p.kind <> 'ck_inspection_round' OR p.region IS NULL OR f.place = p.region)
GROUP BY p.name, p.kind, p.organ, p.region, p.parent, p.first_seen, p.last_seen, p.articles, p.texts;
-- From visits to demands collected and resolved, and to businesses served, by region and year.
CREATE OR REPLACE VIEW enterprise_service_funnel AS
WITH year AS (
  SELECT period, region, region_name, region_name_en, region_scope, category, sum(value) AS value, min(min_confidence) AS confidence, sum(conflicts) AS conflicts
  FROM summary_year
  WHERE category IN ('enterprise_visit', 'enterprise_symposium', 'demand_collected', 'demand_resolved', 'enterprise_benefited')
    AND problem IS NULL AND rank IS NULL AND (category <> 'enterprise_visit' OR unit = '家')
  GROUP BY ALL
), rate AS (
  SELECT period, region, region_scope, arg_max(value, (as_of, value)) AS reported_pct FROM (
    SELECT strftime(coalesce(period_end, published_on), '%Y') AS period, region, region_scope, value, coalesce(period_end, published_on) AS as_of
    FROM claim WHERE kind = 'stated' AND category = 'demand_resolved_rate' AND modality = 'achieved')
  GROUP BY ALL
)
SELECT period, region, min(region_name) AS region_name, min(region_name_en) AS region_name_en, region_scope,
  max(value) FILTER (category = 'enterprise_visit') AS visited, max(value) FILTER (category = 'enterprise_symposium') AS symposia,
  max(value) FILTER (category = 'demand_collected') AS collected, max(value) FILTER (category = 'demand_resolved') AS resolved,
  max(value) FILTER (category = 'enterprise_benefited') AS benefited,
  round(100 * resolved / nullif(collected, 0), 2) AS resolved_pct, min(r.reported_pct) AS reported_pct,
  min(confidence) AS min_confidence, sum(conflicts) AS conflicts
FROM year LEFT JOIN rate r USING (period, region, region_scope) GROUP BY period, region, region_scope;
-- Money by region, kind and payer; totals up to a day stand apart from what was paid in a period.
CREATE OR REPLACE VIEW funds_by_district AS
SELECT c.region, g.name AS region_name, g.name_en AS region_name_en, c.category, k.label_zh AS category_label, k.label_en AS category_label_en, c.aggregation, c.period_start, c.period_end, strftime(c.period_end, '%Y-%m') AS as_of,
  coalesce(m.actor_organ, m.actor) AS payer, m.reporter, round(c.value / 1e4, 4) AS wan_yuan, round(c.low / 1e4, 4) AS low_wan_yuan,
  round(c.high / 1e4, 4) AS high_wan_yuan, c.statements, c.sources, c.conflict, c.standing, c.confidence, c.measure_id, m.quote
FROM claim c JOIN measure m ON m.measure_id = c.measure_id AND m.category = c.category
JOIN ref_code k ON k.dim = 'category' AND k.code = c.category LEFT JOIN ref_region_now g ON g.code = c.region
WHERE c.kind = 'stated' AND c.unit = '元' AND m.unit = '元' AND c.modality = 'achieved' AND k.parent IN ('business', 'livelihood', 'money_recovered', 'casework');
-- What was read, by site and day of publication, and how well.
CREATE OR REPLACE VIEW quality AS
WITH told AS (
  SELECT article_id, count(*) FILTER (is_measure) AS measures, count(*) FILTER (is_measure AND category = 'uncategorised') AS uncategorised,
    count(*) FILTER (is_measure AND (period_start IS NULL OR period_end IS NULL)) AS undated,
    count(*) FILTER (is_measure AND region IS NULL) AS without_region, median(confidence) FILTER (is_measure) AS confidence,
    count(*) FILTER (period_basis IN ('explicit', 'anchor') AND is_measure) AS explicit
  FROM measure GROUP BY 1
)
SELECT a.site, a.published_on, count(*) AS articles, count(*) FILTER (a.status <> 'ok') AS articles_in_doubt,
  count(r.article_id) AS reprints, count(r.article_id) / count(*) AS reprint_share, count(*) FILTER (coalesce(t.measures, 0) = 0) AS without_figures,
  coalesce(sum(t.measures), 0)::BIGINT AS measures, coalesce(sum(t.uncategorised), 0)::BIGINT AS uncategorised,
  coalesce(sum(t.undated), 0)::BIGINT AS undated, coalesce(sum(t.without_region), 0)::BIGINT AS without_region,
  coalesce(sum(t.explicit), 0)::BIGINT AS explicit_period, median(t.confidence) AS median_confidence
FROM article a LEFT JOIN told t USING (article_id) LEFT JOIN repeat r USING (article_id)
GROUP BY a.site, a.published_on;
-- One story, one cluster: which article told it first, and which tell it again, by what evidence.
CREATE OR REPLACE VIEW article_cluster AS
SELECT coalesce(r.cluster_id, a.article_id) AS cluster_id, a.article_id, coalesce(r.kind, 'original') AS role, r.repeats, r.evidence, r.likeness,
  r.within, count(*) OVER (PARTITION BY coalesce(r.cluster_id, a.article_id)) AS articles, a.site, a.published_at, a.title, a.url
FROM article a LEFT JOIN repeat r USING (article_id);
-- Regions that told something before and have been silent for more than 45 days before the newest article.
CREATE OR REPLACE VIEW silent_region AS
WITH told AS (
  SELECT c.region, max(c.last_published_on) AS last_seen, count(*) AS facts FROM claim c WHERE c.kind = 'stated' AND c.region IS NOT NULL GROUP BY 1
)
SELECT t.region, g.name AS region_name, g.name_en AS region_name_en, t.last_seen, n.newest - t.last_seen AS days_silent, t.facts
FROM told t CROSS JOIN (SELECT max(published_on) AS newest FROM article) n LEFT JOIN ref_region_now g ON g.code = t.region
WHERE n.newest - t.last_seen > 45;
-- Figures that no category names, the most frequent first, with the words around: the next row of the lexicon.
CREATE OR REPLACE VIEW unnamed_figure AS
WITH around AS (
  SELECT m.measure_id, m.article_id, m.predicate, m.object, m.unit, m.surface, m.quote,
    right(regexp_extract(left(a.text, m.span_start), '[^。！？；\n]*$'), 16) AS words_before,
    left(regexp_extract(substr(a.text, m.span_end + 1), '^[^。！？；\n]*'), 10) AS words_after
  FROM measure m JOIN article a USING (article_id) WHERE m.category = 'uncategorised' AND m.is_measure
)
SELECT count(*) OVER (PARTITION BY predicate, unit) AS frequency, predicate, object, unit, words_before, surface, words_after, quote,
  article_id, measure_id
FROM around ORDER BY frequency DESC, predicate, unit, measure_id;
-- What the newest reading of each article says otherwise than the reading before it.
CREATE OR REPLACE VIEW change AS
WITH replaced AS (
  SELECT h.* FROM measure_history h JOIN article a ON a.article_id = h.article_id AND h.replaced_by = a.run_id
), now AS (
  SELECT m.* FROM measure m WHERE m.article_id IN (SELECT article_id FROM replaced UNION SELECT r.article_id FROM reading r JOIN article a USING (article_id) WHERE r.run_id <> a.run_id)
)
SELECT coalesce(r.measure_id, n.measure_id) AS measure_id, coalesce(r.article_id, n.article_id) AS article_id, r.run_id AS run_before, n.run_id AS run_after,
  CASE WHEN r.measure_id IS NULL THEN 'gained' WHEN n.measure_id IS NULL THEN 'lost' ELSE 'changed' END AS change,
  coalesce(n.surface, r.surface) AS surface, r.category AS category_before, n.category AS category_after, r.value AS value_before,
  n.value AS value_after, r.unit AS unit_before, n.unit AS unit_after, r.period_start AS period_start_before, n.period_start AS period_start_after,
  r.period_end AS period_end_before, n.period_end AS period_end_after, r.region AS region_before, n.region AS region_after,
  r.aggregation AS aggregation_before, n.aggregation AS aggregation_after, r.modality AS modality_before, n.modality AS modality_after, n.quote
FROM replaced r FULL JOIN now n ON n.measure_id = r.measure_id
WHERE r.measure_id IS NULL OR n.measure_id IS NULL
  OR (r.surface, r.category, r.problem, r.rank, r.value, r.low, r.high, r.unit, r.region, r.region_scope, r.period_start, r.period_end,
    r.aggregation, r.modality, r.polarity, r.is_measure, r.actor, r.object, r.parent, r.relation)
  IS DISTINCT FROM (n.surface, n.category, n.problem, n.rank, n.value, n.low, n.high, n.unit, n.region, n.region_scope, n.period_start,
    n.period_end, n.aggregation, n.modality, n.polarity, n.is_measure, n.actor, n.object, n.parent, n.relation);
