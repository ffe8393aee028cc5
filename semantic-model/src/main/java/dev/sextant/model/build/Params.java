// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.yaml.def.MetricDef;
import dev.sextant.model.yaml.def.MetricDef.ConversionDef;
import dev.sextant.model.yaml.def.MetricDef.CumulativeDef;
import dev.sextant.model.yaml.def.MetricDef.MetricKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A metric's parameters, wherever they are written: under type_params, in a part of it, or beside the name. */
final class Params {
  private final List<MetricDef.Params> places;

  Params(MetricDef def) {
    this.places = Stream.concat(def.typeParams().stream(), Stream.of(def.params())).toList();
  }

  <T> Optional<T> pick(Function<MetricDef.Params, Optional<T>> part) {
    return places.stream().map(part).flatMap(Optional::stream).findFirst();
  }

  <T> List<T> pickList(Function<MetricDef.Params, List<T>> part) {
    return places.stream().map(part).filter(list -> !list.isEmpty()).findFirst().orElse(List.of());
  }

  <T> Optional<T> cumulative(Function<CumulativeDef, Optional<T>> part) {
    return places.stream()
        .flatMap(params -> Stream.concat(params.cumulativeTypeParams().stream(), Stream.of(params.cumulative())))
        .map(part)
        .flatMap(Optional::stream)
        .findFirst();
  }

  <T> Optional<T> conversion(Function<ConversionDef, Optional<T>> part) {
    return conversions().map(part).flatMap(Optional::stream).findFirst();
  }

  <T> List<T> conversionList(Function<ConversionDef, List<T>> part) {
    return conversions().map(part).filter(list -> !list.isEmpty()).findFirst().orElse(List.of());
  }

  private Stream<ConversionDef> conversions() {
    return places.stream().flatMap(params -> Stream.concat(params.conversionTypeParams().stream(), Stream.of(params.conversion())));
  }

  boolean isOwnAggregation() {
    return pick(MetricDef.Params::metricAggregationParams).isPresent()
        || places.stream().anyMatch(params -> params.aggregation().agg().isPresent());
  }

  /** What a metric is that does not say so. */
  Optional<MetricKind> likelyKind() {
    if (isOwnAggregation() || pick(MetricDef.Params::measure).isPresent()) {
      return Optional.of(MetricKind.SIMPLE);
    }
    if (pick(MetricDef.Params::numerator).isPresent()) {
      return Optional.of(MetricKind.RATIO);
    }
    return pickList(MetricDef.Params::metrics).isEmpty() ? Optional.empty() : Optional.of(MetricKind.DERIVED);
  }
}
