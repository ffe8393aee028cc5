// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

/** A pattern of SIMILAR TO as a regular expression: {@code %} and {@code _} as in LIKE, {@code | * + ? ( ) [ ] &#123; &#125;} as they are. */
final class SimilarPattern {
  private static final String ORDINARY = ".^$\\";

  private SimilarPattern() {}

  static String regex(String pattern) {
    StringBuilder regex = new StringBuilder("(?s)");
    boolean set = false;
    for (int i = 0; i < pattern.length(); i++) {
      char one = pattern.charAt(i);
      set = one == '[' || set && one != ']';
      if (one == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append('\\').append(pattern.charAt(i));
      } else if (set) {
        regex.append(one);
      } else if (one == '%') {
        regex.append(".*");
      } else if (one == '_') {
        regex.append('.');
      } else if (ORDINARY.indexOf(one) >= 0) {
        regex.append('\\').append(one);
      } else {
        regex.append(one);
      }
    }
    return regex.toString();
  }
}
