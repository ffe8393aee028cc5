// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.AccessPolicy.Mask;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.Named;
import dev.sextant.model.yaml.def.AccessPolicyDef;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds access policies. */
final class AccessPolicies {
  private final Scope scope;
  private final SavedQueries queries;

  AccessPolicies(Scope scope, SavedQueries queries) {
    this.scope = scope;
    this.queries = queries;
  }

  AccessPolicy build(AccessPolicyDef def) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    def.mask().forEach(named -> queries.item(named.name()).ifPresent(item -> masks.put(item, named.value().value())));
    if (def.roles().isEmpty()) {
      scope.issues()
          .add(ModelIssue.MISSING_KEY, def.name().position(),
              "access policy '" + def.name().value() + "' needs the key 'roles'; '*' stands for everybody");
    }
    if (def.rows().isEmpty() && masks.isEmpty() && def.hide().isEmpty()) {
      scope.issues()
          .add(ModelIssue.MISSING_KEY, def.name().position(), "access policy '" + def.name().value() + "' needs rows, mask or hide");
    }
    AccessPolicy policy = new AccessPolicy(Scope.name(def.name()), def.roles().stream().map(Located::value).toList(),
        def.except().stream().map(Located::value).toList(),
        def.rows().map(scope.exprs()::ofNames),
        Scope.names(def.on()), masks, queries.items(def.hide()), Documentations.of(def.documentation()), def.name().position());
    scope.places().put(policy, "on", def.on());
    queries.note(policy, "mask", def.mask().stream().map(Named::name).toList());
    queries.note(policy, "hide", def.hide());
    return policy;
  }
}
