// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.TimeGrain;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks lengths of time that are kept as written, such as {@code 1h} and {@code 3 days}. */
public final class Lengths {
  private static final Pattern FORM = Pattern.compile("\\s*[1-9]\\d{0,8}\\s*([a-zA-Z]+)\\s*");
  private static final List<String> SHORT = List.of("ms", "s", "sec", "m", "min", "h", "d", "w", "mo", "q", "y");

  private Lengths() {}

  public static void check(String text, Position at, Issues issues) {
    Matcher matcher = FORM.matcher(text);
    boolean known = matcher.matches()
        && (SHORT.contains(matcher.group(1).toLowerCase(Locale.ROOT)) || TimeGrain.named(matcher.group(1)).isPresent());
    if (!known) {
      issues.add(ModelIssue.INVALID_VALUE, at, "a length of time is a number and a unit, such as 1h or 3 days; found '" + text + "'");
    }
  }
}
