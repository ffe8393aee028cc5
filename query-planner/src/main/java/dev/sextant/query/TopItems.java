// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Expr;
import java.util.List;
import java.util.Optional;

/** The items a query groups by in place of one whose top values alone are shown. */
public final class TopItems {
  private static final String MARK = "#is_top";

  private TopItems() {}

  /** The name under which rows tell whether an item's value is among the top ones; it is true or NULL. */
  public static String mark(ItemName item) {
    return item.full() + MARK;
  }

  /** Whether a name is such a {@link #mark}. */
  public static boolean isMark(String name) {
    return name.endsWith(MARK);
  }

  /** The item where its value is a top one, and NULL for all others. */
  public static BoundQuery.Item value(BoundQuery.Item item) {
    Expr value = new Expr.Case(List.of(new Expr.When(isTop(item.item()), Expr.column(item.item().full()))), Optional.empty());
    return new BoundQuery.Item(label(item.item().full() + "#top"), item.name(), Optional.of(value));
  }

  /** Whether the row stands for the others. */
  public static BoundQuery.Item others(BoundQuery.Item item) {
    return new BoundQuery.Item(label(item.item().full() + "#others"), AddedNames.isOthers(item.name()),
        Optional.of(Expr.call("is null", Expr.column(mark(item.item())))));
  }

  /** The condition that a row's value is a top one. */
  public static Expr isTop(ItemName item) {
    return Expr.call("is true", Expr.column(mark(item)));
  }

  /** The conditions that do not ask for top values. */
  public static List<Expr> withoutTop(List<Expr> conditions) {
    return conditions.stream()
        .filter(condition -> !(condition instanceof Expr.Call call && !call.arguments().isEmpty()
            && call.arguments().getFirst() instanceof Expr.Column column
            && isMark(column.name())))
        .toList();
  }

  private static ItemName label(String name) {
    return new ItemName(List.of(), name, Optional.empty(), Optional.empty());
  }
}
