// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import java.util.List;

/** A named list of features, as written. */
@Form("a feature service")
public record FeatureServiceDef(
    @Key("The feature service's name.") Located<String> name,
    @Key(value = "Feature views, or single features as view:feature.", lone = true) List<Located<String>> features,
    @Key(value = "", inline = true) DocumentationDef documentation) {}
