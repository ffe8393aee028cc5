// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes names so that they are read as names. */
final class Names {

  private Names() {}

  /** The name with quotes around the parts that need them. */
  static String quoted(String name) {
    String[] parts = name.split("\\.", -1);
    if (Arrays.asList(parts).contains("")) {
      return inQuotes(name);
    }
    return Arrays.stream(parts).map(part -> isPlain(part) ? part : inQuotes(part)).collect(Collectors.joining("."));
  }

  private static String inQuotes(String part) {
    return "\"" + part.replace("\"", "\"\"") + "\"";
  }

  private static boolean isPlain(String part) {
    String lower = part.toLowerCase(Locale.ROOT);
    return Lexer.isNameStart(part.charAt(0)) && part.chars().allMatch(c -> Lexer.isNamePart((char) c)) && !Words.isReserved(lower)
        && !Words.isCallWithoutParentheses(lower);
  }
}
