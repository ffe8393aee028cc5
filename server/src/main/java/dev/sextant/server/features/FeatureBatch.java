// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.serving.ServedFeature;
import dev.sextant.activation.serving.ServedRows;
import dev.sextant.activation.serving.ServedView;
import dev.sextant.model.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Stored rows as an Arrow batch, one row a key in the order of the request: the instant the values are of, the newest event, and for each
 * feature its values and, under {@code feature__status}, their statuses.
 */
public final class FeatureBatch {
  private static final ArrowType INSTANT = new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
  private static final int INTEGER_BITS = 32;
  private static final int LONG_BITS = 64;
  private static final int DECIMAL_BITS = 128;

  private FeatureBatch() {}

  /** The columns of one view's rows. */
  public static Schema schema(ServedView view) {
    List<Field> fields = new ArrayList<>();
    for (FeatureVersion.Key key : view.version().keys()) {
      fields.add(field(key.name(), type(key.type())));
    }
    fields.add(field("as_of", INSTANT));
    fields.add(field("event_time", INSTANT));
    for (ServedFeature feature : view.features()) {
      fields.add(field(feature.name(), feature.mask().isPresent() ? new ArrowType.Utf8() : type(feature.type())));
      fields.add(field(feature.name() + "__status", new ArrowType.Utf8()));
    }
    return new Schema(fields, Map.of("view", view.version().view(), "version", view.version().id()));
  }

  /** All rows of a request as one batch, which the caller closes. */
  public static VectorSchemaRoot of(ServedRows rows, List<? extends Map<String, ? extends @Nullable Object>> keys, BufferAllocator memory) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema(rows.view()), memory);
    try {
      root.allocateNew();
      ArrowValue sink = new ArrowValue();
      for (int row = 0; row < rows.count(); row++) {
        boolean found = rows.go(row);
        int column = 0;
        for (Object part : rows.view().parts(keys.get(row))) {
          rows.view().put(column, part, sink.at(root.getVector(column), row));
          column++;
        }
        instant(root.getVector(column++), row, found ? rows.asOfMicros() : Long.MIN_VALUE, sink);
        instant(root.getVector(column++), row, rows.eventMicros(), sink);
        for (int feature = 0; feature < rows.view().features().size(); feature++) {
          rows.value(feature, sink.at(root.getVector(column++), row));
          ((VarCharVector) root.getVector(column++)).setSafe(row, rows.status(feature).name().getBytes(StandardCharsets.US_ASCII));
        }
      }
      root.setRowCount(rows.count());
      return root;
    } catch (RuntimeException failure) {
      root.close();
      throw failure;
    }
  }

  private static void instant(FieldVector vector, int row, long micros, ArrowValue sink) {
    if (micros == Long.MIN_VALUE) {
      sink.at(vector, row).nothing();
    } else {
      sink.at(vector, row).timestamp(micros, 0, true);
    }
  }

  private static Field field(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), List.of());
  }

  private static ArrowType type(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> new ArrowType.Bool();
      case INTEGER -> new ArrowType.Int(INTEGER_BITS, true);
      case BIGINT -> new ArrowType.Int(LONG_BITS, true);
      case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), DECIMAL_BITS);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case STRING -> new ArrowType.Utf8();
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, LONG_BITS);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case TIMESTAMP_TZ -> INSTANT;
      case BINARY -> new ArrowType.Binary();
      case NULL, INTERVAL, OTHER -> throw new IllegalStateException("no value of type " + type + " is ever stored");
    };
  }
}
