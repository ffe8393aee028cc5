// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.model.Dataset;
import dev.sextant.model.Documentation;
import dev.sextant.model.Metric;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.Catalog;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.Backend;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers what can be asked, in dbt's words. Entries are maps by the names of fields. */
record DbtCatalog(Backend backend) {

  void wire(RuntimeWiring.Builder wiring) {
    wiring.type("Query", query -> query.dataFetcher("metrics", this::metrics)
        .dataFetcher("dimensions", environment -> dimensions(asked(environment), environment))
        .dataFetcher("entities", environment -> entities(asked(environment)))
        .dataFetcher("measures", environment -> measures(asked(environment)))
        .dataFetcher("metricsForDimensions", this::metricsForDimensions)
        .dataFetcher("queryableGranularities", environment -> standard(grains(asked(environment))))
        .dataFetcher("queryableTimeGranularities", environment -> upper(grains(asked(environment))))
        .dataFetcher("savedQueries",
            environment -> model().definitions().savedQueries().stream().map(saved -> DbtSavedQueries.entry(saved, model())).toList())
        .dataFetcher("environmentInfo", environment -> environment()));
    wiring.type("Metric", metric -> metric.dataFetcher("dimensions", environment -> dimensions(List.of(owner(environment)), environment))
        .dataFetcher("entities", environment -> entities(List.of(owner(environment))))
        .dataFetcher("measures", environment -> measures(List.of(owner(environment))))
        .dataFetcher("queryableGranularities", environment -> standard(grains(List.of(owner(environment)))))
        .dataFetcher("queryableTimeGranularities", environment -> upper(grains(List.of(owner(environment))))));
  }

  private SemanticModel model() {
    return backend.model().model();
  }

  private static List<String> asked(DataFetchingEnvironment environment) {
    return new DbtInput(environment.getArguments()).metrics();
  }

  private static String owner(DataFetchingEnvironment environment) {
    return String.valueOf(Objects.requireNonNull(environment.<Map<String, Object>>getSource()).get("name"));
  }

  private List<Map<String, @Nullable Object>> metrics(DataFetchingEnvironment environment) {
    return model().metrics()
        .stream()
        .filter(metric -> matches(environment, metric.name(), metric.header().documentation()))
        .map(metric -> DbtMetrics.entry(metric, model()))
        .toList();
  }

  private static boolean matches(DataFetchingEnvironment environment, String name, Documentation documentation) {
    String wanted = new DbtInput(environment.getArguments()).text("search").orElse("").toLowerCase(Locale.ROOT);
    return (name + "\n" + documentation.label().orElse("") + "\n" + documentation.description()).toLowerCase(Locale.ROOT).contains(wanted);
  }

  private List<Map<String, @Nullable Object>> metricsForDimensions(DataFetchingEnvironment environment) {
    List<String> wanted = new DbtInput(environment.getArguments()).groupBy("dimensions")
        .stream()
        .map(name -> ItemName.parse(name, model()).base())
        .toList();
    return model().metrics()
        .stream()
        .filter(metric -> hasAll(backend.catalog().items(List.of(metric.name())), wanted))
        .map(metric -> DbtMetrics.entry(metric, model()))
        .toList();
  }

  /** A name may leave out the first links of a way, as in questions. */
  private static boolean hasAll(List<Catalog.ItemEntry> items, List<String> wanted) {
    return wanted.stream().allMatch(name -> items.stream().anyMatch(item -> ("__" + item.name()).endsWith("__" + name)));
  }

  private List<Catalog.ItemEntry> items(List<String> metrics) {
    metrics.forEach(this::check);
    return backend.catalog().items(metrics);
  }

  private void check(String metric) {
    if (model().metric(metric).isEmpty()) {
      List<String> near = NearestNames.to(metric, model().metrics().stream().map(Metric::name).toList());
      throw Problem.of(QueryIssue.UNKNOWN_METRIC, "metric '" + metric + "' is not defined." + NearestNames.question(near), near);
    }
  }

