// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Aggregation;
import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.TableColumns;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.sql.table.SemanticTable;
import dev.sextant.query.sql.table.TableTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the types of expressions and metrics ahead of any query, OTHER where only the warehouse would know. */
final class ExprTypes implements TableTypes {
  private static final List<String> TEXT_FUNCTIONS = List.of("||", "concat", "upper", "lower", "trim", "substring", "substr", "replace",
      "left", "right");
  private static final List<String> FIRST_ARGUMENT = List.of("coalesce", "nullif", "min", "max", "greatest", "least");
  private static final List<
      String> CONDITIONS = List.of("and", "or", "not", "in", "between", "like", "ilike", "=", "<>", "<", "<=", ">", ">=");

  /** A number whose kind is open. */
  private static final DataType NUMBER = DataType.decimal(38, 0);

  private final SemanticModel model;
  private final MemberFinder finder;
  private final TableSchemas schemas;
  private final Map<String, TableColumns> described = new HashMap<>();

  ExprTypes(SemanticModel model, TableSchemas schemas) {
    this.model = model;
    this.finder = new MemberFinder(model);
    this.schemas = schemas;
  }

  @Override
  public DataType of(SemanticTable table, SemanticTable.Column column) {
    return switch (column) {
      case SemanticTable.MetricColumn metric -> of(metric.metric());
      case SemanticTable.ItemColumn item -> of(item.item(), table.base().or(() -> having(item.item())));
    };
  }

  /** A dataset that leads to an item, for tables that have no rows of their own. */
  private Optional<Dataset> having(ItemName item) {
    return model.datasets().stream().filter(dataset -> finder.tryFind(dataset, item).isPresent()).findFirst();
  }

  @Override
  public DataType of(Measure measure) {
    return model.dataset(measure.dataset()).map(dataset -> of(measure.expr(), dataset)).orElse(DataType.OTHER);
  }

  /** The type of an item seen from a dataset. */
  DataType of(ItemName name, Optional<Dataset> from) {
    if (name.part().isPresent()) {
      return DataType.BIGINT;
    }
    if (name.isMetricTime()) {
      return DataType.TIMESTAMP;
    }
    return from.flatMap(dataset -> finder.tryFind(dataset, name)).map(this::of).orElse(DataType.OTHER);
  }

  private DataType of(Member member) {
    return switch (member) {
      case Member.Key key -> key.entity().keys().size() == 1 ? of(key.entity().keys().getFirst(), key.dataset()) : DataType.OTHER;
      case Member.Attribute attribute -> switch (attribute.dimension()) {
        case Dimension.Categorical categorical -> of(categorical.expr(), attribute.dataset());
        case Dimension.Time time -> of(time.expr(), attribute.dataset());
      };
    };
  }

  DataType of(Metric metric) {
    return switch (metric) {
      case Metric.Simple simple -> simple(simple);
      case Metric.Ratio ratio -> DataType.DOUBLE;
      case Metric.Derived derived -> NUMBER;
      case Metric.Cumulative cumulative -> NUMBER;
      case Metric.Conversion conversion -> conversion.calculation() == Metric.Calculation.CONVERSIONS ? DataType.BIGINT : DataType.DOUBLE;
    };
  }

  private DataType simple(Metric.Simple metric) {
    Aggregation aggregation = metric.measure().aggregation();
    return switch (aggregation) {
      case COUNT, COUNT_DISTINCT -> metric.fillNullsWith().isPresent() ? NUMBER : DataType.BIGINT;
      case MIN, MAX -> {
        DataType type = of(metric.measure().expr(), LeafMetrics.dataset(metric, model));
        yield type.isNumeric() || type.kind() == DataType.Kind.NULL ? NUMBER : type;
      }
      case CUSTOM -> metric.measure().custom().map(custom -> custom.type().isNumeric() ? NUMBER : custom.type()).orElse(DataType.OTHER);
      case SUM, AVERAGE, SUM_BOOLEAN, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION -> NUMBER;
    };
  }

  DataType of(Expr expr, Dataset dataset) {
    return switch (expr) {
      case Expr.Literal literal -> literal.type();
      case Expr.Interval interval -> DataType.OTHER;
      case Expr.Column column -> column(column.name(), dataset);
      case Expr.Member member -> DataType.OTHER;
      case Expr.Call call -> call(call, dataset);
      case Expr.Case choice -> of(choice.whens().getFirst().result(), dataset);
      case Expr.Cast cast -> cast.type();
    };
  }

  private DataType call(Expr.Call call, Dataset dataset) {
    String name = call.operator();
    if (CONDITIONS.contains(name) || name.startsWith("is ")) {
      return DataType.BOOLEAN;
    }
    if (TEXT_FUNCTIONS.contains(name)) {
      return DataType.STRING;
    }
    if (name.startsWith("extract_")) {
      return DataType.BIGINT;
    }
    return FIRST_ARGUMENT.contains(name) && !call.arguments().isEmpty() ? of(call.arguments().getFirst(), dataset) : DataType.OTHER;
  }

  private DataType column(String name, Dataset dataset) {
    return described.computeIfAbsent(dataset.name(), any -> describe(dataset))
        .column(name)
        .map(TableColumns.Column::type)
        .orElse(DataType.OTHER);
  }

  /** A table that cannot be read now is an error of the queries that need it, not of the catalog. */
  private TableColumns describe(Dataset dataset) {
    try {
      return schemas.columns(dataset.warehouse(), dataset.source());
    } catch (SextantException unreadable) {
      return new TableColumns(List.of());
    }
  }
}
