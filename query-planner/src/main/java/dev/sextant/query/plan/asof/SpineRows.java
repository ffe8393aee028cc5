// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Dataset;
import dev.sextant.model.Documentation;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.FeatureQuery.Spine;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.FactRows;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Times;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a spine: its key columns, the instant, and what is carried along under {@link #carried} names. */
final class SpineRows {
  private final SemanticModel model;
  private final Planning planning;
  private final FeatureQuery query;
  private final List<String> keys;

  SpineRows(Planning planning, FeatureQuery query, List<String> keys) {
    this.model = planning.model();
    this.planning = planning;
    this.query = query;
    this.keys = keys;
  }

  static String carried(String column) {
    return "carried#" + column;
  }

  /** The columns carried along. */
  List<String> carried() {
    return query.spine() instanceof Spine.Rows rows ? rows.carried() : List.of();
  }

  /** Whether every key and instant is there once. */
  boolean isDistinct() {
    return query.spine() instanceof Spine.EveryKey;
  }

  /** {@code events} are the rows that features are computed from, which name keys, too. */
  PlanNode plan(List<EventRows> events) {
    return switch (query.spine()) {
      case Spine.Rows rows -> stored(rows);
      case Spine.EveryKey every -> everyKey(every.at(), events);
      case Spine.Given given -> given(given.keys());
    };
  }

  private PlanNode stored(Spine.Rows rows) {
    if (rows.keys().size() != keys.size()) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "the spine names " + rows.keys().size() + " key columns, but the key of "
          + String.join(", ", query.entities()) + " has " + keys.size() + ".");
    }
    List<PlanNode.Named> columns = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      columns.add(new PlanNode.Named(keys.get(i), Expr.column(rows.keys().get(i))));
    }
    columns.add(new PlanNode.Named(Columns.AT, Columns.time(Expr.column(rows.at()), model)));
    rows.carried().forEach(name -> columns.add(new PlanNode.Named(carried(name), Expr.column(name))));
    return new PlanNode.Scan(dataset("the spine", rows.source(), rows.warehouse(), List.of()), columns);
  }

  /** A table with a name for messages, which the model does not have. */
  static Dataset dataset(String name, dev.sextant.model.Source source, String warehouse, List<Entity> entities) {
    return new Dataset(name, source, warehouse, Optional.empty(), Optional.empty(), entities, List.of(), List.of(), Optional.empty(),
        Documentation.NONE, Position.NOWHERE);
  }

  private PlanNode everyKey(Instant at, List<EventRows> events) {
    List<PlanNode> sources = new ArrayList<>();
    if (query.entities().size() == 1) {
      model.joins()
          .holders(query.entities().getFirst())
          .stream()
          .filter(dataset -> dataset.entities().stream().anyMatch(this::identifies))
          .forEach(dataset -> sources.add(ownKeys(dataset)));
    }
    events.forEach(rows -> sources.add(new PlanNode.Compute(rows.plan(), renamed(rows.keys()))));
    if (sources.isEmpty()) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "no dataset has every key of " + String.join(", ", query.entities())
          + ": the view has no metric, and several entities have no dataset of their own.");
    }
    PlanNode all = sources.size() == 1 ? sources.getFirst() : new PlanNode.Union(sources);
    PlanNode whole = new PlanNode.Filter(all,
        Expr.and(keys.stream().map(key -> Expr.call("is not null", Expr.column(key))).toList()));
    List<PlanNode.Named> outputs = new ArrayList<>(Columns.same(keys));
    outputs.add(new PlanNode.Named(Columns.AT, literal(at)));
    return new PlanNode.Compute(new PlanNode.Aggregate(whole, Columns.same(keys), List.of()), outputs);
  }

  private boolean identifies(Entity entity) {
    return entity.target().equals(query.entities().getFirst()) && entity.of().isEmpty() && entity.type().identifiesRow();
  }

  private PlanNode ownKeys(Dataset dataset) {
    FactRows rows = new FactRows(planning, dataset, Optional.empty());
    List<Expr> found = rows.keyColumns(new ItemName(List.of(), query.entities().getFirst(), Optional.empty(), Optional.empty()));
    List<PlanNode.Named> outputs = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      outputs.add(new PlanNode.Named(keys.get(i), found.get(i)));
    }
    return new PlanNode.Compute(rows.build(), outputs);
  }

  private List<PlanNode.Named> renamed(List<String> columns) {
    List<PlanNode.Named> outputs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      outputs.add(new PlanNode.Named(keys.get(i), Expr.column(columns.get(i))));
    }
    return outputs;
  }

  private Expr literal(Instant at) {
    return Times.literal(LocalDateTime.ofInstant(at, model.calendar().zone()));
  }

  private PlanNode given(List<FeatureQuery.Key> given) {
    if (given.isEmpty()) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "no keys are given. Name at least one.");
    }
    List<PlanNode> rows = new ArrayList<>();
    for (FeatureQuery.Key key : given) {
      if (key.values().size() != keys.size()) {
        throw Problem.of(QueryIssue.INVALID_REQUEST, "a key has " + key.values().size() + " values, but the key of "
            + String.join(", ", query.entities()) + " has " + keys.size() + ".");
      }
      List<PlanNode.Named> columns = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        columns.add(new PlanNode.Named(keys.get(i), key.values().get(i)));
      }
      columns.add(new PlanNode.Named(Columns.AT, literal(key.at())));
      rows.add(new PlanNode.Compute(new PlanNode.OneRow(), columns));
    }
    return rows.size() == 1 ? rows.getFirst() : new PlanNode.Union(rows);
  }
}
