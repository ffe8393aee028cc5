// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong, so that one run reports everything. */
public final class Issues {
  /** Nobody reads more suggestions, and finding them takes time. */
  private static final int MOST_SUGGESTED = 200;

  private final List<Issue> errors = new ArrayList<>();
  private final List<Issue> warnings = new ArrayList<>();

  public void add(Issue issue) {
    errors.add(issue);
  }

  public void add(IssueCode code, Position position, String message) {
    errors.add(Issue.of(code, position, message));
  }

  /** Adds an issue about an unknown name; the nearest of {@code known} names become suggestions. */
  public void unknown(IssueCode code, Position position, String message, String wanted, Collection<String> known) {
    boolean many = errors.size() > MOST_SUGGESTED;
    errors.add(many ? Issue.of(code, position, message) : NearestNames.issue(code, position, message, wanted, known));
  }

  /** Adds something that is allowed and probably not meant. */
  public void warn(Position position, String message) {
    warnings.add(Issue.of(ModelIssue.SUSPICIOUS, position, message));
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** The errors, ordered by file and line. */
  public List<Issue> errors() {
    return ordered(errors);
  }

  /** The warnings, ordered by file and line. */
  public List<Issue> warnings() {
    return ordered(warnings);
  }

  private static List<Issue> ordered(List<Issue> issues) {
    return issues.stream().distinct().sorted(Comparator.comparing(Issue::position)).toList();
  }
}
