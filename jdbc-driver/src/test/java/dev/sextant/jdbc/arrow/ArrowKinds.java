// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Every Arrow type with a value of its own. */
final class ArrowKinds {
  /** A kind of vector: how to make it, how to set row {@code i}, and what JDBC then says of it. */
  record Kind(String name, int type, Function<BufferAllocator, FieldVector> vector, Setter setter, IntFunction<?> object,
      IntFunction<String> text) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Setter {
    void set(FieldVector vector, int at, int i);
  }

  static Stream<Kind> all() {
    List<Kind> all = new ArrayList<>();
    numbers(all);
    texts(all);
    times(all);
    return all.stream();
  }

  private static <V extends FieldVector> void add(List<Kind> all, String name, int type, Function<BufferAllocator, V> vector,
      TypedSetter<V> setter, IntFunction<?> object, IntFunction<String> text) {
    @SuppressWarnings("unchecked") Setter untyped = (any, at, i) -> setter.set((V) any, at, i);
    all.add(new Kind(name, type, vector::apply, untyped, object, text));
  }

  private interface TypedSetter<V> {
    void set(V vector, int at, int i);
  }

  private static void numbers(List<Kind> all) {
    add(all, "bool", Types.BOOLEAN, a -> new BitVector("c", a), (v, at, i) -> v.setSafe(at, i % 2), i -> i % 2 == 1,
        i -> String.valueOf(i % 2 == 1));
    add(all, "int8", Types.TINYINT, a -> new TinyIntVector("c", a), (v, at, i) -> v.setSafe(at, (byte) -i), i -> (int) (byte) -i,
        i -> String.valueOf((byte) -i));
    add(all, "int16", Types.SMALLINT, a -> new SmallIntVector("c", a), (v, at, i) -> v.setSafe(at, (short) (i * -97)),
        i -> (int) (short) (i * -97), i -> String.valueOf((short) (i * -97)));
    add(all, "int32", Types.INTEGER, a -> new IntVector("c", a), (v, at, i) -> v.setSafe(at, i * -1_000_003), i -> i * -1_000_003,
        i -> String.valueOf(i * -1_000_003));
    add(all, "int64", Types.BIGINT, a -> new BigIntVector("c", a), (v, at, i) -> v.setSafe(at, Long.MIN_VALUE + i),
        i -> Long.MIN_VALUE + i, i -> String.valueOf(Long.MIN_VALUE + i));
    add(all, "uint8", Types.SMALLINT, a -> new UInt1Vector("c", a), (v, at, i) -> v.setSafe(at, 255 - i % 200), i -> 255 - i % 200,
        i -> String.valueOf(255 - i % 200));
    add(all, "uint16", Types.INTEGER, a -> new UInt2Vector("c", a), (v, at, i) -> v.setSafe(at, 65_535 - i), i -> 65_535 - i,
        i -> String.valueOf(65_535 - i));
    add(all, "uint32", Types.BIGINT, a -> new UInt4Vector("c", a), (v, at, i) -> v.setSafe(at, -1 - i), i -> 4_294_967_295L - i,
        i -> String.valueOf(4_294_967_295L - i));
    BigInteger most = new BigInteger("18446744073709551615");
    add(all, "uint64", Types.DECIMAL, a -> new UInt8Vector("c", a), (v, at, i) -> v.setSafe(at, -1L - i),
        i -> new BigDecimal(most).subtract(BigDecimal.valueOf(i)), i -> most.subtract(BigInteger.valueOf(i)).toString());
    add(all, "float16", Types.REAL, a -> new Float2Vector("c", a), (v, at, i) -> v.setSafeWithPossibleTruncate(at, i % 500 / -4f),
        i -> i % 500 / -4f, i -> String.valueOf(i % 500 / -4f));
    add(all, "float32", Types.REAL, a -> new Float4Vector("c", a), (v, at, i) -> v.setSafe(at, i * 0.1f), i -> i * 0.1f,
        i -> String.valueOf(i * 0.1f));
    add(all, "float64", Types.DOUBLE, a -> new Float8Vector("c", a), (v, at, i) -> v.setSafe(at, i * 1e300), i -> i * 1e300,
        i -> String.valueOf(i * 1e300));
    add(all, "decimal small", Types.DECIMAL, a -> new DecimalVector("c", a, 18, 2),
        (v, at, i) -> v.setSafe(at, BigDecimal.valueOf(-i * 7L, 2)), i -> BigDecimal.valueOf(-i * 7L, 2),
        i -> BigDecimal.valueOf(-i * 7L, 2).toPlainString());
    add(all, "decimal large", Types.DECIMAL, a -> new DecimalVector("c", a, 38, 10), (v, at, i) -> v.setSafe(at, wide(i)), i -> wide(i),
        i -> wide(i).toPlainString());
    add(all, "decimal 256", Types.DECIMAL, a -> new Decimal256Vector("c", a, 70, 10), (v, at, i) -> v.setSafe(at, wide(i)), i -> wide(i),
        i -> wide(i).toPlainString());
  }

