// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.Answer;
import dev.sextant.model.Position;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a question's text a complaint is about: the part its position names, else the first name it quotes. */
final class QueryPlaces {
  private static final Pattern PART = Pattern.compile("([a-z_]+)\\[(\\d+)]");
  private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

  private final String text;

  QueryPlaces(String text) {
    this.text = text;
  }

  /** The line and column, both from 1. */
  Optional<String> of(Answer.Complaint complaint) {
    OptionalInt offset = text.startsWith("sql ") ? statement(complaint.position()) : part(complaint.position());
    return (offset.isPresent() ? offset : quoted(complaint.message())).stream().mapToObj(this::lineAndColumn).findFirst();
  }

  private static OptionalInt statement(Position position) {
    return position.line() == 1 ? OptionalInt.of("sql ".length() + position.column() - 1) : OptionalInt.empty();
  }

  /** Positions count from 1 within a part such as {@code where[0]}; without a name it is the only part of its kind. */
  private OptionalInt part(Position position) {
    Matcher name = PART.matcher(position.file().isEmpty() ? "where[0]" : position.file());
    if (position.equals(Position.NOWHERE) || !name.matches()) {
      return OptionalInt.empty();
    }
    List<Clause> clauses = Clauses.of(text).stream().filter(clause -> clause.keyword().equals(keyword(name.group(1)))).toList();
    int index = Integer.parseInt(name.group(2));
    return index < clauses.size() ? OptionalInt.of(clauses.get(index).start() + position.column() - 1) : OptionalInt.empty();
  }

  private static String keyword(String part) {
    return part.equals("having") ? "having" : "where";
  }

  private OptionalInt quoted(String message) {
    Matcher quoted = QUOTED.matcher(message);
    while (quoted.find()) {
      Matcher found = Pattern.compile("(?<!\\w)" + Pattern.quote(quoted.group(1)) + "(?!\\w)").matcher(text);
      if (found.find()) {
        return OptionalInt.of(found.start());
      }
    }
    return OptionalInt.empty();
  }

  private String lineAndColumn(int offset) {
    String before = text.substring(0, Math.min(offset, text.length()));
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = before.length() - before.lastIndexOf('\n');
    return line + ":" + column;
  }
}
