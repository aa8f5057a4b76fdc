-- Every marked place of every page: values, claims and flags with their boxes.
WITH marks AS (
    SELECT document_id, page, 1 AS kind_order, 'varde' AS kind, observation_id AS mark_id,
        [{'page': page, 'x0': x0, 'top': top, 'x1': x1, 'bottom': bottom}] AS boxes, '' AS words,
        unit_label, indicator_label, answer, value, value_unit, range_min, range_max, status, measure, value_raw
    FROM observations
    UNION ALL
    SELECT document_id, page, 2, 'pastaende', claim_id, boxes, sentence,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM claims
    UNION ALL
    SELECT document_id, page, 3, 'avvikelse', flag_id, boxes, message,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM flags
)
SELECT marks.*, d.file_name, d.file_sha256, d.source_url, coalesce(d.title, d.file_name) AS document_title
FROM marks JOIN documents d USING (document_id)
ORDER BY document_id, page, kind_order, mark_id
