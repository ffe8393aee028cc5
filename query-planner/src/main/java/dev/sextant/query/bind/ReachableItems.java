// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.JoinStep;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists the items rows of a dataset can be grouped by, up to two plain joins away, as far as people look; queries may go further. */
public final class ReachableItems {
  private static final int LISTED_HOPS = 2;

  private final SemanticModel model;

  public ReachableItems(SemanticModel model) {
    this.model = model;
  }

  /** The dataset's own items and those of the datasets its rows lead to. */
  public List<Catalog.ItemEntry> from(Dataset base) {
    List<Catalog.ItemEntry> items = new ArrayList<>(of(base));
    walk(base, base, "", LISTED_HOPS, items);
    return items;
  }

  /** The dataset's own items under the names they have everywhere. */
  public List<Catalog.ItemEntry> of(Dataset dataset) {
    List<Catalog.ItemEntry> items = new ArrayList<>();
    dataset.entities()
        .stream()
        .filter(entity -> isOneValue(entity) && isSeen(dataset, entity.name()))
        .forEach(entity -> items.add(item("", entity, dataset)));
    Optional<String> prefix = dataset.primaryEntity()
        .or(() -> dataset.entities().stream().filter(entity -> entity.type().identifiesRow()).map(Entity::name).findFirst());
    prefix.ifPresent(name -> dimensions(dataset).forEach(dimension -> items.add(item(name + "__", dimension, dataset))));
    return items;
  }

  private List<Dimension> dimensions(Dataset dataset) {
    return dataset.dimensions().stream().filter(dimension -> isSeen(dataset, dimension.name())).toList();
  }

  private boolean isSeen(Dataset dataset, String element) {
    return !model.rights().hides(dataset, element);
  }

  /** Composite keys are for joining; they have no value to show. */
  private static boolean isOneValue(Entity entity) {
    return entity.keys().size() == 1;
  }

  private void walk(Dataset base, Dataset from, String path, int hops, List<Catalog.ItemEntry> items) {
    if (hops == 0) {
      return;
    }
    for (JoinStep step : model.joins().steps(from)) {
      if (!step.fansOut() && !step.to().name().equals(base.name())) {
        String link = path + step.link() + "__";
        dimensions(step.to()).forEach(dimension -> items.add(item(link, dimension, step.to())));
        step.to()
            .entities()
            .stream()
            .filter(entity -> isOneValue(entity) && !entity.name().equals(step.right().name()) && isSeen(step.to(), entity.name()))
            .forEach(entity -> items.add(item(link, entity, step.to())));
        walk(base, step.to(), link, hops - 1, items);
      }
    }
  }

  private static Catalog.ItemEntry item(String path, Entity entity, Dataset dataset) {
    return new Catalog.ItemEntry(path + entity.name(), Catalog.ItemKind.ENTITY, List.of(), entity.documentation(), dataset.name());
  }

  private Catalog.ItemEntry item(String path, Dimension dimension, Dataset dataset) {
    return switch (dimension) {
      case Dimension.Categorical categorical -> new Catalog.ItemEntry(path + categorical.name(), Catalog.ItemKind.CATEGORICAL, List.of(),
          categorical.documentation(), dataset.name());
      case Dimension.Time time ->
          new Catalog.ItemEntry(path + time.name(), Catalog.ItemKind.TIME, grains(time.grain()), time.documentation(),
              dataset.name());
    };
  }

  /** The grains a time of the given grain can be asked in, finest first, custom ones last. */
  public List<String> grains(TimeGrain finest) {
    return Stream.concat(Stream.of(TimeGrain.values()).filter(grain -> !grain.isFinerThan(finest)).map(TimeGrain::label),
        model.customGrains().stream().map(CustomGrain::label)).toList();
  }
}
