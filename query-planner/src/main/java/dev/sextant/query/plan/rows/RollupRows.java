// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.CustomGrains;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Slot;
import dev.sextant.query.plan.time.TimeColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a rollup in place of those of its dataset. Names mean what they mean for the dataset; each is a column here, so nothing is joined
 * but calendars and tables of finished values.
 */
public final class RollupRows implements RowSource {
  private final Planning planning;
  private final RolledUp rollup;
  private final CustomGrains customGrains;
  private final Map<String, PlanNode.Named> columns = new LinkedHashMap<>();
  private final List<Extra> extras = new ArrayList<>();

  private record Extra(PlanNode table, Expr on) {}

  public RollupRows(Planning planning, RolledUp rollup) {
    this.planning = planning;
    this.rollup = rollup;
    this.customGrains = new CustomGrains(planning);
  }

  @Override
  public Dataset base() {
    return rollup.base();
  }

  @Override
  public boolean fansOut() {
    return false;
  }

  @Override
  public TimeColumn metricTime() {
    Dimension.Time own = rollup.time().orElseThrow(() -> missing(ItemName.METRIC_TIME));
    RolledUp.TimeColumnOf column = rollup.timeColumn().orElseThrow(() -> missing(ItemName.METRIC_TIME));
    return new TimeColumn(column(column.name()), own.grain(), true, Optional.of(column.grain()));
  }

  private RuntimeException missing(String name) {
    return Problem.of(QueryIssue.INTERNAL, "rollup '" + rollup.name() + "' was chosen for '" + name + "', which it does not keep.");
  }

  private Expr column(String name) {
    columns.putIfAbsent(name, new PlanNode.Named(name, Expr.column(name)));
    return Expr.column(name);
  }

  @Override
  public boolean isMetricTime(ItemName name) {
    return name.isMetricTime() || rollup.time().isPresent() && isBaseDimension(name, rollup.time().get().name());
  }

  @Override
  public boolean isBaseDimension(ItemName name, String dimension) {
    return !name.isMetricTime() && planning.finder()
        .tryFind(rollup.base(), name)
        .filter(member -> member.path().length() == 0 && member instanceof Member.Attribute attribute
            && attribute.dimension().name().equals(dimension))
        .isPresent();
  }

  @Override
  public Slot slot(ItemName name, TimeColumn metricTime) {
    return isMetricTime(name) ? timeSlot(name, metricTime) : slot(name);
  }

  @Override
  public Slot slot(ItemName name) {
    Member member = planning.finder().find(rollup.base(), name);
    Optional<AccessPolicy.Mask> mask = member instanceof Member.Attribute attribute
        ? planning.model().rights().mask(attribute.dataset(), attribute.dimension())
        : Optional.empty();
    return mask.<Slot>map(how -> new Slot.Plain(Masks.masked(column(kept(name, member).name()), how))).orElseGet(() -> unmasked(name));
  }

  private RolledUp.Column kept(ItemName name, Member member) {
    RolledUp.Column column = rollup.columns().get(MemberKey.of(member));
    if (column == null) {
      throw missing(name.full());
    }
    return column;
  }

  @Override
  public Slot unmasked(ItemName name) {
    if (isMetricTime(name)) {
      return timeSlot(name, metricTime());
    }
    Member member = planning.finder().find(rollup.base(), name);
    RolledUp.Column kept = kept(name, member);
    return member instanceof Member.Attribute attribute && attribute.dimension() instanceof Dimension.Time time
        ? timeSlot(name, new TimeColumn(column(kept.name()), time.grain(), true, kept.grain()))
        : new Slot.Plain(column(kept.name()));
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

  @Override
  public Expr baseColumn(String name, Expr expr) {
    if (expr.equals(Expr.column(name))) {
      return column(name);
    }
    throw Problem.of(QueryIssue.INTERNAL, "rollup '" + rollup.name() + "' was asked for a column of its dataset, '" + name + "'.");
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

  @Override
  public PlanNode build() {
    List<Expr> policies = policies();
    PlanNode scan = new PlanNode.Scan(rollup.table(), outputs());
    PlanNode rows = rollup.rest()
        .<PlanNode>map(rest -> new PlanNode.Union(List.of(scan, only(rest.groups(scan.columns()), scan.columns()))))
        .orElse(scan);
    PlanNode seen = policies.isEmpty() ? rows : new PlanNode.Filter(rows, Expr.and(policies));
    for (Extra extra : extras) {
      seen = new PlanNode.Join(seen, extra.table(), PlanNode.Join.Kind.LEFT, extra.on());
    }
    return customGrains.joinTo(seen, PlanNode.Join.Kind.LEFT);
  }

  private List<PlanNode.Named> outputs() {
    return columns.isEmpty() ? List.of(new PlanNode.Named("row", Expr.number(1))) : List.copyOf(columns.values());
  }

  private static PlanNode only(PlanNode rows, List<String> names) {
    return new PlanNode.Compute(rows, names.stream()
        .map(name -> new PlanNode.Named(name, rows.columns().contains(name) ? Expr.column(name) : Expr.number(1)))
        .toList());
  }

  /** Policies see stored times, as they do over the dataset's own rows. */
  private List<Expr> policies() {
    FilterExprs exprs = new FilterExprs(Planning.whole(planning.model()), node -> node instanceof Expr.Column column
        ? Optional.of(unmasked(ItemName.parse(column.name(), planning.model())))
        : Optional.empty());
    return rollup.policies().stream().map(exprs::translate).toList();
  }
}
