-- All values of the units (of every unit when the parameter is null), beside those of their län and of the nation.
SELECT * FROM compared
WHERE $units IS NULL OR list_contains($units, unit_id)
ORDER BY unit_id, area NULLS LAST, indicator_name, indicator_key, subgroup NULLS FIRST,
    year NULLS LAST, measure, period NULLS FIRST, answer, value, status, document_id, unit_label
