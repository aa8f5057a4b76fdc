-- One row per document: how much of it was read, and how sure the reading is.
CREATE OR REPLACE VIEW quality AS
SELECT
    d.document_id, d.file_name, coalesce(d.title, d.file_name) AS document_title, d.year,
    d.status, d.reason_code, d.n_pages,
    coalesce(t.n_indicator_tables, 0) AS n_indicator_tables,
    coalesce(t.n_unread_tables, 0) AS n_unread_tables,
    t.mean_agreement, t.mean_confidence,
    coalesce(o.n_observations, 0) AS n_observations,
    coalesce(o.n_ok, 0) AS n_ok, coalesce(o.n_blank, 0) AS n_blank, coalesce(o.n_missing, 0) AS n_missing,
    coalesce(o.n_suppressed, 0) AS n_suppressed, coalesce(o.n_not_applicable, 0) AS n_not_applicable,
    coalesce(o.n_unknown, 0) AS n_unknown, coalesce(o.n_unreadable, 0) AS n_unreadable,
    coalesce(o.n_unmatched_indicator, 0) AS n_unmatched_indicator,
    coalesce(o.n_unmatched_unit, 0) AS n_unmatched_unit,
    coalesce(o.n_corrected, 0) AS n_corrected, coalesce(o.n_uncertain, 0) AS n_uncertain,
    coalesce(c.n_claims, 0) AS n_claims, coalesce(c.n_supported, 0) AS n_supported,
    coalesce(c.n_refuted, 0) AS n_refuted, coalesce(c.n_undecidable, 0) AS n_undecidable,
    coalesce(f.n_open_errors, 0) AS n_open_errors, coalesce(f.n_open_warnings, 0) AS n_open_warnings,
    coalesce(f.n_decided_flags, 0) AS n_decided_flags
FROM documents d
LEFT JOIN (
    SELECT document_id,
        count(*) FILTER (kind = 'indicators') AS n_indicator_tables,
        count(*) FILTER (status = 'unread') AS n_unread_tables,
        avg(agreement) AS mean_agreement, avg(confidence) AS mean_confidence
    FROM tables GROUP BY document_id
) t USING (document_id)
LEFT JOIN (
    SELECT document_id, count(*) AS n_observations,
        count(*) FILTER (status = 'ok') AS n_ok,
        count(*) FILTER (status = 'blank') AS n_blank,
        count(*) FILTER (status = 'missing') AS n_missing,
        count(*) FILTER (status = 'suppressed') AS n_suppressed,
        count(*) FILTER (status = 'not_applicable') AS n_not_applicable,
        count(*) FILTER (status = 'unknown') AS n_unknown,
        count(*) FILTER (status = 'unreadable') AS n_unreadable,
        count(*) FILTER (indicator_id IS NULL) AS n_unmatched_indicator,
        count(*) FILTER (unit_id IS NULL AND unit_kind <> 'grupp') AS n_unmatched_unit,
        count(*) FILTER (correction IS NOT NULL) AS n_corrected,
        count(*) FILTER (uncertain) AS n_uncertain
    FROM observations GROUP BY document_id
) o USING (document_id)
LEFT JOIN (
    SELECT document_id, count(*) AS n_claims,
        count(*) FILTER (verdict = 'supported') AS n_supported,
        count(*) FILTER (verdict = 'refuted') AS n_refuted,
        count(*) FILTER (verdict = 'undecidable') AS n_undecidable
    FROM claims GROUP BY document_id
) c USING (document_id)
LEFT JOIN (
    SELECT document_id,
        count(*) FILTER (status = 'open' AND severity = 'error') AS n_open_errors,
        count(*) FILTER (status = 'open' AND severity = 'warning') AS n_open_warnings,
        count(*) FILTER (status <> 'open') AS n_decided_flags
    FROM flags GROUP BY document_id
) f USING (document_id)
ORDER BY d.file_name, d.page_first, d.document_id;
