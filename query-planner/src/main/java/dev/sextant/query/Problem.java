// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import java.util.List;

/** Makes the exceptions that tell an asker what is wrong with a question. */
public final class Problem {
  private Problem() {}

  public static SextantException of(QueryIssue code, String message) {
    return new SextantException(Issue.of(code, Position.NOWHERE, message));
  }

  public static SextantException at(QueryIssue code, Position position, String message) {
    return new SextantException(Issue.of(code, position, message));
  }

  public static SextantException at(QueryIssue code, Position position, String message, List<String> suggestions) {
    return new SextantException(new Issue(code, message, position, suggestions));
  }

  public static SextantException of(QueryIssue code, String message, List<String> suggestions) {
    return new SextantException(new Issue(code, message, Position.NOWHERE, suggestions));
  }
}
