// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.JoinPath;
import dev.sextant.model.JoinStep;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The datasets that are joined to a dataset's rows, each once for every path that leads to it, and the columns that are read of them. */
final class JoinedDatasets {
  private final Planning planning;
  private final Dataset base;
  private final BaseColumns baseColumns;
  private final Supplier<Optional<Expr>> rowTime;
  private final Map<String, Side> sides = new LinkedHashMap<>();
  private final Map<String, Side> copies = new LinkedHashMap<>();
  private final Map<String, Side> copyOf = new LinkedHashMap<>();
  private final Map<Side, Side> parents = new LinkedHashMap<>();
  private final List<Side> wholes = new ArrayList<>();
  private final List<JoinPath> paths = new ArrayList<>();
  private boolean fansOut;

  /** {@code rowTime} gives the time at which slowly changing rows must be valid, if there is one. */
  JoinedDatasets(Planning planning, Dataset base, BaseColumns baseColumns, Supplier<Optional<Expr>> rowTime) {
    this.planning = planning;
    this.base = base;
    this.baseColumns = baseColumns;
    this.rowTime = rowTime;
  }

  /** One joined dataset: its columns and the condition. */
  private static final class Side {
    private final Dataset dataset;
    private final Map<String, PlanNode.Named> columns = new LinkedHashMap<>();
    private final List<Expr> on = new ArrayList<>();
    private final List<Side> within = new ArrayList<>();

    private Side(Dataset dataset) {
      this.dataset = dataset;
    }

    /** Whether conditions are about columns of this side and another alone. */
    private boolean has(List<Expr> conditions, Side other) {
      boolean[] all = {true};
      conditions.forEach(condition -> condition.visit(node -> {
        if (node instanceof Expr.Column column) {
          all[0] &= columns.containsKey(column.name()) || other.columns.containsKey(column.name());
        }
      }));
      return all[0];
    }

    private List<Side> all() {
      return Stream.concat(Stream.of(this), within.stream().flatMap(side -> side.all().stream())).toList();
    }
  }

  /** The paths that lead to them. */
  List<JoinPath> paths() {
    return List.copyOf(paths);
  }

  /** Whether a join so far may repeat rows of the base. */
  boolean fansOut() {
    return fansOut;
  }

  /** A column computed over the table of the dataset at the end of a path. */
  Expr column(JoinPath path, String element, Expr expr) {
    if (path.length() == 0) {
      return baseColumns.column(element, expr);
    }
    Side side = side(path);
    String name = path.name() + "__" + element;
    side.columns.putIfAbsent(name, new PlanNode.Named(name, expr));
    return Expr.column(name);
  }

  private Side side(JoinPath path) {
    Side known = sides.get(key(path));
    return known != null ? known : join(path);
  }

  private static String key(JoinPath path) {
    return path.name() + "/" + path.steps().getLast().to().name();
  }

  private Side join(JoinPath path) {
    Side side = new Side(path.steps().getLast().to());
    paths.add(path);
    JoinPath top = topOfPartition(path, side.dataset);
    boolean alone = top.length() == path.length();
    if (alone && path.length() > 1) {
      Side parent = side(before(path));
      if (!path.fansOut()) {
        parents.put(side, parent);
      }
    }
    sides.put(key(path), side);
    fansOut |= path.steps().getLast().fansOut();
    if (alone) {
      connect(side, path, "");
      side.on.addAll(partitions(path, path, side.dataset));
    } else {
      joinWithin(path, top, side);
    }
    return side;
  }

  /** Adds the conditions that join a side to the dataset before it on its path. */
  private void connect(Side side, JoinPath path, String copy) {
    JoinStep step = path.steps().getLast();
    for (int i = 0; i < step.left().keys().size(); i++) {
      String left = before(path).length() == 0 ? step.left().name() + (i == 0 ? "" : "#" + i)
          : before(path).name() + "__" + step.left().name() + "#join" + i + copy;
      Expr leftColumn = column(before(path), left, step.left().keys().get(i), copy);
      String right = path.name() + "__" + step.to().name() + "#key" + i + copy;
      side.columns.putIfAbsent(right, new PlanNode.Named(right, step.right().keys().get(i)));
      side.on.add(Expr.call("=", leftColumn, Expr.column(right)));
    }
    side.on.addAll(validity(path, step.to(), step.right()));
  }

  private Expr column(JoinPath path, String name, Expr expr, String copy) {
    if (path.length() == 0) {
      return baseColumns.column(name, expr);
    }
    Side side = copy.isEmpty() ? side(path) : copies.getOrDefault(key(path) + copy, side(path));
    side.columns.putIfAbsent(name, new PlanNode.Named(name, expr));
    return Expr.column(name);
  }

  private static JoinPath before(JoinPath path) {
    return new JoinPath(path.steps().subList(0, path.length() - 1));
  }

  /**
   * The part of a path that must agree on a partition as a whole: from below the nearest dataset that has one of the partitions of the last. Most
   * often that is the last step alone.
   */
  private JoinPath topOfPartition(JoinPath path, Dataset dataset) {
    for (Dimension right : dataset.dimensions()) {
      for (JoinPath up = path; right.isPartition() && up.length() > 0; up = before(up)) {
        if (owner(before(up)).dimension(right.name()).filter(Dimension::isPartition).isPresent()) {
          return up;
        }
      }
    }
    return path;
  }

