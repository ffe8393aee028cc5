// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Dataset;
import dev.sextant.model.Definitions;
import dev.sextant.model.Dimension;
import dev.sextant.model.Documentation;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.JoinPath;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Source;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.DatasetRows;
import dev.sextant.query.plan.rows.FactRows;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dimensions of entities as of instants. To find them, keys and instants stand in the model as a dataset of their own, whose foreign keys are the
 * entities and whose time is the instant: so a slowly changing row is met while it is valid. Each key and instant keeps one row: of several, the
 * one that was known, the latest by its own time, then by its created time.
 */
final class DimensionsAsOf {
  private static final String SPINE = "keys and instants";
  private static final String CHOSEN = "chosen#";
  private static final String IS_KNOWN = "is_known#";

  private final Planning planning;
  private final Dataset spine;
  private final FactRows rows;
  private final PlanNode instants;
  private final List<String> keys;
  private final Map<String, Expr> values = new LinkedHashMap<>();

  DimensionsAsOf(Planning shared, PlanNode instants, List<String> entities, Map<String, Integer> parts, List<String> keys,
      String warehouse) {
    this.instants = instants;
    this.keys = keys;
    this.spine = spine(entities, parts, warehouse);
    SemanticModel model = with(shared.model(), spine);
    this.planning = new Planning(model, new MemberFinder(model), shared.zone(), Optional.empty(), Optional.empty(), new LinkedHashMap<>(),
        Optional.empty());
    this.rows = new FactRows(planning, spine, spine.timeDimension(Columns.AT), this::read);
  }

  private static Dataset spine(List<String> entities, Map<String, Integer> parts, String warehouse) {
    List<Entity> held = new ArrayList<>();
    int next = 0;
    for (String entity : entities) {
      List<Expr> columns = new ArrayList<>();
      for (int i = 0; i < parts.getOrDefault(entity, 1); i++) {
        columns.add(Expr.column(Columns.keys(next + 1).getLast()));
        next++;
      }
      held.add(new Entity(entity, Entity.Type.FOREIGN, columns, Optional.empty(), Documentation.NONE, Position.NOWHERE));
    }
    Dimension.Time at = new Dimension.Time(Columns.AT, Expr.column(Columns.AT), TimeGrain.MICROSECOND, false, Optional.empty(),
        Documentation.NONE, Position.NOWHERE);
    return new Dataset(SPINE, new Source.Query(SPINE), warehouse, Optional.empty(), Optional.of(Columns.AT), held, List.of(at), List.of(),
        Optional.empty(), Documentation.NONE, Position.NOWHERE);
  }

  private static SemanticModel with(SemanticModel model, Dataset spine) {
    Definitions all = model.definitions();
    List<Dataset> datasets = new ArrayList<>(all.datasets());
    datasets.add(spine);
    Definitions extended = new Definitions(datasets, all.metrics(), all.timeSpines(), all.savedQueries(), all.views(), all.rollups(),
        all.featureViews(), all.featureServices(), all.trainingSets(), all.syncs(), all.accessPolicies());
    return new SemanticModel(model.project(), extended).seenWith(model.rights());
  }

  private PlanNode read(Planning shared, Dataset dataset, List<PlanNode.Named> columns) {
    DatasetRows known = new KnownRows();
    return dataset.name().equals(SPINE) ? new PlanNode.Compute(instants, columns) : known.of(shared, dataset, columns);
  }

  /** Adds a feature as a column. */
  void add(Feature.OfDimension feature, String column) {
    ItemName item = ItemName.parse(feature.dimension(), planning.model());
    if (item.isMetricTime()) {
      throw Problem.of(QueryIssue.UNKNOWN_GROUP_BY, "feature '" + feature.name() + "': metric_time is no dimension of an entity.");
    }
    var unused = MemberFinder.asSeen(planning.model()).find(spine, item);
    Expr value = rows.slot(item).expr(planning);
    if (rows.fansOut()) {
      throw Problem.of(QueryIssue.NO_PATH, "feature '" + feature.name() + "': there may be many '" + item.base()
          + "' for one key. Use a metric, or a dimension each key has one of.");
    }
    values.put(column, value);
  }

