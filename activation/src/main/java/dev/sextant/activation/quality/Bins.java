// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.quality;

import dev.sextant.activation.TrainingManifest;
import dev.sextant.activation.TrainingManifest.Profile;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.scratch.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts the current values of a column in the bins of its baseline. */
final class Bins {
  /** With fewer values on either side, chance alone makes distributions look different. */
  static final long FEWEST = 1000;

  private final ScratchFile tables;
  private final String table;

  Bins(ScratchFile tables, String table) {
    this.tables = tables;
    this.table = table;
  }

  /** Nothing where the manifest has no bins of the column. */
  Optional<FeatureDrift> drift(TrainingManifest.Column column) {
    return column.profiles().values().stream().findFirst().filter(profile -> !profile.counts().isEmpty()).map(profile -> {
      List<Long> baseline = new ArrayList<>(profile.counts());
      baseline.add(profile.nulls());
      List<Long> current = counts(column.name(), profile);
      boolean enough = sum(baseline) >= FEWEST && sum(current) >= FEWEST;
      return new FeatureDrift(column.name(), names(profile), baseline, current,
          Distance.of(baseline, current, !profile.edges().isEmpty()), enough);
    });
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private List<Long> counts(String name, Profile profile) {
    String column = Sql.name(name);
    int bins = profile.counts().size();
    String bin = profile.edges().isEmpty()
        ? profile.values()
            .stream()
            .map(Sql::text)
            .collect(Collectors.joining(", ", "coalesce(list_position([", "], cast(" + column
                + " as varchar)), " + bins + ") - 1"))
        : profile.edges()
            .stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "len(list_filter([", "], lambda e: e < cast("
                + column + " as double)))"));
    Map<Integer, Long> found = new LinkedHashMap<>();
    tables.list("select case when " + column + " is null then " + bins + " else " + bin + " end, count(*) from " + table + " group by 1",
        row -> Map.entry(row.getInt(1), row.getLong(2))).forEach(one -> found.put(one.getKey(), one.getValue()));
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i <= bins; i++) {
      counts.add(found.getOrDefault(i, 0L));
    }
    return counts;
  }

  private static List<String> names(Profile profile) {
    List<String> names = new ArrayList<>(profile.values());
    for (int i = 0; i < profile.edges().size(); i++) {
      names.add("up to " + text(profile.edges().get(i)));
    }
    names.add(profile.edges().isEmpty() ? "others" : "more");
    names.add("none");
    return names;
  }

  private static String text(double edge) {
    return edge == Math.rint(edge) ? String.format(Locale.ROOT, "%.0f", edge) : String.format(Locale.ROOT, "%.4g", edge);
  }
}
