// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.JoinStep;
import dev.sextant.model.Measure;
import dev.sextant.model.SemanticModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds items by trying all paths, shortest first: one that fans out only where none does without; two of the same length are ambiguous.
 */
final class PlaceFinder {
  private static final int LONGEST = 5;

  private final SemanticModel model;

  PlaceFinder(SemanticModel model) {
    this.model = model;
  }

  /** The place of an item for a measure's rows. */
  Place find(Measure measure, ItemName item) {
    Dataset base = model.dataset(measure.dataset()).orElseThrow();
    return item.isMetricTime() ? metricTime(measure, base) : find(base, item);
  }

  private static Place metricTime(Measure measure, Dataset base) {
    Dimension time = measure.timeDimension()
        .flatMap(base::dimension)
        .orElseThrow(() -> new UnknownToTheOracle("the time of the measure " + measure.name()));
    return new Place.OfDimension(Path.at(base), time);
  }

  private Place find(Dataset base, ItemName item) {
    Optional<Dimension> local = isLocal(base, item) ? base.dimension(item.element()) : Optional.empty();
    if (local.isPresent()) {
      return new Place.OfDimension(Path.at(base), local.get());
    }
    List<Path> paths = paths(base, item.links(), end -> holds(end, item));
    if (paths.size() != 1) {
      throw new UnknownToTheOracle("which of " + paths.size() + " paths from " + base.name() + " to " + item + " to take");
    }
    return place(paths.getFirst(), item);
  }

  private static boolean isLocal(Dataset base, ItemName item) {
    return item.links().size() == 1 && base.primaryEntity().filter(item.links().getFirst()::equals).isPresent();
  }

  private static boolean holds(Dataset end, ItemName item) {
    return !item.links().isEmpty() && end.dimension(item.element()).isPresent() || end.entity(item.element()).isPresent();
  }

  private static Place place(Path path, ItemName item) {
    Dataset end = path.end();
    Optional<Dimension> dimension = item.links().isEmpty() ? Optional.empty() : end.dimension(item.element());
    return dimension.<Place>map(found -> new Place.OfDimension(path, found))
        .orElseGet(() -> new Place.OfEntity(path, end.entity(item.element()).orElseThrow()));
  }

  private List<Path> paths(Dataset base, List<String> links, Predicate<Dataset> holds) {
    List<Path> plain = shortest(base, links, holds, step -> !step.fansOut());
    return plain.isEmpty() ? shortest(base, links, holds, step -> true) : plain;
  }

  private List<Path> shortest(Dataset base, List<String> links, Predicate<Dataset> holds, Predicate<JoinStep> allowed) {
    List<Path> frontier = List.of(Path.at(base));
    for (int length = 0; length <= LONGEST; length++) {
      List<Path> found = frontier.stream().filter(path -> path.endsWith(links) && holds.test(path.end())).toList();
      if (!found.isEmpty()) {
        return found;
      }
      frontier = frontier.stream().flatMap(path -> longer(path, allowed).stream()).toList();
    }
    return List.of();
  }

  private List<Path> longer(Path path, Predicate<JoinStep> allowed) {
    List<Path> longer = new ArrayList<>();
    for (JoinStep step : model.joins().steps(path.end())) {
      boolean inARole = step.left().of().isPresent();
      if (allowed.test(step) && (inARole || !path.visits(step.to()))) {
        longer.add(path.then(step));
      }
    }
    return longer;
  }
}
