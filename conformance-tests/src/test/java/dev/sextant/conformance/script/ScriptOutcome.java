// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What a run makes of a script: its text as it should be, question by question. */
public record ScriptOutcome(Script script, Script reproduced, List<QuestionOutcome> questions) {
  private static final int CONTEXT_LINES = 6;

  public ScriptOutcome {
    questions = List.copyOf(questions);
  }

  /** Whether the script passes: reproduced byte for byte, and nothing failed. */
  public boolean passes() {
    return questions.stream().allMatch(QuestionOutcome::passes);
  }

  /** What is wrong, for people: failures first, then the difference as a patch. */
  public String report() {
    StringBuilder out = new StringBuilder();
    questions
        .forEach(question -> question.failures().forEach(failure -> out.append(script.name()).append(' ').append(failure).append('\n')));
    List<String> before = script.text().lines().toList();
    List<String> after = reproduced.text().lines().toList();
    UnifiedDiffUtils.generateUnifiedDiff(script.name(), "this run", before, DiffUtils.diff(before, after), CONTEXT_LINES)
        .forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }
}
