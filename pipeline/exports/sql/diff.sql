-- What came, went and changed between two datasets (schemas a and b), documents first, then values, then flags.
WITH documents AS (
    SELECT 1 AS place, 'dokument' AS what,
        coalesce(b.document_id, a.document_id) AS id, coalesce(b.document_id, a.document_id) AS document_id,
        coalesce(b.title, b.file_name, a.title, a.file_name) AS subject,
        CASE WHEN a.document_id IS NULL THEN 'ny' WHEN b.document_id IS NULL THEN 'borta' ELSE 'ändrad' END AS kind,
        concat_ws(', ', a.file_name, a.status, a.year::VARCHAR, a.published::VARCHAR) AS before,
        concat_ws(', ', b.file_name, b.status, b.year::VARCHAR, b.published::VARCHAR) AS after,
        NULL AS correction, false AS named_otherwise, NULL AS decided, false AS new_evidence
    FROM a.documents a FULL JOIN b.documents b ON a.document_id = b.document_id
    WHERE a.document_id IS NULL OR b.document_id IS NULL
        OR row(a.status, a.reason, a.file_name, a.title, a.year, a.published)
            IS DISTINCT FROM row(b.status, b.reason, b.file_name, b.title, b.year, b.published)
),
vals AS (
    SELECT 2 AS place, 'värde' AS what,
        coalesce(b.observation_id, a.observation_id) AS id, coalesce(b.document_id, a.document_id) AS document_id,
        coalesce(b.unit_label, a.unit_label) || ', ' || coalesce(b.indicator_label, a.indicator_label) AS subject,
        CASE WHEN a.observation_id IS NULL THEN 'ny' WHEN b.observation_id IS NULL THEN 'borta' ELSE 'ändrad' END AS kind,
        concat_ws(' ', a.answer, a.value::VARCHAR, a.value_unit, nullif(a.status, 'ok'), a.measure, a.year::VARCHAR,
            a.indicator_id, a.unit_id) AS before,
        concat_ws(' ', b.answer, b.value::VARCHAR, b.value_unit, nullif(b.status, 'ok'), b.measure, b.year::VARCHAR,
            b.indicator_id, b.unit_id) AS after,
        CASE WHEN a.correction IS DISTINCT FROM b.correction THEN coalesce(b.correction, a.correction) END AS correction,
        row(a.indicator_id, a.unit_id) IS DISTINCT FROM row(b.indicator_id, b.unit_id) AS named_otherwise,
        NULL AS decided, false AS new_evidence
    FROM a.observations a FULL JOIN b.observations b ON a.observation_id = b.observation_id
    WHERE a.observation_id IS NULL OR b.observation_id IS NULL
        OR row(a.answer, a.answer_note, a.value, a.value_unit, a.range_min, a.range_max, a.status, a.measure, a.year,
               a.indicator_id, a.unit_id, a.correction)
            IS DISTINCT FROM row(b.answer, b.answer_note, b.value, b.value_unit, b.range_min, b.range_max, b.status,
               b.measure, b.year, b.indicator_id, b.unit_id, b.correction)
),
found AS (
    SELECT 3 AS place, 'avvikelse' AS what,
        coalesce(b.flag_id, a.flag_id) AS id, coalesce(b.document_id, a.document_id) AS document_id,
        coalesce(b.message, a.message) AS subject,
        CASE WHEN a.flag_id IS NULL THEN 'ny' WHEN b.flag_id IS NULL THEN 'borta' ELSE 'ändrad' END AS kind,
        concat_ws(', ', a.severity, a.status) AS before, concat_ws(', ', b.severity, b.status) AS after,
        NULL AS correction, false AS named_otherwise,
        CASE WHEN a.status IS DISTINCT FROM b.status AND a.flag_id IS NOT NULL AND b.flag_id IS NOT NULL
             THEN b.status END AS decided,
        a.evidence_hash IS DISTINCT FROM b.evidence_hash AS new_evidence
    FROM a.flags a FULL JOIN b.flags b ON a.flag_id = b.flag_id
    WHERE a.flag_id IS NULL OR b.flag_id IS NULL
        OR row(a.status, a.severity, a.message, a.evidence_hash, a.still_found)
            IS DISTINCT FROM row(b.status, b.severity, b.message, b.evidence_hash, b.still_found)
),
changes AS (SELECT * FROM documents UNION ALL SELECT * FROM vals UNION ALL SELECT * FROM found),
touched AS (SELECT DISTINCT document_id FROM vals)
SELECT
    changes.what, changes.kind, changes.id, changes.subject, changes.before, changes.after,
    changes.correction, changes.named_otherwise, changes.decided, changes.new_evidence,
    coalesce(new.file_name, old.file_name) AS file_name,
    old.document_id IS NULL AS document_is_new,
    new.document_id IS NULL AS document_is_gone,
    new.status IN ('quarantined', 'withdrawn') AND new.status IS DISTINCT FROM old.status AS document_fell,
    old.status IN ('quarantined', 'withdrawn') AND new.status IS DISTINCT FROM old.status AS document_rose,
    EXISTS (FROM a.documents x WHERE x.file_name = new.file_name AND x.file_sha256 <> new.file_sha256)
        OR EXISTS (FROM b.documents x WHERE x.file_name = old.file_name AND x.file_sha256 <> old.file_sha256)
        AS file_replaced,
    touched.document_id IS NOT NULL AS values_changed
FROM changes
LEFT JOIN a.documents old ON old.document_id = changes.document_id
LEFT JOIN b.documents new ON new.document_id = changes.document_id
LEFT JOIN touched ON touched.document_id = changes.document_id
ORDER BY changes.place, file_name, changes.kind, changes.subject, changes.id
