// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Expr;
import dev.sextant.model.JoinStep;
import dev.sextant.model.Metric;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.TopItems;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what the names of a query were found to mean. */
final class ResolutionPrinter {
  private ResolutionPrinter() {}

  static String print(BoundQuery bound) {
    StringBuilder out = new StringBuilder();
    MetricPrinter metrics = new MetricPrinter(bound.model(), out);
    bound.metrics().forEach(asked -> metrics.print("metric " + asked.name(), asked.metric(), 0));
    bound.items()
        .forEach(item -> out.append("group by ").append(item.name()).append(": ").append(meaning(item, bound)).append('\n'));
    bound.extras()
        .top()
        .ifPresent(top -> out.append("top ")
            .append(top.n())
            .append(" values of ")
            .append(top.item())
            .append(top.by().map(metric -> " by " + metric).orElse(""))
            .append(", which ")
            .append(TopItems.mark(ItemName.parse(top.item(), bound.model())))
            .append(" marks among the rows\n"));
    for (Expr filter : bound.where()) {
      out.append("where ").append(ExprPrinter.print(filter)).append(" (rows, before aggregation)\n");
    }
    bound.range()
        .ifPresent(range -> out.append("metric_time from ")
            .append(day(range.first()))
            .append(" to ")
            .append(day(range.last()))
            .append(", both ends in, as whole periods\n"));
    extras(bound.extras(), out);
    bound.having().forEach(filter -> out.append("having ").append(ExprPrinter.print(filter)).append(" (finished rows)\n"));
    bound.model()
        .rights()
        .rows()
        .forEach(rule -> out.append("policy ")
            .append(rule.policy())
            .append(": only rows with ")
            .append(ExprPrinter.print(rule.condition()))
            .append(rule.datasets().isEmpty() ? "" : ", of " + String.join(", ", rule.datasets()))
            .append('\n'));
    bound.model().rights().masks().forEach((item, mask) -> out.append("policy: ").append(item).append(" is masked\n"));
    return out.append("time zone ").append(bound.zone()).append('\n').toString();
  }

  private static String day(LocalDateTime time) {
    return time.toLocalTime().equals(LocalTime.MIDNIGHT) ? time.toLocalDate().toString() : time.toString();
  }

  /** What is made of the finished rows. */
  private static void extras(MetricQuery.Extras extras, StringBuilder out) {
    extras.compare()
        .ifPresent(length -> out.append("beside each metric its value ")
            .append(length.equals("previous period") ? "one period" : length)
            .append(" before\n"));
    if (extras.fill()) {
      out.append("a row for every period, also those without data\n");
    }
    if (!extras.totals().isEmpty()) {
      out.append("totals over ")
          .append(String.join(", then also over ", extras.totals().reversed()))
          .append(", each computed of its own rows\n");
    }
    if (!extras.share().isEmpty()) {
      out.append("shares of the metric's value over all ").append(String.join(" and ", extras.share())).append('\n');
    }
    extras.running().ifPresent(time -> out.append("running values: what adds up along ").append(time).append(" until each period\n"));
  }

  static String kind(Metric metric) {
    return metric.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String meaning(BoundQuery.Item item, BoundQuery bound) {
    return item.expr().map(ExprPrinter::print).orElseGet(() -> meaning(item.item(), bound));
  }

  private static String meaning(ItemName item, BoundQuery bound) {
    if (item.isMetricTime()) {
      return "each metric's own time" + item.grain().map(grain -> ", by " + grain.label()).orElse("");
    }
    if (bound.metrics().isEmpty()) {
      return "its values";
    }
    MemberFinder finder = new MemberFinder(bound.model());
    return LeafMetrics.datasets(bound.metrics().stream().map(BoundQuery.AskedMetric::metric).toList(), bound.model())
        .stream()
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
    return (step.fansOut() ? " -many by " : " -by ") + step.link() + "-> " + step.to().name();
  }
}
