// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Expr;
import dev.sextant.model.Position;
import dev.sextant.model.Span;
import dev.sextant.model.expr.ExprParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A condition of a question: as written, where it was written, and as read. */
public record Condition(String text, String place, Expr expr) {

  /** Reads conditions that were asked under {@code keyword}; the only {@code where} needs no place, as everybody knows which is meant. */
  static List<Condition> read(String keyword, List<String> texts, Gathered gathered) {
    List<Integer> places = new ArrayList<>();
    texts.forEach(text -> places.add(places.size()));
    boolean obvious = keyword.equals("where") && texts.size() == 1;
    return gathered.each(places, place -> read(texts.get(place), obvious ? "" : keyword + "[" + place + "]"));
  }

  private static Condition read(String text, String place) {
    return new Condition(text, place, FilterReader.normalize(ExprParser.parse(text, new Position(place, 1, 1))));
  }

  /** Where a part of the condition begins. */
  Position at(Expr part) {
    int start = start(part);
    return start < 0 ? Position.NOWHERE : at(start);
  }

  /** Where a constant of an operator stands. */
  Position at(Expr.Literal constant, Expr.Call call) {
    int start = Math.max(0, start(call));
    int place = text.indexOf("'" + constant.text().replace("'", "''") + "'", start);
    return place < 0 ? at(call) : at(place);
  }

  /** Whether a name was written in double quotes, as some write text. */
  boolean isQuoted(Expr.Column column) {
    return column.at().end() > 0 && text.startsWith("\"", column.at().start());
  }

  private Position at(int offset) {
    String before = text.substring(0, Math.min(offset, text.length()));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new Position(place, line, before.length() - before.lastIndexOf('\n'));
  }

  /** Where {@code part} stands in one of the conditions that were asked under {@code keyword}. */
  public static Position find(Expr part, String keyword, List<String> texts) {
    return read(keyword, texts, new Gathered()).stream()
        .flatMap(condition -> condition.holding(part).map(condition::at).stream())
        .findFirst()
        .orElse(Position.NOWHERE);
  }

  private Optional<Expr> holding(Expr part) {
    List<Expr> found = new ArrayList<>();
    expr.visit(node -> {
      if (node.equals(part)) {
        found.add(node);
      }
    });
    return found.stream().findFirst();
  }

  /** Operators begin at their operands, of which constants do not know their place. */
  private static int start(Expr part) {
    int[] least = {Integer.MAX_VALUE};
    part.visit(node -> {
      Optional<Span> span = switch (node) {
        case Expr.Column column -> Optional.of(column.at());
        case Expr.Member member -> Optional.of(member.at());
        case Expr.Call call -> Optional.of(call.at());
        case Expr.Literal literal -> Optional.empty();
        case Expr.Interval interval -> Optional.empty();
        case Expr.Case choice -> Optional.empty();
        case Expr.Cast cast -> Optional.empty();
      };
      span.filter(known -> known.end() > 0).ifPresent(known -> least[0] = Math.min(least[0], known.start()));
    });
    return least[0] == Integer.MAX_VALUE ? -1 : least[0];
  }
}
