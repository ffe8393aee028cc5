// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Calendar;
import dev.sextant.model.Expr;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.plan.node.PlanNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of everything that decides what a rollup's tables hold: their plans with all sources and expressions, and the calendar. Where a
 * definition stands, or how it is described, makes no difference.
 */
final class Fingerprint {
  private static final int LENGTH = 32;

  private final StringBuilder text = new StringBuilder();

  private Fingerprint() {}

  static String of(SemanticModel model, List<RollupTable> tables) {
    Fingerprint all = new Fingerprint();
    Calendar calendar = model.calendar();
    all.add("calendar", calendar.zone(), calendar.weekStart(), calendar.yearStartMonth());
    tables.forEach(table -> {
      all.add("table", table.place(), table.dataset().warehouse(), table.rollup().store(), table.grain());
      table.measures().values().forEach(held -> held.measured().parts().forEach(part -> all.add(part.column(), part.merge())));
      all.node(new TableRows(table, model).all());
    });
    return hash(all.text.toString());
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Object... parts) {
    for (Object part : parts) {
      text.append(part).append('\u0001');
    }
    text.append('\n');
  }

  private void node(PlanNode node) {
    add(node.getClass().getSimpleName());
    switch (node) {
      case PlanNode.Scan scan -> {
        add(scan.dataset().warehouse(), scan.dataset().source());
        columns(scan.outputs());
      }
      case PlanNode.Spine spine -> {
        add(spine.spine().warehouse(), spine.spine().source());
        columns(spine.outputs());
      }
      case PlanNode.Calendar calendar ->
          add(calendar.kept(), text(calendar.first()), text(calendar.last()), calendar.grain(), calendar.column());
      case PlanNode.Join join -> add(join.kind(), text(join.on()));
      case PlanNode.Filter filter -> add(text(filter.condition()));
      case PlanNode.Compute compute -> columns(compute.outputs());
      case PlanNode.Aggregate aggregate -> {
        columns(aggregate.keys());
        aggregate.aggregates().forEach(one -> {
          add(one.name(), one.function());
          one.arguments().forEach(argument -> add(text(argument)));
          one.where().ifPresent(where -> add("where", text(where)));
        });
      }
      case PlanNode.Window window -> window.outputs().forEach(output -> {
        add(output.name(), output.function(), text(output.argument()), frame(output.frame()));
        output.partition().forEach(expr -> add(text(expr)));
        output.order().forEach(key -> add(text(key.expr()), key.descending()));
      });
      case PlanNode.Sort sort -> {
        add(sort.offset(), sort.limit());
        sort.keys().forEach(key -> add(text(key.expr()), key.descending()));
      }
      case PlanNode.Combine combine -> add(combine.keys());
      case PlanNode.Union union -> add(union.parts().size());
      case PlanNode.Shared shared -> add(shared.name());
      case PlanNode.Elsewhere elsewhere -> add(elsewhere.warehouse());
      case PlanNode.OneRow row -> add("one");
    }
    node.inputs().forEach(this::node);
    add("end");
  }

  private static String frame(PlanNode.Frame frame) {
    return switch (frame) {
      case PlanNode.Frame.Whole whole -> "whole";
      case PlanNode.Frame.UpTo upTo -> "up to";
      case PlanNode.Frame.Within within -> "within " + text(within.length());
    };
  }

  private void columns(List<PlanNode.Named> columns) {
    columns.forEach(column -> add(column.name(), text(column.expr())));
  }

  private static String text(Expr expr) {
    return ExprPrinter.print(expr);
  }
}
