// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;

/** One thing that is wrong: what, where, and what would be right. */
public record Issue(IssueCode code, String message, Position position, List<String> suggestions) {

  public Issue {
    suggestions = List.copyOf(suggestions);
  }

  /** Returns an issue without suggestions. */
  public static Issue of(IssueCode code, Position position, String message) {
    return new Issue(code, message, position, List.of());
  }

  @Override
  public String toString() {
    return position.equals(Position.NOWHERE) ? message : position + ": " + message;
  }
}
