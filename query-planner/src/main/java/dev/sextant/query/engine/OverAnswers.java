// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.KeptRows;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.TableColumns;
import dev.sextant.query.engine.answer.StreamedResult;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.rollup.AnswerTable;
import dev.sextant.query.rollup.OfferedAnswers;
import dev.sextant.query.rollup.RollupRouter;
import dev.sextant.query.warehouse.duckdb.MeetingPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans a question over the answers to others, which are the tables of rollups to it, and runs it in memory. */
final class OverAnswers {
  private final PlannedMetrics question;
  private final List<KeptRows> kept = new ArrayList<>();
  private final List<AnswerTable> tables = new ArrayList<>();
  private final List<OfferedAnswers.Offer> offers = new ArrayList<>();
  private final Stages stages = new Stages();

  private OverAnswers(PlannedMetrics question) {
    this.question = question;
  }

  /** Only answers to callers with the same rights count, which see the very same model. */
  static Optional<PlannedQuery> plan(PlannedMetrics question, List<? extends KeptRows> kept) {
    OverAnswers over = new OverAnswers(question);
    for (KeptRows rows : kept) {
      if (rows.question() instanceof PlannedMetrics other && other.bound().model() == question.bound().model()) {
        other.answer().ifPresent(table -> over.offer(rows, table));
      }
    }
    return over.plan();
  }

  private void offer(KeptRows rows, AnswerTable table) {
    kept.add(rows);
    tables.add(table);
    offers.add(new OfferedAnswers.Offer(table, rows.rows()));
  }

  private Optional<PlannedQuery> plan() {
    BoundQuery asked = PlannedMetrics.unrestricted(question.bound());
    return plan(asked, OfferedAnswers.of(offers))
        .or(() -> asked.range().isEmpty() ? Optional.empty() : plan(withoutRange(asked), OfferedAnswers.ofRange(asked, offers)));
  }

  private static BoundQuery withoutRange(BoundQuery query) {
    return new BoundQuery(query.model(), query.metrics(), query.items(), query.where(), query.having(), query.order(), query.limit(),
        query.offset(), Optional.empty(), query.zone(), query.mode(), query.extras());
  }

  private Optional<PlannedQuery> plan(BoundQuery asked, OfferedAnswers offered) {
    if (offered.isEmpty()) {
      return Optional.empty();
    }
    RollupRouter router = offered.router(asked.model(), place -> kept.get(place).hold());
    PlanNode plan = stages.time("plan", () -> new Planner(router).plan(asked));
    if (!PlanSplit.warehouses(plan).equals(List.of(OfferedAnswers.PLACE))) {
      return Optional.empty();
    }
    Map<String, Integer> places = new LinkedHashMap<>();
    router.decisions().forEach(decision -> decision.used().ifPresent(name -> places.put(name, OfferedAnswers.place(name))));
    QueryCompiler compiler = new QueryCompiler(any -> CrossWarehouse.DIALECT,
        (warehouse, source) -> columns(OfferedAnswers.place(source.toString())));
    Compiled compiled = compiler.alone(asked, plan, OfferedAnswers.PLACE, stages);
    boolean same = question.schema().filter(compiled.schema()::equals).isPresent();
    return same ? Optional.of(planned(compiled, places)) : Optional.empty();
  }

  private TableColumns columns(int place) {
    List<String> names = tables.get(place).columns();
    List<ResultSchema.Column> columns = kept.get(place).question().schema().orElseThrow().columns();
    List<TableColumns.Column> typed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      typed.add(new TableColumns.Column(names.get(i), columns.get(i).type()));
    }
    return new TableColumns(typed);
  }

  private Planned planned(Compiled compiled, Map<String, Integer> places) {
    String sql = compiled.execution() instanceof Compiled.Execution.Alone alone ? alone.sql() : "";
    return new Planned(question.statements(), question.schema(), question.datasets(), question::isCurrent,
        control -> run(compiled.schema(), sql, places, control));
  }

  private QueryResult run(ResultSchema schema, String sql, Map<String, Integer> places, QueryControl control) {
    Stages running = stages.copy();
    ArrowBatches batches = running.time("execute", () -> execute(sql, places, control));
    return new StreamedResult(schema, new QueryFacts(control.queryId(), question.statements(), running.micros(), new LinkedHashMap<>()),
        batches);
  }

  private ArrowBatches execute(String sql, Map<String, Integer> places, QueryControl control) {
    MeetingPlace place = MeetingPlace.open();
    try {
      places.forEach((name, index) -> {
        try (ArrowBatches rows = kept.get(index).read()) {
          load(rows, name, tables.get(index).columns(), place, control);
        }
      });
      return place.runLast(sql, control);
    } catch (RuntimeException | Error failure) {
      place.close();
      throw failure;
    }
  }

  private static void load(ArrowBatches rows, String table, List<String> columns, MeetingPlace place, QueryControl control) {
    boolean more = rows.loadNext();
    place.create(table, columns, rows.root());
    while (more) {
      control.check();
      more = rows.loadNext();
      if (more) {
        place.add(table, rows.root());
      }
    }
  }
}
