// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.MetricDef;
import dev.sextant.model.yaml.def.MetricDef.ConversionDef;
import dev.sextant.model.yaml.def.MetricDef.CumulativeDef;
import dev.sextant.model.yaml.def.MetricDef.MetricKind;
import dev.sextant.model.yaml.def.MetricInputDef;
import java.util.Locale;
import java.util.Optional;

/** Finds parameters that a metric's kind does not read: whoever wrote them expects another number. */
record KindKeys(Params params, MetricKind kind) {

  void check(MetricDef def, Issues issues) {
    report(def, issues, "measure", params.pick(MetricDef.Params::measure).map(some -> some.name().position()),
        kind == MetricKind.SIMPLE || kind == MetricKind.CUMULATIVE);
    report(def, issues, "numerator", params.pick(MetricDef.Params::numerator).map(KindKeys::position), kind == MetricKind.RATIO);
    report(def, issues, "denominator", params.pick(MetricDef.Params::denominator).map(KindKeys::position), kind == MetricKind.RATIO);
    report(def, issues, "metrics", params.pickList(MetricDef.Params::metrics).stream().findFirst().map(KindKeys::position),
        kind == MetricKind.DERIVED);
    report(def, issues, "window", params.cumulative(CumulativeDef::window).flatMap(Scope::position),
        kind == MetricKind.CUMULATIVE || kind == MetricKind.CONVERSION);
    report(def, issues, "grain_to_date", params.cumulative(CumulativeDef::grainToDate).map(Located::position),
        kind == MetricKind.CUMULATIVE);
    report(def, issues, "entity", params.conversion(ConversionDef::entity).map(Located::position), kind == MetricKind.CONVERSION);
    report(def, issues, "agg", params.pick(some -> some.aggregation().agg()).map(Located::position), kind == MetricKind.SIMPLE);
    report(def, issues, "fill_nulls_with", params.pick(MetricDef.Params::fillNullsWith).map(Located::position), kind == MetricKind.SIMPLE);
    report(def, issues, "join_to_timespine",
        params.pick(MetricDef.Params::joinToTimespine).filter(Located::value).map(Located::position), kind == MetricKind.SIMPLE);
  }

  private static Position position(MetricInputDef input) {
    return input.name().position();
  }

  private void report(MetricDef def, Issues issues, String key, Optional<Position> written, boolean fits) {
    if (!fits) {
      written.ifPresent(at -> issues.add(ModelIssue.CONFLICTING_KEYS, at, "a " + kind.name().toLowerCase(Locale.ROOT)
          + " metric has no '" + key + "', but '" + def.name().value() + "' gives one"));
    }
  }
}
