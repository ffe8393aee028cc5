// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.JoinPath;
import dev.sextant.model.Span;
import dev.sextant.query.ItemName;
import dev.sextant.query.TopItems;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A condition on rows: as written, in a form that is the same for all spellings, and what it names. */
record Condition(Expr written, Expr form, List<Named> names, boolean onMetric) {
  private static final List<String> PICKING = List.of("=", "in");

  static Condition of(Expr written, JoinPath before, Dataset dataset, Optional<Dimension.Time> time, Planning planning) {
    List<Named> names = new ArrayList<>();
    for (ItemName name : FilterExprs.items(written, planning)) {
      names.addAll(meant(name, dataset, time, planning));
    }
    boolean[] onMetric = {false};
    Expr form = written.rewrite(node -> switch (node) {
      case Expr.Column column -> Expr.column(key(ItemName.parse(column.name(), planning.model()), before, dataset, time, planning));
      case Expr.Call call -> new Expr.Call(call.operator(), call.arguments());
      case Expr.Member metric -> {
        onMetric[0] = true;
        yield new Expr.Member(metric.kind(), metric.name(), metric.entityPath(), metric.grain(), metric.part(), metric.groupBy(),
            Span.NONE);
      }
      case Expr.Literal literal -> literal;
      case Expr.Interval interval -> interval;
      case Expr.Case choice -> choice;
      case Expr.Cast cast -> cast;
    });
    return new Condition(written, form, names, onMetric[0]);
  }

  /** What a name means, or what the names mean that an item of it is computed by. */
  static List<Named> meant(ItemName name, Dataset dataset, Optional<Dimension.Time> time, Planning planning) {
    if (planning.top().isPresent() && TopItems.isMark(name.element())) {
      return List.of(Named.of(planning.top().get().item(), dataset, time, planning));
    }
    return planning.plain(name)
        .stream()
        .filter(one -> !TopItems.isMark(one.element()))
        .map(one -> Named.of(one, dataset, time, planning))
        .toList();
  }

  private static String key(ItemName name, JoinPath before, Dataset dataset, Optional<Dimension.Time> time, Planning planning) {
    boolean computed = planning.expressions().containsKey(name.full()) || TopItems.isMark(name.element());
    return computed ? "computed " + name.full() : Named.of(name, dataset, time, planning).key(before);
  }

  /** Whether every row for which this holds is one for which {@code other} holds. */
  boolean implies(Condition other) {
    return form.equals(other.form)
        || picks(form).filter(mine -> picks(other.form).filter(theirs -> theirs.holds(mine)).isPresent()).isPresent();
  }

  /** A column that must have one of some values. */
  private record Picked(Expr column, List<Expr> values) {
    boolean holds(Picked fewer) {
      return column.equals(fewer.column) && values.containsAll(fewer.values);
    }
  }

  private static Optional<Picked> picks(Expr form) {
    boolean known = form instanceof Expr.Call call && PICKING.contains(call.operator())
        && call.arguments().getFirst() instanceof Expr.Column
        && call.arguments().stream().skip(1).allMatch(Condition::isText);
    return known && form instanceof Expr.Call call
        ? Optional.of(new Picked(call.arguments().getFirst(), call.arguments().subList(1, call.arguments().size())))
        : Optional.empty();
  }

  /** Texts are equal where their letters are; numbers and times may be written in several ways. */
  private static boolean isText(Expr expr) {
    return expr instanceof Expr.Literal literal && literal.type().equals(DataType.STRING);
  }
}
