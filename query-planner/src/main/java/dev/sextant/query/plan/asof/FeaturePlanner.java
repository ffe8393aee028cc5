// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Dataset;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.FeatureView;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.branch.Value;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.node.Pruning;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans feature queries: the distinct keys and instants of the spine, for each dataset its metrics beside them, and the results met with the spine's
 * rows, each of which stays exactly once.
 */
public final class FeaturePlanner {
  private final FeatureQuery query;
  private final Planning planning;
  private final FeatureValues values;
  private final Map<String, Integer> parts = new LinkedHashMap<>();
  private final List<String> keys;

  private final Shapes shapes;

  /** {@code model} is the one the caller sees; {@code volumes} tell how much there is of what. */
  public FeaturePlanner(SemanticModel model, FeatureQuery query, FeatureShape shape, Volumes volumes) {
    this.query = query;
    this.planning = new Planning(model, new MemberFinder(model), model.calendar().zone(), Optional.empty(), Optional.empty(),
        new LinkedHashMap<>(), Optional.empty());
    this.values = new FeatureValues(model);
    query.entities().forEach(entity -> parts.put(entity, keyParts(model, entity)));
    this.keys = Columns.keys(parts.values().stream().mapToInt(Integer::intValue).sum());
    this.shapes = new Shapes(shape, volumes, keys);
  }

  private static int keyParts(SemanticModel model, String entity) {
    return model.joins()
        .holders(entity)
        .stream()
        .flatMap(dataset -> dataset.entities().stream())
        .filter(held -> held.target().equals(entity))
        .map(Entity::keys)
        .mapToInt(List::size)
        .findFirst()
        .orElseThrow(() -> Problem.of(QueryIssue.UNKNOWN_GROUP_BY, "entity '" + entity + "' is not defined."));
  }

  /** A feature asked for, in its view. */
  private record Wanted(FeatureView view, Feature feature, String column) {}

  /** The plan; its columns are those of the answer. */
  public PlanNode plan() {
    List<Wanted> wanted = wanted();
    Map<FeatureView, Map<String, Expr>> exprs = new LinkedHashMap<>();
    Map<String, Feature.OfDimension> dimensions = new LinkedHashMap<>();
    for (FeatureQuery.Asked asked : query.views()) {
      Map<String, Expr> own = new LinkedHashMap<>();
      asked.view()
          .features()
          .stream()
          .filter(feature -> isNeeded(asked, feature))
          .forEach(feature -> own.put(feature.name(), switch (feature) {
            case Feature.OfMetric metric -> values.value(metric);
            case Feature.OfDimension dimension -> {
              String column = "dimension#" + dimensions.size();
              dimensions.put(column, dimension);
              yield Expr.column(column);
            }
            case Feature.OfExpr expr -> Value.replaceColumns(expr.expr(), own);
          }));
      exprs.put(asked.view(), own);
    }
    return Pruning.prune(answer(wanted, exprs, dimensions));
  }

  private static boolean isNeeded(FeatureQuery.Asked asked, Feature feature) {
    return asked.features().isEmpty() || needed(asked).contains(feature.name());
  }

  /** The names of the asked features and of those they are computed from. */
  private static Set<String> needed(FeatureQuery.Asked asked) {
    Set<String> names = new LinkedHashSet<>(asked.features());
    for (Feature feature : asked.view().features().reversed()) {
      if (feature instanceof Feature.OfExpr expr && names.contains(feature.name())) {
        expr.expr().visit(node -> {
          if (node instanceof Expr.Column column) {
            names.add(column.name());
          }
        });
      }
    }
    return names;
  }

  private List<Wanted> wanted() {
    List<Wanted> all = new ArrayList<>();
    for (FeatureQuery.Asked asked : query.views()) {
      List<String> names = asked.view().features().stream().map(Feature::name).toList();
      List<String> chosen = asked.features().isEmpty() ? names : asked.features();
      for (String name : chosen) {
        int place = names.indexOf(name);
        if (place < 0) {
          List<String> near = NearestNames.to(name, names);
          throw Problem.of(QueryIssue.UNKNOWN_COLUMN,
              "feature view '" + asked.view().name() + "' has no feature '" + name + "'." + NearestNames.question(near), near);
        }
        boolean shared = query.views().stream().filter(other -> has(other, name)).count() > 1;
        all.add(new Wanted(asked.view(), asked.view().features().get(place), shared ? asked.view().name() + "__" + name : name));
      }
    }
    return all;
  }

  private static boolean has(FeatureQuery.Asked asked, String name) {
    return asked.features().isEmpty() ? asked.view().features().stream().anyMatch(feature -> feature.name().equals(name))
        : asked.features().contains(name);
  }

