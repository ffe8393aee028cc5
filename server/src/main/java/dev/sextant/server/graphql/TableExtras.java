// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Top;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the arguments of a table add to its rows and metrics: totals, top values, shares, running totals, comparisons, missing periods. */
record TableExtras(TableType table, Selection selection, Arguments arguments) {

  Extras extras() {
    Arguments top = arguments.object("top");
    return new Extras(arguments.flag("fill", false), arguments.text("compare"), items("totals", arguments.texts("totals")),
        top.text("item").map(item -> top(item, top)), items("share", arguments.texts("share")),
        arguments.text("running").map(item -> items("running", List.of(item)).getFirst()));
  }

  private Top top(String item, Arguments top) {
    Optional<String> by = top.text("by").map(metric -> table.names().metric(metric).of());
    return new Top(items("top", List.of(item)).getFirst(), top.count("n").orElseThrow(), by, top.flag("others", true));
  }

  /** The selected items of columns; a time may be selected in several grains. */
  private List<String> items(String argument, List<String> names) {
    List<String> items = new ArrayList<>();
    for (String name : names) {
      Optional<TableEntry.Column> column = table.names().item(name);
      if (column.isEmpty()) {
        return List.of(Extras.ALL);
      }
      List<String> selected = selection.itemsOf(column.get());
      if (selected.isEmpty()) {
        throw Problem.of(QueryIssue.INVALID_REQUEST,
            "'" + argument + "' names '" + name + "', which is not selected; select it, or take it out of '" + argument + "'.");
      }
      items.addAll(selected);
    }
    return items;
  }

  /** Refuses a field whose values no argument adds. */
  void check(String field, DerivedField derived, Optional<String> grain) {
    boolean added = switch (derived.kind()) {
      case PART -> true;
      case PREVIOUS, CHANGE, CHANGE_SHARE -> arguments.text("compare").isPresent();
      case SHARE -> !arguments.texts("share").isEmpty();
      case RUNNING -> arguments.text("running").isPresent();
      case IS_TOTAL -> items("totals", arguments.texts("totals")).stream()
          .anyMatch(item -> item.equals(Extras.ALL) || item.equals(Selection.item(derived.column(), grain)));
      case IS_OTHERS -> {
        Arguments top = arguments.object("top");
        yield top.flag("others", true) && top.text("item").flatMap(table.names()::item).filter(derived.column()::equals).isPresent();
      }
    };
    if (!added) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "'" + field + "' has a value only where the argument '" + derived.kind().argument()
          + "' asks for it, such as " + example(derived) + ".");
    }
  }

  private String example(DerivedField derived) {
    String name = table.fieldOf(derived.column());
    return switch (derived.kind()) {
      case PART, PREVIOUS, CHANGE, CHANGE_SHARE -> "compare: \"1 year\"";
      case SHARE -> "share: [ALL]";
      case RUNNING -> "running: metric_time";
      case IS_TOTAL -> "totals: [" + name + "]";
      case IS_OTHERS -> "top: {item: " + name + ", n: 5}";
    };
  }
}
