// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.RowSource;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the measures of a branch aggregate: columns of its rows, each of which may also be carried on under a name of its own. */
public final class MeasureArguments {
  private final Planning planning;
  private final Dataset dataset;
  private final RowSource rows;
  private final Branch branch;
  private final Map<String, List<Expr>> columns = new LinkedHashMap<>();

  MeasureArguments(Planning planning, Dataset dataset, RowSource rows, Branch branch) {
    this.planning = planning;
    this.dataset = dataset;
    this.rows = rows;
    this.branch = branch;
  }

  /** Reads the arguments of all measures from the rows. */
  void readAll() {
    branch.measures().forEach((name, measure) -> {
      List<Expr> read = new ArrayList<>();
      Aggregates.arguments(measure).forEach(argument -> read.add(read(name, argument)));
      columns.put(name, read);
    });
  }

  /** What a measure aggregates: columns of its own dataset, and in braces what its rows are joined to. */
  Expr read(String name, Expr argument) {
    if (argument instanceof Expr.Literal) {
      return argument;
    }
    return isJoined(argument) ? argument.rewrite(node -> switch (node) {
      case Expr.Member member -> joined(name, member);
      case Expr.Column column -> rows.baseColumn(name + "#" + column.name(), new Expr.Column(column.name(), column.at()));
      case Expr.Literal literal -> literal;
      case Expr.Interval interval -> interval;
      case Expr.Call call -> call;
      case Expr.Case choice -> choice;
      case Expr.Cast cast -> cast;
    }) : rows.baseColumn(name, argument);
  }

  private static boolean isJoined(Expr expr) {
    return expr instanceof Expr.Member || expr.children().stream().anyMatch(MeasureArguments::isJoined);
  }

  private Expr joined(String measure, Expr.Member member) {
    if (!(FilterReader.normalize(member) instanceof Expr.Column column)) {
      throw new IllegalStateException("measure '" + measure + "' aggregates " + member);
    }
    ItemName item = ItemName.parse(column.name(), planning.model());
    if (planning.finder().find(dataset, item).path().fansOut()) {
      throw Problem.of(QueryIssue.UNSAFE_REAGGREGATION, "measure '" + measure + "' aggregates '" + column.name()
          + "', of which a row of dataset '" + dataset.name() + "' may have many. Declare the measure in the dataset that has it.");
    }
    return rows.slot(item).expr(planning);
  }

  /** The arguments over the rows, by the measures' names. */
  public Map<String, List<Expr>> columns() {
    return columns;
  }

  /** The arguments of one measure over the rows. */
  public List<Expr> of(String measure) {
    return columns.getOrDefault(measure, List.of());
  }

  /** All arguments under {@link #name names} of their own. */
  public List<PlanNode.Named> named() {
    List<PlanNode.Named> named = new ArrayList<>();
    columns.forEach((measure, parts) -> {
      for (int i = 0; i < parts.size(); i++) {
        named.add(new PlanNode.Named(name(measure, i), parts.get(i)));
      }
    });
    return named;
  }

  /** The name under which an argument is carried on. */
  public static String name(String measure, int place) {
    return place == 0 ? measure : measure + "#" + place;
  }

  /** The arguments where they are carried on under {@link #name names} of their own. */
  public Map<String, List<Expr>> carried() {
    Map<String, List<Expr>> carried = new LinkedHashMap<>();
    columns.forEach((measure, parts) -> {
      List<Expr> names = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        names.add(Expr.column(name(measure, i)));
      }
      carried.put(measure, names);
    });
    return carried;
  }

  /** The measures over rows that carry their arguments on. */
  public List<PlanNode.Aggregated> overCarried() {
    Map<String, List<Expr>> carried = carried();
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    branch.measures()
        .forEach((name, measure) -> aggregates.add(Aggregates.overRows(name, measure, carried.getOrDefault(name, List.of()))));
    return aggregates;
  }
}
