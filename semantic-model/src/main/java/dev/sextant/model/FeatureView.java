// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;
import java.util.Optional;

/** Metrics and dimensions of an entity as of an instant, for online serving and training. */
public record FeatureView(
    String name,
    List<String> entities,
    List<Feature> features,
    Optional<String> maxAge,
    Optional<Online> online,
    Documentation documentation,
    Position position) {

  /** One column of a feature view. */
  public sealed interface Feature {
    String name();

    /** A metric over the {@code window} that ends at the instant. */
    record OfMetric(String name, String metric, TimeWindow window) implements Feature {}

    /** A dimension of the entity as of the instant. */
    record OfDimension(String name, String dimension) implements Feature {}

    /** An expression over other features of the view. */
    record OfExpr(String name, Expr expr) implements Feature {}
  }

  /**
   * Where a view is materialised, and when (a cron expression). {@code lookback} promises that rows of events are only added, and how late at
   * most: then only keys are computed anew whose windows may have changed.
   */
  public record Online(String store, Optional<String> schedule, Optional<String> lookback) {}

  public FeatureView {
    entities = List.copyOf(entities);
    features = List.copyOf(features);
  }
}
