// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Damages statements: words of one statement are dropped, doubled, swapped or replaced by another's, or single characters are. */
final class SqlMutator {
  private static final Pattern TOKEN = Pattern.compile("\\s+|[A-Za-z_][A-Za-z_0-9]*|\\d+(\\.\\d+)?|'[^']*'|\"[^\"]*\"|.", Pattern.DOTALL);
  private static final String CHARACTERS = " '\"`();,.*+-/<>=!|:{}[]%_?@#$&\\\n\t\0aZ09é€\uD83D";
  private static final int MOST = 3;
  private static final List<
      String> CLAUSES = List.of("in", "over", "values", "sets", "as", "from", "and", "or", "not", "where", "exists", "filter",
          "on", "using", "when", "union", "all", "select", "by", "at", "group", "with");

  private final List<List<String>> corpus;
  private final Random random;

  SqlMutator(List<String> corpus, Random random) {
    this.corpus = corpus.stream().map(SqlMutator::tokens).toList();
    this.random = random;
  }

  private static List<String> tokens(String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(sql);
    while (token.find()) {
      tokens.add(token.group());
    }
    return tokens;
  }

  String next() {
    List<String> tokens = new ArrayList<>(one(corpus));
    boolean readable = random.nextInt(3) > 0;
    for (int i = random.nextInt(MOST); i >= 0 && !tokens.isEmpty(); i--) {
      if (readable) {
        exchange(tokens);
      } else {
        mutate(tokens);
      }
    }
    String sql = String.join("", tokens);
    return !readable && random.nextInt(6) == 0 ? damaged(sql) : sql;
  }

  /** Puts a value of any kind where a value was, or a function's name where one was: the statement may be read and mean nothing. */
  private void exchange(List<String> tokens) {
    boolean functions = random.nextInt(3) == 0;
    List<Integer> places = places(tokens, functions);
    if (places.isEmpty()) {
      replace(tokens);
      return;
    }
    List<String> other = one(corpus);
    List<Integer> others = places(other, functions);
    if (!others.isEmpty()) {
      tokens.set(one(places), other.get(one(others)));
    }
  }

  private static List<Integer> places(List<String> tokens, boolean functions) {
    return IntStream.range(0, tokens.size()).filter(i -> {
      boolean call = i + 1 < tokens.size() && tokens.get(i + 1).equals("(") && Character.isLetter(tokens.get(i).charAt(0))
          && !CLAUSES.contains(tokens.get(i).toLowerCase(Locale.ROOT));
      char kind = kind(tokens.get(i));
      return functions ? call : kind == 'n' && !call || kind == '0' || kind == '\'';
    }).boxed().toList();
  }

  private void mutate(List<String> tokens) {
    int at = random.nextInt(tokens.size());
    switch (random.nextInt(14)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, " " + tokens.get(random.nextInt(tokens.size())) + " ");
      case 2 -> tokens.set(at, tokens.set(random.nextInt(tokens.size()), tokens.get(at)));
      case 3 -> tokens.add(at, " " + one(one(corpus)) + " ");
      case 4 -> {
        List<String> other = one(corpus);
        int from = random.nextInt(other.size());
        tokens.addAll(at, other.subList(from, Math.min(other.size(), from + 1 + random.nextInt(8))));
      }
      case 5 -> tokens.set(at, one(one(corpus)));
      default -> replace(tokens);
    }
  }

  /** Puts a word where a word was, a number for a number, a text for a text, so that the statement may still be read. */
  private void replace(List<String> tokens) {
    int at = random.nextInt(tokens.size());
    for (int i = 0; i < tokens.size() && tokens.get(at).isBlank(); i++) {
      at = random.nextInt(tokens.size());
    }
    char kind = kind(tokens.get(at));
    for (int tries = 0; tries < 200; tries++) {
      String other = one(one(corpus));
      if (kind(other) == kind) {
        tokens.set(at, other);
        return;
      }
    }
  }

  private static char kind(String token) {
    char first = token.charAt(0);
    boolean name = first == '"' || token.contains("_");
    return name ? 'n'
        : Character.isLetter(first) ? 'w' : Character.isDigit(first) ? '0' : first == '\'' || Character.isWhitespace(first) ? first : '+';
  }

  private String damaged(String sql) {
    if (sql.isEmpty()) {
      return sql;
    }
    int at = random.nextInt(sql.length());
    char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    return switch (random.nextInt(3)) {
      case 0 -> sql.substring(0, at) + sql.substring(at + 1);
      case 1 -> sql.substring(0, at) + character + sql.substring(at);
      default -> sql.substring(0, at) + character + sql.substring(at + 1);
    };
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
