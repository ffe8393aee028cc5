// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.DatasetRows;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Datasets with the time until which each of their rows was the newest version of its row key: the next version's created time, NULL for the last
 * one. Of versions created at the same time the one with the later event time is the newer.
 */
final class KnownRows implements DatasetRows {
  private static final String SUPERSEDED = "superseded#";
  private static final String VERSION = "version#";

  /** Stands for the time until which a row was the newest version, among the columns asked of a dataset. */
  static final Expr UNTIL = Expr.call(SUPERSEDED);

  /** The column of a dataset's table that says when a row became known. */
  static Optional<Expr> created(Dataset dataset) {
    return dataset.createdTime()
        .map(name -> dataset.dimension(name).map(Dimension::expr).orElseGet(() -> Expr.column(name)));
  }

  /** What tells a dataset's rows apart: the key of its primary entity, or else of a unique one. */
  static List<Expr> rowKey(Dataset dataset) {
    return dataset.entities()
        .stream()
        .filter(entity -> entity.type() == Entity.Type.PRIMARY)
        .findFirst()
        .or(() -> dataset.entities().stream().filter(entity -> entity.type() == Entity.Type.UNIQUE).findFirst())
        .map(Entity::keys)
        .orElse(List.of());
  }

  @Override
  public PlanNode of(Planning planning, Dataset dataset, List<PlanNode.Named> columns) {
    Optional<PlanNode.Named> until = columns.stream().filter(column -> column.expr().equals(UNTIL)).findFirst();
    return until.map(column -> versioned(planning, dataset, columns, column.name()))
        .orElseGet(() -> DatasetRows.POLICED.of(planning, dataset, columns));
  }

  private static PlanNode versioned(Planning planning, Dataset dataset, List<PlanNode.Named> columns, String until) {
    List<PlanNode.Named> stored = new ArrayList<>(columns.stream().filter(column -> !column.expr().equals(UNTIL)).toList());
    List<String> plain = stored.stream().map(PlanNode.Named::name).toList();
    String created = add(stored, "created", created(dataset).orElseThrow());
    List<Expr> partition = new ArrayList<>();
    rowKey(dataset).forEach(key -> partition.add(Expr.column(add(stored, "key" + partition.size(), key))));
    List<PlanNode.SortKey> order = new ArrayList<>(List.of(new PlanNode.SortKey(Expr.column(created), false)));
    dataset.defaultTimeDimension()
        .flatMap(dataset::timeDimension)
        .ifPresent(time -> order.add(new PlanNode.SortKey(Expr.column(add(stored, "time", time.expr())), false)));
    plain.forEach(name -> order.add(new PlanNode.SortKey(Expr.column(name), false)));
    PlanNode known = new PlanNode.Filter(DatasetRows.POLICED.of(planning, dataset, stored),
        Expr.call("is not null", Expr.column(created)));
    PlanNode rows = new PlanNode.Window(known, List.of(new PlanNode.Windowed(until, PlanNode.WindowFunction.LEAD, Expr.column(created),
        partition, order, new PlanNode.Frame.Whole())));
    return new PlanNode.Compute(rows, Columns.same(columns.stream().map(PlanNode.Named::name).toList()));
  }

  private static String add(List<PlanNode.Named> columns, String name, Expr expr) {
    columns.add(new PlanNode.Named(VERSION + name, expr));
    return VERSION + name;
  }
}
