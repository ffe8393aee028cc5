// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.List;

/** How much of its work a run does. */
public sealed interface Scope {
  Changes CHANGES = new Changes();
  All ALL = new All();

  /** What changed since it last went well. */
  record Changes() implements Scope {}

  /** Everything again, whatever is known to be there. */
  record All() implements Scope {}

  /** The rows with these keys, changed or not. */
  record Rows(List<String> keys) implements Scope {
    public Rows {
      keys = List.copyOf(keys);
    }
  }
}
