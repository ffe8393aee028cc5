// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Measure;
import dev.sextant.model.SemanticModel;
import java.util.List;
import java.util.function.Function;

/** What a measure's rows can be grouped by, and the values that are there to ask for. */
public final class ReachedItems {
  private static final int MOST_VALUES = 25;

  private final SemanticModel model;
  private final TableRows tables;
  private final PlaceFinder finder;

  public ReachedItems(SemanticModel model, TableRows tables) {
    this.model = model;
    this.tables = tables;
    this.finder = new PlaceFinder(model);
  }

  /** Whether exactly one way leads from a measure to an item. */
  public boolean reaches(Measure measure, String item) {
    try {
      finder.find(measure, ItemName.parse(item, model));
      return true;
    } catch (UnknownToTheOracle noneOrSeveral) {
      return false;
    }
  }

  /** Whether an item is a measure's own time under its other name. */
  public boolean isTimeOf(Measure measure, String item) {
    return reaches(measure, item) && finder.find(measure, ItemName.parse(item, model)) instanceof Place.OfDimension place
        && place.path().steps().isEmpty() && measure.timeDimension().filter(place.dimension().name()::equals).isPresent();
  }

  /** Some of a dimension's values. */
  public List<Value> values(Dataset dataset, Dimension dimension) {
    return values(dataset, row -> row.evaluate(dimension.expr()));
  }

  /** Some of an entity's keys. */
  public List<Value> values(Dataset dataset, Entity entity) {
    return values(dataset, row -> TableRows.keys(row, entity).getFirst());
  }

  private List<Value> values(Dataset dataset, Function<Row, Value> value) {
    return tables.of(dataset.source()).stream().map(value).filter(one -> !one.isNull()).distinct().limit(MOST_VALUES).toList();
  }
}
