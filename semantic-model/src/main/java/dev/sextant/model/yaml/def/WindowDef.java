// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import java.util.Optional;

/** A length of time, as written: {@code 7 days}, or a count and a granularity. */
@Form(value = "a length of time", shorthand = "length")
public record WindowDef(
    @Key("The length as a text, such as 7 days.") Optional<Located<String>> length,
    @Key("How many periods.") Optional<Located<Long>> count,
    @Key("Which periods.") Optional<Located<String>> granularity) {}
