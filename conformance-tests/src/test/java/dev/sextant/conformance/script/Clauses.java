// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a query text at its keywords, leaving alone what stands in quotes, parentheses and braces. */
final class Clauses {
  private static final List<
      String> KEYWORDS = List.of("query", "by", "where", "having", "order by", "limit", "offset", "from", "zone", "fill",
          "compare", "totals", "top", "share", "running", "saved", "min max", "all rows", "rollups");

  private Clauses() {}

  /** The clauses of a text, in order. */
  static List<Clause> of(String text) {
    List<Clause> clauses = new ArrayList<>();
    String keyword = "";
    int start = 0;
    for (int at : topLevel(text)) {
      Optional<String> next = keywordAt(text, at);
      boolean within = keyword.equals("top") && next.filter("by"::equals).isPresent();
      if (next.isPresent() && at >= start && !within) {
        add(clauses, keyword, text, start, at);
        keyword = next.orElseThrow();
        start = at + keyword.length();
      }
    }
    add(clauses, keyword, text, start, text.length());
    return clauses;
  }

  private static void add(List<Clause> clauses, String keyword, String text, int start, int end) {
    if (!keyword.isEmpty()) {
      String inner = text.substring(start, end);
      int lead = inner.length() - inner.stripLeading().length();
      clauses.add(new Clause(keyword, inner.strip(), start + lead));
    }
  }

  /** Cuts at commas. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int at : topLevel(text)) {
      if (text.charAt(at) == ',') {
        parts.add(text.substring(start, at).strip());
        start = at + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  private static Optional<String> keywordAt(String text, int at) {
    if (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
      return Optional.empty();
    }
    return KEYWORDS.stream()
        .filter(word -> text.startsWith(word, at))
        .filter(word -> endsAt(text, at + word.length()))
        .filter(word -> !word.equals("from") || !text.substring(0, at).stripTrailing().endsWith("distinct"))
        .findFirst();
  }

  private static boolean endsAt(String text, int end) {
    return end == text.length() || Character.isWhitespace(text.charAt(end));
  }

  private static List<Integer> topLevel(String text) {
    List<Integer> offsets = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '{') {
        depth++;
      } else if (c == ')' || c == '}') {
        depth--;
      } else if (depth == 0) {
        offsets.add(i);
      }
    }
    return offsets;
  }
}
