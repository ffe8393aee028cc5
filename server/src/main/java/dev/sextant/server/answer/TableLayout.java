// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The columns of a table: names, which of them are numbers (they stand on the right), widths, and how many of them are shown. */
public record TableLayout(List<String> names, List<Boolean> numeric, List<Integer> widths, int shown, boolean cut) {
  static final TableLayout EMPTY = new TableLayout(List.of(), List.of(), List.of(), 0, false);

  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  /** A layout as wide as the names are. */
  public static TableLayout of(List<String> names, List<Boolean> numeric) {
    return new TableLayout(names, numeric, names.stream().map(TableLayout::width).toList(), names.size(), false);
  }

  /** Widens columns to hold {@code rows}, then cuts the widest ones, and at last leaves columns out, until a line fits; 0 is no limit. */
  public TableLayout fitting(List<List<String>> rows, int terminalWidth) {
    int[] wide = IntStream.range(0, names.size())
        .map(i -> Math.max(widths.get(i), rows.stream().mapToInt(row -> width(row.get(i))).max().orElse(0)))
        .toArray();
    boolean narrowed = terminalWidth > 0 && narrow(wide, terminalWidth);
    int fitting = terminalWidth > 0 ? columnsThatFit(wide, terminalWidth) : wide.length;
    return new TableLayout(names, numeric, Arrays.stream(wide).boxed().toList(), fitting, narrowed);
  }

  /** Takes from the widest column that is no number as long as the line is too long and there is something to take. */
  private boolean narrow(int[] wide, int terminalWidth) {
    boolean narrowed = false;
    while (lineWidth(wide, wide.length) > terminalWidth) {
      int widest = -1;
      for (int i = 0; i < wide.length; i++) {
        if (!numeric.get(i) && wide[i] > NARROWEST && (widest < 0 || wide[i] > wide[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return narrowed;
      }
      wide[widest]--;
      narrowed = true;
    }
    return narrowed;
  }

  private static int columnsThatFit(int[] wide, int terminalWidth) {
    int count = wide.length;
    while (count > 1 && lineWidth(wide, count) > terminalWidth) {
      count--;
    }
    return count;
  }

  private static int lineWidth(int[] wide, int count) {
    return Arrays.stream(wide, 0, count).sum() + GAP.length() * Math.max(0, count - 1);
  }

  public String head() {
    return line(names);
  }

  public String rule() {
    return String.join(GAP, widths.subList(0, shown).stream().map("\u2500"::repeat).toList());
  }

  /** One line of the table, without blanks at its end. */
  public String line(List<String> texts) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      // A number that lost digits would be a wrong number: only texts are cut.
      String text = numeric.get(i) ? texts.get(i) : shortened(texts.get(i), widths.get(i));
      String blanks = String.join("", Collections.nCopies(Math.max(0, widths.get(i) - width(text)), " "));
      cells.add(numeric.get(i) ? blanks + text : text + blanks);
    }
    return String.join(GAP, cells).stripTrailing();
  }

  private String shortened(String text, int width) {
    return cut && width(text) > width ? text.substring(0, text.offsetByCodePoints(0, width - 1)) + "\u2026" : text;
  }

  /** Says what the terminal was too narrow for. */
  public Optional<String> note() {
    int hidden = names.size() - shown;
    String columns = hidden == 0 ? "" : hidden + (hidden == 1 ? " more column" : " more columns") + " and ";
    return hidden == 0 && !cut ? Optional.empty()
        : Optional.of("(the terminal is too narrow: " + columns + "full values with --format csv)");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