  /** A row for each key and instant: the dimensions' values. */
  PlanNode plan() {
    Known known = new Known(rows, spine, planning.model());
    List<PlanNode.Named> columns = new ArrayList<>(Columns.same(keys));
    List<Expr> spineKeys = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      spineKeys.add(rows.baseColumn(keys.get(i), Expr.column(keys.get(i))));
      columns.set(i, new PlanNode.Named(keys.get(i), spineKeys.get(i)));
    }
    columns.add(new PlanNode.Named(Columns.AT, rows.metricTime().column()));
    columns.addAll(known.columns());
    values.forEach((name, value) -> columns.add(new PlanNode.Named(name, value)));
    List<PlanNode.SortKey> order = order(columns);
    PlanNode found = new PlanNode.Compute(rows.build(), columns);
    Expr isKnown = known.always() ? new Expr.Literal(dev.sextant.model.DataType.BOOLEAN, "true") : Expr.and(known.conditions());
    List<PlanNode.Named> judged = new ArrayList<>(Columns.same(found.columns()));
    judged.add(new PlanNode.Named(IS_KNOWN, new Expr.Case(List.of(new Expr.When(isKnown, Expr.number(1))), Optional.of(Expr.number(0)))));
    List<Expr> partition = new ArrayList<>(keys.stream().<Expr>map(Expr::column).toList());
    partition.add(Expr.column(Columns.AT));
    PlanNode numbered = new PlanNode.Window(new PlanNode.Compute(found, judged),
        List.of(new PlanNode.Windowed(CHOSEN, PlanNode.WindowFunction.ROW_NUMBER, Expr.number(1), partition, order,
            new PlanNode.Frame.UpTo())));
    PlanNode one = new PlanNode.Filter(numbered, Expr.call("=", Expr.column(CHOSEN), Expr.number(1)));
    List<PlanNode.Named> outputs = new ArrayList<>(Columns.same(keys));
    outputs.add(Columns.same(Columns.AT));
    values.keySet()
        .forEach(name -> outputs.add(new PlanNode.Named(name, known.always() ? Expr.column(name)
            : new Expr.Case(List.of(new Expr.When(Expr.call("=", Expr.column(IS_KNOWN), Expr.number(1)), Expr.column(name))),
                Optional.empty()))));
    return new PlanNode.Compute(one, outputs);
  }

  /** Known rows first, then the latest of each joined dataset, then by the values, so that the choice never depends on chance. */
  private List<PlanNode.SortKey> order(List<PlanNode.Named> columns) {
    List<PlanNode.SortKey> order = new ArrayList<>(List.of(new PlanNode.SortKey(Expr.column(IS_KNOWN), true)));
    for (JoinPath path : rows.paths()) {
      if (path.length() > 0) {
        Dataset dataset = path.steps().getLast().to();
        dataset.validity(Dimension.Validity.START)
            .or(() -> dataset.defaultTimeDimension().flatMap(dataset::timeDimension))
            .ifPresent(time -> order.add(latest(columns, rows.columnOf(path, path.name() + "__" + time.name() + "#", time.expr()))));
        KnownRows.created(dataset)
            .ifPresent(created -> order.add(latest(columns, rows.columnOf(path, path.name() + "__created#", created))));
      }
    }
    values.keySet().forEach(name -> order.add(new PlanNode.SortKey(Expr.column(name), false)));
    return order;
  }

  private static PlanNode.SortKey latest(List<PlanNode.Named> columns, Expr time) {
    String name = "latest#" + columns.size();
    columns.add(new PlanNode.Named(name, time));
    return new PlanNode.SortKey(Expr.column(name), true);
  }
}
