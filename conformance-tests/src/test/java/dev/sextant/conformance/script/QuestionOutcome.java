// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import java.util.List;

/** What came of one question: its part of the script as it should be, and what failed besides. */
public record QuestionOutcome(Script.Ask asked, Script.Ask reproduced, List<Failure> failures) {

  public QuestionOutcome {
    failures = List.copyOf(failures);
  }

  /** Whether every line is reproduced and nothing failed. */
  public boolean passes() {
    return failures.isEmpty() && asked.lines().equals(reproduced.lines());
  }

  /** The question on one line. */
  public String text() {
    return String.join(" ", asked.text());
  }
}
