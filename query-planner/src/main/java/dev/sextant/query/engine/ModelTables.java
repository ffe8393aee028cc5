// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Documentation;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.TableEntry;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.bind.ReachableItems;
import dev.sextant.query.sql.table.SemanticTable;
import dev.sextant.query.sql.table.SemanticTables;
import java.util.List;
import java.util.Optional;

/** The virtual tables of a model with the types of their columns. */
public final class ModelTables {
  private final SemanticModel model;
  private final MemberFinder finder;
  private final ReachableItems reachable;
  private final ExprTypes types;

  private ModelTables(SemanticModel model, TableSchemas schemas) {
    this.model = model;
    this.finder = new MemberFinder(model);
    this.reachable = new ReachableItems(model);
    this.types = new ExprTypes(model, schemas);
  }

  /** Lists views and datasets that own metrics, in the order of definition; types of plain columns are looked up in {@code schemas}. */
  public static List<TableEntry> of(SemanticModel model, TableSchemas schemas) {
    ModelTables tables = new ModelTables(model, schemas);
    return new SemanticTables(model).all().stream().filter(table -> tables.isDefined(table.name())).map(tables::entry).toList();
  }

  private boolean isDefined(String name) {
    return model.view(name).isPresent() || model.dataset(name).isPresent();
  }

  private TableEntry entry(SemanticTable table) {
    List<Metric> metrics = table.columns()
        .stream()
        .filter(SemanticTable.MetricColumn.class::isInstance)
        .map(column -> ((SemanticTable.MetricColumn) column).metric())
        .toList();
    List<Dataset> from = table.base().map(List::of).orElseGet(() -> LeafMetrics.datasets(metrics, model));
    return new TableEntry(table.name(), model.view(table.name()).isPresent() ? TableEntry.Kind.VIEW : TableEntry.Kind.DATASET,
        table.columns().stream().map(column -> switch (column) {
          case SemanticTable.MetricColumn metric -> metric(metric);
          case SemanticTable.ItemColumn item -> item.item().isMetricTime() ? metricTime(item, metrics) : item(item, from);
        }).toList(), table.documentation());
  }

  private TableEntry.Column metric(SemanticTable.MetricColumn column) {
    return new TableEntry.Column(column.name(), column.metric().name(), TableEntry.Role.METRIC, types.of(column.metric()), List.of(),
        column.documentation());
  }

  private TableEntry.Column metricTime(SemanticTable.ItemColumn column, List<Metric> metrics) {
    TimeGrain finest = TimeGrain.NANOSECOND;
    for (Metric metric : metrics) {
      for (Metric.Simple leaf : LeafMetrics.of(metric, model)) {
        finest = TimeGrain.coarser(finest, leaf.measure()
            .timeDimension()
            .flatMap(name -> LeafMetrics.dataset(leaf, model).timeDimension(name))
            .map(Dimension.Time::grain)
            .orElse(finest));
      }
    }
    return time(column, finest, column.documentation());
  }

  private TableEntry.Column item(SemanticTable.ItemColumn column, List<Dataset> from) {
    Optional<Member> member = from.stream().flatMap(dataset -> finder.tryFind(dataset, column.item()).stream()).findFirst();
    if (member.isPresent() && member.get() instanceof Member.Attribute attribute) {
      Documentation documentation = column.documentation().equals(Documentation.NONE) ? attribute.dimension().documentation()
          : column.documentation();
      return switch (attribute.dimension()) {
        case Dimension.Time time -> time(column, time.grain(), documentation);
        case Dimension.Categorical categorical -> categorical(column, model.rights()
            .mask(attribute.dataset(), categorical)
            .filter(mask -> mask != AccessPolicy.Mask.NULL)
            .map(mask -> DataType.STRING)
            .orElseGet(() -> types.of(categorical.expr(), attribute.dataset())), documentation);
      };
    }
    if (member.isPresent() && member.get() instanceof Member.Key key && key.entity().keys().size() == 1) {
      return categorical(column, types.of(key.entity().keys().getFirst(), key.dataset()), column.documentation());
    }
    return categorical(column, DataType.OTHER, column.documentation());
  }

  private TableEntry.Column time(SemanticTable.ItemColumn column, TimeGrain finest, Documentation documentation) {
    ItemName item = column.item();
    if (item.part().isPresent()) {
      return categorical(column, DataType.BIGINT, documentation);
    }
    return new TableEntry.Column(column.name(), item.full(), TableEntry.Role.TIME, DataType.TIMESTAMP,
        item.grain().isPresent() ? List.of() : reachable.grains(finest), documentation);
  }

  private static TableEntry.Column categorical(SemanticTable.ItemColumn column, DataType type, Documentation documentation) {
    return new TableEntry.Column(column.name(), column.item().full(), TableEntry.Role.CATEGORICAL, type, List.of(), documentation);
  }
}
