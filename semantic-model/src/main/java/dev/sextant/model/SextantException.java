// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;

/** Carries issues to the door that prints them; its message is the first issue's. */
public class SextantException extends RuntimeException {
  private final transient List<Issue> issues;

  public SextantException(List<Issue> issues) {
    super(issues.getFirst().message());
    this.issues = List.copyOf(issues);
  }

  public SextantException(Issue issue) {
    this(List.of(issue));
  }

  public SextantException(Issue issue, Throwable cause) {
    this(issue);
    initCause(cause);
  }

  /** What is wrong, at least one. */
  public List<Issue> issues() {
    return issues;
  }

  /** The first issue. */
  public Issue issue() {
    return issues.getFirst();
  }
}
