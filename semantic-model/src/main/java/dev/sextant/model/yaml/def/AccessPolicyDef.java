// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.Named;
import java.util.List;
import java.util.Optional;

/** An access policy, as written. */
@Form("an access policy")
public record AccessPolicyDef(
    @Key("The policy's name.") Located<String> name,
    @Key(value = "Whom it restricts; '*' for everybody.", lone = true) List<Located<String>> roles,
    @Key(value = "Whom it leaves alone, though they have one of the roles.", lone = true) List<Located<String>> except,
    @Key("The condition on the rows they see.") Optional<Located<String>> rows,
    @Key(value = "The views whose datasets it restricts; all datasets where missing.", lone = true) List<Located<String>> on,
    @Key("Dimensions and how their values are hidden.") List<Named<Located<AccessPolicy.Mask>>> mask,
    @Key(value = "Metrics, dimensions and entities that do not exist for them.", lone = true) List<Located<String>> hide,
    @Key(value = "", inline = true) DocumentationDef documentation) {}
