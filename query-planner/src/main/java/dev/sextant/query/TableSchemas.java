// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Source;

/** Tells the columns of what datasets read. */
public interface TableSchemas {

  /** Returns the columns of a source in a warehouse; throws WAREHOUSE_SCHEMA where there is no such table. */
  TableColumns columns(String warehouse, Source source);
}
