// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.Documentation;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.Catalog;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableEntry;
import dev.sextant.server.ModelState;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers what can be asked: metrics, dimensions, saved queries, tables, lineage. Entries are maps by the names of fields. */
record CatalogFetchers(Catalog catalog, ModelState state, List<TableType> tables) {

  void wire(RuntimeWiring.Builder wiring) {
    wiring.type("Query", query -> query.dataFetcher("metrics", this::metrics)
        .dataFetcher("dimensions", this::dimensions)
        .dataFetcher("saved_queries",
            environment -> catalog.savedQueries().stream().map(CatalogFetchers::savedQuery).toList())
        .dataFetcher("views", environment -> tables.stream().map(CatalogFetchers::view).toList())
        .dataFetcher("lineage", environment -> lineage(known(text(environment, "metric").orElseThrow())))
        .dataFetcher("model", environment -> model()));
    wiring.type("Metric", metric -> metric.dataFetcher("dimensions", this::dimensionsOfMetric)
        .dataFetcher("lineage", environment -> lineage(nameOf(environment))));
  }

  private List<Map<String, @Nullable Object>> metrics(DataFetchingEnvironment environment) {
    List<String> names = new Arguments(environment.getArguments()).texts("names");
    names.forEach(this::known);
    return catalog
        .metrics()
        .stream()
        .filter(metric -> names.isEmpty() || names.contains(metric.name()))
        .filter(metric -> matches(environment, metric.name(), metric.documentation()))
        .map(CatalogFetchers::metric)
        .toList();
  }

  private String known(String metric) {
    List<String> all = catalog.metrics().stream().map(Catalog.MetricEntry::name).toList();
    if (!all.contains(metric)) {
      List<String> near = NearestNames.to(metric, all);
      throw Problem.of(QueryIssue.UNKNOWN_METRIC, "metric '" + metric + "' is not defined." + NearestNames.question(near), near);
    }
    return metric;
  }

  private List<Map<String, @Nullable Object>> dimensions(DataFetchingEnvironment environment) {
    return dimensions(new Arguments(environment.getArguments()).texts("metrics"), environment);
  }

  private List<Map<String, @Nullable Object>> dimensionsOfMetric(DataFetchingEnvironment environment) {
    return dimensions(List.of(nameOf(environment)), environment);
  }

  private List<Map<String, @Nullable Object>> dimensions(List<String> metrics, DataFetchingEnvironment environment) {
    return catalog
        .items(metrics)
        .stream()
        .filter(item -> matches(environment, item.name(), item.documentation()))
        .map(CatalogFetchers::dimension)
        .toList();
  }

  /** The name of the entry a field belongs to. */
  static String nameOf(DataFetchingEnvironment environment) {
    return String.valueOf(Objects.requireNonNull(environment.<Map<String, Object>>getSource()).get("name"));
  }

  private static Optional<String> text(DataFetchingEnvironment environment, String argument) {
    return new Arguments(environment.getArguments()).text(argument);
  }

  private static boolean matches(DataFetchingEnvironment environment, String name, Documentation documentation) {
    String wanted = text(environment, "search").orElse("").toLowerCase(Locale.ROOT);
    String searched = name + '\n' + documentation.label().orElse("") + '\n' + documentation.description() + '\n'
        + String.join("\n", documentation.synonyms());
    return searched.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private static Map<String, @Nullable Object> entry(String name, Documentation documentation) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("description", documentation.description().isEmpty() ? null : documentation.description());
    entry.put("label", documentation.label().orElse(null));
    entry.put("owner", documentation.owner().orElse(null));
    entry.put("unit", documentation.unit().orElse(null));
    entry.put("format", documentation.format().orElse(null));
    entry.put("tags", documentation.tags());
    entry.put("synonyms", documentation.synonyms());
    return entry;
  }

  private static Map<String, @Nullable Object> metric(Catalog.MetricEntry metric) {
    Map<String, @Nullable Object> entry = entry(metric.name(), metric.documentation());
    entry.put("kind", metric.kind());
    entry.put("datasets", metric.datasets());
    entry.put("default_grain", metric.defaultGrain().orElse(null));
    return entry;
  }

  private static Map<String, @Nullable Object> dimension(Catalog.ItemEntry item) {
    Map<String, @Nullable Object> entry = entry(item.name(), item.documentation());
    entry.put("kind", lower(item.kind()));
    entry.put("grains", item.grains());
    entry.put("dataset", item.dataset());
    return entry;
  }

  private static Map<String, @Nullable Object> savedQuery(SavedQuery query) {
    Map<String, @Nullable Object> entry = entry(query.name(), query.documentation());
    entry.put("metrics", query.metrics());
    entry.put("group_by", query.groupBy());
    entry.put("where", query.where().stream().map(ExprPrinter::print).toList());
    entry.put("order_by", query.orderBy());
    entry.put("limit", query.limit().isPresent() ? query.limit().getAsLong() : null);
    return entry;
  }

  private static Map<String, @Nullable Object> view(TableType table) {
    Map<String, @Nullable Object> entry = entry(table.table().name(), table.table().documentation());
    entry.put("field", table.field());
    entry.put("kind", lower(table.table().kind()));
    entry.put("columns", table.columns().entrySet().stream().map(column -> column(column.getKey(), column.getValue())).toList());
    return entry;
  }

  private static Map<String, @Nullable Object> column(String field, TableEntry.Column column) {
    Map<String, @Nullable Object> entry = entry(column.name(), column.documentation());
    entry.put("field", field);
    entry.put("of", column.of());
    entry.put("role", lower(column.role()));
    entry.put("type", Scalars.of(column.type()).getName());
    entry.put("grains", column.grains());
    return entry;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Map<String, @Nullable Object> lineage(String metric) {
    return lineage(catalog.lineage(metric));
  }

  private static Map<String, @Nullable Object> lineage(Catalog.LineageEntry lineage) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("metric", lineage.metric());
    entry.put("inputs", lineage.inputs().stream().map(CatalogFetchers::lineage).toList());
    entry.put("measure", lineage.measure().orElse(null));
    entry.put("dataset", lineage.dataset().orElse(null));
    entry.put("source", lineage.source().orElse(null));
    entry.put("expr", lineage.expr().orElse(null));
    entry.put("columns", lineage.columns());
    return entry;
  }

  private Map<String, @Nullable Object> model() {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", state.model().project().name());
    entry.put("version", state.version());
    entry.put("since", state.since().toString());
    return entry;
  }
}
