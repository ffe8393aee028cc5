// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.View;
import dev.sextant.model.build.Draft;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Views have columns of different names that stand for what exists. */
final class ViewsFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    QueryNames names = new QueryNames(draft);
    for (View view : draft.model().definitions().views()) {
      if (view.metrics().isEmpty() && view.dimensions().isEmpty()) {
        issues.add(ModelIssue.MISSING_KEY, view.position(), "view '" + view.name() + "' has no columns; give it metrics or dimensions");
      }
      view.metrics().forEach(column -> names.checkMetric(column.of(), () -> column.position(), issues));
      view.dimensions().forEach(column -> names.checkItem(column.of(), () -> column.position(), issues));
      Set<String> seen = new HashSet<>();
      Stream.concat(view.metrics().stream(), view.dimensions().stream())
          .filter(column -> !seen.add(column.name()))
          .forEach(column -> issues.add(ModelIssue.DUPLICATE_NAME, column.position(),
              "view '" + view.name() + "' has two columns '" + column.name() + "'; give one another name with {name: .., of: ..}"));
    }
  }
}
