// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.query.TableEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The catalog in Cube's form: what {@code /meta} answers. */
record CubeMeta(CubeModel cubes) {

  Map<String, Object> json(boolean onlyViews, String version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cubes", cubes.tables().stream().filter(table -> !onlyViews || table.kind() == TableEntry.Kind.VIEW).map(this::cube).toList());
    json.put("compilerId", version);
    return json;
  }

  private Map<String, @Nullable Object> cube(TableEntry table) {
    List<CubeMember> members = table.columns().stream().map(column -> new CubeMember(table, column)).toList();
    Map<String, @Nullable Object> cube = new LinkedHashMap<>();
    cube.put("name", table.name());
    cube.put("type", table.kind() == TableEntry.Kind.VIEW ? "view" : "cube");
    cube.put("title", CubeMember.tableTitle(table));
    if (!table.documentation().description().isBlank()) {
      cube.put("description", table.documentation().description());
    }
    visible(cube);
    cube.put("connectedComponent", 1);
    cube.put("measures", members.stream().filter(CubeMember::isMeasure).map(this::measure).toList());
    cube.put("dimensions", members.stream().filter(member -> !member.isMeasure()).map(this::dimension).toList());
    List.of("segments", "hierarchies", "folders", "nestedFolders").forEach(none -> cube.put(none, List.of()));
    return cube;
  }

  private static void visible(Map<String, @Nullable Object> entry) {
    entry.put("isVisible", true);
    entry.put("public", true);
  }

  private Map<String, @Nullable Object> measure(CubeMember member) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", member.name());
    entry.putAll(new CubeNotes(cubes).measure(member));
    String aggregation = CubeNotes.aggregation(cubes.model().metric(member.column().of()));
    entry.put("aggType", aggregation);
    boolean cumulative = cubes.model()
        .metric(member.column().of())
        .filter(dev.sextant.model.Metric.Cumulative.class::isInstance)
        .isPresent();
    entry.put("cumulative", cumulative);
    entry.put("cumulativeTotal", cumulative);
    visible(entry);
    return entry;
  }

  private Map<String, @Nullable Object> dimension(CubeMember member) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", member.name());
    entry.putAll(new CubeNotes(cubes).common(member));
    entry.put("suggestFilterValues", !member.isTime());
    entry.put("primaryKey", false);
    visible(entry);
    if (!member.column().grains().isEmpty()) {
      entry.put("granularities", member.column().grains().stream().map(CubeNotes::granularity).toList());
    }
    return entry;
  }
}
