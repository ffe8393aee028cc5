// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import java.util.List;

/** A script as written: what is not rewritten keeps its exact lines. */
public record Script(String name, List<Part> parts) {

  public Script {
    parts = List.copyOf(parts);
  }

  /** A piece of a script. */
  public sealed interface Part {
    List<String> lines();
  }

  /** Comments and blank lines. */
  public record Prose(List<String> lines) implements Part {
    public Prose {
      lines = List.copyOf(lines);
    }
  }

  /** From here on questions go to another project. */
  public record Use(String project, List<String> lines) implements Part {
    public Use {
      lines = List.copyOf(lines);
    }
  }

  /** A question, starting at {@code line} (from 1), and what must come of it. */
  public record Ask(int line, List<String> text, List<Directive> directives) implements Part {
    public Ask {
      text = List.copyOf(text);
      directives = List.copyOf(directives);
    }

    @Override
    public List<String> lines() {
      return java.util.stream.Stream.concat(text.stream(), directives.stream().flatMap(directive -> directive.lines().stream())).toList();
    }

    /** Whether the question is a statement of semantic SQL. */
    boolean isSql() {
      return text.getFirst().startsWith("sql ");
    }
  }

  /** What must come of a question: {@code !kind argument} and the lines below it. */
  public record Directive(int line, Kind kind, String argument, List<String> body) {
    public Directive {
      body = List.copyOf(body);
    }

    List<String> lines() {
      String head = "!" + kind.label() + (argument.isEmpty() ? "" : " " + argument);
      return java.util.stream.Stream.concat(java.util.stream.Stream.of(head), body.stream()).toList();
    }

    Directive withBody(List<String> lines) {
      return new Directive(line, kind, argument, lines);
    }
  }

  /** What a directive shows; only {@link #CHECK} is read, the others are reproduced. */
  public enum Kind {
    ROWS, COLUMNS, CHECK, ERROR, EXPLAIN, SQL, ROLLUP;

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The script's text, each line ended. */
  public String text() {
    StringBuilder out = new StringBuilder();
    parts.forEach(part -> part.lines().forEach(line -> out.append(line).append('\n')));
    return out.toString();
  }
}
