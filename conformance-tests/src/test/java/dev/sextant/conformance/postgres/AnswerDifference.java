// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.compare.TableDifference;
import java.util.Optional;

/** What one warehouse answers unlike another. */
final class AnswerDifference {
  private static final double TOLERANCE = 1e-9;

  private AnswerDifference() {}

  static Optional<String> between(Answer expected, Answer actual, boolean ordered) {
    if (expected instanceof Answer.Rows want && actual instanceof Answer.Rows got) {
      return new TableDifference(TOLERANCE, ordered).between(want.table(), got.table());
    }
    if (expected instanceof Answer.Refusal a && actual instanceof Answer.Refusal b) {
      return a.complaints().equals(b.complaints()) || isItsOwn(a) && isItsOwn(b) ? Optional.empty()
          : Optional.of("expected " + a + ", got " + b);
    }
    return Optional.of("expected " + outcome(expected) + ", got " + outcome(actual));
  }

  /** Warehouses word their own errors. */
  private static boolean isItsOwn(Answer.Refusal refusal) {
    return refusal.complaints().getFirst().code().equals("WAREHOUSE_ERROR");
  }

  private static String outcome(Answer answer) {
    return switch (answer) {
      case Answer.Rows rows -> rows.table().rows().size() + " rows";
      case Answer.Refusal refusal -> refusal.complaints().toString();
    };
  }
}
