// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the asker of a statement or condition what warehouses refuse in it for reasons only they can know, such as types that do not go together. */
final class WarehouseRefusals {

  /** What a warehouse says, and what of it goes to the asker. */
  private record Refusal(Pattern said, QueryIssue code, String message) {}

  private static final List<Refusal> REFUSALS = List.of(
      refusal("No function matches the given name and argument types '(.*?)'\\.", QueryIssue.TYPE_MISMATCH,
          "no function or operator takes these types: $1. Cast one of them."),
      refusal("Could not choose a best candidate function for the function call \"(.*?)\"", QueryIssue.TYPE_MISMATCH,
          "several functions take these types: $1. Cast one of them."),
      refusal("Binder Error: (Cannot (?:compare|mix|combine|deduce|cast|concatenate|union).*?)(?: - .*)?$", QueryIssue.TYPE_MISMATCH,
          "$1. Cast one of them."),
      refusal("(?:operator does not exist: (?=.)|function (?=[^:]* does not exist))(.*?)(?: does not exist)?(?:\\.|$)",
          QueryIssue.TYPE_MISMATCH,
          "no function or operator takes these types: $1. Cast one of them."),
      refusal("ERROR: (.* types? .* (?:cannot be matched|must be .*|cannot be cast .*))$", QueryIssue.TYPE_MISMATCH, "$1."),
      refusal("Function with name \"?(\\w+)\"? does not exist", QueryIssue.INVALID_SQL, "function '$1' is not known to the warehouse."),
      refusal("(Subquery returns \\d+ columns - expected \\d+)", QueryIssue.INVALID_SQL, "$1."),
      refusal("(Set operations can only apply to expressions with the same number of result columns)", QueryIssue.INVALID_SQL, "$1."),
      refusal("column \"(.*?)\" must appear in the GROUP BY clause", QueryIssue.INVALID_SQL, "'$1' is neither grouped by nor aggregated."));

  private WarehouseRefusals() {}

  private static Refusal refusal(String said, QueryIssue code, String message) {
    return new Refusal(Pattern.compile(said), code, message);
  }

  /** The failure as the asker's own, where it is. */
  static SextantException explained(SextantException failure) {
    Issue issue = failure.issues().getFirst();
    if (issue.code() != QueryIssue.WAREHOUSE_ERROR) {
      return failure;
    }
    for (Refusal refusal : REFUSALS) {
      Matcher said = refusal.said().matcher(issue.message());
      if (said.find()) {
        String message = refusal.message().replace("$1", String.valueOf(said.group(1)));
        return new SextantException(Issue.of(refusal.code(), Position.NOWHERE, message), failure);
      }
    }
    return failure;
  }
}
