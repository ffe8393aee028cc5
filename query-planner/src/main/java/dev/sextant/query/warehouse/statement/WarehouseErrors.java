// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;

/** Turns what a database says into issues. */
public interface WarehouseErrors {

  SextantException failure(Throwable failure);

  /** Returns the reason for which the query was stopped, and what {@code failure} tells when it was not. */
  default SextantException failure(Throwable failure, QueryControl control) {
    try {
      control.check();
    } catch (SextantException stopped) {
      return stopped;
    }
    return failure instanceof SextantException known ? known : failure(failure);
  }
}
