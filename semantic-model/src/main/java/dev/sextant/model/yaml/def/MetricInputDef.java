// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import java.util.List;
import java.util.Optional;

/** A metric as it enters another one, as written. */
@Form(value = "a metric input", shorthand = "name")
public record MetricInputDef(
    @Key("The metric.") Located<String> name,
    @Key(value = "Conditions on rows, for this input only.", lone = true) List<FilterDef> filter,
    @Key("The input's name in the expression.") Optional<Located<String>> alias,
    @Key("How far back in time its value is taken from, such as 1 week.") Optional<WindowDef> offsetWindow,
    @Key("The period at whose start its value is taken.") Optional<Located<String>> offsetToGrain) {}
