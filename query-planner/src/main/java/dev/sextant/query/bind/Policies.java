// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.Rights;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.View;
import dev.sextant.query.Caller;
import dev.sextant.query.ItemName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** From access policies and a caller to the caller's rights. Each policy that restricts the caller takes away; none gives back. */
public final class Policies {
  private static final Expr NOTHING = new Expr.Literal(DataType.NULL, "");

  private final SemanticModel model;
  private final Caller caller;

  private Policies(SemanticModel model, Caller caller) {
    this.model = model;
    this.caller = caller;
  }

  /** The model as a caller sees it. Nothing that answers callers may look at it otherwise. */
  public static SemanticModel seen(SemanticModel model, Caller caller) {
    return model.definitions().accessPolicies().isEmpty() ? model : model.seenWith(new Policies(model, caller).rights());
  }

  private Rights rights() {
    List<Rights.RowRule> rows = new ArrayList<>();
    Set<String> hidden = new LinkedHashSet<>();
    Map<String, AccessPolicy.Mask> masks = new LinkedHashMap<>();
    for (AccessPolicy policy : model.definitions().accessPolicies()) {
      if (policy.restricts(caller.roles())) {
        policy.rows().ifPresent(condition -> rows.add(new Rights.RowRule(policy.name(), own(condition), datasets(policy))));
        policy.hidden().forEach(name -> hidden.addAll(named(name)));
        policy.masks().forEach((name, mask) -> named(name).forEach(one -> masks.merge(one, mask, Policies::stricter)));
      }
    }
    return rows.isEmpty() && hidden.isEmpty() && masks.isEmpty() ? Rights.ALL : new Rights(rows, List.copyOf(hidden), masks);
  }

  /** NULL tells least, a hash most. */
  private static AccessPolicy.Mask stricter(AccessPolicy.Mask one, AccessPolicy.Mask other) {
    return one == AccessPolicy.Mask.NULL || other == AccessPolicy.Mask.HASH ? one : other;
  }

  /** A name, and the same under the entities that its last link plays the role of. */
  private List<String> named(String name) {
    ItemName item = ItemName.parse(name, model);
    if (item.links().isEmpty()) {
      return List.of(name);
    }
    Stream<String> targets = model.datasets()
        .stream()
        .flatMap(dataset -> dataset.entity(item.links().getLast()).stream())
        .map(Entity::target)
        .map(target -> target + "__" + item.element());
    return Stream.concat(Stream.of(item.base()), targets).distinct().toList();
  }

  /** The condition with the caller's attributes in place of {@code caller('..')}: a list of them after IN, else the only value or NULL. */
  private Expr own(Expr condition) {
    return FilterReader.normalize(condition).rewrite(node -> {
      if (!(node instanceof Expr.Call call)) {
        return node;
      }
      if (call.operator().equals("in")) {
        return new Expr.Call("in", call.arguments().stream().flatMap(argument -> values(argument).stream()).toList(), call.at());
      }
      return isAttribute(call) ? call
          : new Expr.Call(call.operator(), call.arguments().stream().map(argument -> one(argument)).toList(), call.at());
    });
  }

  private static boolean isAttribute(Expr expr) {
    return expr instanceof Expr.Call call && call.operator().equals("caller");
  }

  private List<Expr> values(Expr argument) {
    if (!(argument instanceof Expr.Call call && isAttribute(call))) {
      return List.of(argument);
    }
    List<Expr> values = attribute(call).stream().map(Expr::string).toList();
    return values.isEmpty() ? List.of(NOTHING) : values;
  }

  private Expr one(Expr argument) {
    if (!(argument instanceof Expr.Call call && isAttribute(call))) {
      return argument;
    }
    List<String> values = attribute(call);
    return values.size() == 1 ? Expr.string(values.getFirst()) : NOTHING;
  }

  private List<String> attribute(Expr.Call call) {
    String name = call.arguments().getFirst() instanceof Expr.Literal literal ? literal.text() : "";
    return name.equals("name") && caller.attribute(name).isEmpty() ? List.of(caller.name()) : caller.attribute(name);
  }

  /** The datasets behind the views a policy names: those of their metrics and those of their dimensions. */
  private List<String> datasets(AccessPolicy policy) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : policy.views()) {
      View view = model.view(name).orElseThrow();
      List<Metric> metrics = view.metrics().stream().flatMap(column -> model.anyMetric(column.of()).stream()).toList();
      List<Dataset> read = LeafMetrics.datasets(metrics, model);
      read.forEach(dataset -> names.add(dataset.name()));
      MemberFinder finder = new MemberFinder(model);
      view.dimensions()
          .stream()
          .map(column -> ItemName.parse(column.of(), model))
          .filter(item -> !item.isMetricTime())
          .forEach(item -> (metrics.isEmpty() ? model.datasets() : read).forEach(from -> finder.tryFind(from, item).ifPresent(member -> {
            names.add(member.dataset().name());
          })));
      if (view.allDimensions()) {
        read.forEach(from -> new ReachableItems(model).from(from).forEach(item -> names.add(item.dataset())));
      }
    }
    return List.copyOf(names);
  }
}
