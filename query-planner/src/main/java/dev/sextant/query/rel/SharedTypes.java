// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** The type that values of several types can share; days and instants meet as instants. */
final class SharedTypes {
  private SharedTypes() {}

  static Optional<RelDataType> of(List<RelDataType> types, RexBuilder rex) {
    boolean temporal = types.stream().allMatch(ExprToRex::isTemporal);
    boolean mixed = types.stream().map(RelDataType::getSqlTypeName).distinct().count() > 1;
    RelDataType instant = rex.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6);
    return temporal && mixed ? Optional.of(rex.getTypeFactory().createTypeWithNullability(instant, true))
        : Optional.ofNullable(rex.getTypeFactory().leastRestrictive(types))
            .map(type -> rex.getTypeFactory().createTypeWithNullability(type, true));
  }

  /** The value in the shared type; a cast only where days become instants. */
  static RexNode as(RexNode node, RelDataType type, RexBuilder rex) {
    boolean dayAsInstant = node.getType().getSqlTypeName() == SqlTypeName.DATE && type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
    return dayAsInstant ? rex.makeAbstractCast(type, node, false) : node;
  }
}
