-- One row per indicator, unit, measure, subgroup, value unit and edition, with the edition before it.
-- An own answer, a share and a mean are different measures and never follow each other.
CREATE OR REPLACE VIEW series AS
WITH editions AS (
    SELECT
        indicator_key, min(indicator_name) AS indicator_name, unit_id, min(unit_name) AS unit_name,
        min(unit_kind) AS unit_kind, min(lan_code) AS lan_code, measure, subgroup, period, year,
        count(DISTINCT document_id) AS n_documents,
        count(DISTINCT row(answer, value, value_unit, range_min, range_max, status)) AS n_values,
        CASE WHEN n_values = 1 THEN min(answer) END AS answer,
        CASE WHEN n_values = 1 THEN min(value) END AS value,
        CASE WHEN n_values = 1 THEN min(value_unit) END AS value_unit,
        CASE WHEN n_values = 1 THEN min(status) ELSE 'conflict' END AS status,
        min(observation_id) AS observation_id
    FROM long
    WHERE unit_id IS NOT NULL AND year IS NOT NULL
    GROUP BY indicator_key, unit_id, measure, subgroup, period, year
)
SELECT
    *,
    lag(year) OVER earlier AS previous_year,
    lag(answer) OVER earlier AS previous_answer,
    lag(value) OVER earlier AS previous_value,
    CASE WHEN value_unit IS NOT DISTINCT FROM lag(value_unit) OVER earlier
         THEN value - lag(value) OVER earlier END AS change
FROM editions
WINDOW earlier AS (
    PARTITION BY indicator_key, unit_id, measure, subgroup ORDER BY year, period NULLS FIRST
);
