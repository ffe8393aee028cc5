// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.query.sketch.DistinctSketch;
import dev.sextant.query.sketch.QuantileSketch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.jspecify.annotations.Nullable;

/** Teaches a DuckDB to make sketches and to estimate from them. It takes no aggregates written in Java: lists come to these as texts. */
final class SketchFunctions {
  private SketchFunctions() {}

  private interface Defined {
    DuckDBScalarFunctionBuilder by(DuckDBScalarFunctionBuilder function) throws SQLException;
  }

  /** All connections to the database know them from then on. */
  static void register(Connection database) throws SQLException {
    register("sextant_distinct_sketch", database,
        function -> function.withParameter(String.class).withReturnType(String.class).withFunction(ofSome(DistinctSketch::of)));
    register("sextant_distinct_count", database,
        function -> function.withParameter(String.class).withReturnType(Long.class).withFunction(ofSome(DistinctSketch::count)));
    register("sextant_quantile_sketch", database,
        function -> function.withParameter(String.class).withReturnType(String.class).withFunction(ofSome(QuantileSketch::of)));
    register("sextant_quantile", database,
        function -> function.withParameters(String.class, Double.class)
            .withReturnType(Double.class)
            .withFunction(QuantileSketch::quantile));
  }

  /** Of no list there is no sketch, and of no sketch no estimate. */
  private static <T> Function<@Nullable String, @Nullable T> ofSome(Function<String, T> function) {
    return list -> list == null ? null : function.apply(list);
  }

  private static void register(String name, Connection database, Defined defined) throws SQLException {
    try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction()) {
      var unused = defined.by(function.withName(name)).register(database);
    }
  }
}
