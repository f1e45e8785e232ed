import type { ClientBase } from "pg";

/**
 * A schema as the server holds it, one statement per object, without the schema's name; `schema.sql` is this text.
 * The schema has to be the connection's `search_path`.
 */
export async function dumpSchema(client: ClientBase): Promise<string> {
  const statements: string[] = [];
  for (const sql of [tablesSql, indexesSql, functionsSql, triggersSql]) {
    const { rows } = await client.query<{ sql: string }>(sql);
    statements.push(...rows.map((row) => `${row.sql.trimEnd()};\n`));
  }
  const { rows } = await client.query<{ prefix: string }>(
    "SELECT quote_ident(current_schema()) || '.' AS prefix",
  );
  return statements.join("\n").replaceAll(rows[0]!.prefix, "");
}

const tablesSql = `
  SELECT format(E'CREATE TABLE %I (\\n%s\\n)', relname, (
    SELECT string_agg('  ' || line, E',\\n' ORDER BY place, line) FROM (
      SELECT attnum AS place, concat_ws(' ', quote_ident(attname), format_type(atttypid, atttypmod),
        CASE WHEN attcollation = '"C"'::regcollation THEN 'COLLATE "C"' END,
        CASE WHEN attnotnull THEN 'NOT NULL' END,
        CASE WHEN attidentity <> '' THEN 'GENERATED ALWAYS AS IDENTITY' END,
        CASE attgenerated WHEN 's' THEN format('GENERATED ALWAYS AS (%s) STORED', pg_get_expr(adbin, adrelid))
          ELSE 'DEFAULT ' || pg_get_expr(adbin, adrelid) END) AS line
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
      UNION ALL
      SELECT 32767, pg_get_constraintdef(pg_constraint.oid, true)
      FROM pg_constraint WHERE conrelid = pg_class.oid AND contype IN ('p', 'u', 'c', 'f')
    ) AS lines
  )) AS sql
  FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relkind = 'r' ORDER BY relname COLLATE "C"
`;

/** Those of keys stand with their tables. */
const indexesSql = `
  SELECT pg_get_indexdef(indexrelid, 0, true) AS sql
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
  WHERE relnamespace = quote_ident(current_schema())::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
  ORDER BY relname COLLATE "C"
`;

const functionsSql = `
  SELECT pg_get_functiondef(oid) AS sql FROM pg_proc
  WHERE pronamespace = quote_ident(current_schema())::regnamespace ORDER BY proname COLLATE "C"
`;

const triggersSql = `
  SELECT pg_get_triggerdef(pg_trigger.oid, true) AS sql FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
  WHERE relnamespace = quote_ident(current_schema())::regnamespace AND NOT tgisinternal ORDER BY tgname COLLATE "C"
`;
