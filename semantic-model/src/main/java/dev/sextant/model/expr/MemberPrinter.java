// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes members as dbt does. */
final class MemberPrinter {

  private MemberPrinter() {}

  static String print(Expr.Member member) {
    List<String> arguments = new ArrayList<>(List.of(ExprPrinter.text(member.name())));
    if (!member.entityPath().isEmpty()) {
      arguments.add("entity_path=" + list(member.entityPath()));
    }
    if (!member.groupBy().isEmpty()) {
      arguments.add("group_by=" + list(member.groupBy()));
    }
    StringBuilder text = new StringBuilder("{{ ").append(constructor(member.kind()));
    text.append(arguments.stream().collect(Collectors.joining(", ", "(", ")")));
    member.grain().ifPresent(grain -> text.append(".grain(").append(ExprPrinter.text(grain)).append(')'));
    member.part().ifPresent(part -> text.append(".date_part('").append(part.label()).append("')"));
    return text.append(" }}").toString();
  }

  private static String list(List<String> names) {
    return names.stream().map(ExprPrinter::text).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String constructor(Expr.MemberKind kind) {
    return switch (kind) {
      case DIMENSION -> "Dimension";
      case TIME_DIMENSION -> "TimeDimension";
      case ENTITY -> "Entity";
      case METRIC -> "Metric";
    };
  }
}