  private Dataset owner(JoinPath path) {
    return path.length() == 0 ? base : path.steps().getLast().to();
  }

  /** Datasets that are both partitioned by a dimension of the same name meet only within a partition. */
  private List<Expr> partitions(JoinPath path, JoinPath top, Dataset dataset) {
    List<Expr> conditions = new ArrayList<>();
    for (Dimension right : dataset.dimensions()) {
      Optional<Dimension> left = owner(before(top)).dimension(right.name()).filter(Dimension::isPartition);
      if (right.isPartition() && left.isPresent()) {
        conditions.add(Expr.call("=", column(before(top), right.name(), left.get().expr()), column(path, right.name(), right.expr())));
      }
    }
    return conditions;
  }

  /**
   * Joins a dataset whose partition must agree with one further up the way: copies of the datasets between are joined to it first, and the whole
   * meets the rows by key and partition, as MetricFlow does. Attributes of the datasets between then come from the whole, too.
   */
  private void joinWithin(JoinPath path, JoinPath top, Side side) {
    String copy = "@" + side.dataset.name();
    List<JoinPath> levels = new ArrayList<>();
    for (JoinPath up = before(path); up.length() >= top.length(); up = before(up)) {
      levels.addFirst(up);
      copies.put(key(up) + copy, new Side(up.steps().getLast().to()));
    }
    Side outer = copies.getOrDefault(key(top) + copy, side);
    connect(outer, top, copy);
    for (JoinPath level : levels.subList(1, levels.size())) {
      Side inner = copies.getOrDefault(key(level) + copy, side);
      connect(inner, level, copy);
      copies.getOrDefault(key(before(level)) + copy, outer).within.add(inner);
    }
    connect(side, path, copy);
    copies.getOrDefault(key(before(path)) + copy, outer).within.add(side);
    wholes.add(outer);
    levels.forEach(level -> copyOf.putIfAbsent(key(level), copies.getOrDefault(key(level) + copy, outer)));
    outer.on.addAll(partitions(path, top, side.dataset));
  }

  /** A slowly changing row is met only while it is valid, at the base row's time; {@code [start, end)}, open-ended where NULL. */
  private List<Expr> validity(JoinPath path, Dataset dataset, Entity key) {
    List<Expr> conditions = new ArrayList<>();
    Optional<Expr> now = key.type() == Entity.Type.NATURAL ? rowTime.get() : Optional.empty();
    if (now.isEmpty()) {
      return conditions;
    }
    Optional<Dimension.Time> start = dataset.validity(Dimension.Validity.START);
    Optional<Dimension.Time> end = dataset.validity(Dimension.Validity.END);
    Expr at = now.get();
    start.ifPresent(from -> conditions.add(Expr.call(">=", at, column(path, from.name(), from.expr()))));
    end.ifPresent(to -> {
      Expr until = column(path, to.name(), to.expr());
      conditions.add(Expr.call("or", Expr.call("<", at, until), Expr.call("is null", until)));
    });
    return conditions;
  }

  private void moveAttributesToCopies() {
    copyOf.forEach((key, copy) -> {
      Side plain = sides.get(key);
      if (plain != null) {
        List<String> attributes = plain.columns.keySet().stream().filter(name -> !name.contains("#")).toList();
        attributes.forEach(name -> copy.columns.putIfAbsent(name, Objects.requireNonNull(plain.columns.remove(name))));
        if (plain.columns.keySet().stream().noneMatch(name -> name.contains("#join"))) {
          sides.remove(key);
        }
      }
    });
  }

  private PlanNode table(Side side, DatasetRows tables, Map<Side, List<Side>> further) {
    PlanNode table = tables.of(planning, side.dataset, List.copyOf(side.columns.values()));
    for (Side within : Stream.concat(side.within.stream(), further.getOrDefault(side, List.of()).stream()).toList()) {
      table = new PlanNode.Join(table, table(within, tables, further), PlanNode.Join.Kind.LEFT, Expr.and(within.on));
    }
    return table;
  }

  /** The rows with all of them joined. What lies behind a dataset is joined to that first, which has fewer rows than the base most often. */
  PlanNode joinTo(PlanNode base, PlanNode.Join.Kind kind, DatasetRows tables) {
    moveAttributesToCopies();
    List<Side> nested = wholes.stream().flatMap(whole -> whole.all().stream()).toList();
    List<Side> alone = sides.values().stream().filter(side -> !nested.contains(side)).toList();
    Map<Side, List<Side>> further = kind == PlanNode.Join.Kind.LEFT ? further(alone) : new LinkedHashMap<>();
    List<Side> behind = further.values().stream().flatMap(List::stream).toList();
    PlanNode rows = base;
    for (Side side : Stream.concat(alone.stream(), wholes.stream()).filter(side -> !behind.contains(side)).toList()) {
      rows = new PlanNode.Join(rows, table(side, tables, further), kind, Expr.and(side.on));
    }
    return rows;
  }

  /** The sides that meet rows of another side whatever the base's row is, by that other one. */
  private Map<Side, List<Side>> further(List<Side> alone) {
    Map<Side, List<Side>> further = new LinkedHashMap<>();
    parents.forEach((side, parent) -> {
      if (alone.contains(side) && alone.contains(parent) && parent.has(side.on, side)) {
        further.computeIfAbsent(parent, any -> new ArrayList<>()).add(side);
      }
    });
    return further;
  }
}
