// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.ComparedNames;
import dev.sextant.query.TableEntry;

/** A field that comes with a column: a part of a time, or what a metric was at the earlier time of a comparison. */
record DerivedField(TableEntry.Column column, Kind kind) {

  /** What the field holds. */
  enum Kind {
    PART("__extract"), PREVIOUS("__previous"), CHANGE("__change"), CHANGE_SHARE("__change_share");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }

    /** What follows the name of the column's own field. */
    String suffix() {
      return suffix;
    }
  }

  /** Whether a column has such a field. */
  static boolean has(TableEntry.Column column, Kind kind) {
    return switch (kind) {
      case PART -> !column.grains().isEmpty();
      case PREVIOUS, CHANGE, CHANGE_SHARE -> column.role() == TableEntry.Role.METRIC;
    };
  }

  /** The group-by item of a part. */
  String item(String part) {
    return column.of() + "__extract_" + part;
  }

  /** The column of the result that holds a comparison. */
  String compared() {
    return switch (kind) {
      case PREVIOUS -> ComparedNames.previous(column.of());
      case CHANGE -> ComparedNames.change(column.of());
      case CHANGE_SHARE -> ComparedNames.share(column.of());
      case PART -> throw new IllegalStateException("a part of a time is compared with nothing");
    };
  }
}
