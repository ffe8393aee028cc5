// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.model.DatePart;
import dev.sextant.model.Expr;
import dev.sextant.model.SemanticModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The items that conditions name, and the metrics they look up. */
record Conditions(Map<Expr, ItemName> items, List<Expr.Member> metrics) {

  static Conditions read(List<Expr> conditions, SemanticModel model) {
    Map<Expr, ItemName> items = new LinkedHashMap<>();
    List<Expr.Member> metrics = new ArrayList<>();
    conditions.forEach(condition -> condition.visit(node -> {
      if (node instanceof Expr.Column column) {
        items.put(node, ItemName.parse(column.name(), model));
      } else if (node instanceof Expr.Member member && member.kind() == Expr.MemberKind.METRIC) {
        metrics.add(member);
        items.put(node, ItemName.parse(member.groupBy().getFirst(), model));
      } else if (node instanceof Expr.Member member) {
        items.put(node, ItemName.parse(name(member), model));
      }
    }));
    return new Conditions(items, metrics);
  }

  /** The items among them that are metric_time. */
  List<ItemName> ofTime() {
    return items.values().stream().filter(ItemName::isMetricTime).toList();
  }

  private static String name(Expr.Member member) {
    Stream<String> path = Stream.concat(member.entityPath().stream(), Stream.of(member.name()));
    Stream<String> end = member.part().map(DatePart::label).map("extract_"::concat).or(member::grain).stream();
    return Stream.concat(path, end).collect(Collectors.joining("__"));
  }
}
