// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.AddedNames;
import dev.sextant.query.ComparedNames;
import dev.sextant.query.TableEntry;
import java.util.function.UnaryOperator;

/** A field that comes with a column: a part of a time, what totals, tops, shares and running totals add, or a value of an earlier time. */
record DerivedField(TableEntry.Column column, Kind kind) {

  /** What the field holds, the argument that it needs, and what the result calls it. */
  enum Kind {
    PART("__extract", "", UnaryOperator.identity()), IS_TOTAL("__is_total", "totals", AddedNames::isTotal),
    IS_OTHERS("__is_others", "top", AddedNames::isOthers), PREVIOUS("__previous", "compare", ComparedNames::previous),
    CHANGE("__change", "compare", ComparedNames::change), CHANGE_SHARE("__change_share", "compare", ComparedNames::share),
    SHARE("__share", "share", AddedNames::share), RUNNING("__running", "running", AddedNames::running);

    private final String suffix;
    private final String argument;
    private final UnaryOperator<String> added;

    Kind(String suffix, String argument, UnaryOperator<String> added) {
      this.suffix = suffix;
      this.argument = argument;
      this.added = added;
    }

    /** What follows the name of the column's own field. */
    String suffix() {
      return suffix;
    }

    /** The argument of the table that adds the field's values; empty if they need none. */
    String argument() {
      return argument;
    }

    /** Whether the field is a number that a metric gets; it can be filtered and ordered by. */
    boolean isNumber() {
      return switch (this) {
        case PART, IS_TOTAL, IS_OTHERS -> false;
        case PREVIOUS, CHANGE, CHANGE_SHARE, SHARE, RUNNING -> true;
      };
    }

    /** Whether rows can be ordered by the field. */
    boolean isOrdered() {
      return isNumber() || this == PART;
    }
  }

  /** Whether a column of a table with or without metrics has such a field. */
  static boolean has(TableEntry.Column column, Kind kind, boolean tableHasMetrics) {
    return switch (kind) {
      case PART -> !column.grains().isEmpty();
      case IS_TOTAL -> tableHasMetrics && column.role() != TableEntry.Role.METRIC;
      case IS_OTHERS -> tableHasMetrics && column.role() == TableEntry.Role.CATEGORICAL;
      case PREVIOUS, CHANGE, CHANGE_SHARE, SHARE, RUNNING -> column.role() == TableEntry.Role.METRIC;
    };
  }

  /** The group-by item of a part. */
  String item(String part) {
    return column.of() + "__extract_" + part;
  }

  /** What the result calls the number that the metric gets. */
  String added() {
    return kind.added.apply(column.of());
  }
}
