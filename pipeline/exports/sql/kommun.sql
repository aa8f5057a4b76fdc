-- All values of one unit (or of every unit) over the editions, beside those of its län and of the nation as the
-- same document prints them for the same edition. Parameter: unit_id, null for all units.
WITH own AS (
    SELECT * FROM resolved WHERE unit_id IS NOT NULL AND ($unit IS NULL OR unit_id = $unit)
),
around AS (
    SELECT
        unit_kind, unit_id, indicator_key, year, document_id, subgroup,
        min(measure) AS measure, min(answer) AS answer, min(value) AS value, min(value_unit) AS value_unit,
        min(status) AS status, min(observation_id) AS observation_id
    FROM resolved
    WHERE unit_kind IN ('riket', 'lan') AND n_values = 1
    GROUP BY unit_kind, unit_id, indicator_key, year, document_id, subgroup
    HAVING count(*) = 1
)
SELECT
    own.unit_id, own.unit_name, own.unit_kind,
    own.area, own.indicator_key, own.indicator_name, own.year, own.subgroup, own.period, own.measure, own.answer,
    own.value, own.value_unit, own.range_min, own.range_max, own.status, own.observation_id, own.document_id,
    d.file_name, coalesce(d.title, d.file_name) AS document_title, o.page, o.value_raw,
    lan.measure AS lan_measure, lan.value AS lan_value, lan.value_unit AS lan_unit, lan.answer AS lan_answer,
    lan.status AS lan_status, lan.observation_id AS lan_observation_id, lan_o.page AS lan_page,
    riket.measure AS riket_measure, riket.value AS riket_value, riket.value_unit AS riket_unit,
    riket.answer AS riket_answer, riket.status AS riket_status, riket.observation_id AS riket_observation_id,
    riket_o.page AS riket_page
FROM own
JOIN observations o ON o.observation_id = own.observation_id
JOIN documents d ON d.document_id = own.document_id
LEFT JOIN around lan ON lan.unit_kind = 'lan' AND own.unit_kind IN ('kommun', 'stadsdel')
    AND lan.unit_id = own.lan_code AND lan.indicator_key = own.indicator_key
    AND lan.year IS NOT DISTINCT FROM own.year AND lan.document_id = own.document_id
    AND lan.subgroup IS NOT DISTINCT FROM own.subgroup
LEFT JOIN observations lan_o ON lan_o.observation_id = lan.observation_id
LEFT JOIN around riket ON riket.unit_kind = 'riket' AND own.unit_kind <> 'riket'
    AND riket.indicator_key = own.indicator_key
    AND riket.year IS NOT DISTINCT FROM own.year AND riket.document_id = own.document_id
    AND riket.subgroup IS NOT DISTINCT FROM own.subgroup
LEFT JOIN observations riket_o ON riket_o.observation_id = riket.observation_id
ORDER BY own.unit_id, own.area NULLS LAST, own.indicator_name, own.indicator_key, own.subgroup NULLS FIRST,
    own.year NULLS LAST, own.measure, own.period NULLS FIRST, own.document_id, own.unit_label
