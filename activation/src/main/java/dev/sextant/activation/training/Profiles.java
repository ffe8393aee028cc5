// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.TrainingManifest;
import dev.sextant.activation.TrainingManifest.Profile;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.scratch.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the columns of an export are distributed in each split. The bins are tenths of the first split's values, so that splits and later data compare. */
final class Profiles {
  private static final int BINS = 10;
  private static final int MOST_VALUES = 20;

  private final ExportRows rows;
  private final ScratchFile tables;
  private final List<String> splits;

  Profiles(ExportRows rows, List<String> splits) {
    this.rows = rows;
    this.tables = rows.tables();
    this.splits = splits;
  }

  List<TrainingManifest.Column> columns() {
    List<TrainingManifest.Column> columns = new ArrayList<>();
    rows.types()
        .forEach((name, type) -> columns.add(new TrainingManifest.Column(name, rows.layout().role(name), type, profiles(name, type))));
    return columns;
  }

  static boolean isNumber(String type) {
    return type.endsWith("INT") || type.equals("INTEGER") || type.startsWith("DECIMAL") || type.equals("DOUBLE") || type.equals("FLOAT");
  }

  private Map<String, Profile> profiles(String name, String type) {
    boolean spread = rows.layout().role(name).equals("feature") || rows.layout().role(name).equals("label");
    boolean number = isNumber(type);
    List<Double> edges = number && spread ? edges(name) : List.of();
    List<String> values = !number && spread ? values(name) : List.of();
    Map<String, Profile> profiles = new LinkedHashMap<>();
    splits.forEach(split -> profiles.put(split, profile(name, number, split, edges, values)));
    return profiles;
  }

  private static String in(String split) {
    return " from " + ExportRows.TABLE + " where " + Sql.name(ExportRows.SPLIT) + " = " + Sql.text(split);
  }

  private List<Double> edges(String name) {
    String tenths = java.util.stream.IntStream.range(1, BINS).mapToObj(i -> "0." + i).collect(Collectors.joining(", ", "[", "]"));
    String value = "cast(" + Sql.name(name) + " as double)";
    return tables
        .list("select distinct edge from (select unnest(quantile_cont(" + value + ", " + tenths + ")) as edge" + in(splits.getFirst())
            + " and isfinite(" + value + ")) where edge is not null order by 1", row -> row.getDouble(1));
  }

  private List<String> values(String name) {
    return tables
        .list("select cast(" + Sql.name(name) + " as varchar) as value" + in(splits.getFirst()) + " and value is not null group by 1 "
            + "order by count(*) desc, 1 limit " + MOST_VALUES, row -> row.getString(1));
  }

  private Profile profile(String name, boolean number, String split, List<Double> edges, List<String> values) {
    String column = Sql.name(name);
    String real = "cast(" + column + " as double)";
    String moments = number ? "avg(" + real + ") filter (where isfinite(" + real + ")), stddev_samp(" + real + ") filter (where isfinite("
        + real + "))" : "null, null";
    return tables.list("select count(*), count(*) - count(" + column + "), count(distinct " + column + "), cast(min(" + column
        + ") as varchar), cast(max(" + column + ") as varchar), " + moments + in(split),
        row -> new Profile(row.getLong(1), row.getLong(2), row.getLong(3), text(row.getString(4)), text(row.getString(5)),
            real(row.getObject(6)), real(row.getObject(7)), edges, values, List.of()))
        .stream()
        .map(plain -> new Profile(plain.rows(), plain.nulls(), plain.distinct(), plain.min(), plain.max(), plain.mean(), plain.deviation(),
            edges, values, counts(column, split, edges, values)))
        .findFirst()
        .orElseThrow();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static @Nullable Double real(@Nullable Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue()) ? number.doubleValue() : null;
  }

  private List<Long> counts(String column, String split, List<Double> edges, List<String> values) {
    if (edges.isEmpty() && values.isEmpty()) {
      return List.of();
    }
    String bin = edges.isEmpty() ? values.stream()
        .map(Sql::text)
        .collect(Collectors.joining(", ", "coalesce(list_position([", "], cast("
            + column + " as varchar)), " + (values.size() + 1) + ") - 1"))
        : edges.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "len(list_filter([", "], lambda e: e < cast(" + column
                + " as double)))"));
    Map<Integer, Long> found = new LinkedHashMap<>();
    tables.list("select " + bin + ", count(*)" + in(split) + " and " + column + " is not null group by 1",
        row -> Map.entry(row.getInt(1), row.getLong(2))).forEach(one -> found.put(one.getKey(), one.getValue()));
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i <= Math.max(edges.size(), values.size()); i++) {
      counts.add(found.getOrDefault(i, 0L));
    }
    return counts;
  }
}
