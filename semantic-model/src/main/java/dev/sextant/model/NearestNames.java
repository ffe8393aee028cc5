// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names somebody may have meant: smallest Damerau-Levenshtein distance first, and none that is too far off. */
public final class NearestNames {
  private static final int MOST = 3;

  private NearestNames() {
  }

  private record Candidate(String name, int distance) {
  }

  /** Returns at most three of {@code known} that are near to {@code wanted}, nearest first. */
  public static List<String> to(String wanted, Collection<String> known) {
    int allowed = Math.max(2, wanted.length() / 3);
    return known.stream().distinct().map(name -> new Candidate(name, distance(fold(wanted), fold(name))))
        .filter(candidate -> candidate.distance() <= allowed)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name)).limit(MOST).map(Candidate::name).toList();
  }

  /** Returns " Did you mean 'a' or 'b'?" with a leading blank, empty when nothing is near. */
  public static String question(List<String> near) {
    return near.isEmpty() ? "" : " Did you mean '" + String.join("' or '", near) + "'?";
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Edits (insert, delete, replace, swap neighbours) that turn one text into the other; optimal string alignment. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
