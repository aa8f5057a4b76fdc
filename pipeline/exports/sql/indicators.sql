-- Every value of every indicator with its source, an indicator after the other, newest edition first.
-- Parameter: keys of the indicators, null for all.
SELECT
    indicator_key, indicator_id, indicator_name, area, year, unit_kind, unit_id, unit_name, unit_label, lan_code,
    measure, subgroup, period, answer, value, value_unit, range_min, range_max, status, value_raw,
    observation_id, document_id, document_title, page
FROM long
WHERE $keys IS NULL OR list_contains($keys, indicator_key)
ORDER BY indicator_key, year DESC NULLS LAST, measure, unit_id NULLS LAST, unit_label, subgroup NULLS FIRST,
    period NULLS FIRST, answer, value, status, document_id, observation_id
