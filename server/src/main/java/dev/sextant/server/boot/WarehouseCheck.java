// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableColumns;
import dev.sextant.query.Warehouse;
import dev.sextant.query.warehouse.Warehouses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Holds a model against its warehouses: are the tables there, and the columns that expressions name? */
public final class WarehouseCheck {
  private final Function<String, Warehouse> warehouses;
  private final List<Issue> issues = new ArrayList<>();
  private final Set<String> silent = new HashSet<>();

  private WarehouseCheck(Function<String, Warehouse> warehouses) {
    this.warehouses = warehouses;
  }

  /** Returns what does not fit, in the order of the datasets. */
  public static List<Issue> issues(SemanticModel model, Function<String, Warehouse> warehouses) {
    WarehouseCheck check = new WarehouseCheck(warehouses);
    model.datasets().stream().filter(dataset -> !check.silent.contains(dataset.warehouse())).forEach(check::check);
    return List.copyOf(check.issues);
  }

  /** Returns what is wrong with the types of the warehouses, without opening any. */
  public static List<Issue> types(SemanticModel model) {
    return Warehouses.unknownTypes(model.project());
  }

  private void check(Dataset dataset) {
    try {
      TableColumns columns = warehouses.apply(dataset.warehouse()).describe(dataset.source());
      dataset.entities().forEach(entity -> entity.keys().forEach(key -> check(key, columns, dataset, entity.position())));
      dataset.dimensions().forEach(dimension -> check(dimension.expr(), columns, dataset, dimension.position()));
      dataset.measures().forEach(measure -> check(measure.expr(), columns, dataset, measure.position()));
    } catch (SextantException failed) {
      failed.issues().forEach(issue -> issues.add(at(issue, dataset.position())));
      if (failed.issue().code() == QueryIssue.WAREHOUSE_UNREACHABLE || !failed.issue().position().equals(Position.NOWHERE)) {
        // The warehouse itself is at fault, and would say the same of every dataset.
        silent.add(dataset.warehouse());
      }
    }
  }

  private static Issue at(Issue issue, Position position) {
    return issue.position().equals(Position.NOWHERE) ? new Issue(issue.code(), issue.message(), position, issue.suggestions()) : issue;
  }

  /** Qualified names are left to the warehouse: their first part may be a struct or the table itself. */
  private void check(Expr expr, TableColumns columns, Dataset dataset, Position position) {
    if (expr instanceof Expr.Column column && column.name().indexOf('.') < 0 && columns.column(column.name()).isEmpty()) {
      List<String> near = NearestNames.to(column.name(), columns.columns().stream().map(TableColumns.Column::name).toList());
      issues.add(new Issue(QueryIssue.WAREHOUSE_SCHEMA,
          "dataset '" + dataset.name() + "' reads " + dataset.source() + ", which has no column '" + column.name() + "'."
              + NearestNames.question(near),
          position, near));
    }
    expr.children().forEach(child -> check(child, columns, dataset, position));
  }
}
