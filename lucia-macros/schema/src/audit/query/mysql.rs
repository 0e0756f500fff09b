//! What MySQL and MariaDB say of their tables: one text for both.

/// Every value is cast: the parts of a union would not agree on a collation otherwise. Names of tables are compared byte for
/// byte where the server does so. MySQL alone has indexes on expressions, and alone reads the comment with its version.
pub(super) const QUERY: &str = "\
SELECT 'setting' AS kind, '' AS owner, 'sql_mode' AS name, CAST(@@sql_mode AS CHAR) AS a, '' AS b, '' AS c, '' AS d,
    '' AS e, '' AS f, '' AS g
UNION ALL SELECT 'setting', '', 'foreign_key_checks', CAST(@@foreign_key_checks AS CHAR), '', '', '', '', '', ''
UNION ALL SELECT 'table', '', CAST(t.table_name AS CHAR), CAST(ifnull(t.engine, '') AS CHAR), '', '', '', '', '', ''
FROM information_schema.tables AS t
WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND t.table_name IN ({tables})
    AND (@@lower_case_table_names <> 0 OR CAST(t.table_name AS BINARY) IN ({tables}))
UNION ALL SELECT 'column', CAST(c.table_name AS CHAR), CAST(c.column_name AS CHAR), CAST(c.column_type AS CHAR),
    CASE c.is_nullable WHEN 'YES' THEN 'yes' ELSE 'no' END,
    CASE WHEN c.extra LIKE '%auto_increment%' THEN 'yes'
        WHEN c.column_default IS NULL OR c.is_nullable = 'YES' AND c.column_default = 'NULL' THEN 'no' ELSE 'yes' END,
    CAST(ifnull(c.column_default, '') AS CHAR), CAST(ifnull(c.collation_name, '') AS CHAR),
    CASE WHEN RIGHT(c.collation_name, 4) = '_bin' THEN 'yes' ELSE 'no' END, CAST(ifnull(c.generation_expression, '') AS CHAR)
FROM information_schema.columns AS c
WHERE c.table_schema = DATABASE() AND c.table_name IN ({tables})
    AND (@@lower_case_table_names <> 0 OR CAST(c.table_name AS BINARY) IN ({tables}))
UNION ALL SELECT 'primary key', CAST(p.table_name AS CHAR), CAST(p.column_name AS CHAR), CAST(p.seq_in_index AS CHAR),
    '', '', '', '', '', ''
FROM information_schema.statistics AS p
WHERE p.index_name = 'PRIMARY' AND p.table_schema = DATABASE() AND p.table_name IN ({tables})
    AND (@@lower_case_table_names <> 0 OR CAST(p.table_name AS BINARY) IN ({tables}))
UNION ALL SELECT 'index', CAST(i.table_name AS CHAR), CAST(i.index_name AS CHAR), CAST(i.seq_in_index AS CHAR),
    CAST(ifnull(i.column_name, '') AS CHAR), CAST(concat_ws('', /*!80013 i.expression, */ '') AS CHAR),
    CASE i.non_unique WHEN 0 THEN 'yes' ELSE 'no' END, CASE WHEN i.sub_part IS NULL THEN 'no' ELSE 'yes' END,
    CASE i.index_name WHEN 'PRIMARY' THEN 'yes' ELSE 'no' END, ''
FROM information_schema.statistics AS i
WHERE i.table_schema = DATABASE() AND i.table_name IN ({tables})
    AND (@@lower_case_table_names <> 0 OR CAST(i.table_name AS BINARY) IN ({tables}))
UNION ALL SELECT 'foreign key', CAST(k.table_name AS CHAR), CAST(k.constraint_name AS CHAR), CAST(k.ordinal_position AS CHAR),
    CAST(k.column_name AS CHAR),
    CAST(CASE WHEN k.referenced_table_schema = DATABASE() THEN k.referenced_table_name
        ELSE concat_ws('.', k.referenced_table_schema, k.referenced_table_name) END AS CHAR),
    CAST(k.referenced_column_name AS CHAR), CAST(r.delete_rule AS CHAR), '', ''
FROM information_schema.key_column_usage AS k
    JOIN information_schema.referential_constraints AS r ON r.constraint_schema = k.constraint_schema
        AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
WHERE k.referenced_table_name IS NOT NULL AND k.table_schema = DATABASE() AND k.table_name IN ({tables})
    AND (@@lower_case_table_names <> 0 OR CAST(k.table_name AS BINARY) IN ({tables}))";