  private static BigDecimal wide(int i) {
    BigDecimal value = new BigDecimal("1234567890123456789012345678.0123456789").subtract(BigDecimal.valueOf(i));
    return i % 2 == 0 ? value : value.negate();
  }

  private static String words(int i) {
    return "ä€😀 and some more words, so that it is long " + i;
  }

  private static String mixed(int i) {
    return i % 4 == 0 ? "" : i % 4 == 1 ? "twelve bytes" : words(i);
  }

  private static byte[] bytes(int i) {
    return mixed(i).getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  private static void texts(List<Kind> all) {
    add(all, "utf8", Types.VARCHAR, a -> new VarCharVector("c", a), (v, at, i) -> v.setSafe(at, bytes(i)), i -> mixed(i), i -> mixed(i));
    add(all, "large utf8", Types.VARCHAR, a -> new LargeVarCharVector("c", a), (v, at, i) -> v.setSafe(at, bytes(i)), i -> mixed(i),
        i -> mixed(i));
    add(all, "utf8 view", Types.VARCHAR, a -> new ViewVarCharVector("c", a), (v, at, i) -> v.setSafe(at, bytes(i)), i -> mixed(i),
        i -> mixed(i));
    add(all, "binary", Types.VARBINARY, a -> new VarBinaryVector("c", a), (v, at, i) -> v.setSafe(at, bytes(i)), i -> bytes(i),
        i -> hex(bytes(i)));
    add(all, "large binary", Types.VARBINARY, a -> new LargeVarBinaryVector("c", a), (v, at, i) -> v.setSafe(at, bytes(i)),
        i -> bytes(i), i -> hex(bytes(i)));
    add(all, "binary view", Types.VARBINARY, a -> new ViewVarBinaryVector("c", a), (v, at, i) -> v.setSafe(at, bytes(i)), i -> bytes(i),
        i -> hex(bytes(i)));
    IntFunction<byte[]> three = i -> new byte[] {(byte) i, (byte) (i >> 8), -1};
    add(all, "fixed binary", Types.VARBINARY, a -> new FixedSizeBinaryVector("c", a, 3), (v, at, i) -> v.setSafe(at, three.apply(i)), three,
        i -> hex(three.apply(i)));
  }

  private static LocalDate day(int i) {
    return LocalDate.of(1500, 2, 28).plusDays(i * 1000L);
  }

  private static LocalTime time(int i) {
    return LocalTime.of(23, 59, 58).minusSeconds(i).plusNanos(i % 3 * 500_000_000L);
  }

  private static LocalDateTime reading(int i) {
    return LocalDateTime.of(1969, 12, 31, 23, 59, 58).plusHours(i * 31L);
  }

  private static long seconds(int i) {
    return reading(i).toEpochSecond(ZoneOffset.UTC);
  }

  private static String plain(LocalDateTime reading) {
    return reading.toLocalDate() + " " + reading.format(java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss"));
  }

  private static void times(List<Kind> all) {
    add(all, "date32", Types.DATE, a -> new DateDayVector("c", a), (v, at, i) -> v.setSafe(at, (int) day(i).toEpochDay()),
        i -> Date.valueOf(day(i)), i -> day(i).toString());
    add(all, "date64", Types.DATE, a -> new DateMilliVector("c", a), (v, at, i) -> v.setSafe(at, day(i).toEpochDay() * 86_400_000),
        i -> Date.valueOf(day(i)), i -> day(i).toString());
    IntFunction<LocalTime> whole = i -> time(i).withNano(0);
    add(all, "time32 s", Types.TIME, a -> new TimeSecVector("c", a), (v, at, i) -> v.setSafe(at, whole.apply(i).toSecondOfDay()),
        i -> Time.valueOf(whole.apply(i)), i -> whole.apply(i).format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME));
    add(all, "time32 ms", Types.TIME, a -> new TimeMilliVector("c", a),
        (v, at, i) -> v.setSafe(at, (int) (time(i).toNanoOfDay() / 1_000_000)),
        i -> withMillis(time(i)), i -> halves(time(i)));
    add(all, "time64 us", Types.TIME, a -> new TimeMicroVector("c", a), (v, at, i) -> v.setSafe(at, time(i).toNanoOfDay() / 1000),
        i -> withMillis(time(i)), i -> halves(time(i)));
    add(all, "time64 ns", Types.TIME, a -> new TimeNanoVector("c", a), (v, at, i) -> v.setSafe(at, time(i).toNanoOfDay()),
        i -> withMillis(time(i)), i -> halves(time(i)));
    add(all, "timestamp s", Types.TIMESTAMP, a -> new TimeStampSecVector("c", a), (v, at, i) -> v.setSafe(at, seconds(i)),
        i -> Timestamp.valueOf(reading(i)), i -> plain(reading(i)));
    add(all, "timestamp ms", Types.TIMESTAMP, a -> new TimeStampMilliVector("c", a), (v, at, i) -> v.setSafe(at, seconds(i) * 1000 + 7),
        i -> Timestamp.valueOf(reading(i).plusNanos(7_000_000)), i -> plain(reading(i)) + ".007");
    add(all, "timestamp us", Types.TIMESTAMP, a -> new TimeStampMicroVector("c", a),
        (v, at, i) -> v.setSafe(at, seconds(i) * 1_000_000 + 123_456),
        i -> Timestamp.valueOf(reading(i).plusNanos(123_456_000)), i -> plain(reading(i)) + ".123456");
    add(all, "timestamp ns", Types.TIMESTAMP, a -> new TimeStampNanoVector("c", a),
        (v, at, i) -> v.setSafe(at, seconds(i) * 1_000_000_000 + 123_456_789), i -> Timestamp.valueOf(reading(i).plusNanos(123_456_789)),
        i -> plain(reading(i)) + ".123456789");
    add(all, "timestamp tz", Types.TIMESTAMP_WITH_TIMEZONE, a -> new TimeStampMicroTZVector("c", a, "America/New_York"),
        (v, at, i) -> v.setSafe(at, seconds(i) * 1_000_000), i -> inNewYork(i),
        i -> plain(inNewYork(i).toLocalDateTime()) + inNewYork(i).getOffset());
    add(all, "interval months", Types.OTHER, a -> new IntervalYearVector("c", a), (v, at, i) -> v.setSafe(at, i * -5),
        i -> months(i * -5), i -> months(i * -5));
    add(all, "interval days", Types.OTHER, a -> new IntervalDayVector("c", a), (v, at, i) -> v.setSafe(at, i + 1, i * 1500),
        i -> days(i + 1, i * 1500L), i -> days(i + 1, i * 1500L));
    add(all, "interval all", Types.OTHER,
        a -> new IntervalMonthDayNanoVector("c", FieldType.nullable(new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO)), a),
        (v, at, i) -> v.setSafe(at, 13, -i - 1, -i * 1_500_000_000L), i -> "P1Y1M" + days(-i - 1, i * -1500L).substring(1),
        i -> "P1Y1M" + days(-i - 1, i * -1500L).substring(1));
    add(all, "duration", Types.OTHER, a -> new DurationVector("c", FieldType.nullable(new ArrowType.Duration(TimeUnit.MILLISECOND)), a),
        (v, at, i) -> v.setSafe(at, i * -61_001L), i -> Duration.ofMillis(i * -61_001L).toString(),
        i -> Duration.ofMillis(i * -61_001L).toString());
  }

  private static OffsetDateTime inNewYork(int i) {
    return reading(i).toInstant(ZoneOffset.UTC).atZone(java.time.ZoneId.of("America/New_York")).toOffsetDateTime();
  }

  private static String months(int months) {
    return months == 0 ? "PT0S" : Period.ofMonths(months).normalized().toString();
  }

  private static String days(int days, long millis) {
    return "P" + days + "D" + (millis == 0 ? "" : Duration.ofMillis(millis).toString().substring(1));
  }

  private static Time withMillis(LocalTime time) {
    return new Time(Time.valueOf(time.withNano(0)).getTime() + time.getNano() / 1_000_000);
  }

  private static String halves(LocalTime time) {
    return time.format(java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss")) + (time.getNano() == 0 ? "" : ".5");
  }

  private ArrowKinds() {}
}
