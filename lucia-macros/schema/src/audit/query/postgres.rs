//! What PostgreSQL says of its tables.

/// An index that is not valid, as a failed `CREATE INDEX CONCURRENTLY` leaves behind, covers only some rows.
pub(super) const QUERY: &str = "\
WITH t AS (
    SELECT c.oid, c.relname::text AS name FROM pg_catalog.pg_class AS c
    WHERE c.relname IN ({tables}) AND c.relkind IN ('r', 'p') AND pg_catalog.pg_table_is_visible(c.oid)
)
SELECT 'setting' AS kind, '' AS owner, 'server_encoding' AS name, current_setting('server_encoding') AS a, '' AS b, '' AS c,
    '' AS d, '' AS e, '' AS f, '' AS g
UNION ALL SELECT 'table', '', t.name, '', '', '', '', '', '', '' FROM t
UNION ALL SELECT 'column', t.name, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 'no' ELSE 'yes' END,
    CASE WHEN d.oid IS NULL AND a.attidentity = '' THEN 'no' ELSE 'yes' END,
    coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), ''), coalesce(o.collname::text, ''),
    CASE WHEN o.collisdeterministic THEN 'yes' ELSE 'no' END,
    CASE WHEN a.attgenerated = '' THEN '' ELSE 'generated' END
FROM t JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_collation AS o ON o.oid = a.attcollation
WHERE a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'primary key', t.name, a.attname::text, k.position::text, '', '', '', '', '', ''
FROM t JOIN pg_catalog.pg_constraint AS p ON p.conrelid = t.oid AND p.contype = 'p'
    CROSS JOIN LATERAL unnest(p.conkey) WITH ORDINALITY AS k (number, position)
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number
UNION ALL SELECT 'index', t.name, n.relname::text, k.position::text, coalesce(a.attname::text, ''),
    CASE WHEN a.attname IS NULL THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.position, true) ELSE '' END,
    CASE WHEN i.indisunique THEN 'yes' ELSE 'no' END, CASE WHEN i.indpred IS NULL AND i.indisvalid THEN 'no' ELSE 'yes' END,
    CASE WHEN i.indisprimary THEN 'yes' ELSE 'no' END, coalesce(o.collname::text, '')
FROM t JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid
    JOIN pg_catalog.pg_class AS n ON n.oid = i.indexrelid
    CROSS JOIN LATERAL generate_series(1, i.indnkeyatts::int) AS k (position)
    LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = i.indkey[k.position - 1] AND a.attnum > 0
    LEFT JOIN pg_catalog.pg_collation AS o ON o.oid = i.indcollation[k.position - 1]
UNION ALL SELECT 'foreign key', t.name, f.conname::text, k.position::text, a.attname::text,
    CASE WHEN pg_catalog.pg_table_is_visible(r.oid) THEN r.relname::text ELSE r.oid::regclass::text END, b.attname::text,
    CASE f.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' WHEN 'r' THEN 'RESTRICT'
        ELSE 'NO ACTION' END,
    '', ''
FROM t JOIN pg_catalog.pg_constraint AS f ON f.conrelid = t.oid AND f.contype = 'f'
    JOIN pg_catalog.pg_class AS r ON r.oid = f.confrelid
    CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k (number, referred, position)
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = k.number
    JOIN pg_catalog.pg_attribute AS b ON b.attrelid = f.confrelid AND b.attnum = k.referred";
