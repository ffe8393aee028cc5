// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.answer.TableLayout;
import java.util.List;

/** Prints a small table of texts. */
final class TextTable {

  private TextTable() {}

  static void print(List<String> names, List<List<String>> rows) {
    TableLayout layout = TableLayout.of(names, names.stream().map(name -> false).toList()).fitting(rows, Terminal.width());
    System.out.println(layout.head());
    System.out.println(layout.rule());
    rows.forEach(row -> System.out.println(layout.line(row)));
    System.out.println(rows.size() + (rows.size() == 1 ? " row" : " rows"));
  }
}
