-- One row per indicator, unit, measure, subgroup, period and edition, with the one before it in time. An own answer,
-- a share and a mean are different measures and never follow each other; a change is counted within one unit of
-- measurement and never over a break of the definition (comparable is false then). Documents that print different
-- values make status 'conflict', without a value.
CREATE OR REPLACE VIEW series AS
WITH editions AS (
    SELECT
        indicator_key, min(indicator_name) AS indicator_name, unit_id, min(unit_name) AS unit_name,
        min(unit_kind) AS unit_kind, min(lan_code) AS lan_code, measure, subgroup, period, year,
        count(DISTINCT document_id) AS n_documents,
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
    WHERE unit_id IS NOT NULL AND year IS NOT NULL
    GROUP BY indicator_key, unit_id, measure, subgroup, period, year
),
placed AS (
    SELECT
        *,
        lag(year) OVER earlier AS previous_year,
        lag(period) OVER earlier AS previous_period,
        lag(status) OVER earlier AS previous_status,
        lag(answer) OVER earlier AS previous_answer,
        lag(value) OVER earlier AS previous_value,
        lag(value_unit) OVER earlier AS previous_value_unit
    FROM editions
    WINDOW earlier AS (
        PARTITION BY indicator_key, unit_id, measure, subgroup ORDER BY year, period NULLS FIRST
    )
),
broken AS (
    SELECT indicator_id, CAST(left(unnest(breaks), 4) AS INTEGER) AS year FROM indicators
),
told AS (
    SELECT
        *,
        CASE WHEN previous_year IS NOT NULL THEN NOT EXISTS (
            FROM broken
            WHERE broken.indicator_id = placed.indicator_key
                AND broken.year > placed.previous_year AND broken.year <= placed.year
        ) END AS comparable
    FROM placed
)
SELECT
    *,
    CASE WHEN comparable AND value_unit IS NOT DISTINCT FROM previous_value_unit
         THEN value - previous_value END AS change
FROM told;
