// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.build.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A derived metric's expression uses its inputs, each under a name of its own, shifted in one way at most. */
final class DerivedExpressionsFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    for (Metric metric : draft.model().metrics()) {
      MetricInputsExist.inputs(metric).forEach(input -> shift(draft, input, issues));
      if (metric instanceof Metric.Derived derived) {
        derived(draft, derived, issues);
      }
    }
  }

  private static void shift(Draft draft, MetricInput input, Issues issues) {
    Position at = draft.places().of(input, "offset_to_grain", input.position());
    if (input.offsetWindow().isPresent() && input.offsetToGrain().isPresent()) {
      issues.add(ModelIssue.CONFLICTING_KEYS, at,
          "input '" + input.metric() + "' has an offset_window and an offset_to_grain; give it one");
    }
    input.offsetToGrain()
        .filter(CustomGrain.class::isInstance)
        .ifPresent(grain -> issues.add(ModelIssue.INVALID_METRIC, at,
            "offset_to_grain needs a standard grain, but '" + grain.label() + "' is a custom one"));
  }

  private static void derived(Draft draft, Metric.Derived derived, Issues issues) {
    if (derived.inputs().isEmpty()) {
      issues.add(ModelIssue.MISSING_KEY, derived.header().position(), "derived metric '" + derived.name() + "' needs the key 'metrics'");
      return;
    }
    Map<String, MetricInput> byName = new HashMap<>();
    for (MetricInput input : derived.inputs()) {
      if (byName.putIfAbsent(input.nameInExpr(), input) != null) {
        issues.add(ModelIssue.DUPLICATE_NAME, draft.places().of(input, "alias", input.position()),
            "two inputs are called '" + input.nameInExpr() + "' in the expression of '" + derived.name() + "'; give one an alias");
      }
    }
    Set<String> used = new HashSet<>();
    derived.expr().visit(part -> {
      if (part instanceof Expr.Column column && used.add(column.name()) && !byName.containsKey(column.name())) {
        List<String> known = new ArrayList<>(byName.keySet());
        issues.unknown(ModelIssue.UNKNOWN_NAME,
            draft.places().of(derived.expr(), column.at(), derived.header().position()),
            "'" + column.name() + "' is no input of '" + derived.name() + "'.", column.name(), known);
      }
    });
    derived.inputs()
        .stream()
        .filter(input -> !used.contains(input.nameInExpr()))
        .forEach(input -> issues.warn(input.position(), "input '" + input.nameInExpr() + "' is not used in the expression of '"
            + derived.name() + "'"));
  }
}
