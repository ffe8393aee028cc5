// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.export;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Basis;
import dev.sextant.activation.DataFlow;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.run.Namespaces;
import dev.sextant.activation.run.SavedQuestions;
import dev.sextant.model.Project;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SavedQuery.Export;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A saved query as a table or view of the warehouse it reads: one statement that changes everything or nothing. */
final class RelationExport implements Activity {
  private final String name;
  private final SavedQuery query;
  private final Export export;
  private final Surroundings with;

  /** The project, its saved queries and its warehouses by name. */
  record Surroundings(Project project, SavedQuestions questions, Function<String, Warehouse> warehouses) {}

  RelationExport(String name, SavedQuery query, Export export, Surroundings with) {
    this.name = name;
    this.query = query;
    this.export = export;
    this.with = with;
  }

  @Override
  public Run.Target target() {
    return new Run.Target(RunKind.EXPORT, name);
  }

  @Override
  public Optional<Basis> basis() {
    return with.questions().basis(query, export.kind() + " " + Swap.of(export));
  }

  @Override
  public DataFlow flow() {
    String warehouse = statement().warehouse();
    String relation = export.schema().isEmpty() ? export.alias() : export.schema() + "." + export.alias();
    return new DataFlow(with.questions().inputs(query),
        List.of(new DataFlow.Place(Namespaces.of(with.project(), warehouse), relation)));
  }

  private QueryFacts.Statement statement() {
    PlannedQuery planned = with.questions().plan(query);
    if (planned.statements().size() != 1) {
      throw ActivationIssue.DESTINATION_CONFIG.because("Export '" + name + "' reads several warehouses, so no one warehouse can make a "
          + (export.kind() == SavedQuery.ExportKind.VIEW ? "view" : "table") + " of it. Export it as parquet or csv.");
    }
    return planned.statements().getFirst();
  }

  @Override
  public Outcome perform(RunContext context) {
    QueryFacts.Statement statement = statement();
    Warehouse warehouse = with.warehouses().apply(statement.warehouse());
    Swap swap = Swap.of(export);
    context.check();
    run(warehouse, swap.schemaStatement(), context);
    run(warehouse, swap.statement(warehouse.dialect(), statement.sql()), context);
    return new Outcome(RunState.SUCCEEDED, RunReport.of(Map.of("rows", rows(warehouse, swap, context))));
  }

  private static void run(Warehouse warehouse, String sql, RunContext context) {
    if (!sql.isEmpty()) {
      try (ArrowBatches batches = warehouse.run(sql, SavedQuestions.control(context))) {
        boolean more = batches.loadNext();
        while (more) {
          more = batches.loadNext();
        }
      }
    }
  }

  private static long rows(Warehouse warehouse, Swap swap, RunContext context) {
    try (ArrowBatches count = warehouse.run("select count(*) as n from " + swap.relation(), SavedQuestions.control(context))) {
      return count.loadNext() ? ((Number) count.root().getVector(0).getObject(0)).longValue() : 0;
    }
  }
}
