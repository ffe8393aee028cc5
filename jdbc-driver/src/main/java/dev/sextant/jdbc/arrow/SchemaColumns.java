// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.ByteRanges;
import dev.sextant.jdbc.wire.ListExtents;
import dev.sextant.jdbc.wire.TickUnit;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.IntervalUnit;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** Makes the columns that a schema describes, the type of each by its wire format and by what the server says of it. */
final class SchemaColumns {
  private static final String DECLARED_TYPE = "sextant.type";

  private final Rows rows;
  private final Map<Long, Dictionary> dictionaries = new LinkedHashMap<>();

  SchemaColumns(Rows rows) {
    this.rows = rows;
  }

  List<CursorColumn> columns(Schema schema) throws ArrowFormatException {
    List<CursorColumn> columns = new ArrayList<>();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      columns.add(column(schema.fields(i)));
    }
    return columns;
  }

  /** The dictionaries that the columns use, by their ids. */
  Map<Long, Dictionary> dictionaries() {
    return dictionaries;
  }

  private CursorColumn column(Field field) throws ArrowFormatException {
    DictionaryEncoding encoding = field.dictionary();
    if (encoding == null) {
      return values(field);
    }
    CursorColumn sample = values(field);
    Dictionary dictionary = dictionaries.computeIfAbsent(encoding.id(), id -> new Dictionary(() -> values(field)));
    Int numbers = encoding.indexType();
    int bits = numbers == null ? 32 : numbers.bitWidth();
    boolean signed = numbers == null || numbers.isSigned();
    Spot numberSpot = new Spot(sample.name(), IntegerColumn.type(bits, signed), rows);
    return new DictionaryColumn(new Spot(sample.name(), sample.type(), rows), dictionary, new IntegerColumn(numberSpot, bits, signed));
  }

  private CursorColumn values(Field field) throws ArrowFormatException {
    switch (field.typeType()) {
      case Type.Null :
        return new NullColumn(spot(field, ColumnType.NULL));
      case Type.Bool :
        return new BooleanColumn(spot(field, ColumnType.BOOLEAN));
      case Type.Int :
        return integer(field, (Int) field.type(new Int()));
      case Type.FloatingPoint :
        return floating(field, (FloatingPoint) field.type(new FloatingPoint()));
      case Type.Decimal :
        Decimal decimal = (Decimal) field.type(new Decimal());
        return new DecimalColumn(spot(field, ColumnType.decimal(decimal.precision(), decimal.scale())), decimal.bitWidth(), decimal.scale(),
            true);
      case Type.Utf8 :
        return new TextColumn(spot(field, ColumnType.VARCHAR), new ByteRanges.Offsets());
      case Type.LargeUtf8 :
        return new TextColumn(spot(field, ColumnType.VARCHAR), new ByteRanges.LargeOffsets());
      case Type.Utf8View :
        return new TextColumn(spot(field, ColumnType.VARCHAR), new ByteRanges.Views());
      case Type.Binary :
        return new BinaryColumn(spot(field, ColumnType.VARBINARY), new ByteRanges.Offsets());
      case Type.LargeBinary :
        return new BinaryColumn(spot(field, ColumnType.VARBINARY), new ByteRanges.LargeOffsets());
      case Type.BinaryView :
        return new BinaryColumn(spot(field, ColumnType.VARBINARY), new ByteRanges.Views());
      case Type.FixedSizeBinary :
        int width = ((FixedSizeBinary) field.type(new FixedSizeBinary())).byteWidth();
        return new BinaryColumn(spot(field, ColumnType.VARBINARY), new ByteRanges.Fixed(width));
      case Type.Date :
        boolean inMillis = ((Date) field.type(new Date())).unit() == DateUnit.MILLISECOND;
        return new DateColumn(spot(field, ColumnType.DATE), inMillis);
      case Type.Time :
        Time time = (Time) field.type(new Time());
        return new TimeColumn(spot(field, ColumnType.TIME), TickUnit.of(time.unit()), time.bitWidth());
      case Type.Timestamp :
        return timestamp(field, (Timestamp) field.type(new Timestamp()));
      case Type.Interval :
        return new IntervalColumn(spot(field, ColumnType.INTERVAL), layout((Interval) field.type(new Interval())));
      case Type.Duration :
        String unit = TickUnit.of(((Duration) field.type(new Duration())).unit()).name();
        return new IntervalColumn(spot(field, ColumnType.INTERVAL), IntervalColumn.Layout.valueOf(unit));
      case Type.List :
      case Type.Map :
        return list(field, new ListExtents.Offsets(4));
      case Type.LargeList :
        return list(field, new ListExtents.Offsets(8));
      case Type.ListView :
        return list(field, new ListExtents.Views(4));
      case Type.LargeListView :
        return list(field, new ListExtents.Views(8));
      case Type.FixedSizeList :
        return list(field, new ListExtents.Fixed(((FixedSizeList) field.type(new FixedSizeList())).listSize()));
      case Type.Struct_ :
        return struct(field);
      default :
        throw new ArrowFormatException("Column '" + name(field) + "' has the Arrow type " + typeName(field) + ", which this driver does"
            + " not read; cast it in the statement.");
    }
  }

  private Spot spot(Field field, ColumnType type) {
    return new Spot(name(field), declared(field).map(type::as).orElse(type), rows);
  }

  private static String name(Field field) {
    String name = field.name();
    return name == null ? "" : name;
  }

  private static Optional<ColumnType> declared(Field field) {
    for (int i = 0; i < field.customMetadataLength(); i++) {
      KeyValue entry = field.customMetadata(i);
      if (DECLARED_TYPE.equals(entry.key())) {
        return Optional.ofNullable(entry.value()).flatMap(ColumnType::named);
      }
    }
    return Optional.empty();
  }

  private CursorColumn integer(Field field, Int type) {
    Spot spot = spot(field, IntegerColumn.type(type.bitWidth(), type.isSigned()));
    return type.bitWidth() == 64 && !type.isSigned() ? new DecimalColumn(spot, 64, 0, false)
        : new IntegerColumn(spot, type.bitWidth(), type.isSigned());
  }

  private CursorColumn floating(Field field, FloatingPoint type) {
    boolean isDouble = type.precision() == Precision.DOUBLE;
    return new FloatColumn(spot(field, isDouble ? ColumnType.DOUBLE : ColumnType.REAL),
        isDouble ? 64 : type.precision() == Precision.SINGLE ? 32 : 16);
  }

  private CursorColumn timestamp(Field field, Timestamp type) throws ArrowFormatException {
    String zone = type.timezone();
    TickUnit unit = TickUnit.of(type.unit());
    if (zone == null || zone.isEmpty()) {
      return new TimestampColumn(spot(field, ColumnType.TIMESTAMP), unit);
    }
    try {
      return new InstantColumn(spot(field, ColumnType.TIMESTAMP_TZ), unit, ZoneId.of(zone, ZoneId.SHORT_IDS));
    } catch (DateTimeException unknown) {
      throw new ArrowFormatException("Column '" + name(field) + "' has the time zone '" + zone + "', which Java does not know.");
    }
  }

  private static IntervalColumn.Layout layout(Interval type) {
    switch (type.unit()) {
      case IntervalUnit.YEAR_MONTH :
        return IntervalColumn.Layout.MONTHS;
      case IntervalUnit.DAY_TIME :
        return IntervalColumn.Layout.DAYS_MILLIS;
      default :
        return IntervalColumn.Layout.MONTHS_DAYS_NANOS;
    }
  }

  private CursorColumn list(Field field, ListExtents extents) throws ArrowFormatException {
    if (field.childrenLength() != 1) {
      throw new ArrowFormatException("The list '" + name(field) + "' has " + field.childrenLength() + " kinds of items.");
    }
    return new ListColumn(spot(field, ColumnType.VARCHAR), extents, column(field.children(0)));
  }

  private CursorColumn struct(Field field) throws ArrowFormatException {
    List<Column> parts = new ArrayList<>();
    for (int i = 0; i < field.childrenLength(); i++) {
      parts.add(column(field.children(i)));
    }
    return new StructColumn(spot(field, ColumnType.VARCHAR), parts);
  }

  private static String typeName(Field field) {
    int type = field.typeType();
    return type > 0 && type < Type.names.length ? Type.name(type) : "number " + type;
  }
}
