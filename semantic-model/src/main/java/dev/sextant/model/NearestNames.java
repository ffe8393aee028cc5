// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the names somebody probably meant: the fewest insertions, deletions, replacements and swaps away (Damerau-Levenshtein). */
public final class NearestNames {
  private static final int MOST_SUGGESTIONS = 3;
  private static final int MOST_SHOWN = 5;
  private static final int LONGEST_COMPARED = 200;

  private NearestNames() {}

  private record Candidate(String name, int distance) {}

  /** Returns up to three of the {@code known} names, nearest first; none when nothing is near. */
  public static List<String> to(String wanted, Collection<String> known) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    if (lower.isEmpty() || lower.length() > LONGEST_COMPARED) {
      return List.of();
    }
    int limit = lower.length() <= 3 ? 1 : Math.max(2, lower.length() / 3);
    List<Candidate> near = new ArrayList<>();
    for (String name : known) {
      int distance = distance(lower, name.toLowerCase(Locale.ROOT), limit);
      if (distance <= limit) {
        near.add(new Candidate(name, distance));
      }
    }
    Comparator<Candidate> nearest = Comparator.comparingInt(Candidate::distance);
    return near.stream()
        .sorted(nearest.thenComparing(candidate -> !startsAlike(candidate.name(), lower)).thenComparing(Candidate::name))
        .map(Candidate::name)
        .distinct()
        .limit(MOST_SUGGESTIONS)
        .toList();
  }

  private static boolean startsAlike(String name, String lower) {
    return !name.isEmpty() && Character.toLowerCase(name.charAt(0)) == lower.charAt(0);
  }

  /** Returns an issue whose message ends with the nearest names as a question. */
  public static Issue issue(IssueCode code, Position position, String message, String wanted, Collection<String> known) {
    List<String> nearest = to(wanted, known);
    return new Issue(code, message + question(nearest), position, nearest);
  }

  /** Returns {@code " Did you mean 'a' or 'b'?"}, or nothing for no names. */
  public static String question(List<String> nearest) {
    return nearest.isEmpty()
        ? ""
        : nearest.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or ", " Did you mean ", "?"));
  }

  /** Returns the question, or where nothing is near what there is: {@code " Known are a, b, c and 7 more."}. */
  public static String help(List<String> nearest, Collection<String> known) {
    if (!nearest.isEmpty() || known.isEmpty()) {
      return question(nearest);
    }
    String some = known.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ", " Known are ", ""));
    return some + (known.size() > MOST_SHOWN ? " and " + (known.size() - MOST_SHOWN) + " more." : ".");
  }

  /** The number of edits between two texts, or more than {@code limit} where it is more. */
  static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