  private PlanNode answer(List<Wanted> wanted, Map<FeatureView, Map<String, Expr>> exprs, Map<String, Feature.OfDimension> dimensions) {
    Map<WindowedLeaf.Group, Map<WindowedLeaf, String>> groups = new LinkedHashMap<>();
    values.leaves().forEach((leaf, name) -> groups.computeIfAbsent(leaf.group(), any -> new LinkedHashMap<>()).put(leaf, name));
    Map<WindowedLeaf.Group, EventRows> events = new LinkedHashMap<>();
    groups.forEach((group, leaves) -> events.put(group, new EventRows(planning, group, leaves, query.entities(), new Planner())));
    SpineRows spineRows = new SpineRows(planning, query, keys);
    PlanNode spine = new PlanNode.Shared("spine", spineRows.plan(List.copyOf(events.values())));
    List<String> identity = new ArrayList<>(keys);
    identity.add(Columns.AT);
    PlanNode instants = spineRows.isDistinct() ? spine
        : new PlanNode.Shared("instants", new PlanNode.Aggregate(spine, Columns.same(identity), List.of()));
    PlanNode met = spine;
    Map<WindowedLeaf.Group, String> newest = new LinkedHashMap<>();
    Map<String, Expr> columns = new LinkedHashMap<>();
    int joined = 0;
    for (Map.Entry<WindowedLeaf.Group, EventRows> branch : events.entrySet()) {
      Map<WindowedLeaf, String> leaves = groups.getOrDefault(branch.getKey(), Collections.emptyMap());
      for (Shapes.Shaped shaped : shapes.of(branch.getValue(), leaves, instants, query.spine())) {
        String prefix = "metrics" + joined++ + "#";
        met = Columns.joined(met, shaped.rows(), prefix, identity);
        shaped.leaves().forEach(name -> columns.put(name, Expr.column(prefix + name)));
        newest.putIfAbsent(branch.getKey(), prefix + shaped.newest());
      }
    }
    if (!dimensions.isEmpty()) {
      DimensionsAsOf asOf = new DimensionsAsOf(planning, instants, query.entities(), parts, keys, warehouse());
      dimensions.forEach((column, feature) -> asOf.add(feature, column));
      met = Columns.joined(met, asOf.plan(), "dimensions#", identity);
    }
    return new PlanNode.Compute(met, outputs(wanted, exprs, spineRows, columns, newest));
  }

  private String warehouse() {
    if (query.spine() instanceof FeatureQuery.Spine.Rows rows) {
      return rows.warehouse();
    }
    return planning.model()
        .joins()
        .holders(query.entities().getFirst())
        .stream()
        .map(Dataset::warehouse)
        .findFirst()
        .orElse(planning.model().project().defaultWarehouse());
  }

  private List<PlanNode.Named> outputs(List<Wanted> wanted, Map<FeatureView, Map<String, Expr>> exprs, SpineRows spine,
      Map<String, Expr> columns, Map<WindowedLeaf.Group, String> newest) {
    List<PlanNode.Named> outputs = new ArrayList<>();
    int key = 0;
    for (String entity : query.entities()) {
      for (String name : FeatureQuery.keyColumns(entity, parts.getOrDefault(entity, 1))) {
        outputs.add(new PlanNode.Named(name, Expr.column(keys.get(key))));
        key++;
      }
    }
    outputs.add(new PlanNode.Named(FeatureQuery.AT, Expr.column(Columns.AT)));
    spine.carried().forEach(name -> outputs.add(new PlanNode.Named(name, Expr.column(SpineRows.carried(name)))));
    for (Wanted one : wanted) {
      Expr value = exprs.getOrDefault(one.view(), Collections.emptyMap()).getOrDefault(one.feature().name(), Expr.number(0));
      outputs.add(new PlanNode.Named(one.column(), resolved(value, columns)));
    }
    query.views().forEach(asked -> outputs.add(new PlanNode.Named(query.eventTime(asked.view()), newest(asked, newest))));
    List<String> names = outputs.stream().map(PlanNode.Named::name).toList();
    names.stream().filter(name -> names.indexOf(name) != names.lastIndexOf(name)).findFirst().ifPresent(name -> {
      throw Problem.of(QueryIssue.DUPLICATE_NAME,
          "'" + name + "' would be the name of two columns. Rename the feature or the column that is carried along.");
    });
    return outputs;
  }

  private static Expr resolved(Expr value, Map<String, Expr> columns) {
    return value.rewrite(node -> {
      if (!(node instanceof Expr.Column column)) {
        return node;
      }
      return column.name().startsWith("dimension#") ? Expr.column("dimensions#" + column.name())
          : columns.getOrDefault(column.name(), column);
    });
  }

  /** The newest event time among the datasets that a view's metrics read. */
  private Expr newest(FeatureQuery.Asked asked, Map<WindowedLeaf.Group, String> newest) {
    FeatureValues own = new FeatureValues(planning.model());
    for (Feature feature : asked.view().features()) {
      if (feature instanceof Feature.OfMetric metric && isNeeded(asked, feature)) {
        var unused = own.value(metric);
      }
    }
    List<Expr> times = own.leaves()
        .keySet()
        .stream()
        .map(WindowedLeaf::group)
        .distinct()
        .<Expr>map(group -> Expr.column(newest.getOrDefault(group, "")))
        .toList();
    if (times.isEmpty()) {
      return new Expr.Cast(new Expr.Literal(dev.sextant.model.DataType.NULL, ""), dev.sextant.model.DataType.TIMESTAMP);
    }
    return times.size() == 1 ? times.getFirst() : new Expr.Call("greatest", times, dev.sextant.model.Span.NONE);
  }
}
