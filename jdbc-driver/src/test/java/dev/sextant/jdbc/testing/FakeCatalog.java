// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.testing;

import java.io.IOException;
import java.util.List;

/** An information schema with two views, a key and a reference to it. */
public final class FakeCatalog implements FakeServer.Answer {
  private static final List<String> TABLE = List.of("table_catalog", "table_schema", "table_name", "table_type", "remarks");
  private static final List<String> COLUMN = List.of("table_catalog", "table_schema", "table_name", "column_name", "ordinal_position",
      "is_nullable", "data_type", "numeric_precision", "numeric_scale", "remarks", "column_kind");

  @Override
  public void to(FakeServer.Asked asked, FakeServer.Reply reply) throws IOException {
    String sql = asked.sql();
    if (sql.startsWith("select * from information_schema.schemata")) {
      reply.arrow(Tables.texts(List.of("catalog_name", "schema_name"),
          List.of(List.of("shop", "public"), List.of("shop", "information_schema"))));
    } else if (sql.startsWith("select * from information_schema.tables")) {
      reply.arrow(Tables.texts(TABLE, List.of(List.of("shop", "public", "sales", "VIEW", "What was sold"),
          List.of("shop", "public", "customers", "VIEW", ""), List.of("shop", "information_schema", "tables", "VIEW", ""))));
    } else if (sql.startsWith("select * from information_schema.columns")) {
      reply.arrow(Tables.texts(COLUMN, List.of(column("sales", "revenue", 3, "decimal(18, 2)", "Money in", "measure"),
          column("sales", "customer_id", 1, "bigint", "", "dimension"), column("sales", "sold_at", 2, "timestamp", "", "dimension"),
          column("customers", "customer_id", 1, "bigint", "", "dimension"), column("customers", "na_me%", 2, "string", "", "dimension"))));
    } else if (sql.startsWith("select * from information_schema.table_constraints")) {
      reply.arrow(Tables.texts(List.of("table_catalog", "table_schema", "table_name", "constraint_catalog", "constraint_schema",
          "constraint_name", "constraint_type"),
          List.of(List.of("shop", "public", "customers", "shop", "public", "pk", "PRIMARY KEY"),
              List.of("shop", "public", "sales", "shop", "public", "fk", "FOREIGN KEY"))));
    } else if (sql.startsWith("select * from information_schema.key_column_usage")) {
      reply.arrow(Tables.texts(List.of("table_catalog", "table_schema", "table_name", "constraint_catalog", "constraint_schema",
          "constraint_name", "column_name", "ordinal_position"),
          List.of(List.of("shop", "public", "customers", "shop", "public", "pk", "customer_id", "1"),
              List.of("shop", "public", "sales", "shop", "public", "fk", "customer_id", "1"))));
    } else if (sql.startsWith("select * from information_schema.referential_constraints")) {
      reply.arrow(Tables.texts(
          List.of("constraint_catalog", "constraint_schema", "constraint_name", "unique_constraint_catalog", "unique_constraint_schema",
              "unique_constraint_name"),
          List.of(List.of("shop", "public", "fk", "shop", "public", "pk"))));
    } else {
      reply.error(404, "42P01", "There is no such table.");
    }
  }

  private static List<String> column(String table, String name, int position, String type, String remarks, String kind) {
    return List.of("shop", "public", table, name, String.valueOf(position), "YES", type, "", "", remarks, kind);
  }
}
