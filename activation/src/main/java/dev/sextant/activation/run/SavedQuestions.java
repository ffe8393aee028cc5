// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.Basis;
import dev.sextant.activation.DataFlow;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.SourceVersions;
import dev.sextant.model.Dataset;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryPlanner;
import dev.sextant.query.QueryResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Asks saved queries for runs, with the role {@code activation}. */
public final class SavedQuestions {
  private static final Caller OURSELVES = new Caller("sextant", List.of("activation"));
  /** SQL whose answer changes by itself; found in names, too: then a run that could have been skipped is not. */
  private static final Pattern CHANGES_BY_ITSELF = Pattern.compile(
      "\\b(now|today|current_\\w+|localtime\\w*|\\w+_timestamp|random|rand|uuid\\w*|gen_random_uuid|nextval|getdate|sysdate)\\b",
      Pattern.CASE_INSENSITIVE);

  private final Supplier<SemanticModel> model;
  private final QueryPlanner<MetricQuery> planner;
  private final SourceVersions versions;

  public SavedQuestions(Supplier<SemanticModel> model, QueryPlanner<MetricQuery> planner, SourceVersions versions) {
    this.model = model;
    this.planner = planner;
    this.versions = versions;
  }

  /** Writes the SQL of a saved query. */
  public PlannedQuery plan(SavedQuery saved) {
    return plan(saved, MetricQuery.Item::of);
  }

  private PlannedQuery plan(SavedQuery saved, Function<String, MetricQuery.Item> item) {
    return planner.plan(new MetricQuery(saved.metrics().stream().map(MetricQuery.Item::of).toList(),
        saved.groupBy().stream().map(item).toList(), saved.where().stream().map(ExprPrinter::print).toList(), List.of(),
        saved.orderBy(), saved.limit(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        MetricQuery.Mode.DISTINCT, MetricQuery.Extras.NONE, MetricQuery.Options.EXACT), OURSELVES);
  }

  /** Asks a saved query, with its items under the names that it gives them; it is cancelled when the run is. */
  public QueryResult ask(SavedQuery saved, RunContext context) {
    return plan(saved, name -> new MetricQuery.Item(name, Optional.of(name))).run(control(context));
  }

  /** The handle of a query of a run, which stops with it. */
  public static QueryControl control(RunContext context) {
    QueryControl control = QueryControl.unlimited("run-" + context.runId());
    context.onStop(() -> control.stop(QueryIssue.CANCELLED));
    return control;
  }

  /** What the rows of a saved query depend on, together with {@code definition}; nothing where a source cannot tell its version. */
  public Optional<Basis> basis(SavedQuery saved, String definition) {
    PlannedQuery planned = plan(saved);
    List<String> statements = planned.statements().stream().map(QueryFacts.Statement::sql).toList();
    if (statements.stream().anyMatch(sql -> CHANGES_BY_ITSELF.matcher(sql).find())) {
      return Optional.empty();
    }
    Map<String, String> sources = new LinkedHashMap<>();
    for (String dataset : planned.datasets()) {
      Optional<String> version = versions.version(dataset);
      if (version.isEmpty()) {
        return Optional.empty();
      }
      sources.put(dataset, version.get());
    }
    return Optional.of(new Basis(Hashes.sha256(definition + "\n" + String.join("\n", statements)), sources));
  }

  /** The tables that a saved query reads. */
  public List<DataFlow.Place> inputs(SavedQuery saved) {
    return plan(saved).datasets()
        .stream()
        .flatMap(name -> model.get().dataset(name).stream())
        .map((Dataset dataset) -> new DataFlow.Place(Namespaces.of(model.get().project(), dataset.warehouse()), Namespaces.name(dataset)))
        .distinct()
        .toList();
  }
}
