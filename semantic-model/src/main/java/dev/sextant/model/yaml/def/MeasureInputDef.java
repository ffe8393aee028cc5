// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A measure as it enters a metric, as written. */
@Form(value = "a measure input", shorthand = "name")
public record MeasureInputDef(
    @Key("The measure.") Located<String> name,
    @Key(value = "Conditions on rows.", lone = true) List<FilterDef> filter,
    @Key("Another name for it.") Optional<Located<String>> alias,
    @Key("What stands for NULL.") Optional<Located<BigDecimal>> fillNullsWith,
    @Key("Whether periods without rows appear.") Optional<Located<Boolean>> joinToTimespine) {}
