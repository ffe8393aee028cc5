// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.JoinPath;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rows of one dataset and what is joined to them. Columns and joins come into being as they are asked for, so that nothing unused is read;
 * {@link #build()} gives the step that has them all. Every join keeps each row of the base.
 */
public final class FactRows implements RowSource {
  private final Planning planning;
  private final Dataset base;
  private final Optional<Dimension.Time> time;
  private final PlanNode.Join.Kind kind;
  private final BaseColumns baseColumns = new BaseColumns();
  private final JoinedDatasets joined;
  private final List<Extra> extras = new ArrayList<>();
  private final CustomGrains customGrains;
  private final Optional<PlanNode> pairedWith;
  private final DatasetRows tables;

  /** A joined table that is not a dataset: a metric per entity. */
  private record Extra(PlanNode table, Expr on) {}

  public FactRows(Planning planning, Dataset base, Optional<Dimension.Time> time) {
    this(planning, base, time, DatasetRows.POLICED);
  }

  /** {@code tables} gives the rows of every dataset that is read. */
  public FactRows(Planning planning, Dataset base, Optional<Dimension.Time> time, DatasetRows tables) {
    this(planning, base, time, PlanNode.Join.Kind.LEFT, Optional.empty(), tables);
  }

  /** {@code pairedWith}, if any, is paired with every row of the base before other datasets are joined. */
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
    this.joined = new JoinedDatasets(planning, base, baseColumns, this::rowTime);
  }

  @Override
  public Dataset base() {
    return base;
  }

  @Override
  public boolean fansOut() {
    return joined.fansOut();
  }

  @Override
  public TimeColumn metricTime() {
    Dimension.Time own = time.orElseThrow(() -> Problem.of(QueryIssue.NO_PATH,
        "dataset '" + base.name() + "' has no time dimension that metric_time could mean. Name one as agg_time_dimension."));
    return new TimeColumn(baseColumn(ItemName.METRIC_TIME, own.expr()), own.grain(), true);
  }

  @Override
  public boolean isMetricTime(ItemName name) {
    return name.isMetricTime() || time.isPresent() && name.element().equals(time.get().name())
        && planning.finder().tryFind(base, name).filter(this::isMetricTime).isPresent();
  }

  private boolean isMetricTime(Member member) {
    return member.path().length() == 0 && member instanceof Member.Attribute attribute && time.isPresent()
        && attribute.dimension().name().equals(time.get().name());
  }

  @Override
  public boolean isBaseDimension(ItemName name, String dimension) {
    return !name.isMetricTime() && planning.finder()
        .tryFind(base, name)
        .filter(member -> member.path().length() == 0
            && member instanceof Member.Attribute attribute && attribute.dimension().name().equals(dimension))
        .isPresent();
  }

  @Override
  public Slot slot(ItemName name, TimeColumn metricTime) {
    return isMetricTime(name) ? timeSlot(name, metricTime) : slot(name);
  }

  @Override
  public Slot slot(ItemName name) {
    Member member = planning.finder().find(base, name);
    Optional<AccessPolicy.Mask> mask = member instanceof Member.Attribute attribute
        ? planning.model().rights().mask(attribute.dataset(), attribute.dimension())
        : Optional.empty();
    return mask.isPresent() && member instanceof Member.Attribute attribute
        ? new Slot.Plain(
            joined.column(member.path(), attribute.dimension().name() + "#masked", Masks.masked(attribute.dimension().expr(), mask.get())))
        : unmasked(name);
  }

  @Override
  public Slot unmasked(ItemName name) {
    Member member = planning.finder().find(base, name);
    return switch (member) {
      case Member.Key key -> new Slot.Plain(keyColumn(key));
      case Member.Attribute attribute -> switch (attribute.dimension()) {
        case Dimension.Categorical categorical -> new Slot.Plain(joined.column(member.path(), categorical.name(), categorical.expr()));
        case Dimension.Time dimension -> timeSlot(name,
            new TimeColumn(joined.column(member.path(), dimension.name(), dimension.expr()), dimension.grain(), true));
      };
    };
  }

  private Expr keyColumn(Member.Key key) {
    List<Expr> keys = key.entity().keys();
    if (keys.size() > 1) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "entity '" + key.entity().name() + "' has a composite key of " + keys.size()
          + " columns and cannot be grouped or filtered as one value. Use dimensions of its parts.");
    }
    return joined.column(key.path(), key.entity().name(), keys.getFirst());
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
    return Stream.concat(Stream.of(JoinPath.HERE), joined.paths().stream()).toList();
  }

  /** A column computed over the table of the dataset at the end of a path. */
  public Expr columnOf(JoinPath path, String name, Expr expr) {
    return joined.column(path, name, expr);
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

  /** The time at which slowly changing rows must be valid. */
  private Optional<Expr> rowTime() {
    return time.map(own -> Times.truncate(metricTime().column(), own.grain(), planning.model().calendar()));
  }

  @Override
  public Expr baseColumn(String name, Expr expr) {
    return baseColumns.column(name, expr);
  }

  @Override
  public void join(PlanNode table, Expr on) {
    extras.add(new Extra(table, on));
  }

  @Override
  public void joinOnce(PlanNode table, Expr on) {
    if (!extras.contains(new Extra(table, on))) {
      join(table, on);
    }
  }

  private PlanNode withExtras(PlanNode rows, List<Extra> some) {
    PlanNode joined = rows;
    for (Extra extra : some) {
      joined = new PlanNode.Join(joined, extra.table(), kind, extra.on());
    }
    return joined;
  }

  /** Whether a table is joined on columns of the base alone. */
  private boolean meetsTheBase(Extra extra) {
    Set<String> names = new HashSet<>();
    extra.on().visit(node -> {
      if (node instanceof Expr.Column column) {
        names.add(column.name());
      }
    });
    return names.stream().allMatch(name -> baseColumns.has(name) || extra.table().columns().contains(name));
  }

  @Override
  public PlanNode build() {
    PlanNode rows = tables.of(planning, base, baseColumns.all());
    List<Extra> first = pairedWith.isPresent() ? extras.stream().filter(this::meetsTheBase).toList() : List.of();
    rows = withExtras(rows, first);
    if (pairedWith.isPresent()) {
      rows = new PlanNode.Join(rows, pairedWith.get(), PlanNode.Join.Kind.INNER, Expr.and(List.of()));
    }
    rows = joined.joinTo(rows, kind, tables);
    rows = withExtras(rows, extras.stream().filter(extra -> !first.contains(extra)).toList());
    return customGrains.joinTo(rows, PlanNode.Join.Kind.LEFT);
  }
}
