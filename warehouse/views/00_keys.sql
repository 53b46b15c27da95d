-- A text is known by the first 64 bits of its sha256; shorter ones are never called repeats, and a passage that more texts
-- hold is a set phrase.
CREATE OR REPLACE MACRO text_key_of(text_sha256) AS ('0x' || left(text_sha256, 16))::UBIGINT;
CREATE OR REPLACE MACRO shortest_text() AS 24;
CREATE OR REPLACE MACRO common_passage() AS 200;
-- The place of the last digit that is not zero: 10 of 150, 100 of 1200; how far 余 and 以上 reach.
CREATE OR REPLACE MACRO place_of(v) AS CASE WHEN v >= 1
  THEN power(10, length((trunc(v)::BIGINT)::VARCHAR) - length(rtrim((trunc(v)::BIGINT)::VARCHAR, '0')))::DECIMAL(24,6) ELSE 1::DECIMAL(24,6) END;
-- A value in the base unit of its class; untouched, to the last digit, where the unit is the base.
CREATE OR REPLACE MACRO scaled(v, scale) AS
  CASE WHEN scale = 1 THEN v::DECIMAL(24,6) ELSE round(v * scale, 6)::DECIMAL(24,6) END;
-- A cell is one series in one calendar year: the unit in which claims and buckets are told anew.
CREATE OR REPLACE MACRO cell_key_of(series_key, period_end, published_on) AS
  md5_number_lower(concat_ws('|', series_key, coalesce(year(coalesce(period_end, published_on)), 0)));
-- What was done between two days is a flow, whichever way it is told; all else stands by its own kind.
CREATE OR REPLACE MACRO flow_of(aggregation, period_start, period_end) AS
  CASE WHEN period_start IS NOT NULL AND period_end IS NOT NULL AND aggregation IN ('increment', 'cumulative', 'ytd')
    THEN 'flow' ELSE aggregation END;
-- Measures of one series, kind and period may state one claim: whatever their number, they are weighed together.
CREATE OR REPLACE MACRO told_of_key(series_key, flow, period_start, period_end) AS
  md5_number_lower(concat_ws('|', series_key, flow, coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, '')));
CREATE OR REPLACE MACRO claim_key_of(told_of, subject) AS md5_number_lower(concat_ws('|', told_of, subject));
CREATE OR REPLACE MACRO claim_id_of(claim_key, twin, island) AS md5_number_lower(concat_ws('|', claim_key, twin, island));
-- The narrow face of measures from which claims are made: one class of units, today's region, one name for the doer.
-- A region's own discipline organ is the region's default doer, '' in subject; any other organ keeps its name.
CREATE OR REPLACE MACRO keyed(measures, articles) AS TABLE
-- Not materialised: it is as wide as all measures, and what looks at it twice needs little of it.
WITH measured AS NOT MATERIALIZED (
  -- What a text calls a misprint is weighed too: it takes the wrong figure out of the sums wherever that was told.
  SELECT m.* REPLACE (CASE WHEN i.problem IS NULL THEN m.problem END AS problem,
      m.is_measure OR coalesce(list_contains(m.flags, 'misprint'), false) AS is_measure), a.published_on, coalesce(r.code_now, m.region) AS region_now, r.name AS region_name,
    r.short AS region_short, c.additive, c.basis, c.units, u.dimension AS unit_dimension, u.base_unit, u.factor,
    regexp_replace(coalesce(m.actor_organ, ''), '(中共|纪委|监委|纪检监察(机关|组织|机构|部门|干部)|纪检机关|监察委员会|纪律检查委员会|国家监委|、|和)+$', '') AS organ_of
  FROM query_table(measures) m JOIN query_table(articles) a USING (article_id)
  LEFT JOIN ref_region_now r ON r.code = m.region
  LEFT JOIN ref_code c ON c.dim = 'category' AND c.code = m.category
  LEFT JOIN ref_unit u ON u.unit = m.unit
  LEFT JOIN ref_implied_problem i ON i.category = m.category AND i.problem = m.problem
), reprintable AS (
  -- A sentence whose period hangs on the day of publication, told apart by its words and by where in it the figure stands.
  SELECT article_id AS told_in, quote AS sentence, min(span_start) AS opens_at FROM measured
  WHERE is_measure AND article_id IN (
    SELECT article_id FROM measured WHERE length(quote) >= 14 AND (period_end IS NULL OR period_end = published_on))
  GROUP BY ALL
), named AS (
  SELECT *,
    CASE WHEN organ_of = '' OR ends_with(actor_organ, region_name) OR actor_organ = region_short OR actor_organ LIKE '全_' THEN ''
      WHEN organ_of = actor_organ THEN actor_organ
      WHEN region_scope = 'all_levels' OR organ_of LIKE '全%'
        OR organ_of IN ('中央', '自治区', '省', '市', '州', '盟', '地区', '区', '县', '旗', '城区', '各级')
        OR ends_with(organ_of, region_name) OR ends_with(organ_of, region_short) THEN ''
      ELSE actor_organ END AS subject,
    CASE WHEN unit_dimension = 'count' AND basis IN ('case', 'item') AND list_contains(units, unit) THEN units[1]
      WHEN unit_dimension IN ('area', 'mass', 'length', 'volume') THEN base_unit
      ELSE unit END AS unit_class,
    CASE WHEN unit_dimension IN ('area', 'mass', 'length', 'volume') THEN factor ELSE 1 END AS scale
  FROM measured
)
SELECT row_id, measure_id, article_id, published_on, span_start, region_now AS region, region_scope, subject, category, problem,
  rank, unit_class AS unit, value, low, high, scale, period_start, period_end, period_basis, aggregation, modality, polarity,
  is_measure, confidence, parent, relation, object, additive, coalesce(list_contains(flags, 'misprint'), false) AS misprint, standing, run_id, claim_id,
  CASE WHEN is_measure THEN md5_number_lower(concat_ws('|', coalesce(region_now, ''), region_scope, category,
    coalesce(problem, ''), coalesce(rank, ''), coalesce(unit_class, ''), modality, polarity,
    CASE WHEN region_now IS NULL THEN CASE WHEN subject = '' THEN article_id ELSE subject END ELSE '' END,
    CASE WHEN category = 'uncategorised' THEN regexp_replace(coalesce(quote, ''), '[\s\p{P}]', '', 'g') ELSE '' END))
  END AS series_key,
  CASE WHEN is_measure AND length(quote) >= 14 AND (period_end IS NULL OR period_end = published_on)
    THEN md5_number_lower(concat_ws('|', regexp_replace(quote, '[\s\p{P}]', '', 'g'), surface, category, coalesce(unit, ''),
      span_start - opens_at))
  END AS statement_key
FROM named n LEFT JOIN reprintable p ON p.told_in = n.article_id AND p.sentence = n.quote;
-- The same with the keys by which measures are gathered: the cell, and what may state one claim.
CREATE OR REPLACE MACRO gathered(measures, articles) AS TABLE
SELECT *, period_start IS NOT NULL AS dated, cell_key_of(series_key, period_end, published_on) AS cell_key,
  flow_of(aggregation, period_start, period_end) AS flow, told_of_key(series_key, flow, period_start, period_end) AS told_of
FROM keyed(measures, articles);
