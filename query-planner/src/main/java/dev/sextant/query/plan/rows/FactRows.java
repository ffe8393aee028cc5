// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.JoinPath;
import dev.sextant.model.JoinStep;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.CustomGrains;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Slot;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of one dataset and what is joined to them. Columns and joins come into being as they are asked for, so that nothing unused is read;
 * {@link #build()} gives the step that has them all. Every join keeps each row of the base.
 */
public final class FactRows {
  private final Planning planning;
  private final Dataset base;
  private final Optional<Dimension.Time> time;
  private final PlanNode.Join.Kind kind;
  private final Map<String, PlanNode.Named> baseColumns = new LinkedHashMap<>();
  private final Map<String, Side> sides = new LinkedHashMap<>();
  private final Map<String, Side> copies = new LinkedHashMap<>();
  private final Map<String, Side> copyOf = new LinkedHashMap<>();
  private final List<Side> wholes = new ArrayList<>();
  private final List<JoinPath> paths = new ArrayList<>();
  private final List<Extra> extras = new ArrayList<>();
  private final CustomGrains customGrains;
  private final Optional<PlanNode> pairedWith;
  private final DatasetRows tables;
  private boolean fansOut;

  /** One joined dataset: its columns and the condition. */
  private static final class Side {
    private final Dataset dataset;
    private final Map<String, PlanNode.Named> columns = new LinkedHashMap<>();
    private final List<Expr> on = new ArrayList<>();
    private final List<Side> within = new ArrayList<>();

    private Side(Dataset dataset) {
      this.dataset = dataset;
    }

    private List<Side> all() {
      return Stream.concat(Stream.of(this), within.stream().flatMap(side -> side.all().stream())).toList();
    }
  }

  /** A joined table that is not a dataset: a metric per entity. */
  private record Extra(PlanNode table, Expr on) {}

  public FactRows(Planning planning, Dataset base, Optional<Dimension.Time> time) {
    this(planning, base, time, DatasetRows.POLICED);
  }

  /** {@code tables} gives the rows of every dataset that is read. */
  public FactRows(Planning planning, Dataset base, Optional<Dimension.Time> time, DatasetRows tables) {
    this(planning, base, time, PlanNode.Join.Kind.LEFT, Optional.empty(), tables);
  }

  /** {@code pairedWith}, if any, is paired with every row of the base before anything is joined. */
  public FactRows(Planning planning, Dataset base, Optional<Dimension.Time> time, PlanNode.Join.Kind kind, Optional<PlanNode> pairedWith) {
    this(planning, base, time, kind, pairedWith, DatasetRows.POLICED);
  }

  private FactRows(Planning planning, Dataset base, Optional<Dimension.Time> time, PlanNode.Join.Kind kind, Optional<PlanNode> pairedWith,
      DatasetRows tables) {
    this.tables = tables;
    this.pairedWith = pairedWith;
    this.planning = planning;
    this.base = base;
    this.time = time;
    this.kind = kind;
    this.customGrains = new CustomGrains(planning);
  }

  Dataset base() {
    return base;
  }

  /** Whether a join so far may repeat rows of the base. */
  public boolean fansOut() {
    return fansOut;
  }

  /** The base's own time, the meaning of {@code metric_time}. */
  public TimeColumn metricTime() {
    Dimension.Time own = time.orElseThrow(() -> Problem.of(QueryIssue.NO_PATH,
        "dataset '" + base.name() + "' has no time dimension that metric_time could mean. Name one as agg_time_dimension."));
    return new TimeColumn(baseColumn(ItemName.METRIC_TIME, own.expr()), own.grain(), true);
  }

  /** Whether a name means the base's own time. */
  public boolean isMetricTime(ItemName name) {
    return name.isMetricTime() || time.isPresent() && name.element().equals(time.get().name())
        && planning.finder().tryFind(base, name).filter(this::isMetricTime).isPresent();
  }

  private boolean isMetricTime(Member member) {
    return member.path().length() == 0 && member instanceof Member.Attribute attribute && time.isPresent()
        && attribute.dimension().name().equals(time.get().name());
  }

  /** Whether a name means the given dimension of the base itself. */
  public boolean isBaseDimension(ItemName name, String dimension) {
    return !name.isMetricTime() && planning.finder()
        .tryFind(base, name)
        .filter(member -> member.path().length() == 0
            && member instanceof Member.Attribute attribute && attribute.dimension().name().equals(dimension))
        .isPresent();
  }

  /** What a name stands for; {@code metricTime} is the column that {@code metric_time} means at this point. */
  public Slot slot(ItemName name, TimeColumn metricTime) {
    return isMetricTime(name) ? timeSlot(name, metricTime) : slot(name);
  }

  /** What a name other than {@code metric_time} stands for in an answer: its value, masked where the caller may not see it. */
  public Slot slot(ItemName name) {
    Member member = planning.finder().find(base, name);
    Optional<AccessPolicy.Mask> mask = member instanceof Member.Attribute attribute
        ? planning.model().rights().mask(attribute.dataset(), attribute.dimension())
        : Optional.empty();
    return mask.isPresent() && member instanceof Member.Attribute attribute
        ? new Slot.Plain(
            column(member.path(), attribute.dimension().name() + "#masked", Masks.masked(attribute.dimension().expr(), mask.get())))
        : unmasked(name);
  }

  /** What a name other than {@code metric_time} stands for where definitions and joins need its value, whoever asks. */
  public Slot unmasked(ItemName name) {
    Member member = planning.finder().find(base, name);
    return switch (member) {
      case Member.Key key -> new Slot.Plain(keyColumn(key));
      case Member.Attribute attribute -> switch (attribute.dimension()) {
        case Dimension.Categorical categorical -> new Slot.Plain(column(member.path(), categorical.name(), categorical.expr()));
        case Dimension.Time dimension -> timeSlot(name,
            new TimeColumn(column(member.path(), dimension.name(), dimension.expr()), dimension.grain(), true));
      };
    };
  }

  private Expr keyColumn(Member.Key key) {
    List<Expr> keys = key.entity().keys();
    if (keys.size() > 1) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "entity '" + key.entity().name() + "' has a composite key of " + keys.size()
          + " columns and cannot be grouped or filtered as one value. Use dimensions of its parts.");
    }
    return column(key.path(), key.entity().name(), keys.getFirst());
  }

  /** The columns that hold an entity's key, composite or not; no join on the way may repeat rows. */
  public List<Expr> keyColumns(ItemName entity) {
    if (!(planning.finder().find(base, entity) instanceof Member.Key key) || key.path().fansOut()) {
      throw Problem.of(QueryIssue.NO_PATH,
          "dataset '" + base.name() + "' does not lead to one '" + entity.full() + "' for each of its rows.");
    }
    List<Expr> columns = new ArrayList<>();
    for (int i = 0; i < key.entity().keys().size(); i++) {
      columns.add(columnOf(key.path(), key.entity().name() + (i == 0 ? "" : "#" + i), key.entity().keys().get(i)));
    }
    return columns;
  }

  /** The datasets that are joined, by the paths that lead to them, and the base itself. */
  public List<JoinPath> paths() {
    return Stream.concat(Stream.of(JoinPath.HERE), paths.stream()).toList();
  }

  /** A column computed over the table of the dataset at the end of a path. */
  public Expr columnOf(JoinPath path, String name, Expr expr) {
    return column(path, name, expr);
  }

  private Slot timeSlot(ItemName name, TimeColumn column) {
    if (name.part().isPresent()) {
      return new Slot.Part(column, name.part().get());
    }
    Grain grain = name.grain().orElse(name.isMetricTime() ? TimeGrain.coarser(column.grain(), TimeGrain.DAY) : column.grain());
    return switch (grain) {
      case TimeGrain standard -> new Slot.Truncated(column, standard);
      case CustomGrain custom -> new Slot.Custom(customGrains.column(column, custom), custom);
    };
  }

  /** A column computed over the base's own table, such as a measure's input. */
  public Expr baseColumn(String name, Expr expr) {
    String free = name;
    while (baseColumns.containsKey(free) && !baseColumns.get(free).expr().equals(expr)) {
      free = free + "_";
    }
    baseColumns.putIfAbsent(free, new PlanNode.Named(free, expr));
    return Expr.column(free);
  }

  private Expr column(JoinPath path, String element, Expr expr) {
    if (path.length() == 0) {
      return baseColumn(element, expr);
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
      side(before(path));
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
      return baseColumn(name, expr);
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
    if (key.type() != Entity.Type.NATURAL || time.isEmpty()) {
      return conditions;
    }
    Optional<Dimension.Time> start = dataset.validity(Dimension.Validity.START);
    Optional<Dimension.Time> end = dataset.validity(Dimension.Validity.END);
    Expr at = Times.truncate(metricTime().column(), time.get().grain(), planning.model().calendar());
    start.ifPresent(from -> conditions.add(Expr.call(">=", at, column(path, from.name(), from.expr()))));
    end.ifPresent(to -> {
      Expr until = column(path, to.name(), to.expr());
      conditions.add(Expr.call("or", Expr.call("<", at, until), Expr.call("is null", until)));
    });
    return conditions;
  }

  /** Joins a table that has at most one row for each combination of the columns in {@code on}. */
  void join(PlanNode table, Expr on) {
    extras.add(new Extra(table, on));
  }

  /** Joins a table unless it is joined already. */
  public void joinOnce(PlanNode table, Expr on) {
    if (!extras.contains(new Extra(table, on))) {
      join(table, on);
    }
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

  private PlanNode table(Side side) {
    PlanNode table = tables.of(planning, side.dataset, List.copyOf(side.columns.values()));
    for (Side within : side.within) {
      table = new PlanNode.Join(table, table(within), PlanNode.Join.Kind.LEFT, Expr.and(within.on));
    }
    return table;
  }

  public PlanNode build() {
    if (baseColumns.isEmpty()) {
      baseColumns.put("row", new PlanNode.Named("row", Expr.number(1)));
    }
    PlanNode rows = tables.of(planning, base, List.copyOf(baseColumns.values()));
    if (pairedWith.isPresent()) {
      rows = new PlanNode.Join(rows, pairedWith.get(), PlanNode.Join.Kind.INNER, Expr.and(List.of()));
    }
    moveAttributesToCopies();
    List<Side> nested = wholes.stream().flatMap(whole -> whole.all().stream()).toList();
    List<Side> alone = sides.values().stream().filter(side -> !nested.contains(side)).toList();
    for (Side side : Stream.concat(alone.stream(), wholes.stream()).toList()) {
      rows = new PlanNode.Join(rows, table(side), kind, Expr.and(side.on));
    }
    for (Extra extra : extras) {
      rows = new PlanNode.Join(rows, extra.table(), kind, extra.on());
    }
    return customGrains.joinTo(rows, PlanNode.Join.Kind.LEFT);
  }
}
