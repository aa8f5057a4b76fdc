-- Every value of a unit beside those of its län and of the nation for the same edition and subgroup: as the same
-- document prints them (for the same period, where it tells periods apart), else as all other documents do, when these
-- agree. *_measure says what the value beside is, most often a share. Where several could be meant none is chosen.
CREATE OR REPLACE VIEW compared AS
WITH around AS (
    SELECT
        unit_kind, unit_id, indicator_key, year, subgroup, document_id, period,
        measure IN ('answer', 'share') AS of_answers,
        {'measure': measure, 'answer': answer, 'value': value, 'value_unit': value_unit, 'range_min': range_min,
         'range_max': range_max, 'status': status, 'observation_id': observation_id} AS told,
        count(*) OVER one AS n_all,
        count(*) OVER one_period AS n_period,
        count(*) OVER (PARTITION BY unit_kind, unit_id, indicator_key, year, subgroup, document_id, period,
            measure IN ('answer', 'share')) AS n_alike
    FROM resolved
    WHERE unit_kind IN ('riket', 'lan')
    WINDOW one AS (PARTITION BY unit_kind, unit_id, indicator_key, year, subgroup, document_id),
        one_period AS (PARTITION BY unit_kind, unit_id, indicator_key, year, subgroup, document_id, period)
),
elsewhere AS (
    SELECT unit_kind, unit_id, indicator_key, year, subgroup, of_answers, min(told) AS told
    FROM around
    WHERE year IS NOT NULL
    GROUP BY ALL
    HAVING count(DISTINCT hash(row(told.measure, told.answer, told.value, told.value_unit, told.range_min,
        told.range_max, told.status))) = 1
),
own AS (
    SELECT *, measure IN ('answer', 'share') AS of_answers FROM resolved WHERE unit_id IS NOT NULL
),
beside AS (
    SELECT own.*, coalesce(lan.told, lan_else.told) AS lan, coalesce(riket.told, riket_else.told) AS riket
    FROM own
    LEFT JOIN around lan ON lan.unit_kind = 'lan' AND own.unit_kind IN ('kommun', 'stadsdel')
        AND lan.unit_id = own.lan_code AND lan.indicator_key = own.indicator_key
        AND lan.year IS NOT DISTINCT FROM own.year AND lan.document_id = own.document_id
        AND lan.subgroup IS NOT DISTINCT FROM own.subgroup
        AND (lan.n_all = 1 OR (lan.period IS NOT DISTINCT FROM own.period
            AND (lan.n_period = 1 OR (lan.n_alike = 1 AND lan.of_answers = own.of_answers))))
    LEFT JOIN elsewhere lan_else ON lan_else.unit_kind = 'lan' AND own.unit_kind IN ('kommun', 'stadsdel')
        AND lan_else.unit_id = own.lan_code AND lan_else.indicator_key = own.indicator_key
        AND lan_else.year = own.year AND lan_else.subgroup IS NOT DISTINCT FROM own.subgroup
        AND lan_else.of_answers = own.of_answers
    LEFT JOIN around riket ON riket.unit_kind = 'riket' AND own.unit_kind <> 'riket'
        AND riket.indicator_key = own.indicator_key
        AND riket.year IS NOT DISTINCT FROM own.year AND riket.document_id = own.document_id
        AND riket.subgroup IS NOT DISTINCT FROM own.subgroup
        AND (riket.n_all = 1 OR (riket.period IS NOT DISTINCT FROM own.period
            AND (riket.n_period = 1 OR (riket.n_alike = 1 AND riket.of_answers = own.of_answers))))
    LEFT JOIN elsewhere riket_else ON riket_else.unit_kind = 'riket' AND own.unit_kind <> 'riket'
        AND riket_else.indicator_key = own.indicator_key
        AND riket_else.year = own.year AND riket_else.subgroup IS NOT DISTINCT FROM own.subgroup
        AND riket_else.of_answers = own.of_answers
)
SELECT
    b.unit_id, b.unit_name, b.unit_kind, b.area, b.indicator_key, b.indicator_name, b.year, b.subgroup, b.period,
    b.measure, b.answer, b.value, b.value_unit, b.range_min, b.range_max, b.status, b.observation_id, b.document_id,
    d.file_name, coalesce(d.title, d.file_name) AS document_title, o.page, o.value_raw, b.unit_label,
    b.lan.measure AS lan_measure, b.lan.answer AS lan_answer, b.lan.value AS lan_value,
    b.lan.value_unit AS lan_unit, b.lan.range_min AS lan_range_min, b.lan.range_max AS lan_range_max,
    b.lan.status AS lan_status, b.lan.observation_id AS lan_observation_id,
    lan_o.document_id AS lan_document_id, lan_o.page AS lan_page,
    b.riket.measure AS riket_measure, b.riket.answer AS riket_answer, b.riket.value AS riket_value,
    b.riket.value_unit AS riket_unit, b.riket.range_min AS riket_range_min, b.riket.range_max AS riket_range_max,
    b.riket.status AS riket_status, b.riket.observation_id AS riket_observation_id,
    riket_o.document_id AS riket_document_id, riket_o.page AS riket_page
FROM beside b
JOIN observations o ON o.observation_id = b.observation_id
JOIN documents d ON d.document_id = b.document_id
LEFT JOIN observations lan_o ON lan_o.observation_id = b.lan.observation_id
LEFT JOIN observations riket_o ON riket_o.observation_id = b.riket.observation_id;
