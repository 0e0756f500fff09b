//! What SQLite says of its tables.

/// The collation of a column is not told; that of an index is. An expression is told only as part of the whole index.
pub(super) const QUERY: &str = "\
WITH t AS (SELECT name FROM sqlite_master WHERE type = 'table' AND name COLLATE NOCASE IN ({tables}))
SELECT 'setting' AS kind, '' AS owner, 'foreign_keys' AS name, CAST(foreign_keys AS TEXT) AS a, '' AS b, '' AS c, '' AS d,
    '' AS e, '' AS f, '' AS g
FROM pragma_foreign_keys
UNION ALL SELECT 'table', '', t.name, '', '', '', '', '', '', '' FROM t
UNION ALL SELECT 'column', t.name, c.name, c.type, CASE c.`notnull` WHEN 0 THEN 'yes' ELSE 'no' END,
    CASE WHEN c.dflt_value IS NULL THEN 'no' ELSE 'yes' END, ifnull(c.dflt_value, ''), '', 'yes',
    CASE WHEN c.hidden IN (2, 3) THEN 'generated' ELSE '' END
FROM t, pragma_table_xinfo(t.name) AS c
UNION ALL SELECT 'primary key', t.name, c.name, CAST(c.pk AS TEXT), '', '', '', '', '', ''
FROM t, pragma_table_xinfo(t.name) AS c WHERE c.pk > 0
UNION ALL SELECT 'index', t.name, i.name, CAST(k.seqno AS TEXT), ifnull(k.name, ''),
    CASE WHEN k.name IS NULL THEN ifnull((SELECT m.sql FROM sqlite_master AS m WHERE m.type = 'index' AND m.name = i.name), '')
        ELSE '' END,
    CASE i.`unique` WHEN 0 THEN 'no' ELSE 'yes' END, CASE i.partial WHEN 0 THEN 'no' ELSE 'yes' END,
    CASE i.origin WHEN 'pk' THEN 'yes' ELSE 'no' END, ifnull(k.coll, '')
FROM t, pragma_index_list(t.name) AS i, pragma_index_xinfo(i.name) AS k WHERE k.`key` = 1
UNION ALL SELECT 'foreign key', t.name, CAST(f.id AS TEXT), CAST(f.seq AS TEXT), f.`from`, f.`table`, ifnull(f.`to`, ''),
    f.on_delete, '', ''
FROM t, pragma_foreign_key_list(t.name) AS f";
