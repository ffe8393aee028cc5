// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;
import java.util.Optional;

/**
 * A table with meaning: what dbt calls a semantic model. {@code primaryEntity} names the entity its local dimensions are addressed through;
 * it may be virtual, without a key.
 */
public record Dataset(
    String name,
    Source source,
    String warehouse,
    Optional<String> primaryEntity,
    Optional<String> defaultTimeDimension,
    List<Entity> entities,
    List<Dimension> dimensions,
    List<Measure> measures,
    Optional<String> createdTime,
    Documentation documentation,
    Position position) {

  public Dataset {
    entities = List.copyOf(entities);
    dimensions = List.copyOf(dimensions);
    measures = List.copyOf(measures);
  }

  public Optional<Entity> entity(String wanted) {
    return entities.stream().filter(entity -> entity.name().equals(wanted)).findFirst();
  }

  public Optional<Dimension> dimension(String wanted) {
    return dimensions.stream().filter(dimension -> dimension.name().equals(wanted)).findFirst();
  }

  public Optional<Dimension.Time> timeDimension(String wanted) {
    return dimension(wanted).filter(Dimension.Time.class::isInstance).map(Dimension.Time.class::cast);
  }

  public Optional<Measure> measure(String wanted) {
    return measures.stream().filter(measure -> measure.name().equals(wanted)).findFirst();
  }

  /** The time dimension that holds the given end of each row's validity, for slowly changing datasets. */
  public Optional<Dimension.Time> validity(Dimension.Validity end) {
    return dimensions.stream()
        .filter(Dimension.Time.class::isInstance)
        .map(Dimension.Time.class::cast)
        .filter(time -> time.validity().filter(end::equals).isPresent())
        .findFirst();
  }

  /** Whether a row counts only while it is valid (slowly changing dimension of type 2). */
  public boolean changesSlowly() {
    return validity(Dimension.Validity.START).isPresent();
  }
}
