// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Measure;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.Catalog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Dimensions, entities and measures as dbt describes them. */
final class DbtMembers {

  private DbtMembers() {}

  static Map<String, @Nullable Object> dimension(Catalog.ItemEntry item, Optional<Dataset> dataset, String element) {
    Map<String, @Nullable Object> entry = DbtCatalog.entry(item.name(), item.documentation());
    Optional<Dimension> dimension = dataset.flatMap(holder -> holder.dimension(element));
    entry.put("qualifiedName", item.name());
    entry.put("type", item.kind() == Catalog.ItemKind.TIME ? "TIME" : "CATEGORICAL");
    entry.put("isPartition", dimension.filter(Dimension::isPartition).isPresent());
    entry.put("expr", dimension.map(one -> ExprPrinter.print(one.expr())).orElse(null));
    entry.put("queryableGranularities", DbtCatalog.standard(item.grains()));
    entry.put("queryableTimeGranularities", DbtCatalog.upper(item.grains()));
    entry.put("typeParams", dimension.filter(Dimension.Time.class::isInstance).map(time -> parameters((Dimension.Time) time)).orElse(null));
    return entry;
  }

  private static Map<String, @Nullable Object> parameters(Dimension.Time time) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("timeGranularity", time.grain().name());
    parameters.put("validityParams", time.validity()
        .map(end -> Map.of("isStart", end == Dimension.Validity.START, "isEnd", end == Dimension.Validity.END))
        .orElse(null));
    return parameters;
  }

  static Map<String, @Nullable Object> entity(String name, Entity entity) {
    Map<String, @Nullable Object> entry = DbtCatalog.entry(name, entity.documentation());
    entry.put("type", entity.type().name());
    entry.put("role", entity.of().map(target -> entity.name()).orElse(null));
    entry.put("expr", entity.keys().stream().map(ExprPrinter::print).collect(Collectors.joining(", ")));
    return entry;
  }

  static Map<String, @Nullable Object> measure(Measure measure) {
    Map<String, @Nullable Object> entry = DbtCatalog.entry(measure.name(), measure.documentation());
    entry.put("agg", measure.aggregation().name());
    entry.put("aggTimeDimension", measure.timeDimension().orElse(null));
    entry.put("expr", ExprPrinter.print(measure.expr()));
    return entry;
  }
}
