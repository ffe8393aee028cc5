// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.Expr;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the items of a saved query, {@code TimeDimension('metric_time', 'day').descending(True)}, into plain query names. */
public final class QueryItems {

  private QueryItems() {}

  /** Returns {@code metric_time__day} for {@code TimeDimension('metric_time', 'day')}, with a minus in front where it is descending. */
  public static String plainName(String text, Position at) {
    return plainName(text, at::plusColumns);
  }

  /** As {@link #plainName(String, Position)}, for a text whose offsets {@code places} finds in a file. */
  public static String plainName(String text, IntFunction<Position> places) {
    String stripped = text.strip();
    if (!stripped.contains("(")) {
      return stripped.toLowerCase(Locale.ROOT);
    }
    boolean braces = stripped.startsWith("{{") && stripped.endsWith("}}");
    try {
      return read(braces ? stripped.substring(2, stripped.length() - 2) : stripped);
    } catch (SyntaxError e) {
      Position place = places.apply(e.offset() + (braces ? 2 : 0));
      throw new SextantException(
          new Issue(ModelIssue.INVALID_EXPRESSION, Objects.requireNonNullElse(e.getMessage(), ""), place, e.suggestions()));
    }
  }

  private static String read(String text) {
    Cursor cursor = new Cursor(Lexer.tokens(text));
    boolean minus = cursor.accept("-");
    MemberParser.Ordered ordered = MemberParser.bare(cursor);
    if (cursor.peek().kind() != Token.Kind.END) {
      throw new SyntaxError(cursor.peek().start(), "unexpected " + cursor.peek().shown());
    }
    return (minus || ordered.descending() ? "-" : "") + name(ordered.member());
  }

  /** The member's name as a query writes it: path, element and grain or date part, joined by two underscores. */
  public static String name(Expr.Member member) {
    List<String> end = member.part().map(part -> "extract_" + part.label()).or(member::grain).stream().toList();
    return Stream.of(member.entityPath(), List.of(member.name()), end).flatMap(List::stream).collect(Collectors.joining("__"));
  }
}
