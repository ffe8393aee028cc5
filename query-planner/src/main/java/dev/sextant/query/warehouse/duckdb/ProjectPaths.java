// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.query.warehouse.duckdb.SqlTokens.Kind;
import dev.sextant.query.warehouse.duckdb.SqlTokens.Token;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the relative file names in a DuckDB statement relative to the project folder. DuckDB itself looks in the working directory of the
 * process first, so that a server started elsewhere would read another file of the same name.
 */
final class ProjectPaths {
  private static final List<String> BEFORE_A_FILE = List.of("from", "join", "to", "attach", "database", "exists");
  private static final List<String> STARTS_AN_OPERATOR = List.of("distinct", "similar");
  private static final List<String> CALLS_WITH_FROM = List.of("trim", "substring", "extract", "overlay");
  private static final List<String> STARTS_A_QUERY = List.of("select", "from", "with", "values", "describe", "pivot", "unpivot", "table");

  private final Path folder;

  ProjectPaths(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** An open parenthesis: what was called, and whether a query stands inside. */
  private record Frame(boolean readsFiles, boolean query) {}

  /** Returns {@code sql} with the names of files absolute. */
  String absolute(String sql) {
    if (sql.indexOf('\'') < 0) {
      return sql;
    }
    StringBuilder result = new StringBuilder(sql.length() + 64);
    int copied = 0;
    List<Token> tokens = SqlTokens.of(sql);
    Deque<Frame> frames = new ArrayDeque<>(List.of(new Frame(false, true)));
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.kind()) {
        case OPEN -> frames.push(new Frame(readsFiles(tokens, i, frames), opensQuery(tokens, i)));
        case CLOSE -> {
          if (frames.size() > 1) {
            frames.pop();
          }
        }
        case STRING -> {
          Optional<String> absolute = namesFile(tokens, i, frames.getFirst()) ? resolve(token.text()) : Optional.empty();
          if (absolute.isPresent()) {
            result.append(sql, copied, token.start()).append('\'').append(absolute.get().replace("'", "''")).append('\'');
            copied = token.end();
          }
        }
        case WORD, OTHER -> {
        }
      }
    }
    return result.append(sql, copied, sql.length()).toString();
  }

  /** Returns {@code name} below the project folder unless it is absolute or a URL. */
  Optional<String> resolve(String name) {
    boolean elsewhere = name.isEmpty() || name.startsWith("/") || name.startsWith("\\") || name.startsWith("~") || name.indexOf(':') >= 0;
    if (elsewhere) {
      return Optional.empty();
    }
    Path base = folder;
    String rest = name;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      Path parent = base.getParent();
      base = rest.startsWith("../") && parent != null ? parent : base;
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    String start = base.toString().replace('\\', '/');
    return Optional.of(start.endsWith("/") ? start + rest : start + "/" + rest);
  }

  private static boolean namesFile(List<Token> tokens, int at, Frame frame) {
    if (frame.readsFiles()) {
      Kind before = tokens.get(at - 1).kind();
      return before == Kind.OPEN || tokens.get(at - 1).text().equals(",") && tokens.get(at - 2).kind() == Kind.STRING;
    }
    return frame.query() && BEFORE_A_FILE.contains(word(tokens, at - 1)) && !STARTS_AN_OPERATOR.contains(word(tokens, at - 2));
  }

  /** {@code trim(from 'text')} begins as a query does, and is none. */
  private static boolean opensQuery(List<Token> tokens, int open) {
    return STARTS_A_QUERY.contains(word(tokens, open + 1)) && !CALLS_WITH_FROM.contains(word(tokens, open - 1));
  }

  /** True for the parentheses of {@code read_csv(..)} and its like, and for the brackets of a list of files inside. */
  private static boolean readsFiles(List<Token> tokens, int open, Deque<Frame> frames) {
    if (tokens.get(open).text().equals("[")) {
      return frames.getFirst().readsFiles() && tokens.get(open - 1).kind() == Kind.OPEN;
    }
    String function = word(tokens, open - 1);
    return function.startsWith("read_") || function.startsWith("parquet_") || function.endsWith("_scan") || function.equals("glob")
        || function.equals("sniff_csv");
  }

  private static String word(List<Token> tokens, int at) {
    return at >= 0 && at < tokens.size() && tokens.get(at).kind() == Kind.WORD ? tokens.get(at).text().toLowerCase(Locale.ROOT) : "";
  }
}
