-- All values of one unit over the editions, beside those of its län and of the nation in the same edition
-- (as printed in the same document). Parameter: unit_id.
WITH own AS (
    SELECT * FROM resolved WHERE unit_id = $unit
),
around AS (
    SELECT
        unit_kind, indicator_key, year, document_id, subgroup,
        min(measure) AS measure, min(answer) AS answer, min(value) AS value, min(value_unit) AS value_unit,
        min(status) AS status, min(observation_id) AS observation_id
    FROM resolved
    WHERE (unit_kind = 'riket' OR (unit_kind = 'lan' AND unit_id = (SELECT lan_code FROM units WHERE unit_id = $unit)))
        AND n_values = 1
    GROUP BY ALL
    HAVING count(*) = 1
)
SELECT
    own.area, own.indicator_key, own.indicator_name, own.year, own.subgroup, own.period, own.measure, own.answer,
    own.value, own.value_unit, own.range_min, own.range_max, own.status, own.observation_id, own.document_id,
    long.file_name, long.document_title, long.page, long.value_raw,
    lan.measure AS lan_measure, lan.value AS lan_value, lan.value_unit AS lan_unit, lan.answer AS lan_answer,
    lan.status AS lan_status, lan.observation_id AS lan_observation_id,
    riket.measure AS riket_measure, riket.value AS riket_value, riket.value_unit AS riket_unit,
    riket.answer AS riket_answer, riket.status AS riket_status, riket.observation_id AS riket_observation_id
FROM own
JOIN long ON long.observation_id = own.observation_id
LEFT JOIN around lan ON lan.unit_kind = 'lan' AND lan.indicator_key = own.indicator_key
    AND lan.year IS NOT DISTINCT FROM own.year AND lan.document_id = own.document_id
    AND lan.subgroup IS NOT DISTINCT FROM own.subgroup
LEFT JOIN around riket ON riket.unit_kind = 'riket' AND riket.indicator_key = own.indicator_key
    AND riket.year IS NOT DISTINCT FROM own.year AND riket.document_id = own.document_id
    AND riket.subgroup IS NOT DISTINCT FROM own.subgroup
ORDER BY own.area NULLS LAST, own.indicator_name, own.indicator_key, own.subgroup NULLS FIRST,
    own.year NULLS LAST, own.measure, own.period NULLS FIRST, own.document_id
