// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.Documentation;
import dev.sextant.model.Metric;
import dev.sextant.query.ItemName;
import dev.sextant.query.TableEntry;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What members are called and how they are shown, in Cube's words. */
record CubeNotes(CubeModel cubes) {
  private static final List<String> BUILT_IN = List.of("second", "minute", "hour", "day", "week", "month", "quarter", "year");

  /** What an answer tells of its members. */
  Map<String, @Nullable Object> annotation(CubeQuestion question) {
    Map<String, Object> measures = new LinkedHashMap<>();
    Map<String, Object> dimensions = new LinkedHashMap<>();
    Map<String, Object> times = new LinkedHashMap<>();
    CubeQuery query = question.query();
    query.measures().forEach(name -> measures.put(name, measure(cubes.measure(name))));
    query.dimensions().forEach(name -> dimensions.put(name, common(cubes.dimension(name))));
    query.timeDimensions().forEach(time -> time.granularity().ifPresent(grain -> {
      Map<String, @Nullable Object> note = common(cubes.time(time.dimension()));
      note.put("granularity", granularity(grain));
      times.put(time.key(), note);
      if (!query.dimensions().contains(time.dimension())) {
        times.put(time.dimension(), common(cubes.time(time.dimension())));
      }
    }));
    Map<String, @Nullable Object> annotation = new LinkedHashMap<>();
    annotation.put("measures", measures);
    annotation.put("dimensions", dimensions);
    annotation.put("segments", Map.of());
    annotation.put("timeDimensions", times);
    return annotation;
  }

  Map<String, @Nullable Object> measure(CubeMember member) {
    Map<String, @Nullable Object> note = common(member);
    List<String> drill = drillMembers(member);
    note.put("drillMembers", drill);
    Map<String, Object> grouped = new LinkedHashMap<>();
    grouped.put("measures", drill.isEmpty() ? List.of() : List.of(member.name()));
    grouped.put("dimensions", drill);
    note.put("drillMembersGrouped", grouped);
    return note;
  }

  /** What is told of every member. */
  Map<String, @Nullable Object> common(CubeMember member) {
    Map<String, @Nullable Object> note = new LinkedHashMap<>();
    Documentation documentation = member.column().documentation();
    note.put("title", member.title());
    note.put("shortTitle", member.shortTitle());
    member.description().ifPresent(text -> note.put("description", text));
    note.put("type", member.type());
    format(member).ifPresent(format -> note.put("format", format));
    currency(documentation).ifPresent(code -> note.put("currency", code));
    if (!documentation.meta().isEmpty()) {
      note.put("meta", documentation.meta());
    }
    return note;
  }

  private static Optional<String> format(CubeMember member) {
    Optional<String> pattern = member.column().documentation().format();
    if (!member.type().equals("number")) {
      return Optional.empty();
    }
    if (pattern.filter(text -> text.endsWith("%")).isPresent()) {
      return Optional.of("percent");
    }
    return currency(member.column().documentation()).map(code -> "currency").or(() -> pattern.map(text -> "number"));
  }

  private static Optional<String> currency(Documentation documentation) {
    return documentation.unit()
        .filter(unit -> Currency.getAvailableCurrencies().stream().anyMatch(known -> known.getCurrencyCode().equals(unit)));
  }

  /** A custom grain's periods are known to its table only, so that clients cannot fill them. */
  static Map<String, Object> granularity(String grain) {
    Map<String, Object> note = new LinkedHashMap<>();
    boolean builtIn = BUILT_IN.contains(grain);
    note.put("name", grain);
    note.put("type", builtIn ? "built-in" : "custom");
    note.put("title", grain.substring(0, 1).toUpperCase(Locale.ROOT) + grain.substring(1).replace('_', ' '));
    if (builtIn) {
      note.put("interval", "1 " + grain);
    }
    return note;
  }

  /** The metric's own {@code drill_members}, else what describes its rows: all of a view's categories, those of a dataset itself. */
  private List<String> drillMembers(CubeMember member) {
    Optional<String> declared = Optional.ofNullable(member.column().documentation().meta().get("drill_members"));
    if (declared.isPresent()) {
      return Arrays.stream(declared.get().replaceAll("[\\[\\]\"' ]", "").split(","))
          .map(name -> member.table().name() + "." + name)
          .filter(name -> cubes.members().containsKey(name))
          .toList();
    }
    return member.table()
        .columns()
        .stream()
        .filter(column -> column.role() == TableEntry.Role.CATEGORICAL && isOwn(member.table(), column))
        .map(column -> member.table().name() + "." + column.name())
        .toList();
  }

  private boolean isOwn(TableEntry table, TableEntry.Column column) {
    return table.kind() == TableEntry.Kind.VIEW || cubes.model()
        .dataset(table.name())
        .filter(dataset -> dataset.dimensions()
            .stream()
            .anyMatch(dimension -> column.of().endsWith("__" + dimension.name())
                && ItemName.parse(column.of(), cubes.model()).links().equals(dataset.primaryEntity().stream().toList())))
        .isPresent();
  }

  /** Cube's word for how a metric aggregates. */
  static String aggregation(Optional<Metric> metric) {
    if (metric.isPresent() && metric.get() instanceof Metric.Simple simple) {
      return switch (simple.measure().aggregation()) {
        case SUM, SUM_BOOLEAN -> "sum";
        case COUNT -> "count";
        case COUNT_DISTINCT -> "countDistinct";
        case AVERAGE -> "avg";
        case MIN -> "min";
        case MAX -> "max";
        case MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> "number";
      };
    }
    return "number";
  }
}
