// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.DataType;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.engine.answer.NoBatches;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A statement that was prepared, as an answer without rows: its columns, and its parameters' types among the facts. */
final class PreparedResult implements QueryResult {
  private static final int MOST_PRECISION = 38;

  private final PreparedSql prepared;
  private final QueryFacts facts;
  private final NoBatches rows;

  PreparedResult(PreparedSql prepared, String queryId) {
    this.prepared = prepared;
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("kind", prepared.kind().name().toLowerCase(Locale.ROOT));
    notes.put("parameters", prepared.parameters().stream().map(DataType::toString).collect(Collectors.joining(";")));
    this.facts = new QueryFacts(queryId, List.of(), new LinkedHashMap<>(), notes);
    this.rows = NoBatches.of(new Schema(prepared.schema().columns().stream().map(PreparedResult::field).toList()));
  }

  private static Field field(ResultSchema.Column column) {
    return new Field(column.name(), FieldType.nullable(type(column.type())), List.of());
  }

  private static ArrowType type(DataType type) {
    return switch (type.kind()) {
      case NULL -> ArrowType.Null.INSTANCE;
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case INTEGER -> new ArrowType.Int(32, true);
      case BIGINT -> new ArrowType.Int(64, true);
      case DECIMAL -> new ArrowType.Decimal(type.precision() == 0 ? MOST_PRECISION : type.precision(), type.scale(), 128);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case STRING, OTHER -> ArrowType.Utf8.INSTANCE;
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case TIMESTAMP_TZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case INTERVAL -> new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO);
      case BINARY -> ArrowType.Binary.INSTANCE;
    };
  }

  @Override
  public ResultSchema schema() {
    return prepared.schema();
  }

  @Override
  public QueryFacts facts() {
    return facts;
  }

  @Override
  public VectorSchemaRoot root() {
    return rows.root();
  }

  @Override
  public boolean loadNext() {
    return rows.loadNext();
  }

  @Override
  public void close() {
    rows.close();
  }
}
