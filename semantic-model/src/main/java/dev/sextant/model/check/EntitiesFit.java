// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Dataset;
import dev.sextant.model.Entity;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.build.Draft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys of the same entity have the same number of columns; a dataset has one primary entity; roles name entities that exist. */
final class EntitiesFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    Map<String, Entity> first = new LinkedHashMap<>();
    for (Dataset dataset : draft.model().datasets()) {
      dataset.entities().stream().filter(entity -> entity.of().isEmpty()).forEach(entity -> first.putIfAbsent(entity.name(), entity));
    }
    for (Dataset dataset : draft.model().datasets()) {
      primary(draft, dataset, issues);
      dataset.entities().forEach(entity -> role(draft, entity, first, issues));
    }
  }

  private static void primary(Draft draft, Dataset dataset, Issues issues) {
    List<Entity> primaries = dataset.entities().stream().filter(entity -> entity.type() == Entity.Type.PRIMARY).toList();
    primaries.stream()
        .skip(1)
        .forEach(second -> issues.add(ModelIssue.INVALID_ENTITY, second.position(), "semantic model '" + dataset.name()
            + "' has two primary entities, '" + primaries.getFirst().name() + "' and '" + second.name() + "'; make one of them unique"));
    boolean addressed = dataset.primaryEntity().isPresent()
        || dataset.entities().stream().anyMatch(entity -> entity.type().identifiesRow());
    if (!dataset.dimensions().isEmpty() && !addressed) {
      issues.add(ModelIssue.MISSING_KEY, dataset.position(), "semantic model '" + dataset.name()
          + "' has dimensions but no primary entity to address them through; add an entity of type primary or the key 'primary_entity'");
    }
    Optional<Entity> own = dataset.primaryEntity().flatMap(dataset::entity);
    own.filter(entity -> !entity.type().identifiesRow())
        .ifPresent(entity -> issues.add(ModelIssue.INVALID_ENTITY, draft.places().of(dataset, "primary_entity", entity.position()),
            "primary_entity '" + entity.name() + "' is a foreign entity of semantic model '" + dataset.name() + "': its values repeat"));
  }

  private static void role(Draft draft, Entity entity, Map<String, Entity> first, Issues issues) {
    Entity known = first.get(entity.target());
    if (known == null) {
      issues.unknown(ModelIssue.UNKNOWN_ENTITY, draft.places().of(entity, "of", entity.position()),
          "entity '" + entity.target() + "', which '" + entity.name() + "' plays the role of, is not defined.", entity.target(),
          first.keySet());
    } else if (known.keys().size() != entity.keys().size()) {
      issues.add(ModelIssue.INVALID_ENTITY, entity.position(), "entity '" + entity.name() + "' has " + entity.keys().size()
          + " key columns here and " + known.keys().size() + " at " + known.position() + "; they cannot be joined");
    }
  }
}
