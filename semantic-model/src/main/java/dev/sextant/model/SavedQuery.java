// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;
import java.util.OptionalLong;

/** A named query; members are written as in a query, {@code TimeDimension('metric_time', 'day')} included. */
public record SavedQuery(
    String name,
    List<String> metrics,
    List<String> groupBy,
    List<Expr> where,
    List<String> orderBy,
    OptionalLong limit,
    List<Export> exports,
    Documentation documentation,
    Position position) {

  /** Where a saved query's rows are written, and when. */
  public record Export(String name, ExportKind kind, String schema, String alias, Sync.Schedule schedule) {}

  /** What an export makes. */
  public enum ExportKind {
    TABLE, VIEW, PARQUET, CSV
  }

  public SavedQuery {
    metrics = List.copyOf(metrics);
    groupBy = List.copyOf(groupBy);
    where = List.copyOf(where);
    orderBy = List.copyOf(orderBy);
    exports = List.copyOf(exports);
  }
}
