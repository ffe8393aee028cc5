// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.table;

import dev.sextant.model.DataType;
import dev.sextant.model.Measure;

/** Tells of what type a virtual table's columns are, OTHER where only the warehouse would know. */
public interface TableTypes {

  DataType of(SemanticTable table, SemanticTable.Column column);

  /** The type of what a measure aggregates. */
  DataType of(Measure measure);
}
