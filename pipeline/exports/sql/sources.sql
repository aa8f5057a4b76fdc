-- Every marked place of every page in the order of reading: tables, values, claims and flags with their boxes.
WITH found AS (
    SELECT document_id, page, 'varde' AS kind, observation_id AS mark_id,
        [{'page': page, 'x0': x0, 'top': top, 'x1': x1, 'bottom': bottom}] AS boxes, '' AS words,
        unit_id, unit_label, indicator_key, indicator_label, answer, value, value_unit, range_min, range_max, status,
        measure, value_raw
    FROM long
    UNION ALL
    SELECT document_id, page, 'pastaende', claim_id, boxes, sentence,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM claims
    UNION ALL
    SELECT document_id, page, 'avvikelse', flag_id, boxes, message,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM flags
    UNION ALL
    SELECT c.document_id, c.page, 'tabell', c.table_id,
        [{'page': c.page, 'x0': min(c.x0), 'top': min(c.top), 'x1': max(c.x1), 'bottom': max(c.bottom)}],
        CASE WHEN starts_with(lower(min(t.caption)), lower(min(t.label))) THEN min(t.caption)
            ELSE coalesce(nullif(concat_ws('. ', min(t.label), min(t.caption)), ''), 'Tabell utan rubrik') END,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM cells c JOIN tables t USING (table_id)
    GROUP BY c.document_id, c.page, c.table_id
)
SELECT found.*, d.file_name, d.file_sha256, d.source_url, coalesce(d.title, d.file_name) AS document_title,
    row_number() OVER (PARTITION BY document_id, page
        ORDER BY boxes[1].top, boxes[1].x0, kind, mark_id) AS place
FROM found JOIN documents d USING (document_id)
