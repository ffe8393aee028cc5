// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what stands before {@code ::} and other signs that follow a value, so that {@code x::type} can be written as CAST: the parser takes everything
 * before {@code ::} for its operand, {@code a and b::text = 'x'} would become {@code (a and b::text) = 'x'}.
 */
final class SqlCasts {
  private static final Set<
      String> KEYWORDS = new TreeSet<>(List.of("and", "or", "not", "in", "when", "then", "else", "select", "where", "on",
          "having", "by", "between", "like", "ilike", "is", "from", "values", "as", "using", "distinct", "all", "any", "some", "exists",
          "union",
          "except", "intersect", "limit", "offset", "escape", "to", "over"));
  private static final Set<String> TYPED_LITERALS = new TreeSet<>(List.of("date", "timestamp", "time", "interval"));

  private final List<SqlToken> tokens;
  private final int[] opening;
  private final Map<Integer, Integer> castStarts = new LinkedHashMap<>();

  SqlCasts(List<SqlToken> tokens) {
    this.tokens = tokens;
    this.opening = new int[tokens.size()];
    Deque<Integer> parentheses = new ArrayDeque<>();
    Deque<Integer> cases = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      opening[i] = i;
      if (token.isSymbol("(")) {
        parentheses.push(i);
      } else if (token.is("case")) {
        cases.push(i);
      } else if (token.isSymbol(")") && !parentheses.isEmpty()) {
        opening[i] = parentheses.pop();
      } else if (token.is("end") && !cases.isEmpty()) {
        opening[i] = cases.pop();
      }
    }
  }

  /** The first token of the value that ends before a token; the token itself where no value does. */
  int valueBefore(int sign) {
    int last = before(sign);
    if (last < 0) {
      return sign;
    }
    int first = castStarts.getOrDefault(last, opening[last]);
    if (castStarts.containsKey(last)) {
      return first;
    }
    if (tokens.get(last).isSymbol(")")) {
      int name = before(first);
      boolean call = name >= 0 && isName(tokens.get(name)) && !isKeyword(tokens.get(name));
      first = call ? name : first;
    }
    if (tokens.get(last).kind() == SqlToken.Kind.STRING) {
      int type = before(first);
      return type >= 0 && tokens.get(type).kind() == SqlToken.Kind.WORD && TYPED_LITERALS.contains(tokens.get(type).lower()) ? type : first;
    }
    if (first == last && (isKeyword(tokens.get(first)) || tokens.get(first).kind() == SqlToken.Kind.SYMBOL)) {
      return sign;
    }
    return isName(tokens.get(first)) ? qualified(first) : first;
  }

  private static boolean isKeyword(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD && KEYWORDS.contains(token.lower());
  }

  private int qualified(int name) {
    int first = name;
    for (int dot = before(first); dot > 0 && tokens.get(dot).isSymbol("."); dot = before(first)) {
      int qualifier = before(dot);
      if (qualifier < 0 || !isName(tokens.get(qualifier))) {
        return first;
      }
      first = qualifier;
    }
    return first;
  }

  /** Notes that a value from one token to another is a cast, which may be cast again. */
  void cast(int first, int last) {
    castStarts.put(last, first);
  }

  /** The last token of the type that begins after a token. */
  int typeAfter(int sign) {
    int last = after(sign);
    List<String> words = new ArrayList<>();
    while (last < tokens.size() && words.size() < 4) {
      words.add(tokens.get(last).lower());
      int next = after(last);
      if (next >= tokens.size() || !continues(words, tokens.get(next))) {
        break;
      }
      last = tokens.get(next).isSymbol("(") ? closing(next) : next;
    }
    return last;
  }

  private static boolean continues(List<String> words, SqlToken next) {
    return next.isSymbol("(") || switch (words.getLast()) {
      case "double" -> next.is("precision");
      case "character" -> next.is("varying");
      case "timestamp", "time" -> words.size() == 1 && (next.is("with") || next.is("without")) || words.size() > 1 && next.is("zone");
      case "(" -> next.is("with") || next.is("without");
      case "with", "without" -> next.is("time");
      default -> false;
    };
  }

  private int closing(int open) {
    int i = open;
    while (i < tokens.size() - 1 && !tokens.get(i).isSymbol(")")) {
      i++;
    }
    return i;
  }

  private static boolean isName(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.QUOTED;
  }

  private int before(int i) {
    int j = i - 1;
    while (j >= 0 && tokens.get(j).kind() == SqlToken.Kind.SPACE) {
      j--;
    }
    return j;
  }

  private int after(int i) {
    int j = i + 1;
    while (j < tokens.size() && tokens.get(j).kind() == SqlToken.Kind.SPACE) {
      j++;
    }
    return j;
  }
}
