// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.model.Dataset;
import dev.sextant.model.Project;
import dev.sextant.model.Source;
import dev.sextant.model.WarehouseConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How lineage names warehouses and tables: as OpenLineage's naming conventions say where they say it. */
public final class Namespaces {
  private static final Pattern POSTGRES = Pattern.compile("jdbc:postgresql://([^/?]+)/([^?]*).*");

  private Namespaces() {}

  /** The namespace of a warehouse, such as {@code postgres://host:5432}. */
  public static String of(Project project, String warehouse) {
    return project.warehouses().stream().filter(each -> each.name().equals(warehouse)).findFirst().map(Namespaces::of).orElse(warehouse);
  }

  private static String of(WarehouseConfig warehouse) {
    Matcher postgres = POSTGRES.matcher(warehouse.options().getOrDefault("url", ""));
    if (postgres.matches()) {
      String host = postgres.group(1);
      return "postgres://" + (host.contains(":") ? host : host + ":5432");
    }
    return warehouse.type() + "://" + warehouse.options().getOrDefault("path", warehouse.name());
  }

  /** The name of a dataset's table in its warehouse; of the dataset itself where it is a query. */
  public static String name(Dataset dataset) {
    return switch (dataset.source()) {
      case Source.Table table -> table.toString();
      case Source.Query query -> "sql." + dataset.name();
    };
  }
}
