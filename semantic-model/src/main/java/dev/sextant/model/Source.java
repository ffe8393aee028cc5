// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Optional;

/** Where a dataset's rows come from. */
public sealed interface Source {

  /** A table or view of the warehouse. */
  record Table(Optional<String> database, Optional<String> schema, String name) implements Source {
    @Override
    public String toString() {
      return database.map(text -> text + ".").orElse("") + schema.map(text -> text + ".").orElse("") + name;
    }
  }

  /** A query in the warehouse's own SQL. */
  record Query(String sql) implements Source {
    @Override
    public String toString() {
      return "(" + sql + ")";
    }
  }
}
