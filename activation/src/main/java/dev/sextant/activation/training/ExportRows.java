// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.scratch.Sql;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.FeatureQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The answer's rows in a table, each with a number by key, instant and all other values, and its split. Equal answers make equal tables. */
final class ExportRows {
  static final String TABLE = "exported";
  static final String ROW = "row_number#";
  static final String SPLIT = "split#";

  private final ScratchFile tables;
  private final Layout layout;
  private final Map<String, String> types = new LinkedHashMap<>();

  private ExportRows(ScratchFile tables, Layout layout, String table) {
    this.tables = tables;
    this.layout = layout;
    tables.list("select column_name, data_type from duckdb_columns() where table_name = " + Sql.text(table)
        + " and not ends_with(column_name, '#') order by column_index", row -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(column -> types.put(column.getKey(), column.getValue()));
  }

  /** Rows that are in the table already. */
  static ExportRows of(ScratchFile tables, Layout layout) {
    return new ExportRows(tables, layout, TABLE);
  }

  static ExportRows load(ScratchFile tables, ArrowBatches answer, Layout layout, Splits splits) {
    tables.load("answered", "*", answer);
    tables.run("set threads = 1"); // sums of floating point numbers depend on the order of the rows
    tables.run("set preserve_insertion_order = true");
    ExportRows rows = new ExportRows(tables, layout, "answered");
    String order = rows.ordered().stream().map(name -> Sql.name(name) + " nulls last").collect(Collectors.joining(", "));
    tables.run("create or replace table " + TABLE + " as select row_number() over (order by " + order + ") as " + Sql.name(ROW) + ", "
        + splits.expression() + " as " + Sql.name(SPLIT) + ", * from answered order by 1");
    tables.run("drop table answered");
    return rows;
  }

  private List<String> ordered() {
    Map<String, Boolean> names = new LinkedHashMap<>();
    names.put(FeatureQuery.AT, true);
    layout.keys().forEach(key -> names.put(key, true));
    types.keySet().forEach(name -> names.put(name, true));
    return List.copyOf(names.keySet());
  }

  ScratchFile tables() {
    return tables;
  }

  Layout layout() {
    return layout;
  }

  /** The columns of the answer with their types in DuckDB. */
  Map<String, String> types() {
    return types;
  }

  /** The columns of a role. */
  List<String> columns(String role) {
    return types.keySet().stream().filter(name -> layout.role(name).equals(role)).toList();
  }

  long rows() {
    return tables.count("select count(*) from " + TABLE);
  }

  /** How many different values some columns have together. */
  long distinct(List<String> columns) {
    return tables.count("select count(*) from (select distinct " + columns.stream().map(Sql::name).collect(Collectors.joining(", "))
        + " from " + TABLE + ")");
  }

  Map<String, Long> bySplit() {
    Map<String, Long> rows = new LinkedHashMap<>();
    tables.list("select " + Sql.name(SPLIT) + ", count(*) from " + TABLE + " group by 1 order by min(" + Sql.name(ROW) + ")",
        row -> Map.entry(row.getString(1), row.getLong(2))).forEach(split -> rows.put(split.getKey(), split.getValue()));
    return rows;
  }

  /** A hash of the values of some columns in all rows, whatever their order. */
  String hash(List<String> columns) {
    return hash(tables, columns);
  }

  /** The same of rows that are in the table already. */
  static String hash(ScratchFile tables, List<String> columns) {
    String row = columns.stream().map(Sql::name).map(name -> name + " := " + name).collect(Collectors.joining(", ", "struct_pack(", ")"));
    return tables.text("select count(*) || '-' || coalesce(sum(cast(md5_number_lower(cast(" + row + " as varchar)) as hugeint)), 0) || '-' "
        + "|| coalesce(sum(cast(md5_number_upper(cast(" + row + " as varchar)) as hugeint)), 0) from " + TABLE).orElse("");
  }
}
