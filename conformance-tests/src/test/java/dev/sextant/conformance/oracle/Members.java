// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Moments;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dimension;
import dev.sextant.model.Grain;
import dev.sextant.model.TimeGrain;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that group-by items have in joined rows. */
final class Members {
  private final TableRows tables;
  private final LocalTimes times;
  private final Map<CustomGrain, Map<LocalDateTime, Value>> periods = new HashMap<>();

  Members(TableRows tables, LocalTimes times) {
    this.tables = tables;
    this.times = times;
  }

  /** An item's value; NULL where nothing was joined, whatever its expression makes of NULLs. */
  Value value(Place place, ItemName item, Joined joined) {
    Optional<Row> row = joined.at(place.path());
    return row.map(found -> value(place, item, found)).orElse(Value.NULL);
  }

  private Value value(Place place, ItemName item, Row row) {
    return switch (place) {
      case Place.OfEntity entity -> single(TableRows.keys(row, entity.entity()));
      case Place.OfDimension dimension -> switch (dimension.dimension()) {
        case Dimension.Categorical categorical -> row.evaluate(categorical.expr());
        case Dimension.Time time -> times.of(row.evaluate(time.expr())).map(local -> period(local, time, item)).orElse(Value.NULL);
      };
    };
  }

  private static Value single(List<Value> keys) {
    if (keys.size() > 1) {
      throw new UnknownToTheOracle("how to show a key of several columns");
    }
    return keys.getFirst();
  }

  private Value period(LocalDateTime local, Dimension.Time time, ItemName item) {
    return period(local, item, item.isMetricTime() ? TimeGrain.coarser(TimeGrain.DAY, time.grain()) : time.grain());
  }

  /** The period of a time that an item asks for; {@code otherwise} is the grain of items that name none. */
  Value period(LocalDateTime local, ItemName item, TimeGrain otherwise) {
    if (item.part().isPresent()) {
      return Value.Exact.of(Moments.part(local, item.part().orElseThrow()));
    }
    Grain grain = item.grain().orElse(otherwise);
    return switch (grain) {
      case TimeGrain standard -> new Value.Moment(times.floor(local, standard));
      case CustomGrain custom -> periods(custom).getOrDefault(times.floor(local, custom.base()), Value.NULL);
    };
  }

  private Map<LocalDateTime, Value> periods(CustomGrain grain) {
    return periods.computeIfAbsent(grain, any -> {
      Map<LocalDateTime, Value> found = new HashMap<>();
      for (Row row : tables.of(grain.spine().source())) {
        Value time = row.evaluate(dev.sextant.model.Expr.column(grain.spine().column()));
        times.raw(time).ifPresent(at -> found.put(at, row.evaluate(dev.sextant.model.Expr.column(grain.column()))));
      }
      return found;
    });
  }
}
