// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Patterns of names, as LIKE has them: {@code %} is any text, {@code _} any character, a backslash takes the next one as it is. */
final class LikePattern {

  private LikePattern() {}

  /** What matches a pattern; no pattern matches all. */
  static Predicate<String> of(Optional<String> pattern) {
    return pattern.map(LikePattern::regex).<Predicate<String>>map(Pattern::asMatchPredicate).orElse(name -> true);
  }

  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
