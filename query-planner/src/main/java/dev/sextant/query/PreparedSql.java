// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.DataType;
import java.util.List;

/** What is known of a statement before it runs. {@code parameters} are the types its {@code ?} are used as, OTHER where that is open. */
public record PreparedSql(ResultSchema schema, List<DataType> parameters, Kind kind) {

  /** What a statement does. */
  public enum Kind {
    /** Returns rows. */
    QUERY,
    /** Changes nothing that lasts, returns no columns: SET, BEGIN. */
    COMMAND
  }

  public PreparedSql {
    parameters = List.copyOf(parameters);
  }
}
