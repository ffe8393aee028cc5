// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.MetaImpl;
import org.jspecify.annotations.Nullable;

/** A metadata result: columns as JDBC names them, and rows. */
final class Listing {
  private final List<ColumnMetaData> columns = new ArrayList<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  private Listing() {}

  /** A listing with columns such as {@code TABLE_NAME} or {@code DATA_TYPE int}; what has no type is text. */
  static Listing of(String... columns) {
    Listing listing = new Listing();
    for (String column : columns) {
      String[] parts = column.split(" ");
      listing.columns.add(MetaImpl.columnMetaData(parts[0], listing.columns.size(), type(parts.length == 1 ? "" : parts[1]), true));
    }
    return listing;
  }

  private static Class<?> type(String name) {
    switch (name) {
      case "int" :
        return Integer.class;
      case "short" :
        return Short.class;
      case "boolean" :
        return Boolean.class;
      default :
        return String.class;
    }
  }

  Listing add(@Nullable Object... row) {
    rows.add(row);
    return this;
  }

  /** Puts the rows in the order of some columns, numbered from 0, as JDBC prescribes. */
  Listing sorted(int... by) {
    rows.sort((left, right) -> {
      for (int column : by) {
        int order = Comparator.nullsFirst(Comparator.<Comparable<Object>>naturalOrder()).compare(cell(left, column), cell(right, column));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    });
    return this;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Comparable<Object> cell(@Nullable Object[] row, int column) {
    return (Comparable<Object>) row[column];
  }

  List<ColumnMetaData> columns() {
    return columns;
  }

  List<Object> rows() {
    return new ArrayList<>(rows);
  }
}