  private List<Map<String, @Nullable Object>> dimensions(List<String> metrics, DataFetchingEnvironment environment) {
    return items(metrics).stream()
        .filter(item -> item.kind() != Catalog.ItemKind.ENTITY && matches(environment, item.name(), item.documentation()))
        .map(item -> DbtMembers.dimension(item, dataset(item), ItemName.parse(item.name(), model()).element()))
        .toList();
  }

  private List<Map<String, @Nullable Object>> entities(List<String> metrics) {
    List<Map<String, @Nullable Object>> entities = new ArrayList<>();
    for (Catalog.ItemEntry item : items(metrics)) {
      if (item.kind() == Catalog.ItemKind.ENTITY) {
        dataset(item).flatMap(dataset -> dataset.entity(ItemName.parse(item.name(), model()).element()))
            .ifPresent(entity -> entities.add(DbtMembers.entity(item.name(), entity)));
      }
    }
    return entities;
  }

  private Optional<Dataset> dataset(Catalog.ItemEntry item) {
    return model().dataset(item.dataset());
  }

  private List<Map<String, @Nullable Object>> measures(List<String> metrics) {
    Map<String, Map<String, @Nullable Object>> measures = new LinkedHashMap<>();
    metrics.forEach(this::check);
    metrics.forEach(metric -> measures(backend.catalog().lineage(metric), measures));
    return List.copyOf(measures.values());
  }

  private void measures(Catalog.LineageEntry lineage, Map<String, Map<String, @Nullable Object>> measures) {
    lineage.inputs().forEach(input -> measures(input, measures));
    lineage.dataset()
        .flatMap(name -> model().dataset(name))
        .flatMap(dataset -> lineage.measure().flatMap(dataset::measure))
        .ifPresent(measure -> measures.putIfAbsent(measure.dataset() + "." + measure.name(), DbtMembers.measure(measure)));
  }

  /** The grains in which the metrics' own time can be asked. */
  private List<String> grains(List<String> metrics) {
    return items(metrics).stream()
        .filter(item -> item.name().equals(ItemName.METRIC_TIME))
        .findFirst()
        .map(Catalog.ItemEntry::grains)
        .orElse(List.of());
  }

  /** Grains the enum knows; custom ones are in the lists of names only. */
  static List<String> standard(List<String> grains) {
    return upper(grains.stream().filter(grain -> TimeGrain.named(grain).isPresent()).toList());
  }

  static List<String> upper(List<String> grains) {
    return grains.stream().map(grain -> grain.toUpperCase(Locale.ROOT)).toList();
  }

  private Map<String, @Nullable Object> environment() {
    String type = model().project().warehouses().getFirst().type().toLowerCase(Locale.ROOT);
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("dialect", switch (type) {
      case "duckdb" -> "DUCKDB";
      case "postgres", "postgresql" -> "POSTGRES";
      case "redshift", "snowflake", "bigquery", "databricks", "trino" -> type.toUpperCase(Locale.ROOT);
      default -> "OTHER";
    });
    entry.put("sqlDialect", type.toUpperCase(Locale.ROOT));
    entry.put("dialectSupportedBySlg", true);
    entry.put("hasMetricsDefined", !model().metrics().isEmpty());
    return entry;
  }

  /** What every entry has. */
  static Map<String, @Nullable Object> entry(String name, Documentation documentation) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("description", documentation.description().isBlank() ? null : documentation.description());
    entry.put("label", documentation.label().orElse(null));
    entry.put("config", Map.of("meta", documentation.meta()));
    return entry;
  }

  /** Conditions in the form of a template; null for none. */
  static @Nullable Map<String, Object> filter(List<dev.sextant.model.Expr> conditions) {
    return conditions.isEmpty() ? null
        : Map.of("whereSqlTemplate", dev.sextant.model.expr.ExprPrinter.print(dev.sextant.model.Expr.and(conditions)));
  }
}
