-- Figures that documents state in their text only (no table prints them): one row per figure and year, with the
-- sentence it stands in. They are no observations: what a sentence says, with the verdict of the comparison.
CREATE OR REPLACE VIEW stated AS
WITH figures AS (
    SELECT *, year AS of_year, value AS figure FROM claims WHERE value IS NOT NULL
    UNION ALL
    SELECT *, base_year, base_value FROM claims WHERE base_value IS NOT NULL AND base_year IS NOT NULL
)
SELECT
    f.indicator_ids[1] AS indicator_id, i.name AS indicator_name, i.area,
    f.unit_ids[1] AS unit_id, u.name AS unit_name, u.kind AS unit_kind,
    f.of_year AS year, f.figure AS value, f.value_unit, f.claim_type, f.verdict,
    f.sentence, f.claim_id, f.document_id, d.file_name, coalesce(d.title, d.file_name) AS document_title, f.page
FROM figures f
JOIN documents d USING (document_id)
JOIN indicators i ON i.indicator_id = f.indicator_ids[1]
LEFT JOIN units u ON u.unit_id = f.unit_ids[1]
WHERE f.figure IS NOT NULL AND f.table_id IS NULL AND f.verdict <> 'refuted' AND len(f.indicator_ids) = 1 AND len(f.unit_ids) <= 1
QUALIFY row_number() OVER (PARTITION BY f.document_id, f.indicator_ids[1], f.unit_ids[1], f.of_year, f.figure
    ORDER BY f.page, f.claim_id) = 1
ORDER BY indicator_name, unit_id, f.of_year, d.file_name, f.page, f.claim_id, f.figure;
