// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Which types can be compared and added without a cast. */
enum Family {
  NUMBER, TEXT, TIME, TRUTH, LENGTH, ANYTHING;

  static Family of(RelDataType type) {
    if (SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())) {
      return LENGTH;
    }
    return switch (Types.fromCalcite(type).kind()) {
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> NUMBER;
      case STRING -> TEXT;
      case DATE, TIMESTAMP, TIMESTAMP_TZ -> TIME;
      case BOOLEAN -> TRUTH;
      case NULL, TIME, INTERVAL, BINARY, OTHER -> ANYTHING;
    };
  }

  boolean comparesWith(Family other) {
    return this == other || this == ANYTHING || other == ANYTHING;
  }
}
