// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Rollup;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Rollups that are worth having, the best first. Of all {@code asked} questions, {@code answered} are those that declared rollups hold already and
 * {@code foreign} those that no rollup could hold or that do not bind.
 */
public record RollupAdvice(List<Proposal> proposals, long asked, long answered, long foreign) {

  /**
   * A rollup with so many rows. {@code questions} is the share of all questions that only it and declared rollups are needed for, {@code rows} the
   * share of all rows that would not be read any more, and {@code time} the share of the time that answers took of those questions.
   */
  public record Proposal(Rollup rollup, long groups, double questions, double rows, double time) {}

  public RollupAdvice {
    proposals = List.copyOf(proposals);
  }

  /** The proposals as definitions to paste, with their shares beside them; a comment where there are none. */
  public String yaml() {
    String none = "# No further rollup would save one row in a hundred.\n";
    String head = String.format(Locale.ROOT, "# %d questions: %d are answered by declared rollups, %d by none that could be.%n", asked,
        answered, foreign);
    return head + (proposals.isEmpty() ? none : "rollups:\n" + proposals.stream().map(RollupAdvice::yaml).collect(Collectors.joining()));
  }

  private static String yaml(Proposal proposal) {
    Rollup rollup = proposal.rollup();
    String shares = String.format(Locale.ROOT, "# %d rows; %.0f %% of questions, %.0f %% of rows read, %.0f %% of time", proposal.groups(),
        100 * proposal.questions(), 100 * proposal.rows(), 100 * proposal.time());
    return "  - name: " + rollup.name() + "    " + shares + "\n    metrics: [" + String.join(", ", rollup.metrics()) + "]\n"
        + (rollup.dimensions().isEmpty() ? "" : "    dimensions: [" + String.join(", ", rollup.dimensions()) + "]\n")
        + rollup.grain().map(grain -> "    grain: " + grain.label() + "\n").orElse("");
  }
}
