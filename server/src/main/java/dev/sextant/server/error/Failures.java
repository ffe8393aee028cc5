// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.error;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.util.List;

/** Turns whatever was thrown into issues a caller may read. */
public final class Failures {

  private Failures() {}

  /** The issues an exception carries; anything that carries none is our own fault and says no more than where to look. */
  public static List<Issue> issues(Throwable thrown) {
    return issues(thrown, "");
  }

  public static List<Issue> issues(Throwable thrown, String where) {
    return thrown instanceof SextantException known ? known.issues()
        : List.of(
            Issue.of(QueryIssue.INTERNAL, Position.NOWHERE, "Something went wrong inside the server; its log tells more" + where + "."));
  }

  /** The same, but a query that was stopped fails for that reason, whatever its warehouse said when it was interrupted. */
  public static List<Issue> issues(Throwable thrown, QueryControl control) {
    if (control.stopped().isPresent()) {
      try {
        control.check();
      } catch (SextantException stopped) {
        return stopped.issues();
      }
    }
    return issues(thrown, " under query id '" + control.queryId() + "'");
  }

  /** Whether the stack trace belongs into the log: only for what nobody foresaw. */
  public static boolean isBug(List<Issue> issues) {
    return issues.getFirst().code().kind() == ErrorKind.BUG;
  }
}
