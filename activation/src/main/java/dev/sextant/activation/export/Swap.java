// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.export;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SavedQuery.Export;

/** Writes the one statement that puts a new table or view in place of what was there; whoever reads meanwhile sees the old one or the new one. */
record Swap(String schema, String name, boolean view) {
  private static final String NEXT = "__next";

  static Swap of(Export export) {
    return new Swap(export.schema(), export.alias(), export.kind() == SavedQuery.ExportKind.VIEW);
  }

  String relation() {
    return qualified(name);
  }

  private String qualified(String relation) {
    return (schema.isEmpty() ? "" : quoted(schema) + ".") + quoted(relation);
  }

  /** Nothing where the default schema is meant. */
  String schemaStatement() {
    return schema.isEmpty() ? "" : "create schema if not exists " + quoted(schema);
  }

  String statement(String dialect, String sql) {
    return switch (dialect) {
      case "duckdb" -> "create or replace " + (view ? "view " : "table ") + relation() + " as\n" + sql;
      case "postgres" -> postgres(sql);
      default -> throw ActivationIssue.DESTINATION_CONFIG.because("Warehouses of the dialect " + dialect
          + " take no exports as tables or views yet. Export as parquet or csv.");
    };
  }

  /** A block is one transaction. What is there may be of the other kind. */
  private String postgres(String sql) {
    String tag = "$sextant$";
    while (sql.contains(tag)) {
      tag = tag.substring(0, tag.length() - 1) + "_$";
    }
    String make = view ? "create view " + relation() + " as\n" + sql + ";\n"
        : "drop table if exists " + qualified(name + NEXT) + ";\ncreate table " + qualified(name + NEXT) + " as\n" + sql + ";\n";
    String rename = view ? "" : "alter table " + qualified(name + NEXT) + " rename to " + quoted(name) + ";\n";
    String remove = "if exists (select 1 from pg_class where oid = to_regclass(" + text(relation()) + ") and relkind = 'v') then drop view "
        + relation() + "; else drop table if exists " + relation() + "; end if;\n";
    return "do " + tag + "\nbegin\n" + (view ? remove + make : make + remove + rename) + "end " + tag;
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
