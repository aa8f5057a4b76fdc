-- Every observation with the names of its document, indicator and unit; one row per observation.
-- indicator_key is indicator_id, or a provisional one where the register does not know the label: the word okänd,
-- the area, the header levels above and the label itself, so that equal words in two areas stay two things.
CREATE OR REPLACE VIEW long AS
SELECT
    o.observation_id, o.document_id, d.file_name, coalesce(d.title, d.file_name) AS document_title,
    o.table_id, o.table_label, o.page, o.x0, o.top, o.x1, o.bottom,
    o.year, o.period, o.area, o.quality_area,
    coalesce(o.indicator_id, concat_ws('/', 'okänd', o.area, o.indicator_group, o.indicator_label)) AS indicator_key,
    o.indicator_id, coalesce(i.name, concat_ws(': ', o.indicator_group, o.indicator_label)) AS indicator_name,
    o.indicator_label, o.indicator_group,
    o.subgroup, o.unit_id, coalesce(u.name, o.unit_label) AS unit_name, o.unit_label, o.unit_kind,
    u.lan_code, o.measure, o.answer, o.answer_note, o.value, o.value_unit, o.range_min, o.range_max,
    o.status, o.value_raw, o.uncertain, o.colour, o.comment, o.confidence, o.correction
FROM observations o
JOIN documents d USING (document_id)
LEFT JOIN indicators i ON i.indicator_id = o.indicator_id
LEFT JOIN units u ON u.unit_id = o.unit_id;

-- One row per document, unit, measure and indicator: equal values of several tables become one; where they
-- differ, status is 'conflict' and there is no value (all of them stand in long).
CREATE OR REPLACE VIEW resolved AS
SELECT
    area, year, document_id, unit_id, unit_name, unit_label, unit_kind, lan_code, subgroup, measure, period,
    indicator_key, min(indicator_name) AS indicator_name,
    count(*) AS n_observations,
    min(hash(row(answer, value, value_unit, range_min, range_max, status)))
        = max(hash(row(answer, value, value_unit, range_min, range_max, status))) AS agree,
    CASE WHEN agree THEN min(answer) END AS answer,
    CASE WHEN agree THEN min(value) END AS value,
    CASE WHEN agree THEN min(value_unit) END AS value_unit,
    CASE WHEN agree THEN min(range_min) END AS range_min,
    CASE WHEN agree THEN min(range_max) END AS range_max,
    CASE WHEN agree THEN min(status) ELSE 'conflict' END AS status,
    min(observation_id) AS observation_id
FROM long
GROUP BY ALL;
