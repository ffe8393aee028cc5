// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import java.util.List;
import java.util.Locale;

/** Words that are more than names. */
final class Words {
  private static final List<String> RESERVED = List.of("and", "or", "not", "is", "in", "like", "ilike", "between", "case", "when", "then",
      "else", "end", "null", "true", "false", "select", "from", "distinct", "exists", "where", "union");
  private static final List<String> CALLS = List.of("current_date", "current_timestamp", "current_time", "localtimestamp", "localtime",
      "current_user", "session_user");

  private Words() {}

  /** Whether a lower-case word cannot be a name without quotes. */
  static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }

  static boolean isCallWithoutParentheses(String word) {
    return CALLS.contains(word.toLowerCase(Locale.ROOT));
  }
}
