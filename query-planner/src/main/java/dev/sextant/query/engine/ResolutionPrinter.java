// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Expr;
import dev.sextant.model.JoinStep;
import dev.sextant.model.Metric;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what the names of a query were found to mean. */
final class ResolutionPrinter {
  private ResolutionPrinter() {}

  static String print(BoundQuery bound) {
    StringBuilder out = new StringBuilder();
    for (BoundQuery.AskedMetric asked : bound.metrics()) {
      String leaves = LeafMetrics.of(asked.metric(), bound.model())
          .stream()
          .map(leaf -> leaf.measure().aggregation().label() + "(" + ExprPrinter.print(leaf.measure().expr()) + ") of "
              + leaf.measure().dataset())
          .distinct()
          .collect(Collectors.joining(", "));
      out.append("metric ").append(asked.name()).append(": ").append(kind(asked.metric())).append(" over ").append(leaves).append('\n');
    }
    bound.items()
        .forEach(item -> out.append("group by ").append(item.name()).append(": ").append(meaning(item.item(), bound)).append('\n'));
    for (Expr filter : bound.where()) {
      out.append("where ").append(ExprPrinter.print(filter)).append(" (rows, before aggregation)\n");
    }
    bound.range()
        .ifPresent(range -> out.append("metric_time from ")
            .append(range.first())
            .append(" to ")
            .append(range.last())
            .append(", whole periods\n"));
    bound.having().forEach(filter -> out.append("having ").append(ExprPrinter.print(filter)).append(" (finished rows)\n"));
    return out.append("time zone ").append(bound.zone()).append('\n').toString();
  }

  static String kind(Metric metric) {
    return metric.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String meaning(ItemName item, BoundQuery bound) {
    if (item.isMetricTime()) {
      return "each metric's own time" + item.grain().map(grain -> ", by " + grain.label()).orElse("");
    }
    if (bound.metrics().isEmpty()) {
      return "its values";
    }
    MemberFinder finder = new MemberFinder(bound.model());
    return bound.metrics()
        .stream()
        .flatMap(asked -> LeafMetrics.of(asked.metric(), bound.model()).stream())
        .map(leaf -> LeafMetrics.dataset(leaf, bound.model()))
        .distinct()
        .map(dataset -> dataset.name() + way(finder.find(dataset, item)))
        .collect(Collectors.joining("; "));
  }

  private static String way(Member member) {
    return member.path().steps().stream().map(ResolutionPrinter::step).collect(Collectors.joining()) + "." + switch (member) {
      case Member.Attribute attribute -> attribute.dimension().name();
      case Member.Key key -> key.entity().name();
    };
  }

  private static String step(JoinStep step) {
    return " -[" + step.link() + (step.fansOut() ? ", many" : "") + "]-> " + step.to().name();
  }
}
