// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Calendar;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.model.yaml.Flattener;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.Named;
import dev.sextant.model.yaml.def.ProjectDef;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;

/** Builds a project from its {@code sextant.yml}. */
public final class Projects {
  private static final WarehouseConfig IN_MEMORY = new WarehouseConfig("main", "duckdb", Collections.singletonMap("path", ":memory:"),
      List.of(), Position.NOWHERE);

  private Projects() {}

  /** A project without a {@code sextant.yml}. */
  public static Project of(Path folder) {
    return new Project(folderName(folder), folder, Calendar.ISO, List.of(IN_MEMORY), List.of(), Collections.emptyMap());
  }

  public static Project of(Path folder, ProjectDef def, Issues issues) {
    Paths paths = new Paths(folder);
    List<WarehouseConfig> warehouses = def.warehouses().stream().map(named -> warehouse(named, paths)).toList();
    List<DestinationConfig> destinations = def.destinations().stream().map(named -> destination(named, paths)).toList();
    return new Project(def.name().map(Located::value).orElseGet(() -> folderName(folder)), folder, calendar(def, issues),
        warehouses.isEmpty() ? List.of(IN_MEMORY) : warehouses, destinations, paths.absolute(Flattener.flatten(def.settings())));
  }

  private static String folderName(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "project" : name.toString();
  }

  private static Calendar calendar(ProjectDef def, Issues issues) {
    ZoneId zone = def.timeZone().map(written -> zone(written, issues)).orElse(Calendar.ISO.zone());
    return new Calendar(zone, def.weekStarts().map(Located::value).orElse(DayOfWeek.MONDAY),
        def.yearStarts().map(month -> month.value().getValue()).orElse(1));
  }

  private static ZoneId zone(Located<String> written, Issues issues) {
    try {
      return ZoneId.of(written.value().strip());
    } catch (DateTimeException e) {
      issues.unknown(ModelIssue.INVALID_VALUE, written.position(), "time zone '" + written.value() + "' is not known.", written.value(),
          ZoneId.getAvailableZoneIds().stream().sorted().toList());
      return ZoneOffset.UTC;
    }
  }

  private static WarehouseConfig warehouse(Named<ProjectDef.WarehouseDef> named, Paths paths) {
    return new WarehouseConfig(named.name().value(), named.value().type().value(),
        paths.absolute(Flattener.flatten(named.value().options())),
        named.value().init().stream().map(Located::value).toList(), named.name().position());
  }

  private static DestinationConfig destination(Named<ProjectDef.DestinationDef> named, Paths paths) {
    return new DestinationConfig(named.name().value(), named.value().type().value(),
        paths.absolute(Flattener.flatten(named.value().options())),
        named.name().position());
  }
}
