// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Dimension.Validity;
import dev.sextant.model.Entity;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.build.Draft;
import java.util.List;

/** A dataset whose rows are valid for a time says from when and until when, has one natural key and nothing to aggregate. */
final class ValidityIsComplete implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    draft.model().datasets().forEach(dataset -> check(dataset, issues));
  }

  private static void check(Dataset dataset, Issues issues) {
    int starts = ends(dataset, Validity.START).size();
    int ends = ends(dataset, Validity.END).size();
    List<Entity> naturals = dataset.entities().stream().filter(entity -> entity.type() == Entity.Type.NATURAL).toList();
    String name = "semantic model '" + dataset.name() + "'";
    if (starts != ends || starts > 1) {
      issues.add(ModelIssue.INVALID_VALIDITY, dataset.position(),
          name + " needs one dimension with is_start and one with is_end; it has " + starts + " and " + ends);
    }
    if (starts + ends == 0) {
      naturals.forEach(entity -> issues.add(ModelIssue.INVALID_VALIDITY, entity.position(),
          "natural entity '" + entity.name() + "' needs dimensions with validity_params is_start and is_end"));
      return;
    }
    if (naturals.size() != 1) {
      issues.add(ModelIssue.INVALID_VALIDITY, dataset.position(),
          name + " has rows that are valid for a time, so it needs one natural entity; it has " + naturals.size());
    }
    dataset.entities()
        .stream()
        .filter(entity -> entity.type() == Entity.Type.PRIMARY || entity.type() == Entity.Type.UNIQUE)
        .forEach(entity -> issues.add(ModelIssue.INVALID_VALIDITY, entity.position(), "entity '" + entity.name()
            + "' cannot be " + (entity.type() == Entity.Type.PRIMARY ? "primary" : "unique") + ": rows of " + name
            + " are valid for a time, so a key has several; make it natural"));
    dataset.measures()
        .forEach(measure -> issues.add(ModelIssue.INVALID_VALIDITY, measure.position(),
            "measure '" + measure.name() + "' cannot be aggregated: rows of " + name + " are valid for a time and would count for each"));
  }

  private static List<Dimension.Time> ends(Dataset dataset, Validity end) {
    return dataset.dimensions()
        .stream()
        .filter(Dimension.Time.class::isInstance)
        .map(Dimension.Time.class::cast)
        .filter(time -> time.validity().filter(end::equals).isPresent())
        .toList();
  }
}
