// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.compare;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A table as aligned lines: names, then rows. */
public final class TableText {

  private TableText() {}

  /** The lines of a table whose rows come in their own order. */
  public static List<String> ordered(Table table) {
    return lines(table, table.rows());
  }

  /** The lines of a table whose order means nothing: sorted, so that they are the same each time. */
  public static List<String> sorted(Table table) {
    return lines(table, table.rows().stream().sorted(TableText::compareRows).toList());
  }

  private static int compareRows(List<Value> a, List<Value> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(Value a, Value b) {
    if (a.isNull() || b.isNull()) {
      return Boolean.compare(a.isNull(), b.isNull());
    }
    SameValues exact = new SameValues(0);
    return a.isNumber() && b.isNumber()
        ? exact.rank(a).compareTo(exact.rank(b))
        : Comparator.<String>naturalOrder().compare(ValueText.of(a), ValueText.of(b));
  }

  private static List<String> lines(Table table, List<List<Value>> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(table.names());
    rows.forEach(row -> cells.add(row.stream().map(ValueText::of).toList()));
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      int at = column;
      widths.add(cells.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    return cells.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder out = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      out.append(column == 0 ? "" : " | ").append(row.get(column)).append(" ".repeat(widths.get(column) - row.get(column).length()));
    }
    return out.toString().stripTrailing();
  }
}
