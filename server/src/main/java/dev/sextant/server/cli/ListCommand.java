// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.model.Documentation;
import dev.sextant.query.Catalog;
import dev.sextant.query.Catalog.ItemKind;
import dev.sextant.server.boot.OpenProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sextant list}: shows what can be asked. */
@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows what can be asked.")
final class ListCommand implements Callable<Integer> {

  /** What is listed. */
  enum Kind {
    METRICS, DIMENSIONS, ENTITIES, VIEWS, SAVED_QUERIES
  }

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Parameters(index = "1", paramLabel = "KIND",
      description = "metrics, dimensions, entities, views or saved_queries.") private Kind kind = Kind.METRICS;

  @Option(names = "--metrics", split = ",", paramLabel = "METRIC",
      description = "Only dimensions or entities that go with all of these.") private List<String> metrics = new ArrayList<>();

  @Override
  public Integer call() {
    try (OpenProject open = project.open()) {
      print(open);
    }
    return ExitCode.OK;
  }

  private void print(OpenProject open) {
    var definitions = open.model().model().definitions();
    switch (kind) {
      case METRICS -> TextTable.print(List.of("metric", "kind", "description"), open.catalog()
          .metrics()
          .stream()
          .map(metric -> List.of(metric.name(), metric.kind(), told(metric.documentation())))
          .toList());
      case DIMENSIONS -> items(open.catalog(), false);
      case ENTITIES -> items(open.catalog(), true);
      case VIEWS -> TextTable.print(List.of("view", "metrics", "description"), definitions.views()
          .stream()
          .map(view -> List.of(view.name(), String.valueOf(view.metrics().size()), told(view.documentation())))
          .toList());
      case SAVED_QUERIES -> TextTable.print(List.of("saved query", "metrics", "group by", "description"),
          definitions.savedQueries()
              .stream()
              .map(query -> List.of(query.name(), String.join(", ", query.metrics()), String.join(", ", query.groupBy()),
                  told(query.documentation())))
              .toList());
    }
  }

  private void items(Catalog catalog, boolean entities) {
    TextTable.print(List.of(entities ? "entity" : "dimension", "kind", "grains", "description"), catalog.items(metrics)
        .stream()
        .filter(item -> (item.kind() == ItemKind.ENTITY) == entities)
        .map(item -> List.of(item.name(), item.kind().name().toLowerCase(Locale.ROOT), String.join(" ", item.grains()),
            told(item.documentation())))
        .toList());
  }

  private static String told(Documentation documentation) {
    return documentation.description().replaceAll("\\s+", " ").strip();
  }
}
